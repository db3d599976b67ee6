"""The life of a batch: ``batch/<id>``; and of each of its shards: ``shard/<batch>/<shard>``.

A shard's stream is its lock: leases and completions carry the version that was read, so that of several workers
exactly one completes each task of a shard.
"""

from __future__ import annotations

import msgspec

from aurora_events.base import Event, File


def stream(batch: str) -> str:
    """The stream of a batch."""
    return f"batch/{batch}"


def shard_stream(batch: str, shard: str) -> str:
    """The stream of one shard of a batch."""
    return f"shard/{batch}/{shard}"


class Setting(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One resolved setting of a task, as text."""

    key: str
    value: str


class PlannedTask(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A task as it will run: nothing is left to defaults. ``executor`` names its version, ``python`` Python's."""

    task: str
    executor: str
    python: str
    settings: tuple[Setting, ...]
    depends_on: tuple[str, ...]


class BatchPlanned(Event, frozen=True, tag="batch.planned"):
    """Tasks are to be done on a snapshot. ``plan`` is the sha256 of everything that decides the outputs.

    ``number`` counts batches of the same plan, from 1; ``shards`` are those that hold files.
    """

    batch: str
    snapshot: str
    index: str
    pipeline: str
    plan: str
    number: int
    tasks: tuple[PlannedTask, ...]
    shards: tuple[str, ...]


class ShardLeased(Event, frozen=True, tag="shard.leased"):
    """``worker`` works on these tasks of the shard until ``until`` (ns); then anybody may."""

    batch: str
    shard: str
    tasks: tuple[str, ...]
    worker: str
    until: int


class TaskOutput(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a task gave for a shard. ``key`` is that of the memo, ``outputs`` the sha256 of the output lines.

    ``objects`` counts the artifacts that the lines name.
    """

    task: str
    key: str
    outputs: str
    records: int
    size: int
    objects: int
    memo: bool


class ShardCompleted(Event, frozen=True, tag="shard.completed"):
    """These tasks of the shard are done, for good."""

    batch: str
    shard: str
    worker: str
    outputs: tuple[TaskOutput, ...]


class TaskFailure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Why a task gave nothing for a shard, and the paths that are to blame."""

    task: str
    error: str
    paths: tuple[str, ...]


class ShardFailed(Event, frozen=True, tag="shard.failed"):
    """These tasks of the shard failed; other shards are not touched by it."""

    batch: str
    shard: str
    worker: str
    failures: tuple[TaskFailure, ...]


class ShardRetried(Event, frozen=True, tag="shard.retried"):
    """These tasks of the shard are to be done again: they had failed, or their outputs are lost."""

    batch: str
    shard: str
    tasks: tuple[str, ...]


class BatchFinished(Event, frozen=True, tag="batch.finished"):
    """Every task of every shard is done or failed. ``tree`` is the Git tree of all outputs.

    ``done`` counts tasks of shards, ``memo`` those of them that were known before; ``files`` are the ledger's.
    """

    batch: str
    snapshot: str
    tree: str
    done: int
    failed: int
    memo: int
    records: int
    size: int
    seconds: float
    files: tuple[File, ...]
