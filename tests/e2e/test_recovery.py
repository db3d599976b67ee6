"""Everything but the log can be deleted and comes back the same; from any clone the log comes back too."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from commandline import SPECS, Cli
from rewriting import rewrite

from aurora.journal.opening import open_journal
from aurora_events.base import Event
from aurora_events.runs import RunStarted, Searched


def hashes(cli: Cli) -> dict[str, str]:
    return {row["name"]: row["hash"] for row in cli.json("project", "status")}


def head(cli: Cli) -> str:
    return cli.git("rev-parse", "main").strip()


def positions(cli: Cli) -> list[tuple[int, str, int]]:
    return [(row["position"], row["stream"], row["version"]) for row in cli.json("log")]


def assert_verified(cli: Cli) -> dict[str, Any]:
    """``replay --verify`` passes with nothing behind."""
    document: dict[str, Any] = cli.json("replay", "--verify")
    assert document["ok"]
    assert document["ledger"]["behind"] == 0
    assert document["ledger"]["head"] == document["ledger"]["replayed"] == head(cli)
    return document


def cloned(cli: Cli, target: Path, *options: str) -> Path:
    command = ["git", "clone", "-q", *options, str(cli.root / "repo-state"), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def elsewhere(cli: Cli, root: Path) -> Cli:
    return Cli(root, cli.capture)


def test_deleted_views_come_back_with_the_same_hashes(promoted: Cli) -> None:
    before = hashes(promoted)
    shutil.rmtree(promoted.root / ".aurora" / "views")
    rebuilt = promoted.json("project", "rebuild")
    assert {row["name"]: row["hash"] for row in rebuilt} == before
    assert all(row["same"] for row in rebuilt)
    assert hashes(promoted) == before


def test_a_damaged_views_file_is_replaced_by_a_rebuild(promoted: Cli) -> None:
    before = hashes(promoted)
    (file,) = (promoted.root / ".aurora" / "views").glob("*.db")
    file.write_bytes(b"SQLite format 3\0" + bytes(5000))
    for leftover in file.parent.glob("*.db-*"):
        leftover.unlink()
    told = promoted("review", "list", code=5).err
    assert "aurora project rebuild" in told
    promoted("project", "rebuild", code=None)
    assert hashes(promoted) == before
    assert_verified(promoted)


@pytest.mark.parametrize("command", [["project", "rebuild"], ["spec", "record"]], ids=" ".join)
def test_a_deleted_ledger_comes_back_with_the_same_head(promoted: Cli, command: list[str]) -> None:
    before = head(promoted)
    shutil.rmtree(promoted.root / "repo-state")
    assert promoted.json("replay", "--verify")["ledger"]["behind"] > 0, "being behind is not being broken"
    promoted(*command)
    assert head(promoted) == before
    assert promoted.git("status", "--porcelain") == ""
    promoted.git("fsck", "--strict", "--full")


@pytest.mark.parametrize("options", [[], ["--bare"], ["--depth", "1"]], ids=["plain", "bare", "shallow"])
def test_any_clone_restores_a_lost_journal(promoted: Cli, tmp_path: Path, options: list[str]) -> None:
    before = (positions(promoted), hashes(promoted), head(promoted))
    clone = cloned(promoted, tmp_path / "clone", *options)
    shutil.rmtree(promoted.root / ".aurora")
    assert "aurora restore" in promoted("status", code=5).err
    restored = promoted.json("restore", "--from", str(clone))
    assert restored["head"] == before[2]
    assert restored["position"] == before[0][-1][0]
    assert (positions(promoted), hashes(promoted), head(promoted)) == before
    assert assert_verified(promoted)["withheld"] > 0


def test_the_workspaces_own_ledger_restores_it(promoted: Cli) -> None:
    before = (positions(promoted), hashes(promoted), head(promoted))
    shutil.rmtree(promoted.root / ".aurora")
    promoted("restore")
    assert (positions(promoted), hashes(promoted), head(promoted)) == before
    assert_verified(promoted)


def test_a_clone_restores_the_workspace_in_an_empty_folder(promoted: Cli, tmp_path: Path) -> None:
    before = (positions(promoted), hashes(promoted), head(promoted))
    clone = cloned(promoted, tmp_path / "clone")
    other = elsewhere(promoted, tmp_path / "other")
    other.root.mkdir()
    other("restore", "--from", str(clone))
    assert (positions(other), hashes(other), head(other)) == before
    assert {path.name: path.read_text() for path in (other.root / "specs").iterdir()} == SPECS
    assert_verified(other)
    assert other.json("spec", "record")["changes"] == []
    assert other.json("synth")["functions"] == [], "what was settled is settled there too"


def test_restoring_never_overwrites_a_journal(promoted: Cli, tmp_path: Path) -> None:
    clone = cloned(promoted, tmp_path / "clone")
    promoted("review", "invalidate", promoted.item("add", "active"), "--reason", "after the clone")
    before = positions(promoted)
    assert promoted("restore", "--from", str(clone), "--json", code=6).json["error"]["hint"]
    assert promoted("restore", code=6).err
    assert positions(promoted) == before
    assert_verified(promoted)


def test_an_older_clone_beside_a_newer_ledger_restores_nothing(promoted: Cli, tmp_path: Path) -> None:
    """The newer ledger is the better source: with the older one the workspace would be stuck."""
    clone = cloned(promoted, tmp_path / "clone")
    promoted("review", "invalidate", promoted.item("add", "active"), "--reason", "after the clone")
    newest = (positions(promoted), head(promoted))
    shutil.rmtree(promoted.root / ".aurora")
    promoted("restore", "--from", str(clone), code=5)
    assert not (promoted.root / ".aurora" / "journal.db").exists()
    promoted("restore")
    assert (positions(promoted), head(promoted)) == newest


def test_a_restore_that_failed_can_be_repeated(promoted: Cli, tmp_path: Path) -> None:
    clone = cloned(promoted, tmp_path / "clone")
    segment = sorted(clone.glob("journal/**/*.jsonl"))[-1]
    segment.write_text(segment.read_text().replace('"digest":"', '"digest":"0', 1))
    command = ["git", "-C", str(clone), "-c", "user.name=x", "-c", "user.email=x", "commit", "-qam", "damage"]
    subprocess.run(command, check=True)
    shutil.rmtree(promoted.root / ".aurora")
    promoted("restore", "--from", str(clone), code=5)
    promoted("restore", "--from", str(tmp_path / "nowhere"), code=None)
    promoted("restore")
    assert_verified(promoted)


def test_a_killed_init_or_restore_is_simply_repeated(promoted: Cli, tmp_path: Path) -> None:
    """Killed between making the journal and filling it, both leave an empty one."""
    before = positions(promoted)
    clone = cloned(promoted, tmp_path / "clone")
    for name, command in (("init", ["init"]), ("restore", ["restore", "--from", str(clone)])):
        other = elsewhere(promoted, tmp_path / name)
        other.root.mkdir()
        open_journal(other.root / ".aurora" / "journal.db", create=True).close()
        other(*command)
        assert_verified(other)
    assert positions(other) == before


def test_a_restore_killed_anywhere_never_takes_missing_files_for_removed_specs(
    promoted: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the journal is filled, every spec file is there; before, the restore is simply repeated."""
    before = positions(promoted)
    clone = cloned(promoted, tmp_path / "clone")
    for number, step in enumerate(
        ("pathlib.Path.write_text", "pathlib.Path.rename", "aurora.ledger.catch_up")
    ):
        other = elsewhere(promoted, tmp_path / f"{number}")
        other.root.mkdir()
        with monkeypatch.context() as patch:
            patch.setattr(step, interrupted)
            other("restore", "--from", str(clone), code=130)
        if (other.root / ".aurora" / "journal.db").exists():
            assert {path.name for path in (other.root / "specs").iterdir()} == set(SPECS)
        else:
            other("restore", "--from", str(clone))
        assert other.json("spec", "record")["changes"] == []
        assert positions(other) == before
        assert_verified(other)


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_views_of_the_lost_journal_do_not_hinder_a_restore(promoted: Cli, tmp_path: Path) -> None:
    clone = cloned(promoted, tmp_path / "clone")
    before = (positions(promoted), head(promoted))
    promoted("review", "invalidate", promoted.item("add", "active"), "--reason", "after the clone")
    (promoted.root / ".aurora" / "journal.db").unlink()
    shutil.rmtree(promoted.root / "repo-state")
    promoted("restore", "--from", str(clone))
    assert (positions(promoted), head(promoted)) == before
    assert_verified(promoted)


def test_replay_to_a_moment_gives_the_state_as_it_was(empty: Cli, tmp_path: Path) -> None:
    moments = []
    for n, text in enumerate(("add(1, 1) -> 2\n", "add(2, 2) -> 4\n", "add(3, 3) -> 6\n")):
        empty.write("add.md", SPECS["add.md"] + text)
        empty("spec", "record")
        moments.append((n, text, empty.json("status")["position"], hashes(empty), head(empty)))
    final = (hashes(empty), head(empty))
    for n, text, position, then, commit in moments:
        for kind, when in (("position", str(position)), ("commit", commit[:10])):
            past = elsewhere(empty, tmp_path / f"{kind}{n}")
            empty("replay", "--to", when, "--into", str(past.root))
            assert (hashes(past), head(past)) == (then, commit)
            assert (past.root / "specs" / "add.md").read_text().endswith(text)
            assert_verified(past)
    assert (hashes(empty), head(empty)) == final
    past("spec", "record")
    past.write("add.md", SPECS["add.md"])
    past("spec", "record")
    assert_verified(past)


def test_replay_writes_into_an_empty_folder_only(empty: Cli, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "precious").write_text("x")
    assert "not empty" in empty("replay", "--to", "1", "--into", str(tmp_path / "full"), code=2).err
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["precious"]
    empty("replay", "--to", "99", "--into", str(tmp_path / "new"), code=3)
    assert not (tmp_path / "new").exists()


def test_reading_commands_travel_in_time_also_when_the_clock_went_back(
    searched: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A time means the longest prefix of the log in which nothing is later, so a clock set back hides the rest."""
    start = searched.json("status")["position"]
    noon, earlier = 1_900_000_000_000_000_000, 1_890_000_000_000_000_000
    item = searched.item("add")
    monkeypatch.setattr("time.time_ns", lambda: noon)
    searched.write("add.md", SPECS["add.md"] + "add(1, 1) -> 2\n")
    searched("spec", "record")
    monkeypatch.setattr("time.time_ns", lambda: earlier)
    searched("review", "reject", item, "--reason", "late")
    end = searched.json("status")["position"]
    assert end == start + 2

    def seen(*at: str) -> tuple[int, int, int, bool]:
        return (
            len(searched.json("review", "list", *at)),
            len(searched.json("log", *at)),
            len(searched.json("run", "list", *at)),
            "add(1, 1) -> 2" in searched("spec", "show", "add", *at).out,
        )

    commit = searched.git("rev-parse", "main~1").strip()
    assert seen() == (2, end, 1, True)
    assert seen("--at", str(end)) == (2, end, 1, True)
    assert seen("--at", str(start + 1)) == (3, start + 1, 1, True)
    assert seen("--at", commit) == (3, start + 1, 1, True)
    assert seen("--at", commit[:8]) == (3, start + 1, 1, True)
    assert seen("--at", str(start)) == (3, start, 1, False)
    assert seen("--at", "2029-12-01T00:00:00") == (3, start, 1, False), "the rejection follows a later event"
    assert seen("--at", "2030-03-17T17:46:40Z") == (2, end, 1, True)
    assert searched.json("run", "list", "--at", "2") == []
    for command in (["review", "list"], ["log"], ["run", "list"], ["spec", "list"], ["corpus", "list"]):
        searched(*command, "--at", str(end + 1), code=3)
        searched(*command, "--at", "yesterday", code=2)
        searched(*command, "--at", "beef" * 10, code=3)


def run_of(cli: Cli) -> str:
    (row,) = cli.json("run", "list")
    return str(row["run"])


def test_a_run_searched_again_gives_the_same_frames(searched: Cli) -> None:
    result = searched.json("replay", "--rerun", run_of(searched)[:6])
    assert result["ok"]
    frames = [line for line in searched.json("log") if line["type"] == "search.frame"]
    assert sum(each["frames"] for each in result["functions"]) == len(frames) > 0
    assert sum(each["attempts"] for each in result["functions"]) == sum(f["data"]["count"] for f in frames)
    assert all(each["same"] for each in result["functions"])


def test_withheld_frames_are_regenerated_and_compared_by_digest(searched: Cli) -> None:
    shutil.rmtree(searched.root / ".aurora")
    searched("restore")
    assert searched.json("log", "--type", "search.frame")[0]["data"]["withheld"]
    assert searched.json("replay", "--rerun", run_of(searched))["ok"]


def test_a_run_of_another_engine_is_not_compared(searched: Cli) -> None:
    def older(event: Event) -> Event:
        return (
            msgspec.structs.replace(event, engine="stone-axe 1", python="2.7.18")
            if isinstance(event, RunStarted)
            else event
        )

    rewrite(searched.root, older)
    refused = searched("replay", "--rerun", run_of(searched), code=6)
    assert "stone-axe 1" in refused.err
    assert "2.7.18" in refused.err


def test_an_altered_attempt_is_found_by_searching_again(searched: Cli) -> None:
    """Even when everything that is folded from the log agrees with the alteration."""

    def altered(event: Event) -> Event:
        if not isinstance(event, Searched) or event.function != "add":
            return event
        first = msgspec.structs.replace(event.attempts[0], program="a * b")
        return msgspec.structs.replace(event, attempts=(first, *event.attempts[1:]))

    rewrite(searched.root, altered)
    searched("project", "rebuild", code=None)
    assert_verified(searched)
    result = searched.json("replay", "--rerun", run_of(searched), code=5)
    differing = [each for each in result["functions"] if not each["same"]]
    assert [each["name"] for each in differing] == ["add"]
    assert "frame 1 differs" in differing[0]["difference"]
