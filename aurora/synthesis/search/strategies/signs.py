"""Signs apart: ``value if test else -value``, where the size of a number is known and only its sign is not.

Digits read backwards, roots, quotients towards zero: what people take of the size and give the sign back to. As a
conditional the value would count twice, and no example alone speaks for it.

Order: after each level of the bank, values by cost, each with the cheapest test. Invariant: the value is right on every
lane but for its sign, and wrong on one at least, so that the test has something to say.
"""

from __future__ import annotations

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.evidence import agreement
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.predicates import Predicates, negated
from aurora.synthesis.search.terms import CHOICE_COST, Apply, Term

SIGNED_COST = CHOICE_COST + 1
"""What the conditional costs; the value is written twice, or given a name."""


class Signs:
    """Looks for values whose sign depends on a test."""

    name = "signs"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._predicates = Predicates(hunt)
        self._opposite = _opposite(hunt.goal)
        self._told = sum(1 << lane for lane, cell in enumerate(hunt.goal) if cell)
        self._op = Op(
            "{0} if {1} else -{0}", (hunt.returns, "bool"), hunt.returns, SIGNED_COST,
        )  # fmt: skip
        self._level = -1
        self._seen = 0
        self._values: list[tuple[Term, int]] = []

    @property
    def ready(self) -> bool:
        """When the wanted numbers have both signs, and the bank has grown."""
        return bool(self._opposite) and self._hunt.bank.cost > self._level

    def advance(self, allowance: int) -> None:
        """Take in what is new, and offer each value with the test for its sign."""
        hunt = self._hunt
        self._level = hunt.bank.cost
        column = hunt.bank.columns[hunt.returns]
        hunt.spend(1 + (len(column.values) - self._seen) // 2)
        for place in range(self._seen, len(column.values)):
            same = agreement(column.values[place], hunt.goal) & self._told
            turned = agreement(column.values[place], self._opposite) & self._told
            if turned and same | turned == self._told:
                self._values.append((hunt.bank.term(hunt.returns, place), same))
        self._seen = len(column.values)
        if self._values:
            self._predicates.refresh()
            self._values = [each for each in self._values if not self._offered(*each)]

    def _offered(self, value: Term, same: int) -> bool:
        """Offer the value, if there is a test that holds just where its sign is right; zeros are of no sign."""
        for predicate in self._predicates.ordered():
            test = self._predicates.term(predicate)
            for mask, holds in ((predicate.mask, test), (~predicate.mask, negated(test))):
                if mask & self._told == same:
                    self._hunt.offer(Apply(self._op, value, holds), self.name)
                    return True
        return False


def _opposite(goal: Vector) -> Vector:
    """The goal with its signs turned, where it is numbers of both signs; nothing otherwise."""
    numbers = [cell for cell in goal if isinstance(cell, int | float) and not isinstance(cell, bool)]
    if len(numbers) == len(goal) > 0 and min(numbers) < 0 < max(numbers):
        return tuple([-number for number in numbers])
    return ()
