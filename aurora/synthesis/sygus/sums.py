"""The strategy for integers: the goal as a sum or difference of two known vectors, met in the middle.

For each known vector the other one is computed and looked up, so that a bank of n covers n * n programs in n steps.
"""

from __future__ import annotations

from aurora.synthesis.sygus.attempt import Attempt, Candidate
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.problem import Production

_MOST = 50_000


class Sums:
    """Looks for ``a + b`` and ``a - b``."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt

    def look(self) -> Candidate | None:
        """The first pair, in order of the first one's cost."""
        attempt, forms = self.attempt, self.attempt.forms
        values, places = attempt.bank.values[forms.goal], attempt.bank.places[forms.goal]
        goal = attempt.goal
        attempt.work.spend(min(len(values), _MOST))
        for place, vector in enumerate(values[:_MOST]):
            if forms.plus is not None:
                other = places.get(tuple([a - b for a, b in zip(goal, vector, strict=True)]))
                if other is not None:
                    return self._candidate(forms.plus, place, other)
            if forms.minus is not None:
                other = places.get(tuple([b - a for a, b in zip(goal, vector, strict=True)]))
                if other is not None:
                    return self._candidate(forms.minus, place, other)
        return None

    def _candidate(self, production: Production, left: int, right: int) -> Candidate:
        bank, name = self.attempt.bank, self.attempt.forms.goal
        cost = 1 + bank.cost(name, left) + bank.cost(name, right)
        return Candidate(cost, applied(production, bank.term(name, left), bank.term(name, right)))
