"""Packs: many objects in two files. Written as a stream, so that size costs no memory; read through a memory map."""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from aurora.artifacts import objects
from aurora.artifacts.files import sync_folder
from aurora.artifacts.objects import BLOB, COMMIT, KINDS, TREE, Format
from aurora.artifacts.port import ArtifactCorrupt, Leaf, PackedBlob

TEMPORARY: Final = "tmp_aurora"
PIECE: Final = 1 << 20

_MAGIC: Final = b"\xfftOc\0\0\0\2"
_LARGE: Final = 1 << 31
_FANOUT: Final = 256 * 4


class PackWriter:
    """A pack being written. Invariant: under its final name there is only a complete, synced pack.

    The unfinished file is locked, so that another process can tell a leftover of a kill from work.
    """

    def __init__(self, folder: Path, form: Format, known: Callable[[str], bool]) -> None:
        self._folder = folder
        self._form = form
        self._known = known
        self._entries: dict[bytes, tuple[int, int]] = {}
        self._file: BinaryIO | None = None
        self._size = 0

    def blob(self, content: bytes) -> str:
        """Take a blob, unless the store has it; its Git id."""
        return self.add(BLOB, content).hex()

    def packed(self, blob: PackedBlob) -> None:
        """Take a blob that a worker packed."""
        oid = bytes.fromhex(blob.oid)
        if not self._has(oid):
            self.copy(oid, blob.packed)

    def stream(self, size: int, pieces: Iterable[bytes]) -> str:
        """Take a blob of ``size`` bytes piece by piece; its Git id."""
        file = self._open()
        start, hash_ = self._size, objects.hasher(self._form, BLOB, size)
        compressor, header = zlib.compressobj(objects.LEVEL), objects.pack_header(BLOB, size)
        crc, seen = zlib.crc32(header), 0
        file.write(header)
        self._size += len(header)
        for piece in pieces:
            hash_.update(piece)
            seen += len(piece)
            crc = self._put(compressor.compress(piece), crc)
        crc = self._put(compressor.flush(), crc)
        oid = bytes(hash_.digest())
        if seen != size or self._has(oid):
            file.seek(start)
            file.truncate()
            self._size = start
            if seen != size:
                raise ArtifactCorrupt("a file", f"it had {size} bytes and gave {seen}")
        else:
            self._entries[oid] = (start, crc)
        return oid.hex()

    def tree(self, files: Mapping[bytes, Leaf]) -> str:
        """Take the trees of these files."""
        return objects.write_trees(files, lambda content: self.add(TREE, content)).hex()

    def commit(self, tree: str, message: str, parents: Iterable[str] = ()) -> str:
        """Take a commit."""
        return self.add(COMMIT, objects.commit_text(tree, message, parents)).hex()

    def add(self, kind: int, content: bytes) -> bytes:
        """Take an object, unless the store has it; its name."""
        oid = objects.name(self._form, kind, content)
        if not self._has(oid):
            self.copy(oid, objects.packed(kind, content))
        return oid

    def copy(self, oid: bytes, entry: bytes) -> None:
        """Take an object as it lies in a pack."""
        self._open().write(entry)
        self._entries[oid] = (self._size, zlib.crc32(entry))
        self._size += len(entry)

    def has(self, oid: str) -> bool:
        """Whether a blob is in the store or on its way there."""
        return self._has(bytes.fromhex(oid))

    def _has(self, oid: bytes) -> bool:
        return oid in self._entries or self._known(oid.hex())

    def _put(self, data: bytes, crc: int) -> int:
        if data:
            self._open().write(data)
            self._size += len(data)
        return zlib.crc32(data, crc)

    def _open(self) -> BinaryIO:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{TEMPORARY}_{os.getpid()}_{id(self):x}"
            self._file = path.open("w+b")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file.write(b"PACK" + struct.pack(">LL", 2, 0))
            self._size = 12
        return self._file

    def finish(self) -> Path | None:
        """Make everything durable; the pack, None if there was nothing to write.

        The index gets its name last, for Git sees a pack when it sees the index.
        """
        file = self._file
        if file is None or not self._entries:
            self.abandon()
            return None
        file.seek(8)
        file.write(struct.pack(">L", len(self._entries)))
        file.seek(0)
        hash_ = self._form.new()
        while piece := file.read(PIECE):
            hash_.update(piece)
        checksum = bytes(hash_.digest())
        file.write(checksum)
        file.flush()
        os.fsync(file.fileno())
        pack = self._folder / f"pack-{checksum.hex()}.pack"
        index = Path(f"{file.name}.idx")
        with index.open("wb") as target:
            target.write(_index(self._entries, checksum, self._form))
            target.flush()
            os.fsync(target.fileno())
        Path(file.name).replace(pack)
        index.replace(pack.with_suffix(".idx"))
        sync_folder(self._folder)
        file.close()
        self._file, self._entries = None, {}
        return pack

    def abandon(self) -> None:
        """Leave no trace of what was not finished."""
        if self._file is not None:
            Path(self._file.name).unlink(missing_ok=True)
            Path(f"{self._file.name}.idx").unlink(missing_ok=True)
            self._file.close()
            self._file = None


def _index(entries: Mapping[bytes, tuple[int, int]], checksum: bytes, form: Format) -> bytes:
    """Git's pack index, version 2."""
    names = sorted(entries)
    counts = [0] * 256
    for each in names:
        counts[each[0]] += 1
    total, fan = 0, []
    for count in counts:
        total += count
        fan.append(total)
    places: list[int] = []
    large: list[int] = []
    for each in names:
        offset = entries[each][0]
        if offset >= _LARGE:
            places.append(_LARGE | len(large))
            large.append(offset)
        else:
            places.append(offset)
    body = b"".join(
        (
            _MAGIC,
            struct.pack(">256L", *fan),
            *names,
            struct.pack(f">{len(names)}L", *(entries[each][1] for each in names)),
            struct.pack(f">{len(names)}L", *places),
            struct.pack(f">{len(large)}Q", *large),
            checksum,
        )
    )
    return body + bytes(form.new(body).digest())


def sweep(folder: Path) -> None:
    """Remove unfinished packs whose writer is dead."""
    for leftover in folder.glob(f"{TEMPORARY}_*"):
        with suppress(OSError), leftover.open("rb") as file:  # gone meanwhile, or its writer is at work
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if leftover.suffix != ".idx":
                leftover.unlink(missing_ok=True)
                Path(f"{leftover}.idx").unlink(missing_ok=True)


class Pack:
    """A pack that is there. Its index is trusted to find objects; what is found is checked against its name."""

    def __init__(self, path: Path, form: Format) -> None:
        self.path = path
        self._form = form
        self._map = _mapped(path)
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._index = _mapped(path.with_suffix(".idx"))
        if self._index[:8] != _MAGIC or self._map[:4] != b"PACK":
            raise ArtifactCorrupt(f"the pack {path.name}", "its beginning is not that of a pack")
        self.count = int.from_bytes(self._index[8 + _FANOUT - 4 : 8 + _FANOUT], "big")
        tables = 8 + _FANOUT + self.count * (form.size + 8) + 2 * form.size
        if len(self._index) < tables:
            raise ArtifactCorrupt(f"the pack {path.name}", "its index is too short")

    def find(self, oid: bytes) -> int | None:
        """Where an object begins, None if it is not here."""
        start, size = 8 + _FANOUT, self._form.size
        fan = 8 + 4 * oid[0]
        high = int.from_bytes(self._index[fan : fan + 4], "big")
        low = int.from_bytes(self._index[fan - 4 : fan], "big") if oid[0] else 0
        place = bisect_left(
            range(high), oid, low, high, key=lambda n: self._index[start + n * size : start + (n + 1) * size]
        )
        if place >= high or self._index[start + place * size : start + (place + 1) * size] != oid:
            return None
        return self._offset(place)

    def names(self) -> Iterator[bytes]:
        """The names of all objects."""
        start, size = 8 + _FANOUT, self._form.size
        for place in range(self.count):
            yield self._index[start + place * size : start + (place + 1) * size]

    def _offset(self, place: int) -> int:
        offsets = 8 + _FANOUT + self.count * (self._form.size + 4)
        at = offsets + 4 * place
        offset = int.from_bytes(self._index[at : at + 4], "big")
        if offset & _LARGE:
            at = offsets + 4 * self.count + 8 * (offset & ~_LARGE)
            offset = int.from_bytes(self._index[at : at + 8], "big")
        return offset

    def entries(self) -> list[tuple[bytes, int, int]]:
        """Name, begin and end of every object."""
        places = sorted((self._offset(place), each) for place, each in enumerate(self.names()))
        ends = [offset for offset, _ in places[1:]] + [len(self._map) - self._form.size]
        return [(each, offset, end) for (offset, each), end in zip(places, ends, strict=True)]

    def raw(self, start: int, end: int) -> bytes:
        """Bytes of the pack."""
        return self._map[start:end]

    def kind(self, offset: int) -> int:
        """The kind of the object there; one that is none of ours when Git repacked it as a delta."""
        return objects.read_header(self._map, offset)[0] if offset < len(self._map) else 0

    def size(self, offset: int) -> int:
        """The size of the content there."""
        return objects.read_header(self._map, offset)[1]

    def pieces(self, oid: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
        """Kind and content, piece by piece. Raises ``ArtifactCorrupt``, at the end at the latest."""
        what = f"object {oid.hex()}"
        try:
            kind, size, at = objects.read_header(self._map, offset)
        except IndexError as error:
            raise ArtifactCorrupt(what, "the pack ends before it", str(self.path)) from error
        if kind not in KINDS:
            raise ArtifactCorrupt(what, "its header is none", str(self.path))
        hash_, seen = objects.hasher(self._form, kind, size), 0
        inflate = zlib.decompressobj()
        # Not through the map: pages that were read through it count as memory, however large the object is.
        ahead = min(PIECE, size + (size >> 8) + 64)
        try:
            while not inflate.eof:
                data = os.pread(self._file, ahead, at)
                ahead = PIECE
                if not data:
                    raise ArtifactCorrupt(what, "the pack ends within it", str(self.path))
                at += len(data)
                while data and not inflate.eof:
                    piece = inflate.decompress(data, PIECE)
                    data = inflate.unconsumed_tail
                    if piece:
                        hash_.update(piece)
                        seen += len(piece)
                        if seen > size:
                            break
                        yield kind, piece
        except zlib.error as error:
            raise ArtifactCorrupt(what, f"it cannot be unpacked ({error})", str(self.path)) from error
        if hash_.digest() != oid or seen != size:
            raise ArtifactCorrupt(what, "its content does not match its name", str(self.path))
        if not size:
            yield kind, b""

    def sound(self) -> bool:
        """Whether pack and index match their checksums."""
        index = bytes(self._index)
        if bytes(self._form.new(index[: -self._form.size]).digest()) != index[-self._form.size :]:
            return False
        hash_, at, end = self._form.new(), 0, len(self._map) - self._form.size
        while at < end:
            piece = os.pread(self._file, min(PIECE, end - at), at)
            if not piece:
                return False
            hash_.update(piece)
            at += len(piece)
        return bool(hash_.digest() == os.pread(self._file, self._form.size, end))

    def close(self) -> None:
        """Let go of the files."""
        self._map.close()
        self._index.close()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        if getattr(self, "_file", -1) >= 0:
            os.close(self._file)
            self._file = -1


def _mapped(path: Path) -> mmap.mmap:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return mmap.mmap(handle, 0, prot=mmap.PROT_READ)
    except ValueError as error:
        raise ArtifactCorrupt(f"the pack {path.name}", "it is empty") from error
    finally:
        os.close(handle)
