"""One review item: its state as a fold of its stream, and the decisions that people may take on it.

``Proposed -> candidate -> Promoted -> active -> Superseded | Invalidated``; a candidate may be edited, rejected,
or superseded by a newer candidate. Everything here is pure: the service gives versions, evidence and stamps.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import msgspec

from aurora.errors import Conflict, InvalidInput, NotFound, Refused
from aurora_events.base import Check
from aurora_events.corpus import CorpusRecord
from aurora_events.record import Recorded
from aurora_events.review import (
    Edited,
    EvidenceGathered,
    Invalidated,
    Promoted,
    Proposed,
    Rejected,
    Superseded,
)

CANDIDATE: Final = "candidate"
ACTIVE: Final = "active"
SUPERSEDED: Final = "superseded"
INVALID: Final = "invalid"
STATUSES: Final = (CANDIDATE, ACTIVE, SUPERSEDED, INVALID)

MACHINES: Final = frozenset({"engine", "watcher", "import"})
"""Actors that are parts of the program."""


class Decision(msgspec.Struct, frozen=True):
    """A decision already taken, so that a second one can name it."""

    verb: str
    actor: str
    at: int
    reason: str
    position: int


class Item(msgspec.Struct, frozen=True):
    """A review item. ``version`` is its stream's; ``checks`` and ``verdict`` are those of its code as it is now."""

    id: str
    version: int
    status: str
    kind: str
    name: str
    spec: str
    spec_hash: str
    source: str
    test: str
    code_hash: str
    record: CorpusRecord
    checks: tuple[Check, ...] = ()
    verdict: str = ""
    decision: Decision | None = None


class AlreadyDecided(Conflict):
    """The item is no longer where the decision expected it. Running the same command again cannot help."""

    retry = False

    def __init__(self, item: Item, verb: str) -> None:
        decision = item.decision
        if decision is None:
            detail = f"it is {item.status}"
        else:
            because = f" because '{decision.reason}'" if decision.reason else ""
            when = f"on {datetime.fromtimestamp(decision.at // 1_000_000_000, UTC):%Y-%m-%d %H:%M:%S} UTC"
            detail = f"{decision.actor} {decision.verb} it {when}{because} (position {decision.position})"
        super().__init__(
            "REVIEW-004",
            f"cannot {verb} {item.id} ({item.name}): {detail}",
            hint=f"aurora review show {item.id}",
        )


def fold(recorded: Iterable[Recorded]) -> Item:
    """The item told by its stream. Raises ``NotFound`` for an empty stream."""
    state: Item | None = None
    for fact in recorded:
        state = evolve(state, fact)
    if state is None:
        raise NotFound("REVIEW-003", "no such review item", hint="aurora review list")
    return state


def evolve(state: Item | None, fact: Recorded) -> Item | None:
    """The item after one more event of its stream."""
    event = fact.event
    if isinstance(event, Proposed):
        return Item(
            id=event.item,
            version=fact.version,
            status=CANDIDATE,
            kind=event.kind,
            name=event.name,
            spec=event.spec,
            spec_hash=event.spec_hash,
            source=event.source,
            test=event.test,
            code_hash=event.code_hash,
            record=event.record,
            checks=event.evidence,
        )
    if state is None:
        return None
    state = msgspec.structs.replace(state, version=fact.version)
    match event:
        case Edited():
            return msgspec.structs.replace(
                state,
                source=event.source,
                test=event.test,
                code_hash=event.code_hash,
                record=event.record,
                checks=(),
                verdict="",
            )
        case EvidenceGathered():
            return msgspec.structs.replace(state, checks=event.checks, verdict=event.verdict)
        case Promoted():
            return _decided(state, fact, "promoted", ACTIVE, event.reason)
        case Rejected():
            return _decided(state, fact, "rejected", INVALID, event.reason)
        case Superseded():
            return _decided(state, fact, "superseded", SUPERSEDED, event.reason)
        case Invalidated():
            return _decided(state, fact, "invalidated", INVALID, event.reason)
    return state


def require_candidate(item: Item, verb: str) -> None:
    """Only a waiting candidate can be promoted, rejected or edited. Raises ``AlreadyDecided``."""
    if item.status != CANDIDATE:
        raise AlreadyDecided(item, verb)


def require_active(item: Item, verb: str) -> None:
    """Only an active item can be invalidated or replaced. Raises ``AlreadyDecided``."""
    if item.status != ACTIVE:
        raise AlreadyDecided(item, verb)


def require_person(actor: str, verb: str) -> None:
    """Raise ``Refused`` (exit 6) when a part of the program would decide: nothing is promoted automatically."""
    if actor in MACHINES:
        raise Refused("REVIEW-013", f"{actor} cannot {verb}: people decide", hint="--as human:NAME")


def require_reason(reason: str, verb: str) -> str:
    """The reason, stripped. Raises ``InvalidInput`` when there is none: whoever reads the log will ask."""
    stripped = reason.strip()
    if not stripped:
        raise InvalidInput(
            "REVIEW-002", f"{verb} needs a reason", hint=f'aurora review {verb} ITEM --reason "why"'
        )
    return stripped


def require_current(item: Item, spec_hash: str | None, verb: str = "promote") -> None:
    """The spec must still be the one that the candidate answers. Raises ``Refused``."""
    if spec_hash is None:
        raise Refused(
            "REVIEW-006",
            f"cannot {verb} {item.id} ({item.name}): its spec '{item.spec}' is gone",
            hint="put the spec back and run: aurora synth",
        )
    if spec_hash != item.spec_hash:
        raise Refused(
            "REVIEW-006",
            f"cannot {verb} {item.id} ({item.name}): the spec '{item.spec}' has changed since",
            where=f"specs/{item.spec}",
            hint=f"aurora synth {item.spec}",
        )


def require_evidence(item: Item, evidence: EvidenceGathered) -> None:
    """Promotion needs passing evidence for exactly this code and spec. Raises ``Refused``."""
    wanted = (item.code_hash, item.spec_hash)
    if evidence.verdict != "passed" or (evidence.code_hash, evidence.spec_hash) != wanted:
        failed = next((check for check in evidence.checks if check.passed < check.total), None)
        why = f"{failed.name} {failed.passed}/{failed.total}: {failed.detail}" if failed else "no check ran"
        raise Refused(
            "REVIEW-006",
            f"cannot promote {item.id} ({item.name}): {why}",
            hint=f'aurora review reject {item.id} --reason "why", or: aurora review edit {item.id}',
        )


def _decided(state: Item, fact: Recorded, verb: str, status: str, reason: str) -> Item:
    event = fact.event
    decision = Decision(verb, event.actor, event.at, reason, fact.position)
    return msgspec.structs.replace(state, status=status, decision=decision)
