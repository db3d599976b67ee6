"""Whether fitting programs agree: the rivals of the answer, and the smallest inputs that tell them apart.

The answer is the cheapest program that fits every example and breaks no rule (every parameter that it ignores
adds ``UNUSED_PARAMETER``). A rival fits as well and gives another answer on some probe input. What all rivals
weigh together says how sure the answer is (see ``confidence``): if it is less than ``SURE``, the search says
*ambiguous*, and shows the heaviest rivals. Where a seed and an enumerated program behave alike, the seed stands
for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from aurora.synthesis.candidates import Candidate, Inspector
from aurora.synthesis.search.confidence import REACH, SURE, confidence, plain_cost, weight
from aurora.synthesis.search.learned import borrows, calls_taught
from aurora.synthesis.search.support import Support
from aurora.synthesis.search.terms import Term
from aurora_events.base import Distinguishing

MOST = 5
"""Alternatives reported."""

LEAST = 0.1
"""A rival that weighs less than this beside the answer is not worth a question to a person."""


FARTHER = 2
"""Alternatives reported where the examples tell too little and none weighs much."""

PLAIN = 4
"""An answer that borrows a function gives way to one that needs none, does the same and is at most so much dearer."""


BORROWING = 0.3
"""The weight of a rival that needs what was taught, beside an answer that needs none of it: such doubts grow with
all that is known, and a search from nothing would not have had them."""


class Standing(NamedTuple):
    """What stands at the end: the answer, its rivals with the heaviest first, and how sure the answer is.

    ``told`` is what examples and conditions tell, in bits.
    """

    answer: Candidate
    rivals: tuple[Candidate, ...]
    confidence: float
    told: float


def standing(
    inspector: Inspector, candidates: Sequence[Candidate], terms: Mapping[str, Term], support: Support
) -> Standing | None:
    """What ``candidates`` come to, given what speaks for them; nothing if there are none."""
    ordered = sorted(candidates, key=lambda candidate: candidate.order)
    if not ordered:
        return None
    classes: dict[tuple[str, ...], Candidate] = {}
    for candidate in ordered:
        classes.setdefault(candidate.behaviour, candidate)
    best, *others = classes.values()
    best = _plainest(best, ordered, terms)
    recalled = {candidate.behaviour: candidate for candidate in ordered if candidate.seed}
    weights = {other.attempt: weight(inspector, best, other, terms) for other in others}
    if not borrows(terms.get(best.program)):
        for other in others:
            if borrows(terms.get(other.program)):
                weights[other.attempt] *= BORROWING
    near = [weights[other.attempt] for other in others if other.cost <= best.cost + REACH]
    margin = support.margin(best, plain_cost(best, terms), terms.get(best.program))
    sure = confidence(inspector, margin, near)
    heaviest = sorted(others, key=lambda other: (-weights[other.attempt], other.attempt))
    shown = [other for other in heaviest if weights[other.attempt] >= LEAST][:MOST]
    if sure < SURE and not shown:
        # The examples tell too little for the answer, whatever else fits: the likeliest of that is worth a question.
        shown = heaviest[:FARTHER]
    return Standing(
        recalled.get(best.behaviour, best),
        tuple(recalled.get(other.behaviour, other) for other in shown),
        sure,
        support.told,
    )


def _plainest(best: Candidate, ordered: Sequence[Candidate], terms: Mapping[str, Term]) -> Candidate:
    """What people would rather read of the programs that behave like ``best``: one without a borrowed function."""
    if not calls_taught(terms.get(best.program)):
        return best
    near = (each for each in ordered if each.behaviour == best.behaviour and each.cost <= best.cost + PLAIN)
    return next((each for each in near if not calls_taught(terms.get(each.program))), best)


def distinguishing(inspector: Inspector, candidates: Sequence[Candidate]) -> tuple[Distinguishing, ...]:
    """Few inputs that tell the first candidate from each other one, no input twice.

    Those come first that look like the examples, and of these the short ones.
    """
    rows = inspector.probe_texts
    usual = {kind for example in inspector.examples for kind in _letters(repr(example))}
    order = sorted(
        range(len(rows)),
        key=lambda index: (
            -inspector.naturalness[index],
            len(_letters(repr(inspector.probes[index])) - usual),
            len(", ".join(rows[index])),
            rows[index],
        ),
    )
    chosen: dict[int, None] = {}
    for rival in candidates[1:]:
        differing = [index for index in order if rival.behaviour[index] != candidates[0].behaviour[index]]
        if differing and not any(index in chosen for index in differing):
            chosen[differing[0]] = None
    function = inspector.problem.function
    return tuple(
        Distinguishing(
            f"{function}({', '.join(rows[index])})",
            tuple(candidate.answers[index] for candidate in candidates),
        )
        for index in order
        if index in chosen
    )


def _letters(text: str) -> set[str]:
    """The kinds of letters in a text."""
    kinds = (
        "digit" if c.isdigit() else "capital" if c.isupper() else "letter" if c.isalpha() else c for c in text
    )
    return set(kinds)
