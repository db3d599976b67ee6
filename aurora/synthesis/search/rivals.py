"""The search for rivals: a bank over examples and probe inputs, where behaviours that only agree on the
examples stay apart.

Order: by cost, up to the highest cost that is still of comparable simplicity, or until the share of work is
done. If the conditions refuted every fit so far, it goes on without bound: on probe lanes, the right program
cannot hide behind a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from aurora.specs.types import parse_type
from aurora.synthesis.candidates import Inspector
from aurora.synthesis.cells import encode
from aurora.synthesis.search.ambiguity import MOST, bound, margin
from aurora.synthesis.search.bank import Bank, covering
from aurora.synthesis.search.budget import Budget
from aurora.synthesis.search.hunt import Hunt, Offer, Strategy
from aurora.synthesis.search.lanes import probe_lanes
from aurora.synthesis.search.pool import Pool
from aurora.synthesis.search.terms import Term

SHARE = 200_000
"""Evaluations that the search for rivals may take besides half as many as the first fit took."""

KEPT = 300_000
"""Vectors that the rivals' bank keeps."""


class Rivals:
    """The search for rivals in progress. ``reached`` is the cost up to which every program was looked at."""

    def __init__(
        self,
        inspector: Inspector,
        pool: Pool,
        budget: Budget,
        offer: Offer,
        terms: Mapping[str, Term],
        makers: Sequence[Callable[[Hunt], Strategy]],
    ) -> None:
        self._pool = pool
        self._budget = budget
        self._offer = offer
        self._margin = margin(inspector.problem)
        self._share = budget.spent * 3 // 2 + SHARE
        self.reached = 0
        self.done = False
        hunt = Hunt(inspector, range(len(inspector.wanted)), budget, offer, ())
        self._hunt = hunt
        self._bank = self._bank_with_probes(probe_lanes(inspector, list(pool)))
        self._blocks: Iterator[int] = iter(())
        self._seen = 0

    def advance(self, allowance: int) -> None:
        """Do about ``allowance`` evaluations of work."""
        hunt, bank = self._hunt, self._bank
        column = bank.columns[hunt.returns]
        lanes = range(len(hunt.lanes))
        full = (1 << len(lanes)) - 1
        start = self._budget.spent
        while not self._finished():
            for evaluations in self._blocks:
                self._budget.spend(evaluations)
                for place, mask in covering(column, hunt.goal, lanes, self._seen):
                    if mask == full:
                        self._offer(bank.term(hunt.returns, place), "enumeration")
                self._seen = len(column.values)
                if self._budget.spent - start >= allowance:
                    return
            self.reached = bank.cost
            self._blocks = bank.grow()
        self.done = True

    def _finished(self) -> bool:
        """Whether everything comparable was looked at, the share is done, or enough is known."""
        if self._bank.full or self._bank.cost > 60:
            return True
        if not len(self._pool):
            return False
        known = {each.behaviour for each in self._pool if each.cost <= self._bank.cost}
        return (
            self._bank.cost >= bound(list(self._pool), self._margin)
            or self._budget.spent >= self._share
            or len(known) > MOST
        )

    def _bank_with_probes(self, probes: Sequence[int]) -> Bank:
        hunt, inspector = self._hunt, self._hunt.inspector
        count = len(hunt.lanes) + len(probes)
        bank = Bank(
            hunt.operators, sorted(hunt.types), count, inspector.library_functions(), most=KEPT, keep_partials=True
        )  # fmt: skip
        kinds = [parse_type(kind) for _, kind in hunt.problem.parameters]
        for place, ((leaf, vector), kind) in enumerate(zip(hunt.parameters, kinds, strict=True)):
            extra = tuple(encode(inspector.probes[probe][place], kind) for probe in probes)
            bank.offer(leaf, vector + extra)
        for leaf, cell in hunt.constants:
            bank.offer(leaf, (cell,) * count)
        return bank
