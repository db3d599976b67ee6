"""A Git tree in memory that hashes again only what was touched."""

from __future__ import annotations

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


class Folder:
    """The entries of a folder by Git's sort key: the name of a file, the name and ``/`` of a folder.

    A file's value is its blob's name. A folder that nobody has looked into yet is known by its name only.
    """

    __slots__ = ("_entries", "_read", "sha")

    def __init__(self, sha: bytes | None = None, read: ReadObject | None = None) -> None:
        self.sha = sha
        self._read = read
        self._entries: dict[bytes, Folder | bytes] | None = {} if sha is None else None

    @property
    def entries(self) -> dict[bytes, Folder | bytes]:
        """The entries, read when they are first asked for."""
        if self._entries is None:
            assert self.sha is not None
            assert self._read is not None
            self._entries = _parse(self._read(self.sha), self._read)
        return self._entries

    def find(self, path: str) -> bytes | None:
        """The blob at ``path``, or None if there is no file."""
        *parents, name = path.encode().split(b"/")
        here = self
        for part in parents:
            below = here.entries.get(part + b"/")
            if not isinstance(below, Folder):
                return None
            here = below
        blob = here.entries.get(name)
        return blob if isinstance(blob, bytes) else None

    def put(self, path: str, blob: bytes) -> None:
        """Set a file. The last wins: a file where a folder was, or the other way round, replaces it."""
        *parents, name = path.encode().split(b"/")
        here = self
        for part in parents:
            here.sha = None
            here.entries.pop(part, None)
            below = here.entries.get(part + b"/")
            if not isinstance(below, Folder):
                below = here.entries[part + b"/"] = Folder()
            here = below
        here.sha = None
        here.entries.pop(name + b"/", None)
        here.entries[name] = blob

    def remove(self, path: str) -> None:
        """Remove a file if it is there, and folders that become empty."""
        if self.find(path) is not None:
            self._remove(path.encode().split(b"/"))

    def _remove(self, parts: list[bytes]) -> None:
        self.sha = None
        if len(parts) == 1:
            del self.entries[parts[0]]
            return
        below = self.entries[parts[0] + b"/"]
        assert isinstance(below, Folder)
        below._remove(parts[1:])
        if not below.entries:
            del self.entries[parts[0] + b"/"]

    def write(self, write: WriteObject) -> bytes:
        """Write all trees that changed; the name of this one."""
        if self.sha is None:
            rows = []
            for key, entry in sorted(self.entries.items()):
                if isinstance(entry, bytes):
                    rows.append(_FILE + key + b"\0" + entry)
                else:
                    rows.append(_FOLDER + key[:-1] + b"\0" + (entry.sha or entry.write(write)))
            self.sha = write(TREE, b"".join(rows))
        return self.sha

    def files(self, prefix: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """All files below, as path and blob, in Git's order."""
        for key, entry in sorted(self.entries.items()):
            if isinstance(entry, bytes):
                yield prefix + key, entry
            else:
                yield from entry.files(prefix + key)


def _parse(content: bytes, read: ReadObject) -> dict[bytes, Folder | bytes]:
    entries: dict[bytes, Folder | bytes] = {}
    start = 0
    while start < len(content):
        space = content.index(b" ", start)
        end = content.index(b"\0", space)
        name, sha = content[space + 1 : end], content[end + 1 : end + 21]
        if content[start : space + 1] == _FOLDER:
            entries[name + b"/"] = Folder(sha, read)
        else:
            entries[name] = sha
        start = end + 21
    return entries
