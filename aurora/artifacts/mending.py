"""Damage to packs: found by checksums, cut out object by object, so that what is missing can be stored again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from aurora.artifacts import objects
from aurora.artifacts.files import replace, sync_folder
from aurora.artifacts.objects import KINDS, Format
from aurora.artifacts.packs import Pack, PackWriter
from aurora.artifacts.port import ArtifactCorrupt
from aurora.artifacts.store import ArtifactStore

MOST: Final = 40
"""Packs after which the small ones are merged: each look-up asks them one after another."""

_Marks = dict[str, tuple[int, int, int, int]]


def mend_changed_packs(store: ArtifactStore, memory: Path) -> list[str]:
    """Check every pack whose files changed since the last time, and mend it; the ids of what was damaged.

    A file whose size and times are as they were is trusted, as Git trusts its index; ``corrupt_objects`` is not
    so trusting.
    """
    if not store.exists():
        return []
    known = _read_marks(memory)
    marks, bad = _marks(store), []
    changed = [name for name, mark in marks.items() if known.get(name) != mark]
    if not changed and known.keys() == marks.keys():
        return []
    for path in sorted({(store.packs_folder / name).with_suffix(".pack") for name in changed}):
        if path.with_suffix(".idx").exists() and not _sound(path, store.form):
            bad.append(path)
    damaged = mend(store, bad) if bad else []
    replace(memory, msgspec.msgpack.encode(_marks(store)))
    return damaged


def remember_packs(store: ArtifactStore, memory: Path) -> None:
    """Take the packs as they are now for sound: whoever calls has just checked or written them."""
    replace(memory, msgspec.msgpack.encode(_marks(store)))


def corrupt_objects(store: ArtifactStore) -> dict[str, Path]:
    """Every object in a pack that is not what its name says, read to the last byte; with its pack."""
    bad: dict[str, Path] = {}
    for path in store.unreadable_packs():
        bad.update((oid.hex(), path) for oid in _lost_names(path, store.form))
    for pack in store.pack_list():
        for oid, start, _ in pack.entries():
            if not _intact(pack, oid, start):
                bad[oid.hex()] = pack.path
        if pack.path not in bad.values() and not pack.sound():
            bad[f"checksum of {pack.path.name}"] = pack.path
    return bad


def mend(store: ArtifactStore, paths: list[Path]) -> list[str]:
    """Replace damaged packs by what is intact in them; the ids of the objects that were not."""
    lost: list[str] = []
    with store.exclusive():
        store.forget_packs()
        for path in paths:
            lost += _salvage(path, store.form)
        store.forget_packs()
    return sorted(lost)


def merge_small_packs(store: ArtifactStore) -> None:
    """If there are too many packs, copy the smaller ones into one, durably, and only then remove them."""
    packs = store.pack_list()
    if len(packs) <= MOST or (store.packs_folder / "multi-pack-index").exists():
        return
    with store.exclusive():
        packs = sorted(store.pack_list(), key=lambda pack: pack.path.stat().st_size)
        sizes = [pack.path.stat().st_size for pack in packs]
        last = max((n for n in range(1, len(packs)) if sizes[n] <= sum(sizes[:n])), default=0)
        chosen = [pack for pack in packs[: last + 1] if _ours(pack)]
        if len(chosen) < 2 or not all(pack.sound() for pack in chosen):
            return
        writer = PackWriter(store.packs_folder, store.form, lambda _: False)
        for pack in chosen:
            for oid, start, end in pack.entries():
                if not writer.has(oid.hex()):
                    writer.copy(oid, pack.raw(start, end))
        writer.finish()
        for pack in chosen:
            _remove(pack.path)
        sync_folder(store.packs_folder)
        store.forget_packs()


def _salvage(path: Path, form: Format) -> list[str]:
    """Write what is intact of a pack into a new one and remove the old; the ids of what was not intact."""
    lost: list[str] = []
    writer = PackWriter(path.parent, form, lambda _: False)
    try:
        for oid, entry in _intact_entries(path, form, lost):
            writer.copy(oid, entry)
        fresh = writer.finish()
    finally:
        writer.abandon()
    if fresh != path:
        _remove(path)
        sync_folder(path.parent)
    return lost


def _intact_entries(path: Path, form: Format, lost: list[str]) -> Iterator[tuple[bytes, bytes]]:
    try:
        pack = Pack(path, form)
        entries = pack.entries()
    except (ArtifactCorrupt, OSError):
        yield from _scan(path, form)
        return
    names = [oid for oid, start, _ in entries if not _intact(pack, oid, start)]
    if names and not _index_sound(path, form):
        yield from _scan(path, form)  # the index is what is damaged: it names objects that never were
        return
    lost += [oid.hex() for oid in names]
    gone = set(names)
    for oid, start, end in entries:
        if oid not in gone:
            yield oid, pack.raw(start, end)


def _scan(path: Path, form: Format) -> Iterator[tuple[bytes, bytes]]:
    """The intact objects of a pack without the help of its index, up to the first that is damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return
    at, end = 12, len(data) - form.size
    while at < end:
        try:
            kind, size, start = objects.read_header(data, at)
            inflate = zlib.decompressobj()
            content = inflate.decompress(data[start:])
        except (zlib.error, IndexError):
            return
        after = len(data) - len(inflate.unused_data)
        if kind not in KINDS or len(content) != size or not inflate.eof:
            return
        yield objects.name(form, kind, content), data[at:after]
        at = after


def _intact(pack: Pack, oid: bytes, start: int) -> bool:
    try:
        for _ in pack.pieces(oid, start):
            pass
    except ArtifactCorrupt:
        return False
    return True


def _lost_names(path: Path, form: Format) -> list[bytes]:
    """What the index of an unreadable pack names, as far as it can be read."""
    try:
        data = path.with_suffix(".idx").read_bytes()
    except OSError:
        return []
    count = int.from_bytes(data[8 + 255 * 4 : 8 + 256 * 4], "big")
    names = [data[1032 + n * form.size : 1032 + (n + 1) * form.size] for n in range(count)]
    return [name for name in names if len(name) == form.size]


def _index_sound(path: Path, form: Format) -> bool:
    data = path.with_suffix(".idx").read_bytes()
    return bool(form.new(data[: -form.size]).digest() == data[-form.size :])


def _sound(path: Path, form: Format) -> bool:
    try:
        pack = Pack(path, form)
    except (ArtifactCorrupt, OSError):
        return False
    try:
        return pack.sound()
    finally:
        pack.close()


def _ours(pack: Pack) -> bool:
    """Whether Aurora made the pack: those of Git (deltas, kept, promised) are left to Git."""
    if any(pack.path.with_suffix(suffix).exists() for suffix in (".keep", ".promisor", ".mtimes", ".bitmap")):
        return False
    return all(pack.kind(start) in KINDS for _, start, _ in pack.entries())


def _remove(path: Path) -> None:
    """Remove a pack, its index first: without it nobody looks for the pack."""
    for suffix in (".idx", ".rev", ".pack"):
        path.with_suffix(suffix).unlink(missing_ok=True)


def _marks(store: ArtifactStore) -> _Marks:
    found: _Marks = {}
    for path in [*store.packs_folder.glob("pack-*.pack"), *store.packs_folder.glob("pack-*.idx")]:
        state = path.stat()
        mark = (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)
        found[path.name] = mark
    return found


def _read_marks(memory: Path) -> _Marks:
    try:
        return msgspec.msgpack.decode(memory.read_bytes(), type=_Marks)
    except (OSError, msgspec.DecodeError):
        return {}
