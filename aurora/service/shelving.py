"""The entries of a decision that changes the library: slot, module, tests, and last the decision, which publishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from aurora.errors import Conflict
from aurora.journal.port import VersionConflict
from aurora.review.item import Item
from aurora.review.library import module_files, without
from aurora.review.slot import Slot
from aurora.service.review_state import (
    candidate_files_of,
    function_of,
    load_item,
    load_module,
    load_slot,
    spec_as_asked,
)
from aurora.service.workspace import Workspace
from aurora.specs.names import module_name
from aurora.synthesis.testfile import test_module
from aurora_events.base import Event
from aurora_events.record import Entry
from aurora_events.review import (
    EvidenceGathered,
    LibraryWritten,
    Promoted,
    SlotFilled,
    Superseded,
    library_stream,
    slot_stream,
    stream,
)

COMPOSITIONS: Final = 50
"""How often a library module is composed again before the command gives up with a conflict."""


def promotion(
    workspace: Workspace,
    item: Item,
    slot: Slot,
    evidence: EvidenceGathered,
    reason: str,
) -> list[Entry]:
    """The entries of a promotion; ``Promoted`` comes last, because it is what publishes."""
    entries = [Entry(stream(item.id), item.version + 1, evidence)]
    previous = load_item(workspace, slot.holder) if slot.holder else None
    if previous is not None:
        entries.append(_replaced(workspace, previous, item))
    filled = SlotFilled(
        *workspace.stamp(), kind=item.kind, name=item.name, item=item.id, previous=slot.holder
    )
    entries.append(Entry(slot_stream(item.kind, item.name), slot.version + 1, filled))
    leaving = {previous.id} if previous else set()
    if previous is not None and module_name(previous.spec) != module_name(item.spec):
        entries.append(_library(workspace, previous.spec, leaving=leaving))
    entries.append(_library(workspace, item.spec, leaving=leaving, joining=item))
    promoted = Promoted(
        *workspace.stamp(),
        item=item.id,
        name=item.name,
        spec=item.spec,
        spec_hash=item.spec_hash,
        code_hash=item.code_hash,
        reason=reason,
        replaces=slot.holder,
        record=item.record,
        files=without(candidate_files_of(item)),
    )
    entries.append(Entry(stream(item.id), item.version + 2, promoted))
    return entries


def _replaced(workspace: Workspace, previous: Item, item: Item) -> Entry:
    event = Superseded(
        *workspace.stamp(),
        item=previous.id,
        name=previous.name,
        spec=previous.spec,
        by=item.id,
        reason=f"{item.id} was promoted",
        files=(),
        quiet=True,
    )
    return Entry(stream(previous.id), previous.version + 1, event)


def withdraw(workspace: Workspace, item: Item, last: Callable[[Item], Event]) -> Item:
    """Empty the item's slot and take it out of its module; ``last`` makes the publishing event."""
    slot = load_slot(workspace, item)
    slot_name = slot_stream(item.kind, item.name)

    def build() -> list[Entry]:
        filled = SlotFilled(*workspace.stamp(), kind=item.kind, name=item.name, item="", previous=slot.holder)
        return [
            Entry(slot_name, slot.version + 1, filled),
            _library(workspace, item.spec, leaving={item.id}, gone=(item.name,)),
            Entry(stream(item.id), item.version + 1, last(item)),
        ]

    append_guarded(workspace, {stream(item.id): item.version, slot_name: slot.version}, build)
    return load_item(workspace, item.id)


def _library(
    workspace: Workspace,
    spec: str,
    *,
    leaving: set[str],
    joining: Item | None = None,
    gone: Sequence[str] = (),
) -> Entry:
    """The module of ``spec`` and its tests as they must read after the decision."""
    module = load_module(workspace, spec)
    items = [load_item(workspace, each) for each in module.items if each not in leaving]
    if joining is not None:
        items.append(joining)
    names = [item.name for item in items]
    tests = []
    title = spec
    for item in items:
        asked = spec_as_asked(workspace, item)
        function = function_of(asked, item.name)
        title = asked.title
        where = f"{workspace.library}.{module_name(spec)}"
        tests.append((item.name, test_module(where, asked, function, names)))
    event = LibraryWritten(
        *workspace.stamp(),
        module=module_name(spec),
        items=tuple(item.id for item in items),
        files=module_files(workspace.library, spec, title, items, tests, gone),
    )
    return Entry(library_stream(module_name(spec)), module.version + 1, event)


def append_guarded(workspace: Workspace, guards: Mapping[str, int], build: Callable[[], list[Entry]]) -> None:
    """Append what ``build`` gives; compose again while every guarded stream is still at its version."""
    for _ in range(COMPOSITIONS):
        try:
            workspace.append_all(build())
        except VersionConflict:
            if any(workspace.journal.version(name) != version for name, version in guards.items()):
                raise
        else:
            return
    raise Conflict("REVIEW-011", "the library kept changing", hint="run the same command again")
