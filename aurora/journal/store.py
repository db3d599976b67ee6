"""The seams of eventsourcing that both databases share: one msgpack union, tuples instead of objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from eventsourcing import persistence
from eventsourcing.persistence import AggregateRecorder, EventStore, Mapper, StoredEvent, Transcoder

from aurora.journal.port import VersionConflict
from aurora_events.codec import TAGS, decode, digest, encode
from aurora_events.record import Entry


class Row(NamedTuple):
    """What a recorder inserts. It quacks like eventsourcing's StoredEvent and goes to the driver as it is."""

    originator_id: str
    originator_version: int
    topic: str
    state: bytes
    digest: bytes


_new = tuple.__new__
"""Skips the Python-level constructor of a NamedTuple, which would double the cost of mapping an event."""


class StaleVersion(persistence.IntegrityError):
    """A stream is not where the writer thought: eventsourcing's kind of error, with both versions."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(stream, expected, actual)
        self.conflict = VersionConflict(stream, expected, actual)


class NoTranscoder(Transcoder):
    """Mapper wants one; the union encodes whole events, so it is never asked."""

    def encode(self, obj: object) -> bytes:
        raise TypeError(f"events are encoded by aurora_events.codec, not one by one: {type(obj).__name__}")

    def decode(self, data: bytes) -> object:
        raise TypeError("events are decoded by aurora_events.codec")


class UnionMapper(Mapper[str]):
    """Events to rows through the tagged union; the topic is the event's tag, never a Python path."""

    def __init__(self) -> None:
        super().__init__(NoTranscoder())

    def to_stored_event(self, domain_event: Entry) -> Row:  # type: ignore[override]  # tuples, not objects
        stream, version, event = domain_event
        state = encode(event)
        return _new(Row, (stream, version, TAGS[type(event)], state, digest(state)))

    def to_domain_event(self, stored_event: StoredEvent | Row) -> Entry:  # type: ignore[override]
        stream, version = str(stored_event.originator_id), stored_event.originator_version
        return Entry(stream, version, decode(stored_event.state))


class JournalStore(EventStore[str]):
    """Puts entries, returns positions; no Recording per event."""

    def __init__(self, recorder: AggregateRecorder) -> None:
        super().__init__(UnionMapper(), recorder)

    def put(self, domain_events: Iterable[Entry], **kwargs: Any) -> list[int]:  # type: ignore[override]
        to_row: Callable[[Any], Any] = self.mapper.to_stored_event
        rows = list(map(to_row, domain_events))
        return list(self.recorder.insert_events(rows, **kwargs) or ())


def check_versions(rows: Sequence[Row], head: Callable[[str], int]) -> None:
    """Every row must be the next of its stream. ``head`` is asked once per stream, under the write lock."""
    heads: dict[str, int] = {}
    for row in rows:
        stream, version = row[0], row[1]
        last = heads.get(stream)
        if last is None:
            last = head(stream)
        if version != last + 1:
            raise StaleVersion(stream, version - 1, last)
        heads[stream] = version


def heads_from(known: Mapping[str, int]) -> Callable[[str], int]:
    """Heads read beforehand; a stream that is not among them is empty."""
    return lambda stream: known.get(stream, 0)
