"""The ``used_seeds`` view: which corpus code was offered to which search, in the columns of the telemetry."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.record import Recorded
from aurora_events.runs import SeedUsed
from aurora_projections.base import Projection
from aurora_projections.table import Table
from aurora_projections.text import instant


class UsedSeed(msgspec.Struct, frozen=True, gc=False):
    """A seed offered to a search. ``reason_json`` says why it was chosen, and as what: answer, edit or operator.

    ``won`` says whether it became the answer, or part of it.
    """

    id: str
    run_id: str
    function: str
    source_id: str | None
    reason_json: str | None
    score: float
    passed: int | None
    total: int | None
    snippet: str | None
    timestamp: str
    spec: str
    won: bool


USED_SEEDS: Final = Table("used_seeds", UsedSeed, ("id",), (("run_id",),))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """One row for each use."""
    USED_SEEDS.put(connection, [_used(f.position, f.event) for f in facts if isinstance(f.event, SeedUsed)])


def _used(position: int, event: SeedUsed) -> UsedSeed:
    address = f"{position}/{event.run}/{event.source_id}"
    return UsedSeed(
        id=hashlib.sha256(address.encode()).hexdigest()[:32],
        run_id=event.run,
        function=event.function,
        source_id=event.source_id,
        reason_json=event.reason_json,
        score=event.score,
        passed=event.passed,
        total=event.total,
        snippet=event.snippet,
        timestamp=instant(event.at),
        spec=event.spec,
        won=event.won,
    )


PROJECTION: Final = Projection("used_seeds", 2, (USED_SEEDS,), frozenset((SeedUsed,)), fold)
