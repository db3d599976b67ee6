"""The views of snapshots and batches: given events, then rows."""

from __future__ import annotations

from typing import Any

from aurora_events import batches, snapshots
from aurora_events.base import Event
from aurora_events.batches import (
    BatchFinished,
    BatchPlanned,
    PlannedTask,
    Setting,
    ShardCompleted,
    ShardFailed,
    ShardLeased,
    ShardRetried,
    TaskFailure,
    TaskOutput,
)
from aurora_events.codec import digest, encode
from aurora_events.record import Recorded
from aurora_events.snapshots import ArtifactsDamaged, ArtifactsHealed, Remark, SnapshotTaken
from aurora_projections import queries
from aurora_projections.views import Views

STAMP = (1_700_000_000_000_000_000, "human:ada", "c1")


class Log:
    def __init__(self, *events: Event) -> None:
        self.facts = [
            Recorded(n, stream_of(event), n, event, digest(encode(event)))
            for n, event in enumerate(events, 1)
        ]

    def scan(self, after: int, limit: int, through: int) -> list[Recorded]:
        return self.facts[after : min(after + limit, through)]

    def position(self) -> int:
        return len(self.facts)


def stream_of(event: Any) -> str:
    if isinstance(event, SnapshotTaken):
        return snapshots.stream(event.snapshot)
    if isinstance(event, ArtifactsDamaged | ArtifactsHealed):
        return snapshots.STORE
    shard = getattr(event, "shard", None)
    return batches.shard_stream(event.batch, shard) if shard else batches.stream(event.batch)


TAKEN = SnapshotTaken(
    *STAMP, "s", "tree", "sha256:i", 2, 99, "./code", "sha1", (Remark("fifo_skipped", "p", "a pipe"),), ()
)
TASKS = tuple(PlannedTask(n, f"{n}/1", "3.11.7", (Setting("k", "v"),), ()) for n in ("parse", "lint"))
PLANNED = BatchPlanned(*STAMP, "b", "s", "sha256:i", "parse,lint", "plan", 1, TASKS, ("1a", "2b"))
LEASED = ShardLeased(*STAMP, "b", "1a", ("parse", "lint"), "ada", 5)
DONE = ShardCompleted(*STAMP, "b", "1a", "ada", (TaskOutput("parse", "key", "out", 3, 99, 1, False),))
FAILED = ShardFailed(*STAMP, "b", "1a", "ada", (TaskFailure("lint", "it broke", ("a.py",)),))
FINISHED = BatchFinished(*STAMP, "b", "s", "tree", 3, 1, 0, 3, 99, 0.5, ())


def test_a_snapshot_is_listed_with_what_was_odd() -> None:
    with Views.in_memory(Log(TAKEN)) as views:
        (row,) = queries.snapshots(views.connection)
        assert (row.id, row.files, row.bytes, row.tree) == ("s", 2, 99, "tree")
        assert row.warnings == '[{"code":"fifo_skipped","path":"p","message":"a pipe"}]'


def test_damage_stays_until_it_is_healed() -> None:
    damaged = ArtifactsDamaged(*STAMP, ("one",), ("two",))
    with Views.in_memory(Log(damaged)) as views:
        assert [(row.object, row.state) for row in queries.damage(views.connection)] == [
            ("one", "missing"),
            ("two", "corrupt"),
        ]
    with Views.in_memory(Log(damaged, ArtifactsHealed(*STAMP, ("two",), "./code"))) as views:
        assert [row.object for row in queries.damage(views.connection)] == ["one"]


def states(*events: Event) -> dict[str, tuple[str, int, str]]:
    with Views.in_memory(Log(*events)) as views:
        rows = queries.shard_tasks(views.connection, "b")
    return {row.task: (row.state, row.attempts, row.error) for row in rows}


def test_every_task_of_a_shard_is_followed() -> None:
    assert states(PLANNED, LEASED) == {"parse": ("running", 1, ""), "lint": ("running", 1, "")}
    assert states(PLANNED, LEASED, DONE, FAILED) == {
        "parse": ("done", 1, ""),
        "lint": ("failed", 1, "it broke"),
    }
    retried = ShardRetried(*STAMP, "b", "1a", ("lint",))
    assert states(PLANNED, LEASED, DONE, FAILED, retried)["lint"] == ("ready", 1, "")


def test_the_memo_keeps_the_first_outputs_of_a_key() -> None:
    other = ShardCompleted(*STAMP, "b", "2b", "ada", (TaskOutput("parse", "key", "other", 1, 1, 0, False),))
    with Views.in_memory(Log(PLANNED, DONE, other)) as views:
        known = queries.memo(views.connection, "key")
        assert known is not None
        assert (known.outputs, known.objects) == ("out", 1)
        assert queries.memo(views.connection, "nothing") is None


def test_a_batch_ends_and_is_opened_again_by_a_retry() -> None:
    with Views.in_memory(Log(PLANNED, LEASED, DONE, FAILED, FINISHED)) as views:
        (row,) = queries.batches(views.connection)
        assert (row.state, row.done, row.failed, row.tree) == ("failed", 3, 1, "tree")
    retried = ShardRetried(*STAMP, "b", "1a", ("lint",))
    with Views.in_memory(Log(PLANNED, LEASED, DONE, FAILED, FINISHED, retried)) as views:
        assert queries.batches(views.connection)[0].state == "running"
        assert [row.id for row in queries.batches_of_plan(views.connection, "plan", "s")] == ["b"]
