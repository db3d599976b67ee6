"""Fields of texts: what stands between separators, and the numbers that stand there.

Nobody who writes ``'09:30'`` means its characters; the search should not have to find out one operator at a time.
Each mark that stands in every text of a parameter cuts it into fields, and these, and their values where all are
numbers, become material of the bank at once. Order: parameters, then marks as they occur, then fields from the
left, the last one as the last. Invariant: a field's cost is that of its expression; only its level is lower.
"""

from __future__ import annotations

import re

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant

LEVEL = 3
"""The level of the bank at which fields become material."""

FIELDS = 6
"""Fields of one text, at most."""

_SPLIT = "{0}.split({1})"
_NUMBER = re.compile(r"[+-]?\d{1,18}")
_ITEM, _INT = Op("{0}[{1}]", ("list[str]", "int"), "str", 2), Op("int({0})", ("str",), "int", 3)


class Fields:
    """Plants fields in the hunt's bank, once."""

    name = "fields"
    share = 2

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._done = not any(leaf.type == "str" for leaf, _ in hunt.parameters)

    @property
    def ready(self) -> bool:
        """At the beginning."""
        return not self._done

    def advance(self, allowance: int) -> None:
        """Plant them all."""
        self._done = True
        for leaf, vector in self._hunt.parameters:
            if leaf.type == "str":
                for separator in _separators(vector):
                    self._plant(leaf, vector, separator)
        self._hunt.spend(1)

    def _plant(self, leaf: Leaf, vector: Vector, separator: str) -> None:
        mark = constant(repr(separator), "str", 3)
        rows = [str(text).split(separator) for text in vector]
        split = Apply(Op(_SPLIT, ("str", "str"), "list[str]", 3), leaf, mark)
        count = min(map(len, rows))
        places = [*range(min(count, FIELDS)), *([-1] if len(set(map(len, rows))) > 1 else [])]
        for place in places:
            field = Apply(_ITEM, split, constant(str(place), "int", 1 + abs(place) // 2))
            self._discover(field, tuple(row[place] for row in rows))
            numbers = [row[place] for row in rows]
            if all(map(_NUMBER.fullmatch, numbers)):
                self._discover(Apply(_INT, field), tuple(map(int, numbers)))

    def _discover(self, term: Term, vector: Vector) -> None:
        hunt = self._hunt
        hunt.spend(len(vector))
        for goal in hunt.goals:
            if goal.type == term.type and goal.vector == vector[: len(hunt.lanes)]:
                hunt.offer(goal.reached(term), self.name)
        if term.type in hunt.bank.columns:
            hunt.bank.offer(term, vector, LEVEL)


def _separators(vector: Vector) -> list[str]:
    """The marks that stand in every text."""
    texts = [str(text) for text in vector]
    marks = dict.fromkeys(texts[0]) if texts else {}
    return [mark for mark in marks if not mark.isalnum() and all(mark in text for text in texts)]
