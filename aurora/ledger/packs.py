"""Packs: many objects made durable with two files. Written without deltas, merged when there are too many."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from dulwich.object_format import SHA1
from dulwich.pack import load_pack_index, write_pack_index_v2

from aurora.ledger.errors import DamagedLedger
from aurora.ledger.files import sync_folder, write_synced
from aurora.ledger.replay import name
from aurora.ledger.tree import BLOB, TREE

MOST: Final = 50
"""Packs after which lookups become slow (0.5 ms with one pack, 11.6 ms with two hundred)."""

_REMEMBERED: Final = 64_000_000
_HEADER: Final = 12
_CHECKSUM: Final = 20


class PackBuilder:
    """Gathers objects and stores them as one pack. Call ``add`` wherever a ``WriteObject`` is wanted."""

    def __init__(self) -> None:
        self.size = _HEADER
        self._parts: list[bytes] = []
        self._entries: dict[bytes, tuple[int, int]] = {}
        self._blobs: dict[bytes, bytes] = {}
        self._room = _REMEMBERED

    def add(self, kind: int, content: bytes) -> bytes:
        """Take an object, once; its name."""
        sha = name(kind, content)
        if sha not in self._entries:
            # names in trees are random bytes: compressing them costs more than it saves
            level = 0 if kind == TREE else 1
            self.copy(sha, _object_header(kind, len(content)) + zlib.compress(content, level))
            if kind == BLOB and len(content) <= self._room:
                self._blobs[sha] = content
                self._room -= len(content)
        return sha

    def recent(self, sha: bytes) -> bytes | None:
        """A blob that was added lately, stored or not: the working tree needs it next. None if not remembered."""
        return self._blobs.get(sha)

    def copy(self, sha: bytes, packed: bytes) -> None:
        """Take an object as another pack holds it."""
        if sha not in self._entries:
            self._entries[sha] = (self.size, zlib.crc32(packed))
            self._parts.append(packed)
            self.size += len(packed)

    def store(self, folder: Path) -> Path | None:
        """Make the objects durable in ``folder`` and begin anew; the pack, None if nothing was to store.

        The index gets its name last, since Git takes a pack for complete when it sees the index.
        """
        if not self._entries:
            return None
        body = b"".join((b"PACK", struct.pack(">LL", 2, len(self._entries)), *self._parts))
        checksum = hashlib.sha1(body, usedforsecurity=False).digest()
        entries = sorted((sha, offset, crc) for sha, (offset, crc) in self._entries.items())
        index = io.BytesIO()
        write_pack_index_v2(index, entries, checksum)
        pack = folder / f"pack-{checksum.hex()}.pack"
        if not (pack.exists() and pack.with_suffix(".idx").exists()):
            for path, content in ((pack, body + checksum), (pack.with_suffix(".idx"), index.getvalue())):
                fresh = folder / f"tmp_aurora{path.suffix}"
                write_synced(fresh, content)
                os.replace(fresh, path)  # noqa: PTH105 - the spelling that the sync audit sees
            sync_folder(folder)
        self.size, self._parts, self._entries = _HEADER, [], {}
        return pack


@contextmanager
def kept_only_if_done(folder: Path) -> Iterator[None]:
    """Remove the packs that were added to ``folder`` inside, if it failed."""
    before = set(folder.glob("pack-*.pack"))
    try:
        yield
    except BaseException:
        _remove(set(folder.glob("pack-*.pack")) - before)
        raise


def _remove(packs: Iterable[Path]) -> None:
    """Remove packs, their index first: without it nobody looks for the pack."""
    for pack in packs:
        for suffix in (".idx", ".rev", ".pack"):
            pack.with_suffix(suffix).unlink(missing_ok=True)


def complete(folder: Path) -> list[Path]:
    """The packs that have an index; without one a pack is a leftover of a kill, of which nobody needs anything."""
    return sorted(index.with_suffix(".pack") for index in folder.glob("pack-*.idx"))


class Packed(NamedTuple):
    """An object as it lies in a pack."""

    sha: bytes
    kind: int
    content: bytes


def objects(pack: Path) -> Iterator[Packed]:
    """The objects of a pack as they are stored. Raises ``DamagedLedger`` if they are damaged."""
    body = verified(pack)
    index = load_pack_index(pack.with_suffix(".idx"), SHA1)
    try:
        places = sorted((offset, sha) for sha, offset, _ in index.iterentries())
    finally:
        index.close()
    ends = [offset for offset, _ in places[1:]] + [len(body) - _CHECKSUM]
    for (offset, sha), end in zip(places, ends, strict=True):
        yield Packed(bytes(sha), body[offset] >> 4 & 7, body[offset:end])


def verified(pack: Path) -> bytes:
    """The bytes of a pack, checked against its checksum and that in its index. Raises ``DamagedLedger``."""
    try:
        body, index = pack.read_bytes(), pack.with_suffix(".idx").read_bytes()
    except OSError as error:
        raise DamagedLedger(str(pack), f"the pack cannot be read: {error.strerror}") from error
    if not _sums(body):
        raise DamagedLedger(str(pack), "the pack does not match its checksum")
    if not _sums(index) or index[-2 * _CHECKSUM : -_CHECKSUM] != body[-_CHECKSUM:]:
        raise DamagedLedger(str(pack), "the index of the pack does not match its checksum or the pack")
    return body


def merge(folder: Path) -> None:
    """If there are too many packs, copy the small ones into one, durably, and only then remove them.

    A pack larger than all smaller ones together stays, so that no object is copied more than log(n) times.
    Packs that Git made (with deltas, or to be kept) and folders with a multi-pack index are left to Git.
    """
    packs = complete(folder)
    if len(packs) <= MOST or (folder / "multi-pack-index").exists():
        return
    packs.sort(key=lambda pack: pack.stat().st_size)
    builder, merged = PackBuilder(), []
    sizes = [pack.stat().st_size for pack in packs]
    last = max((n for n in range(1, len(packs)) if sizes[n] <= sum(sizes[:n])), default=0)
    for pack in packs[: last + 1]:
        found = list(objects(pack)) if not _belongs_to_git(pack) else []
        if found and all(item.kind in (1, 2, 3) for item in found):
            for item in found:
                builder.copy(item.sha, item.content)
            merged.append(pack)
    if len(merged) > 1:
        kept = builder.store(folder)
        _remove(pack for pack in merged if pack != kept)


def _belongs_to_git(pack: Path) -> bool:
    return any(pack.with_suffix(suffix).exists() for suffix in (".keep", ".promisor", ".mtimes", ".bitmap"))


def _sums(content: bytes) -> bool:
    body, checksum = content[:-_CHECKSUM], content[-_CHECKSUM:]
    return hashlib.sha1(body, usedforsecurity=False).digest() == checksum


def _object_header(kind: int, size: int) -> bytes:
    first, size = kind << 4 | size & 15, size >> 4
    header = bytearray()
    while size:
        header.append(first | 0x80)
        first, size = size & 0x7F, size >> 7
    header.append(first)
    return bytes(header)
