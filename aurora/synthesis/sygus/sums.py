"""The strategy for integers: the goal as a sum or difference of two known vectors, met in the middle.

For each known vector the other one is computed and looked up, so that a bank of n covers n * n programs in n steps.
"""

from __future__ import annotations

from collections.abc import Mapping

from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.kernels import Vector
from aurora.synthesis.sygus.problem import Production
from aurora.synthesis.sygus.round import Proposal, Round
from aurora.synthesis.sygus.terms import Term

_MOST = 50_000
_MOST_OF_SUBSET = 2_000


class Sums:
    """Looks for ``a + b`` and ``a - b``."""

    def __init__(self, round_: Round) -> None:
        self.round = round_

    def propose(self) -> Proposal | None:
        """The first pair, in order of the first one's cost."""
        values = self.round.bank.values[self.round.forms.goal][:_MOST]
        found = self._pair(self.round.goal, values, self.round.bank.places[self.round.forms.goal])
        return None if found is None else Proposal(*found)

    def cheapest(self, mask: int, *, bound: int) -> tuple[int, Term] | None:
        """The first pair for the active examples in ``mask``, if it costs less than ``bound``."""
        lanes = [lane for lane in range(self.round.lanes) if mask >> lane & 1]
        places: dict[Vector, int] = {}
        for place, vector in enumerate(self.round.bank.values[self.round.forms.goal][:_MOST_OF_SUBSET]):
            places.setdefault(tuple([vector[lane] for lane in lanes]), place)
        found = self._pair(tuple([self.round.goal[lane] for lane in lanes]), list(places), places)
        return found if found is not None and found[0] < bound else None

    def _pair(
        self, goal: Vector, values: list[Vector], places: Mapping[Vector, int]
    ) -> tuple[int, Term] | None:
        forms = self.round.forms
        self.round.work.spend(3 * len(values))
        for vector in values:
            if forms.plus is not None:
                other = places.get(tuple([a - b for a, b in zip(goal, vector, strict=True)]))
                if other is not None:
                    return self._joined(forms.plus, places[vector], other)
            if forms.minus is not None:
                other = places.get(tuple([b - a for a, b in zip(goal, vector, strict=True)]))
                if other is not None:
                    return self._joined(forms.minus, places[vector], other)
        return None

    def _joined(self, production: Production, left: int, right: int) -> tuple[int, Term]:
        bank, name = self.round.bank, self.round.forms.goal
        cost = 1 + bank.cost(name, left) + bank.cost(name, right)
        return cost, applied(production, bank.term(name, left), bank.term(name, right))
