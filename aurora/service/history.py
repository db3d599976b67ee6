"""The event log as people and programs read it: every event, oldest first, frames summarised unless asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from aurora.journal.port import PAGE
from aurora.service.reading import parse_time, position_of
from aurora.service.workspace import Workspace
from aurora_events.codec import TAGS, readable
from aurora_events.record import Recorded
from aurora_events.runs import FrameWithheld, Searched


class Filter(msgspec.Struct, frozen=True):
    """Which events: a stream (or the beginning of one), a type (or its first word), from when."""

    stream: str = ""
    type: str = ""
    since: str = ""
    full: bool = False


class Line(msgspec.Struct, frozen=True):
    """One event. ``at`` is ISO 8601 in UTC; ``at_ns`` the same in nanoseconds."""

    position: int
    stream: str
    version: int
    type: str
    at: str
    at_ns: int
    actor: str
    cause: str
    data: dict[str, Any]


def lines(workspace: Workspace, wanted: Filter, at: str | None, *, after: int = 0) -> Iterator[Line]:
    """The events that ``wanted`` names, up to ``at``. Raises ``NotFound`` or ``InvalidInput`` for a bad moment."""
    through = None if at is None else position_of(workspace, at)
    moment = parse_time(wanted.since) if wanted.since else None
    if wanted.since and moment is None:
        after = max(after, position_of(workspace, wanted.since))
    while page := workspace.journal.scan(after, PAGE, through):
        for fact in page:
            kind = tag_of(fact)
            late = moment is None or fact.event.at >= moment
            if late and _in_stream(fact.stream, wanted.stream) and _of_type(kind, wanted.type):
                yield line_of(fact, full=wanted.full)
        after = page[-1].position


def line_of(fact: Recorded, *, full: bool) -> Line:
    """An event as a line; a frame without ``full`` tells its size only."""
    event = fact.event
    data = readable(event)
    if isinstance(event, Searched) and not full:
        data["count"] = len(data.pop("attempts"))
    if isinstance(event, FrameWithheld):
        data["withheld"] = True
    return Line(
        fact.position,
        fact.stream,
        fact.version,
        tag_of(fact),
        iso(event.at),
        event.at,
        event.actor,
        event.cause,
        data,
    )


def tag_of(fact: Recorded) -> str:
    """The event's tag; a withheld frame is a frame."""
    kind = type(fact.event)
    return TAGS[Searched if kind is FrameWithheld else kind]


def iso(at: int) -> str:
    """Nanoseconds since 1970 as ISO 8601 in UTC, with all nine digits."""
    seconds, rest = divmod(at, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"


def _in_stream(stream: str, wanted: str) -> bool:
    return not wanted or stream == wanted or stream.startswith(wanted)


def _of_type(kind: str, wanted: str) -> bool:
    return not wanted or kind == wanted or kind.startswith(wanted + ".")
