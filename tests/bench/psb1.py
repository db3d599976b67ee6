"""PSB1, the General Program Synthesis Benchmark Suite, as typed functions: 27 of its 29 problems, 60 s each.

Run: python tests/bench/psb1.py --tasks DIR, where DIR is ``datasets`` of GitHub's
thelmuth/program-synthesis-benchmark-datasets. Given are edge cases of the data, at most 24 spread evenly, and 8 random
cases; other random cases are hidden. Random cases come from the data where DIR has them (the files are large), else
from ``psb1_meaning``, which must pass every edge case. ``median`` and ``number-io`` have no edge cases: left out.
"""

from __future__ import annotations

import gzip
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from aurora.specs.types import Type, parse_type
from aurora.specs.values import Value, coerced, same
from tests.bench.outside import Task, digest, judge_by, measure, options, problem, summary
from tests.bench.psb1_meaning import PROBLEMS, Problem

EDGES = 24
RANDOM_GIVEN = 8
HIDDEN = 100
RIGHT_LIMIT = 21

Example = tuple[tuple[Value, ...], Value]


def tasks(folder: Path) -> Iterator[Task]:
    """The problems, with their examples."""
    for wanted in PROBLEMS:
        edges = list(_read(folder, wanted, "edge"))
        for given, answer in edges:
            if not same(wanted.meaning(*given), answer):
                raise ValueError(f"{wanted.name}{given} is {answer!r}, not {wanted.meaning(*given)!r}")
        more = _more(folder, wanted, edges)
        shown = _spread(edges, EDGES) + more[:RANDOM_GIVEN]
        function = wanted.name.replace("-", "_")
        yield Task(
            wanted.name,
            problem(function, wanted.parameters, wanted.returns, shown),
            judge_by(function, more[RANDOM_GIVEN:]),
        )


def _more(folder: Path, wanted: Problem, edges: list[Example]) -> list[Example]:
    """Random cases that are no edge cases, the same each time."""
    chance = random.Random(wanted.name)
    known = {repr(given) for given, _ in edges}
    from_data = list(_read(folder, wanted, "random"))
    found: dict[str, Example] = {}
    for _ in range(100 * HIDDEN):
        if from_data:
            given, answer = chance.choice(from_data)
        else:
            given = wanted.inputs(chance)
            answer = wanted.meaning(*given)
        if repr(given) not in known:
            found.setdefault(repr(given), (given, answer))
        if len(found) == RANDOM_GIVEN + HIDDEN:
            break
    return list(found.values())


def _read(folder: Path, wanted: Problem, kind: str) -> Iterator[Example]:
    path = folder / wanted.name / f"{wanted.name}-{kind}.json.gz"
    if not path.exists():
        return
    types = [parse_type(text) for _, text in wanted.parameters]
    returned = parse_type(wanted.returns)
    for line in gzip.decompress(path.read_bytes()).splitlines()[:200_000]:
        row: dict[str, Any] = msgspec.json.decode(line)
        given = tuple(coerced(row[f"input{place}"], type_) for place, type_ in enumerate(types, 1))
        yield given, _output(row, returned)


def _output(row: dict[str, Any], type_: Type) -> Value:
    if "output2" in row:
        return coerced((row["output1"], row["output2"]), type_)
    return coerced(row["output1"], type_)


def _spread(examples: list[Example], most: int) -> list[Example]:
    """At most so many of the examples, evenly spread."""
    if len(examples) <= most:
        return examples
    return [examples[index * len(examples) // most] for index in range(most)]


def main() -> int:
    """Run the problems and print what came of them."""
    chosen = options("PSB1 as typed functions.", 60.0, "the folder datasets of the PSB1 data")
    read = b"".join(path.read_bytes() for path in sorted(chosen.tasks.glob("*/*-edge.json.gz")))
    found = list(tasks(chosen.tasks))
    print(f"read {len(found)} problems, sha256 of the edge cases {digest(read)}")
    results = measure(found, chosen)
    print(summary(results))
    for result in results:
        if not result.right:
            print(f"  {result.solution.result:10} {'wrong' if result.solution.fits else '':6} {result.name}")
    enough = sum(result.right for result in results) >= RIGHT_LIMIT
    return 0 if enough or len(results) < len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
