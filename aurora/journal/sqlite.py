"""A SQLite journal opened for writing: eventsourcing's recorder with batches, digests, versions checked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from eventsourcing.persistence import ConnectionUnavailableError, PersistenceError
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from aurora.errors import AuroraError
from aurora.journal.port import PAGE, JournalBusy, JournalCorrupt, JournalNotEmpty
from aurora.journal.reader import SqliteReader
from aurora.journal.sqlite_file import BUSY_SECONDS, SCHEMA, TABLE, address, explained
from aurora.journal.store import JournalStore, Row, StaleVersion, check_versions
from aurora_events.record import Entry, StoredRow


class _Transaction(SQLiteTransaction):
    """Writers take the lock at once: a deferred BEGIN that reads first can fail without waiting its turn."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")
        return cursor


class _Connection(SQLiteConnection):
    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with _Transaction(self, commit=commit) as cursor, cursor:
            yield cursor


class _Pool(SQLiteConnectionPool):
    """Connections that fsync on commit, whatever this SQLite was compiled to do by default."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()._sqlite_conn
        connection.execute("PRAGMA synchronous=FULL")
        return _Connection(connection, self.max_age)


class JournalDatastore(SQLiteDatastore):
    """Built directly, not by a factory: a factory would listen to environment variables."""

    def __init__(self, path: Path, busy_seconds: int = BUSY_SECONDS) -> None:
        super().__init__(address(path), originator_id_type="text")
        self.pool = _Pool(db_name=address(path), lock_timeout=busy_seconds, pool_timeout=busy_seconds)


class JournalRecorder(SQLiteApplicationRecorder):
    """Inserts rows in batches. The base class's own queries still hold on this table."""

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore, TABLE)
        self.insert_events_statement = (
            f"INSERT INTO {TABLE} (originator_id, originator_version, topic, state, digest) "
            "VALUES (?,?,?,?,?)"
        )
        self.restore_statement = (
            f"INSERT INTO {TABLE} (rowid, originator_id, originator_version, topic, digest, state) "
            "VALUES (?,?,?,?,?,?)"
        )
        self.head_statement = (
            f"SELECT COALESCE(MAX(originator_version), 0) FROM {TABLE} WHERE originator_id = ?"
        )

    def construct_create_table_statements(self) -> list[str]:
        return [SCHEMA]

    def _insert_events(
        self,
        c: SQLiteCursor,
        stored_events: Sequence[Row],  # type: ignore[override]  # rows with digests, made by UnionMapper
        **_: Any,
    ) -> list[int]:
        ask = c.sqlite_cursor.execute

        def head(stream: str) -> int:
            return int(ask(self.head_statement, (stream,)).fetchone()[0])

        check_versions(stored_events, head)
        first = (self._max_notification_id(c) or 0) + 1
        c.executemany(self.insert_events_statement, stored_events)
        # Under the write lock SQLite gives max(rowid) + 1 to each row, so the positions are known.
        return list(range(first, first + len(stored_events)))

    def restore(self, rows: Iterable[StoredRow], where: str) -> None:
        """All rows with their positions, in one transaction, into an empty table."""
        remaining = iter(rows)
        with self.datastore.transaction(commit=True) as c:
            last = self._max_notification_id(c)
            if last:
                raise JournalNotEmpty(where, last)
            while page := list(islice(remaining, PAGE)):
                c.executemany(self.restore_statement, page)


class SqliteJournal(SqliteReader):
    """The default journal: one file, many processes, every acknowledged append on the disk."""

    def __init__(self, path: Path, busy_seconds: int = BUSY_SECONDS) -> None:
        super().__init__(path)
        self._datastore = JournalDatastore(path, busy_seconds)
        self._recorder = JournalRecorder(self._datastore)
        self._store = JournalStore(self._recorder)

    def append(self, entries: Sequence[Entry]) -> list[int]:
        if not entries:
            return []
        with self._writing():
            return self._store.put(entries)

    def load(self, rows: Iterable[StoredRow]) -> None:
        with self._writing():
            self._recorder.restore(rows, str(self.path))

    def close(self) -> None:
        self._datastore.close()
        super().close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Errors of eventsourcing and SQLite in Aurora's words. eventsourcing wraps some, not all."""
        try:
            yield
        except StaleVersion as error:
            raise error.conflict from None
        except ConnectionUnavailableError as error:
            raise JournalBusy("other threads held the journal too long", where=str(self.path)) from error
        except (sqlite3.Error, PersistenceError) as error:
            raise self._explained(error) from error

    def _explained(self, error: sqlite3.Error | PersistenceError) -> AuroraError:
        cause = error if isinstance(error, sqlite3.Error) else error.__cause__
        if isinstance(cause, sqlite3.IntegrityError):
            return JournalCorrupt(f"these rows do not form a journal: {cause}", where=str(self.path))
        if isinstance(cause, sqlite3.Error):
            return explained(cause, self.path)
        return JournalCorrupt(str(error), where=str(self.path))
