"""Means of a body over a list, and roots of such means: ``sum(body for x in xs) / len(xs)``.

Order: each new body of numbers. Invariant: what is offered has the wanted value on each lane, to nine digits.
"""

from __future__ import annotations

import math
from typing import Any

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.aggregates import mean_of
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.terms import Apply, Term

CLOSE = 1e-9

_ROOT = Op("math.sqrt({0})", ("float",), "float", 6)


class Means:
    """Uses of a body of numbers as what is averaged."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        whole = (
            len(loop.source.terms) == 1
            and loop.source.collection.startswith("list[")
            and not loop.source.test
        )
        there = bool(loop.grid.positions) and all(loop.grid.positions)
        self._goals = loop.frame.goals("float") if whole and there else []
        self._wishes: list[list[Any]] = [list(wanted.vector) for wanted in self._goals]

    def feed(self, body: Body) -> None:
        """Average a body."""
        loop = self._loop
        if not self._goals or body.type not in ("int", "float"):
            return
        if not loop.complete(body.mask) or not loop.novel(body.mask):
            return
        loop.spend(1)
        rows: list[tuple[Any, ...]] = loop.spread(body.vector)
        means = [sum(row) / len(row) for row in rows]
        for wanted, wishes in zip(self._goals, self._wishes, strict=True):
            if _close(means, wishes):
                loop.frame.answer(wanted, self._mean(body))
            elif min(means) >= 0 and _close([math.sqrt(mean) for mean in means], wishes):
                loop.frame.answer(wanted, Apply(_ROOT, self._mean(body)))

    def settle(self) -> None:
        """Nothing needs the whole level."""

    def _mean(self, body: Body) -> Term:
        loop = self._loop
        return mean_of(loop.forms.reduced("sum", loop.bodies.term(body)), loop.source.terms[0])


def _close(numbers: list[float], wishes: list[Any]) -> bool:
    return all(
        isinstance(wish, float) and math.isclose(number, wish, rel_tol=CLOSE, abs_tol=CLOSE)
        for number, wish in zip(numbers, wishes, strict=True)
    )
