"""Picks: ``{0: "winter", 1: "spring", 2: "summer", 3: "autumn"}[month % 12 // 3]``, a constant by a number.

What the constants are, the examples say; the number is what is looked for. It is no table of the examples: there are
more examples than constants, and the number counts without gaps up to the last of them. A tuple would take numbers
below zero as well, and so fit by accident.

Order: by the cost of the number. Invariant: lanes with the same number have the same result, others have others.
"""

from __future__ import annotations

from collections.abc import Sequence

from aurora.synthesis.cells import Cell
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.outcomes import outcome, plain
from aurora.synthesis.search.terms import CHOICE_COST, Apply, Term, parts

REPEATED = 2
"""So many lanes at least show a result again."""

LEAST = 3
"""Fewer results are told apart by a test."""

MOST = 12


class Picks:
    """Looks for numbers that count the results of the lanes, from zero or one."""

    name = "picks"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._results = list(dict.fromkeys(hunt.goal))
        self._possible = (
            hunt.returns != "bool"
            and plain(self._results)
            and LEAST <= len(self._results) <= min(MOST, len(hunt.goal) - REPEATED)
        )
        numbers: dict[Cell, int] = {}
        self._pattern = tuple([numbers.setdefault(cell, len(numbers)) for cell in hunt.goal])
        self._seen = 0

    @property
    def ready(self) -> bool:
        """When the bank has new numbers."""
        return self._possible and self._seen < len(self._hunt.bank.columns["int"].values)

    def advance(self, allowance: int) -> None:
        """Look through the numbers that are new."""
        hunt = self._hunt
        values = hunt.bank.columns["int"].values
        hunt.spend(1 + (len(values) - self._seen) // 4)
        last = len(self._results) - 1
        for place in range(self._seen, len(values)):
            vector = [cell for cell in values[place] if isinstance(cell, int)]
            if max(vector) - min(vector) == last and min(vector) in (0, 1) and self._counts(vector):
                term = hunt.bank.term("int", place)
                if _orderly(term):
                    hunt.offer(self._pick(term, vector), self.name)
        self._seen = len(values)

    def _counts(self, vector: Sequence[int]) -> bool:
        """Whether equal numbers and equal results are the same lanes."""
        numbers: dict[int, int] = {}
        return tuple([numbers.setdefault(cell, len(numbers)) for cell in vector]) == self._pattern

    def _pick(self, number: Term, vector: Sequence[int]) -> Term:
        hunt = self._hunt
        result = dict(zip(vector, hunt.goal, strict=False))
        first = 0 if 0 in result else 1
        places = range(first, first + len(self._results))
        leaves = [outcome(result[place], hunt.returns) for place in places]
        shown = ", ".join(f"{first + place}: {{{place + 1}}}" for place in range(len(leaves)))
        kinds = ("int", *(leaf.type for leaf in leaves))
        op = Op(f"{{{{{shown}}}}}[{{0}}]", kinds, hunt.returns, CHOICE_COST, partial=True)
        return Apply(op, number, *leaves)


def _orderly(number: Term) -> bool:
    """Whether the number comes from arithmetic that counts in order: remainders, quotients, lengths, differences."""
    return all(not isinstance(part, Apply) or part.op.text in _COUNTING for part in parts(number))


_COUNTING = frozenset(
    {
        "{0} % {1}",
        "{0} // {1}",
        "{0} + {1}",
        "{0} - {1}",
        "len({0})",
        "min({0}, {1})",
        "max({0}, {1})",
        "abs({0})",
    }
    | {"{0}.count({1})", "{0}[{1}]"}
)
