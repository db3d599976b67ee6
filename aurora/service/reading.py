"""The tables as of now or as of an earlier moment: what ``--at`` means."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from typing import Final

import msgspec

from aurora.errors import InvalidInput, NotFound
from aurora.service.workspace import Workspace
from aurora_projections import queries
from aurora_projections.views import Views

_COMMIT: Final = re.compile(r"[0-9a-f]{4,40}")
_DIGITS: Final = 19
"""More digits than any position has; Python refuses to read numbers of thousands of digits."""


class Reading(msgspec.Struct, frozen=True):
    """Tables to read from, and the position that they tell of."""

    connection: sqlite3.Connection
    position: int


def read(workspace: Workspace, at: str | None) -> Reading:
    """The live tables, or with ``at`` tables folded in memory up to that moment.

    ``at`` is a position, a time (ISO 8601, UTC unless it says otherwise) or a commit of ``repo-state``.
    Raises ``InvalidInput`` or ``NotFound`` for a moment that is none.
    """
    if at is None:
        views = workspace.views
        return Reading(views.connection, min(views.positions().values()))
    position = position_of(workspace, at)
    return Reading(Views.in_memory(workspace.journal, through=position).connection, position)


def position_of(workspace: Workspace, at: str) -> int:
    """The position that ``at`` names; digits are a position while the log has it, else the beginning of a commit.

    Raises ``InvalidInput``, ``NotFound``.
    """
    last = workspace.journal.position()
    if at.isdecimal() and int(at[:_DIGITS]) <= last:
        return int(at)
    moment = parse_time(at)
    if moment is not None:
        return queries.position_at(workspace.views.connection, moment)
    if _COMMIT.fullmatch(at):
        from aurora import ledger

        return ledger.commit_position(workspace.paths.repo, at)
    if at.isdecimal():
        raise NotFound(
            "AT-001", f"the log ends at position {last}", where=f"--at {at}", hint="leave --at out for now"
        )
    raise InvalidInput(
        "AT-002",
        f"'{at}' is not a position, a time or a commit",
        hint="write 42, 2026-11-21T10:00:00, or a commit of repo-state",
    )


def parse_time(text: str) -> int | None:
    """Nanoseconds since 1970 of an ISO 8601 time; None when it is not one."""
    if "-" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = int(moment.replace(microsecond=0).timestamp())
    return seconds * 1_000_000_000 + moment.microsecond * 1000
