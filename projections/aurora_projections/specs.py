"""The ``specs`` view: every spec as it is recorded now, and every version it ever had."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.record import Recorded
from aurora_events.specs import SpecEdited, SpecRemoved
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant


class Spec(msgspec.Struct, frozen=True, gc=False):
    """A spec as it is now; a removed one keeps its last text. ``position`` is that of its last event."""

    name: str
    path: str
    spec_hash: str
    spec_id: str
    text: str
    version: int
    first_at: str
    edited_at: str
    position: int
    removed: bool


class SpecVersion(msgspec.Struct, frozen=True, gc=False):
    """One step in the life of a spec. A removal has neither text nor hash."""

    name: str
    version: int
    position: int
    at: str
    actor: str
    spec_hash: str
    text: str
    path: str
    removed: bool


SPECS: Final = Table("specs", Spec, ("name",))
SPEC_VERSIONS: Final = Table("spec_versions", SpecVersion, ("name", "version"))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Keep the newest text of each spec and add one row of history for each fact."""
    specs = Working(connection, SPECS)
    history: list[SpecVersion] = []
    for fact in facts:
        event = fact.event
        if isinstance(event, SpecEdited):
            specs.put(_edited(specs.get(event.name), fact, event))
            history.append(_step(fact, event.name, event.path, event.spec_hash, event.text))
        elif isinstance(event, SpecRemoved):
            known = specs.get(event.name)
            if known is not None:
                specs.put(_removed(known, fact))
            history.append(_step(fact, event.name, event.path, "", "", removed=True))
    specs.write()
    SPEC_VERSIONS.put(connection, history)


def _edited(known: Spec | None, fact: Recorded, event: SpecEdited) -> Spec:
    at = instant(event.at)
    return Spec(
        name=event.name,
        path=event.path,
        spec_hash=event.spec_hash,
        spec_id=event.spec_hash[:12],
        text=event.text,
        version=fact.version,
        first_at=known.first_at if known else at,
        edited_at=at,
        position=fact.position,
        removed=False,
    )


def _removed(known: Spec, fact: Recorded) -> Spec:
    return msgspec.structs.replace(
        known, version=fact.version, edited_at=instant(fact.event.at), position=fact.position, removed=True
    )


def _step(
    fact: Recorded, name: str, path: str, spec_hash: str, text: str, *, removed: bool = False
) -> SpecVersion:
    return SpecVersion(
        name=name,
        version=fact.version,
        position=fact.position,
        at=instant(fact.event.at),
        actor=fact.event.actor,
        spec_hash=spec_hash,
        text=text,
        path=path,
        removed=removed,
    )


PROJECTION: Final = Projection("specs", 1, (SPECS, SPEC_VERSIONS), frozenset((SpecEdited, SpecRemoved)), fold)
