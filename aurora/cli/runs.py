"""``aurora run``: searches that were made, what they found and what they cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.completion import runs
from aurora.cli.session import Session, command, group
from aurora.cli.text import shorten, table
from aurora.errors import InvalidInput

if TYPE_CHECKING:
    from aurora.service.run_queries import RunDetail
    from aurora_projections.runs import RunFunction
    from aurora_projections.taught import Taught

app = group("Runs: searches that were made, what they found, what they cost")

Run = Annotated[str, typer.Argument(metavar="RUN", help="id or the beginning of one", autocompletion=runs)]


@command(app, "list", reading=True)
def list_(
    session: Session, limit: Annotated[int, typer.Option("-n", metavar="N", min=1, help="at most N")] = 20
) -> int:
    """List the runs, newest first"""
    from aurora.service.reading import read
    from aurora_projections import queries

    with session.workspace() as workspace:
        found = queries.runs(read(workspace, session.at).connection, limit)
    session.emit(
        found,
        lambda: (
            table(
                (
                    "run",
                    "state",
                    "started",
                    "solved",
                    "ambiguous",
                    "unsolved",
                    "invalid",
                    "evaluations",
                    "by",
                ),
                [
                    (
                        run.run,
                        run.stopped or run.state,
                        run.started_at[:19],
                        run.solved,
                        run.ambiguous,
                        run.unsolved + run.contradictory,
                        run.invalid,
                        f"{run.evaluations:,}",
                        run.actor,
                    )
                    for run in found
                ],
            )
            or "no runs yet: aurora synth"
        ),
    )
    return 0


@command(app, reading=True)
def show(session: Session, run: Run) -> int:
    """Show a run: parameters, results, seeds"""
    from aurora.service.run_queries import detail

    with session.workspace() as workspace:
        found = detail(workspace, run, session.at)
    session.emit(
        found,
        lambda: "\n".join(
            [
                f"run {found.run.run}: {found.run.state} {found.run.stopped}".rstrip(),
                f"engine {found.run.engine}, Python {found.run.python}, Hypothesis {found.run.hypothesis}",
                f"seed {found.run.seed}, at most {found.run.max_evaluations:,} evaluations a function",
                f"sandbox {', '.join(json.loads(found.run.sandbox))}",
                _results(found.functions),
                _learning(found),
                table(
                    ("offered", "as", "to", "passed", "won", "why"),
                    [
                        (
                            seed.source_id or "-",
                            (reason := json.loads(seed.reason_json or "{}")).pop("as", "answer"),
                            seed.function,
                            f"{seed.passed}/{seed.total}",
                            "yes" if seed.won else "no",
                            ", ".join(f"{name} {value}" for name, value in reason.items()),
                        )
                        for seed in found.seeds
                    ],
                ),
                _taught(found.taught),
            ]
        ).rstrip(),
    )
    return 0


@command(app, reading=True)
def attempts(
    session: Session,
    run: Run,
    function: Annotated[str | None, typer.Option("--function", metavar="NAME")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="every attempt of the log, not just the notable ones")
    ] = False,
    limit: Annotated[int, typer.Option("-n", metavar="N", min=0, help="at most N (0: all)")] = 0,
) -> int:
    """List attempts by address: run, function, frame, index"""
    from aurora.service.run_queries import attempts as list_attempts

    with session.workspace() as workspace:
        found = list_attempts(workspace, run, function or "", session.at, every=every, limit=limit)
    session.emit(
        found,
        lambda: table(
            ("function", "frame", "index", "cost", "passed", "why", "program"),
            [
                (
                    each.function,
                    each.frame,
                    each.index,
                    each.cost,
                    each.passed,
                    each.why,
                    shorten(each.program, 100),
                )
                for each in found
            ],
        ),
    )
    return 0


@command(app, reading=True)
def diff(
    session: Session,
    first: Annotated[str, typer.Argument(metavar="BEFORE", help="a run, or with --baseline the later one")],
    second: Annotated[str, typer.Argument(metavar="[AFTER]", help="the later run")] = "",
    baseline: Annotated[str, typer.Option("--baseline", metavar="RUN", help="the run to compare with")] = "",
) -> int:
    """Compare two runs: functions that got worse, slower or larger; exit 1 when one got worse"""
    from aurora.service.run_queries import compare

    if bool(second) == bool(baseline):
        raise InvalidInput(
            "CLI-011",
            "two runs are compared",
            hint="aurora run diff BEFORE AFTER, or AFTER --baseline BEFORE",
        )
    before, after = (baseline, first) if baseline else (first, second)

    with session.workspace() as workspace:
        found = compare(workspace, before, after, session.at)
    session.emit(
        found,
        lambda: (
            table(
                ("function", "spec", "before", "after", "evaluations", "nodes", "verdict"),
                [
                    (
                        each.function,
                        each.spec,
                        each.before,
                        each.after,
                        each.evaluations,
                        each.nodes,
                        each.verdict,
                    )
                    for each in found
                ],
            )
            or "no difference"
        ),
    )
    return 1 if any(each.verdict == "worse" for each in found) else 0


def _learning(found: RunDetail) -> str:
    """What the run might use of earlier ones."""
    meta = found.meta
    if meta is None:
        return ""
    ways = ", ".join(json.loads(meta.ways)) or "nothing"
    given = "set" if meta.seed_bias_set else "learned"
    trace = "" if meta.recording else "; leaves no trace"
    trust = f"seed bias {meta.seed_bias:g} ({given})"
    return f"learned from earlier runs up to {meta.corpus_position}: {ways}; {trust}{trace}"


def _taught(rows: list[Taught]) -> str:
    """What trust changed in the order of each search."""
    lines = []
    for row in rows:
        prices = [f"{key} {step:+d}" for key, step in json.loads(row.prices).items()]
        shares = [f"{name} ×{factor:g}" for name, factor in json.loads(row.shares).items()]
        tried = [f"tried {row.tried}{' by chance' if row.by_chance else ''}"] if row.tried else []
        changed = [*shares, *prices, *tried]
        if changed:
            lines.append(f"order of {row.function}: {', '.join(changed)}")
    return "\n".join(lines)


def _results(functions: list[RunFunction]) -> str:
    return table(
        ("result", "function", "spec", "examples", "attempts", "evaluations", "time", "item"),
        [
            (
                each.result,
                each.function or "-",
                each.spec,
                f"{each.passed}/{each.total}",
                f"{each.attempts:,}",
                f"{each.evaluations:,}",
                f"{each.seconds:.2f}s",
                each.item[:8] or "-",
            )
            for each in functions
        ],
    )
