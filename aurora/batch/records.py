"""What tasks give: output records. They hold neither times nor ids of runs: equal inputs give equal bytes."""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

import msgspec

SCHEMA_NAME: Final = "aurora.batch.output"
SCHEMA_VERSION: Final = 1


class _Record(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="kind", gc=False):
    """A record about one file."""

    path: str


class Ast(_Record, frozen=True, tag="ast"):
    """A file could be read. ``object`` holds its outline: of ``size`` bytes, with ``nodes`` entries.

    ``format`` is ``json``, or ``json+chunks`` when ``object`` is a manifest of chunks.
    """

    object: str
    format: str
    size: int
    nodes: int
    language: str
    encoding: str = "utf-8"


class Diagnostic(_Record, frozen=True, tag="diagnostic"):
    """Something to know about a place in a file. Lines and columns count from 1; 0 is the file as a whole."""

    severity: Literal["error", "warning", "info", "hint"]
    code: str
    message: str
    line: int
    column: int


class Metric(_Record, frozen=True, tag="metric"):
    """A measure of a file, or of the function ``qualname`` at ``line`` in it."""

    metric: str
    value: int | str
    qualname: str = ""
    line: int = 0


class Symbol(_Record, frozen=True, tag="symbol"):
    """A name that a file binds: ``qualname`` with what it stands in (Python's is PEP 3155's), which is ``scope``."""

    name: str
    qualname: str
    symbol_type: Literal["function", "class", "variable"]
    scope: str
    line: int
    end_line: int
    column: int


class Edge(_Record, frozen=True, tag="edge"):
    """From a scope to what it names: a module that it ``imports``, or something that it ``calls``."""

    edge_type: Literal["imports", "calls"]
    target: str
    source: str
    line: int
    names: tuple[str, ...] = ()


Record = Ast | Diagnostic | Metric | Symbol | Edge
KINDS: Final[tuple[str, ...]] = tuple(str(kind.__struct_config__.tag) for kind in get_args(Record))

MODULE_SCOPE: Final = "<module>"

_encode = msgspec.json.Encoder().encode_into
_decode = msgspec.json.Decoder(Record).decode

HEADER: Final = msgspec.json.encode({"schema_name": SCHEMA_NAME, "schema_version": SCHEMA_VERSION}) + b"\n"
"""The first line of a file of outputs."""


class Lines:
    """Records on their way into a file of outputs."""

    def __init__(self) -> None:
        self.content = bytearray(HEADER)
        self.count = 0

    def add(self, record: Record) -> None:
        """Take a record."""
        _encode(record, self.content, -1)
        self.content += b"\n"
        self.count += 1


def decode(content: bytes) -> list[Record]:
    """The records of a file of outputs. Raises ``msgspec.DecodeError``; unknown fields are let through."""
    lines = content.split(b"\n")
    head = msgspec.json.decode(lines[0])
    if head.get("schema_name") != SCHEMA_NAME or head.get("schema_version") != SCHEMA_VERSION:
        raise msgspec.ValidationError(f"these are not outputs of version {SCHEMA_VERSION}: {head}")
    return [_decode(line) for line in lines[1:] if line]


def schemas() -> dict[str, Any]:
    """The JSON Schema of a record (2020-12), made from the Structs."""
    schema = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA_NAME, **schema}
