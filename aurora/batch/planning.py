"""The plan of a batch: which tasks with which settings on which shards, and the keys by which the memo knows them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from aurora.batch.index import IndexRow
from aurora.batch.task import Task
from aurora_events.batches import PlannedTask, Setting

_json = msgspec.json.Encoder(order="deterministic").encode


def shard_of(sha256: str) -> str:
    """The shard that content belongs to: equal content is worked on once."""
    return sha256[:2]


def shards(rows: Iterable[IndexRow]) -> dict[str, list[IndexRow]]:
    """The files of each shard, in the order of the index; links have no content of their own and belong to none."""
    found: dict[str, list[IndexRow]] = {}
    for row in rows:
        if not row.is_link:
            found.setdefault(shard_of(row.sha256), []).append(row)
    return dict(sorted(found.items()))


def planned(
    tasks: Sequence[Task], settings: Mapping[str, Mapping[str, str]], python: str
) -> tuple[PlannedTask, ...]:
    """The tasks as they will run, with nothing left to defaults."""
    return tuple(
        PlannedTask(
            task.name,
            task.executor,
            python,
            tuple(Setting(key, value) for key, value in sorted(settings[task.name].items())),
            task.depends_on,
        )
        for task in tasks
    )


def plan_document(
    index: str, tree: str, pipeline: str, tasks: Sequence[PlannedTask], names: Sequence[str]
) -> bytes:
    """``plan.json``: everything that decides the outputs of a batch, and nothing else."""
    document = {
        "schema_name": "aurora.batch.plan",
        "schema_version": 1,
        "index": index,
        "tree": tree,
        "pipeline": pipeline,
        "tasks": [
            {
                "task": task.task,
                "executor": task.executor,
                "python": task.python,
                "settings": {each.key: each.value for each in task.settings},
                "depends_on": list(task.depends_on),
            }
            for task in tasks
        ],
        "sharding": "first two hex digits of the sha256 of the content",
        "shards": list(names),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def batch_id(plan: str, snapshot: str, number: int) -> str:
    """The id of the ``number``-th batch of a plan: whoever plans the same at the same moment meets in it."""
    return hashlib.sha256(f"{plan}\n{snapshot}\n{number}".encode()).hexdigest()[:12]


def memo_key(task: PlannedTask, files: Sequence[IndexRow], inputs: Mapping[str, str]) -> str:
    """What decides the outputs of a task for a shard: executor, Python, settings, files, outputs built on."""
    parts: list[Any] = [
        task.executor,
        task.python,
        [(each.key, each.value) for each in task.settings],
        [(row.path, row.sha256, row.size, row.lang_hint) for row in files],
        [(name, inputs[name]) for name in task.depends_on],
    ]
    return hashlib.sha256(_json(parts)).hexdigest()
