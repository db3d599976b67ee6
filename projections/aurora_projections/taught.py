"""The ``taught`` view: what each search was taught beside seeds, what it tried out, and what it made its answer of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.learning import Explored, LearningApplied
from aurora_events.record import Recorded
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import json_texts


class Taught(msgspec.Struct, frozen=True, gc=False):
    """One search. ``macros``, ``sketches`` and ``used`` are JSON lists of keys.

    ``prices`` (half steps), ``shares`` (factors) and ``work`` (evaluations) are JSON objects. ``tried`` is what the
    scheduler chose, "" for nothing, ``by_chance`` whether it was not its trust that chose; ``iteration`` counts from
    0, -1 when the scheduler was off.
    """

    run: str
    spec: str
    function: str
    macros: str = "[]"
    sketches: str = "[]"
    prices: str = "{}"
    shares: str = "{}"
    used: str = "[]"
    work: str = "{}"
    tried: str = ""
    by_chance: bool = False
    iteration: int = -1
    position: int = 0


TAUGHT: Final = Table("taught", Taught, ("run", "spec", "function"))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """One row for each search."""
    rows = Working(connection, TAUGHT)
    for fact in facts:
        event = fact.event
        if isinstance(event, Explored | LearningApplied):
            known = rows.get(event.run, event.spec, event.function)
            row = known or Taught(event.run, event.spec, event.function)
            row = msgspec.structs.replace(row, position=fact.position)
            rows.put(_tried(row, event) if isinstance(event, Explored) else _applied(row, event))
    rows.write()


def _tried(row: Taught, event: Explored) -> Taught:
    return msgspec.structs.replace(row, tried=event.key, by_chance=event.random, iteration=event.iteration)


def _applied(row: Taught, event: LearningApplied) -> Taught:
    return msgspec.structs.replace(
        row,
        macros=json_texts(event.macros),
        sketches=json_texts(event.sketches),
        prices=json.dumps(dict(event.prices)),
        shares=json.dumps(dict(event.shares)),
        used=json_texts(event.used),
        work=json.dumps(dict(event.work)),
    )


PROJECTION: Final = Projection("taught", 1, (TAUGHT,), frozenset((Explored, LearningApplied)), fold)
