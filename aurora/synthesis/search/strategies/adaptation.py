"""Lower prices for operators that proved of use: what is right on some examples shows what the answer is made of.

After each level of the bank, the new behaviours of the wanted type are compared with what is wanted. One that is
right on a set of examples that nothing was right on before is a partial solution, and its operators become
cheaper for levels not yet built (the idea of Probe, Barke et al. 2020, without its restarts: those throw the bank
away, which was measured to lose). Order: that of discovery. Invariant: no operator becomes less than half as dear
as it was, so no program is put off without bound.
"""

from __future__ import annotations

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.bank import covering
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, parts

SCAN = 4
"""Entries compared with what is wanted are charged as one evaluation."""


class Adaptation:
    """Watches the bank's column of the wanted type."""

    name = "adaptation"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._seen = 0
        self._masks: set[int] = set()
        self._level = 0
        self._best = 0

    @property
    def ready(self) -> bool:
        """Once after each level of the bank that gave something new."""
        hunt = self._hunt
        column = hunt.bank.columns.get(hunt.returns)
        return column is not None and self._level < max(column.levels, default=0)

    def advance(self, allowance: int) -> None:
        """Compare what the last levels gave."""
        hunt = self._hunt
        column = hunt.bank.columns[hunt.returns]
        self._level = max(column.levels)
        start, self._seen = self._seen, column.levels[self._level][1]
        everything = (1 << len(hunt.lanes)) - 1
        for place, mask in covering(column, hunt.goal, range(len(hunt.lanes)), start):
            if place >= self._seen:
                break
            if mask != everything and mask not in self._masks:
                self._masks.add(mask)
                self._learn(place, mask)
        hunt.spend(1 + (self._seen - start) // SCAN)

    def _learn(self, place: int, mask: int) -> None:
        hunt = self._hunt
        term = hunt.bank.term(hunt.returns, place)
        right = mask.bit_count()
        if right > self._best:
            self._best = right
            hunt.partial(term, self.name)
        if 2 * right >= len(hunt.lanes) > 2:
            used: dict[Op, None] = {part.op: None for part in parts(term) if isinstance(part, Apply)}
            for op in used:
                hunt.bank.cheapen(op)
