"""The ``run_meta`` view: how each run was seeded, in the columns that telemetry readers expect, and more."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.learning import LearningChosen
from aurora_events.record import Recorded
from aurora_events.runs import RunStarted
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_struct, json_texts


class RunMeta(msgspec.Struct, frozen=True, gc=False):
    """A run's seeding. ``max_iters`` is its budget of evaluations; no engine of Aurora's has a beam.

    ``ways`` is a JSON list of what the run might use of earlier ones; ``seed_bias_set`` whether a person
    set the seed bias, so that it was not the learned one;
    ``exploring`` a JSON object, null for runs older than the scheduler.
    """

    run_id: str
    timestamp: str
    seed_bias: float
    seeding_enabled: bool
    max_iters: int
    beam: int | None
    notes: str | None
    recording: bool
    corpus_position: int
    ways: str
    seed_bias_set: bool
    exploring: str | None


RUN_META: Final = Table("run_meta", RunMeta, ("run_id",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """One row for each run."""
    rows = Working(connection, RUN_META)
    for fact in facts:
        event = fact.event
        if isinstance(event, RunStarted):
            rows.put(_meta(event))
        elif isinstance(event, LearningChosen):
            known = rows.get(event.run)
            if known is not None:
                rows.put(_chosen(known, event))
    rows.write()


def _meta(event: RunStarted) -> RunMeta:
    return RunMeta(
        run_id=event.run,
        timestamp=instant(event.at),
        seed_bias=event.seed_bias,
        seeding_enabled=event.seeding,
        max_iters=event.max_evaluations,
        beam=None,
        notes=event.notes,
        recording=event.recording,
        corpus_position=event.corpus_position,
        ways=json_texts(("reuse",) if event.seeding else ()),
        seed_bias_set=False,
        exploring=None,
    )


def _chosen(known: RunMeta, event: LearningChosen) -> RunMeta:
    return msgspec.structs.replace(
        known,
        ways=json_texts(event.ways),
        seed_bias_set=event.seed_bias is not None,
        exploring=json_struct(event.exploring),
    )


PROJECTION: Final = Projection("run_meta", 2, (RUN_META,), frozenset((RunStarted, LearningChosen)), fold)
