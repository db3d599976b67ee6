"""The events inside the ledger: a line of JSON each, in files written once, from which a journal comes back.

Restoring uses the address, the digest and the stored bytes only; the readable ``event`` is for people and
other programs. It shows what the stored bytes hold, not what the event would have today: a field added later
must not change old lines.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Final

import msgspec

from aurora.ledger.errors import DamagedLedger
from aurora.ledger.source import Fact
from aurora_events import codec
from aurora_events.base import Event
from aurora_events.record import StoredRow
from aurora_events.runs import SEARCH_PREFIX, FrameWithheld, Searched

ROOT: Final = "journal"
SUFFIX: Final = ".jsonl"
FRAME: Final = codec.TAGS[Searched]

_STAMP: Final = ("at", "actor", "cause")
_write = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def path_of(first: int, last: int) -> str:
    """Where the rows from ``first`` to ``last`` go: at most 256 files a folder."""
    return f"{ROOT}/{first >> 16:04x}/{first >> 8 & 0xFF:02x}/{first:010}-{last:010}{SUFFIX}"


def line(fact: Fact) -> str:
    """One event as one line, without its end. A frame and the stub that stands for it give the same line."""
    row, event = fact.row, fact.event
    if isinstance(event, Searched | FrameWithheld):
        content: dict[str, Any] = {"type": FRAME, "event": _frame(event)}
    else:
        state = base64.b64encode(row.state).decode("ascii")
        content = {"type": row.tag, "event": _held(event, fact.held[1:]), "state": state}
    content |= {
        "position": row.position,
        "stream": row.stream,
        "version": row.version,
        "digest": row.digest.hex(),
    }
    try:
        return _write(content)
    except ValueError:
        return _write(_finite(content))


def _frame(event: Searched | FrameWithheld) -> dict[str, Any]:
    count = len(event.attempts) if isinstance(event, Searched) else event.count
    fields = {name: getattr(event, name) for name in (*_STAMP, "run", "spec", "function", "first")}
    return fields | {"count": count}


def _held(value: Any, held: Any) -> Any:
    """``value`` as plain data with names, cut to the fields that its stored form ``held`` has."""
    if isinstance(value, msgspec.Struct):
        return {
            name: _held(getattr(value, name), part)
            for name, part in zip(value.__struct_fields__, held, strict=False)
        }
    if isinstance(value, tuple | list):
        return [_held(item, part) for item, part in zip(value, held, strict=True)]
    return value


def _finite(value: Any) -> Any:
    """The same data with ``nan`` and ``inf``, which JSON cannot hold, as strings."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return repr(value)
    return value


def parse(text: bytes, where: str) -> list[StoredRow]:
    """The rows in a segment, each checked against its digest. Raises ``DamagedLedger`` naming the line."""
    rows = []
    for number, raw in enumerate(text.splitlines(), 1):
        try:
            rows.append(_row(json.loads(raw)))
        except (ValueError, KeyError, TypeError, binascii.Error, msgspec.MsgspecError, UnicodeError) as error:
            raise DamagedLedger(f"{where}:{number}", f"this line is not an event: {error!r}") from error
    return rows


def _row(content: dict[str, Any]) -> StoredRow:
    digest = bytes.fromhex(content["digest"])
    if content["type"] == FRAME:
        event: Event = msgspec.convert(_stub_fields(content["event"]), FrameWithheld)
        if not content["stream"].startswith(SEARCH_PREFIX):
            raise ValueError("a frame stands outside the search streams")
        state = codec.encode(event)
    else:
        state = base64.b64decode(content["state"], validate=True)
        event = codec.decode(state)
        if codec.digest(state) != digest:
            raise ValueError("the stored bytes do not match their digest")
        if codec.TAGS[type(event)] != content["type"]:
            raise ValueError(f"the event is a {codec.TAGS[type(event)]}, but the line says {content['type']}")
    row = StoredRow(
        content["position"], content["stream"], content["version"], codec.TAGS[type(event)], digest, state
    )
    if not (type(row.position) is type(row.version) is int and row.position > 0 < row.version):
        raise ValueError("position and version are not numbers from 1")
    return row


def _stub_fields(fields: dict[str, Any]) -> list[Any]:
    return [codec.TAGS[FrameWithheld], *(fields[name] for name in FrameWithheld.__struct_fields__)]
