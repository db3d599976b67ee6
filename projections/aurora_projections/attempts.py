"""The ``attempts`` view: what each search cost, notable attempts by address, and refutations.

Only outcomes are read, never frames: a restored journal holds frames as digests only, and must give equal
rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.record import Recorded
from aurora_events.runs import (
    FRAME_SIZE,
    CounterexampleFound,
    FunctionAmbiguous,
    FunctionOutcome,
    FunctionSolved,
    FunctionUnsolved,
    Notable,
)
from aurora_projections.base import Projection
from aurora_projections.table import Table


class NotableAttempt(msgspec.Struct, frozen=True, gc=False):
    """An attempt worth a row. Run, spec, function, frame and index are its address in the log."""

    run: str
    spec: str
    function: str
    frame: int
    index: int
    why: str
    program: str
    cost: int
    passed: int
    total: int
    position: int


class Search(msgspec.Struct, frozen=True, gc=False):
    """What a search cost. ``position`` is that of its outcome."""

    run: str
    spec: str
    function: str
    frames: int
    attempts: int
    evaluations: int
    seconds: float
    stopped: str
    strategy: str
    position: int


class Counterexample(msgspec.Struct, frozen=True, gc=False):
    """A fitting candidate that falsification broke."""

    position: int
    run: str
    spec: str
    function: str
    program: str
    input: str
    violated: str


ATTEMPTS: Final = Table("attempts", NotableAttempt, ("run", "spec", "function", "frame", "index", "why"))
SEARCHES: Final = Table("searches", Search, ("run", "spec", "function"))
COUNTEREXAMPLES: Final = Table(
    "counterexamples", Counterexample, ("position",), (("run", "spec", "function"),)
)


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """One row for each notable attempt, each search, and each counterexample."""
    attempts: list[NotableAttempt] = []
    searches: list[Search] = []
    counterexamples: list[Counterexample] = []
    for position, _, _, event, _ in facts:
        if isinstance(event, CounterexampleFound):
            counterexamples.append(_counterexample(position, event))
        elif isinstance(event, FunctionOutcome):
            searches.append(_search(position, event))
            attempts.extend(_notable(position, event, notable) for notable in event.notable)
    ATTEMPTS.put(connection, attempts)
    SEARCHES.put(connection, searches)
    COUNTEREXAMPLES.put(connection, counterexamples)


def _notable(position: int, event: FunctionOutcome, notable: Notable) -> NotableAttempt:
    return NotableAttempt(
        run=event.run,
        spec=event.spec,
        function=event.function,
        frame=notable.frame,
        index=notable.index,
        why=notable.why,
        program=notable.program,
        cost=notable.cost,
        passed=notable.passed,
        total=notable.total,
        position=position,
    )


def _search(position: int, event: FunctionOutcome) -> Search:
    effort = event.effort
    return Search(
        run=event.run,
        spec=event.spec,
        function=event.function,
        frames=-(-effort.attempts // FRAME_SIZE),
        attempts=effort.attempts,
        evaluations=effort.evaluations,
        seconds=effort.seconds,
        stopped=effort.stopped,
        strategy=effort.strategy,
        position=position,
    )


def _counterexample(position: int, event: CounterexampleFound) -> Counterexample:
    return Counterexample(
        position=position,
        run=event.run,
        spec=event.spec,
        function=event.function,
        program=event.program,
        input=event.input,
        violated=event.violated,
    )


PROJECTION: Final = Projection(
    "attempts",
    1,
    (ATTEMPTS, SEARCHES, COUNTEREXAMPLES),
    frozenset((FunctionSolved, FunctionAmbiguous, FunctionUnsolved, CounterexampleFound)),
    fold,
)
