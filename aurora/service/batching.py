"""Running a batch: claim shards, remember or compute, store, record; then again, until nothing is left.

Objects are durable before the ref, the ref moves before the event: killed anywhere, the next run does the rest.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Final, Protocol

import msgspec

from aurora.artifacts.mending import merge_small_packs
from aurora.artifacts.port import FILE, ArtifactMissing, Leaf, Placed
from aurora.batch import board as boards
from aurora.batch import planning
from aurora.batch.board import DONE, FAILED, Board, claim, require_inputs, still_wanted
from aurora.batch.index import IndexRow
from aurora.errors import AuroraError, NotFound
from aurora.journal.port import VersionConflict
from aurora.service import batch_store, workers
from aurora.service.batch_engines import Engine, open_engine
from aurora.service.batch_planning import load_board, one_batch, refresh
from aurora.service.batch_store import BatchTree, Changes, Failure
from aurora.service.batch_worker import Done, File, Job, pack
from aurora.service.config import parse_duration
from aurora.service.snapshot_queries import one_snapshot, read_index
from aurora.service.workspace import Workspace
from aurora_events.base import File as LedgerFile
from aurora_events.batches import (
    BatchFinished,
    ShardCompleted,
    ShardFailed,
    ShardLeased,
    TaskFailure,
    TaskOutput,
    shard_stream,
    stream,
)
from aurora_events.record import Entry
from aurora_projections import queries

GROUP: Final = 64
"""Shards that are claimed in one append."""

RECORDED: Final = 256
"""Shards that are recorded in one append, unless ``EVERY_SECONDS`` pass before."""

EVERY_SECONDS: Final = 5.0
"""After which finished shards are recorded, however few there are."""

SMALL_BYTES: Final = 400_000
"""Work that is done sooner than processes are started for it."""

_POLL: Final = 0.1


class Request(msgspec.Struct, frozen=True):
    """How a batch is to run; ``task`` and ``shard`` ("" for all) narrow it down."""

    jobs: int
    engine: str = "local"
    task: str = ""
    shard: str = ""


class ShardCounts(msgspec.Struct, frozen=True):
    """Tasks of shards: ``done`` (of them ``memo`` from memory) and ``failed`` in the whole batch; ``ready`` waits."""

    done: int
    failed: int
    memo: int
    ready: int


class BatchReport(msgspec.Struct, frozen=True):
    """A batch after a run. ``tree`` is the Git tree of all outputs, ``outputs`` counts records."""

    batch: str
    tree: str
    shards: ShardCounts
    outputs: int
    seconds: float
    snapshot: str
    pipeline: str
    finished: bool
    computed: int
    resumed: bool


class Progress(Protocol):
    """What a person sees while a batch runs."""

    def moved(self, done: int, total: int, failed: int, memo: int) -> None:
        """Some shards are over."""


class _Result(msgspec.Struct, frozen=True):
    """What became of a shard in this run."""

    shard: str
    outputs: tuple[TaskOutput, ...]
    failures: tuple[TaskFailure, ...]


class Runner:
    """One run over one batch. Invariant: what is recorded names only what is durable and on the ref."""

    def __init__(self, workspace: Workspace, batch: str, request: Request, progress: Progress) -> None:
        self.workspace = workspace
        self.request = request
        self.progress = progress
        self.store = workspace.artifacts
        row = one_batch(workspace, batch)
        self.board, self.position = load_board(workspace, row)
        self.batch = row.id
        planned = self.board.planned
        self.rows = read_index(self.store, planned.snapshot, planned.index)
        self.shards = planning.shards(self.rows)
        self.tasks = {task.task: task for task in planned.tasks}
        self.wanted = self._wanted()
        self.names = [request.shard] if request.shard else list(self.board.shards)
        self.worker = workers.own_name(os.getpid())
        self.lease = int(parse_duration(workspace.config.batch.lease) * 1e9)
        self.tree = BatchTree(self.store, self.batch, planned.snapshot)
        self.oids = self._oids()
        self.computed = 0
        self.pending: list[_Result] = []
        self.changes = Changes()
        self.recorded_at = time.monotonic()
        self.mine: set[str] = set()
        self.recalled: dict[str, tuple[list[TaskOutput], dict[str, str]]] = {}

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

    def run(self) -> None:
        """Do all that can be done, together with whoever else is at it."""
        depends_on = {name: task.depends_on for name, task in self.tasks.items()}
        if self.request.task:
            for name in self.names:
                if self.board.shards[name].status(self.request.task) == boards.READY:
                    require_inputs(self.batch, self.board.shards[name], self.wanted, depends_on)
        if not self._claimable():
            self._wait_for_others()
        self._put_plan()
        self._recall()
        if self._claimable():
            size = sum(row.size for name in self.names for row in self.shards[name])
            with open_engine(self.request.engine, self.request.jobs, size < SMALL_BYTES) as engine:
                self._work(engine)

    def _claimable(self) -> list[str]:
        now = self.workspace.caller.clock()
        return [name for name in self.names if self._claim(name, now)]

    def _claim(self, name: str, now: int) -> tuple[str, ...]:
        return claim(self.board.shards[name], self.wanted, now, self.worker, workers.may_live)

    def _work(self, engine: Engine) -> None:
        running: dict[Future[Done], tuple[str, dict[str, str]]] = {}
        waiting: list[str] = []
        try:
            while True:
                while len(running) < 2 * engine.width:
                    if not waiting:
                        waiting = self._lease_group()
                        if not waiting:
                            break
                    name = waiting.pop(0)
                    job, keys = self._remember(name, engine)
                    if job is not None:
                        running[engine.submit(job)] = (name, keys)
                    self._record_sometimes()
                if running:
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        name, keys = running.pop(future)
                        self._take(future.result(), keys)
                    self._record_sometimes()
                    continue
                self._record()
                if not self._claimable() and not self._wait_for_others():
                    return
        finally:
            for future in running:
                future.cancel()
            self._record()

    def _lease_group(self) -> list[str]:
        """Claim the next shards in one append; when somebody else was first, look again."""
        for _ in range(1000):
            now = self.workspace.caller.clock()
            names = [name for name in self.names if name not in self.mine and self._claim(name, now)][:GROUP]
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
                        tasks=self._claim(name, now),
                        worker=self.worker,
                        until=now + self.lease,
                    ),
                )
                for name in names
            ]
            try:
                self.workspace.append_all(entries)
            except VersionConflict:
                self._refresh()
                continue
            self._refresh()
            self.mine.update(names)
            return names
        raise AssertionError("others took every shard a thousand times, and yet none is done")

    def _refresh(self) -> None:
        self.position = refresh(self.workspace, self.board, self.position)
        total = len(self.names) * len(self.wanted)
        shards = [self.board.shards[name] for name in self.names]
        done = sum(shard.status(task) == DONE for shard in shards for task in self.wanted)
        failed = sum(shard.status(task) == FAILED for shard in shards for task in self.wanted)
        self.progress.moved(done, total, failed, self.board.memoised)

    def _recall(self) -> None:
        """Ask the memo about every shard. Those that it knows whole are done: nobody needs to claim them first."""
        for name in self._claimable():
            hits, keys = self._known(name)
            ready = [task for task in self.wanted if self.board.shards[name].status(task) == boards.READY]
            if len(hits) == len(ready):
                self.pending.append(_Result(name, tuple(hits), ()))
            elif hits:
                self.recalled[name] = (hits, keys)
        self._record()

    def _remember(self, name: str, engine: Engine) -> tuple[Job | None, dict[str, str]]:
        """A job for what the memo does not know of a shard, with the keys that are known beforehand."""
        hits, keys = self.recalled.pop(name, ([], {}))
        if hits:
            self.pending.append(_Result(name, tuple(hits), ()))
        shard, over = self.board.shards[name], {hit.task for hit in hits}
        missing = [t for t in self.wanted if shard.status(t) == boards.READY and t not in over]
        return (self._job(name, self.shards[name], missing, engine) if missing else None), keys

    def _known(self, name: str) -> tuple[list[TaskOutput], dict[str, str]]:
        """What the memo knows of the ready tasks of a shard, and the keys of those that it does not."""
        shard, files = self.board.shards[name], self.shards[name]
        known = {task: output.outputs for task, output in shard.done.items()}
        hits, keys = [], {}
        for task in self.wanted:
            planned = self.tasks[task]
            if shard.status(task) != boards.READY or not all(each in known for each in planned.depends_on):
                continue
            keys[task] = planning.memo_key(planned, files, known)
            hit = self._memo(task, name, keys[task])
            if hit is not None:
                hits.append(hit)
                known[task] = hit.outputs
        return hits, keys

    def _memo(self, task: str, shard: str, key: str) -> TaskOutput | None:
        """The earlier result of equal inputs, if everything that it names is still there."""
        known = queries.memo(self.workspace.views.connection, key)
        at = self.store.found(known.outputs) if known else None
        if known is None or at is None or not self.store.holds(at.oid):
            return None
        places: dict[str, Placed] | None = {}
        if known.objects:
            try:
                named = list(batch_store.named_objects(self.store, self.store.read(at.oid)))
            except AuroraError:  # damaged: compute it again, which stores it again
                return None
            places = batch_store.places_of(self.store, named)
        if places is None:
            return None
        self.changes.output(task, shard, at, known.outputs)
        for sha256, place in places.items():
            self.changes.named(sha256, place)
        return TaskOutput(task, key, known.outputs, known.records, known.size, known.objects, True)

    def _job(self, name: str, files: Sequence[IndexRow], tasks: Sequence[str], engine: Engine) -> Job:
        settings = {task: {each.key: each.value for each in self.tasks[task].settings} for task in tasks}
        chosen = tuple(
            File(row.path, row.lang_hint, row.sha256, self.oids.get(row.raw, "0" * 40), row.size)
            for row in files
        )
        contents = self._contents(chosen) if engine.remote else None
        return Job(name, tuple(tasks), settings, chosen, str(self.store.git), self.store.form.name, contents)

    def _contents(self, files: Iterable[File]) -> dict[str, bytes]:
        """The bytes of files for a worker that may not see the store; what cannot be read, it will miss."""
        found: dict[str, bytes] = {}
        for file in files:
            try:
                found[file.oid] = self.store.read(file.oid)
            except AuroraError:
                continue
        return found

    def _take(self, done: Done, keys: dict[str, str]) -> None:
        """Queue what a job gave, with the keys that are known only now."""
        files = self.shards[done.shard]
        known = {task: each.outputs for task, each in self.board.shards[done.shard].done.items()}
        for result in self.pending:
            if result.shard == done.shard:
                known.update({each.task: each.outputs for each in result.outputs})
        outputs, failures = [], []
        self.changes.blobs += done.blobs
        places = {blob.sha256: Placed(blob.oid, blob.size) for blob in done.blobs}
        for each in done.outputs:
            if each.error:
                failures.append(TaskFailure(each.task, each.error, each.paths))
                self._fail(each.task, done.shard, each.error, each.paths)
                continue
            key = keys.get(each.task) or planning.memo_key(self.tasks[each.task], files, known)
            known[each.task] = each.sha256
            outputs.append(
                TaskOutput(each.task, key, each.sha256, each.records, each.size, each.objects, False)
            )
            self.changes.output(each.task, done.shard, places[each.sha256], each.sha256)
        for sha256 in done.objects:
            self.changes.named(sha256, places[sha256])
        self.computed += len(outputs)
        self.pending.append(_Result(done.shard, tuple(outputs), tuple(failures)))

    def _fail(self, task: str, shard: str, error: str, paths: tuple[str, ...]) -> None:
        blob = pack(self.store.form, msgspec.json.encode(Failure(error, paths)))
        self.changes.blobs.append(blob)
        self.changes.put[batch_store.failure_path(task, shard)] = Leaf(FILE, blob.oid)

    def _put_plan(self) -> None:
        """The plan and the index go into the tree first, so that it tells what it is about from the beginning."""
        if batch_store.PLAN in self.tree.files():
            return
        planned = self.board.planned
        tree = one_snapshot(self.workspace, planned.snapshot).tree
        document = planning.plan_document(
            planned.index, tree, planned.pipeline, planned.tasks, planned.shards
        )
        blob = pack(self.store.form, document)
        index = self.store.found(planned.index.removeprefix("sha256:"))
        self.changes.blobs.append(blob)
        self.changes.put[batch_store.PLAN] = Leaf(FILE, blob.oid)
        if index is not None:
            self.changes.put[batch_store.INDEX] = Leaf(FILE, index.oid)

    def _record_sometimes(self) -> None:
        shards = len({result.shard for result in self.pending})
        if shards >= RECORDED or (shards and time.monotonic() - self.recorded_at > EVERY_SECONDS):
            self._record()

    def _record(self) -> None:
        """Store what is queued, then record it; of what others recorded meanwhile, theirs stands."""
        pending, changes = self.pending, self.changes
        self.pending, self.changes = [], Changes()
        self.recorded_at = time.monotonic()
        if changes:
            self.tree.write(changes)
        by_shard: dict[str, _Result] = {}
        for result in pending:
            before = by_shard.get(result.shard, _Result(result.shard, (), ()))
            by_shard[result.shard] = _Result(
                result.shard, before.outputs + result.outputs, before.failures + result.failures
            )
        if by_shard:
            self._refresh()
        try:
            self.workspace.append_all(
                [each for result in by_shard.values() for each in self._entries(result)]
            )
        except VersionConflict:
            for result in by_shard.values():
                self._record_one(result)
        self._refresh()
        self.mine -= {name for name in by_shard if self.board.shards[name].lease is None}

    def _record_one(self, result: _Result) -> None:
        while True:
            self._refresh()
            try:
                self.workspace.append_all(self._entries(result))
            except VersionConflict:
                continue
            return

    def _entries(self, result: _Result) -> list[Entry]:
        shard = self.board.shards[result.shard]
        outputs, failures = still_wanted(shard, result.outputs, result.failures)
        name, stamp = shard_stream(self.batch, result.shard), self.workspace.engine_stamp()
        events: list[ShardCompleted | ShardFailed] = []
        if outputs:
            events.append(ShardCompleted(*stamp, self.batch, result.shard, self.worker, outputs))
        if failures:
            events.append(ShardFailed(*stamp, self.batch, result.shard, self.worker, failures))
        return [Entry(name, shard.version + 1 + number, event) for number, event in enumerate(events)]

    def _wait_for_others(self) -> bool:
        """Wait while others hold what is left; whether something became free for us."""
        while True:
            self._refresh()
            if self._claimable():
                return True
            shards = [self.board.shards[name] for name in self.names]
            if all(shard.status(task) != boards.READY for shard in shards for task in self.wanted):
                return False
            time.sleep(_POLL)

    def finish(self, seconds: float) -> None:
        """Record the end of the batch, once, whoever gets there first."""
        while self.board.over and self.board.finished is None:
            event = self._end(seconds)
            try:
                self.workspace.append(stream(self.batch), self.board.version + 1, event)
            except VersionConflict:
                pass
            self._refresh()
        merge_small_packs(self.store)

    def _end(self, seconds: float) -> BatchFinished:
        planned, shards = self.board.planned, self.board.shards.values()
        outputs = [output for shard in shards for output in shard.done.values()]
        done, failed = self.board.count(DONE), self.board.count(FAILED)
        records = sum(output.records for output in outputs)
        size = sum(output.size for output in outputs)
        if not self.tree.files():  # a snapshot without files has a plan, and nothing else
            self._put_plan()
            self._record()
        tree = self.tree.tree()
        document = {
            "schema_name": "aurora.batch",
            "schema_version": 1,
            "id": self.batch,
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
            *self.workspace.engine_stamp(),
            batch=self.batch,
            snapshot=planned.snapshot,
            tree=tree,
            memo=self.board.memoised,
            seconds=round(seconds, 6),
            files=(LedgerFile(f"batches/{self.batch[:2]}/{self.batch}.json", text),),
            done=done,
            failed=failed,
            records=records,
            size=size,
        )


def run_batch(
    workspace: Workspace, batch: str, request: Request, progress: Progress, *, resumed: bool = False
) -> BatchReport:
    """Run a batch, or what is left of it, to its end. Publishes nothing by itself."""
    began = time.monotonic()
    runner = Runner(workspace, batch, request, progress)
    runner.run()
    if not request.task and not request.shard:
        runner.finish(time.monotonic() - began)
    board: Board = runner.board
    if board.over and board.finished is None:
        runner.finish(time.monotonic() - began)
    shards = board.shards.values()
    return BatchReport(
        batch=runner.batch,
        tree=runner.tree.tree(),
        shards=ShardCounts(board.count(DONE), board.count(FAILED), board.memoised, board.count(boards.READY)),
        outputs=sum(output.records for shard in shards for output in shard.done.values()),
        seconds=round(time.monotonic() - began, 6),
        snapshot=board.planned.snapshot,
        pipeline=board.planned.pipeline,
        finished=board.finished is not None,
        computed=runner.computed,
        resumed=resumed,
    )
