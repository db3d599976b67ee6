"""Stored rows to recorded events, naming the row that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from aurora.journal.port import JournalCorrupt
from aurora_events.codec import TAGS, decode, digest
from aurora_events.record import Recorded, StoredRow
from aurora_events.runs import FrameWithheld

UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, TypeError)
"""What ``decode`` raises for bytes that are no event; TypeError when the store returns no bytes at all."""

RowTuple = StoredRow | tuple[int, str, int, str, bytes, bytes]
"""A row as a database hands it out: the columns of StoredRow, in its order."""

_WITHHELD: Final = TAGS[FrameWithheld]

_new = tuple.__new__


def decoded(rows: Iterable[RowTuple], where: str) -> list[Recorded]:
    """The events in ``rows``.

    ``tuple.__new__`` skips the Python-level constructor of the NamedTuple: a third of the cost of a scan.
    """
    events: list[Recorded] = []
    add = events.append
    position, stream = 0, ""
    try:
        for position, stream, version, _tag, digest, state in rows:
            # A flipped byte can change a column's type: SQLite stores it next to the value.
            if (
                type(stream) is not str
                or type(version) is not int
                or version < 1
                or type(digest) is not bytes
            ):
                raise TypeError("its columns do not have the types of a journal row")
            add(_new(Recorded, (position, stream, version, decode(state), digest)))
    except UNREADABLE as error:
        raise JournalCorrupt(
            f"the event at position {position} of stream {stream} cannot be read: {error}",
            where=where,
            position=position,
            stream=stream,
        ) from error
    return events


def checked(rows: Sequence[RowTuple], where: str) -> list[Recorded]:
    """As ``decoded``, with every event's bytes compared with their digest first: decisions are taken on these.

    A withheld frame keeps the digest of the frame that it stands for.
    """
    for position, stream, _, tag, stored, state in rows:
        if tag != _WITHHELD and isinstance(state, bytes) and digest(state) != stored:
            raise JournalCorrupt(
                f"the event at position {position} of stream {stream} was altered: "
                "its bytes do not have the stored digest",
                where=where,
                position=position,
                stream=stream,
            )
    return decoded(rows, where)
