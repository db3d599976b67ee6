"""Snapshots and batches under odd names, killed, damaged and raced: each case through the command line."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from batch_verbs import GIT, Batches, damage, git_repository, lose
from trees import GOLDEN, many, write


@pytest.mark.parametrize(
    "label", ["../../../esc", "a/b", "/abs", "..", "a..b", "", "-x", "a\nb", "x.lock", "ü"]
)
def test_h01_an_id_never_leads_out(batches: Batches, golden: Path, label: str) -> None:
    outside = {path for path in batches.cli.root.parent.rglob("*") if GIT not in str(path)}
    assert batches.take(golden, f"--id={label}", code=2)["error"]["code"] == "SNAPSHOT-001"
    for what in ("show", "files"):
        assert batches.cli("snapshot", what, f"../{label}", code=None).code in (2, 3)
    assert {path for path in batches.cli.root.parent.rglob("*") if GIT not in str(path)} == outside


def test_h02_links_are_kept_as_links(batches: Batches, tmp_path: Path) -> None:
    write(tmp_path, {"outside.txt": b"secret", "elsewhere/x.py": b"x = 1\n"})
    folder = write(tmp_path / "code", {"a.py": b"a = 1\n"})
    (folder / "leak.txt").symlink_to("../outside.txt")
    (folder / "folder").symlink_to("../elsewhere")
    (folder / "self").symlink_to(".")
    (folder / "broken").symlink_to("nowhere")
    taken = batches.take(folder)
    rows = {row["path"]: row for row in batches.cli.json("snapshot", "files", taken["id"])}
    assert set(rows) == {"a.py", "leak.txt", "folder", "self", "broken"}
    assert rows["leak.txt"]["mode"] == "120000"
    assert rows["leak.txt"]["object"] == f"sha256:{hashlib.sha256(b'../outside.txt').hexdigest()}"
    batch = batches.run(taken["id"])["batch"]
    assert {row["path"] for row in batches.query("outputs", batch)} == {"a.py"}


def test_h03_a_pipe_or_socket_is_passed_over(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"a = 1\n"})
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / ".gitignore")
    server = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    try:
        os.chdir(folder)
        server.bind("socket")
    finally:
        os.chdir(here)
    began = time.monotonic()
    taken = batches.take(folder)
    assert time.monotonic() - began < 8
    server.close()
    assert taken["files"] == 1
    assert {(each["code"], each["path"]) for each in taken["warnings"]} == {
        *(("fifo_skipped", "pipe"), ("fifo_skipped", ".gitignore"), ("socket_skipped", "socket"))
    }


def test_h04_a_name_that_is_no_utf8_loses_nothing(batches: Batches, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"a.py": b"a = 1\n"})
    odd = os.fsencode(folder) + b"/caf\xe9.py"
    with open(odd, "wb") as file:
        file.write(b"def cafe(): pass\n")
    write(folder, {"caf\\xe9.py": b"def other(): pass\n"})
    taken = batches.take(folder)
    assert taken["files"] == 3
    rows = batches.cli.json("snapshot", "files", taken["id"])
    assert len({row["path"] for row in rows}) == 3
    assert "not_utf8" in {each["code"] for each in taken["warnings"]}
    batch = batches.run(taken["id"])["batch"]
    names = [r["name"] for r in batches.query("symbols", batch) if r["symbol_type"] == "function"]
    assert sorted(names) == ["cafe", "other"]
    with git_repository(folder, "sha1") as git:
        git("add", "-A")
        assert git("write-tree").strip() == taken["tree"]


def test_a_folder_whose_name_is_no_utf8_can_be_taken(batches: Batches, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff"))
    folder.mkdir()
    write(folder, {"a.py": b"x = 1\n"})
    taken = batches.take(folder)
    assert taken["files"] == 1
    assert batches.cli.json("snapshot", "show", taken["id"])["source"].endswith("odd\\xff")


def test_an_empty_folder_is_a_snapshot_with_an_empty_batch(batches: Batches, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    taken = batches.take(tmp_path / "empty")
    assert taken["tree"] == "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    report = batches.run(taken["id"])
    assert (report["finished"], report["outputs"]) == (True, 0)
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]


def test_h05_odd_names_are_kept_with_a_word_about_them(batches: Batches, tmp_path: Path) -> None:
    names = [
        "aux.c",
        "con.py",
        "what?.py",
        "a:b.txt",
        "dir\\f.txt",
        "dir/f.txt",
        " lead.txt",
        "lead.txt",
        "t\tb.py",
    ]
    names += ["line\nbreak.py", "-x.py", "trailing ", 'quo"te.py', ".hidden/.file"]
    folder = write(tmp_path / "code", {name: name.encode() for name in names})
    taken = batches.take(folder)
    rows = batches.cli.json("snapshot", "files", taken["id"])
    assert sorted(row["path"] for row in rows) == sorted(names)
    assert all(row["object"] == f"sha256:{hashlib.sha256(row['path'].encode()).hexdigest()}" for row in rows)
    warned = {(each["code"], each["path"]) for each in taken["warnings"]}
    assert {
        ("reserved_name", "aux.c"),
        ("unportable_name", "what?.py"),
        ("reserved_name", "trailing "),
    } <= warned
    batches.run(taken["id"])


def test_h06_h07_names_that_are_one_elsewhere_are_told(batches: Batches, tmp_path: Path) -> None:
    folder = write(
        tmp_path / "code", {"A.py": b"1\n", "a.py": b"2\n", "caf\u00e9.txt": b"3", "cafe\u0301.txt": b"4"}
    )
    taken = batches.take(folder)
    rows = batches.cli.json("snapshot", "files", taken["id"])
    assert len({row["path"] for row in rows}) == len(rows) == 4
    assert len({row["path_key"] for row in rows}) == 2
    warned = [each["path"] for each in taken["warnings"] if each["code"] == "case_collision"]
    assert warned == ["a.py", "caf\u00e9.txt"]


def test_h08_a_killed_snapshot_leaves_nothing_half(batches: Batches, golden: Path, tmp_path: Path) -> None:
    batches.take(golden, "--id", "warm")
    before = batches.cli.json("snapshot", "files", "warm")
    big = many(tmp_path / "big", 1500)
    for number, delay in enumerate((0.25, 0.3, 0.4, 0.5, 0.6)):
        process = batches.cli.start("snapshot", "take", str(big), "--id", f"k{number}")
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert batches.cli.json("snapshot", "files", "warm") == before
        if not any(row["id"] == f"k{number}" for row in batches.cli.json("snapshot", "list")):
            (big / "more.py").write_text(f"x = {number}\n")
            assert batches.take(big, "--id", f"k{number}")["files"] == 1501
    assert batches.take(big, "--id", "last")["files"] >= 1500
    assert not list(batches.git.rglob("tmp_aurora*"))
    assert batches.cli.json("replay", "--verify")["ok"]
    fsck = ["git", "--git-dir", str(batches.git), "fsck", "--full", "--strict"]
    subprocess.run(fsck, check=True, capture_output=True)


def test_h09_h10_h11_damage_fails_the_shard_is_reported_and_heals(batches: Batches, golden: Path) -> None:
    taken = batches.take(golden)
    damage(batches, GOLDEN["hello.py"])
    report = batches.run(taken["id"], code=1)
    failed = batches.query("failed", report["batch"])
    assert {row["path"] for row in failed} == {"hello.py"}
    assert all("damaged" in row["error"] for row in failed)
    verified = batches.cli.json("batch", "verify", report["batch"], code=5)
    assert [name.rsplit(" ", 1)[1] for name in verified["corrupt"]] == ["hello.py"]
    assert verified["missing"] == []
    assert not batches.cli.json("replay", "--verify", code=5)["ok"]
    again = batches.take(golden)
    assert (again["healed"], again["tree"]) == (1, taken["tree"])
    retried = batches.cli.json("batch", "retry", report["batch"])
    assert retried["shards"]["failed"] == 0
    assert batches.cli.json("batch", "verify", report["batch"])["ok"]
    assert batches.cli.json("replay", "--verify")["ok"]
    assert batches.query("failed", report["batch"]) == []
    undisturbed = batches.run(taken["id"])
    assert undisturbed["tree"] == retried["tree"]


def test_lost_outputs_are_missing_and_computed_again(batches: Batches, golden: Path) -> None:
    taken = batches.take(golden)
    report = batches.run(taken["id"])
    (row,) = batches.query("outputs", report["batch"], "--path", "hello.py", "--kind", "ast")
    lose(batches, batches.object(row["object"]))
    verified = batches.cli.json("batch", "verify", report["batch"], code=5)
    assert (verified["missing"], verified["corrupt"]) == ([row["object"]], [])
    healed = batches.cli.json("batch", "verify", report["batch"], "--heal")
    assert healed["ok"]
    assert healed["retried"] == 1
    assert healed["healed"] == [row["object"]]
    assert batches.cli.json("batch", "gates", report["batch"])["ok"]


def test_h12_h13_python_is_read_as_python_reads_it(batches: Batches, tmp_path: Path) -> None:
    files = {
        "latin.py": "# -*- coding: latin-1 -*-\nname = 'Größe'\n\n\ndef größe(): pass\n".encode("latin-1"),
        "bom.py": b"\xef\xbb\xbfdef bom(): pass\n",
        "utf16.py": "def wide(): pass\n".encode("utf-16"),
        "nul.py": b"x = 1\0\n",
        "cookie.py": b"# coding: no-such-code\nx = 1\n",
        "deep.py": b"x = " + b"+".join([b"1"] * 20000) + b"\n",
        "empty.py": b"",
        "crlf.py": b"def crlf():\r\n    pass\r\n",
        "cr.py": b"def cr():\r    pass\r",
        "broken.py": b"def f(:\n",
    }
    folder = write(tmp_path / "code", files)
    report = batches.run(batches.take(folder)["id"])
    asts = {row["path"] for row in batches.query("outputs", report["batch"], "--kind", "ast")}
    errors = {
        row["path"]
        for row in batches.query("diagnostics", report["batch"], "--task", "parse", "--severity", "error")
    }
    assert asts | errors == set(files)
    assert not asts & errors
    assert {"latin.py", "bom.py", "empty.py", "crlf.py", "cr.py"} <= asts
    assert {"utf16.py", "nul.py", "cookie.py", "broken.py"} <= errors
    names = {r["name"] for r in batches.query("symbols", report["batch"]) if r["symbol_type"] == "function"}
    assert names == {"größe", "bom", "crlf", "cr"}


def test_h15_a_torn_log_is_noticed_not_glued(batches: Batches, golden: Path) -> None:
    """The journal is a database with a digest for each event: half an event cannot be there."""
    batch = batches.run(batches.take(golden)["id"])["batch"]
    before = batches.cli.json("replay", "--verify")
    process = batches.cli.start("batch", "run", "--batch", batch)
    process.send_signal(signal.SIGKILL)
    process.wait()
    after = batches.cli.json("replay", "--verify")
    assert (after["ok"], after["chain"]) == (True, before["chain"])


def test_h16_aurora_does_not_take_itself(batches: Batches, tmp_path: Path) -> None:
    root = batches.cli.root
    write(root, {"code.py": b"x = 1\n"})
    first = batches.take(root)
    second = batches.take(root)
    assert first["tree"] == second["tree"]
    paths = {row["path"] for row in batches.cli.json("snapshot", "files", second["id"])}
    assert paths == {"code.py", "aurora.toml", ".gitignore"}
    around = batches.take(tmp_path)
    inside = {row["path"] for row in batches.cli.json("snapshot", "files", around["id"])}
    assert not any(path.startswith(root.name) for path in inside)


def test_h17_of_four_processes_one_completes_a_task(batches: Batches, golden: Path) -> None:
    snapshot = batches.take(golden)["id"]
    batch = batches.cli.json("batch", "plan", "--snapshot", snapshot)["batch"]
    shard = batches.shard_of(snapshot, "hello.py")
    step = ("batch", "run", "--batch", batch, "--task", "parse", "--shard", shard, "--json")
    racing = [batches.cli.start(*step) for _ in range(4)]
    ended = [process.communicate() for process in racing]
    assert [process.returncode for process in racing] == [0] * 4, ended
    log = batches.cli.json("log", "--type", "shard.completed")
    assert len(log) == 1
    assert [output["task"] for output in log[0]["data"]["outputs"]] == ["parse"]
    assert sum(json.loads(out)["computed"] for out, _ in ended) >= 1


@pytest.mark.slow
def test_h18_killed_while_a_large_object_is_written(batches: Batches, golden: Path, tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    block = os.urandom(1 << 20)
    with (folder / "large.bin").open("wb") as file:
        for number in range(200):
            file.write(number.to_bytes(4, "big") + block[4:])
    for delay in (0.5, 0.9, 1.4, 2.0):
        process = batches.cli.start("snapshot", "take", str(folder))
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for pack in (batches.git / "objects" / "pack").glob("pack-*.idx") if batches.git.exists() else ():
            subprocess.run(["git", "verify-pack", str(pack)], check=True)
    taken = batches.take(folder)
    assert taken["bytes"] == 200 << 20
    assert not list(batches.git.rglob("tmp_aurora*"))
