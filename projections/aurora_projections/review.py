"""The ``review`` view: where every item stands, who holds each name, and what happened to each item."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora_events.record import Recorded
from aurora_events.review import (
    Edited,
    EvidenceGathered,
    Invalidated,
    Promoted,
    Proposed,
    Rejected,
    SlotFilled,
    Superseded,
)
from aurora_projections.base import Projection
from aurora_projections.table import Table, Working
from aurora_projections.text import instant, json_struct, json_structs, json_texts

_Decision = Promoted | Rejected | Superseded | Invalidated
_ItemEvent = Proposed | Edited | EvidenceGathered | Promoted | Rejected | Superseded | Invalidated

_STATUS: Final[dict[type[_Decision], str]] = {
    Promoted: "active",
    Rejected: "invalid",
    Superseded: "superseded",
    Invalidated: "invalid",
}


class ReviewItem(msgspec.Struct, frozen=True, gc=False):
    """An item. ``reviewer``, ``reason``, ``decided_at``, ``by`` (what replaced it) tell its latest decision.

    ``verdict`` is about ``verdict_code_hash`` and ``verdict_spec_hash`` only; an edit clears it. ``record``
    is a JSON object, ``evidence``, ``distinguishing`` and ``alternatives`` are JSON lists. ``position`` and
    ``version`` are those of its last event.
    """

    id: str
    kind: str
    name: str
    spec: str
    spec_hash: str
    run: str
    status: str
    result: str
    source: str
    test: str
    code_hash: str
    record: str
    evidence: str
    verdict: str
    verdict_code_hash: str
    verdict_spec_hash: str
    distinguishing: str
    alternatives: str
    note: str
    proposer: str
    at: str
    reviewer: str
    reason: str
    decided_at: str
    by: str
    position: int
    version: int


class Slot(msgspec.Struct, frozen=True, gc=False):
    """Who holds a name: ``item`` is "" when nobody does. ``version`` is its stream's."""

    kind: str
    name: str
    item: str
    version: int


class ReviewStep(msgspec.Struct, frozen=True, gc=False):
    """One thing that happened to an item: ``text`` is the reason, the note, or the verdict."""

    item: str
    position: int
    type: str
    actor: str
    at: str
    text: str


REVIEW: Final = Table("review", ReviewItem, ("id",), (("status", "position"),))
SLOTS: Final = Table("review_slots", Slot, ("kind", "name"))
STEPS: Final = Table("review_log", ReviewStep, ("item", "position"))


def fold(connection: sqlite3.Connection, facts: Sequence[Recorded]) -> None:
    """Move each item through its life."""
    items = Working(connection, REVIEW)
    slots = Working(connection, SLOTS)
    steps: list[ReviewStep] = []
    for fact in facts:
        event = fact.event
        if isinstance(event, SlotFilled):
            slots.put(Slot(event.kind, event.name, event.item, fact.version))
        elif isinstance(event, _ItemEvent):
            item = _evolve(items.get(event.item), fact, event)
            if item is not None:
                items.put(item)
            steps.append(_step(fact.position, event))
    items.write()
    slots.write()
    STEPS.put(connection, steps)


def _evolve(item: ReviewItem | None, fact: Recorded, event: _ItemEvent) -> ReviewItem | None:
    if isinstance(event, Proposed):
        return _proposed(fact, event)
    if item is None:
        return None
    item = msgspec.structs.replace(item, position=fact.position, version=fact.version)
    if isinstance(event, Edited):
        return _edited(item, event)
    if isinstance(event, EvidenceGathered):
        return msgspec.structs.replace(
            item,
            evidence=json_structs(event.checks),
            verdict=event.verdict,
            verdict_code_hash=event.code_hash,
            verdict_spec_hash=event.spec_hash,
        )
    return _decided(item, event)


def _proposed(fact: Recorded, event: Proposed) -> ReviewItem:
    return ReviewItem(
        id=event.item,
        kind=event.kind,
        name=event.name,
        spec=event.spec,
        spec_hash=event.spec_hash,
        run=event.run,
        status="candidate",
        result=event.result,
        source=event.source,
        test=event.test,
        code_hash=event.code_hash,
        record=json_struct(event.record),
        evidence=json_structs(event.evidence),
        verdict="",
        verdict_code_hash="",
        verdict_spec_hash="",
        distinguishing=json_structs(event.distinguishing),
        alternatives=json_texts(event.alternatives),
        note=event.note,
        proposer=event.actor,
        at=instant(event.at),
        reviewer="",
        reason="",
        decided_at="",
        by="",
        position=fact.position,
        version=fact.version,
    )


def _edited(item: ReviewItem, event: Edited) -> ReviewItem:
    return msgspec.structs.replace(
        item,
        source=event.source,
        test=event.test,
        code_hash=event.code_hash,
        record=json_struct(event.record),
        evidence="[]",
        verdict="",
        verdict_code_hash="",
        verdict_spec_hash="",
    )


def _decided(item: ReviewItem, event: _Decision) -> ReviewItem:
    decided = msgspec.structs.replace(
        item,
        status=_STATUS[type(event)],
        reviewer=event.actor,
        reason=event.reason,
        decided_at=instant(event.at),
        by=event.by if isinstance(event, Superseded) else "",
    )
    if isinstance(event, Promoted):
        return msgspec.structs.replace(
            decided, spec_hash=event.spec_hash, code_hash=event.code_hash, record=json_struct(event.record)
        )
    return decided


def _step(position: int, event: _ItemEvent) -> ReviewStep:
    kind = str(event.__struct_config__.tag).removeprefix("review.")
    if isinstance(event, Proposed):
        text = event.note
    elif isinstance(event, EvidenceGathered):
        text = event.verdict
    else:
        text = event.reason
    return ReviewStep(event.item, position, kind, event.actor, instant(event.at), text)


PROJECTION: Final = Projection(
    "review",
    1,
    (REVIEW, SLOTS, STEPS),
    frozenset((Proposed, Edited, EvidenceGathered, Promoted, Rejected, Superseded, Invalidated, SlotFilled)),
    fold,
)
