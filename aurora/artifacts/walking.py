"""What is below a folder: files and links to take, without following a link, waiting for a pipe, or losing a name."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from aurora_events.snapshots import Remark

Ignored = Callable[[list[object], bytes, bool], bool]

_SKIPPED: Final = {
    stat.S_IFIFO: ("fifo_skipped", "a named pipe has no content of its own"),
    stat.S_IFSOCK: ("socket_skipped", "a socket has no content"),
    stat.S_IFCHR: ("device_skipped", "a device is not a file"),
    stat.S_IFBLK: ("device_skipped", "a device is not a file"),
}


class Seen(NamedTuple):
    """A file or link below the folder: its path there, and its state when it was seen."""

    path: bytes
    state: os.stat_result


class Rules(NamedTuple):
    """How ignore rules are read and asked; given from outside, since they are the domain's."""

    parse: Callable[[bytes, bytes], list[object]]
    ignored: Ignored


def walk(
    root: bytes, rules: Rules, excluded: frozenset[tuple[int, int]], remarks: list[Remark]
) -> Iterator[Seen]:
    """Every file and link below ``root``; what cannot be taken goes to ``remarks``.

    ``excluded`` holds (device, inode) of folders that are left out: Aurora's own.
    """
    waiting: list[tuple[bytes, list[object]]] = [(b"", [])]
    while waiting:
        prefix, above = waiting.pop()
        try:
            with os.scandir(root + b"/" + prefix if prefix else root) as entries:
                found = list(entries)
        except OSError as error:
            remarks.append(_unreadable(prefix.rstrip(b"/"), error))
            continue
        here = above
        if any(entry.name == b".gitignore" for entry in found):
            here = [*above, *_read_rules(root, prefix, rules)]
        for entry in found:
            if entry.name == b".git":
                if prefix:
                    message = "a Git repository inside: its files are taken as plain files"
                    remarks.append(Remark("nested_repository", _text(prefix.rstrip(b"/")), message))
                continue
            path = prefix + entry.name
            try:
                state = entry.stat(follow_symlinks=False)
            except OSError as error:
                remarks.append(_unreadable(path, error))
                continue
            kind = stat.S_IFMT(state.st_mode)
            if here and rules.ignored(here, path, kind == stat.S_IFDIR):
                continue
            if kind == stat.S_IFDIR:
                if (state.st_dev, state.st_ino) not in excluded:
                    waiting.append((path + b"/", here))
            elif kind in (stat.S_IFREG, stat.S_IFLNK):
                yield Seen(path, state)
            else:
                code, message = _SKIPPED.get(kind, ("special_skipped", "this is not a file"))
                remarks.append(Remark(code, _text(path), message))


def _read_rules(root: bytes, prefix: bytes, rules: Rules) -> list[object]:
    try:
        handle = os.open(root + b"/" + prefix + b".gitignore", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:  # a link, a folder, unreadable: Git does not heed it either, and the walk remarks on it
        return []
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return []
        return rules.parse(file.read(), prefix)


def _unreadable(path: bytes, error: OSError) -> Remark:
    return Remark("unreadable", _text(path) or ".", error.strerror or str(error))


def _text(path: bytes) -> str:
    return path.decode("utf-8", "backslashreplace")
