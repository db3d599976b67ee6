"""What a task is: a pure function from one file to records, with its version, its settings and what it builds on.

Others add tasks by the entry point group ``aurora.tasks``; ``tests/contract/test_batch_tasks.py`` says what holds
for every task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import entry_points
from typing import Any, Final

import msgspec

from aurora.batch.records import Record
from aurora.batch.source import Source
from aurora.errors import InvalidInput, NotFound

GROUP: Final = "aurora.tasks"

Keep = Callable[[bytes], str]
"""Stores content and gives its identity ``sha256:<hex>``; the same content always gives the same."""

Settings = Mapping[str, str]

Each = Callable[[Source, Settings, Keep], Iterator[Record]]
"""The records of one file. Reads no clock, no environment, no other file."""

Whole = Callable[[Sequence[Source], Settings], Iterator[Record]]
"""The records of a whole shard, for tasks that call a program; in the order of the files."""


class Task(msgspec.Struct, frozen=True):
    """A task. A change of what ``each`` gives raises ``version``: the memo then knows nothing of it."""

    name: str
    version: str
    depends_on: tuple[str, ...]
    defaults: dict[str, str]
    each: Any = None
    whole: Any = None
    check: Any = None

    @property
    def executor(self) -> str:
        """Name and version, as they decide over the memo."""
        return f"{self.name}/{self.version}"


PIPELINES: Final[dict[str, tuple[str, ...]]] = {
    "parse": ("parse",),
    "analyze": ("parse", "analyze"),
    "lint": ("parse", "lint"),
    "full": ("parse", "analyze", "symbols", "lint"),
}
"""Tasks by the name of a pipeline; several names and tasks may be joined with commas."""


def find(name: str) -> Task:
    """The task of that name, Aurora's own or one of an installed package. Raises ``NotFound``."""
    from aurora.batch.tasks import BUILT_IN

    if name in BUILT_IN:
        return BUILT_IN[name]
    found = [point for point in entry_points(group=GROUP) if point.name == name]
    if not found:
        known = ", ".join(sorted({*BUILT_IN, *(point.name for point in entry_points(group=GROUP))}))
        raise NotFound("TASK-001", f"no task '{name}'", hint=f"one of {known}")
    task = found[0].load()
    if not isinstance(task, Task) or task.name != name:
        raise InvalidInput("TASK-002", f"the entry point '{name}' is no task of that name", where=GROUP)
    return task


def resolve(pipeline: str) -> list[Task]:
    """The tasks of a pipeline, each after those that it builds on. Raises ``NotFound``, ``InvalidInput``."""
    names: list[str] = []
    for word in filter(None, (part.strip() for part in pipeline.split(","))):
        names += PIPELINES.get(word, (word,))
    if not names:
        raise InvalidInput("TASK-003", "no pipeline is named", hint=f"--pipeline {' | '.join(PIPELINES)}")
    ordered: list[Task] = []
    for name in dict.fromkeys(names):
        _add(name, ordered, ())
    return ordered


def _add(name: str, ordered: list[Task], above: tuple[str, ...]) -> None:
    if any(task.name == name for task in ordered):
        return
    if name in above:
        raise InvalidInput("TASK-004", f"tasks build on one another: {' -> '.join((*above, name))}")
    task = find(name)
    for each in task.depends_on:
        _add(each, ordered, (*above, name))
    ordered.append(task)


def settings_of(tasks: Sequence[Task], base: Settings, given: Settings) -> dict[str, dict[str, str]]:
    """The resolved settings of each task: defaults, the workspace's, then what a person set (``KEY`` or ``TASK.KEY``).

    Raises ``InvalidInput`` for a key that no task knows.
    """
    resolved = {task.name: {**task.defaults} for task in tasks}
    for source, must in ((base, False), (given, True)):
        for key, value in source.items():
            task_name, dot, bare = key.partition(".")
            takers = [task_name] if dot and task_name in resolved else list(resolved) if not dot else []
            takers = [name for name in takers if (bare if dot else key) in resolved[name]]
            if must and not takers:
                known = ", ".join(sorted({name for each in resolved.values() for name in each})) or "none"
                raise InvalidInput(
                    "TASK-005", f"no task here has a setting '{key}'", hint=f"settings: {known}"
                )
            for name in takers:
                resolved[name][bare if dot else key] = value
    for task in tasks:
        if task.check is not None:
            task.check(resolved[task.name])
    return resolved
