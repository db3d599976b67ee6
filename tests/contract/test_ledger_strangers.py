"""What somebody else did to the ledger or the journal is noticed, explained, and never overwritten."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_sample import BEGIN, HASH, Ledger, Log, git, sample

from aurora import ledger
from aurora.errors import AuroraError, Conflict, NotFound, Refused
from aurora.ledger.errors import (
    CorruptEvent,
    DamagedLedger,
    ForeignCommit,
    HandEdited,
    JournalDiverged,
    LedgerLocked,
    NotALedger,
    NotOnMain,
    UnusablePath,
)
from aurora_events import codec
from aurora_events.base import File
from aurora_events.review import LibraryWritten
from aurora_events.runs import FrameWithheld
from aurora_events.specs import SpecEdited
from aurora_events.workspace import STREAM, WorkspaceCreated

README = "README.md"


@pytest.fixture
def live(tmp_path: Path) -> Ledger:
    """A ledger that has published all but the last few events."""
    live = Ledger(tmp_path, sample())
    live.catch_up(live.log.until(28))
    return live


def everything(folder: Path) -> dict[str, bytes]:
    """The content of every file, but for the lock and the empty folders that Git does not care about."""
    return {
        str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()
    }


def refused(live: Ledger, kind: type[AuroraError], *, log: Log | None = None) -> AuroraError:
    """All three ways to look at it say the same, and none changes a byte."""
    before = everything(live.path)
    with pytest.raises(kind) as found:
        live.preflight(log)
    with pytest.raises(kind):
        live.catch_up(log)
    report = live.examine(log)
    assert not report.ok
    assert found.value.code in {problem.code for problem in report.problems}
    assert everything(live.path) == before
    assert found.value.hint
    return found.value


def test_a_commit_on_main_is_foreign(live: Ledger) -> None:
    ours = live.head
    (live.path / "note.txt").write_text("mine")
    live.git("add", "note.txt")
    live.git("commit", "-q", "-m", "My note")
    theirs = live.head
    error = refused(live, ForeignCommit)
    assert theirs[:12] in error.message
    assert "My note" in error.message
    assert f"branch keep {theirs}" in error.hint
    assert f"reset --hard {ours}" in error.hint


def test_following_the_hint_keeps_the_foreign_commit_and_heals_the_ledger(live: Ledger) -> None:
    ours = live.head
    live.git("commit", "-q", "--allow-empty", "-m", "My note")
    theirs = live.head
    live.git("branch", "keep", theirs)
    live.git("reset", "-q", "--hard", ours)
    live.catch_up()
    live.assert_sound()
    assert live.git("rev-parse", "keep") == theirs


def test_an_amended_commit_is_foreign_though_it_has_our_trailers(live: Ledger) -> None:
    live.git("commit", "-q", "--amend", "--no-edit", "--author", "Mallory <m@example.org>")
    refused(live, ForeignCommit)


def test_an_amended_commit_is_foreign_even_when_the_intent_is_lost(live: Ledger) -> None:
    live.git("commit", "-q", "--amend", "--no-edit", "--author", "Mallory <m@example.org>")
    live.intent.unlink()
    refused(live, ForeignCommit)


def test_a_merge_into_main_is_foreign(live: Ledger) -> None:
    live.git("checkout", "-q", "-b", "side", "HEAD~2")
    live.git("commit", "-q", "--allow-empty", "-m", "Aside")
    live.git("checkout", "-q", "main")
    live.git("merge", "-q", "--no-ff", "-m", "Merge it", "side")
    refused(live, ForeignCommit)


@pytest.mark.parametrize("keep_intent", [True, False])
def test_a_main_that_was_set_back_goes_on_from_there(live: Ledger, keep_intent: bool) -> None:
    live.git("reset", "-q", "--hard", "HEAD~3")
    if not keep_intent:
        live.intent.unlink()
    live.preflight()
    assert live.catch_up().head == ledger.replay(live.log).head
    live.assert_sound()


def test_a_hand_edited_file_is_not_overwritten(live: Ledger) -> None:
    (live.path / README).write_text("mine")
    error = refused(live, HandEdited)
    assert README in error.message
    assert f"checkout HEAD -- {README}" in error.hint
    live.git("checkout", "-q", "HEAD", "--", README)
    live.catch_up()
    live.assert_sound()


def test_an_edit_of_the_same_size_and_time_as_the_file_is_noticed(live: Ledger) -> None:
    file = live.path / README
    stat = file.stat()
    file.write_text(file.read_text().swapcase())
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    refused(live, HandEdited)


def test_a_staged_edit_is_not_overwritten(live: Ledger) -> None:
    (live.path / README).write_text("mine")
    live.git("add", README)
    refused(live, HandEdited)


def test_a_staged_new_file_is_not_forgotten(live: Ledger) -> None:
    (live.path / "mine.txt").write_text("mine")
    live.git("add", "mine.txt")
    refused(live, HandEdited)


@pytest.mark.parametrize("what", ["link", "folder", "executable"])
def test_something_else_in_the_place_of_a_file_is_not_overwritten(live: Ledger, what: str) -> None:
    file = live.path / README
    content = file.read_text()
    file.unlink()
    if what == "link":
        file.symlink_to(live.path / "library")
    elif what == "folder":
        file.mkdir()
        (file / "mine").write_text("mine")
    else:
        file.write_text(content)
        file.chmod(0o755)
    refused(live, HandEdited)


def test_nothing_is_written_through_a_linked_folder(live: Ledger, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.move(live.path / "specs", outside)
    (live.path / "specs").symlink_to(outside)
    before = everything(outside)
    error = refused(live, HandEdited)
    assert "specs" in error.message
    assert everything(outside) == before


def test_a_file_in_the_place_of_a_folder_is_not_overwritten(live: Ledger) -> None:
    shutil.rmtree(live.path / "specs")
    (live.path / "specs").write_text("mine")
    refused(live, HandEdited)


def test_missing_and_emptied_files_are_put_back(live: Ledger) -> None:
    (live.path / README).unlink()
    (live.path / "library" / "pyproject.toml").write_bytes(b"")
    shutil.rmtree(live.path / "specs")
    live.preflight()
    live.catch_up()
    live.assert_sound()


@pytest.mark.parametrize("damage", [None, b"", b"DIRC garbage", b"\0" * 400])
def test_a_lost_or_damaged_index_is_made_again(live: Ledger, damage: bytes | None) -> None:
    index = live.path / ".git" / "index"
    index.unlink()
    if damage is not None:
        index.write_bytes(damage)
    live.catch_up()
    live.assert_sound()


def test_untracked_files_are_left_alone(live: Ledger) -> None:
    (live.path / "mine.txt").write_text("mine")
    live.catch_up()
    assert live.git("status", "--porcelain") == "?? mine.txt"
    assert (live.path / "mine.txt").read_text() == "mine"


def test_an_untracked_file_in_the_place_of_a_new_one_is_not_overwritten(live: Ledger) -> None:
    """Nothing is published either, so that moving the file away is all it takes."""
    head = live.head
    in_the_way = live.path / "specs" / "new.md"
    in_the_way.write_text("mine")
    live.log.add("spec/new", SpecEdited(BEGIN, "human:ada", "", "new", "new.md", HASH, "# SpecV3: new\n"))
    with pytest.raises(HandEdited, match=r"specs/new\.md"):
        live.catch_up()
    assert in_the_way.read_text() == "mine"
    assert live.head == head
    in_the_way.unlink()
    live.catch_up()
    live.assert_sound()


def test_a_detached_head_is_left_alone(live: Ledger) -> None:
    live.git("checkout", "-q", "--detach", "HEAD~1")
    refused(live, NotOnMain)


def test_another_branch_is_left_alone(live: Ledger) -> None:
    live.git("checkout", "-q", "-b", "mine")
    assert "mine" in refused(live, NotOnMain).message


def test_another_repository_is_left_alone(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    git(tmp_path, "init", "-q", "-b", "main", str(live.path))
    live.git("commit", "-q", "--allow-empty", "-m", "Mine")
    refused(live, NotALedger)


def test_an_older_journal_is_refused(live: Ledger) -> None:
    error = refused(live, JournalDiverged, log=live.log.until(20))
    assert "ends at 20" in error.message


def altered(log: Log, position: int, how: Callable[[bytes], bytes], *, sealed: bool) -> Log:
    """The log with the bytes of one event changed; ``sealed``: and the digest made to fit."""
    rows = list(log.all)
    row = rows[position - 1]
    state = how(row.state)
    rows[position - 1] = row._replace(state=state, digest=codec.digest(state) if sealed else row.digest)
    return Log(rows)


def test_a_forged_event_in_the_published_past_is_refused(live: Ledger) -> None:
    forged = altered(live.log, 2, lambda state: state.replace(b"palindrome", b"palindrame"), sealed=True)
    refused(live, JournalDiverged, log=forged)


def test_a_flipped_byte_in_the_published_past_is_found_by_the_examination(live: Ledger) -> None:
    flipped = altered(live.log, 2, lambda state: state.replace(b"palindrome", b"palindrame"), sealed=False)
    report = live.examine(flipped)
    assert [problem.code for problem in report.problems] == ["LEDGER-002"]
    assert "position 2" in report.problems[0].where


@pytest.mark.parametrize(
    "how", [lambda state: state.replace(b"wrong", b"right"), lambda _: b"\xc1", lambda _: b""]
)
@pytest.mark.parametrize("page", [1, 2000])
def test_an_event_altered_before_it_was_published_publishes_nothing(
    live: Ledger, how: Callable[[bytes], bytes], page: int
) -> None:
    """Not even the sound events before it, and no pack of them stays."""
    log = altered(live.log, 30, how, sealed=False)
    before = everything(live.path)
    with pytest.raises(CorruptEvent, match=r"digest|read") as found:
        live.catch_up(log, page=page)
    assert found.value.position == 30
    assert everything(live.path) == before
    assert "LEDGER-002" in {problem.code for problem in live.examine(log).problems}


def test_a_stub_outside_the_search_streams_is_refused(live: Ledger) -> None:
    """Its digest cannot be checked, so it could hide any event."""
    live.log.add("item/44cc", FrameWithheld(BEGIN, "engine", "", "r", "s", "f", 0, 1))
    with pytest.raises(CorruptEvent):
        live.catch_up()


def test_positions_that_do_not_grow_are_refused(live: Ledger) -> None:
    live.log.all[30] = live.log.all[30]._replace(position=30)
    with pytest.raises(CorruptEvent, match="comes after"):
        live.catch_up()


def test_a_remembered_chain_is_not_trusted_against_the_journal(live: Ledger) -> None:
    """A stale memory makes no false alarm, and a good one spares reading the past."""
    end = live.log.position()
    ledger.preflight(live.path, live.log, intent=live.intent, known_chain=lambda _: bytes(32))
    asked: list[int] = []

    class Counting(Log):
        def rows(self, after: int = 0, limit: int = 5000, through: int | None = None) -> list[codec.Any]:
            asked.append(after)
            return super().rows(after, limit, through)

    chain = next(fact.chain for fact in _facts(live.log) if fact.row.position == 27)
    ledger.catch_up(live.path, Counting(live.log.all), intent=live.intent, known_chain={27: chain}.get)
    assert asked
    assert min(asked) == 27
    assert end == ledger.read_clone(live.path).position


def _facts(log: Log):  # type: ignore[no-untyped-def]
    from aurora.ledger.source import facts

    return facts(log)


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/x",
        "a//b",
        ".",
        "a/../b",
        ".git/config",
        "a/.GIT/x",
        ".gitmodules",
        ".gitattributes",
        "git~1",
        "a\nb",
        "a\\b",
        ".git::$INDEX_ALLOCATION",
        ".g\u200cit/config",
        "",
        "x" * 256,
        "journal/0000/00/x",
        "learning/bias.tsv",
        ".git. .",
    ],
)
def test_no_event_can_write_outside_the_tree_or_into_gits_files(live: Ledger, path: str) -> None:
    before = everything(live.path.parent)
    live.log.add("library/x", LibraryWritten(BEGIN, "human:ada", "", "x", (), (File(path, "x"),)))
    live.log.add("spec/n", SpecEdited(BEGIN, "human:ada", "", "n", "n.md", HASH, "n"))
    with pytest.raises(UnusablePath):
        live.catch_up()
    assert everything(live.path.parent) == before


def test_a_ledger_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    log = Log()
    log.add(STREAM, WorkspaceCreated(BEGIN, "human:ada", "", "w", 2, "lib"))
    with pytest.raises(Refused, match="ledger format 2"):
        Ledger(tmp_path, log).catch_up()


@pytest.mark.parametrize("which", ["pack", "idx"])
def test_a_flipped_byte_in_a_pack_is_found(live: Ledger, which: str) -> None:
    for file in live.path.glob(f".git/objects/pack/*.{which}"):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.chmod(0o644)
        file.write_bytes(content)
    report = live.examine()
    assert "LEDGER-008" in {problem.code for problem in report.problems}


def test_missing_objects_are_found(live: Ledger) -> None:
    for file in live.path.glob(".git/objects/pack/*"):
        file.unlink()
    assert not live.examine().ok
    with pytest.raises(DamagedLedger):
        live.preflight()


def test_a_damaged_clone_is_not_restored(live: Ledger, tmp_path: Path) -> None:
    """A segment changed by a commit of somebody who kept the trailers."""
    git(tmp_path, "clone", "-q", str(live.path), "clone")
    clone = tmp_path / "clone"
    segment = next(clone.glob("journal/0000/00/0000000007*"))
    segment.write_text(segment.read_text().replace('"version":1', '"version":2', 1))
    git(clone, "commit", "-q", "-a", "--amend", "--no-edit")
    with pytest.raises(DamagedLedger, match="chain"):
        ledger.read_clone(clone)
    segment.write_text("{}\n")
    git(clone, "commit", "-q", "-a", "--amend", "--no-edit")
    with pytest.raises(DamagedLedger) as found:
        ledger.read_clone(clone)
    assert "0000000007" in found.value.where
    assert found.value.where.endswith(":1")


def test_what_is_no_clone_is_not_restored(tmp_path: Path) -> None:
    with pytest.raises(NotALedger):
        ledger.read_clone(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main", "empty")
    with pytest.raises(NotALedger):
        ledger.read_clone(tmp_path / "empty")


@pytest.mark.parametrize("name", ["", "zz", "abc", "0" * 40, "--all"])
def test_an_unknown_commit_is_not_found(live: Ledger, name: str) -> None:
    with pytest.raises(NotFound):
        ledger.commit_position(live.path, name)


def test_a_locked_ledger_is_a_conflict_that_may_be_retried(live: Ledger) -> None:
    import fcntl

    with (live.path / ".git" / "aurora.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for act in (live.preflight, live.catch_up, live.examine):
            with pytest.raises(LedgerLocked) as found:
                act()
    assert isinstance(found.value, Conflict)
    assert found.value.retry
    live.catch_up()


def test_a_running_git_that_holds_the_index_is_not_disturbed(live: Ledger) -> None:
    lock = live.path / ".git" / "index.lock"
    lock.write_bytes(b"")
    with pytest.raises(LedgerLocked, match="git"):
        live.catch_up()
    assert lock.exists()
    lock.unlink()
    live.catch_up()
    live.assert_sound()


def test_examining_writes_nothing(live: Ledger) -> None:
    before = {path: path.stat().st_mtime_ns for path in live.path.rglob("*")}
    report = live.examine()
    assert report.ok
    assert report.behind == 6
    assert {path: path.stat().st_mtime_ns for path in live.path.rglob("*")} == before


def test_a_ledger_that_is_not_there_yet_is_behind_but_not_wrong(tmp_path: Path) -> None:
    report = Ledger(tmp_path, sample()).examine()
    assert report.ok
    assert (report.head, report.behind, report.commits) == ("", 17, 17)
    assert not (tmp_path / "repo-state").exists()


def test_git_may_repack_the_ledger_as_it_likes(live: Ledger) -> None:
    live.git("gc", "-q", "--aggressive", "--prune=now")
    live.preflight()
    live.catch_up()
    live.assert_sound()
