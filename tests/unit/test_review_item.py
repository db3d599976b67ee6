"""The life of a review item: given what happened, when a person decides, then this."""

from __future__ import annotations

import pytest

from aurora.errors import InvalidInput, NotFound, Refused
from aurora.review import item as review
from aurora.review.item import AlreadyDecided, Item
from aurora.review.slot import fold_module, fold_slot
from aurora_events.base import Check, Event
from aurora_events.corpus import CorpusRecord
from aurora_events.record import Recorded
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

ADA = (10, "human:ada", "c1")
ENGINE = (5, "engine", "c0")
RECORD = CorpusRecord(
    "add", "h1", "add", "add(a: int) -> int", "(I)->I", 2, 2, 3.0, (), "def add", 5, 0, (), ()
)
PASSED = (Check("examples", 2, 2),)

PROPOSED = Proposed(
    *ENGINE,
    item="3f2a",
    kind="function",
    name="add",
    spec="add",
    spec_hash="h1",
    run="r1",
    result="solved",
    source="source",
    test="test",
    code_hash="c1",
    record=RECORD,
    evidence=PASSED,
    distinguishing=(),
    alternatives=(),
    note="",
    files=(),
)
EVIDENCE = EvidenceGathered(
    *ENGINE,
    item="3f2a",
    code_hash="c1",
    spec_hash="h1",
    python="3.11",
    hypothesis="6",
    sandbox=("limits",),
    checks=PASSED,
    verdict="passed",
)
PROMOTED = Promoted(
    *ADA,
    item="3f2a",
    name="add",
    spec="add",
    spec_hash="h1",
    code_hash="c1",
    reason="reads well",
    replaces="",
    record=RECORD,
    files=(),
)
REJECTED = Rejected(
    *ADA, item="3f2a", name="add", spec="add", code_hash="c1", reason="ugly", corpus_id="x", files=()
)
EDITED = Edited(
    *ADA, item="3f2a", source="new", test="test", code_hash="c2", record=RECORD, reason="", files=()
)
SUPERSEDED = Superseded(
    *ADA, item="3f2a", name="add", spec="add", by="9c1e", reason="newer", files=(), quiet=True
)
INVALIDATED = Invalidated(
    *ADA, item="3f2a", name="add", spec="add", code_hash="c1", reason="wrong", corpus_id="x", files=()
)


def given(*events: Event) -> Item:
    return review.fold(recorded(*events))


def recorded(*events: Event) -> list[Recorded]:
    return [Recorded(100 + n, "item/3f2a", n, event, b"") for n, event in enumerate(events, 1)]


def test_a_proposal_is_a_candidate() -> None:
    assert given(PROPOSED).status == review.CANDIDATE


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ((PROMOTED,), review.ACTIVE),
        ((REJECTED,), review.INVALID),
        ((SUPERSEDED,), review.SUPERSEDED),
        ((PROMOTED, SUPERSEDED), review.SUPERSEDED),
        ((PROMOTED, INVALIDATED), review.INVALID),
        ((EDITED, EVIDENCE), review.CANDIDATE),
    ],
)
def test_each_decision_has_its_status(events: tuple[Event, ...], status: str) -> None:
    item = given(PROPOSED, *events)
    assert item.status == status
    assert item.version == len(events) + 1


def test_an_item_that_nobody_proposed_is_not_found() -> None:
    with pytest.raises(NotFound):
        review.fold([])


@pytest.mark.parametrize("decided", [PROMOTED, REJECTED, SUPERSEDED])
def test_a_second_decision_names_the_first(decided: Event) -> None:
    with pytest.raises(AlreadyDecided) as caught:
        review.require_candidate(given(PROPOSED, decided), "promote")
    assert caught.value.exit_code == 4
    assert not caught.value.retry
    assert "human:ada" in caught.value.message
    assert "position 102" in caught.value.message


def test_only_an_active_item_can_be_withdrawn() -> None:
    with pytest.raises(AlreadyDecided, match="it is candidate"):
        review.require_active(given(PROPOSED), "invalidate")
    review.require_active(given(PROPOSED, PROMOTED), "invalidate")


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_a_rejection_needs_a_reason(reason: str) -> None:
    with pytest.raises(InvalidInput):
        review.require_reason(reason, "reject")


def test_promotion_needs_evidence_for_exactly_this_code() -> None:
    review.require_evidence(given(PROPOSED), EVIDENCE)
    with pytest.raises(Refused):
        review.require_evidence(given(PROPOSED, EDITED), EVIDENCE)


def test_promotion_needs_the_current_spec() -> None:
    review.require_current(given(PROPOSED), "h1")
    for current in ("h2", None):
        with pytest.raises(Refused):
            review.require_current(given(PROPOSED), current)


def test_an_edit_voids_the_evidence() -> None:
    item = given(PROPOSED, EVIDENCE, EDITED)
    assert (item.verdict, item.checks, item.source, item.code_hash) == ("", (), "new", "c2")


def test_a_slot_tells_who_holds_the_name() -> None:
    filled = [
        SlotFilled(*ADA, kind="function", name="add", item=item, previous="") for item in ("3f2a", "9c1e")
    ]
    assert fold_slot([]).holder == ""
    assert fold_slot(recorded(*filled)).holder == "9c1e"
    assert fold_slot(recorded(*filled)).version == 2


def test_a_module_tells_what_it_holds() -> None:
    written = LibraryWritten(*ADA, module="add", items=("3f2a", "9c1e"), files=())
    assert fold_module(recorded(written)).items == ("3f2a", "9c1e")
