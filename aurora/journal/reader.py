"""A SQLite journal opened for reading: the standard library only, so that reading commands start quickly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from aurora.journal.decoding import RowTuple, checked, decoded
from aurora.journal.port import END, PAGE, Closing, JournalCorrupt, JournalUnwritable
from aurora.journal.sqlite_file import TABLE, connect, guarded
from aurora_events.record import Entry, Recorded, StoredRow

_ROW = "SELECT rowid, originator_id, originator_version, topic, digest, state"
_PAGE = f"{_ROW} FROM {TABLE} WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?"
_STREAM = f"{_ROW} FROM {TABLE} WHERE originator_id = ? ORDER BY originator_version"
_VERSION = f"SELECT COALESCE(MAX(originator_version), 0) FROM {TABLE} WHERE originator_id = ?"
_POSITION = f"SELECT COALESCE(MAX(rowid), 0) FROM {TABLE}"
_COUNT = f"SELECT COUNT(*) FROM {TABLE}"


class SqliteReader(Closing):
    """Everything a journal can tell, and nothing that changes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = connect(path)

    def append(self, entries: Sequence[Entry]) -> list[int]:
        raise self._read_only()

    def load(self, rows: Iterable[StoredRow]) -> None:
        raise self._read_only()

    def scan(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[Recorded]:
        return decoded(self._page(after, limit, through), str(self.path))

    def rows(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[StoredRow]:
        return list(map(StoredRow._make, self._page(after, limit, through)))

    def stream(self, name: str) -> list[Recorded]:
        with guarded(self.path):
            found = self._connection.execute(_STREAM, (name,)).fetchall()
        return checked(found, str(self.path))

    def version(self, name: str) -> int:
        return self._number(_VERSION, name)

    def position(self) -> int:
        return self._number(_POSITION)

    def count(self) -> int:
        return self._number(_COUNT)

    def damage(self) -> list[str]:
        """Includes the index of stream versions, which reading by position never touches."""
        with guarded(self.path):
            found = [str(line) for (line,) in self._connection.execute("PRAGMA integrity_check(20)")]
        return [] if found == ["ok"] else found

    def close(self) -> None:
        self._connection.close()

    def _page(self, after: int, limit: int, through: int | None) -> list[RowTuple]:
        last = END if through is None else through
        with guarded(self.path):
            page: list[RowTuple] = self._connection.execute(_PAGE, (after, last, limit)).fetchall()
        if page and page[-1][0] <= after:  # or whoever follows a damaged file would follow it for ever
            raise JournalCorrupt(f"positions do not grow after {after}", where=str(self.path), position=after)
        return page

    def _number(self, statement: str, *parameters: str) -> int:
        with guarded(self.path):
            return int(self._connection.execute(statement, parameters).fetchone()[0])

    def _read_only(self) -> JournalUnwritable:
        return JournalUnwritable(
            "the journal was opened for reading only",
            where=str(self.path),
            hint="this is a mistake in Aurora: a command that writes must open the journal for writing",
        )
