"""The ``scheduler`` view: what searches tried out, how often, and how much the scheduler trusts it for that."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.learning import ExplorationRewarded, Explored
from aurora_events.record import Recorded
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant


class Scheduled(msgspec.Struct, frozen=True, gc=False):
    """A key that was tried, or "" for the searches in which nothing was.

    ``value`` is the trust as of iteration ``rewarded``; it decays with every iteration since. ``last_tried`` is the
    iteration of the last try, ``random`` how many of the ``tries`` chance chose. The number of iterations so far is
    the largest ``last_tried``.
    """

    key: str
    value: float
    rewarded: int
    tries: int
    random: int
    wins: int
    losses: int
    last_tried: int
    last_at: str
    position: int


SCHEDULER: Final = Table("scheduler", Scheduled, ("key",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Count tries and take the newest value; choices of runs that leave no trace do not count."""
    scheduler = Working(connection, SCHEDULER)
    for fact in facts:
        event = fact.event
        if isinstance(event, Explored) and not event.recorded:
            continue
        if isinstance(event, Explored | ExplorationRewarded):
            known = scheduler.get(event.key) or Scheduled(event.key, 0.0, 0, 0, 0, 0, 0, -1, "", 0)
            row = msgspec.structs.replace(known, last_at=instant(event.at), position=fact.position)
            scheduler.put(_tried(row, event) if isinstance(event, Explored) else _rewarded(row, event))
    scheduler.write()


def _tried(row: Scheduled, event: Explored) -> Scheduled:
    return msgspec.structs.replace(
        row,
        tries=row.tries + 1,
        random=row.random + event.random,
        last_tried=max(row.last_tried, event.iteration),
    )


def _rewarded(row: Scheduled, event: ExplorationRewarded) -> Scheduled:
    return msgspec.structs.replace(
        row,
        value=event.new,
        rewarded=event.iteration,
        wins=row.wins + event.won,
        losses=row.losses + (not event.won),
    )


PROJECTION: Final = Projection("scheduler", 1, (SCHEDULER,), frozenset((Explored, ExplorationRewarded)), fold)
