"""The SQLite journal as a file: what it creates, what it survives, and what it says when it is damaged."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from journals import edited, entries

from aurora.journal.opening import open_journal
from aurora.journal.port import JournalBusy, JournalCorrupt, JournalMissing, JournalUnwritable
from aurora.journal.sqlite import SqliteJournal
from aurora.journal.verify import verify
from aurora_events.record import Entry, StoredRow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed journal of 60 events in two streams."""
    path = tmp_path / "journal.db"
    with open_journal(path, create=True) as journal:
        journal.append([*entries("spec/add", 1, 40), *entries("search/r1/add/add", 1, 20)])
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in folder.iterdir()}


@pytest.mark.parametrize("writable", [True, False])
def test_opening_creates_nothing_unless_asked_to(tmp_path: Path, writable: bool) -> None:
    with pytest.raises(JournalMissing, match="no journal here"):
        open_journal(tmp_path / "journal.db", writable=writable)
    assert files(tmp_path) == {}


def test_reading_leaves_the_folder_as_it_was(path: Path) -> None:
    before = files(path.parent)
    with open_journal(path, writable=False) as journal:
        assert verify(journal).events == 60
    assert files(path.parent) == before == {"journal.db": path.read_bytes()}


def test_creating_leaves_nothing_but_the_journal_and_keeps_an_existing_one(path: Path) -> None:
    with open_journal(path, create=True) as journal:
        assert journal.count() == 60
    assert list(files(path.parent)) == ["journal.db"]


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a b?mode=ro#100%.db"
    with open_journal(path, create=True) as journal:
        journal.append(entries("spec/add", 1, 1))
    assert list(files(tmp_path)) == [path.name]


def test_a_journal_opened_for_reading_refuses_to_write(path: Path) -> None:
    with open_journal(path, writable=False) as journal:
        with pytest.raises(JournalUnwritable, match="opened for reading only"):
            journal.append(entries("spec/add", 41, 1))
        with pytest.raises(JournalUnwritable, match="opened for reading only"):
            journal.load([])
        assert journal.count() == 60


def test_commits_reach_the_disk_before_they_are_acknowledged(path: Path) -> None:
    with SqliteJournal(path) as journal, journal._datastore.transaction(commit=False) as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == 2  # FULL
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0] == "wal"


def test_vacuum_keeps_positions(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with open_journal(path, create=True) as journal:
        journal.append(entries("spec/add", 1, 3))
        rows = [row._replace(position=row.position * 7) for row in journal.rows()]
    path.unlink()
    with open_journal(path, create=True) as journal:
        journal.load(rows)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    with open_journal(path) as journal:
        assert [row.position for row in journal.rows()] == [7, 14, 21]
        assert journal.append(entries("spec/add", 4, 1)) == [22]


def test_a_locked_journal_says_so_and_the_same_append_works_later(path: Path) -> None:
    with SqliteJournal(path, busy_seconds=1) as journal:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(JournalBusy, match="keeps the journal locked") as caught:
                journal.append(entries("spec/add", 41, 1))
        assert caught.value.retry
        assert journal.append(entries("spec/add", 41, 1)) == [61]


def test_a_full_disk_says_so_and_loses_nothing(path: Path) -> None:
    with SqliteJournal(path) as journal:
        with journal._datastore.transaction(commit=False) as cursor:
            cursor.execute("PRAGMA max_page_count=1")  # no page more than there are: SQLITE_FULL
        with pytest.raises(JournalUnwritable, match="the disk is full"):
            journal.append(entries("spec/add", 41, 5000))
        assert journal.count() == 60
        with journal._datastore.transaction(commit=False) as cursor:
            cursor.execute("PRAGMA max_page_count=1000000")
        assert journal.append(entries("spec/add", 41, 1)) == [61]


def no_database(path: Path) -> None:
    path.write_text("not a database, but long enough to be looked at " * 20)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_tables(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE people (name TEXT)")


def other_columns(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE stored_events RENAME COLUMN digest TO hash")


@pytest.mark.parametrize("spoil", [no_database, empty, other_tables, other_columns])
@pytest.mark.parametrize("writable", [True, False])
def test_a_file_that_is_no_journal_is_refused_with_a_cure(
    path: Path, spoil: Callable[[Path], None], writable: bool
) -> None:
    spoil(path)
    before = files(path.parent)

    with pytest.raises(JournalCorrupt) as caught:
        open_journal(path, create=True, writable=writable)

    assert caught.value.exit_code == 5
    assert caught.value.where == str(path)
    assert "aurora restore --from CLONE" in caught.value.hint
    assert files(path.parent) == before


def sound(path: Path, rows: list[StoredRow]) -> bool:
    """Whether a journal opens and verifies; if so, it must hold exactly ``rows`` and find their streams."""
    try:
        with open_journal(path, writable=False) as journal:
            if not verify(journal).ok:
                return False
            assert journal.rows() == rows
            assert journal.version("spec/add") == 40
            assert [item.version for item in journal.stream("spec/add")] == list(range(1, 41))
    except JournalCorrupt:
        return False
    return True


def test_a_truncated_file_is_detected_wherever_it_was_cut(path: Path) -> None:
    with open_journal(path) as journal:
        rows = journal.rows()
    whole = path.read_bytes()
    assert sound(path, rows)
    for length in range(0, len(whole), 997):
        path.write_bytes(whole[:length])
        assert not sound(path, rows), f"cut at {length} of {len(whole)}"


def test_a_flipped_byte_is_detected_or_changes_nothing_that_can_be_read(path: Path) -> None:
    with open_journal(path) as journal:
        rows = journal.rows()
    whole = path.read_bytes()
    detected = 0
    for place in range(0, len(whole), 41):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        detected += not sound(path, rows)
    assert detected > len(whole) / 41 / 4  # the rest is free space inside pages


def test_a_flipped_byte_of_an_event_is_named_by_position_and_stream(path: Path) -> None:
    with open_journal(path) as journal:
        journal.append([Entry("spec/gcd", 1, edited(1, "a text like no other"))])
    whole = path.read_bytes()
    place = whole.index(b"like no other")
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])

    with open_journal(path, writable=False) as journal:
        found = verify(journal)

    assert {(damage.position, damage.stream) for damage in found.corrupt} == {(61, "spec/gcd")}
    assert "its bytes do not have the stored digest" in found.corrupt[0].what


def test_reading_a_journal_loads_neither_eventsourcing_nor_a_database_driver(path: Path) -> None:
    code = (
        "import sys\n"
        "from aurora.journal.opening import open_journal\n"
        "from aurora.journal.verify import verify\n"
        "with open_journal(sys.argv[1], writable=False) as journal:\n"
        "    assert verify(journal).events == 60\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('eventsourcing', 'psycopg')])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "[]"
