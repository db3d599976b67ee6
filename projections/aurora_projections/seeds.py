"""The ``seeds`` view: how much each key is trusted, and what it earned that trust with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.learning import BiasPruned, BiasRestored, BiasUpdated
from aurora_events.record import Recorded
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant

RECENT: Final = 24
"""How many values a key shows as its course."""


class Bias(msgspec.Struct, frozen=True, gc=False):
    """The bias of a key: its value now, and its updates counted. ``capped`` counts how often a limit bit.

    ``recent`` is a JSON list of the last values, oldest first. ``pruned_by`` is the command that set the key back to
    0, as long as that can be undone, and ``pruned`` the value that it took; "" and 0 otherwise.
    """

    key: str
    value: float
    wins: int
    losses: int
    updates: int
    last_reward: float
    last_at: str
    capped: int
    position: int
    recent: str
    pruned_by: str
    pruned: float


SEEDS: Final = Table("seeds", Bias, ("key",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Take the newest value of each key and count."""
    seeds = Working(connection, SEEDS)
    for fact in facts:
        event = fact.event
        if isinstance(event, BiasUpdated | BiasPruned | BiasRestored):
            known = seeds.get(event.key) or _unknown(event.key)
            seeds.put(_moved(known, fact.position, event))
    seeds.write()


def _unknown(key: str) -> Bias:
    return Bias(key, 0.0, 0, 0, 0, 0.0, "", 0, 0, "[]", "", 0.0)


def _moved(known: Bias, position: int, event: BiasUpdated | BiasPruned | BiasRestored) -> Bias:
    value = 0.0 if isinstance(event, BiasPruned) else event.new
    recent = [*json.loads(known.recent), value][-RECENT:]
    row = msgspec.structs.replace(
        known, value=value, last_at=instant(event.at), position=position, recent=json.dumps(recent)
    )
    if isinstance(event, BiasPruned):
        return msgspec.structs.replace(row, pruned_by=event.cause, pruned=event.old)
    if isinstance(event, BiasRestored):
        return msgspec.structs.replace(row, pruned_by="", pruned=0.0)
    return msgspec.structs.replace(
        row,
        wins=known.wins + event.won,
        losses=known.losses + (not event.won),
        updates=known.updates + 1,
        last_reward=event.reward,
        capped=known.capped + event.capped,
    )


PROJECTION: Final = Projection("seeds", 2, (SEEDS,), frozenset((BiasUpdated, BiasPruned, BiasRestored)), fold)
