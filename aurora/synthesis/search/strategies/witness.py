"""Answers taken apart: concatenations, sums and products of two entries, remainders, predicates joined by and/or.

Nothing is enumerated here: the wanted vector and one part give the other part, which is looked up (witness
functions, FlashMeta 2015; meet in the middle). Order: after each level of the bank, each of the inverses in turn.
Invariant: what is offered gives the wanted vector on every lane.
"""

from __future__ import annotations

from aurora.synthesis.search.concatenations import Concatenations
from aurora.synthesis.search.hunt import Hunt

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

    def _concatenate(self) -> None:
        concatenations, hunt = self._concatenations, self._hunt
        if concatenations is None or not concatenations.possible or not concatenations.refresh():
            return
        most = min(EXPANSIONS + MORE * self._level, MOST)
        found = concatenations.path((1 << len(hunt.lanes)) - 1, most, self._cheapest)
        if found is not None:
            self._cheapest, term = found
            hunt.offer(term, self.name)


def _is_sequence(hunt: Hunt) -> bool:
    return hunt.returns == "str" or hunt.returns.startswith("list[")
