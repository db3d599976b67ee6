"""The ``batches`` view: what was planned, where each shard stands, and the memo of everything ever computed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.batches import (
    BatchFinished,
    BatchPlanned,
    ShardCompleted,
    ShardFailed,
    ShardLeased,
    ShardRetried,
)
from aurora_events.record import Recorded
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_structs, json_texts


class Batch(msgspec.Struct, frozen=True, gc=False):
    """A batch. ``tasks`` is a JSON list of planned tasks; counts and ``tree`` are those of its last end."""

    id: str
    snapshot: str
    index: str
    pipeline: str
    plan: str
    number: int
    state: str
    tasks: str
    task_names: str
    shards: int
    tree: str
    done: int
    failed: int
    memo: int
    records: int
    size: int
    seconds: float
    actor: str
    at: str
    planned_position: int
    position: int
    version: int


class ShardTask(msgspec.Struct, frozen=True, gc=False):
    """A task of a shard, from its first lease on. ``paths`` is a JSON list."""

    batch: str
    shard: str
    task: str
    state: str
    worker: str
    until: int
    attempts: int
    outputs: str
    records: int
    size: int
    memo: bool
    error: str
    paths: str
    position: int


class Memo(msgspec.Struct, frozen=True, gc=False):
    """Outputs by the key of all that decides them."""

    key: str
    outputs: str
    records: int
    size: int
    objects: int
    position: int


BATCHES: Final = Table("batches", Batch, ("id",), (("plan",),))
SHARD_TASKS: Final = Table("shard_tasks", ShardTask, ("batch", "task", "shard"))
MEMO: Final = Table("memo", Memo, ("key",))

_Step = ShardLeased | ShardCompleted | ShardFailed | ShardRetried


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Every batch, every task of every shard, every key of the memo."""
    batches = Working(connection, BATCHES)
    tasks, memo = Working(connection, SHARD_TASKS), Working(connection, MEMO)
    for fact in facts:
        event = fact.event
        if isinstance(event, BatchPlanned):
            batches.put(_planned(event, fact))
        elif isinstance(event, BatchFinished):
            known = batches.get(event.batch)
            if known is not None:
                batches.put(_finished(known, event, fact))
        elif isinstance(event, _Step):
            _step(event, fact.position, tasks, memo)
            known = batches.get(event.batch) if isinstance(event, ShardRetried) else None
            if known is not None:
                batches.put(msgspec.structs.replace(known, state="running", position=fact.position))
    for table in (batches, tasks, memo):
        table.write()


def _planned(event: BatchPlanned, fact: Recorded) -> Batch:
    return Batch(
        id=event.batch,
        snapshot=event.snapshot,
        index=event.index,
        pipeline=event.pipeline,
        plan=event.plan,
        number=event.number,
        state="running",
        tasks=json_structs(event.tasks),
        task_names=json_texts([task.task for task in event.tasks]),
        shards=len(event.shards),
        tree="",
        done=0,
        failed=0,
        memo=0,
        records=0,
        size=0,
        seconds=0.0,
        actor=event.actor,
        at=instant(event.at),
        planned_position=fact.position,
        position=fact.position,
        version=fact.version,
    )


def _finished(known: Batch, event: BatchFinished, fact: Recorded) -> Batch:
    return msgspec.structs.replace(
        known,
        state="failed" if event.failed else "done",
        tree=event.tree,
        done=event.done,
        failed=event.failed,
        memo=event.memo,
        records=event.records,
        size=event.size,
        seconds=event.seconds,
        position=fact.position,
        version=fact.version,
    )


def _step(event: _Step, position: int, tasks: Working[ShardTask], memo: Working[Memo]) -> None:
    if isinstance(event, ShardLeased):
        for name in event.tasks:
            known = _known(tasks, event, name)
            tasks.put(
                msgspec.structs.replace(
                    known,
                    state="running",
                    worker=event.worker,
                    until=event.until,
                    attempts=known.attempts + 1,
                    position=position,
                )
            )
    elif isinstance(event, ShardCompleted):
        for output in event.outputs:
            row = msgspec.structs.replace(
                _known(tasks, event, output.task),
                state="done",
                worker=event.worker,
                until=0,
                outputs=output.outputs,
                records=output.records,
                size=output.size,
                memo=output.memo,
                error="",
                paths="[]",
                position=position,
            )
            tasks.put(row)
            if memo.get(output.key) is None:
                memo.put(
                    Memo(output.key, output.outputs, output.records, output.size, output.objects, position)
                )
    elif isinstance(event, ShardFailed):
        for each in event.failures:
            row = msgspec.structs.replace(
                _known(tasks, event, each.task),
                state="failed",
                worker=event.worker,
                until=0,
                error=each.error,
                paths=json_texts(each.paths),
                position=position,
            )
            tasks.put(row)
    else:
        for name in event.tasks:
            row = msgspec.structs.replace(
                _known(tasks, event, name),
                state="ready",
                outputs="",
                records=0,
                size=0,
                memo=False,
                error="",
                paths="[]",
                until=0,
                position=position,
            )
            tasks.put(row)


def _known(tasks: Working[ShardTask], event: _Step, task: str) -> ShardTask:
    return tasks.get(event.batch, task, event.shard) or ShardTask(
        batch=event.batch,
        shard=event.shard,
        task=task,
        state="ready",
        worker="",
        until=0,
        attempts=0,
        outputs="",
        records=0,
        size=0,
        memo=False,
        error="",
        paths="[]",
        position=0,
    )


PROJECTION: Final = Projection(
    "batches",
    1,
    (BATCHES, SHARD_TASKS, MEMO),
    frozenset((BatchPlanned, BatchFinished, ShardLeased, ShardCompleted, ShardFailed, ShardRetried)),
    fold,
)
