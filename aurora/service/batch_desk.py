"""A batch as one worker sees it: where it stands by the log, what may be claimed, who else is at it."""

from __future__ import annotations

import os
import time
from typing import Final, Protocol

import msgspec

from aurora.artifacts.port import ArtifactMissing
from aurora.batch import board as boards
from aurora.batch import planning
from aurora.batch.board import DONE, FAILED, claim
from aurora.errors import NotFound
from aurora.journal.port import VersionConflict
from aurora.service import workers
from aurora.service.batch_planning import load_board, one_batch, refresh
from aurora.service.batch_store import BatchTree
from aurora.service.config import parse_duration
from aurora.service.snapshot_queries import read_index
from aurora.service.workspace import Workspace
from aurora_events.batches import ShardLeased, shard_stream
from aurora_events.record import Entry

GROUP: Final = 64
"""Shards that are claimed in one append."""

_POLL: Final = 0.1
_TRIES: Final = 1000


class Request(msgspec.Struct, frozen=True):
    """How a batch is to run; ``task`` and ``shard`` ("" for all) narrow it down."""

    jobs: int
    engine: str = "local"
    task: str = ""
    shard: str = ""


class Progress(Protocol):
    """What a person sees while a batch runs."""

    def moved(self, done: int, total: int, failed: int, memo: int) -> None:
        """Some shards are over."""


class Desk:
    """One worker before one batch. Invariant: what the board says is what the log said at ``position``."""

    def __init__(self, workspace: Workspace, batch: str, request: Request, progress: Progress) -> None:
        self.workspace = workspace
        self.request = request
        self.progress = progress
        self.store = workspace.artifacts
        row = one_batch(workspace, batch)
        self.board, self.position = load_board(workspace, row)
        self.batch = row.id
        planned = self.board.planned
        self.shards = planning.shards(read_index(self.store, planned.snapshot, planned.index))
        self.tasks = {task.task: task for task in planned.tasks}
        self.wanted = self._wanted()
        self.names = [request.shard] if request.shard else list(self.board.shards)
        self.worker = workers.own_name(os.getpid())
        self.lease = int(parse_duration(workspace.config.batch.lease) * 1e9)
        self.tree = BatchTree(self.store, self.batch, planned.snapshot)
        self.oids = self._oids()
        self.mine: set[str] = set()

    def _wanted(self) -> tuple[str, ...]:
        task, shard = self.request.task, self.request.shard
        if task and task not in self.tasks:
            raise NotFound(
                "BATCH-002", f"this batch has no task '{task}'", hint=f"one of {', '.join(self.tasks)}"
            )
        if shard and shard not in self.board.shards:
            raise NotFound(
                "BATCH-003", f"this batch has no shard '{shard}'", hint=f"aurora batch shards {self.batch}"
            )
        return (task,) if task else self.board.tasks

    def _oids(self) -> dict[bytes, str]:
        commit = self.store.ref(f"snapshots/{self.board.planned.snapshot}")
        if not commit:
            raise ArtifactMissing(f"snapshot {self.board.planned.snapshot}")
        source = self.store.subtree(commit, "src")
        return {path: leaf.oid for path, leaf in self.store.files(source).items()}

    def claimable(self) -> list[str]:
        """The shards that this worker may take now."""
        now = self.workspace.caller.clock()
        return [name for name in self.names if self.claim(name, now)]

    def claim(self, name: str, now: int) -> tuple[str, ...]:
        """The tasks of a shard that this worker may take."""
        return claim(self.board.shards[name], self.wanted, now, self.worker, workers.may_live)

    def lease_group(self) -> list[str]:
        """Claim the next shards in one append; when somebody else was first, look again."""
        for _ in range(_TRIES):
            now = self.workspace.caller.clock()
            names = [name for name in self.names if name not in self.mine and self.claim(name, now)][:GROUP]
            if not names:
                return []
            entries = [
                Entry(
                    shard_stream(self.batch, name),
                    self.board.shards[name].version + 1,
                    ShardLeased(
                        *self.workspace.engine_stamp(),
                        batch=self.batch,
                        shard=name,
                        tasks=self.claim(name, now),
                        worker=self.worker,
                        until=now + self.lease,
                    ),
                )
                for name in names
            ]
            try:
                self.workspace.append_all(entries)
            except VersionConflict:
                self.refresh()
                continue
            self.refresh()
            self.mine.update(names)
            return names
        raise AssertionError("others took every shard a thousand times, and yet none is done")

    def refresh(self) -> None:
        """Read what was recorded since, and show how far the batch is."""
        self.position = refresh(self.workspace, self.board, self.position)
        total = len(self.names) * len(self.wanted)
        shards = [self.board.shards[name] for name in self.names]
        done = sum(shard.status(task) == DONE for shard in shards for task in self.wanted)
        failed = sum(shard.status(task) == FAILED for shard in shards for task in self.wanted)
        self.progress.moved(done, total, failed, self.board.memoised)

    def wait_for_others(self) -> bool:
        """Wait while others hold what is left; whether something became free for us."""
        while True:
            self.refresh()
            if self.claimable():
                return True
            shards = [self.board.shards[name] for name in self.names]
            if all(shard.status(task) != boards.READY for shard in shards for task in self.wanted):
                return False
            time.sleep(_POLL)
