"""The ``audit`` view: one row an event, with the digest of its bytes and the hash chain up to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.base import Event
from aurora_events.codec import EVENT_TYPES, GENESIS, TAGS, link
from aurora_events.record import Recorded
from aurora_events.runs import FrameWithheld, Searched
from aurora_projections.base import Projection
from aurora_projections.table import Table
from aurora_projections.text import instant


class AuditRow(msgspec.Struct, frozen=True, gc=False):
    """An event's address, author and fingerprint. ``digest`` and ``chain`` are hex."""

    position: int
    stream: str
    version: int
    type: str
    at: str
    actor: str
    cause: str
    digest: str
    chain: str


AUDIT: Final = Table("audit", AuditRow, ("position",))

# The row of a withheld frame keeps the digest of the frame, so the chain is equal too.
_TYPES: Final[dict[type[Event], str]] = {**TAGS, FrameWithheld: TAGS[Searched]}


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Go on with the chain from the last row."""
    last = next(AUDIT.select(connection, "ORDER BY position DESC LIMIT 1"), None)
    chain = bytes.fromhex(last.chain) if last else GENESIS
    rows: list[tuple[int | str, ...]] = []  # not Structs: this is every event of the log
    for position, stream, version, event, digest in facts:
        chain = link(chain, position, stream, version, digest)
        rows.append(
            (
                position,
                stream,
                version,
                _TYPES[type(event)],
                instant(event.at),
                event.actor,
                event.cause,
                digest.hex(),
                chain.hex(),
            )
        )
    AUDIT.put_values(connection, rows)


PROJECTION: Final = Projection("audit", 1, (AUDIT,), frozenset(EVENT_TYPES), fold)
