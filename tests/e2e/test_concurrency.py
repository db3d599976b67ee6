"""Several people and machines at once: everything gets into the log, and a full disk loses nothing."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from candidates import propose, spec_text, write_specs
from commandline import Cli
from processes import held, opened_by

from aurora.ledger.lock import LOCK

WRITER = Path(__file__).with_name("writer.py")
WRITERS = 4


def assert_settled(cli: Cli) -> None:
    verified = cli.json("replay", "--verify")
    assert verified["ok"]
    assert verified["ledger"]["behind"] == 0
    cli.git("fsck", "--strict", "--full", "--no-dangling")
    assert cli.git("status", "--porcelain") == ""


def write_at_once(cli: Cli, tasks: list[list[list[str]]]) -> Counter[str]:
    """Run each list of commands in a process of its own, all at once; what became of them, counted."""
    lock = cli.root / "repo-state" / ".git" / LOCK
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(WRITER), str(cli.root)]
    with held(lock):
        writers = [
            subprocess.Popen(
                [*command, f"human:w{number}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for number in range(len(tasks))
        ]
        for writer, commands in zip(writers, tasks, strict=True):
            assert writer.stdin is not None
            writer.stdin.write(json.dumps(commands))
            writer.stdin.close()
        opened_by([writer.pid for writer in writers], lock)
    ended: Counter[str] = Counter()
    for writer in writers:
        assert writer.stdout is not None
        ended.update(json.loads(writer.stdout.read()))
        assert writer.wait() == 0
    return ended


def edits_and_decisions(cli: Cli, each: int, promotions: int) -> list[list[list[str]]]:
    """For each writer: promotions of functions whose names all want, rejections, and edits.

    Half of the edits go to one spec that all of them write.
    """
    specs = {
        f"w{writer}x{n}": f"wanted{n}" if n < promotions else f"w{writer}x{n}"
        for writer in range(WRITERS)
        for n in range(each)
    }
    write_specs(cli.root, specs)
    cli("spec", "record")
    items = propose(cli.root, specs)
    cli("project", "rebuild")
    tasks = []
    for writer in range(WRITERS):
        commands = []
        for n in range(each):
            spec = f"w{writer}x{n}"
            if n < promotions:
                commands.append(["review", "promote", items[spec], "--reason", f"by {writer}"])
            elif n % 2:
                commands.append(["review", "reject", items[spec], "--reason", f"by {writer}"])
            else:
                shared = "shared" if n % 4 == 0 else f"own{writer}"
                commands.append(["edit", f"specs/{shared}.md", spec_text(f"s{writer}n{n}")])
        tasks.append(commands)
    return tasks


def assert_all_in_the_log(cli: Cli, before: int, tasks: list[list[list[str]]]) -> None:
    """Every decision is there, once, by its writer; every text that was recorded is in the log and in Git."""
    log = cli.json("log", "--since", str(before))
    decided = Counter(
        (line["actor"], line["type"].removeprefix("review."), line["data"]["item"])
        for line in log
        if line["type"] in ("review.promoted", "review.rejected")
    )
    for writer, commands in enumerate(tasks):
        for command in commands:
            if command[0] == "review":
                verb = {"promote": "promoted", "reject": "rejected"}[command[1]]
                assert decided.pop((f"human:w{writer}", verb, command[2])) == 1
    assert not decided
    recorded = {line["data"]["text"] for line in log if line["type"] == "spec.edited"}
    own = [c[2] for commands in tasks for c in commands if c[0] == "edit" and "own" in c[1]]
    assert recorded.issuperset(own)
    commits = set(cli.git("log", "--format=%(trailers:key=Aurora-Position,valueonly)").split())
    publishing = ("spec.edited", "review.promoted", "review.rejected")
    assert commits >= {str(line["position"]) for line in log if line["type"] in publishing}


def race(cli: Cli, each: int, promotions: int) -> Counter[str]:
    tasks = edits_and_decisions(cli, each, promotions)
    before = cli.json("status")["position"]
    ended = write_at_once(cli, tasks)
    assert ended["done"] == WRITERS * each
    assert set(ended) <= {"done", "retried"}, "any other error than a clean conflict"
    assert_all_in_the_log(cli, before, tasks)
    assert_settled(cli)
    return ended


def test_four_writers_at_once_all_get_into_the_log(empty: Cli) -> None:
    race(empty, 6, 0)


@pytest.mark.slow
def test_four_writers_with_fifty_edits_or_decisions_each_all_get_into_the_log(empty: Cli) -> None:
    ended = race(empty, 50, 4)
    assert ended["retried"], "four promote functions of one name at the same moment"
    active = empty.json("review", "list", "--status", "active")
    assert sorted(row["name"] for row in active) == [f"wanted{n}" for n in range(4)]
    print(f"{ended['done']} commands, {ended['retried']} of them after a conflict")


def test_one_slot_wanted_by_four_is_filled_once_at_a_time(empty: Cli) -> None:
    """All reject the same item: one decision stands, the others are told whose it was."""
    write_specs(empty.root, {"one": "one"})
    empty("spec", "record")
    item = propose(empty.root, {"one": "one"})["one"]
    lock = empty.root / "repo-state" / ".git" / LOCK
    with held(lock):
        racing = [
            empty.start("review", "reject", item, "--reason", f"r{n}", "--json") for n in range(WRITERS)
        ]
        opened_by([process.pid for process in racing], lock)
    documents = [json.loads(process.communicate()[0]) for process in racing]
    assert sorted(process.returncode for process in racing) == [0, 4, 4, 4]
    assert sum("error" in document for document in documents) == 3
    assert len(empty.json("log", "--type", "review.rejected")) == 1
    assert_settled(empty)


def test_of_two_runs_that_find_the_same_only_one_proposes_it(empty: Cli) -> None:
    empty.write("add.md", spec_text("add"))
    lock = empty.root / "repo-state" / ".git" / LOCK
    with held(lock):
        racing = [empty.start("synth", "--json") for _ in range(2)]
        opened_by([process.pid for process in racing], lock)
    rows = [row for process in racing for row in json.loads(process.communicate()[0])["functions"]]
    assert [process.returncode for process in racing] == [0, 0]
    assert {row["item"] for row in rows} == {empty.item("add")}
    assert_settled(empty)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A disk on which no file can grow beyond ``size``: writes fail as they do when it is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("kilobytes", [0, 16, 64, 100, 160, 4000])
def test_a_disk_that_fills_up_anywhere_loses_nothing(empty: Cli, kilobytes: int) -> None:
    """Journal, views and packs fail at different sizes; every failure is one line, and the next command is well."""
    empty.write("big.md", spec_text("big") + "\n" + "prose " * 8000 + "\n")
    acknowledged: list[str] = []
    codes = []
    for turn in range(3):
        empty.write("add.md", spec_text(f"add{turn}"))
        with files_no_larger_than(kilobytes * 1024):
            result = empty("spec", "record", "--json", code=None)
        codes.append(result.code)
        if result.code == 0:
            acknowledged.append(result.json["commit"])
        else:
            assert result.code in (4, 6), result.out
            error = result.json["error"]
            assert error["code"] != "INTERNAL"
            assert error["message"]
            assert "\n" not in error["message"]
            assert error["hint"]
    empty("project", "rebuild", code=None)
    empty.write("add.md", spec_text("last"))
    acknowledged.append(empty.json("spec", "record")["commit"])
    assert_settled(empty)
    assert set(acknowledged) <= set(empty.git("rev-list", "main").split())
    assert any(codes) == (kilobytes < 1000)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MiB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_really_full_disk_is_said_in_one_line_and_works_again_with_room(
    small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = Cli(small_disk / "workspace", capsys)
    cli.root.mkdir()
    cli("init", "--empty")
    ballast = small_disk / "ballast"
    acknowledged: list[str] = []
    failed: set[str] = set()
    for free in range(0, 256, 5):  # the ledger alone fails in a window of about ten kilobytes
        cli.write("add.md", spec_text(f"add{free}"))
        room = os.statvfs(small_disk)
        ballast.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - free * 1024)))
        result = cli("spec", "record", code=None)
        ballast.unlink()
        if result.code == 0:
            acknowledged.append(cli.git("rev-parse", "main").strip())
            continue
        assert result.code in (4, 6), result.err
        first, second = result.err.splitlines()
        failed.add(first.split("]")[0])
        assert second.startswith("help: ")
        if free % 15 == 0:  # sometimes the next command finds room, sometimes not
            cli("project", "rebuild")
    assert failed == {"error[JOURNAL-006", "error[VIEWS-003", "error[IO"}, "journal, views and ledger"
    cli.write("add.md", spec_text("last"))
    cli("spec", "record")
    assert_settled(cli)
    assert set(acknowledged) <= set(cli.git("rev-list", "main").split())
