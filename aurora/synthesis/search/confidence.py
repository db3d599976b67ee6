"""How sure an answer is, in [0, 1]: what its rivals weigh, and what the examples tell against what it tells.

A program that costs ``c`` half steps weighs about ``2 ** (-c / SCALE)``, as in a description language: who
wrote the examples meant a cheap one rather than a dear one. Relative to the answer, each other *behaviour* that
fits weighs what its cheapest program does, up to ``REACH`` beyond the answer's cost. It weighs less where the two
differ only on inputs that say little, or where it is the answer with something added that the examples do not
need: who wants ``sorted(xs)[:3]`` shows a list of more than three. What was not looked at weighs something as
well: the dearer the answer and the less the examples say, the more programs fit by accident. The confidence is
the answer's share of all that.

The constants were fitted on some ninety small problems with hidden inputs, ``UNSEEN`` on a third of the everyday suite
(see docs/benchmarks.md); nothing depends on names or prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aurora.synthesis.candidates import Candidate, Inspector
from aurora.synthesis.search.terms import Apply, Term, embeds, parts

REACH = 4
"""Rivals count up to this much beyond the cost of the answer."""

SCALE = 2.0
"""Half steps of cost by which a program is half as likely meant: a bit is two of them."""

LEAST_SCALE = 1.0
"""The same beside the cheapest answers: next to ``a + b`` whatever costs as much again is far-fetched."""

RAISING = 0.7
"""The weight of a difference that is only whether something is raised."""

ADDED = 0.4
"""The weight of a rival that is the answer and more."""

UNSEEN = 0.25
"""What accidental fits beyond the search's reach weigh, if the examples tell just as much as the answer says."""

LONE = 0.5
"""What constants out of nowhere weigh where a single number is wanted: 3 -> 9 may be six more as well."""

SURE = 0.6
"""An answer less sure than this is not reported as solved."""


def confidence(inspector: Inspector, margin: float, weights: Iterable[float]) -> float:
    """The share of an answer among all that fits, where the other behaviours have these ``weights``.

    ``margin`` is how many more bits the examples tell than the answer says.
    """
    accidents = UNSEEN * float(2 ** min(60.0, -margin))
    return 1 / (1 + sum(weights) + accidents + LONE * _alone(inspector))


def weight(inspector: Inspector, best: Candidate, other: Candidate, terms: Mapping[str, Term]) -> float:
    """What a rival weighs against ``best``, which weighs 1; ``terms`` has those of the programs that are known."""
    told = 0.0
    for mine, theirs, natural in zip(best.answers, other.answers, inspector.naturalness, strict=True):
        if mine != theirs:
            raising = mine.startswith("raises ") or theirs.startswith("raises ")
            told = max(told, min(natural, RAISING) if raising else natural)
    mine_term, other_term = terms.get(best.program), terms.get(other.program)
    if mine_term is not None and other_term is not None and embeds(mine_term, other_term):
        told *= ADDED
    cost = plain_cost(best, terms)
    scale = max(LEAST_SCALE, min(SCALE, cost / 4))
    return told * float(2 ** ((cost - plain_cost(other, terms)) / scale))


def plain_cost(candidate: Candidate, terms: Mapping[str, Term]) -> int:
    """What a program costs without the help of the prose, which may say what to try first, not what is right."""
    term = terms.get(candidate.program)
    if term is None:
        return candidate.cost
    return candidate.cost + sum(
        part.op.plain - part.op.cost for part in parts(term) if isinstance(part, Apply)
    )


def _alone(inspector: Inspector) -> bool:
    """Whether a single number is all that is known."""
    return len(set(map(repr, inspector.examples))) == 1 and isinstance(inspector.wanted[0], int | float)
