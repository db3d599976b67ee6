"""The ``run_meta`` view: how each run was seeded, in the columns that telemetry readers expect."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.record import Recorded
from aurora_events.runs import RunStarted
from aurora_projections.base import Projection
from aurora_projections.table import Table
from aurora_projections.text import instant


class RunMeta(msgspec.Struct, frozen=True, gc=False):
    """A run's seeding. ``max_iters`` is its budget of evaluations; no engine of Aurora's has a beam."""

    run_id: str
    timestamp: str
    seed_bias: float
    seeding_enabled: bool
    max_iters: int
    beam: int | None
    notes: str | None


RUN_META: Final = Table("run_meta", RunMeta, ("run_id",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """One row for each run."""
    RUN_META.put(connection, [_meta(f.event) for f in facts if isinstance(f.event, RunStarted)])


def _meta(event: RunStarted) -> RunMeta:
    return RunMeta(
        run_id=event.run,
        timestamp=instant(event.at),
        seed_bias=event.seed_bias,
        seeding_enabled=event.seeding,
        max_iters=event.max_evaluations,
        beam=None,
        notes=event.notes,
    )


PROJECTION: Final = Projection("run_meta", 1, (RUN_META,), frozenset((RunStarted,)), fold)
