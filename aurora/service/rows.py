"""Results of synthesis as rows: what ``aurora synth --json`` prints, and the outcome events they come from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Set

import msgspec

from aurora.service.answers import Answer
from aurora.service.recording import Scan
from aurora.service.search_worker import WORKER_LOST
from aurora.service.targets import Target, place_of
from aurora.specs.codes import result_of
from aurora.specs.model import Function, Spec
from aurora.specs.names import spec_name
from aurora.specs.rendering import render_example
from aurora_events.base import Diagnostic
from aurora_events.runs import Effort, FunctionAmbiguous, FunctionOutcome, FunctionSolved, FunctionUnsolved
from aurora_projections import queries

Plain = dict[str, object]
Stamp = tuple[int, str, str]


class Row(msgspec.Struct, frozen=True):
    """The result for one function. ``score`` is a cost, null when nothing was searched."""

    spec: str
    name: str
    signature: str
    result: str
    passed: int
    total: int
    score: float | None
    source: str
    attempts: int
    evaluations: int
    seconds: float
    strategy: str
    seed: str
    item: str
    evidence: tuple[Plain, ...]
    distinguishing: tuple[Plain, ...]
    diagnostics: tuple[Plain, ...]
    failing: tuple[str, ...] = ()
    stopped: str = ""
    alternatives: tuple[str, ...] = ()


def plain(structs: Iterable[msgspec.Struct]) -> tuple[Plain, ...]:
    """Structs as objects with field names (events are arrays when encoded directly)."""
    return tuple(map(msgspec.structs.asdict, structs))


def refused_file(diagnostic: Diagnostic) -> Row:
    """A file in ``specs/`` that cannot be taken at all."""
    return _without_search(spec_name(place_of(diagnostic)), "", "", "invalid", 0, plain((diagnostic,)))


def standing(connection: sqlite3.Connection, scan: Scan, settled: Set[tuple[str, str]]) -> tuple[Row, ...]:
    """Unchanged specs that an earlier run could not even search: they stay wrong until somebody edits them."""
    rows: list[Row] = []
    for found in scan.found:
        if (found.name, found.hash) not in settled:
            continue
        results = queries.function_results(connection, found.name)
        for result in reversed([each for each in results if each.run == results[0].run]):
            if result.result in ("invalid", "contradictory"):
                diagnostics = tuple(json.loads(result.diagnostics))
                rows.append(
                    _without_search(
                        found.name,
                        result.function,
                        result.signature,
                        result.result,
                        result.total,
                        diagnostics,
                    )
                )
    return tuple(rows)


def outcome_of(
    stamp: Stamp, run: str, spec: Spec, function: Function, answer: Answer, seconds: float, recorded: bool
) -> FunctionOutcome:
    """The event for the end of a search: solved or ambiguous only when the final check passed."""
    outcome = answer.outcome
    found = outcome.found
    effort = Effort(
        answer.attempts,
        answer.evaluations,
        seconds,
        outcome.stopped,
        found.strategy if found else "",
    )
    if found is None or answer.record is None or not answer.verified:
        return _unsolved(stamp, run, spec, function, answer, effort)
    if outcome.result == "solved":
        return FunctionSolved(
            *stamp,
            run=run,
            spec=spec.name,
            function=function.signature.name,
            record=answer.record,
            source=answer.source,
            test=answer.test,
            effort=effort,
            seed=found.seed,
            evidence=answer.evidence,
            notable=answer.notable,
            recorded=recorded,
        )
    return FunctionAmbiguous(
        *stamp,
        run=run,
        spec=spec.name,
        function=function.signature.name,
        record=answer.record,
        source=answer.source,
        test=answer.test,
        effort=effort,
        seed=found.seed,
        evidence=answer.evidence,
        notable=answer.notable,
        recorded=recorded,
        distinguishing=outcome.distinguishing,
        alternatives=answer.alternatives,
    )


def _unsolved(
    stamp: Stamp, run: str, spec: Spec, function: Function, answer: Answer, effort: Effort
) -> FunctionUnsolved:
    outcome = answer.outcome
    found = outcome.found
    open_ = found is not None and not answer.broken
    source = answer.source if found is None else ""
    if open_:
        source = f"# PARTIAL: a condition could not be checked; not a solution.\n{answer.source}"
    passed = outcome.passed if found is None or open_ else 0
    return FunctionUnsolved(
        *stamp,
        run=run,
        spec=spec.name,
        function=function.signature.name,
        signature=str(function.signature),
        result="contradictory" if outcome.result == "contradictory" else "unsolved",
        source=source,
        passed=passed,
        total=outcome.total,
        score=float(outcome.best.cost + 100 * len(outcome.failing)) if outcome.best else 0.0,
        failing=tuple(render_example(function.signature.name, function.examples[n]) for n in outcome.failing),
        effort=effort,
        evidence=answer.evidence,
        notable=answer.notable,
        diagnostics=_why(run, spec, function, answer),
    )


def _why(run: str, spec: Spec, function: Function, answer: Answer) -> tuple[Diagnostic, ...]:
    where = f"{spec.path}:{function.line}"
    if answer.outcome.found is not None:
        failed = [*answer.broken, *answer.unasked]
        detail = f"{failed[0].name}: {failed[0].detail}" if failed else "the final check failed"
        return (
            Diagnostic(
                "SYNTH-002", where, f"what was found did not stand: {detail}", "add examples that show it"
            ),
        )
    if answer.outcome.stopped == WORKER_LOST:
        hint = "a condition may take too long; else give it more [sandbox] memory_mb, or see aurora doctor"
        return (Diagnostic("SYNTH-001", where, answer.outcome.message, hint),)
    if answer.outcome.message:
        return (Diagnostic("SYNTH-003", where, answer.outcome.message, f"aurora run attempts {run}"),)
    return ()


def not_searched(stamp: Stamp, run: str, target: Target) -> list[FunctionUnsolved]:
    """The events for a spec that cannot be searched: one for each of its functions, or one for the whole file."""
    result = result_of(target.diagnostics) or "invalid"
    functions = target.spec.functions if target.spec else ()
    named = [(f.signature.name, str(f.signature), len(f.examples)) for f in functions] or [("", "", 0)]
    return [
        FunctionUnsolved(
            *stamp,
            run=run,
            spec=target.name,
            function=name,
            signature=signature,
            result=result,
            source="",
            passed=0,
            total=total,
            score=0.0,
            failing=(),
            effort=Effort(0, 0, 0.0, "", ""),
            evidence=(),
            notable=(),
            diagnostics=target.diagnostics,
        )
        for name, signature, total in named
    ]


def row_of(event: FunctionOutcome, item: str) -> Row:
    """The row for an outcome event and the review item that was proposed for it."""
    effort = event.effort
    if isinstance(event, FunctionUnsolved):
        return Row(
            event.spec,
            event.function,
            event.signature,
            event.result,
            event.passed,
            event.total,
            event.score if effort.evaluations else None,
            event.source,
            effort.attempts,
            effort.evaluations,
            effort.seconds,
            effort.strategy,
            "",
            "",
            plain(event.evidence),
            (),
            plain(event.diagnostics),
            event.failing,
            effort.stopped,
        )
    record = event.record
    rivals = event if isinstance(event, FunctionAmbiguous) else None
    return Row(
        event.spec,
        event.function,
        record.func_signature,
        "ambiguous" if rivals else "solved",
        record.passed,
        record.total,
        record.score,
        event.source,
        effort.attempts,
        effort.evaluations,
        effort.seconds,
        effort.strategy,
        event.seed,
        item,
        plain(event.evidence),
        plain(rivals.distinguishing) if rivals else (),
        (),
        stopped=effort.stopped,
        alternatives=rivals.alternatives if rivals else (),
    )


def _without_search(
    spec: str, name: str, signature: str, result: str, total: int, diagnostics: tuple[Plain, ...]
) -> Row:
    return Row(spec, name, signature, result, 0, total, None, "", 0, 0, 0.0, "", "", "", (), (), diagnostics)
