"""How far a program is from what the bank looks at first: what came as material counts by its level, not its cost.

A reading of a text is material of a low level, however long its expression is, and the parts of a tuple, or of a text
of one shape, were looked for side by side. So a search that holds such a program need not wait as long for a simpler
one as its cost says: half as long for the parts of a tuple, of which the last was found a moment ago.
"""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.pieces import JOINT_COST
from aurora.synthesis.search.readings import OPERATORS
from aurora.synthesis.search.terms import Apply, Term

LEVEL = 3
"""The level of the bank at which readings become material."""

SIDE_BY_SIDE = Op("{0} + {1}", ("str", "str"), "str", JOINT_COST)
"""Puts parts of a text together that had a search each: this very operator."""


def lifted(term: Term) -> int:
    """By how much a term is nearer than it is dear."""
    if not isinstance(term, Apply):
        return 0
    if term.op in OPERATORS:
        return max(0, term.cost - LEVEL)
    if term.op is SIDE_BY_SIDE or term.op.text.startswith("({0}, {1}"):
        parts = list(_side_by_side(term))
        by = [lifted(part) for part in parts]
        remaining = [part.cost - near for part, near in zip(parts, by, strict=True)]
        others = sum(remaining) - max(remaining)
        return sum(by) + (others if term.op is SIDE_BY_SIDE else others // 2)
    return sum(map(lifted, term.arguments))


def _side_by_side(term: Term) -> Iterator[Term]:
    """The parts of a text or tuple that had a search each."""
    if isinstance(term, Apply) and term.op is SIDE_BY_SIDE:
        for argument in term.arguments:
            yield from _side_by_side(argument)
    elif isinstance(term, Apply) and term.op.text.startswith("({0}, {1}"):
        yield from term.arguments
    else:
        yield term
