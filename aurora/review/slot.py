"""Who holds a name: at most one active item per kind and name, guarded by a stream of its own."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from aurora_events.record import Recorded
from aurora_events.review import LibraryWritten, SlotFilled


class Slot(msgspec.Struct, frozen=True):
    """The holder of a name ("" for nobody) and the version of the slot's stream."""

    holder: str = ""
    version: int = 0


class Module(msgspec.Struct, frozen=True):
    """The active items of a library module and the version of the module's stream."""

    items: tuple[str, ...] = ()
    version: int = 0


def fold_slot(recorded: Iterable[Recorded]) -> Slot:
    """The slot told by its stream."""
    state = Slot()
    for fact in recorded:
        if isinstance(fact.event, SlotFilled):
            state = Slot(fact.event.item, fact.version)
    return state


def fold_module(recorded: Iterable[Recorded]) -> Module:
    """The module told by its stream."""
    state = Module()
    for fact in recorded:
        if isinstance(fact.event, LibraryWritten):
            state = Module(fact.event.items, fact.version)
    return state
