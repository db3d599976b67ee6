"""Where content is: a table from sha256 to Git id, which can be deleted and is then made again from the refs."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aurora.artifacts.port import CacheUnwritable, Placed

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS places "
    "(sha256 BLOB PRIMARY KEY, oid BLOB NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID"
)


class Places:
    """The table. It is never the only place of a fact; a damaged one is thrown away."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fresh = False
        self._connection: sqlite3.Connection | None = None

    def put(self, pairs: Mapping[str, Placed]) -> None:
        """Remember places."""
        rows = [(bytes.fromhex(key), bytes.fromhex(at.oid), at.size) for key, at in pairs.items()]
        connection = self.open()
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO places VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise CacheUnwritable(str(self.path), str(error)) from error

    def get(self, sha256: str) -> Placed | None:
        """The place of content, if it is known."""
        row = (
            self.open()
            .execute("SELECT oid, size FROM places WHERE sha256 = ?", (bytes.fromhex(sha256),))
            .fetchone()
        )
        return None if row is None else Placed(row[0].hex(), row[1])

    def open(self) -> sqlite3.Connection:
        """The table, made when it is not there: ``fresh`` then tells that it knows nothing yet."""
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = self._sound() or self._anew()
            except sqlite3.OperationalError as error:
                raise CacheUnwritable(str(self.path), str(error)) from error
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def _sound(self) -> sqlite3.Connection | None:
        if not self.path.exists():
            return None
        try:
            connection = self._connect()
            connection.execute("SELECT count(*) FROM places WHERE size < 0").fetchone()
        except sqlite3.DatabaseError:
            return None
        return connection

    def _anew(self) -> sqlite3.Connection:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        connection = self._connect()
        connection.execute(_SCHEMA)
        self.fresh = True
        return connection

    def close(self) -> None:
        """Close the table."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
