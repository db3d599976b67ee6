"""The journal's SQLite file through the standard library alone: schema, making, opening, what errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from aurora.errors import AuroraError
from aurora.journal.port import JournalBusy, JournalCorrupt, JournalMissing, JournalUnwritable

TABLE: Final = "stored_events"

SCHEMA: Final = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} ("
    "rowid INTEGER PRIMARY KEY, "
    "originator_id TEXT NOT NULL, "
    "originator_version INTEGER NOT NULL, "
    "topic TEXT NOT NULL, "
    "state BLOB NOT NULL, "
    "digest BLOB NOT NULL, "
    "UNIQUE (originator_id, originator_version))"
)
"""Names are eventsourcing's. A declared ``rowid`` is the position: VACUUM may renumber an undeclared one."""

COLUMNS: Final = ("rowid", "originator_id", "originator_version", "topic", "state", "digest")

BUSY_SECONDS: Final = 30

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL)
_FORBIDDEN = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH)


def address(path: Path) -> str:
    """The file as an SQLite URI that opens but never creates."""
    return f"file:{quote(str(path.absolute()))}?mode=rw"


def make(path: Path) -> None:
    """Make an empty journal at ``path`` unless there is one.

    It is made under another name and then linked into place: nobody ever meets a half-made journal, and of
    several makers exactly one wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with guarded(path), closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(SCHEMA)
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def connect(path: Path) -> sqlite3.Connection:
    """A connection for reading. It is opened read-write, because a WAL database cannot be read otherwise
    without leaving ``-wal`` and ``-shm`` files behind; ``query_only`` keeps it from changing anything.
    """
    if not path.exists():
        raise JournalMissing(str(path))
    with guarded(path):
        connection = sqlite3.connect(address(path), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA query_only=ON")
            _check_schema(connection, path)
            _check_length(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    found = tuple(name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (TABLE,)))
    if found != COLUMNS:
        what = f"its table {TABLE} has columns {', '.join(found)}" if found else f"it has no table {TABLE}"
        raise JournalCorrupt(f"this is an SQLite file, but no journal: {what}", where=str(path))


def _check_length(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite reads what is missing of the last page as zeros; with a write-ahead log the file may lag behind."""
    pages, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
    )
    log = path.with_name(f"{path.name}-wal")
    if path.stat().st_size < pages * size and not (log.exists() and log.stat().st_size):
        raise JournalCorrupt("the file is cut off: its last page is not whole", where=str(path))


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Errors of SQLite, met here, in words that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(error, path) from error


def explained(error: sqlite3.Error, path: Path) -> AuroraError:
    """What an error of SQLite means for the person at the keyboard."""
    where = str(path)
    # The low byte is the primary code; errors of the Python module itself (bad UTF-8) carry none.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in _BUSY:
        return JournalBusy("another process keeps the journal locked", where=where)
    if code == sqlite3.SQLITE_FULL:
        return JournalUnwritable(
            "the disk is full; nothing was written or lost",
            where=where,
            hint="free some space, then run again",
        )
    if code in _FORBIDDEN:
        return JournalUnwritable(
            f"the journal cannot be opened or written ({error})",
            where=where,
            hint="check the permissions of the file and of its directory",
        )
    if code == sqlite3.SQLITE_IOERR:
        return JournalUnwritable(
            f"the disk reports an error ({error}); what was acknowledged before is unchanged",
            where=where,
            hint="check the disk and its free space, then run `aurora doctor`",
        )
    return JournalCorrupt(f"the file cannot be read as a journal: {error}", where=where)
