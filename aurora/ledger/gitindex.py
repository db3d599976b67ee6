"""Git's index, version 2: which blob each file of the working tree had, and its stat when that was so.

With the stat of every file in it, ``git status`` (and our own check) need not read the files again.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from aurora.ledger.errors import LedgerLocked
from aurora.ledger.files import write_synced
from aurora.ledger.lock import INDEX

CONFLICT: Final = b""
"""The blob of an entry that stands for a merge conflict or something else that Aurora never writes."""

_STAT: Final = struct.Struct(">10L")
_FIXED: Final = _STAT.size + 20 + 2
_NAME: Final = 0xFFF
_EXTENDED: Final = 0x4000
_STAGE: Final = 0x3000
_WORD: Final = 0xFFFFFFFF
_SECOND: Final = 1_000_000_000


class Entry(NamedTuple):
    """A file: its stat as the index packs it, and its blob."""

    stat: bytes
    blob: bytes


class Index(NamedTuple):
    """All entries by path, and when they were written (ns)."""

    entries: dict[bytes, Entry]
    written: int


def packed_stat(found: os.stat_result) -> bytes:
    """A stat as the index holds it. The mode is Git's: regular, and executable or not."""
    mode = 0o100755 if found.st_mode & stat.S_IXUSR else 0o100644
    changed, modified = divmod(found.st_ctime_ns, _SECOND), divmod(found.st_mtime_ns, _SECOND)
    rest = (found.st_dev, found.st_ino, mode, found.st_uid, found.st_gid, found.st_size)
    return _STAT.pack(*(number & _WORD for number in (*changed, *modified, *rest)))


def read(path: Path) -> Index:
    """The index; empty if it is missing, damaged or of another version: then every file is looked at."""
    try:
        content = path.read_bytes()
        written = path.stat().st_mtime_ns
    except FileNotFoundError:
        return Index({}, 0)
    body, checksum = content[:-20], content[-20:]
    if len(body) < 12 or hashlib.sha1(body, usedforsecurity=False).digest() != checksum:
        return Index({}, 0)
    signature, version, count = struct.unpack_from(">4sLL", body)
    if signature != b"DIRC" or version not in (2, 3):
        return Index({}, 0)
    return Index(_entries(body, count), written)


def _entries(body: bytes, count: int) -> dict[bytes, Entry]:
    entries = {}
    at = 12
    for _ in range(count):
        flags = body[at + _FIXED - 2] << 8 | body[at + _FIXED - 1]
        start = at + _FIXED + (2 if flags & _EXTENDED else 0)
        length = flags & _NAME
        end = body.index(b"\0", start) if length == _NAME else start + length
        odd = flags & (_STAGE | _EXTENDED)
        blob = CONFLICT if odd else body[at + _STAT.size : at + _STAT.size + 20]
        entries[body[start:end]] = Entry(body[at : at + _STAT.size], blob)
        at += (end - at + 8) & ~7
    return entries


def write(git: Path, entries: Mapping[bytes, Entry]) -> None:
    """Replace the index, by Git's own protocol. Raises ``LedgerLocked`` while Git holds it.

    ``index.lock`` is a link to a file of ours: after a crash that tells our lock from one of Git's.
    """
    parts = [struct.pack(">4sLL", b"DIRC", 2, len(entries))]
    for path, entry in sorted(entries.items()):
        padding = b"\0" * (8 - (_FIXED + len(path)) % 8)
        parts += (entry.stat, entry.blob, min(len(path), _NAME).to_bytes(2, "big"), path, padding)
    body = b"".join(parts)
    ours, lock = git / INDEX, git / "index.lock"
    ours.unlink(missing_ok=True)
    write_synced(ours, body + hashlib.sha1(body, usedforsecurity=False).digest())
    try:
        lock.hardlink_to(ours)
    except FileExistsError as error:
        raise LedgerLocked(str(lock), 0, "git (if none is running, delete the file)") from error
    os.replace(lock, git / "index")  # noqa: PTH105 - the spelling that the sync audit sees
    ours.unlink()
