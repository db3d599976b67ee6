"""Recording a batch: objects durably, then the ref, then the events; of two who did the same, one is recorded."""

from __future__ import annotations

import time
from typing import Final

import msgspec

from aurora.artifacts.mending import merge_small_packs
from aurora.artifacts.port import FILE, Leaf, Placed
from aurora.batch import planning
from aurora.batch.board import DONE, FAILED, READY, still_wanted
from aurora.errors import AuroraError
from aurora.journal.port import VersionConflict
from aurora.service import batch_store
from aurora.service.batch_desk import Desk
from aurora.service.batch_store import Changes, Failure
from aurora.service.batch_worker import Done, pack
from aurora.service.snapshot_queries import one_snapshot
from aurora_events.base import File as LedgerFile
from aurora_events.batches import (
    BatchFinished,
    ShardCompleted,
    ShardFailed,
    TaskFailure,
    TaskOutput,
    shard_stream,
    stream,
)
from aurora_events.record import Entry
from aurora_projections import queries

RECORDED: Final = 256
"""Shards that are recorded in one append, unless ``EVERY_SECONDS`` pass before."""

EVERY_SECONDS: Final = 5.0
"""After which finished shards are recorded, however few there are."""


class Result(msgspec.Struct, frozen=True):
    """What became of a shard in this run."""

    shard: str
    outputs: tuple[TaskOutput, ...]
    failures: tuple[TaskFailure, ...]


class Recorder:
    """What a worker has done and not recorded yet. Invariant: what is recorded names only what is durable."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.computed = 0
        self.pending: list[Result] = []
        self.changes = Changes()
        self.recorded_at = time.monotonic()

    def known(self, name: str) -> tuple[list[TaskOutput], dict[str, str]]:
        """What the memo knows of the ready tasks of a shard, and the keys of those that it does not."""
        shard, files = self.desk.board.shards[name], self.desk.shards[name]
        known = {task: output.outputs for task, output in shard.done.items()}
        hits, keys = [], {}
        for task in self.desk.wanted:
            planned = self.desk.tasks[task]
            if shard.status(task) != READY or not all(each in known for each in planned.depends_on):
                continue
            keys[task] = planning.memo_key(planned, files, known)
            hit = self._memo(task, name, keys[task])
            if hit is not None:
                hits.append(hit)
                known[task] = hit.outputs
        return hits, keys

    def _memo(self, task: str, shard: str, key: str) -> TaskOutput | None:
        """The earlier result of equal inputs, if everything that it names is still there."""
        known = queries.memo(self.desk.workspace.views.connection, key)
        at = self.desk.store.found(known.outputs) if known else None
        if known is None or at is None or not self.desk.store.holds(at.oid):
            return None
        places: dict[str, Placed] | None = {}
        if known.objects:
            try:
                named = list(batch_store.named_objects(self.desk.store, self.desk.store.read(at.oid)))
            except AuroraError:  # damaged: compute it again, which stores it again
                return None
            places = batch_store.places_of(self.desk.store, named)
        if places is None:
            return None
        self.changes.output(task, shard, at, known.outputs)
        for sha256, place in places.items():
            self.changes.named(sha256, place)
        return TaskOutput(task, key, known.outputs, known.records, known.size, known.objects, True)

    def take(self, done: Done, keys: dict[str, str]) -> None:
        """Queue what a job gave, with the keys that are known only now."""
        files = self.desk.shards[done.shard]
        known = {task: each.outputs for task, each in self.desk.board.shards[done.shard].done.items()}
        for result in self.pending:
            if result.shard == done.shard:
                known.update({each.task: each.outputs for each in result.outputs})
        outputs, failures = [], []
        self.changes.blobs += done.blobs
        places = {blob.sha256: Placed(blob.oid, blob.size) for blob in done.blobs}
        for each in done.outputs:
            if each.error:
                failure = TaskFailure(each.task, each.error, each.paths)
                failures.append(failure)
                self.fail(failure, done.shard)
                continue
            key = keys.get(each.task) or planning.memo_key(self.desk.tasks[each.task], files, known)
            known[each.task] = each.sha256
            outputs.append(
                TaskOutput(each.task, key, each.sha256, each.records, each.size, each.objects, False)
            )
            self.changes.output(each.task, done.shard, places[each.sha256], each.sha256)
        for sha256 in done.objects:
            self.changes.named(sha256, places[sha256])
        self.computed += len(outputs)
        self.pending.append(Result(done.shard, tuple(outputs), tuple(failures)))

    def fail(self, failure: TaskFailure, shard: str) -> None:
        """Queue a failure for the tree."""
        blob = pack(self.desk.store.form, msgspec.json.encode(Failure(failure.error, failure.paths)))
        self.changes.blobs.append(blob)
        self.changes.put[batch_store.failure_path(failure.task, shard)] = Leaf(FILE, blob.oid)

    def put_plan(self) -> None:
        """The plan and the index go into the tree first, so that it tells what it is about from the beginning."""
        if batch_store.PLAN in self.desk.tree.files():
            return
        planned = self.desk.board.planned
        tree = one_snapshot(self.desk.workspace, planned.snapshot).tree
        document = planning.plan_document(
            planned.index, tree, planned.pipeline, planned.tasks, planned.shards
        )
        blob = pack(self.desk.store.form, document)
        index = self.desk.store.found(planned.index.removeprefix("sha256:"))
        self.changes.blobs.append(blob)
        self.changes.put[batch_store.PLAN] = Leaf(FILE, blob.oid)
        if index is not None:
            self.changes.put[batch_store.INDEX] = Leaf(FILE, index.oid)

    def record_sometimes(self) -> None:
        """Record when enough is queued, or long enough."""
        shards = len({result.shard for result in self.pending})
        if shards >= RECORDED or (shards and time.monotonic() - self.recorded_at > EVERY_SECONDS):
            self.record()

    def record(self) -> None:
        """Store what is queued, then record it; of what others recorded meanwhile, theirs stands."""
        pending, changes = self.pending, self.changes
        self.pending, self.changes = [], Changes()
        self.recorded_at = time.monotonic()
        if changes:
            self.desk.tree.write(changes)
        by_shard: dict[str, Result] = {}
        for result in pending:
            before = by_shard.get(result.shard, Result(result.shard, (), ()))
            by_shard[result.shard] = Result(
                result.shard, before.outputs + result.outputs, before.failures + result.failures
            )
        if by_shard:
            self.desk.refresh()
        try:
            self.desk.workspace.append_all(
                [each for result in by_shard.values() for each in self._entries(result)]
            )
        except VersionConflict:
            for result in by_shard.values():
                self._record_one(result)
        self.desk.refresh()
        self.desk.mine -= {name for name in by_shard if self.desk.board.shards[name].lease is None}

    def _record_one(self, result: Result) -> None:
        while True:
            self.desk.refresh()
            try:
                self.desk.workspace.append_all(self._entries(result))
            except VersionConflict:
                continue
            return

    def _entries(self, result: Result) -> list[Entry]:
        shard = self.desk.board.shards[result.shard]
        outputs, failures = still_wanted(shard, result.outputs, result.failures)
        name, stamp = shard_stream(self.desk.batch, result.shard), self.desk.workspace.engine_stamp()
        events: list[ShardCompleted | ShardFailed] = []
        if outputs:
            events.append(ShardCompleted(*stamp, self.desk.batch, result.shard, self.desk.worker, outputs))
        if failures:
            events.append(ShardFailed(*stamp, self.desk.batch, result.shard, self.desk.worker, failures))
        return [Entry(name, shard.version + 1 + number, event) for number, event in enumerate(events)]

    def finish(self, seconds: float) -> None:
        """Record the end of the batch, once, whoever gets there first."""
        while self.desk.board.over and self.desk.board.finished is None:
            event = self._end(seconds)
            try:
                self.desk.workspace.append(stream(self.desk.batch), self.desk.board.version + 1, event)
            except VersionConflict:
                pass
            self.desk.refresh()
        merge_small_packs(self.desk.store)

    def _end(self, seconds: float) -> BatchFinished:
        planned, shards = self.desk.board.planned, self.desk.board.shards.values()
        outputs = [output for shard in shards for output in shard.done.values()]
        done, failed = self.desk.board.count(DONE), self.desk.board.count(FAILED)
        records = sum(output.records for output in outputs)
        size = sum(output.size for output in outputs)
        if not self.desk.tree.files():  # a snapshot without files has a plan, and nothing else
            self.put_plan()
            self.record()
        tree = self.desk.tree.tree()
        document = {
            "schema_name": "aurora.batch",
            "schema_version": 1,
            "id": self.desk.batch,
            "snapshot": planned.snapshot,
            "index": planned.index,
            "pipeline": planned.pipeline,
            "plan": planned.plan,
            "tree": tree,
            "executors": [task.executor for task in planned.tasks],
            "done": done,
            "failed": failed,
            "records": records,
            "size": size,
        }
        text = msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"
        return BatchFinished(
            *self.desk.workspace.engine_stamp(),
            batch=self.desk.batch,
            snapshot=planned.snapshot,
            tree=tree,
            memo=self.desk.board.memoised,
            seconds=round(seconds, 6),
            files=(LedgerFile(f"batches/{self.desk.batch[:2]}/{self.desk.batch}.json", text),),
            done=done,
            failed=failed,
            records=records,
            size=size,
        )
