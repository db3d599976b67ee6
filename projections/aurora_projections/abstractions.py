"""The ``abstractions`` view: named sub-expressions of the corpus, those that a person retracted too."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.learning import AbstractionLearned, AbstractionRestored, AbstractionRetracted
from aurora_events.record import Recorded
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_texts


class AbstractionRow(msgspec.Struct, frozen=True, gc=False):
    """An abstraction. ``parameters`` and ``uses`` (corpus ids) are JSON; ``saved`` counts nodes of the corpus.

    ``reason`` is that of the latest retraction or restoration.
    """

    id: str
    parameters: str
    returns: str
    text: str
    uses: str
    saved: int
    run: str
    learned_at: str
    retracted: bool
    reason: str
    version: int
    position: int


ABSTRACTIONS: Final = Table("abstractions", AbstractionRow, ("id",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """One row for each abstraction, with where it stands."""
    rows = Working(connection, ABSTRACTIONS)
    for fact in facts:
        event = fact.event
        if isinstance(event, AbstractionLearned):
            rows.put(_learned(fact, event))
        elif isinstance(event, AbstractionRetracted | AbstractionRestored):
            known = rows.get(event.id)
            if known is not None:
                rows.put(
                    msgspec.structs.replace(
                        known,
                        retracted=isinstance(event, AbstractionRetracted),
                        reason=event.reason,
                        version=fact.version,
                        position=fact.position,
                    )
                )
    rows.write()


def _learned(fact: Recorded, event: AbstractionLearned) -> AbstractionRow:
    return AbstractionRow(
        id=event.id,
        parameters=json_texts(event.parameters),
        returns=event.returns,
        text=event.text,
        uses=json_texts(event.uses),
        saved=event.saved,
        run=event.run,
        learned_at=instant(event.at),
        retracted=False,
        reason="",
        version=fact.version,
        position=fact.position,
    )


PROJECTION: Final = Projection(
    "abstractions",
    1,
    (ABSTRACTIONS,),
    frozenset((AbstractionLearned, AbstractionRetracted, AbstractionRestored)),
    fold,
)
