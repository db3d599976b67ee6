"""The log as the ledger sees it: stored rows, each checked against its digest, and the chain through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, Protocol

import msgspec

from aurora.ledger.errors import CorruptEvent, UnknownFormat
from aurora_events import codec
from aurora_events.base import Event
from aurora_events.record import StoredRow
from aurora_events.runs import SEARCH_PREFIX, FrameWithheld, Searched

PAGE: Final = 2000

KnownChain = Callable[[int], bytes | None]
"""The chain at a position, if somebody keeps it."""


class Source(Protocol):
    """What the ledger needs of a journal."""

    def rows(self, after: int = ..., limit: int = ..., through: int | None = ...) -> list[StoredRow]:
        """The next rows in order, after position ``after`` and not beyond ``through``."""
        ...

    def position(self) -> int:
        """The last position, 0 when there is none."""
        ...


class Fact(NamedTuple):
    """A row whose bytes were checked, with the event in them and the chain up to and including it.

    ``held`` is the decoded but untyped message: what the bytes hold, whatever fields the event has today.
    It is empty for frames, which travel as digests only.
    """

    row: StoredRow
    event: Event
    chain: bytes
    held: list[Any]


def rows(source: Source, after: int = 0, through: int | None = None, page: int = PAGE) -> Iterator[StoredRow]:
    """All rows after ``after``, read a page at a time. Raises ``CorruptEvent`` if positions do not grow."""
    while found := source.rows(after, page, through):
        for row in found:
            if row.position <= after:
                raise CorruptEvent(row.position, row.stream, f"this position comes after position {after}")
            after = row.position
            if not _well_formed(row):
                raise CorruptEvent(
                    row.position, str(row.stream), "its columns do not have the types of a journal row"
                )
            yield row


def facts(
    source: Source, after: int = 0, chain: bytes = codec.GENESIS, through: int | None = None, page: int = PAGE
) -> Iterator[Fact]:
    """The checked events after ``after``, where the chain is ``chain``. Raises ``CorruptEvent``."""
    for row in rows(source, after, through, page):
        event, held = _open(row)
        chain = codec.link(chain, row.position, row.stream, row.version, row.digest)
        yield Fact(row, event, chain, held)


def chain_at(source: Source, position: int) -> bytes | None:
    """The chain over the stored digests up to ``position``; None if there is no row at that position."""
    chain, last = codec.GENESIS, 0
    for row in rows(source, through=position):
        chain = codec.link(chain, row.position, row.stream, row.version, row.digest)
        last = row.position
    return chain if last == position else None


def _well_formed(row: StoredRow) -> bool:
    # A flipped byte can change a column's type: SQLite stores the type of each value next to the value.
    return (
        isinstance(row.stream, str)
        and isinstance(row.version, int)
        and 0 < row.version < 2**63
        and isinstance(row.tag, str)
        and isinstance(row.digest, bytes)
        and isinstance(row.state, bytes)
    )


def _open(row: StoredRow) -> tuple[Event, list[Any]]:
    try:
        event = codec.decode(row.state)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        _refuse_unknown(row, error)
        raise CorruptEvent(row.position, row.stream, f"the event cannot be read: {error}") from error
    tag = codec.TAGS[type(event)]
    if row.tag != tag:
        raise CorruptEvent(row.position, row.stream, f"the event is a {tag}, but the row says {row.tag}")
    if isinstance(event, Searched | FrameWithheld) and not row.stream.startswith(SEARCH_PREFIX):
        raise CorruptEvent(row.position, row.stream, f"a {tag} cannot stand in this stream")
    if isinstance(event, FrameWithheld):
        return event, []  # the digest is that of the frame that stood here
    if codec.digest(row.state) != row.digest:
        raise CorruptEvent(row.position, row.stream, "the stored bytes do not match their digest")
    if isinstance(event, Searched):
        return event, []
    held: list[Any] = msgspec.msgpack.decode(row.state)
    if len(held) > 1 + len(event.__struct_fields__):
        raise UnknownFormat(
            f"position {row.position}", f"a {tag} here has fields that this Aurora does not know"
        )
    return event, held


def _refuse_unknown(row: StoredRow, error: Exception) -> None:
    if codec.digest(row.state) == row.digest and row.tag not in codec.TAGS.values():
        raise UnknownFormat(
            f"position {row.position}", f"this Aurora does not know the event {row.tag}"
        ) from error
