"""The ``runs`` view: every synthesis run, and what it found for each function."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.base import Diagnostic, Distinguishing
from aurora_events.record import Recorded
from aurora_events.review import Proposed
from aurora_events.runs import (
    FunctionAmbiguous,
    FunctionOutcome,
    FunctionSolved,
    FunctionUnsolved,
    RunFinished,
    RunStarted,
)
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_structs, json_texts


class Run(msgspec.Struct, frozen=True, gc=False):
    """A run: the fields of ``RunStarted``; those of ``RunFinished`` stay 0 while ``state`` is running.

    ``targets`` and ``sandbox`` are JSON. ``position`` is that of its start, ``finished_position`` that of
    its end.
    """

    run: str
    state: str
    started_at: str
    finished_at: str | None
    actor: str
    cause: str
    targets: str
    seed: int
    max_evaluations: int
    wall_seconds: float
    jobs: int
    seeding: bool
    recording: bool
    seed_bias: float
    corpus_position: int
    engine: str
    python: str
    hypothesis: str
    sandbox: str
    notes: str
    position: int
    finished_position: int | None = None
    solved: int = 0
    ambiguous: int = 0
    unsolved: int = 0
    contradictory: int = 0
    invalid: int = 0
    attempts: int = 0
    evaluations: int = 0
    seconds: float = 0.0
    stopped: str = ""


class RunFunction(msgspec.Struct, frozen=True, gc=False):
    """The result for one function of a run. ``item`` is the review item proposed for it, or "".

    ``failing``, ``evidence``, ``distinguishing``, ``alternatives`` and ``diagnostics`` are JSON lists.
    """

    run: str
    spec: str
    function: str
    signature: str
    spec_hash: str
    result: str
    passed: int
    total: int
    score: float
    source: str
    attempts: int
    evaluations: int
    seconds: float
    stopped: str
    strategy: str
    seed: str
    item: str
    failing: str
    evidence: str
    distinguishing: str
    alternatives: str
    diagnostics: str
    position: int


RUNS: Final = Table("runs", Run, ("run",))
RUN_FUNCTIONS: Final = Table(
    "run_functions", RunFunction, ("run", "spec", "function"), (("spec", "function"),)
)


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Open and close runs; one row for each outcome. A proposal follows the outcome that it is about."""
    runs = Working(connection, RUNS)
    functions = Working(connection, RUN_FUNCTIONS)
    for fact in facts:
        event = fact.event
        if isinstance(event, FunctionSolved | FunctionAmbiguous):
            functions.put(_found(fact.position, event))
        elif isinstance(event, FunctionUnsolved):
            functions.put(_not_found(fact.position, event, _spec_hash(runs.get(event.run), event.spec)))
        elif isinstance(event, Proposed):
            row = functions.get(event.run, event.spec, event.name)
            if row is not None:
                functions.put(msgspec.structs.replace(row, item=event.item))
        elif isinstance(event, RunStarted):
            runs.put(_started(fact.position, event))
        elif isinstance(event, RunFinished):
            run = runs.get(event.run)
            if run is not None:
                runs.put(_finished(run, fact.position, event))
    runs.write()
    functions.write()


def _spec_hash(run: Run | None, spec: str) -> str:
    targets: list[dict[str, str]] = json.loads(run.targets) if run else []
    return next((target["spec_hash"] for target in targets if target["spec"] == spec), "")


def _started(position: int, event: RunStarted) -> Run:
    return Run(
        run=event.run,
        state="running",
        started_at=instant(event.at),
        finished_at=None,
        actor=event.actor,
        cause=event.cause,
        targets=json_structs(event.targets),
        seed=event.seed,
        max_evaluations=event.max_evaluations,
        wall_seconds=event.wall_seconds,
        jobs=event.jobs,
        seeding=event.seeding,
        recording=event.recording,
        seed_bias=event.seed_bias,
        corpus_position=event.corpus_position,
        engine=event.engine,
        python=event.python,
        hypothesis=event.hypothesis,
        sandbox=json_texts(event.sandbox),
        notes=event.notes,
        position=position,
    )


def _finished(run: Run, position: int, event: RunFinished) -> Run:
    return msgspec.structs.replace(
        run,
        state="finished",
        finished_at=instant(event.at),
        finished_position=position,
        solved=event.solved,
        ambiguous=event.ambiguous,
        unsolved=event.unsolved,
        contradictory=event.contradictory,
        invalid=event.invalid,
        attempts=event.attempts,
        evaluations=event.evaluations,
        seconds=event.seconds,
        stopped=event.stopped,
    )


def _found(position: int, event: FunctionSolved | FunctionAmbiguous) -> RunFunction:
    record = event.record
    rivals = event if isinstance(event, FunctionAmbiguous) else None
    return _row(
        position,
        event,
        signature=record.func_signature,
        spec_hash=record.spec_hash,
        result="ambiguous" if rivals else "solved",
        passed=record.passed,
        total=record.total,
        score=record.score,
        seed=event.seed,
        failing=record.failing_tests,
        distinguishing=rivals.distinguishing if rivals else (),
        alternatives=rivals.alternatives if rivals else (),
        diagnostics=(),
    )


def _not_found(position: int, event: FunctionUnsolved, spec_hash: str) -> RunFunction:
    return _row(
        position,
        event,
        signature=event.signature,
        spec_hash=spec_hash,
        result=event.result,
        passed=event.passed,
        total=event.total,
        score=event.score,
        seed="",
        failing=event.failing,
        distinguishing=(),
        alternatives=(),
        diagnostics=event.diagnostics,
    )


def _row(
    position: int,
    event: FunctionOutcome,
    *,
    signature: str,
    spec_hash: str,
    result: str,
    passed: int,
    total: int,
    score: float,
    seed: str,
    failing: tuple[str, ...],
    distinguishing: tuple[Distinguishing, ...],
    alternatives: tuple[str, ...],
    diagnostics: tuple[Diagnostic, ...],
) -> RunFunction:
    effort = event.effort
    return RunFunction(
        run=event.run,
        spec=event.spec,
        function=event.function,
        signature=signature,
        spec_hash=spec_hash,
        result=result,
        passed=passed,
        total=total,
        score=score,
        source=event.source,
        attempts=effort.attempts,
        evaluations=effort.evaluations,
        seconds=effort.seconds,
        stopped=effort.stopped,
        strategy=effort.strategy,
        seed=seed,
        item="",
        failing=json_texts(failing),
        evidence=json_structs(event.evidence),
        distinguishing=json_structs(distinguishing),
        alternatives=json_texts(alternatives),
        diagnostics=json_structs(diagnostics),
        position=position,
    )


PROJECTION: Final = Projection(
    "runs",
    1,
    (RUNS, RUN_FUNCTIONS),
    frozenset((RunStarted, RunFinished, FunctionSolved, FunctionAmbiguous, FunctionUnsolved, Proposed)),
    fold,
)
