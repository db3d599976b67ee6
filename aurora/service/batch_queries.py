"""What people ask about batches from the log's views: lists, one in numbers, its shards."""

from __future__ import annotations

import json
from collections import Counter

import msgspec

from aurora.service.batch_planning import one_batch
from aurora.service.reading import read
from aurora.service.workspace import Workspace
from aurora_projections import queries


class BatchRow(msgspec.Struct, frozen=True):
    """A batch in a list."""

    id: str
    snapshot: str
    pipeline: str
    state: str
    tree: str
    done: int
    failed: int
    memo: int
    records: int
    at: str
    actor: str
    position: int


class TaskStatus(msgspec.Struct, frozen=True):
    """How many shards of a task stand where."""

    task: str
    executor: str
    done: int
    failed: int
    running: int
    ready: int
    memo: int
    records: int
    settings: dict[str, str]


class BatchStatus(msgspec.Struct, frozen=True):
    """A batch in numbers."""

    batch: str
    snapshot: str
    pipeline: str
    state: str
    tree: str
    shards: int
    python: str
    tasks: tuple[TaskStatus, ...]


class ShardRow(msgspec.Struct, frozen=True):
    """A task of a shard."""

    shard: str
    task: str
    state: str
    attempts: int
    worker: str
    outputs: str
    records: int
    memo: bool
    error: str
    paths: tuple[str, ...]


def listing(workspace: Workspace, at: str | None) -> list[BatchRow]:
    """All batches, newest first."""
    return [
        BatchRow(
            id=row.id,
            snapshot=row.snapshot,
            pipeline=row.pipeline,
            state=row.state,
            tree=row.tree,
            done=row.done,
            failed=row.failed,
            memo=row.memo,
            records=row.records,
            at=row.at,
            actor=row.actor,
            position=row.position,
        )
        for row in queries.batches(read(workspace, at).connection)
    ]


def status(workspace: Workspace, prefix: str, at: str | None) -> BatchStatus:
    """Where a batch stands. Raises ``NotFound``."""
    row = one_batch(workspace, prefix, at)
    states: Counter[tuple[str, str]] = Counter()
    records: Counter[str] = Counter()
    memo: Counter[str] = Counter()
    for each in queries.shard_tasks(read(workspace, at).connection, row.id):
        states[each.task, each.state] += 1
        records[each.task] += each.records
        memo[each.task] += each.memo
    tasks = []
    python = ""
    for planned in json.loads(row.tasks):
        name, python = planned["task"], planned["python"]
        over = {state: states[name, state] for state in ("done", "failed", "running")}
        tasks.append(
            TaskStatus(
                task=name,
                executor=planned["executor"],
                ready=row.shards - sum(over.values()),
                memo=memo[name],
                records=records[name],
                settings=dict(planned["settings"]),
                **over,
            )
        )
    return BatchStatus(
        row.id, row.snapshot, row.pipeline, row.state, row.tree, row.shards, python, tuple(tasks)
    )


def shard_rows(workspace: Workspace, prefix: str, at: str | None) -> list[ShardRow]:
    """Every task of every shard of a batch. Raises ``NotFound``."""
    from aurora.service.batch_planning import load_board

    row = one_batch(workspace, prefix, at)
    board, _ = load_board(workspace, row)
    known = {
        (each.task, each.shard): each for each in queries.shard_tasks(read(workspace, at).connection, row.id)
    }
    found = []
    for shard in board.planned.shards:
        for task in board.tasks:
            each = known.get((task, shard))
            if each is None:
                found.append(ShardRow(shard, task, "ready", 0, "", "", 0, False, "", ()))
                continue
            found.append(
                ShardRow(
                    shard,
                    task,
                    each.state,
                    each.attempts,
                    each.worker,
                    f"sha256:{each.outputs}" if each.outputs else "",
                    each.records,
                    each.memo,
                    each.error,
                    tuple(json.loads(each.paths)),
                )
            )
    return found
