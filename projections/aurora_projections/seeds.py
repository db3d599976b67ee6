"""The ``seeds`` view: how much each kind of seed is trusted, and what it earned that trust with."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.learning import BiasUpdated
from aurora_events.record import Recorded
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant


class Bias(msgspec.Struct, frozen=True, gc=False):
    """The bias of a key: its value now, and its updates counted. ``capped`` counts how often a limit bit."""

    key: str
    value: float
    wins: int
    losses: int
    updates: int
    last_reward: float
    last_at: str
    capped: int
    position: int


SEEDS: Final = Table("seeds", Bias, ("key",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Take the newest value of each key and count."""
    seeds = Working(connection, SEEDS)
    for fact in facts:
        event = fact.event
        if isinstance(event, BiasUpdated):
            seeds.put(_updated(seeds.get(event.key), fact.position, event))
    seeds.write()


def _updated(known: Bias | None, position: int, event: BiasUpdated) -> Bias:
    return Bias(
        key=event.key,
        value=event.new,
        wins=(known.wins if known else 0) + event.won,
        losses=(known.losses if known else 0) + (not event.won),
        updates=(known.updates if known else 0) + 1,
        last_reward=event.reward,
        last_at=instant(event.at),
        capped=(known.capped if known else 0) + event.capped,
        position=position,
    )


PROJECTION: Final = Projection("seeds", 1, (SEEDS,), frozenset((BiasUpdated,)), fold)
