"""Snapshots and batches in daily use: what is taken, what is asked, what is compared."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from batch_verbs import FULL, Batches, damage, git_repository
from commandline import Cli
from trees import GOLDEN, age, many, write


def test_ignored_files_are_left_out_as_git_does(batches: Batches, tmp_path: Path) -> None:
    files = {
        ".gitignore": b"*.log\nbuild/\n!keep.log\n/top.txt\ndoc/**/x.txt\n",
        "a.log": b"1",
        "keep.log": b"2",
        "build/x.py": b"3",
        "sub/build/y.py": b"4",
        "top.txt": b"5",
        "sub/top.txt": b"6",
        "doc/a/b/x.txt": b"7",
        "doc/x.txt": b"8",
        "sub/.gitignore": b"!a.log\nonly.py\n",
        "sub/a.log": b"9",
        "sub/only.py": b"10",
        "only.py": b"11",
    }
    folder = write(tmp_path / "code", files)
    taken = batches.take(folder)
    with git_repository(folder, "sha1") as git:
        git("add", "-A")
        assert git("write-tree").strip() == taken["tree"]


def test_an_edit_is_seen_also_within_the_tick_of_a_clock(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"x = 1\n", "b.py": b"y = 1\n"})
    age(folder)
    seen = set()
    for number in range(5):
        (folder / "a.py").write_bytes(b"x = %d\n" % number)
        seen.add(batches.take(folder)["tree"])
    assert len(seen) == 5


def test_a_clone_brings_back_the_log_and_the_folder_the_artifacts(
    batches: Batches, golden: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = batches.take(golden, "--id", "labelled")
    report = batches.run(taken["id"])
    before = batches.everything(report["batch"])
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(batches.cli.root / "repo-state"), str(clone)], check=True)
    back = Cli(tmp_path / "back", capsys)
    back.root.mkdir()
    back("restore", "--from", str(clone))
    restored = Batches(back)
    verified = back.json("replay", "--verify", code=5)
    assert verified["missing"] == ["snapshot labelled", f"batch {report['batch']}"]
    assert verified["problems"] == []
    error = back.json("batch", "query", "stats", "--batch", report["batch"], code=3)
    assert error["error"]["code"] == "ARTIFACT-001"
    restored.take(golden)
    assert back.json("snapshot", "files", "labelled") == batches.cli.json("snapshot", "files", "labelled")
    assert back.json("batch", "verify", report["batch"], "--heal")["ok"]
    assert back.json("replay", "--verify")["ok"]
    assert restored.everything(report["batch"]) == before


def test_tables_of_artifacts_can_be_deleted(batches: Batches, golden: Path) -> None:
    report = batches.run(batches.take(golden)["id"])
    before = batches.everything(report["batch"])
    shutil.rmtree(batches.cli.root / ".aurora" / "views")
    shutil.rmtree(batches.cli.root / "repo-state")
    batches.cli("project", "rebuild")
    assert batches.everything(report["batch"]) == before
    assert batches.cli.json("replay", "--verify")["ok"]
    shutil.rmtree(batches.cli.root / ".aurora" / "views")
    again = batches.run(batches.take(golden)["id"])
    assert (again["tree"], again["computed"]) == (report["tree"], 0)
    (row,) = batches.query("outputs", again["batch"], "--path", "hello.py", "--kind", "ast")
    shutil.rmtree(batches.cli.root / ".aurora" / "views")
    assert len(batches.object(row["object"])) == row["size"]


def test_findings_of_ruff_are_diagnostics_like_others(batches: Batches, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "code", {"a.py": b"import os\nx = 1\n", "b.py": b"def (:\n", "c.txt": b"import os\n"}
    )
    report = batches.run(batches.take(folder)["id"], pipeline="full,ruff")
    found = {
        (r["path"], r["code"], r["line"])
        for r in batches.query("diagnostics", report["batch"], "--task", "ruff")
    }
    assert ("a.py", "F401", 1) in found
    assert {path for path, _, _ in found} == {"a.py", "b.py"}
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]


def test_regressions_and_improvements_are_told_apart(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"x = 1 \n", "b.py": b"y = 1\n"})
    old = batches.run(batches.take(folder)["id"])["batch"]
    write(folder, {"a.py": b"x = 1\n", "b.py": b"\n\ny = 1\n# TODO\n"})
    new = batches.run(batches.take(folder)["id"])["batch"]
    worse = batches.cli.json("batch", "regressions", old, new, code=1)
    assert [(row["path"], row["record"]["code"]) for row in worse["rows"]] == [("b.py", "L003")]
    better = batches.cli.json("batch", "improvements", old, new)
    assert [(row["path"], row["record"]["code"]) for row in better["rows"]] == [("a.py", "L001")]
    moved = batches.take(write(folder, {"a.py": b"\nx = 1\n", "b.py": b"\n\n\ny = 1\n# TODO\n"}))
    later = batches.run(moved["id"])["batch"]
    assert batches.cli.json("batch", "regressions", new, later)["rows"] == []


def test_rows_come_in_every_form(batches: Batches, golden: Path) -> None:
    batch = batches.run(batches.take(golden)["id"])["batch"]
    rows = batches.query("metrics", batch, "--path", "hello.py")
    lines = batches.cli("batch", "query", "metrics", "-b", batch, "--path", "hello.py", "--jsonl").out
    assert [json.loads(line) for line in lines.splitlines()] == rows
    table = batches.cli("batch", "query", "metrics", "-b", batch, "--path", "hello.py", "--csv").out
    assert table.splitlines()[0] == "task,shard,path,kind,metric,value,qualname,line"
    assert len(table.splitlines()) == len(rows) + 1
    page = batches.query("metrics", batch, "--limit", "2", "--offset", "1")
    assert page == batches.query("metrics", batch)[1:3]
    assert batches.query("metrics", batch, "--name", "lang", "--group-by", "lang") == [
        *(
            {"group": "unknown", "count": 4},
            {"group": "markdown", "count": 1},
            {"group": "python", "count": 1},
        )
    ]


def test_a_gate_that_is_broken_says_so(batches: Batches, golden: Path) -> None:
    report = batches.run(batches.take(golden)["id"])
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]
    git = ["git", "--git-dir", str(batches.git)]
    ref = f"refs/aurora/batches/{report['batch']}"
    tree = subprocess.run([*git, "ls-tree", ref], check=True, capture_output=True, text=True).stdout
    blob = subprocess.run(
        [*git, "hash-object", "-w", "--stdin"], input=b"x", check=True, capture_output=True
    ).stdout.decode()
    forged = tree + f"100644 blob {blob.strip()}\tevil.sh\n"
    made = subprocess.run(
        [*git, "mktree"], input=forged.encode(), check=True, capture_output=True
    ).stdout.decode()
    commit = ["-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-m", "x", made.strip()]
    oid = subprocess.run([*git, *commit], check=True, capture_output=True, text=True).stdout.strip()
    subprocess.run([*git, "update-ref", ref, oid], check=True)
    gates = batches.cli.json("batch", "gates", report["batch"], code=5)
    broken = {gate["name"] for gate in gates["gates"] if not gate["ok"]}
    assert broken == {"end to end", "write scope"}


def test_what_builds_on_a_failure_fails_with_it(batches: Batches, golden: Path) -> None:
    snapshot = batches.take(golden)["id"]
    batch = batches.cli.json("batch", "plan", "--snapshot", snapshot)["batch"]
    damage(batches, GOLDEN["hello.py"])
    batches.step(batch, "parse", batches.shard_of(snapshot, "hello.py"), code=1)
    batches.take(golden)
    report = batches.cli.json("batch", "run", "--batch", batch, code=1)
    assert report["shards"] == {"done": 20, "failed": 4, "memo": 0, "ready": 0}
    errors = {row["task"]: row["error"] for row in batches.query("failed", batch)}
    assert all(errors[task].startswith("it builds on parse, which failed") for task in FULL[1:])
    assert batches.cli.json("batch", "retry", batch)["shards"]["failed"] == 0


def test_who_finds_everything_claimed_waits_for_the_end(batches: Batches, tmp_path: Path) -> None:
    folder = many(tmp_path / "code", 120, 8)
    snapshot = batches.take(folder)["id"]
    run = ("batch", "run", "--snapshot", snapshot, "--jobs", "1", "--json")
    racing = [batches.cli.start(*run) for _ in range(4)]
    reports = [json.loads(process.communicate()[0]) for process in racing]
    assert [report["finished"] for report in reports] == [True] * 4
    assert len({report["tree"] for report in reports}) == 1
