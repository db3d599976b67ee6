"""Answers taken apart: concatenations, sums and products of two entries, remainders, predicates joined by and/or.

Nothing is enumerated here: the wanted vector and one part give the other part, which is looked up (witness
functions, FlashMeta 2015; meet in the middle). Order: after each level of the bank, each of the inverses in turn.
Invariant: what is offered gives the wanted vector on every lane.
"""

from __future__ import annotations

from aurora.synthesis.search.concatenations import Concatenations
from aurora.synthesis.search.formulas import cheapest_formula
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.meeting import Meeting, possible
from aurora.synthesis.search.predicates import Predicates
from aurora.synthesis.search.terms import Term

EXPANSIONS = 40
"""States of a concatenation that are expanded at the first level; each level allows ``MORE`` more, up to ``MOST``."""

MORE = 30
MOST = 400


class Witness:
    """Looks for ways to put the answer together from what the bank has."""

    name = "witness"
    share = 12

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._level = -1
        self._concatenations = Concatenations(hunt, hunt.returns, hunt.goal) if _is_sequence(hunt) else None
        self._meetings = [Meeting(hunt, goal) for goal in hunt.goals if possible(goal)]
        self._predicates = Predicates(hunt) if hunt.returns == "bool" else None
        self._cheapest = 1 << 30

    @property
    def ready(self) -> bool:
        """When the bank has grown."""
        return self._hunt.bank.cost > self._level

    def advance(self, allowance: int) -> None:
        """Try each inverse on what is new."""
        hunt = self._hunt
        self._level = hunt.bank.cost
        hunt.spend(1)
        self._concatenate()
        for meeting in self._meetings:
            for term in meeting.refresh():
                self._offer(meeting.goal.reached(term))
        if self._predicates is not None and self._predicates.refresh():
            # A formula of many predicates says more than a few examples do.
            formula = cheapest_formula(hunt, self._predicates, min(3, len(hunt.rows) // 2))
            if formula is not None:
                self._offer(formula)

    def _offer(self, term: Term) -> None:
        if term.cost < self._cheapest:
            self._cheapest = term.cost
            self._hunt.offer(term, self.name)

    def _concatenate(self) -> None:
        concatenations, hunt = self._concatenations, self._hunt
        if concatenations is None or not concatenations.possible or not concatenations.refresh():
            return
        most = min(EXPANSIONS + MORE * self._level, MOST)
        found = concatenations.path((1 << len(hunt.lanes)) - 1, most, self._cheapest)
        if found is not None:
            self._offer(found[1])


def _is_sequence(hunt: Hunt) -> bool:
    return hunt.returns == "str" or hunt.returns.startswith("list[")
