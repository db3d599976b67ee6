"""The PostgreSQL journal as a server: what is refused before connecting, and what errors say."""

from __future__ import annotations

import subprocess
import sys

import pytest
from journals import LocatedHome, entries, postgres_home

from aurora.journal.opening import open_journal
from aurora.journal.port import (
    JournalBusy,
    JournalCorrupt,
    JournalMissing,
    JournalUnusable,
    JournalUnwritable,
)

NOBODY_LISTENS = "postgresql://ada:secret@127.0.0.1:1/aurora"


@pytest.mark.parametrize("value", ["y", "1", "true", "on"])
def test_server_functions_are_refused_because_readers_would_lose_events(value: str) -> None:
    with pytest.raises(JournalUnusable, match="POSTGRES_ENABLE_DB_FUNCTIONS is set") as caught:
        open_journal(NOBODY_LISTENS, env={"POSTGRES_ENABLE_DB_FUNCTIONS": value})
    assert caught.value.exit_code == 6


def test_server_functions_switched_off_are_no_reason_to_refuse() -> None:
    with pytest.raises(JournalBusy):
        open_journal(NOBODY_LISTENS, env={"POSTGRES_ENABLE_DB_FUNCTIONS": "no"})


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(JournalBusy) as caught:
        open_journal(NOBODY_LISTENS)
    assert caught.value.where == "postgresql://127.0.0.1:1/aurora?schema=public"
    assert "secret" not in str(caught.value)


def test_a_broken_url_is_refused_with_an_example() -> None:
    with pytest.raises(JournalUnusable, match="not a PostgreSQL URL") as caught:
        open_journal("postgresql://host/db?no_such_option=1")
    assert "postgresql://user:password@host:port/database" in caught.value.hint


def test_without_psycopg_the_error_names_the_package_to_install() -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from aurora.errors import AuroraError\n"
        "from aurora.journal.opening import open_journal\n"
        "try:\n    open_journal('postgresql://localhost/aurora')\n"
        "except AuroraError as error:\n    print(error.exit_code, error.hint)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "6 pip install aurora-synth[postgres]"


@pytest.mark.postgres
def test_opening_creates_nothing_unless_asked_to() -> None:
    with postgres_home() as home:
        for _ in range(2):
            with pytest.raises(JournalMissing):
                open_journal(home.location)


@pytest.mark.postgres
def test_a_journal_opened_for_reading_refuses_to_write() -> None:
    with postgres_home() as home:
        home.open().close()
        with open_journal(home.location, writable=False) as journal:
            with pytest.raises(JournalUnwritable):
                journal.append(entries("spec/add", 1, 1))
            assert journal.count() == 0


@pytest.mark.postgres
def test_a_failed_append_may_leave_a_gap_and_order_still_holds() -> None:
    with postgres_home() as home, home.open() as journal:
        journal.append(entries("spec/add", 1, 2))
        spoil(home, "ADD CHECK (originator_version <> 4)")
        with pytest.raises(JournalCorrupt, match="these rows do not form a journal"):
            journal.append(entries("spec/add", 3, 2))
        spoil(home, "DROP CONSTRAINT stored_events_originator_version_check")
        positions = journal.append(entries("spec/add", 3, 2))
        assert positions == sorted(positions)
        assert positions[0] > 3
        assert [row.version for row in journal.rows()] == [1, 2, 3, 4]


@pytest.mark.postgres
def test_a_table_of_other_columns_is_refused() -> None:
    with postgres_home() as home:
        home.open().close()
        spoil(home, "RENAME COLUMN digest TO hash")
        with pytest.raises(JournalCorrupt, match="has columns"):
            home.open()


def spoil(home: LocatedHome, change: str) -> None:
    """Change the table of events behind the journal's back."""
    import psycopg

    server, _, schema = str(home.location).partition("?schema=")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'ALTER TABLE "{schema}".stored_events {change}')
