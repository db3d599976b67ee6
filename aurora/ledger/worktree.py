"""The working tree as one more projection of the head: never written over what a person wrote."""

# ruff: noqa: PTH103, PTH105, PTH108, PTH106, PTH112, PTH114, PTH118, PTH120, PTH123
# Bytes paths at the Git border; a Path for each file would triple the cost of looking at 10,000 of them.

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path
from typing import Final, NamedTuple

from aurora.ledger import gitindex
from aurora.ledger.errors import HandEdited
from aurora.ledger.gitindex import Entry, Index, packed_stat
from aurora.ledger.lock import TEMPORARY
from aurora.ledger.replay import name
from aurora.ledger.tree import BLOB

Files = Mapping[bytes, bytes]
"""The blob of each path."""

NO_BLOB: Final = b"?"
"""What no tree holds: a folder, a link, an executable file in the place of a file."""


class Seen(NamedTuple):
    """What is on the disk: the blob that it would be, and the stat if it is a regular file."""

    blob: bytes
    stat: bytes


class Worktree:
    """The files of a ledger on the disk, compared with what they should be."""

    def __init__(self, root: Path, git: Path) -> None:
        self._root = os.fsencode(root)
        self._git = git
        self._index = gitindex.read(git / "index")

    def check(self, files: Files, before: Mapping[bytes, bytes | None]) -> dict[bytes, Seen]:
        """What is on the disk. Raises ``HandEdited`` where that or what is staged is neither of the two.

        ``before`` says where the last writer found something else; killed, it may not have replaced it.
        A missing file and an empty one hold nothing to lose.
        """
        paths = files.keys() | before.keys() | self._index.entries.keys()
        folders = _folders([*files, *before])
        seen: dict[bytes, Seen] = {}
        edits = [folder for folder in folders if self._is_strange(folder, paths)]
        for path in paths:
            wanted = files.get(path)
            allowed = {wanted, before.get(path, wanted)}
            found = self._look(path)
            if found is not None and found.blob == NO_BLOB and path in folders:
                found = None  # a file became a folder, or a folder a file
            if found is not None:
                seen[path] = found
            staged = self._index.entries.get(path)
            if _edited(found, allowed) or (staged is not None and staged.blob not in allowed):
                edits.append(path)
        if edits:
            raise HandEdited(os.fsdecode(self._root), sorted(os.fsdecode(path) for path in edits))
        return seen

    def check_new(self, files: Files, seen: Mapping[bytes, Seen]) -> None:
        """Raise ``HandEdited`` if something that is not tracked stands in the place of one of ``files``."""
        edits = []
        for path in files.keys() - seen.keys():
            found = self._look(path)
            if found is not None and found.blob != NO_BLOB and _edited(found, {files[path]}):
                edits.append(path)
        if edits:
            raise HandEdited(os.fsdecode(self._root), sorted(os.fsdecode(path) for path in edits))

    def settle(self, files: Files, seen: dict[bytes, Seen], read: Callable[[bytes], bytes]) -> None:
        """Make the disk hold exactly ``files`` of what is tracked, then the index; ``seen`` stays current."""
        for path in seen.keys() - files.keys():
            if seen.pop(path).blob != NO_BLOB:
                self._remove(path)
        temporary = os.path.join(os.fsencode(self._git), TEMPORARY)
        for path, blob in files.items():
            if path not in seen or seen[path].blob != blob:
                seen[path] = Seen(blob, self._write(path, read(blob), temporary))
        entries = {path: Entry(seen[path].stat, blob) for path, blob in files.items()}
        if entries != self._index.entries:
            gitindex.write(self._git, entries)
            self._index = Index(entries, (self._git / "index").stat().st_mtime_ns)

    def _look(self, path: bytes) -> Seen | None:
        full = os.path.join(self._root, path)
        try:
            found = os.lstat(full)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(found.st_mode) or found.st_mode & stat.S_IXUSR:
            return Seen(NO_BLOB, b"")
        now = packed_stat(found)
        entry = self._index.entries.get(path)
        # Changed in the clock tick in which the index was written, a file looks as it did: Git's "racy" rule.
        if entry is not None and entry.stat == now and found.st_mtime_ns < self._index.written:
            return Seen(entry.blob, now)
        with open(full, "rb") as file:
            return Seen(name(BLOB, file.read()), now)

    def _is_strange(self, folder: bytes, paths: Set[bytes]) -> bool:
        """Whether something else is in the place of a folder; through a link Aurora would write elsewhere."""
        full = os.path.join(self._root, folder)
        return (
            os.path.lexists(full)
            and (os.path.islink(full) or not os.path.isdir(full))
            and folder not in paths
        )

    def _write(self, path: bytes, content: bytes, temporary: bytes) -> bytes:
        full = os.path.join(self._root, path)
        with open(temporary, "wb", buffering=0) as file:
            file.write(content)
        try:
            try:
                os.replace(temporary, full)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(full), exist_ok=True)
                os.replace(temporary, full)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise HandEdited(os.fsdecode(self._root), [os.fsdecode(path)]) from error
        return packed_stat(os.lstat(full))

    def _remove(self, path: bytes) -> None:
        """Remove a file, and the folders that become empty."""
        os.unlink(os.path.join(self._root, path))
        folder = os.path.dirname(path)
        while folder:
            try:
                os.rmdir(os.path.join(self._root, folder))
            except OSError as error:
                if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                    return
                raise
            folder = os.path.dirname(folder)


_EMPTY: Final = name(BLOB, b"")


def _edited(found: Seen | None, allowed: set[bytes | None]) -> bool:
    return found is not None and found.blob != _EMPTY and found.blob not in allowed


def _folders(files: Iterable[bytes]) -> set[bytes]:
    folders: set[bytes] = set()
    for path in files:
        folder = path.rpartition(b"/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition(b"/")[0]
    return folders
