"""Git objects as bytes: names, packed entries, trees, commits, in Git's SHA-1 or SHA-256 format. Pure."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from aurora.artifacts.port import Leaf

COMMIT: Final = 1
TREE: Final = 2
BLOB: Final = 3
KINDS: Final[dict[int, bytes]] = {COMMIT: b"commit", TREE: b"tree", BLOB: b"blob"}

LEVEL: Final = 1
"""Of zlib: what Git itself uses for loose objects. Level 6 takes four times as long for a sixth less."""

FOLDER: Final = 0o40000
"""The mode of a tree within a tree."""

_AUTHOR: Final = "Aurora <aurora@localhost> 0 +0000"


class Format(NamedTuple):
    """One of Git's two formats of object names."""

    name: str
    new: Callable[..., Any]
    size: int


SHA1: Final = Format("sha1", lambda data=b"": hashlib.sha1(data, usedforsecurity=False), 20)
SHA256: Final = Format("sha256", hashlib.sha256, 32)
FORMATS: Final = {SHA1.name: SHA1, SHA256.name: SHA256}


def hasher(form: Format, kind: int, size: int) -> Any:
    """A hash that needs only the content to become the object's name."""
    return form.new(b"%b %d\0" % (KINDS[kind], size))


def name(form: Format, kind: int, content: bytes) -> bytes:
    """The name of an object."""
    hash_ = hasher(form, kind, len(content))
    hash_.update(content)
    return bytes(hash_.digest())


def pack_header(kind: int, size: int) -> bytes:
    """What stands before the compressed content in a pack."""
    first, size = kind << 4 | size & 15, size >> 4
    header = bytearray()
    while size:
        header.append(first | 0x80)
        first, size = size & 0x7F, size >> 7
    header.append(first)
    return bytes(header)


def packed(kind: int, content: bytes) -> bytes:
    """An object as a pack holds it."""
    # The names in trees are random bytes: compressing them costs more than it saves.
    level = 0 if kind == TREE else LEVEL
    return pack_header(kind, len(content)) + zlib.compress(content, level)


def read_header(data: Any, offset: int) -> tuple[int, int, int]:
    """Kind, size and where the compressed content begins."""
    byte = data[offset]
    offset += 1
    kind, size, shift = byte >> 4 & 7, byte & 15, 4
    while byte & 0x80:
        byte = data[offset]
        offset += 1
        size |= (byte & 0x7F) << shift
        shift += 7
    return kind, size, offset


def commit_text(tree: str, message: str, parents: Iterable[str]) -> bytes:
    """A commit that depends on nothing but its arguments: no clock, no user."""
    lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
    lines += [f"author {_AUTHOR}", f"committer {_AUTHOR}", "", message]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def tree_of_commit(content: bytes) -> str:
    """The tree that a commit names."""
    return content[5 : content.index(b"\n")].decode("ascii")


def write_trees(files: Mapping[bytes, Leaf], write: Callable[[bytes], bytes]) -> bytes:
    """Give ``write`` the content of every tree of these files, innermost first; the name of the outermost."""
    root: dict[bytes, Any] = {}
    folders: dict[bytes, dict[bytes, Any]] = {b"": root}
    for path, leaf in files.items():
        parent, _, last = path.rpartition(b"/")
        folder = folders.get(parent)
        if folder is None:
            folder = _make_folder(folders, parent)
        folder[last] = leaf
    return _write_tree(root, write)


def _make_folder(folders: dict[bytes, dict[bytes, Any]], path: bytes) -> dict[bytes, Any]:
    parent, _, last = path.rpartition(b"/")
    above = folders.get(parent)
    if above is None:
        above = _make_folder(folders, parent)
    below: dict[bytes, Any] = {}
    above[last] = folders[path] = below
    return below


def _write_tree(folder: dict[bytes, Any], write: Callable[[bytes], bytes]) -> bytes:
    rows: list[tuple[bytes, bytes]] = []
    for name_, entry in folder.items():
        if isinstance(entry, dict):
            rows.append((name_ + b"/", b"%o %b\0%b" % (FOLDER, name_, _write_tree(entry, write))))
        else:
            key = name_ + b"/" if is_folder(entry.mode) else name_
            rows.append((key, b"%o %b\0%b" % (entry.mode, name_, bytes.fromhex(entry.oid))))
    rows.sort()
    return write(b"".join(row for _, row in rows))


def parse_tree(content: bytes, form: Format) -> Iterator[tuple[int, bytes, str]]:
    """Mode, name and Git id of each entry."""
    start, size = 0, form.size
    while start < len(content):
        space = content.index(b" ", start)
        zero = content.index(b"\0", space)
        end = zero + 1 + size
        yield int(content[start:space], 8), content[space + 1 : zero], content[zero + 1 : end].hex()
        start = end


def is_folder(mode: int) -> bool:
    """Whether an entry of that mode is a tree."""
    return mode == FOLDER
