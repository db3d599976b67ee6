"""Is the journal what was written? Every row against its digest, stream and order; and the hash chain."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from aurora.journal.decoding import UNREADABLE
from aurora.journal.port import PAGE, Journal, JournalCorrupt
from aurora_events.codec import GENESIS, TAGS, decode, digest, link
from aurora_events.record import StoredRow
from aurora_events.runs import SEARCH_PREFIX, FrameWithheld


class Corruption(msgspec.Struct, frozen=True):
    """Something wrong at (or, when the store cannot go on, after) a position."""

    position: int
    stream: str
    what: str


class Verification(msgspec.Struct, frozen=True):
    """What was found. ``chain`` is the hash chain over all rows; ``withheld`` are positions of frames that
    travelled as digests only and have not been regenerated.
    """

    events: int
    position: int
    chain: bytes
    corrupt: tuple[Corruption, ...]
    withheld: tuple[int, ...]

    @property
    def ok(self) -> bool:
        return not self.corrupt


def verify(journal: Journal) -> Verification:
    """Walk all rows. Damage is reported, never raised."""
    walk = _Walk()
    try:
        for row in _rows(journal):
            walk.step(row)
        for line in journal.damage():
            walk.report(walk.position, "", f"the store reports: {line}")
    except JournalCorrupt as error:
        walk.report(walk.position, "", f"nothing can be read after this position: {error.message}")
    return Verification(walk.events, walk.position, walk.chain, tuple(walk.corrupt), tuple(walk.withheld))


def chain_until(journal: Journal, position: int) -> bytes:
    """The hash chain over the rows up to ``position``."""
    chain = GENESIS
    for row in _rows(journal, position):
        chain = link(chain, row.position, row.stream, row.version, row.digest)
    return chain


def _rows(journal: Journal, through: int | None = None) -> Iterator[StoredRow]:
    after = 0
    while page := journal.rows(after, PAGE, through):
        yield from page
        after = page[-1].position


class _Walk:
    """The state of one pass over the rows."""

    def __init__(self) -> None:
        self.events = 0
        self.position = 0
        self.chain = GENESIS
        self.corrupt: list[Corruption] = []
        self.withheld: list[int] = []
        self._versions: dict[str, int] = {}

    def report(self, position: int, stream: str, what: str) -> None:
        self.corrupt.append(Corruption(position, stream, what))

    def step(self, row: StoredRow) -> None:
        self.events += 1
        if row.position <= self.position:
            self.report(row.position, str(row.stream), f"it comes after position {self.position}")
        self.position = max(self.position, row.position)
        if not _well_formed(row):
            self.report(row.position, str(row.stream), "its columns do not have the types of a journal row")
            return
        self.chain = link(self.chain, row.position, row.stream, row.version, row.digest)
        self._check_version(row)
        self._check_event(row)

    def _check_version(self, row: StoredRow) -> None:
        last = self._versions.get(row.stream, 0)
        if row.version != last + 1:
            self.report(row.position, row.stream, f"version {row.version} follows version {last}")
        self._versions[row.stream] = row.version

    def _check_event(self, row: StoredRow) -> None:
        stands_in = row.tag == TAGS[FrameWithheld]
        if not stands_in and digest(row.state) != row.digest:
            self.report(row.position, row.stream, "its bytes do not have the stored digest")
        try:
            event = decode(row.state)
        except UNREADABLE as error:
            self.report(row.position, row.stream, f"its bytes are no event: {error}")
            return
        tag = TAGS[type(event)]
        if tag != row.tag:
            self.report(row.position, row.stream, f"it is stored as {row.tag} but holds {tag}")
        if stands_in:
            self.withheld.append(row.position)
            if not row.stream.startswith(SEARCH_PREFIX):
                self.report(row.position, row.stream, "only frames of a search may be withheld")


def _well_formed(row: StoredRow) -> bool:
    # A flipped byte can change a column's type: SQLite stores the type of each value next to the value.
    return (
        isinstance(row.stream, str)
        and isinstance(row.version, int)
        and 0 < row.version < 2**63
        and isinstance(row.tag, str)
        and isinstance(row.digest, bytes)
        and len(row.digest) == 32
        and isinstance(row.state, bytes)
    )
