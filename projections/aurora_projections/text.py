"""Values as text in views: instants and JSON. Pure, and the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

import msgspec

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ascii: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_utf8: Final = msgspec.json.Encoder().encode


@lru_cache(maxsize=4096)  # several views write the time of one event
def instant(at: int) -> str:
    """Nanoseconds since 1970 as ISO-8601 UTC with all nine digits, so that text order is time order."""
    seconds, rest = divmod(at, 1_000_000_000)
    return "%s.%09dZ" % (_second(seconds), rest)  # noqa: UP031 - twice as fast, for every event


@lru_cache(maxsize=4096)
def _second(seconds: int) -> str:
    return (_EPOCH + timedelta(seconds=seconds)).isoformat()[:19]


def json_texts(values: Sequence[str]) -> str:
    """A list of strings as JSON."""
    return _utf8(values).decode()


def json_struct(value: msgspec.Struct) -> str:
    """A flat Struct as a JSON object with field names."""
    return _utf8(msgspec.structs.asdict(value)).decode()


def json_structs(values: Iterable[msgspec.Struct]) -> str:
    """Flat Structs as a JSON list of objects with field names."""
    return _utf8([msgspec.structs.asdict(value) for value in values]).decode()


def json_row(values: Sequence[int | float | str | None]) -> str:
    """A row as one line of ASCII JSON. The fast encoder cannot escape, so the other one takes the rest."""
    line = _utf8(values)
    return line.decode("ascii") if line.isascii() else _ascii(values)
