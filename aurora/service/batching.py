"""Running a batch: claim shards, remember or compute, store, record; then again, until nothing is left.

Objects are durable before the ref, the ref moves before the event: killed anywhere, the next run does the rest.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from typing import Final

import msgspec

from aurora.batch import board as boards
from aurora.batch.board import DONE, FAILED, require_inputs
from aurora.batch.index import IndexRow
from aurora.batch.trees import choosing
from aurora.errors import AuroraError, Refused
from aurora.service.batch_desk import Desk, Progress, Request
from aurora.service.batch_engines import Engine, open_engine
from aurora.service.batch_recording import Recorder, Result
from aurora.service.batch_worker import Done, File, Job
from aurora.service.workspace import Workspace
from aurora_events.batches import TaskFailure, TaskOutput

SMALL_BYTES: Final = 400_000
"""Work that is done sooner than processes are started for it."""


class ShardCounts(msgspec.Struct, frozen=True):
    """Tasks of shards: ``done`` (of them ``memo`` from memory) and ``failed`` in the whole batch; ``ready`` waits."""

    done: int
    failed: int
    memo: int
    ready: int


class BatchReport(msgspec.Struct, frozen=True):
    """A batch after a run. ``tree`` is the Git tree of all outputs, ``outputs`` counts records.

    ``as_text`` are languages of files that were read as text only, for want of their grammars.
    """

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
    as_text: tuple[str, ...] = ()


class Runner:
    """One run over one batch: jobs go out, results come back."""

    def __init__(self, workspace: Workspace, batch: str, request: Request, progress: Progress) -> None:
        self.desk = Desk(workspace, batch, request, progress)
        self.recorder = Recorder(self.desk)
        self.recalled: dict[str, tuple[list[TaskOutput], dict[str, str]]] = {}

    def run(self) -> None:
        """Do all that can be done, together with whoever else is at it."""
        desk = self.desk
        depends_on = {name: task.depends_on for name, task in desk.tasks.items()}
        if desk.request.task:
            for name in desk.names:
                if desk.board.shards[name].status(desk.request.task) == boards.READY:
                    require_inputs(desk.batch, desk.board.shards[name], desk.wanted, depends_on)
        self.recorder.put_plan()
        self._recall()
        if desk.wait_for_others():
            size = sum(row.size for name in desk.names for row in desk.shards[name])
            with open_engine(desk.request.engine, desk.request.jobs, size < SMALL_BYTES) as engine:
                self._work(engine)

    def _work(self, engine: Engine) -> None:
        running: dict[Future[Done], dict[str, str]] = {}
        waiting: list[str] = []
        try:
            while True:
                while len(running) < 2 * engine.width:
                    waiting = waiting or self.desk.lease_group()
                    if not waiting:
                        break
                    job, keys = self._remember(waiting.pop(0), engine)
                    if job is not None:
                        running[engine.submit(job)] = keys
                    self.recorder.record_sometimes()
                if running:
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        keys = running.pop(future)
                        self.recorder.take(future.result(), keys)
                    self.recorder.record_sometimes()
                    continue
                self.recorder.record()
                if not self.desk.claimable() and not self.desk.wait_for_others():
                    return
        except BrokenExecutor as error:
            raise Refused(
                "BATCH-011",
                f"a worker process ended before its time: {error}",
                where=f"batch {self.desk.batch}",
                hint="was there too little memory? what is done is kept: run it again with --jobs 1",
            ) from error
        finally:
            for future in running:
                future.cancel()
            self.recorder.record()

    def _recall(self) -> None:
        """Ask the memo about every shard. Those that it knows whole are done: nobody needs to claim them first."""
        for name in self.desk.claimable():
            hits, keys = self.recorder.known(name)
            shard = self.desk.board.shards[name]
            ready = [task for task in self.desk.wanted if shard.status(task) == boards.READY]
            if len(hits) == len(ready):
                self.recorder.pending.append(Result(name, tuple(hits), ()))
            elif hits:
                self.recalled[name] = (hits, keys)
        self.recorder.record()

    def _remember(self, name: str, engine: Engine) -> tuple[Job | None, dict[str, str]]:
        """A job for what the memo does not know of a shard, with the keys that are known beforehand."""
        hits, keys = self.recalled.pop(name, ([], {}))
        shard, over = self.desk.board.shards[name], {hit.task for hit in hits}
        missing = [t for t in self.desk.wanted if shard.status(t) == boards.READY and t not in over]
        hopeless = [failure for task in missing if (failure := self._hopeless(shard, task))]
        for failure in hopeless:
            missing.remove(failure.task)
            self.recorder.fail(failure, name)
        if hits or hopeless:
            self.recorder.pending.append(Result(name, tuple(hits), tuple(hopeless)))
        return (self._job(name, self.desk.shards[name], missing, engine) if missing else None), keys

    def _hopeless(self, shard: boards.Shard, task: str) -> TaskFailure | None:
        """Why a task cannot be done: one that it builds on has failed before."""
        for name in self.desk.tasks[task].depends_on:
            if name in shard.failed:
                failed = shard.failed[name]
                return TaskFailure(task, f"it builds on {name}, which failed: {failed.error}", failed.paths)
        return None

    def _job(self, name: str, files: Sequence[IndexRow], tasks: Sequence[str], engine: Engine) -> Job:
        settings = {task: {each.key: each.value for each in self.desk.tasks[task].settings} for task in tasks}
        chosen = tuple(
            File(row.path, row.lang_hint, row.sha256, self.desk.oids.get(row.raw, "0" * 40), row.size)
            for row in files
        )
        contents = self._contents(chosen) if engine.remote else None
        return Job(
            name,
            tuple(tasks),
            settings,
            chosen,
            str(self.desk.store.git),
            self.desk.store.form.name,
            contents,
        )

    def _contents(self, files: Iterable[File]) -> dict[str, bytes]:
        """The bytes of files for a worker that may not see the store; what cannot be read, it will miss."""
        found: dict[str, bytes] = {}
        for file in files:
            try:
                found[file.oid] = self.desk.store.read(file.oid)
            except AuroraError:
                continue
        return found


def run_batch(
    workspace: Workspace, batch: str, request: Request, progress: Progress, *, resumed: bool = False
) -> BatchReport:
    """Run a batch, or what is left of it, to its end. Publishes nothing by itself."""
    began = time.monotonic()
    runner = Runner(workspace, batch, request, progress)
    runner.run()
    desk, board = runner.desk, runner.desk.board
    runner.recorder.finish(time.monotonic() - began)
    shards = board.shards.values()
    return BatchReport(
        batch=desk.batch,
        tree=desk.tree.tree(),
        shards=ShardCounts(board.count(DONE), board.count(FAILED), board.memoised, board.count(boards.READY)),
        outputs=sum(output.records for shard in shards for output in shard.done.values()),
        seconds=round(time.monotonic() - began, 6),
        snapshot=board.planned.snapshot,
        pipeline=board.planned.pipeline,
        finished=board.finished is not None,
        computed=runner.recorder.computed,
        resumed=resumed,
        as_text=_as_text(desk),
    )


def _as_text(desk: Desk) -> tuple[str, ...]:
    """Languages in the snapshot whose files would tell the batch's tasks more, were the extra installed."""
    settings = {
        each.key: each.value
        for task in choosing.READERS
        if task in desk.tasks
        for each in desk.tasks[task].settings
    }
    if not any(task in desk.tasks for task in choosing.READERS):
        return ()
    languages = {row.lang_hint for rows in desk.shards.values() for row in rows}
    return tuple(sorted(each for each in languages if choosing.missed(settings, each)))
