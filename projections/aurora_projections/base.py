"""The contracts: what a journal offers to projections, and what a projection is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import msgspec

from aurora_events.base import Event
from aurora_events.record import Recorded
from aurora_projections.table import Shape

Fold = Callable[[sqlite3.Connection, Sequence[Recorded]], None]


class Source(Protocol):
    """A log to fold, read in its total order."""

    def scan(self, after: int, limit: int, through: int) -> list[Recorded]:
        """Up to ``limit`` events with ``after < position <= through``, in order."""
        ...

    def position(self) -> int:
        """The position of the last event; 0 when there is none."""
        ...


class Projection(NamedTuple):
    """A view as a fold of the log.

    ``fold`` gets the facts of a page that ``handles`` names, in order, inside the transaction that also
    moves the tracked position, so each fact is folded exactly once. It is a pure function of tables and
    facts: no clock, no randomness, no effects, and no dependence on where pages are cut. ``version``
    changes whenever the same facts would give other rows. ``search/`` streams may hold ``Searched`` or
    ``FrameWithheld`` (after a restore): rows must not tell which.
    """

    name: str
    version: int
    tables: tuple[Shape, ...]
    handles: frozenset[type[Event]]
    fold: Fold


class ViewReport(msgspec.Struct, frozen=True, gc=False):
    """A view's state. ``hash`` is that of its canonical dump; ``same`` whether another fold gave the same."""

    name: str
    version: int
    position: int
    rows: int
    hash: str
    same: bool
