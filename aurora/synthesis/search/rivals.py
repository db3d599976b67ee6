"""The search for rivals: an enumeration over examples and probe inputs, where behaviours that only agree on the
examples stay apart, and then the neighbourhood of the answer.

Order: by cost, up to ``REACH`` beyond the answer's, or until the share of work is done; then the neighbours of the
answer, and of whatever simpler answer they bring, at most ``ROUNDS`` times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from aurora.synthesis.candidates import Inspector
from aurora.synthesis.search.budget import Budget
from aurora.synthesis.search.confidence import REACH
from aurora.synthesis.search.hunt import Hunt, Offer, Strategy
from aurora.synthesis.search.lanes import probe_lanes
from aurora.synthesis.search.neighbours import Neighbours
from aurora.synthesis.search.pool import Pool
from aurora.synthesis.search.terms import Term

SHARE = 150_000
"""Evaluations that the enumeration may take besides half as many as the search took until then."""

NEIGHBOURS = 150_000
"""Evaluations that one neighbourhood may take."""

KEPT = 200_000
"""Vectors that the rivals' bank keeps."""

ROUNDS = 3


class Rivals:
    """The search for rivals in progress. ``reached`` is the cost up to which every program was looked at.

    Where there is other evidence for the answer, it is a part of the usual work: one in ``parts``.
    """

    def __init__(
        self,
        inspector: Inspector,
        pool: Pool,
        budget: Budget,
        offer: Offer,
        terms: Mapping[str, Term],
        makers: Sequence[Callable[[Hunt], Strategy]],
        parts: int = 1,
    ) -> None:
        self._pool = pool
        self._budget = budget
        self._offer = offer
        self._terms = terms
        self._share = budget.spent + (budget.spent // 4 + SHARE) // parts
        self._neighbours = NEIGHBOURS // parts
        self.reached = 0
        probes = [inspector.probes[index] for index in probe_lanes(inspector, list(pool))]
        rows = range(len(inspector.wanted))
        self._hunt = Hunt(inspector, rows, budget, self._compare, makers, most=KEPT, probes=probes)

    def look(self, allowance: int) -> Iterator[None]:
        """Look for rivals; gives way after about ``allowance`` evaluations each time."""
        hunt = self._hunt
        while not hunt.exhausted and not self._far_enough():
            hunt.advance(allowance)
            self.reached = hunt.bank.cost - 1
            yield
        seen: set[str] = set()
        for _ in range(ROUNDS):
            best = self._pool.best
            term = self._terms.get(best.program) if best else None
            if best is None or term is None or best.program in seen:
                return
            seen.add(best.program)
            most = self._budget.spent + self._neighbours
            for _ in Neighbours(term, hunt, self._try).look():
                yield
                if self._budget.spent > most:
                    break

    def _far_enough(self) -> bool:
        best = self._pool.best
        return best is None or self._hunt.bank.cost > best.cost + REACH or self._budget.spent >= self._share

    def _compare(self, term: Term, strategy: str) -> int | None:
        """Offers are compared only: one that fails an example begins nothing anew."""
        self._offer(term, strategy)
        return None

    def _try(self, term: Term) -> None:
        self._offer(term, "neighbours")
