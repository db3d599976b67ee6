"""Snapshots and batches killed anywhere, and several processes on one batch: the outputs are as if nothing had been."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli
from processes import descendants, gone
from trees import many

MODULES = 400
FUNCTIONS = 12


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on which a batch takes some seconds."""
    return many(tmp_path_factory.mktemp("tree"), MODULES, FUNCTIONS)


@pytest.fixture(scope="session")
def undisturbed(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a run that nobody disturbed gives, and how long its steps took."""
    root = tmp_path_factory.mktemp("undisturbed")
    aurora(root, "init", "--empty")
    began = time.monotonic()
    taken = json.loads(aurora(root, "snapshot", "take", str(tree), "--json"))
    between = time.monotonic()
    report = json.loads(aurora(root, "batch", "run", "--snapshot", taken["id"], "--jobs", "2", "--json"))
    ended = time.monotonic()
    return {**report, "snapshot_seconds": between - began, "batch_seconds": ended - between}


def aurora(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "aurora", "-C", str(root), *arguments]
    environment = {**os.environ, "AURORA_ACTOR": "human:tester"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def kill_after(cli: Cli, seconds: float, *arguments: str) -> bool:
    """Kill a command with all that it started; whether it was still at work."""
    process = cli.start(*arguments)
    try:
        process.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        children = descendants(process.pid)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert gone(children), "workers outlive the command that started them"
        return True


def rounds(cli: Cli, tree: Path, undisturbed: Any, count: int) -> Counter[str]:
    """Kill a snapshot and a batch ``count`` times at random moments, each time in a new workspace."""
    chosen = random.Random(count)
    hit: Counter[str] = Counter()
    for _ in range(count):
        shutil.rmtree(cli.root)
        cli.root.mkdir()
        cli("init", "--empty")
        moment = chosen.uniform(0.1, 1.1) * undisturbed["snapshot_seconds"]
        hit["snapshot"] += kill_after(cli, moment, "snapshot", "take", str(tree))
        taken = cli.json("snapshot", "take", str(tree))
        run = ("batch", "run", "--snapshot", taken["id"], "--jobs", "2")
        for _ in range(chosen.choice((1, 1, 2))):
            hit["batch"] += kill_after(cli, chosen.uniform(0.05, 1.0) * undisturbed["batch_seconds"], *run)
        report = cli.json(*run)
        assert report["finished"]
        assert (report["tree"], report["shards"]["failed"]) == (undisturbed["tree"], 0)
        assert cli.json("batch", "verify", report["batch"])["ok"]
        assert cli.json("replay", "--verify")["ok"]
        fsck = ["git", "--git-dir", str(cli.root / ".aurora" / "artifacts.git"), "fsck", "--strict"]
        subprocess.run(fsck, check=True, capture_output=True)
    return hit


def test_killed_a_few_times_the_outputs_are_the_same(empty: Cli, tree: Path, undisturbed: Any) -> None:
    assert rounds(empty, tree, undisturbed, 2).total() >= 1


@pytest.mark.slow
def test_killed_fifty_times_the_outputs_are_the_same(empty: Cli, tree: Path, undisturbed: Any) -> None:
    hit = rounds(empty, tree, undisturbed, 50)
    assert hit["batch"] >= 25
    assert hit["snapshot"] >= 25


@pytest.mark.slow
def test_four_processes_share_a_batch_and_no_task_is_completed_twice(
    empty: Cli, tree: Path, undisturbed: Any
) -> None:
    taken = empty.json("snapshot", "take", str(tree))
    run = ("batch", "run", "--snapshot", taken["id"], "--jobs", "1", "--json")
    racing = [empty.start(*run) for _ in range(4)]
    ended = [process.communicate() for process in racing]
    assert [process.returncode for process in racing] == [0] * 4, ended
    reports = [json.loads(out) for out, _ in ended]
    assert {report["tree"] for report in reports} == {undisturbed["tree"]}
    completed: Counter[tuple[str, str, str]] = Counter()
    for line in empty.json("log", "--type", "shard.completed"):
        data = line["data"]
        completed.update((data["batch"], data["shard"], output["task"]) for output in data["outputs"])
    assert set(completed.values()) == {1}
    assert len(completed) == reports[0]["shards"]["done"]
    assert len(empty.json("log", "--type", "batch.finished")) == len({report["batch"] for report in reports})
    assert empty.json("batch", "gates", reports[0]["batch"])["ok"]
    assert empty.json("replay", "--verify")["ok"]


def test_ctrl_c_leaves_a_batch_that_goes_on(empty: Cli, tree: Path, undisturbed: Any) -> None:
    taken = empty.json("snapshot", "take", str(tree))
    process = empty.start("batch", "run", "--snapshot", taken["id"], "--jobs", "2")
    time.sleep(undisturbed["batch_seconds"] * 0.6)
    children = descendants(process.pid)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert gone(children)
    assert "Traceback" not in err
    assert process.returncode in (0, 130)
    report = empty.json("batch", "run", "--snapshot", taken["id"])
    assert report["tree"] == undisturbed["tree"]


def test_a_memo_answers_a_second_batch_and_an_edit_costs_its_shards_only(
    empty: Cli, tree: Path, undisturbed: Any, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(tree, copy)
    first = empty.json("batch", "run", "--snapshot", empty.json("snapshot", "take", str(copy))["id"])
    second = empty.json("batch", "run", "--snapshot", empty.json("snapshot", "take", str(copy))["id"])
    assert second["batch"] != first["batch"]
    assert (second["tree"], second["computed"]) == (first["tree"], 0)
    assert second["shards"]["memo"] == second["shards"]["done"] == first["shards"]["done"]
    (copy / "pkg0" / "mod0.py").write_text("def edited(): pass\n")
    third = empty.json("batch", "run", "--snapshot", empty.json("snapshot", "take", str(copy))["id"])
    assert 4 <= third["computed"] <= 8
    assert third["shards"]["memo"] == third["shards"]["done"] - third["computed"]
    difference = empty.json("batch", "diff", first["batch"], third["batch"])
    assert {row["path"] for row in difference["rows"]} == {"pkg0/mod0.py"}
    assert empty.json("batch", "diff", first["batch"], second["batch"])["rows"] == []


@pytest.mark.slow
def test_processes_and_a_dask_cluster_give_the_same_tree(empty: Cli, tree: Path, undisturbed: Any) -> None:
    pytest.importorskip("distributed")
    from distributed import LocalCluster

    taken = empty.json("snapshot", "take", str(tree))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        address = cluster.scheduler_address
        process = empty.start("batch", "run", "--snapshot", taken["id"], "--engine", address, "--json")
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        report = json.loads(out)
    assert (report["tree"], report["shards"]["memo"]) == (undisturbed["tree"], 0)
    one = empty.json("batch", "run", "--snapshot", taken["id"], "--jobs", "1", "--set", "max_line=121")
    two = empty.json("batch", "run", "--snapshot", taken["id"], "--jobs", "2", "--set", "max_line=122")
    assert one["tree"] != two["tree"], "settings are part of what a batch is"


def test_a_dask_scheduler_that_is_not_there_is_said_so(empty: Cli, tree: Path) -> None:
    pytest.importorskip("distributed")
    taken = empty.json("snapshot", "take", str(tree))
    run = ("batch", "run", "--snapshot", taken["id"], "--engine", "carrier-pigeon://x")
    assert empty.json(*run, code=2)["error"]["code"] == "BATCH-006"


@pytest.mark.skipif(resource.getrlimit(resource.RLIMIT_FSIZE)[0] != -1, reason="files are limited already")
def test_a_store_that_cannot_grow_is_said_in_one_line_and_works_again(
    empty: Cli, tree: Path, undisturbed: Any
) -> None:
    taken = empty.json("snapshot", "take", str(tree))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, limits[1]))
    try:
        result = empty("batch", "run", "--snapshot", taken["id"], "--jobs", "1", code=None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert result.code in (4, 6), result.err
    assert "Traceback" not in result.err
    report = empty.json("batch", "run", "--snapshot", taken["id"])
    assert report["tree"] == undisturbed["tree"]
    assert empty.json("replay", "--verify")["ok"]
