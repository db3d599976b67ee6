"""Comparisons of two numbers with three results: one where they are equal, one for more and one for less.

Over, under or just on budget; perfect, abundant or deficient: as a tree the numbers would stand in two tests, and
whatever happens to tell two of the results apart would be cheaper.

Order: after each level of the bank, pairs of its simple numbers with those that are new. Invariant: the order of the
two numbers decides the result, and each of the three orders is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aurora.synthesis.cells import Cell
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.outcomes import outcome, plain
from aurora.synthesis.search.terms import CHOICE_COST, Apply, Term

DEAREST = 8
"""Numbers up to this cost are compared."""

NUMBERS = 150
"""So many of them of a type, at most."""

Numbers = tuple[float, ...]


class Comparing:
    """Looks for two numbers whose order decides the results."""

    name = "comparing"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        results = list(dict.fromkeys(hunt.goal))
        self._possible = hunt.returns != "bool" and plain(results) and len(results) == 3 < len(hunt.goal)
        numbers: dict[Cell, int] = {}
        self._pattern = [numbers.setdefault(cell, len(numbers)) for cell in hunt.goal]
        self._level = 0
        self._known: dict[str, list[tuple[Numbers, Term]]] = {"int": [], "float": []}

    @property
    def ready(self) -> bool:
        """When the bank has finished a level of simple numbers."""
        return self._possible and self._level < min(self._hunt.bank.cost - 1, DEAREST)

    def advance(self, allowance: int) -> None:
        """Compare the numbers of the next level with all that are known."""
        self._level += 1
        self._hunt.spend(1)
        for kind, known in self._known.items():
            for numbers, term in self._fresh(kind):
                if len(known) < NUMBERS:
                    self._hunt.spend(1 + len(known) // 2)
                    for others, other in known:
                        if self._decides(numbers, others):
                            self._hunt.offer(self._comparison(term, other, numbers, others), self.name)
                    known.append((numbers, term))

    def _fresh(self, kind: str) -> Iterator[tuple[Numbers, Term]]:
        column = self._hunt.bank.columns.get(kind)
        for place in range(*column.levels.get(self._level, (0, 0))) if column is not None else ():
            assert column is not None
            numbers = tuple([cell for cell in column.values[place] if isinstance(cell, int | float)])
            if len(numbers) == len(self._hunt.goal):
                yield numbers, self._hunt.bank.term(kind, place)

    def _decides(self, numbers: Numbers, others: Numbers) -> bool:
        """Whether equal orders and equal results are the same lanes."""
        seen: dict[int, int] = {}
        for one, other, result in zip(numbers, others, self._pattern, strict=True):
            if seen.setdefault((one > other) - (one < other), result) != result:
                return False
        return len(set(seen.values())) == len(seen) == 3

    def _comparison(self, first: Term, second: Term, numbers: Numbers, others: Sequence[float]) -> Term:
        orders = [(one > other) - (one < other) for one, other in zip(numbers, others, strict=True)]
        results = [outcome(self._hunt.goal[orders.index(order)], self._hunt.returns) for order in (0, 1, -1)]
        kinds = (first.type, second.type, *(leaf.type for leaf in results))
        text = "{2} if {0} == {1} else {3} if {0} > {1} else {4}"
        return Apply(Op(text, kinds, self._hunt.returns, CHOICE_COST), first, second, *results)
