"""A journal in memory: the contract in its plainest form, and a fake for the tests of everything above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter

from aurora.journal.decoding import checked, decoded
from aurora.journal.port import PAGE, Closing, JournalCorrupt, JournalNotEmpty, VersionConflict
from aurora_events.codec import TAGS, digest, encode
from aurora_events.record import Entry, Recorded, StoredRow

_WHERE = "memory"


class MemoryJournal(Closing):
    """For one process, as long as it lives. Events are kept as bytes, so codec errors show here too."""

    def __init__(self) -> None:
        self._rows: list[StoredRow] = []
        self._streams: dict[str, list[StoredRow]] = {}

    def append(self, entries: Sequence[Entry]) -> list[int]:
        heads: dict[str, int] = {}
        rows: list[StoredRow] = []
        first = self.position() + 1
        for position, (stream, version, event) in enumerate(entries, first):
            head = heads.get(stream, self.version(stream))
            if version != head + 1:
                raise VersionConflict(stream, version - 1, head)
            heads[stream] = version
            state = encode(event)
            rows.append(StoredRow(position, stream, version, TAGS[type(event)], digest(state), state))
        self._keep(rows)
        return [row.position for row in rows]

    def load(self, rows: Iterable[StoredRow]) -> None:
        if self._rows:
            raise JournalNotEmpty(_WHERE, self.position())
        wanted = sorted(rows, key=attrgetter("position"))
        if len({row.position for row in wanted}) < len(wanted):
            raise JournalCorrupt("these rows do not form a journal: a position occurs twice", where=_WHERE)
        if len({(row.stream, row.version) for row in wanted}) < len(wanted):
            raise JournalCorrupt("these rows do not form a journal: a version occurs twice", where=_WHERE)
        self._keep(wanted)

    def scan(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[Recorded]:
        return decoded(self.rows(after, limit, through), _WHERE)

    def rows(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[StoredRow]:
        start = self._index(after)
        end = len(self._rows) if through is None else self._index(through)
        return self._rows[start : min(end, start + limit)]

    def stream(self, name: str) -> list[Recorded]:
        return checked(self._streams.get(name, ()), _WHERE)

    def version(self, name: str) -> int:
        rows = self._streams.get(name)
        return rows[-1].version if rows else 0

    def position(self) -> int:
        return self._rows[-1].position if self._rows else 0

    def count(self) -> int:
        return len(self._rows)

    def damage(self) -> list[str]:
        return []

    def close(self) -> None:
        """Nothing to let go of."""

    def _index(self, position: int) -> int:
        return bisect_right(self._rows, position, key=attrgetter("position"))

    def _keep(self, rows: Sequence[StoredRow]) -> None:
        self._rows.extend(rows)
        for row in rows:
            self._streams.setdefault(row.stream, []).append(row)
