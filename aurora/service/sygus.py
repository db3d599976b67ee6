"""Solves SyGuS files, one or a folder of them, and reports each: the service behind ``aurora bench sygus``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from aurora.errors import InvalidInput
from aurora.synthesis.sygus.printer import print_solution
from aurora.synthesis.sygus.problem import Problem
from aurora.synthesis.sygus.reader import NotByExamples, read_problem
from aurora.synthesis.sygus.sexpr import Unreadable
from aurora.synthesis.sygus.solver import UNITS_PER_SECOND, Outcome, solve
from aurora.synthesis.sygus.terms import size

Clock = Callable[[], float]
"""Seconds from an arbitrary start."""


class SygusTask(msgspec.Struct, frozen=True):
    """What came of one file.

    ``result`` is solved, unsolved, contradictory, not-by-examples or invalid. A solution was checked on every
    example by an interpreter that shares nothing with the search. ``seconds`` are for reading, searching, checking.
    """

    task: str
    result: str
    seconds: float
    units: int = 0
    rounds: int = 0
    examples: int = 0
    size: int = 0
    solution: str = ""
    message: str = ""


class SygusReport(msgspec.Struct, frozen=True):
    """What came of all files; ``digest`` is that of what was read, names and contents."""

    digest: str
    solved: int
    tasks: list[SygusTask]


def solve_path(path: Path, seconds: float, clock: Clock) -> SygusReport:
    """Solve the file, or every ``.sl`` file below the folder, in the order of their names.

    The budget is so many units of work as usually take ``seconds``; the clock is only a guard, at twice that and a
    second more. Raises ``InvalidInput`` when there is no file, and ``Unreadable`` when a single file is; in a folder
    that is a result like others.
    """
    alone = path.is_file()
    files = [path] if alone else sorted(path.rglob("*.sl"))
    if not files:
        what = "no .sl file in this folder" if path.is_dir() else "no such file or folder"
        raise InvalidInput("SYGUS-004", what, where=str(path), hint="give a SyGuS file or a folder of them")
    tasks = []
    digest = hashlib.sha256()
    for file in files:
        name = file.name if alone else file.relative_to(path).as_posix()
        digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
        try:
            tasks.append(solve_file(file, name, seconds, clock))
        except Unreadable as error:
            if alone:
                raise
            tasks.append(SygusTask(name, "invalid", 0.0, message=f"{error.where}: {error.message}"))
    solved = sum(task.result == "solved" for task in tasks)
    return SygusReport(digest.hexdigest(), solved, tasks)


def read_file(path: Path) -> Problem:
    """The problem in ``path``. Raises ``Unreadable`` and ``NotByExamples``."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("SYGUS-002", "not UTF-8", where=str(path), hint="a SyGuS file is text") from None
    return read_problem(text, str(path))


def solve_file(file: Path, name: str, seconds: float, clock: Clock) -> SygusTask:
    """Solve one file. Raises ``Unreadable``."""
    begin = clock()
    try:
        problem = read_file(file)
    except NotByExamples as error:
        return SygusTask(name, "not-by-examples", clock() - begin, message=f"{error.where}: {error.message}")
    units = max(1, int(seconds * UNITS_PER_SECOND))
    outcome = solve(problem, units=units, overdue=lambda: clock() - begin > 2 * seconds + 1)
    return _task(name, problem, outcome, clock() - begin)


def _task(name: str, problem: Problem, outcome: Outcome, seconds: float) -> SygusTask:
    term = outcome.term
    return SygusTask(
        name,
        outcome.result,
        round(seconds, 6),
        outcome.units,
        outcome.rounds,
        len(problem.examples),
        size(term) if term is not None else 0,
        print_solution(problem, term) if term is not None else "",
        outcome.message,
    )
