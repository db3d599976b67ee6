"""DreamCoder's 217 list tasks: ten of fifteen examples are given, the other five judge.

Run: python tests/bench/dreamcoder.py --tasks FILE, where FILE is ``data/list_tasks.json`` of ellisk42/ec on GitHub.
The names of the tasks say what they are about: they are kept from the search. Exits 1 when a figure of the whole set
misses its limit.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from tests.bench.outside import Task, digest, judge_by, measure, options, problem, summary

GIVEN = 10
FIT_LIMIT = 214
RIGHT_LIMIT = 205

TYPES = {"int": "int", "bool": "bool", "list-of-int": "list[int]", "list-of-bool": "list[bool]"}


class Shape(msgspec.Struct, frozen=True):
    """The types of a task."""

    input: str
    output: str


class Example(msgspec.Struct, frozen=True):
    """An input and its output."""

    i: Any
    o: Any


class ListTask(msgspec.Struct, frozen=True):
    """A task as the file has it."""

    type: Shape
    name: str
    examples: list[Example]


def tasks(data: bytes) -> Iterator[Task]:
    """The tasks of the file."""
    for task in msgspec.json.decode(data, type=list[ListTask]):
        taken, returned = TYPES[task.type.input], TYPES[task.type.output]
        parameter = "xs" if taken.startswith("list") else "n"
        examples = [([example.i], example.o) for example in task.examples]
        given = problem("task", [(parameter, taken)], returned, examples[:GIVEN])
        yield Task(task.name, given, judge_by("task", examples[GIVEN:]))


def main() -> int:
    """Run the tasks and print what came of them."""
    chosen = options("DreamCoder's list tasks.", 10.0, "the file list_tasks.json of ellisk42/ec")
    data = chosen.tasks.read_bytes()
    found = list(tasks(data))
    print(f"read {len(found)} tasks, sha256 {digest(data)}; {GIVEN} examples given, the rest hidden")
    results = measure(found, chosen)
    print(summary(results))
    for result in results:
        if not result.right:
            print(f"  {result.solution.result:10} {'wrong' if result.solution.fits else '':6} {result.name}")
    fit = sum(result.solution.fits for result in results)
    right = sum(result.right for result in results)
    enough = fit >= FIT_LIMIT and right >= RIGHT_LIMIT
    return 0 if enough or len(results) < len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
