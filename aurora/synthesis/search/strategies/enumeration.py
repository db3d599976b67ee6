"""The main bank, level by level: every expression of cost 1, then of cost 2, and so on.

Order: by cost; inside a level the smallest blocks of work first. Invariant: when a level is complete, every
behaviour that an expression of that cost has on the lanes is in the bank, unless the bank is full.
"""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.search.hunt import Hunt

DEAREST = 60
"""The cost at which enumeration ends: nothing of use was ever found there."""


class Enumeration:
    """Grows the hunt's bank."""

    name = "enumeration"
    share = 40

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._blocks: Iterator[int] | None = None

    @property
    def ready(self) -> bool:
        """Until the bank can give nothing more."""
        bank = self._hunt.bank
        return self._blocks is not None or (bank.cost < DEAREST and not bank.idle)

    def advance(self, allowance: int) -> None:
        """Go on with the level, or begin the next."""
        hunt = self._hunt
        if self._blocks is None:
            self._blocks = hunt.bank.grow()
        for evaluations in self._blocks:
            self._report()
            hunt.spend(evaluations)
            allowance -= evaluations
            if allowance <= 0:
                return
        self._blocks = None
        hunt.spend(1)

    def _report(self) -> None:
        hunt, bank = self._hunt, self._hunt.bank
        hits, bank.hits = bank.hits, []
        for kind, place in hits:
            vector = bank.columns[kind].values[place][: len(hunt.lanes)]
            for goal in hunt.goals:
                if goal.type == kind and goal.vector == vector:
                    hunt.offer(goal.reached(bank.term(kind, place)), self.name)
