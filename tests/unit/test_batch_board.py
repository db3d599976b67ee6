"""The life of a shard: given what happened, when a worker asks or reports, then this."""

from __future__ import annotations

import pytest

from aurora.batch.board import Board, NotReady, Shard, claim, evolve, require_inputs, still_wanted
from aurora_events.base import Event
from aurora_events.batches import (
    BatchFinished,
    BatchPlanned,
    PlannedTask,
    ShardCompleted,
    ShardFailed,
    ShardLeased,
    ShardRetried,
    TaskFailure,
    TaskOutput,
    shard_stream,
    stream,
)
from aurora_events.record import Recorded

STAMP = (10, "engine", "c1")
TASKS = ("parse", "lint")
NEEDS: dict[str, tuple[str, ...]] = {"parse": (), "lint": ("parse",)}


def output(task: str, memo: bool = False) -> TaskOutput:
    return TaskOutput(task, f"key of {task}", f"sha256 of {task}", 3, 99, 0, memo)


def failure(task: str) -> TaskFailure:
    return TaskFailure(task, "it broke", ("a.py",))


LEASED = ShardLeased(*STAMP, "b", "1a", TASKS, "ada", 1000)
PARSED = ShardCompleted(*STAMP, "b", "1a", "ada", (output("parse"),))
LINTED = ShardCompleted(*STAMP, "b", "1a", "ada", (output("lint"),))
BROKE = ShardFailed(*STAMP, "b", "1a", "ada", (failure("lint"),))
RETRIED = ShardRetried(*STAMP, "b", "1a", ("lint",))


def given(*events: Event) -> Shard:
    shard = Shard("1a")
    for version, event in enumerate(events, 1):
        shard = evolve(shard, Recorded(version, shard_stream("b", "1a"), version, event, b""))
    return shard


def alive(worker: str) -> bool:
    return worker != "dead"


def test_a_new_shard_is_free() -> None:
    assert claim(given(), TASKS, 0, "ada", alive) == TASKS


def test_while_somebody_works_others_wait() -> None:
    assert claim(given(LEASED), TASKS, 999, "bob", alive) == ()
    assert claim(given(LEASED), TASKS, 999, "ada", alive) == TASKS


def test_a_lease_ends_by_the_clock_and_with_its_holder() -> None:
    assert claim(given(LEASED), TASKS, 1000, "bob", alive) == TASKS
    assert claim(given(LEASED), TASKS, 1, "bob", lambda worker: worker != "ada") == TASKS


def test_what_is_done_or_failed_is_not_taken_again() -> None:
    assert claim(given(LEASED, PARSED), TASKS, 2000, "bob", alive) == ("lint",)
    assert claim(given(LEASED, PARSED, LINTED), TASKS, 2000, "bob", alive) == ()
    assert claim(given(LEASED, PARSED, BROKE), TASKS, 2000, "bob", alive) == ()


def test_a_lease_is_over_with_its_last_task() -> None:
    assert given(LEASED, PARSED).lease is not None
    assert given(LEASED, PARSED, LINTED).lease is None
    assert given(LEASED, PARSED, BROKE).lease is None


def test_a_retry_frees_what_failed_and_needs_no_clean_up() -> None:
    shard = given(LEASED, PARSED, BROKE, RETRIED)
    assert (shard.status("parse"), shard.status("lint")) == ("done", "ready")
    assert claim(shard, TASKS, 1, "bob", alive) == ("lint",)


def test_lost_outputs_are_done_again() -> None:
    shard = given(LEASED, PARSED, LINTED, ShardRetried(*STAMP, "b", "1a", ("parse",)))
    assert (shard.status("parse"), shard.status("lint")) == ("ready", "done")


def test_done_stays_done_whoever_reports_later() -> None:
    shard = given(LEASED, PARSED)
    assert still_wanted(shard, [output("parse"), output("lint")], []) == ((output("lint"),), ())
    assert still_wanted(shard, [], [failure("parse"), failure("lint")]) == ((), (failure("lint"),))


def test_a_failure_is_over_when_another_worker_succeeds() -> None:
    shard = given(LEASED, PARSED, BROKE, LINTED)
    assert (shard.status("lint"), shard.failed) == ("done", {})


def test_a_task_needs_what_it_builds_on() -> None:
    require_inputs("b", given(LEASED, PARSED), ("lint",), NEEDS)
    require_inputs("b", given(), TASKS, NEEDS)
    with pytest.raises(NotReady, match="lint of shard 1a builds on parse"):
        require_inputs("b", given(), ("lint",), NEEDS)


def board(*events: Event) -> Board:
    tasks = tuple(PlannedTask(name, f"{name}/1", "3.11", (), NEEDS[name]) for name in TASKS)
    made = Board(BatchPlanned(*STAMP, "b", "s", "sha256:i", "p", "plan", 1, tasks, ("1a",)))
    streams = {BatchFinished: stream("b")}
    versions = {stream("b"): 1}
    for position, event in enumerate(events, 2):
        name = streams.get(type(event), shard_stream("b", "1a"))  # type: ignore[call-overload]
        versions[name] = versions.get(name, 0) + 1
        made.feed([Recorded(position, name, versions[name], event, b"")])
    return made


def test_a_batch_is_over_when_nothing_is_ready() -> None:
    assert not board(LEASED, PARSED).over
    assert board(LEASED, PARSED, LINTED).over
    assert board(LEASED, PARSED, BROKE).over
    assert board(LEASED, PARSED, BROKE).count("failed") == 1


def test_a_retry_reopens_a_finished_batch() -> None:
    finished = BatchFinished(*STAMP, "b", "s", "tree", 1, 1, 0, 3, 99, 0.5, ())
    assert board(LEASED, PARSED, BROKE, finished).finished is not None
    assert board(LEASED, PARSED, BROKE, finished, RETRIED).finished is None


def test_events_of_other_batches_are_passed_over() -> None:
    made = board()
    made.feed([Recorded(9, "shard/other/1a", 1, LEASED, b""), Recorded(10, "spec/x", 1, PARSED, b"")])
    assert made.count("ready") == 2
