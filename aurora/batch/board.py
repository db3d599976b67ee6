"""Where a batch stands, as a fold of its events, and what a worker may do: pure, with the clock as an argument.

A task of a shard is ``ready``, ``done`` or ``failed``. A lease says who is at work; it locks nothing by itself:
the version of the shard's stream does, so that however many workers race, one completion is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from aurora.errors import Conflict
from aurora_events.batches import (
    BatchFinished,
    BatchPlanned,
    ShardCompleted,
    ShardFailed,
    ShardLeased,
    ShardRetried,
    TaskFailure,
    TaskOutput,
)
from aurora_events.record import Recorded

READY: Final = "ready"
DONE: Final = "done"
FAILED: Final = "failed"

Alive = Callable[[str], bool]
"""Whether a worker may still be at work, as far as can be told from here."""


class Lease(msgspec.Struct, frozen=True):
    """Who works on which tasks, and until when (ns) that holds."""

    worker: str
    tasks: tuple[str, ...]
    until: int


class Shard(msgspec.Struct, frozen=True):
    """A shard of a batch. ``version`` is its stream's; a task in neither ``done`` nor ``failed`` is ready."""

    name: str
    version: int = 0
    done: dict[str, TaskOutput] = {}
    failed: dict[str, TaskFailure] = {}
    lease: Lease | None = None
    attempts: int = 0

    def status(self, task: str) -> str:
        """Where a task of the shard stands."""
        return DONE if task in self.done else FAILED if task in self.failed else READY


class NotReady(Conflict):
    """A task cannot be done before those that it builds on."""

    retry = False

    def __init__(self, batch: str, shard: str, task: str, missing: Sequence[str]) -> None:
        super().__init__(
            "BATCH-004",
            f"{task} of shard {shard} builds on {', '.join(missing)}, which is not done",
            where=f"batch {batch}",
            hint=f"aurora batch run --batch {batch} --task {missing[0]} --shard {shard}",
        )


def evolve(shard: Shard, fact: Recorded) -> Shard:
    """The shard after one more event of its stream."""
    event, change = fact.event, msgspec.structs.replace
    match event:
        case ShardLeased():
            lease = Lease(event.worker, event.tasks, event.until)
            return change(shard, version=fact.version, lease=lease, attempts=shard.attempts + 1)
        case ShardCompleted():
            names = {output.task for output in event.outputs}
            done = {**shard.done, **{output.task: output for output in event.outputs}}
            failed = {name: each for name, each in shard.failed.items() if name not in names}
            return change(
                shard, version=fact.version, done=done, failed=failed, lease=_rest(shard.lease, names)
            )
        case ShardFailed():
            names = {failure.task for failure in event.failures}
            failed = {**shard.failed, **{failure.task: failure for failure in event.failures}}
            return change(shard, version=fact.version, failed=failed, lease=_rest(shard.lease, names))
        case ShardRetried():
            failed = {name: each for name, each in shard.failed.items() if name not in event.tasks}
            done = {name: each for name, each in shard.done.items() if name not in event.tasks}
            return change(shard, version=fact.version, done=done, failed=failed, lease=None)
    return shard


def _rest(lease: Lease | None, names: Iterable[str]) -> Lease | None:
    """What is left of a lease when these tasks are over."""
    if lease is None:
        return None
    tasks = tuple(task for task in lease.tasks if task not in set(names))
    return msgspec.structs.replace(lease, tasks=tasks) if tasks else None


class Board:
    """All shards of one batch. Fed with the journal's events in order; those of others are passed over."""

    def __init__(self, planned: BatchPlanned) -> None:
        self.planned = planned
        self.version = 1
        self.finished: BatchFinished | None = None
        self.tasks = tuple(task.task for task in planned.tasks)
        self.shards = {name: Shard(name) for name in planned.shards}
        self._streams = {f"shard/{planned.batch}/{name}": name for name in planned.shards}
        self._stream = f"batch/{planned.batch}"

    def feed(self, facts: Iterable[Recorded]) -> None:
        """Take the next events of the journal."""
        for fact in facts:
            name = self._streams.get(fact.stream)
            if name is not None:
                self.shards[name] = evolve(self.shards[name], fact)
                if isinstance(fact.event, ShardRetried):
                    self.finished = None
            elif fact.stream == self._stream:
                self.version = fact.version
                if isinstance(fact.event, BatchFinished):
                    self.finished = fact.event

    @property
    def over(self) -> bool:
        """Whether every task of every shard is done or failed."""
        return all(len(shard.done) + len(shard.failed) >= len(self.tasks) for shard in self.shards.values())

    def count(self, status: str) -> int:
        """How many tasks of shards stand so."""
        if status == READY:
            return len(self.shards) * len(self.tasks) - self.count(DONE) - self.count(FAILED)
        return sum(len(shard.done if status == DONE else shard.failed) for shard in self.shards.values())

    @property
    def memoised(self) -> int:
        """How many tasks of shards are done by the memo."""
        return sum(output.memo for shard in self.shards.values() for output in shard.done.values())


def claim(shard: Shard, tasks: Sequence[str], now: int, worker: str, alive: Alive) -> tuple[str, ...]:
    """The tasks of the shard that a worker may take now; none while somebody alive holds a lease on any of them."""
    ready = tuple(task for task in tasks if shard.status(task) == READY)
    lease = shard.lease
    if ready and lease is not None and lease.worker != worker and now < lease.until and alive(lease.worker):
        return ()
    return ready


def require_inputs(
    batch: str, shard: Shard, tasks: Sequence[str], depends_on: dict[str, tuple[str, ...]]
) -> None:
    """Every task needs those that it builds on: done before, or part of the same step. Raises ``NotReady``."""
    for task in tasks:
        missing = [name for name in depends_on[task] if name not in tasks and name not in shard.done]
        if missing:
            raise NotReady(batch, shard.name, task, missing)


def still_wanted(
    shard: Shard, outputs: Iterable[TaskOutput], failures: Iterable[TaskFailure]
) -> tuple[tuple[TaskOutput, ...], tuple[TaskFailure, ...]]:
    """Of a worker's results those that nobody else has recorded meanwhile: done stays done."""
    done = tuple(output for output in outputs if output.task not in shard.done)
    failed = tuple(each for each in failures if each.task not in shard.done and each.task not in shard.failed)
    return done, failed
