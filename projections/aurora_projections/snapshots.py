"""The ``snapshots`` view: which snapshots were taken, of what, and what is known to be damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.record import Recorded
from aurora_events.snapshots import ArtifactsDamaged, ArtifactsHealed, SnapshotTaken
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_structs


class Snapshot(msgspec.Struct, frozen=True, gc=False):
    """A snapshot. ``warnings`` is a JSON list of objects."""

    id: str
    tree: str
    index: str
    files: int
    bytes: int
    source: str
    object_format: str
    warnings: str
    actor: str
    at: str
    position: int


class Damage(msgspec.Struct, frozen=True, gc=False):
    """An object found missing or corrupt and not yet healed."""

    object: str
    state: str
    at: str
    position: int


SNAPSHOTS: Final = Table("snapshots", Snapshot, ("id",), (("position",),))
DAMAGE: Final = Table("damage", Damage, ("object",))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """One row for each snapshot; damage comes and goes."""
    snapshots, damage = Working(connection, SNAPSHOTS), Working(connection, DAMAGE)
    for fact in facts:
        event = fact.event
        if isinstance(event, SnapshotTaken):
            snapshots.put(_taken(event, fact.position))
        elif isinstance(event, ArtifactsDamaged):
            for state, objects in (("missing", event.missing), ("corrupt", event.corrupt)):
                for each in objects:
                    damage.put(Damage(each, state, instant(event.at), fact.position))
        elif isinstance(event, ArtifactsHealed):
            for each in event.objects:
                damage.remove(each)
    snapshots.write()
    damage.write()


def _taken(event: SnapshotTaken, position: int) -> Snapshot:
    return Snapshot(
        id=event.snapshot,
        tree=event.tree,
        index=event.index,
        files=event.count,
        bytes=event.size,
        source=event.source,
        object_format=event.object_format,
        warnings=json_structs(event.warnings),
        actor=event.actor,
        at=instant(event.at),
        position=position,
    )


PROJECTION: Final = Projection(
    "snapshots", 1, (SNAPSHOTS, DAMAGE), frozenset((SnapshotTaken, ArtifactsDamaged, ArtifactsHealed)), fold
)
