"""The index of a snapshot: one line per file, in one order, whose sha256 is what the snapshot is."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from aurora.batch.languages import lang_hint
from aurora.batch.paths import path_key, text_of

SCHEMA_VERSION: Final = 1
PREFIX: Final = "sha256:"

MODES: Final = {"100644": 0o100644, "100755": 0o100755, "120000": 0o120000}


class IndexRow(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A file of a snapshot. ``object`` names its bytes; ``path_raw`` (base64) is there when ``path`` is lossy."""

    schema_version: int
    path: str
    path_key: str
    object: str
    size: int
    lang_hint: str = ""
    mode: str = "100644"
    path_raw: str = ""

    @property
    def sha256(self) -> str:
        """The sha256 of the bytes, in hex."""
        return self.object[len(PREFIX) :]

    @property
    def raw(self) -> bytes:
        """The path as the file system has it."""
        return base64.b64decode(self.path_raw) if self.path_raw else self.path.encode()

    @property
    def is_link(self) -> bool:
        """Whether this is a symbolic link, kept as the text that it holds."""
        return self.mode == "120000"


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(IndexRow).decode


def row(raw: bytes, sha256: str, size: int, mode: int) -> IndexRow:
    """The row of a file at the path ``raw``."""
    path = text_of(raw)
    return IndexRow(
        schema_version=SCHEMA_VERSION,
        path=path,
        path_key=path_key(path),
        object=PREFIX + sha256,
        size=size,
        lang_hint="" if mode == MODES["120000"] else lang_hint(path),
        mode=f"{mode:o}",
        path_raw="" if path.encode("utf-8", "surrogatepass") == raw else base64.b64encode(raw).decode(),
    )


def ordered(rows: Iterable[IndexRow]) -> list[IndexRow]:
    """The rows by key, then by the bytes of their path; texts that two paths share are told apart."""
    found = sorted(rows, key=lambda each: (each.path_key, each.raw))
    seen: set[str] = set()
    for place, each in enumerate(found):
        if each.path in seen:
            mark = hashlib.sha256(each.raw).hexdigest()[:8]
            raw = each.path_raw or base64.b64encode(each.raw).decode()
            found[place] = msgspec.structs.replace(each, path=f"{each.path}#{mark}", path_raw=raw)
        seen.add(found[place].path)
    return found


def encode(rows: Sequence[IndexRow]) -> bytes:
    """The lines of ``files.index.jsonl``."""
    return b"".join(_encode(each) + b"\n" for each in rows)


def decode(content: bytes) -> list[IndexRow]:
    """The rows of an index. Raises ``msgspec.DecodeError``."""
    return [_decode(line) for line in content.split(b"\n") if line]


def identity(content: bytes) -> str:
    """``sha256:<hex>`` of bytes."""
    return PREFIX + hashlib.sha256(content).hexdigest()
