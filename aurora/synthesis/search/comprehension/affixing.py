"""What some elements become is a body with a text before or after it, where the others stay as they are.

Order: each body once, as the bank grows. Invariant: the text is shared by everything that is wanted on the elements
which do not stay, and the body gives the rest of it on all of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.directed import common_start
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant

LONGEST = 4
LITERAL_COST = 4

_PLUS = Op("{0} + {1}", ("str", "str"), "str", 2)


class Affix(NamedTuple):
    """Texts before and after, and what is then left to give, by lane."""

    before: str
    after: str
    rest: dict[int, str]


class Affixes:
    """The affixes of one wanted body."""

    def __init__(self, wanted: Vector, elements: Sequence[tuple[Leaf, Vector]]) -> None:
        self._wanted = wanted
        kept = [vector for leaf, vector in elements if leaf.type == "str"]
        texts: dict[int, str] = {
            lane: cell
            for lane, cell in enumerate(wanted)
            if isinstance(cell, str) and all(vector[lane] != cell for vector in kept)
        }
        self._affixes: list[Affix] = []
        if kept and 1 < len(texts) < len(wanted) and len(set(texts.values())) > 1:
            self._affixes = list(_affixes(texts))

    def answer(self, vector: Vector, term: Term) -> tuple[Term, Vector] | None:
        """The body with an affix, and its values, if that gives what is wanted where elements do not stay."""
        for affix in self._affixes:
            if all(vector[lane] == text for lane, text in affix.rest.items()):
                values = tuple([f"{affix.before}{cell}{affix.after}" for cell in vector])
                return _around(term, affix), values
        return None

    def __bool__(self) -> bool:
        return bool(self._affixes)


def _affixes(texts: dict[int, str]) -> Iterator[Affix]:
    """The longest text that all begin with, the longest that all end with, and both."""
    start = common_start(list(texts.values()))[:LONGEST]
    end = common_start([text[::-1] for text in texts.values()])[:LONGEST][::-1]
    for before, after in ((start, ""), ("", end), (start, end)):
        size = len(before) + len(after)
        if size and all(len(text) >= size for text in texts.values()):
            rest = {lane: text[len(before) : len(text) - len(after)] for lane, text in texts.items()}
            yield Affix(before, after, rest)


def _around(term: Term, affix: Affix) -> Term:
    if affix.before:
        term = Apply(_PLUS, constant(repr(affix.before), "str", LITERAL_COST), term)
    if affix.after:
        term = Apply(_PLUS, term, constant(repr(affix.after), "str", LITERAL_COST))
    return term
