"""Questions about runs: parameters, results, attempts, and one run against another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec

from aurora.service.ids import one_run
from aurora.service.reading import Reading, read
from aurora.service.workspace import Workspace
from aurora.synthesis.records import complexity_of
from aurora_events.runs import Searched, search_stream
from aurora_projections import queries
from aurora_projections.run_meta import RunMeta
from aurora_projections.runs import Run, RunFunction
from aurora_projections.taught import Taught
from aurora_projections.used_seeds import UsedSeed

_RANK = {"solved": 3, "ambiguous": 2, "unsolved": 1, "contradictory": 0, "invalid": 0, "-": 0}


class RunDetail(msgspec.Struct, frozen=True):
    """A run with its results, the corpus code it was offered, and what its searches were taught beside that."""

    run: Run
    meta: RunMeta | None
    functions: list[RunFunction]
    seeds: list[UsedSeed]
    taught: list[Taught]


class AttemptRow(msgspec.Struct, frozen=True):
    """An attempt at its address. ``why`` is set for notable ones."""

    run: str
    spec: str
    function: str
    frame: int
    index: int
    program: str
    cost: int
    passed: int
    why: str


class Difference(msgspec.Struct, frozen=True):
    """One function in two runs.

    ``verdict`` is better, worse, slower, faster, larger, smaller or same: the first that holds, results before work
    before code. ``nodes`` are the code's.
    """

    spec: str
    function: str
    before: str
    after: str
    evaluations: str
    verdict: str
    nodes: str = ""


def detail(workspace: Workspace, prefix: str, at: str | None) -> RunDetail:
    """A run by the beginning of its id. Raises ``NotFound``."""
    reading = read(workspace, at)
    run = one_run(reading.connection, prefix)
    connection = reading.connection
    meta = queries.run_meta(connection, run.run)
    return RunDetail(
        run,
        meta,
        queries.run_functions(connection, run.run),
        queries.used_seeds(connection, run.run),
        queries.taught(connection, run.run),
    )


def attempts(
    workspace: Workspace, prefix: str, function: str, at: str | None, *, every: bool, limit: int
) -> list[AttemptRow]:
    """The notable attempts of a run, or every one that the log holds. Raises ``NotFound``."""
    reading = read(workspace, at)
    run = one_run(reading.connection, prefix)
    found = _every(workspace, reading, run.run) if every else _notable(reading, run.run)
    wanted = (row for row in found if not function or row.function == function)
    return list(itertools.islice(wanted, limit or None))


def compare(workspace: Workspace, before: str, after: str, at: str | None) -> list[Difference]:
    """The functions of two runs side by side, by spec and name. Raises ``NotFound``."""
    reading = read(workspace, at)
    old = _results(reading, before)
    new = _results(reading, after)
    return [
        _difference(spec, name, old.get((spec, name)), new.get((spec, name)))
        for spec, name in sorted({*old, *new})
    ]


def _difference(spec: str, name: str, old: RunFunction | None, new: RunFunction | None) -> Difference:
    before, after = (each.result if each else "-" for each in (old, new))
    work = [each.evaluations if each else 0 for each in (old, new)]
    sizes = [_size(each) for each in (old, new)]
    verdict = "same"
    if old is None or new is None:
        verdict = "only after" if old is None else "only before"
    elif _RANK[after] != _RANK[before]:
        verdict = "better" if _RANK[after] > _RANK[before] else "worse"
    elif work[0] != work[1]:
        verdict = "faster" if work[1] < work[0] else "slower"
    elif sizes[0] != sizes[1]:
        verdict = "smaller" if sizes[1] < sizes[0] else "larger"
    nodes = f"{sizes[0]:,} → {sizes[1]:,}"
    return Difference(spec, name, before, after, f"{work[0]:,} → {work[1]:,}", verdict, nodes)


def _size(row: RunFunction | None) -> int:
    """The nodes of the code that was found."""
    return complexity_of(row.source) if row is not None and row.source else 0


def _results(reading: Reading, prefix: str) -> dict[tuple[str, str], RunFunction]:
    run = one_run(reading.connection, prefix)
    rows = queries.run_functions(reading.connection, run.run)
    return {(row.spec, row.function): row for row in rows}


def _notable(reading: Reading, run: str) -> Iterator[AttemptRow]:
    for row in queries.notable_attempts(reading.connection, run):
        yield AttemptRow(
            run, row.spec, row.function, row.frame, row.index, row.program, row.cost, row.passed, row.why
        )


def _every(workspace: Workspace, reading: Reading, run: str) -> Iterator[AttemptRow]:
    for search in queries.run_functions(reading.connection, run):
        for fact in workspace.journal.stream(search_stream(run, search.spec, search.function)):
            if isinstance(fact.event, Searched):
                for index, attempt in enumerate(fact.event.attempts):
                    yield AttemptRow(
                        run,
                        search.spec,
                        search.function,
                        fact.version,
                        index,
                        attempt.program,
                        attempt.cost,
                        attempt.passed,
                        "",
                    )
