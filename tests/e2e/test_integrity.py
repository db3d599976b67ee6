"""What others did to journal, views or ledger: found, explained with a cure, and never written over.

``doctor`` and ``replay --verify`` look at everything. A writing command stops at what concerns what it is about to
do: the ledger's head, its files and its chain, what is not published yet, the views' file, every event that it reads.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from commandline import SPECS, Cli
from rewriting import stored

from aurora_events.codec import decode, digest, encode
from aurora_events.review import Proposed


def journal_of(cli: Cli) -> Path:
    return cli.root / ".aurora" / "journal.db"


def settle(cli: Cli) -> None:
    """Put everything that the journal holds into its one file."""
    with sqlite3.connect(journal_of(cli)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for suffix in ("-wal", "-shm"):
        journal_of(cli).with_name(f"journal.db{suffix}").unlink(missing_ok=True)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of everything below ``folder``, without locks."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "lock" not in path.name and not path.name.endswith(("-shm", "-wal"))
    }


def rows_of(cli: Cli) -> list[tuple[Any, ...]]:
    with sqlite3.connect(journal_of(cli)) as connection:
        found = connection.execute("SELECT * FROM stored_events ORDER BY rowid").fetchall()
    connection.close()
    return found


def git(cli: Cli, *arguments: str) -> None:
    identity = ["-c", "user.name=Mallory", "-c", "user.email=mallory@example.org"]
    command = ["git", "-C", str(cli.root / "repo-state"), *identity, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def append_only_to_the_journal(cli: Cli, monkeypatch: pytest.MonkeyPatch, *command: str) -> None:
    """A command that died after its append: the views have seen the event, no commit has."""
    from aurora.service.workspace import Workspace

    def die(workspace: Workspace) -> None:
        workspace.views.advance(workspace.journal)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "publish", die)
        cli(*command, code=130)


def assert_found(cli: Cli, *words: str) -> None:
    """Both examinations fail in text and JSON, say all words and a cure, and write nothing."""
    before = (contents(cli.root / "repo-state"), journal_of(cli).read_bytes())
    verified = cli("replay", "--verify", code=5)
    document = cli("replay", "--verify", "--json", code=5).json
    findings = cli("doctor", "--json", code=5).json
    for text in (verified.out + verified.err, json.dumps(findings)):
        assert "Traceback" not in text
        assert "INTERNAL" not in text
        for word in words:
            assert word in text
        assert re.search(r"aurora|git -C|move", text)
    if "error" in document:
        assert document["error"]["hint"]
    else:
        assert not document["ok"]
        told = [*document["corrupt"], *document["problems"]]
        assert all(each["hint"] and each["message"] for each in told)
        assert told or not all(view["ok"] for view in document["views"])
    if "error" not in findings:
        broken = [each for each in findings["findings"] if each["level"] == "broken"]
        assert broken
        assert any(each["cure"] for each in broken)
    assert (contents(cli.root / "repo-state"), journal_of(cli).read_bytes()) == before


def assert_stops(cli: Cli, *command: str) -> None:
    """A writing command ends with 5 and a cure, and not a byte of journal or ledger is another."""
    before = (contents(cli.root / "repo-state"), journal_of(cli).read_bytes(), rows_or_nothing(cli))
    error = cli(*command, "--json", code=5).json["error"]
    assert error["code"] != "INTERNAL"
    assert error["hint"]
    assert (contents(cli.root / "repo-state"), journal_of(cli).read_bytes(), rows_or_nothing(cli)) == before


def rows_or_nothing(cli: Cli) -> list[tuple[Any, ...]]:
    """The rows of a journal that can be read; looking also keeps its write-ahead log from hiding an append."""
    try:
        return rows_of(cli)
    except sqlite3.Error:
        return []


def assert_writers_stop(cli: Cli) -> None:
    """Every kind of writing command stops, a rebuild too."""
    cli.write("add.md", SPECS["add.md"] + "add(10, 10) -> 20\n")
    for command in (
        ["spec", "record"],
        ["synth", "--max-evals", "10"],
        ["review", "invalidate", "add", "--reason", "x"],
        ["project", "rebuild"],
    ):
        assert_stops(cli, *command)


def test_a_broken_workspace_is_told_to_people_in_a_table(promoted: Cli) -> None:
    (promoted.root / "repo-state" / "README.md").write_text("mine\n")
    told = promoted("doctor", code=5).out
    assert re.search(r"^BROKEN +integrity +\[LEDGER-005\] .*README\.md.*→ .*git -C", told, re.MULTILINE)
    assert told.rstrip().endswith("FAIL")


def test_a_sound_workspace_passes(promoted: Cli) -> None:
    assert promoted("replay", "--verify").out.rstrip().endswith("PASS")
    assert promoted("doctor").out.rstrip().endswith("PASS")


def commit_by_hand(cli: Cli) -> None:
    (cli.root / "repo-state" / "mine.txt").write_text("mine\n")
    git(cli, "add", "mine.txt")
    git(cli, "commit", "-q", "-m", "My own change")


def amend(cli: Cli) -> None:
    git(cli, "commit", "-q", "--amend", "-m", "Nothing to see here")


def amend_keeping_trailers(cli: Cli) -> None:
    message = cli.git("log", "-1", "--format=%B").replace("reads well", "reads badly")
    git(cli, "commit", "-q", "--amend", "-m", message)


def merge(cli: Cli) -> None:
    git(cli, "checkout", "-q", "-b", "side", "HEAD~1")
    commit_by_hand(cli)
    git(cli, "checkout", "-q", "main")
    git(cli, "merge", "-q", "--no-ff", "-m", "Merge branch 'side'", "side")


@pytest.mark.parametrize(
    "change",
    [
        commit_by_hand,
        amend_keeping_trailers,
        *(pytest.param(each, marks=pytest.mark.slow) for each in (amend, merge)),
    ],
)
def test_a_foreign_commit_on_main_is_kept_and_stops_everything(
    promoted: Cli, change: Callable[[Cli], None]
) -> None:
    change(promoted)
    foreign = promoted.git("rev-parse", "main").strip()
    assert_found(promoted, foreign[:12], "did not make", "reset --hard")
    assert_writers_stop(promoted)
    assert promoted.git("rev-parse", "main").strip() == foreign
    hint = promoted("spec", "record", code=5).err.splitlines()[-1]
    keep, undo = re.findall(r"git (-C \S+ (?:branch|reset) .*?)(?:;|$)", hint)
    for command in (keep, undo):
        subprocess.run(["git", *command.split()], check=True, capture_output=True)
    promoted("spec", "record")
    assert promoted.json("replay", "--verify")["ok"], "following the hint cures it"
    assert promoted.git("rev-parse", "keep").strip() == foreign


def test_a_hand_edited_file_is_not_overwritten(promoted: Cli) -> None:
    file = promoted.root / "repo-state" / "library" / "src" / "aurora_library" / "add.py"
    file.write_text(file.read_text() + "# mine\n")
    assert_found(promoted, "changed by hand", "library/src/aurora_library/add.py", "checkout HEAD --")
    assert_writers_stop(promoted)
    assert file.read_text().endswith("# mine\n")
    git(promoted, "checkout", "HEAD", "--", "library/src/aurora_library/add.py")
    promoted("spec", "record")
    assert promoted.json("replay", "--verify")["ok"]


def test_an_added_file_is_not_swept_away(promoted: Cli) -> None:
    """A file of one's own is nobody's business until Aurora would have to write it."""
    mine = promoted.root / "repo-state" / "notes.txt"
    mine.write_text("mine\n")
    promoted.write("add.md", SPECS["add.md"] + "add(10, 10) -> 20\n")
    promoted("spec", "record")
    assert mine.read_text() == "mine\n"
    staged = promoted.root / "repo-state" / "library" / "mine.py"
    staged.write_text("mine\n")
    git(promoted, "add", "library/mine.py")
    assert_found(promoted, "library/mine.py")
    assert_stops(promoted, "review", "invalidate", "add", "--reason", "x")


def test_a_deleted_file_is_put_back(promoted: Cli) -> None:
    file = promoted.root / "repo-state" / "library" / "src" / "aurora_library" / "add.py"
    text = file.read_text()
    file.unlink()
    promoted.write("add.md", SPECS["add.md"] + "add(10, 10) -> 20\n")
    promoted("spec", "record")
    assert file.read_text() == text
    assert promoted.git("status", "--porcelain") == ""


def test_a_flipped_byte_in_a_pack_is_found(promoted: Cli) -> None:
    (pack, *_) = sorted((promoted.root / "repo-state" / ".git" / "objects" / "pack").glob("*.pack"))
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    pack.chmod(0o644)
    pack.write_bytes(content)
    assert_found(promoted, "checksum", "move it away")


@pytest.mark.parametrize("kept", [0, 4096, 0.5, -1])
def test_a_truncated_journal_stops_everything(promoted: Cli, kept: float) -> None:
    settle(promoted)
    content = journal_of(promoted).read_bytes()
    size = int(len(content) * kept) if isinstance(kept, float) else kept % len(content)
    journal_of(promoted).write_bytes(content[:size])
    assert_found(promoted, "journal", "aurora restore")
    assert_writers_stop(promoted)


@pytest.mark.parametrize("flips", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_every_flipped_byte_that_says_anything_is_found(promoted: Cli, flips: int) -> None:
    """Bytes of free space say nothing: then all rows are as they were. Nothing is ever an internal error."""
    settle(promoted)
    content = journal_of(promoted).read_bytes()
    rows = rows_of(promoted)
    chosen = random.Random(20261121)
    found = 0
    for _ in range(flips):
        place = chosen.randrange(len(content))
        damaged = bytearray(content)
        damaged[place] ^= 1 << chosen.randrange(8)
        settle(promoted)
        journal_of(promoted).write_bytes(damaged)
        if rows_or_nothing(promoted) == rows:
            assert promoted("replay", "--verify", "--json", code=None).code in (0, 5), place
            continue
        found += 1
        settle_nothing = contents(promoted.root / "repo-state")
        assert promoted("replay", "--verify", "--json", code=None).code == 5, place
        assert promoted("doctor", "--json", code=None).code == 5, place
        assert promoted("project", "rebuild", "--json", code=None).code == 5, place
        assert promoted("review", "list", "--json", code=None).code in (0, 5), place
        assert contents(promoted.root / "repo-state") == settle_nothing
    assert found > flips // 4


def test_a_flipped_byte_in_an_event_is_found_at_its_position(searched: Cli) -> None:
    item = searched.item("add")
    position, state = next(
        (row[0], row[4])
        for row in rows_of(searched)
        if row[1] == f"item/{item}" and row[3] == "review.proposed"
    )
    place = state.index(b"return a + b") + len("return a ")
    flipped = state[:place] + b"*" + state[place + 1 :]
    change_row(searched, position, state=flipped)
    assert_found(searched, f"position {position}", "digest", "aurora restore")
    assert_stops(searched, "review", "promote", item)
    assert_stops(searched, "project", "rebuild")


def change_row(cli: Cli, position: int, **columns: object) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    with sqlite3.connect(journal_of(cli)) as connection:
        connection.execute(f"UPDATE stored_events SET {names} WHERE rowid = ?", (*columns.values(), position))
    connection.close()
    settle(cli)


def test_an_altered_published_event_is_found_also_with_a_matching_digest(searched: Cli) -> None:
    position, state = next((row[0], row[4]) for row in rows_of(searched) if row[3] == "review.proposed")
    event = decode(state)
    assert isinstance(event, Proposed)
    forged = encode(msgspec.structs.replace(event, source=event.source.replace("+", "-")))
    change_row(searched, position, state=forged, digest=digest(forged))
    assert_found(searched, "altered", "aurora restore")
    assert_stops(searched, "project", "rebuild")
    shutil.rmtree(searched.root / ".aurora" / "views")
    assert_found(searched, "altered", "aurora restore")
    assert_writers_stop(searched)


def test_a_journal_older_than_the_ledger_stops_everything(promoted: Cli, tmp_path: Path) -> None:
    settle(promoted)
    shutil.copy(journal_of(promoted), tmp_path / "older.db")
    promoted("review", "invalidate", "add", "--reason", "after the copy")
    head = promoted.git("rev-parse", "main")
    settle(promoted)
    shutil.copy(tmp_path / "older.db", journal_of(promoted))
    assert_found(promoted, "older", "aurora restore")
    assert_writers_stop(promoted)
    shutil.rmtree(promoted.root / ".aurora" / "views")
    assert_found(promoted, "older", "aurora restore")
    assert_writers_stop(promoted)
    shutil.rmtree(promoted.root / ".aurora")
    promoted("restore")
    assert promoted.git("rev-parse", "main") == head
    assert promoted.json("replay", "--verify")["ok"]


def unpublished(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> int:
    """The position of an event that no commit holds."""
    cli.write("add.md", SPECS["add.md"] + "add(7, 7) -> 14\n")
    append_only_to_the_journal(cli, monkeypatch, "spec", "record")
    assert cli.json("replay", "--verify")["ledger"]["behind"] == 1
    settle(cli)
    return int(cli.json("status")["position"])


@pytest.mark.parametrize("redigested", [False, True], ids=["digest left alone", "digest recomputed"])
def test_an_event_altered_before_it_was_ever_published_stops_everything(
    promoted: Cli, monkeypatch: pytest.MonkeyPatch, redigested: bool
) -> None:
    position = unpublished(promoted, monkeypatch)
    state = rows_of(promoted)[-1][4].replace(b"add(7, 7) -> 14", b"add(7, 7) -> 15")
    columns = {"state": state, **({"digest": hashlib.sha256(state).digest()} if redigested else {})}
    change_row(promoted, position, **columns)
    assert_found(promoted, f"position {position}", "aurora restore")
    assert_writers_stop(promoted)
    shutil.rmtree(promoted.root / ".aurora")
    promoted("restore")
    promoted("spec", "record")
    assert promoted.json("replay", "--verify")["ok"]


def test_an_unpublished_event_without_its_digest_is_found_also_without_views(
    promoted: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    position = unpublished(promoted, monkeypatch)
    state = rows_of(promoted)[-1][4].replace(b"add(7, 7) -> 14", b"add(7, 7) -> 15")
    change_row(promoted, position, state=state)
    shutil.rmtree(promoted.root / ".aurora" / "views")
    assert_found(promoted, f"position {position}", "aurora restore")
    assert_writers_stop(promoted)


def test_nothing_can_tell_when_digest_and_views_of_an_unpublished_event_are_forged_too(
    promoted: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit, said honestly: no witness is left. The next commit notarises what is there then."""
    position = unpublished(promoted, monkeypatch)
    state = rows_of(promoted)[-1][4].replace(b"add(7, 7) -> 14", b"add(7, 7) -> 15")
    change_row(promoted, position, state=state, digest=digest(state))
    shutil.rmtree(promoted.root / ".aurora" / "views")
    assert promoted.json("replay", "--verify")["ok"]


def test_an_unpublished_event_cut_out_of_the_middle_is_missed(
    promoted: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    position = unpublished(promoted, monkeypatch)
    promoted.write("palindrome.md", SPECS["palindrome.md"] + "\n")
    append_only_to_the_journal(promoted, monkeypatch, "spec", "record")
    with sqlite3.connect(journal_of(promoted)) as connection:
        connection.execute("DELETE FROM stored_events WHERE rowid = ?", (position,))
    connection.close()
    settle(promoted)
    assert_found(promoted, str(position))
    assert_stops(promoted, "project", "rebuild")


def test_a_hand_edited_row_of_a_view_is_found_and_made_again(promoted: Cli) -> None:
    """A view is not a fact: writing commands decide from the log, and a rebuild throws the edit away."""
    before = {row["name"]: row["hash"] for row in promoted.json("project", "status")}
    (file,) = (promoted.root / ".aurora" / "views").glob("*.db")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE corpus SET snippet = 'def add(a, b): return 42'")
    connection.close()
    assert_found(promoted, "view corpus", "aurora project rebuild corpus")
    edited = {row["name"]: row["same"] for row in promoted("project", "status", "--json", code=5).json}
    assert [name for name, same in edited.items() if not same] == ["corpus"]
    rebuilt = promoted("project", "rebuild", "--json", code=None)
    assert {row["name"]: row["hash"] for row in rebuilt.json} == before
    assert promoted.json("replay", "--verify")["ok"]


def test_a_status_that_a_view_invents_decides_nothing(promoted: Cli) -> None:
    item = promoted.item("add", "active")
    (file,) = (promoted.root / ".aurora" / "views").glob("*.db")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE review SET status = 'candidate'")
    connection.close()
    assert "human:tester promoted it" in promoted("review", "promote", item, code=4).err


def test_a_lost_or_torn_intent_is_asked_of_the_log_instead(promoted: Cli) -> None:
    for content in (None, b"", b"{", b'{"old": "", "new": ""}'):
        file = promoted.root / ".aurora" / "ledger.json"
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)
        assert promoted.json("replay", "--verify")["ok"], content
        promoted("spec", "record")


def test_the_segments_in_the_ledger_hold_the_stored_bytes_of_every_event(promoted: Cli) -> None:
    """What a restore uses is the same, byte for byte, as what the journal stores; frames travel as digests."""
    lines = [
        json.loads(line)
        for path in sorted((promoted.root / "repo-state" / "journal").rglob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    assert [(line["position"], line["digest"]) for line in lines] == [
        (row.position, row.digest.hex()) for row in stored(promoted.root)
    ]


def test_every_test_that_the_documentation_names_is_there() -> None:
    root = Path(__file__).parents[2]
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (root / "docs" / "integrity.md").read_text())
    assert len(named) > 20
    for file, name in named:
        assert f"\ndef {name}(" in (root / file).read_text(), f"{file}::{name}"
