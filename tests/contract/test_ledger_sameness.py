"""The same log gives the same commits, whoever makes them, whenever, in whatever pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from ledger_sample import Ledger, Log, git, sample, withheld

from aurora import ledger
from aurora.errors import Refused
from aurora.ledger import segment
from aurora.ledger.source import facts
from aurora_events import codec

GOLDEN = Path(__file__).parents[1] / "golden" / "ledger-format-1.txt"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_the_commits_of_ledger_format_1_never_change() -> None:
    expected = [line.split() for line in GOLDEN.read_text().splitlines()]
    made = [[str(commit.position), commit.sha] for commit in ledger.replay(sample()).commits]
    assert made[: len(expected)] == expected
    assert len(made) == len(expected), "a longer sample needs its new commits appended to the golden file"


@needs_git
def test_four_writers_agree(tmp_path: Path) -> None:
    """Our packs, a replay that writes nothing, ``git fast-import`` and Git's plumbing make the same head."""
    live = Ledger(tmp_path, sample())
    live.catch_up()
    live.assert_sound()
    assert ledger.replay(live.log).head == live.head
    assert _fast_imported(live, tmp_path / "imported") == live.head
    assert _by_plumbing(live, tmp_path / "plumbed") == live.head


def _fast_imported(live: Ledger, target: Path) -> str:
    git(live.path, "init", "-q", "--bare", str(target))
    said = subprocess.run(
        ["git", "-C", str(live.path), "fast-export", "main"], capture_output=True, check=True
    )
    git(target, "fast-import", "--quiet", given=said.stdout)
    return git(target, "rev-parse", "main")


def _by_plumbing(live: Ledger, target: Path) -> str:
    git(live.path, "init", "-q", "--bare", str(target))
    parent: list[str] = []
    for sha in live.git("rev-list", "--reverse", "main").split():
        lines = []
        changes = live.git("diff-tree", "-r", "--root", "--no-renames", "--no-commit-id", "-z", sha).strip(
            "\0"
        )
        parts = changes.split("\0")
        for meta, path in zip(parts[::2], parts[1::2], strict=True):
            blob, status = meta.split()[3:5]
            mode = "0" if status == "D" else "100644"
            if status != "D":
                command = ["git", "-C", str(live.path), "cat-file", "blob", blob]
                content = subprocess.run(command, capture_output=True, check=True).stdout
                blob = git(target, "hash-object", "-w", "--stdin", given=content)
            lines.append(f"{mode} {blob}\t{path}\0")
        git(target, "update-index", "-z", "--index-info", given="".join(lines).encode())
        tree = git(target, "write-tree")
        keys = (
            "GIT_AUTHOR_NAME",
            "GIT_AUTHOR_EMAIL",
            "GIT_AUTHOR_DATE",
            "GIT_COMMITTER_NAME",
            "GIT_COMMITTER_EMAIL",
        )
        values = live.git("log", "-1", "--format=%an%x00%ae%x00%ad%x00%cn%x00%ce", "--date=raw", sha).split(
            "\0"
        )
        stamp = dict(zip(keys, values, strict=True)) | {"GIT_COMMITTER_DATE": values[2]}
        message = live.git("log", "-1", "--format=%B", sha) + "\n"
        command = ["git", "-C", str(target), "commit-tree", tree, *parent]
        made = subprocess.run(
            command, input=message.encode(), capture_output=True, check=True, env={**os.environ, **stamp}
        )
        parent = ["-p", made.stdout.decode().strip()]
    return parent[1]


@pytest.mark.parametrize("page", [1, 2, 7, 1000])
def test_page_sizes_do_not_change_commits(tmp_path: Path, page: int) -> None:
    live = Ledger(tmp_path, sample())
    assert live.catch_up(page=page).head == ledger.replay(live.log).head


def test_going_on_from_any_cut_gives_the_same_commits(tmp_path: Path) -> None:
    """Publishing after every single event is the same as publishing once."""
    live = Ledger(tmp_path, sample())
    replayed = {commit.position: commit.sha for commit in ledger.replay(live.log).commits}
    for position in range(1, live.log.position() + 1):
        published = live.catch_up(live.log.until(position))
        assert replayed[published.position] == published.head
    assert published.head == ledger.replay(live.log).head
    live.assert_sound()


def test_a_deleted_repository_comes_back_with_the_same_head(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    before = live.catch_up()
    shutil.rmtree(live.path)
    live.preflight()
    assert live.catch_up() == before
    live.assert_sound()


def test_catching_up_twice_publishes_nothing_more(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    first = live.catch_up()
    assert live.catch_up() == first._replace(commits=0)


def test_withheld_frames_give_the_same_head() -> None:
    assert ledger.replay(withheld(sample())) == ledger.replay(sample())


def test_replaying_up_to_a_position_gives_the_head_of_that_time() -> None:
    log = sample()
    for commit in ledger.replay(log).commits:
        assert ledger.replay(log, through=commit.position).head == commit.sha


def test_an_empty_log_has_no_commits(tmp_path: Path) -> None:
    live = Ledger(tmp_path, Log())
    assert live.catch_up() == ("", 0, 0)
    assert live.examine().ok


def test_a_log_is_read_back_from_a_clone(tmp_path: Path) -> None:
    """Every row but the attempts in frames; what is restored from it gives the same head."""
    live = Ledger(tmp_path, sample())
    live.catch_up()
    for name, options in (("work", []), ("bare", ["--bare"]), ("shallow", ["--depth", "1"])):
        git(tmp_path, "clone", "-q", *options, f"file://{live.path}", name)
        clone = ledger.read_clone(tmp_path / name)
        assert clone.rows == withheld(live.log).all
        assert clone.library_name == "aurora_library"
        assert clone.specs == {
            "palindrome.md": "# SpecV3: palindrome\n",
            "gcd.md": "# SpecV3: gcd\n\nmoved\n",
        }
        assert (clone.head, clone.position) == (live.head, live.log.position())
        assert ledger.replay(Log(clone.rows)).head == live.head


def test_a_clone_holds_events_only_up_to_its_head(tmp_path: Path) -> None:
    log = sample()
    log.add("bias/x", codec.decode(next(row.state for row in log.all if row.tag == "bias.updated")))
    live = Ledger(tmp_path, log)
    live.catch_up()
    assert ledger.read_clone(live.path).position == log.position() - 1


@needs_git
def test_a_promoted_function_can_be_followed_to_its_first_proposal(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    live.catch_up()
    story = live.git(
        "log", "--follow", "--format=%s", "--", "library/src/aurora_library/palindrome.py"
    ).splitlines()
    assert story == [
        "Promote check",
        "Edit candidate check",
        "Finish run 3f2a9c1e: 1 solved, 1 ambiguous, 1 unsolved",
    ]


@needs_git
def test_authors_are_the_actors(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    live.catch_up()
    assert set(live.git("log", "--format=%an <%ae>").splitlines()) == {
        "ada <ada@aurora.invalid>",
        "engine <engine@aurora.invalid>",
    }


def test_a_commit_leads_back_to_its_position(tmp_path: Path) -> None:
    live = Ledger(tmp_path, sample())
    live.catch_up()
    for position, sha in ledger.replay(live.log).commits:
        assert ledger.commit_position(live.path, sha[:12]) == position


def test_a_field_that_an_event_got_later_does_not_change_old_commits() -> None:
    """The readable line shows what the stored bytes hold, not what the event would have today."""
    row = sample().all[6]
    held = msgspec.msgpack.decode(row.state)
    assert held[0] == "run.started"
    state = msgspec.msgpack.encode(held[:-1])
    old = row._replace(state=state, digest=codec.digest(state))
    line = segment.line(next(facts(Log([old]))))
    assert "notes" not in json.loads(line)["event"]
    assert "sandbox" in json.loads(line)["event"]
    assert "notes" in json.loads(segment.line(next(facts(Log([row])))))["event"]


@pytest.mark.parametrize("change", [lambda held: [*held, "more"], lambda held: ["run.imagined", *held[1:]]])
def test_an_event_of_a_newer_aurora_is_refused_not_misread(
    change: Callable[[list[object]], list[object]],
) -> None:
    """An older program would make other commits of it, and the histories would part."""
    row = sample().all[6]
    held = change(msgspec.msgpack.decode(row.state))
    state = msgspec.msgpack.encode(held)
    new = row._replace(state=state, digest=codec.digest(state), tag=str(held[0]))
    with pytest.raises(Refused, match="does not know"):
        ledger.replay(Log([new]))


def test_a_segment_is_json_that_any_program_reads() -> None:
    """``inf`` and ``nan``, which JSON has not, are strings; everything is ASCII; keys are sorted."""
    for fact in facts(sample()):
        line = segment.line(fact)
        assert line.isascii()
        content = json.loads(line, parse_constant=pytest.fail)
        assert list(content) == sorted(content)
        assert content["event"]["at"] == fact.event.at
        assert ("state" in content) == (not fact.row.stream.startswith("search/"))
