"""A file on its way into the store: hashed, packed, and not taken while somebody is still writing it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from aurora.artifacts import objects
from aurora.artifacts.files import replace
from aurora.artifacts.objects import BLOB
from aurora.artifacts.packs import PIECE, PackWriter
from aurora.artifacts.port import EXECUTABLE, FILE, LINK
from aurora.artifacts.walking import Seen

SMALL: Final = 8 << 20
"""Larger files are read piece by piece, twice: once for their names, once into the pack."""

_TICK: Final = 20_000_000
"""Nanoseconds within which a change may leave no newer time: times of files move by the kernel's tick."""


class Known(NamedTuple):
    """What a file was when it was taken: if its state is still this, it is not read again."""

    mtime: int
    ctime: int
    inode: int
    size: int
    mode: int
    sha256: str
    oid: str


class Taken(NamedTuple):
    """A file in the store, or on its way there."""

    path: bytes
    sha256: str
    oid: str
    size: int
    mode: int


class Changing(Exception):
    """The file changed while it was read."""


def mode_of(state: os.stat_result) -> int:
    """The mode that Git gives to a file."""
    if stat.S_ISLNK(state.st_mode):
        return LINK
    return EXECUTABLE if state.st_mode & 0o100 else FILE


def take(writer: PackWriter, form: objects.Format, root: bytes, seen: Seen) -> Taken:
    """Put one file into the pack. Raises ``OSError``, ``Changing``."""
    path = root + b"/" + seen.path
    if stat.S_ISLNK(seen.state.st_mode):
        content = os.readlink(path)  # noqa: PTH115 - a Path cannot hold bytes
        return Taken(seen.path, hashlib.sha256(content).hexdigest(), writer.blob(content), len(content), LINK)
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise Changing
        if state.st_size > SMALL:
            sha256, oid = _stream(writer, form, handle, state.st_size)
            size = state.st_size
        else:
            content = _all(handle, state.st_size)
            sha256, oid, size = hashlib.sha256(content).hexdigest(), writer.blob(content), len(content)
        after = os.fstat(handle)
        if (after.st_mtime_ns, after.st_size) != (state.st_mtime_ns, size):
            raise Changing
        return Taken(seen.path, sha256, oid, size, mode_of(state))
    finally:
        os.close(handle)


def _all(handle: int, size: int) -> bytes:
    content = os.read(handle, size + 1)
    if len(content) == size:
        return content
    rest = [content]
    while piece := os.read(handle, PIECE):
        rest.append(piece)
        if sum(map(len, rest)) > size:
            raise Changing
    return b"".join(rest)


def _stream(writer: PackWriter, form: objects.Format, handle: int, size: int) -> tuple[str, str]:
    raw, named, seen = hashlib.sha256(), objects.hasher(form, BLOB, size), 0
    for piece in _pieces(handle):
        raw.update(piece)
        named.update(piece)
        seen += len(piece)
    if seen != size:
        raise Changing
    oid = named.hexdigest()
    if not writer.has(oid) and writer.stream(size, _pieces(handle)) != oid:
        raise Changing
    return raw.hexdigest(), oid


def _pieces(handle: int) -> Iterator[bytes]:
    os.lseek(handle, 0, os.SEEK_SET)
    while piece := os.read(handle, PIECE):
        yield piece


class StatCache:
    """What is known of the files of one folder. Losing it costs time only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[bytes, Any] = {}
        try:
            self._known = msgspec.msgpack.decode(path.read_bytes(), type=dict[bytes, tuple[Any, ...]])
        except (OSError, msgspec.DecodeError):
            self._known = {}

    def get(self, seen: Seen) -> Known | None:
        """What the file was, if nothing about it has changed since."""
        known = self._known.get(seen.path)
        if known is None:
            return None
        state = seen.state
        now = (state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_size, state.st_mode)
        return Known(*known) if tuple(known[:5]) == now else None

    def write(self, known: dict[bytes, Known], began: int) -> None:
        """Remember what was taken, but no file that changed since just before ``began`` (the file system's ns)."""
        settled = {
            path: tuple(each) for path, each in known.items() if max(each.mtime, each.ctime) < began - _TICK
        }
        if settled != {path: tuple(each) for path, each in self._known.items()}:
            replace(self.path, msgspec.msgpack.encode(settled))
