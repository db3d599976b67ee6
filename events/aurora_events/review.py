"""The life of a review item: ``item/<id>``; of a name that only one item may hold: ``slot/<kind>/<name>``;
and of a module of the library: ``library/<module>``.
"""

from __future__ import annotations

from aurora_events.base import Check, Distinguishing, Event, File
from aurora_events.corpus import CorpusRecord


def stream(item: str) -> str:
    """The stream of a review item."""
    return f"item/{item}"


def slot_stream(kind: str, name: str) -> str:
    """The stream that guards 'one active item per name'."""
    return f"slot/{kind}/{name}"


def library_stream(module: str) -> str:
    """The stream of one module of the library."""
    return f"library/{module}"


class Proposed(Event, frozen=True, tag="review.proposed"):
    """A candidate waits for a person. ``files`` are its files in the ledger; ``note`` names an earlier rejection."""

    item: str
    kind: str
    name: str
    spec: str
    spec_hash: str
    run: str
    result: str
    source: str
    test: str
    code_hash: str
    record: CorpusRecord
    evidence: tuple[Check, ...]
    distinguishing: tuple[Distinguishing, ...]
    alternatives: tuple[str, ...]
    note: str
    files: tuple[File, ...]


class Edited(Event, frozen=True, tag="review.edited"):
    """A person changed a waiting candidate's code; earlier evidence no longer counts."""

    item: str
    source: str
    test: str
    code_hash: str
    record: CorpusRecord
    reason: str
    files: tuple[File, ...]


class EvidenceGathered(Event, frozen=True, tag="review.evidence"):
    """The checks ran on exactly this code and spec. ``verdict`` is passed or failed."""

    item: str
    code_hash: str
    spec_hash: str
    python: str
    hypothesis: str
    sandbox: tuple[str, ...]
    checks: tuple[Check, ...]
    verdict: str


class Promoted(Event, frozen=True, tag="review.promoted"):
    """A person made the candidate active. ``files`` removes its candidate files; the library is in LibraryWritten."""

    item: str
    name: str
    spec: str
    spec_hash: str
    code_hash: str
    reason: str
    replaces: str
    record: CorpusRecord
    files: tuple[File, ...]


class Rejected(Event, frozen=True, tag="review.rejected"):
    """A person refused the candidate. ``corpus_id`` leaves the corpus."""

    item: str
    name: str
    spec: str
    code_hash: str
    reason: str
    corpus_id: str
    files: tuple[File, ...]


class Superseded(Event, frozen=True, tag="review.superseded"):
    """Another item took its place. ``quiet`` when it is part of a larger step that publishes by itself."""

    item: str
    name: str
    spec: str
    by: str
    reason: str
    files: tuple[File, ...]
    quiet: bool


class Invalidated(Event, frozen=True, tag="review.invalidated"):
    """An active item turned out wrong. ``corpus_id`` leaves the corpus."""

    item: str
    name: str
    spec: str
    code_hash: str
    reason: str
    corpus_id: str
    files: tuple[File, ...]


class SlotFilled(Event, frozen=True, tag="slot.filled"):
    """``item`` holds the name now; "" when nobody does. Saved in the same append as the decision."""

    kind: str
    name: str
    item: str
    previous: str


class LibraryWritten(Event, frozen=True, tag="library.written"):
    """The exact text of a module of the library and of its tests, after a decision."""

    module: str
    items: tuple[str, ...]
    files: tuple[File, ...]
