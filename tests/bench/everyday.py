"""The everyday suite: what is found within ten seconds a function, and how much of it is right on hidden inputs.

Run: python tests/bench/everyday.py [--family F] [--only NAME] [--no-prose] [--noise-names] [--without STRATEGY,...]
[--lint] [--json FILE]. Exits 1 when a figure misses its limit; limits hold for a run of the whole suite.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from aurora.specs.model import Condition, Function, Parameter, Spec
from aurora.synthesis.building import build_problem
from aurora.synthesis.modules import compose_module
from aurora.synthesis.problem import Problem
from tests.bench import solving
from tests.bench.solving import Judgement, Solution
from tests.suite.loading import Entry, entries, hidden

RIGHT_LIMIT = 0.95
PRECISION_LIMIT = 0.97
SIZE_LIMIT = 1.3


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


def renamed(spec: Spec) -> Spec:
    """The same spec with title, function and parameters called by noise: one name for each, everywhere."""
    function = spec.functions[0]
    signature = function.signature
    names = {name: noise(name) for name in (signature.name, *(p.name for p in signature.parameters))}
    parameters = tuple(Parameter(names[parameter.name], parameter.type) for parameter in signature.parameters)
    changed = Function(
        msgspec.structs.replace(signature, name=names[signature.name], parameters=parameters),
        _quoted_names(function.prose, names),
        function.examples,
        tuple(_renamed_condition(condition, names) for condition in function.pre),
        function.line,
    )
    return msgspec.structs.replace(
        spec,
        name=noise(spec.name),
        title=noise(spec.title),
        prose=_quoted_names(spec.prose, names),
        functions=(changed,),
        post=tuple(_renamed_condition(condition, names) for condition in spec.post),
    )


def noise(name: str) -> str:
    """A name that means nothing, the same for the same name."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return "q" + "".join("bcdfghjklmnpqrtv"[int(digit, 16)] for digit in digest[:6])


def run(entry: Entry, settings: Settings) -> Row:
    """Search for one function and judge what was found."""
    problem = problem_of(entry, settings)
    solution = solving.solve(problem, settings.seconds, settings.without, cpu=settings.cpu)
    rows = hidden(entry)
    wanted = [solving.answer(entry.reference, row) for row in rows]
    judgement, *others = (
        solving.judge(source, problem.function, rows, wanted)
        for source in (solution.source, *solution.alternatives)
    )
    ratio = solving.size(solution.source) / solving.size(entry.source) if solution.source else 0.0
    any_right = judgement.right or any(other.right for other in others)
    return Row(entry.family, entry.name, solution, judgement, any_right, ratio)


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
        "median size, as a multiple of the reference": _median([row.ratio for row in rows if row.right]),
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


def lint(rows: Sequence[Row]) -> list[str]:
    """What ruff and mypy say about the generated files, all of them at once; nothing when they are clean."""
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            for number, source in enumerate((row.solution.source, *row.solution.alternatives)):
                if source:
                    path = Path(folder) / f"{row.family}_{row.name}_{number}.py"
                    path.write_text(compose_module(row.name.replace("_", " "), [source]))
        tools = Path(sys.executable).parent
        checks = (
            ["ruff", "check", "--isolated", "--select", "E,F,W,I,UP,B,RUF,D3", "--line-length", "100"],
            ["ruff", "format", "--check", "--isolated", "--line-length", "100"],
            ["mypy", "--strict", "--config-file=", f"--cache-dir={folder}/.mypy_cache"],
        )
        found = []
        for command in checks:
            result = subprocess.run(
                [tools / command[0], *command[1:], "."],
                cwd=folder, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if result.returncode:
                found += [f"{command[0]} {command[1]}:", result.stdout[-3000:] + result.stderr[-1000:]]
        return found


def main() -> int:
    """Run the suite, or a part of it, and print what came of it."""
    options = _options()
    settings = Settings(
        options.seconds,
        options.budget,
        not options.no_prose,
        options.noise_names,
        frozenset(options.without),
        options.cpu,
    )
    chosen = [
        entry
        for entry in entries()
        if options.family in ("", entry.family) and (not options.only or entry.name in options.only)
    ]
    rows: list[Row] = []
    for row in solving.in_order(chosen, lambda entry: run(entry, settings), options.jobs):
        rows.append(row)
        if options.verbose:
            verdict = "right" if row.judgement.right else "wrong" if row.solution.fits else ""
            print(f"{row.solution.seconds:6.2f} {row.solution.result:10} {verdict:6} {row.name}", flush=True)
    print(table(rows))
    print()
    measured = figures(rows)
    limits = {"right": RIGHT_LIMIT, "precision of solved": PRECISION_LIMIT}
    for name, value in measured.items():
        print(f"{name:45} {value:8.3f}" + (f"  (>= {limits[name]})" if name in limits else ""))
    print(f"\nnot right:\n{details(rows)}")
    if options.json:
        Path(options.json).write_bytes(msgspec.json.format(msgspec.json.encode(rows)))
    complaints = lint(rows) if options.lint else []
    if options.lint:
        print(
            "\n".join(complaints)
            if complaints
            else "\nruff and mypy --strict find nothing in the generated files"
        )
    within = measured["median size, as a multiple of the reference"] <= SIZE_LIMIT
    enough = all(measured[name] >= limit for name, limit in limits.items())
    return 0 if enough and within and not complaints else 1


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
    parser.add_argument("--jobs", type=int, default=1, help="functions at a time")
    parser.add_argument(
        "--lint", action="store_true", help="also check the generated files with ruff and mypy"
    )
    parser.add_argument("--json", default="", metavar="FILE", help="write all rows there")
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


def _quoted_names(prose: str, names: Mapping[str, str]) -> str:
    """The prose, with the names renamed where it quotes them as code."""
    return re.sub(r"`(\w+)`", lambda found: f"`{names.get(found[1], found[1])}`", prose)


def _renamed_condition(condition: Condition, names: Mapping[str, str]) -> Condition:
    tree: Any = ast.parse(condition.text, mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
    variables = tuple(
        msgspec.structs.replace(variable, name=names.get(variable.name, variable.name))
        for variable in condition.variables
    )
    calls = tuple(names.get(name, name) for name in condition.calls)
    return Condition(ast.unparse(tree), variables, calls, condition.line)


if __name__ == "__main__":
    sys.exit(main())
