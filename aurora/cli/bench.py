"""``aurora bench``: Aurora's search on the problems of others."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.session import Session, command, group
from aurora.cli.text import count, shorten, table

if TYPE_CHECKING:
    from aurora.service.sygus import SygusReport

app = group("Benchmarks: the search on problems that others have set")


@command(app)
def sygus(
    session: Session,
    path: Annotated[Path, typer.Argument(metavar="FILE|DIR", help="a SyGuS file, or a folder of .sl files")],
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=0.001, help="budget for each task, as work units")
    ] = 10.0,
) -> int:
    """Solve SyGuS problems by examples: strings, integers and bit-vectors"""
    from aurora.service.sygus import solve_path

    report = solve_path(path, seconds, time.perf_counter)
    session.emit(report, lambda: _text(report))
    return 0 if report.solved == len(report.tasks) else 1


def _text(report: SygusReport) -> str:
    if len(report.tasks) == 1:
        (task,) = report.tasks
        if task.solution:
            return task.solution
        return f"{task.task}: {task.result}" + (f": {task.message}" if task.message else "")
    rows = [
        (task.task, task.result, f"{task.seconds:.3f}", task.units, task.size or "", shorten(task.message))
        for task in report.tasks
    ]
    total = f"{report.solved} of {count(len(report.tasks), 'task')} solved; read: {report.digest[:12]}"
    return table(("task", "result", "seconds", "units", "size", "message"), rows) + "\n\n" + total
