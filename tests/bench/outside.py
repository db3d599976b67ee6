"""Running the engine on other people's tasks, and what is said of the results in the same way for each of them."""

from __future__ import annotations

import argparse
import hashlib
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from aurora.specs.values import Value, literal
from aurora.synthesis.problem import Case, Problem
from tests.bench import children, judging, solving
from tests.bench.solving import Solution


class Task(NamedTuple):
    """A problem, and the judge who says whether a source is right."""

    name: str
    problem: Problem
    right: Callable[[str], bool]


class Result(msgspec.Struct, frozen=True):
    """What came of a task. ``right`` is about the simplest fitting program, ``any_right`` about all."""

    name: str
    solution: Solution
    right: bool
    any_right: bool


def problem(
    function: str,
    parameters: Sequence[tuple[str, str]],
    returns: str,
    examples: Sequence[tuple[Sequence[Value], Value]],
    prose: str = "",
    hints: Sequence[str] = (),
) -> Problem:
    """A problem of examples alone."""
    cases = [Case(tuple(map(literal, given)), literal(wanted), None) for given, wanted in examples]
    return Problem(
        function=function,
        parameters=tuple(parameters),
        returns=returns,
        prose=prose,
        examples=tuple(cases),
        pre=(),
        post=(),
        library=(),
        seeds=(),
        hints=tuple(hints),
        seed=0,
        max_evaluations=solving.BUDGET,
        wall_seconds=0.0,
    )


def judge_by(function: str, examples: Sequence[tuple[Sequence[Value], Value]]) -> Callable[[str], bool]:
    """A judge who compares answers with those of ``examples``."""
    rows = [tuple(given) for given, _ in examples]
    wanted = [answer for _, answer in examples]
    return lambda source: judging.judge(source, function, rows, wanted).right


def options(purpose: str, seconds: float, tasks: str) -> argparse.Namespace:
    """The command line that the benches on outside tasks share; ``tasks`` says what ``--tasks`` is."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--tasks", type=Path, required=True, help=tasks)
    parser.add_argument("--seconds", type=float, default=seconds, help="seconds for each task")
    parser.add_argument(
        "--cpu", action="store_true", help="seconds of work, not of the wall: for a busy machine"
    )
    parser.add_argument("--budget", type=int, default=solving.BUDGET, help="evaluations for each task")
    parser.add_argument(
        "--without", type=lambda text: text.split(","), default=[], metavar="STRATEGY[,STRATEGY]"
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="only tasks with this in their name")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th task")
    parser.add_argument("--jobs", type=int, default=1, help="tasks at a time")
    parser.add_argument("--json", default="", metavar="FILE", help="write all results there")
    parser.add_argument("--verbose", action="store_true", help="a line for each task as it is done")
    return parser.parse_args()


def measure(tasks: Sequence[Task], chosen: argparse.Namespace) -> list[Result]:
    """Solve and judge the tasks that the options choose, in order."""
    wanted = [task for task in tasks if chosen.only in task.name][:: chosen.every]

    def work(task: Task) -> Result:
        given = msgspec.structs.replace(task.problem, max_evaluations=chosen.budget)
        solution = solving.solve(given, chosen.seconds, frozenset(chosen.without), cpu=chosen.cpu)
        right = bool(solution.source) and task.right(solution.source)
        return Result(task.name, solution, right, right or any(map(task.right, solution.alternatives)))

    results = []
    for result in children.in_order(wanted, work, chosen.jobs):
        results.append(result)
        if chosen.verbose:
            verdict = "right" if result.right else "wrong" if result.solution.fits else ""
            print(
                f"{result.solution.seconds:6.2f} {result.solution.result:10} {verdict:6} {result.name}",
                flush=True,
            )
    if chosen.json:
        Path(chosen.json).write_bytes(msgspec.json.format(msgspec.json.encode(results)))
    return results


def summary(results: Sequence[Result]) -> str:
    """The figures that every bench on outside tasks prints."""
    fits = [result for result in results if result.solution.fits]
    solved = [result for result in fits if result.solution.result == "solved"]
    ambiguous = [result for result in fits if result.solution.result == "ambiguous"]
    withheld = [result for result in fits if not result.solution.answered]
    wrong = [result for result in fits if not result.right]
    flagged = sum(result.solution.result == "ambiguous" for result in wrong)
    unsure = sum(not result.solution.answered for result in wrong)
    lines = [
        ("tasks", f"{len(results)}"),
        ("fit all given examples", f"{len(fits)}"),
        ("right on the hidden ones", f"{_right(fits)}"),
        ("solved", f"{len(solved)}, right {_right(solved)}"),
        (
            "ambiguous",
            f"{len(ambiguous)}, simplest right {_right(ambiguous)}, any right {sum(r.any_right for r in ambiguous)}",
        ),
        ("fitting but not claimed, time being up", f"{len(withheld)}, right {_right(withheld)}"),
        ("crashed, or killed for not stopping", f"{_lost(results)}"),
        ("wrong fits", f"{len(wrong)}, flagged ambiguous {flagged}, not claimed {unsure}"),
        ("median seconds to first fit", f"{_median([result.solution.first_fit for result in fits]):.2f}"),
        (
            "median seconds to answer",
            f"{_median([result.solution.seconds for result in results if result.solution.answered]):.2f}",
        ),
        ("seconds in all", f"{sum(result.solution.seconds for result in results):.0f}"),
    ]
    return "\n".join(f"{name:40} {value}" for name, value in lines)


def digest(data: bytes) -> str:
    """A short sha256 of what was read, to say which tasks a figure is about."""
    return hashlib.sha256(data).hexdigest()[:16]


def _right(results: Sequence[Result]) -> int:
    return sum(result.right for result in results)


def _lost(results: Sequence[Result]) -> int:
    return sum(result.solution.result in ("crashed", "killed") for result in results)


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0
