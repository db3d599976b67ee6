"""Events to bytes and back: one msgpack tagged union, and the digest and hash chain over the stored bytes."""

from __future__ import annotations

import hashlib
from typing import Any, Final, get_args

import msgspec

from aurora_events.base import Event
from aurora_events.batches import (
    BatchFinished,
    BatchPlanned,
    ShardCompleted,
    ShardFailed,
    ShardLeased,
    ShardRetried,
)
from aurora_events.learning import (
    AbstractionLearned,
    AbstractionRestored,
    AbstractionRetracted,
    BiasPruned,
    BiasRestored,
    BiasUpdated,
    ExplorationRewarded,
    Explored,
    LearningApplied,
    LearningChosen,
)
from aurora_events.review import (
    Edited,
    EvidenceGathered,
    Invalidated,
    LibraryWritten,
    Promoted,
    Proposed,
    Rejected,
    SlotFilled,
    Superseded,
)
from aurora_events.runs import (
    CandidateDisproved,
    CounterexampleFound,
    FrameWithheld,
    FunctionAmbiguous,
    FunctionSolved,
    FunctionUnsolved,
    RunFinished,
    RunStarted,
    Searched,
    SeedUsed,
)
from aurora_events.snapshots import ArtifactsDamaged, ArtifactsHealed, SnapshotTaken
from aurora_events.specs import SpecEdited, SpecRemoved
from aurora_events.workspace import WorkspaceCreated

AnyEvent = (
    WorkspaceCreated
    | SpecEdited
    | SpecRemoved
    | RunStarted
    | Searched
    | FrameWithheld
    | SeedUsed
    | CounterexampleFound
    | CandidateDisproved
    | FunctionSolved
    | FunctionAmbiguous
    | FunctionUnsolved
    | RunFinished
    | BiasUpdated
    | BiasPruned
    | BiasRestored
    | LearningChosen
    | Explored
    | ExplorationRewarded
    | LearningApplied
    | AbstractionLearned
    | AbstractionRetracted
    | AbstractionRestored
    | Proposed
    | Edited
    | EvidenceGathered
    | Promoted
    | Rejected
    | Superseded
    | Invalidated
    | SlotFilled
    | LibraryWritten
    | SnapshotTaken
    | ArtifactsDamaged
    | ArtifactsHealed
    | BatchPlanned
    | ShardLeased
    | ShardCompleted
    | ShardFailed
    | ShardRetried
    | BatchFinished
)
"""The closed vocabulary. An unknown tag in the log is an error, never skipped."""

EVENT_TYPES: Final[tuple[type[Event], ...]] = get_args(AnyEvent)

TAGS: Final[dict[type[Event], str]] = {kind: str(kind.__struct_config__.tag) for kind in EVENT_TYPES}

GENESIS: Final = bytes(32)
"""The chain before position 1."""

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(AnyEvent)

encode = _encoder.encode


def decode(state: bytes) -> Event:
    """The event in ``state``. Raises ``msgspec.DecodeError`` (or ``ValidationError``) naming the path."""
    event: Event = _decoder.decode(state)
    return event


def digest(state: bytes) -> bytes:
    """The sha256 of an event's stored bytes."""
    return hashlib.sha256(state).digest()


def link(chain: bytes, position: int, stream: str, version: int, event_digest: bytes) -> bytes:
    """The next value of the hash chain. Integers are 8 bytes big-endian; the stream is length-prefixed UTF-8."""
    name = stream.encode()
    head = b"%b%b%b%b%b" % (
        chain,
        position.to_bytes(8, "big"),
        len(name).to_bytes(4, "big"),
        name,
        version.to_bytes(8, "big"),
    )
    return hashlib.sha256(head + event_digest).digest()


def readable(event: Event) -> dict[str, Any]:
    """The event as plain JSON-able data with field names, without ``at``, ``actor`` and ``cause``."""
    fields: dict[str, Any] = {}
    for name in event.__struct_fields__:
        if name not in ("at", "actor", "cause"):
            fields[name] = _plain(getattr(event, name))
    return fields


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
