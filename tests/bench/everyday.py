"""The everyday suite: what is found within ten seconds a function, and how much of it is right on hidden inputs.

Run: python tests/bench/everyday.py [--family F] [--only NAME] [--no-prose] [--noise-names] [--without STRATEGY,...]
[--ablations] [--lint] [--json FILE]. Exits 1 when a figure misses its limit; limits hold for a run of the whole suite.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from aurora.synthesis.building import build_problem
from aurora.synthesis.problem import Problem
from tests.bench import children, judging, solving
from tests.bench.judging import Judgement
from tests.bench.linting import lint
from tests.bench.naming import renamed
from tests.bench.solving import Solution
from tests.suite.loading import Entry, entries, hidden

LIMITS = {"right": 0.95, "precision of solved": 0.97}
SIZE = "median size, as a multiple of the reference"
SIZE_LIMIT = 1.3

_SHAPES = frozenset(
    {"bounds", "comparing", "kinks", "ladders", "missing", "multiples", "picks", "signs"},
)
"""Strategies that each know one form of conditional."""

ABLATIONS: dict[str, dict[str, Any]] = {
    "everything": {},
    "no prose": {"prose": False},
    "names replaced by noise": {"noise": True},
    "no divide and conquer": {"without": frozenset({"trees", "guards", *_SHAPES})},
    "no shapes of conditionals": {"without": _SHAPES},
    "no witness functions": {"without": frozenset({"witness", "components", "repetition"})},
    "no readings of texts": {"without": frozenset({"fields", "membership"})},
    "no idioms": {"without": frozenset({"idioms"})},
    "no lanes: comprehensions": {"without": frozenset({"comprehensions"})},
    "no lanes: folds and loops": {"without": frozenset({"folds", "loops", "recursion"})},
    "no lanes at all": {"without": frozenset({"comprehensions", "folds", "loops", "recursion"})},
    "no adaptive costs": {"without": frozenset({"adaptation"})},
}
"""The changes of settings that ``--ablations`` compares. Names of strategies are the engine's."""


class Row(msgspec.Struct, frozen=True):
    """What came of one function. ``judgement`` is about the simplest fitting program, ``any_right`` about all."""

    family: str
    name: str
    solution: Solution
    judgement: Judgement
    any_right: bool
    ratio: float

    @property
    def right(self) -> bool:
        """Whether the search answered, and its simplest program is right."""
        return self.solution.answered and self.judgement.right


class Settings(msgspec.Struct, frozen=True):
    """How the suite is run."""

    seconds: float
    budget: int
    prose: bool
    noise: bool
    without: frozenset[str]
    cpu: bool


def problem_of(entry: Entry, settings: Settings) -> Problem:
    """The search problem of an entry, with or without its words and names."""
    spec = renamed(entry.spec) if settings.noise else entry.spec
    problem = build_problem(
        spec, spec.functions[0], (), seed=0, max_evaluations=settings.budget, wall_seconds=settings.seconds
    )
    return problem if settings.prose else msgspec.structs.replace(problem, prose="", hints=())


def run(entry: Entry, settings: Settings) -> Row:
    """Search for one function and judge what was found."""
    problem = problem_of(entry, settings)
    solution = solving.solve(problem, settings.seconds, settings.without, cpu=settings.cpu)
    rows = hidden(entry)
    wanted = [judging.answer(entry.reference, row) for row in rows]
    judgement, *others = (
        judging.judge(source, problem.function, rows, wanted)
        for source in (solution.source, *solution.alternatives)
    )
    ratio = judging.size(solution.source) / judging.size(entry.source) if solution.source else 0.0
    any_right = judgement.right or any(other.right for other in others)
    return Row(entry.family, entry.name, solution, judgement, any_right, ratio)


def measure(chosen: Sequence[Entry], settings: Settings, jobs: int, verbose: bool = False) -> list[Row]:
    """The rows of the entries, in order."""
    rows: list[Row] = []
    for row in children.in_order(chosen, lambda entry: run(entry, settings), jobs):
        rows.append(row)
        if verbose:
            verdict = "right" if row.judgement.right else "wrong" if row.solution.fits else ""
            print(f"{row.solution.seconds:6.2f} {row.solution.result:10} {verdict:6} {row.name}", flush=True)
    return rows


def ablations(chosen: Sequence[Entry], settings: Settings, jobs: int) -> Iterator[str]:
    """What each part of the engine, and the words of the specs, are worth: a line for the suite without each."""
    yield f"{'':38}{'right':>7} {'solved':>7} {'of them right':>14} {'median seconds':>15}"
    for name, changes in ABLATIONS.items():
        changed = msgspec.structs.replace(settings, **changes)
        try:
            rows = measure(chosen, changed, jobs)
        except solving.UnsupportedAblation as reason:
            yield f"{name:38}{reason}"
            continue
        solved = [row for row in rows if row.solution.result == "solved"]
        seconds = _median([row.solution.seconds for row in rows if row.solution.answered])
        right = sum(row.right for row in rows)
        yield f"{name:38}{right:>7} {len(solved):>7} {_right(solved):>14} {seconds:>15.2f}"


def table(rows: Sequence[Row]) -> str:
    """A line for each family and one for all."""
    columns = f"{'n':>5} {'right':>6}  {'n':>4} {'first':>6} {'any':>5}  {'n':>5} {'(fit)':>6}"
    lines = [
        f"{'':16}{'':>4}  {'solved':^12}  {'ambiguous':^17}  {'unsolved':^12}  {'':>6}  median seconds to",
        f"{'family':16}{'n':>4}  {columns}  {'right':>6}  {'first fit':>9} {'answer':>7}",
    ]
    for family in dict.fromkeys(row.family for row in rows):
        lines.append(_line(family, [row for row in rows if row.family == family]))
    return "\n".join([*lines, _line("all", rows)])


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """The figures that have limits, and their company."""
    solved = [row for row in rows if row.solution.result == "solved"]
    answered = [row for row in rows if row.solution.answered]
    wrong = [row for row in rows if row.solution.fits and not row.judgement.right]
    return {
        "right": _share(sum(row.right for row in rows), len(rows)),
        "right, counting any alternative": _share(
            sum(row.solution.answered and row.any_right for row in rows), len(rows)
        ),
        "precision of solved": _share(sum(row.judgement.right for row in solved), len(solved)),
        "of the wrong fits, not claimed as solved": _share(
            sum(row.solution.result != "solved" for row in wrong), len(wrong)
        ),
        SIZE: _median([row.ratio for row in rows if row.right]),
        "median seconds to answer": _median([row.solution.seconds for row in answered]),
        "most seconds": max((row.solution.seconds for row in rows), default=0.0),
    }


def details(rows: Sequence[Row]) -> str:
    """Every function that was not found right."""
    lines = []
    for row in rows:
        if row.right:
            continue
        solution = row.solution
        if not solution.fits:
            why = f"{solution.passed}/{solution.total} examples; {solution.stopped or solution.message}"
        else:
            mark = "right, " if row.judgement.right else "an alternative is right, " if row.any_right else ""
            why = f"{mark}{row.judgement.passed}/{row.judgement.total} hidden; {row.judgement.first_wrong}"
        lines.append(f"  {solution.result:10} {row.family}/{row.name}: {why}")
    return "\n".join(lines)


def compared(rows: Sequence[Row], before: Sequence[Row]) -> str:
    """Which functions became right, and which no longer are, since an earlier run."""
    known = {row.name: row for row in before}
    pairs = [(known[row.name], row) for row in rows if row.name in known]
    gained = [new.name for old, new in pairs if new.right and not old.right]
    lost = [new.name for old, new in pairs if old.right and not new.right]
    return f"became right: {', '.join(gained) or 'none'}\nno longer right: {', '.join(lost) or 'none'}"


def listed(rows: Sequence[Row]) -> str:
    """The figures, with their limits."""
    lines = []
    for name, value in figures(rows).items():
        limit = f"  (>= {LIMITS[name]})" if name in LIMITS else f"  (<= {SIZE_LIMIT})" if name == SIZE else ""
        lines.append(f"{name:45} {value:8.3f}{limit}")
    return "\n".join(lines)


def within_limits(rows: Sequence[Row]) -> bool:
    """Whether every figure keeps its limit."""
    measured = figures(rows)
    return measured[SIZE] <= SIZE_LIMIT and all(measured[name] >= limit for name, limit in LIMITS.items())


def sources(rows: Sequence[Row]) -> dict[str, str]:
    """Every program that a person would be shown, alternatives too, by a name of its own."""
    return {
        f"{row.family}_{row.name}_{number}": source
        for row in rows
        if row.solution.answered
        for number, source in enumerate((row.solution.source, *row.solution.alternatives))
    }


def main() -> int:
    """Run the suite, or a part of it, and print what came of it."""
    options = _options()
    settings = Settings(
        options.seconds, options.budget, not options.no_prose, options.noise_names,
        frozenset(options.without), options.cpu,
    )  # fmt: skip
    chosen = [
        entry
        for entry in entries()
        if options.family in ("", entry.family) and (not options.only or entry.name in options.only)
    ][:: options.every]
    if options.ablations:
        for line in ablations(chosen, settings, options.jobs):
            print(line, flush=True)
        return 0
    rows = measure(chosen, settings, options.jobs, options.verbose)
    print(table(rows))
    print(f"\n{listed(rows)}\n\nnot right:\n{details(rows)}")
    if options.compare:
        before = msgspec.json.decode(Path(options.compare).read_bytes(), type=list[Row])
        print(f"\n{compared(rows, before)}")
    if options.json:
        Path(options.json).write_bytes(msgspec.json.format(msgspec.json.encode(rows)))
    complaints = lint(sources(rows)) if options.lint else []
    if options.lint:
        print("\n" + ("\n".join(complaints) or "ruff and mypy --strict find nothing in the generated files"))
    return 0 if within_limits(rows) and not complaints else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--family", default="", help="only this family")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="only this function; may be repeated"
    )
    parser.add_argument("--seconds", type=float, default=solving.SECONDS, help="seconds for each function")
    parser.add_argument(
        "--cpu", action="store_true", help="seconds of work, not of the wall: for a busy machine"
    )
    parser.add_argument("--budget", type=int, default=solving.BUDGET, help="evaluations for each function")
    parser.add_argument("--no-prose", action="store_true", help="hide the words: no prose, no hints")
    parser.add_argument(
        "--noise-names", action="store_true", help="replace title, function and parameter names by noise"
    )
    parser.add_argument(
        "--without", type=lambda text: text.split(","), default=[], metavar="STRATEGY[,STRATEGY]"
    )
    parser.add_argument(
        "--ablations", action="store_true", help="run the suite without each of several parts"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th function")
    parser.add_argument("--jobs", type=int, default=1, help="functions at a time")
    parser.add_argument(
        "--lint", action="store_true", help="also check the generated files with ruff and mypy"
    )
    parser.add_argument("--json", default="", metavar="FILE", help="write all rows there")
    parser.add_argument("--compare", default="", metavar="FILE", help="what changed since --json wrote FILE")
    parser.add_argument("--verbose", action="store_true", help="a line for each function as it is done")
    return parser.parse_args()


def _line(name: str, rows: Sequence[Row]) -> str:
    by: dict[str, list[Row]] = {"solved": [], "ambiguous": [], "unsolved": []}
    for row in rows:
        by[row.solution.result if row.solution.answered else "unsolved"].append(row)
    solved, ambiguous, unsolved = by.values()
    right = sum(row.right for row in rows)
    return (
        f"{name:16}{len(rows):>4}  {len(solved):>5} {_right(solved):>6}  "
        f"{len(ambiguous):>4} {_right(ambiguous):>6} {sum(row.any_right for row in ambiguous):>5}  "
        f"{len(unsolved):>5} {f'({sum(row.solution.fits for row in unsolved)})':>6}  {right:>6}  "
        f"{_median([row.solution.first_fit for row in rows if row.solution.fits]):>9.2f} "
        f"{_median([row.solution.seconds for row in rows if row.solution.answered]):>7.2f}"
    )


def _right(rows: Sequence[Row]) -> int:
    return sum(row.judgement.right for row in rows)


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())
