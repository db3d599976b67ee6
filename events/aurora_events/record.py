"""Events with their addresses: to be appended, as read, and as stored."""

from __future__ import annotations

from typing import NamedTuple

from aurora_events.base import Event


class Recorded(NamedTuple):
    """A stored event: its place in the total order, its stream and version (from 1), and its bytes' sha256."""

    position: int
    stream: str
    version: int
    event: Event
    digest: bytes


class Entry(NamedTuple):
    """An event to be appended: the stream it belongs to and the version it must get there (from 1)."""

    stream: str
    version: int
    event: Event


class StoredRow(NamedTuple):
    """A row of the log as it is stored, undecoded; what travels through Git and is hashed."""

    position: int
    stream: str
    version: int
    tag: str
    digest: bytes
    state: bytes
