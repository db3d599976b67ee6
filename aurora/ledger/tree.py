"""A Git tree in memory that hashes again only what was touched."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from typing import Final

TREE: Final = 2
BLOB: Final = 3
COMMIT: Final = 1

WriteObject = Callable[[int, bytes], bytes]
"""Takes an object's kind and content, keeps or only hashes it, gives its 20-byte name."""

ReadObject = Callable[[bytes], bytes]
"""The content of the object of that name."""

_FILE: Final = b"100644 "
_FOLDER: Final = b"40000 "
_SHA: Final = 20


class Folder:
    """The entries of a folder by Git's sort key: the name of a file, the name and ``/`` of a folder.

    Each is kept as the row that Git hashes, which ends with the object's name: writing a folder is one join.
    A folder below is read when it is first looked into.
    """

    __slots__ = ("_below", "_order", "_read", "_rows", "_touched", "sha")

    def __init__(self, sha: bytes | None = None, read: ReadObject | None = None) -> None:
        self.sha = sha
        self._read = read
        self._below: dict[bytes, Folder] = {}
        self._touched: set[bytes] = set()
        self._rows = _parse(read(sha)) if sha is not None and read is not None else {}
        self._order = sorted(self._rows)

    def find(self, path: str) -> bytes | None:
        """The blob at ``path``, or None if there is no file."""
        *parents, name = path.encode().split(b"/")
        here = self
        for part in parents:
            below = here._folder(part + b"/")
            if below is None:
                return None
            here = below
        row = here._rows.get(name)
        return None if row is None else row[-_SHA:]

    def put(self, path: str, blob: bytes) -> None:
        """Set a file. The last wins: a file where a folder was, or the other way round, replaces it."""
        *parents, name = path.encode().split(b"/")
        here = self
        for part in parents:
            here._drop(part)
            key = part + b"/"
            below = here._folder(key)
            if below is None:
                below = here._below[key] = Folder()
            here._touch(key)
            here = below
        here._drop(name + b"/")
        here._set(name, _FILE + name + b"\0" + blob)

    def remove(self, path: str) -> None:
        """Remove a file if it is there, and folders that become empty."""
        if self.find(path) is not None:
            self._remove(path.encode().split(b"/"))

    def write(self, write: WriteObject) -> bytes:
        """Write all trees that changed; the name of this one."""
        for key in sorted(self._touched):
            self._set(key, _FOLDER + key[:-1] + b"\0" + self._below[key].write(write))
        self._touched.clear()
        if self.sha is None:
            self.sha = write(TREE, b"".join(map(self._rows.__getitem__, self._order)))
        return self.sha

    def files(self) -> dict[bytes, bytes]:
        """The blob of every file below by path. Write the tree first."""
        found: dict[bytes, bytes] = {}
        self._gather(found, b"")
        return found

    def _gather(self, found: dict[bytes, bytes], prefix: bytes) -> None:
        for key in self._order:
            below = self._folder(key) if key.endswith(b"/") else None
            if below is None:
                found[prefix + key] = self._rows[key][-_SHA:]
            else:
                below._gather(found, prefix + key)

    def differences(
        self, other: Folder, prefix: bytes = b""
    ) -> Iterator[tuple[bytes, bytes | None, bytes | None]]:
        """Every path whose blob here is not the one there, with both; equal folders are not looked into."""
        for key in self._rows.keys() | other._rows.keys():
            here, there = self._rows.get(key), other._rows.get(key)
            if here == there:
                continue
            if key.endswith(b"/"):
                below = self._folder(key) or Folder()
                yield from below.differences(other._folder(key) or Folder(), prefix + key)
            else:
                yield prefix + key, here and here[-_SHA:], there and there[-_SHA:]

    def _folder(self, key: bytes) -> Folder | None:
        if key not in self._below and key in self._rows:
            self._below[key] = Folder(self._rows[key][-_SHA:], self._read)
        return self._below.get(key)

    def _touch(self, key: bytes) -> None:
        self.sha = None
        self._touched.add(key)

    def _set(self, key: bytes, row: bytes) -> None:
        self.sha = None
        if key not in self._rows:
            insort(self._order, key)
        self._rows[key] = row

    def _drop(self, key: bytes) -> None:
        self._below.pop(key, None)
        self._touched.discard(key)
        if self._rows.pop(key, None) is not None:
            self.sha = None
            del self._order[bisect_left(self._order, key)]

    def _remove(self, parts: list[bytes]) -> None:
        if len(parts) == 1:
            self._drop(parts[0])
            return
        key = parts[0] + b"/"
        below = self._below[key]
        below._remove(parts[1:])
        if below._rows or below._touched:
            self._touch(key)
        else:
            self._drop(key)
            self.sha = None


def _parse(content: bytes) -> dict[bytes, bytes]:
    rows: dict[bytes, bytes] = {}
    start = 0
    while start < len(content):
        end = content.index(b"\0", start) + 1 + _SHA
        row = content[start:end]
        name = row[row.index(b" ") + 1 : -_SHA - 1]
        rows[name + b"/" if row.startswith(_FOLDER) else name] = row
        start = end
    return rows
