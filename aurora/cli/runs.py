"""``aurora run``: searches that were made, what they found and what they cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.completion import runs
from aurora.cli.session import Session, command, group
from aurora.cli.text import shorten, table

if TYPE_CHECKING:
    from aurora_projections.runs import RunFunction

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
                table(
                    ("seed", "function", "passed", "why"),
                    [
                        (
                            seed.source_id or "-",
                            seed.function,
                            f"{seed.passed}/{seed.total}",
                            seed.reason_json or "",
                        )
                        for seed in found.seeds
                    ],
                ),
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
def diff(session: Session, before: Run, after: Run) -> int:
    """Compare two runs, function by function; exit 1 when something got worse"""
    from aurora.service.run_queries import compare

    with session.workspace() as workspace:
        found = compare(workspace, before, after, session.at)
    session.emit(
        found,
        lambda: (
            table(
                ("function", "spec", "before", "after", "evaluations", "verdict"),
                [
                    (each.function, each.spec, each.before, each.after, each.evaluations, each.verdict)
                    for each in found
                ],
            )
            or "no difference"
        ),
    )
    return 1 if any(each.verdict == "worse" for each in found) else 0


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
