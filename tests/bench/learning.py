"""Does learning pay? A curriculum of small functions, searched with and without what the earlier ones teach.

Run: python tests/bench/learning.py [--only N] [--seeds N] [--ablate WAY] [--half-way] [--poison] [--json FILE].
Exits 1 when a figure of a whole run misses its limit: evaluations with learning at most 0.5 of those without in the
fixed order, at most 0.7 in shuffled ones; with 50 wrong entries, and with 50 irrelevant ones, at most 1.2 of those
without them. A wrong answer that is claimed as solved misses as well.
"""

from __future__ import annotations

import argparse
import ast
import random
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from aurora.service.offering import NOTHING, WAYS
from aurora.specs.model import Spec
from aurora.specs.parser import parse
from aurora.specs.values import literal, value_of
from aurora.synthesis.building import build_problem
from aurora.synthesis.problem import Case, Problem
from tests.bench import judging, solving
from tests.bench.curriculum import reference
from tests.bench.pupil import Pupil, whole
from tests.bench.solving import Solution
from tests.suite.loading import entries

HERE = Path(__file__).parent / "curriculum"
BUDGET = 1_000_000
SECONDS = 300.0
"""Evaluations of one function, and the seconds after which something is wrong."""

FIXED_LIMIT, SHUFFLED_LIMIT, POISONED_LIMIT = 0.5, 0.7, 1.2
POISON = 50
ELSEWHERE = ("dates", "dicts", "matrices", "number_theory", "options", "statistics")
"""Families of the everyday suite that have nothing to do with the curriculum."""

QUESTIONS = 2
"""How often a person answers what a search asks about one function."""
TEN = 10


class Lesson(NamedTuple):
    """A function of the curriculum; its name says in which family it is."""

    family: str
    name: str
    problem: Problem
    spec: Spec


class Row(msgspec.Struct, frozen=True):
    """What came of one function."""

    name: str
    result: str
    right: bool
    evaluations: int
    strategy: str
    source: str


def lessons() -> list[Lesson]:
    """The curriculum in its order."""
    made = []
    for path in sorted(HERE.glob("*.md")):
        spec = parse(path.read_text(), path.name).spec
        if spec is None:
            raise ValueError(path)
        problem = build_problem(
            spec, spec.functions[0], (), seed=0, max_evaluations=BUDGET, wall_seconds=SECONDS
        )
        made.append(Lesson(path.stem.split("_")[1], problem.function, problem, spec))
    return made


def taught(chosen: Sequence[Lesson], pupil: Pupil, *, start: int = 0, verbose: bool = False) -> list[Row]:
    """The rows of the lessons in order, with learning from the lesson ``start`` on."""
    rows = []
    for place, lesson in enumerate(chosen):
        function = lesson.spec.functions[0]
        problem, offered = lesson.problem, NOTHING
        if place >= start:
            problem, offered = pupil.plan(lesson.spec, function, problem)
        problem, solution = _answered(lesson, problem, pupil if place >= start else None)
        pupil.learn(lesson.spec, function, problem, offered, solution)
        rows.append(_row(lesson, problem, solution))
        if verbose:
            shown = "right" if rows[-1].right else "wrong" if solution.answered else ""
            print(f"{solution.evaluations:9,} {solution.result:10} {shown:6} {solution.strategy:14} {lesson.name}",
                  f"{','.join(key for key in solution.used if not key.startswith('operator'))} {solution.seed}",
                  flush=True)  # fmt: skip
    return rows


def poisoned(chosen: Sequence[Lesson]) -> Pupil:
    """A pupil whose corpus holds entries that are wrong here: functions of these names and types that do otherwise."""
    pupil = Pupil()
    chance = random.Random(0)
    for place in range(POISON):
        lesson = chosen[place % len(chosen)]
        types = [kind for _, kind in lesson.problem.parameters]
        pupil.admit(lesson.spec, lesson.spec.functions[0], _wrong(lesson.problem, types, chance), 4)
    return pupil


def crowded(chosen: Sequence[Lesson]) -> Pupil:
    """A pupil whose corpus holds right entries that are beside the point: functions of other domains."""
    pupil = Pupil()
    names = {lesson.name for lesson in chosen}
    others = [entry for entry in entries() if entry.family in ELSEWHERE and entry.name not in names]
    for entry in random.Random(0).sample(others, POISON):
        pupil.admit(entry.spec, entry.function, entry.source, 4)
    return pupil


def _answered(lesson: Lesson, problem: Problem, pupil: Pupil | None) -> tuple[Problem, Solution]:
    """The solution, once the questions of an ambiguous search were answered as a person would.

    A pupil remembers between what it was asked to choose.

    Evaluations count over all searches.
    """
    spent = 0
    for _ in range(QUESTIONS + 1):
        solution = solving.solve(problem, SECONDS)
        spent += solution.evaluations
        cases = [case for each in solution.distinguishing if (case := _told(lesson, each.input)) is not None]
        if solution.result != "ambiguous" or not cases:
            break
        problem = msgspec.structs.replace(problem, examples=(*problem.examples, *cases), seeds=())
        if pupil is not None:
            seeds = pupil.again(lesson.spec, lesson.spec.functions[0], problem, solution)
            problem = msgspec.structs.replace(problem, seeds=seeds)
    return problem, msgspec.structs.replace(solution, evaluations=spent)


def _told(lesson: Lesson, call: str) -> Case | None:
    """What the function is meant to answer, if it is meant to answer there at all."""
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    row = [value_of(argument) for argument in node.args]
    wanted = judging.answer(getattr(reference, lesson.name), row)
    if isinstance(wanted, type):
        return None
    return Case(tuple(map(literal, row)), literal(wanted), None)


def _row(lesson: Lesson, problem: Problem, solution: Solution) -> Row:
    rows = reference.HIDDEN[lesson.name]
    wanted = [judging.answer(getattr(reference, lesson.name), row) for row in rows]
    judged = judging.judge(whole(problem, solution), lesson.name, rows, wanted)
    right = solution.answered and judged.right
    return Row(lesson.name, solution.result, right, solution.evaluations, solution.strategy, solution.source)


_WRONG: dict[str, tuple[str, ...]] = {
    "str": ("{0}[1:] + {0}[:1]", "{0}.upper() + '?'", "'x'.join({0})", "{0}[::2]"),
    "int": ("len(str({0})) + 3", "hash(str({0})[:1]) * 0 + 17", "5 - len(str({0}))"),
    "bool": ("len(str({0})) % 3 == 1", "str({0}) > 'm'"),
    "float": ("len(str({0})) / 7",),
    "list[int]": ("[len(str({0}))]", "list(range(len(str({0})) % 5))"),
    "list[str]": ("[str({0})]", "list(str({0}))[:3]"),
}


def _wrong(problem: Problem, types: Sequence[str], chance: random.Random) -> str:
    """A function of the problem's name and types that does something else."""
    names = [name for name, _ in problem.parameters]
    texts = _WRONG[problem.returns]
    text = chance.choice(texts if types[0] == "str" or problem.returns != "str" else ("str({0}) + '!'",))
    head = ", ".join(f"{name}: {kind}" for name, kind in problem.parameters)
    return f"def {problem.function}({head}) -> {problem.returns}:\n    return {text.format(names[0])}\n"


def total(rows: Sequence[Row]) -> int:
    """The evaluations of all rows."""
    return sum(row.evaluations for row in rows)


def summary(name: str, rows: Sequence[Row], cold: Sequence[Row]) -> str:
    """A line: evaluations, their share of those without learning, what was solved, and of it right."""
    solved = [row for row in rows if row.result == "solved"]
    right = sum(row.right for row in solved)
    wrong = len(solved) - right
    return (
        f"{name:28}{total(rows):>13,}{total(rows) / total(cold):>8.2f}{len(solved):>8}{right:>7}{wrong:>7}"
        f"  {curve(rows)}"
    )


def curve(rows: Sequence[Row]) -> str:
    """Thousands of evaluations for each ten functions."""
    return " ".join(f"{total(rows[at : at + TEN]) // 1000:>5}" for at in range(0, len(rows), TEN))


def _shuffled(chosen: Sequence[Lesson], seed: int) -> list[Lesson]:
    order = list(chosen)
    random.Random(seed).shuffle(order)
    return order


def main() -> int:
    """Measure, print and judge by the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", type=int, default=0, help="the first so many functions only")
    parser.add_argument("--seeds", type=int, default=5, help="shuffled orders")
    parser.add_argument("--ablate", choices=sorted(WAYS), action="append", default=[])
    parser.add_argument("--half-way", action="store_true", help="learning switched on half way as well")
    parser.add_argument(
        "--poison", action="store_true", help="with wrong or irrelevant entries in the corpus"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument("--cold", type=Path, help="rows without learning, from an earlier run's --json")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    chosen = lessons()[: options.only or None]
    known = {row["name"]: msgspec.convert(row, Row) for row in _earlier(options.cold)}
    without = {
        row.name: row
        for row in [
            known.get(lesson.name) or taught([lesson], Pupil(()), verbose=options.verbose)[0]
            for lesson in chosen
        ]
    }
    cold = list(without.values())
    runs: dict[str, Any] = {"without learning": cold}
    print(
        f"{'':28}{'evaluations':>13}{'share':>8}{'solved':>8}{'right':>7}{'wrong':>7}  thousands for each ten"
    )
    print(summary("without learning", cold, cold), flush=True)
    failed = False

    def report(name: str, rows: list[Row], against: Sequence[Row], limit: float) -> None:
        nonlocal failed
        runs[name] = rows
        print(summary(name, rows, against), flush=True)
        fewer = sum(row.result == "solved" for row in rows) < sum(row.result == "solved" for row in against)
        wrong = any(row.result == "solved" and not row.right for row in rows)
        failed |= bool(limit) and (total(rows) > limit * total(against) or fewer or wrong)

    ways = [way for way in WAYS if way not in options.ablate]
    name = "fixed order" + "".join(f" no {way}" for way in options.ablate)
    fixed = taught(chosen, Pupil(ways), verbose=options.verbose)
    report(name, fixed, cold, 0 if options.ablate else FIXED_LIMIT)
    if options.half_way:
        report("from half way on", taught(chosen, Pupil(ways), start=len(chosen) // 2), cold, 0)
    if options.poison:
        report(
            "wrong entries", taught(chosen, poisoned(chosen), verbose=options.verbose), fixed, POISONED_LIMIT
        )
        report(
            "irrelevant entries",
            taught(chosen, crowded(chosen), verbose=options.verbose),
            fixed,
            POISONED_LIMIT,
        )
    shares = []
    for seed in range(options.seeds):
        order = _shuffled(chosen, seed)
        rows = taught(order, Pupil(ways, seed))
        report(
            f"shuffled {seed}",
            rows,
            [without[lesson.name] for lesson in order],
            0 if options.ablate else SHUFFLED_LIMIT,
        )
        shares.append(total(rows) / total(cold))
    if len(shares) > 1:
        print(
            f"shuffled: {statistics.mean(shares):.2f} ± {statistics.stdev(shares):.2f} over {len(shares)} orders"
        )
    if options.json:
        options.json.write_bytes(msgspec.json.encode(runs))
    return int(failed)


def _earlier(path: Path | None) -> list[dict[str, Any]]:
    if path is None:
        return []
    rows: list[dict[str, Any]] = msgspec.json.decode(path.read_bytes())["without learning"]
    return rows


if __name__ == "__main__":
    sys.exit(main())
