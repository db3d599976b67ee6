"""Snapshots and batches as of an earlier moment, and where a workspace says that it has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from batch_verbs import Batches, lose
from trees import write

BEFORE = {"a.py": b"x = 1 \n", "b.py": b"def f():\n    return 1\n"}
AFTER = {"a.py": b"x = 1\n", "b.py": b"def g():\n    return 1 \n"}


def position(batches: Batches) -> str:
    return str(batches.cli.json("status")["position"])


@pytest.fixture
def two(batches: Batches, tmp_path: Path) -> tuple[Batches, str, str]:
    """Two batches of two states of a folder."""
    first = batches.run(batches.take(write(tmp_path / "one", BEFORE))["id"])["batch"]
    second = batches.run(batches.take(write(tmp_path / "two", AFTER))["id"])["batch"]
    return batches, first, second


def test_a_batch_answers_as_it_stood_when_only_a_part_was_done(batches: Batches, tmp_path: Path) -> None:
    snapshot = batches.take(write(tmp_path / "code", BEFORE))["id"]
    batch = batches.cli.json("batch", "plan", "--snapshot", snapshot, "--pipeline", "full")["batch"]
    planned = position(batches)
    shard = batches.shard_of(snapshot, "a.py")
    batches.step(batch, "parse", shard)
    parsed = position(batches)
    batches.cli("batch", "run", "--batch", batch, "--jobs", "1")
    now = batches.query("outputs", batch)
    assert batches.query("outputs", batch, "--at", position(batches)) == now
    assert batches.query("outputs", batch, "--at", planned) == []
    then = batches.query("outputs", batch, "--at", parsed)
    assert then == [row for row in now if (row["task"], row["path"]) == ("parse", "a.py")]
    assert then, "one task of one file was done"
    groups = batches.query("stats", batch, "--group-by", "task", "--at", parsed)
    assert [group["group"] for group in groups] == ["parse"]


def test_before_it_was_planned_there_was_no_batch(two: tuple[Batches, str, str]) -> None:
    batches, first, second = two
    for words in (("query", "stats", "--batch", first), ("diff", first, second), ("verify", first)):
        error = batches.cli.json("batch", *words, "--at", "1", code=3)["error"]
        assert error["code"] == "ID-001"


def test_two_batches_are_compared_as_they_stood(two: tuple[Batches, str, str]) -> None:
    batches, first, second = two
    now = position(batches)

    def compared(verb: str, *more: str, code: int = 0) -> Any:
        return batches.cli.json("batch", verb, first, second, *more, code=code)

    for verb, code in (("diff", 0), ("regressions", 1), ("improvements", 0)):
        found = compared(verb, code=code)
        assert found["rows"]
        assert compared(verb, "--at", now, code=code) == found


def test_verify_reads_what_the_log_named_then(two: tuple[Batches, str, str]) -> None:
    batches, first, second = two
    now = position(batches)
    assert batches.cli.json("batch", "verify", first, "--at", now)["ok"]
    lose(batches, BEFORE["a.py"])
    damaged = batches.cli.json("batch", "verify", first, "--at", now, code=5)
    assert [name.split()[1] for name in damaged["missing"]] == ["a.py"]
    assert batches.cli.json("batch", "verify", second, "--at", now)["ok"], "it names other content"


def test_the_past_is_not_healed(two: tuple[Batches, str, str]) -> None:
    batches, first, _ = two
    before = batches.cli.json("log")
    error = batches.cli.json("batch", "verify", first, "--heal", "--at", "1", code=2)["error"]
    assert error["message"] == "the past cannot be healed"
    assert batches.cli.json("log") == before


def test_status_counts_snapshots_and_batches_and_names_what_is_unfinished(
    two: tuple[Batches, str, str], tmp_path: Path
) -> None:
    batches, _, _ = two
    then = position(batches)
    snapshot = batches.take(write(tmp_path / "three", {"c.py": b"y = 2\n"}))["id"]
    batch = batches.cli.json("batch", "plan", "--snapshot", snapshot, "--pipeline", "lint")["batch"]
    found = batches.cli.json("status")
    assert (found["snapshots"], found["batches"], found["unfinished"]) == (3, 3, [batch])
    assert f"aurora batch run --batch {batch}" in found["next"]
    assert "code      3 snapshots, 3 batches, 1 unfinished" in batches.cli("status").out
    earlier = batches.cli.json("status", "--at", then)
    assert (earlier["snapshots"], earlier["batches"], earlier["unfinished"]) == (2, 2, [])
    assert "code      2 snapshots, 2 batches\n" in batches.cli("status", "--at", then).out


def test_status_of_a_workspace_without_snapshots_does_not_speak_of_them(batches: Batches) -> None:
    assert "code " not in batches.cli("status").out


def test_snapshots_and_batches_are_shown_by_their_ids(two: tuple[Batches, str, str]) -> None:
    batches, first, _ = two
    shown = batches.cli.json("show", first)
    assert (shown["kind"], shown["id"], shown["data"]["state"]) == ("batch", first, "done")
    snapshot = shown["data"]["snapshot"]
    shown = batches.cli.json("show", snapshot)
    assert (shown["kind"], shown["id"], shown["data"]["files"]) == ("snapshot", snapshot, 2)
    assert batches.cli("show", snapshot).out.startswith(f"snapshot {snapshot}\n")


def test_doctor_says_whether_all_content_is_there(two: tuple[Batches, str, str]) -> None:
    batches, _, _ = two

    def findings(code: int) -> list[Any]:
        found = batches.cli.json("doctor", code=code)["findings"]
        return [each for each in found if each["name"] == "artifacts"]

    (well,) = findings(0)
    assert (well["level"], well["detail"]) == ("ok", "snapshots 2, batches 2, all content is there")
    lose(batches, BEFORE["a.py"])
    (lost,) = findings(5)
    assert lost["level"] == "broken"
    assert lost["detail"].endswith("a.py is missing")
    assert lost["cure"]
