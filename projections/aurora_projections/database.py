"""One database of views: its tables and tracked positions, and folding a log into it page by page.

The only thing stored beside the views' own tables are the tracked positions, written in the same
transaction as the rows they vouch for. So a kill at any moment leaves each view at some exact position, and
going on from there gives the same rows as folding the log in one go.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from aurora_events.base import Event
from aurora_events.record import Recorded
from aurora_projections.base import Projection, Source
from aurora_projections.errors import ViewsDamaged, ViewsUnavailable
from aurora_projections.text import json_row

PAGE: Final = 1000  # a page may hold nothing but frames of 1,024 attempts: about 0.1 GB at this size
PATIENCE: Final = 30.0  # seconds to wait for another process's page

_TRACKING: Final = (
    "CREATE TABLE tracking (name TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL)"
)
_NOT_DAMAGE: Final = frozenset(  # what is wrong lies outside the file's content
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOMEM,
    }
)


class Standing(NamedTuple):
    """What a view is at one moment."""

    position: int
    rows: int
    hash: str


class Database:
    """A database of views. All errors of SQLite come out as ``ViewsDamaged`` or ``ViewsUnavailable``."""

    def __init__(self, path: Path | None, projections: Sequence[Projection]) -> None:
        """Open a file that exists, or (``None``) a database in memory."""
        self.path = path
        self.projections = tuple(projections)
        with self.reported():
            if path is None:
                self.connection = sqlite3.connect(":memory:", isolation_level=None)
            else:
                uri = f"{path.absolute().as_uri()}?mode=rw"
                self.connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE)

    @property
    def where(self) -> str:
        """The file, for messages."""
        return str(self.path) if self.path else "memory"

    def settle(self) -> None:
        """Read for the first time: from here on the file and its write-ahead log may be removed by others."""
        with self.reported():
            self._tables()
            # Pages lost in a power cut are folded again, so views need no fsync at every commit.
            self.connection.execute("PRAGMA synchronous=NORMAL")

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def prepare(self, projections: Iterable[Projection]) -> None:
        """Make the tables of these projections anew and empty, at position 0."""
        with self._transaction("BEGIN IMMEDIATE"):
            present = self._tables()
            if "tracking" not in present:
                self.connection.execute(_TRACKING)
            for projection in projections:
                for table in projection.tables:
                    self.connection.execute(f'DROP TABLE IF EXISTS "{table.name}"')
                    for statement in table.ddl:
                        self.connection.execute(statement)
                self.connection.execute(
                    "INSERT OR REPLACE INTO tracking VALUES (?, ?, 0)", (projection.name, projection.version)
                )

    def outdated(self) -> list[Projection]:
        """The projections whose view is missing, incomplete, or of another version of the fold."""
        with self.reported():
            present = self._tables()
            versions: dict[str, int] = {}
            if "tracking" in present:
                versions = dict(self.connection.execute("SELECT name, version FROM tracking"))
        return [
            projection
            for projection in self.projections
            if versions.get(projection.name) != projection.version
            or not present.issuperset(table.name for table in projection.tables)
        ]

    def positions(self) -> dict[str, int]:
        """The position of the last event in each view, by the view's name."""
        with self.reported():
            return dict(self.connection.execute("SELECT name, position FROM tracking"))

    def advance(self, source: Source, through: int, only: Sequence[Projection] | None = None) -> None:
        """Fold the log up to ``through`` into all views, or into some.

        Several processes may do so at once: each event is folded into a view by exactly one of them.
        """
        projections = self.projections if only is None else only
        while projections:
            positions = self.positions()
            lowest = min(positions[projection.name] for projection in projections)
            facts = source.scan(lowest, PAGE, through) if lowest < through else []
            if not facts:
                return
            with self._transaction("BEGIN IMMEDIATE"):
                self._fold(projections, facts)

    def dump(self, projection: Projection) -> Iterator[str]:
        """The canonical dump as JSON lines: each table's name and columns, then its rows by primary key."""
        with self.reported():
            for table in projection.tables:
                yield json_row((table.name, *table.columns))
                yield from map(json_row, table.tuples(self.connection))

    def hash(self, projection: Projection) -> str:
        """The sha256 of the canonical dump (each line ended by LF), in hex."""
        total = hashlib.sha256()
        for line in self.dump(projection):
            total.update(f"{line}\n".encode("ascii"))
        return total.hexdigest()

    def standings(self, projections: Iterable[Projection]) -> dict[str, Standing]:
        """What these views are, all at the same moment; without those that are outdated."""
        with self._transaction("BEGIN"):
            stale = {projection.name for projection in self.outdated()}
            return {p.name: self.standing(p) for p in projections if p.name not in stale}

    def standing(self, projection: Projection) -> Standing:
        """What one view is."""
        rows = sum(table.count(self.connection) for table in projection.tables)
        return Standing(self.positions()[projection.name], rows, self.hash(projection))

    def _fold(self, projections: Sequence[Projection], facts: Sequence[Recorded]) -> None:
        """Fold what each view has not seen. Positions are read again: another process may have been here."""
        last = facts[-1].position
        positions = self.positions()
        routes = _routes(projections)
        lots: list[list[Recorded]] = [[] for _ in projections]
        for fact in facts:
            for number in routes.get(type(fact.event), ()):
                lots[number].append(fact)
        for projection, lot in zip(projections, lots, strict=True):
            position = positions[projection.name]
            if position >= last:
                continue
            unseen = lot if position < facts[0].position else [f for f in lot if f.position > position]
            if unseen:
                projection.fold(self.connection, unseen)
            self.connection.execute(
                "UPDATE tracking SET position = ? WHERE name = ?", (last, projection.name)
            )

    def _tables(self) -> set[str]:
        found = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found}

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self.reported():
            self.connection.execute(begin)
            try:
                yield
            except BaseException:
                if self.connection.in_transaction:  # SQLite has already rolled back after some errors
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Turn errors of SQLite into ours."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            kind = ViewsUnavailable if code in _NOT_DAMAGE else ViewsDamaged
            raise kind(self.where, str(error)) from error


def _routes(projections: Sequence[Projection]) -> dict[type[Event], list[int]]:
    """Which projections (by number) handle which event."""
    routes: dict[type[Event], list[int]] = {}
    for number, projection in enumerate(projections):
        for kind in projection.handles:
            routes.setdefault(kind, []).append(number)
    return routes
