"""Ladders: ``if score >= 90: return "A"``, then 80, then 70: thresholds of one number, in order, that the prose gives.

Of so many results each is often shown once, too little for a tree that examples alone speak for. But where the numbers
of the prose sort the examples so that those between two of them have the same result, prose and examples speak for each
other. The number is a parameter or whatever the bank has: a length, ``weight / height ** 2``.

Order: by the cost of the number. Invariant: every threshold is a number that the prose gives and lies between two
examples with different results; there are at least two thresholds, and fewer results than examples.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from aurora.specs.values import literal
from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.outcomes import outcome, plain
from aurora.synthesis.search.prose import numbers
from aurora.synthesis.search.terms import CHOICE_COST, Apply, Term, constant

MOST_COST = 9
"""Numbers dearer than this are not sorted by thresholds."""

MOST = 12
"""Thresholds, at most."""

CONSTANT_COST = 1
"""What a threshold costs: the prose gives it, and its place is known."""

_INCLUSIVE = re.compile(
    r"\b(?<!or )(?<!and )(above|over|beyond|more than|exceed\w*|up to|at most|until|through|no more)\b"
)
"""Words that count a threshold with what is below it."""

Way = Callable[[Sequence[float], float], int]
"""How many thresholds a number has passed."""


class Step(NamedTuple):
    """A threshold, with the results below and above it."""

    threshold: float
    below: Cell
    above: Cell


class Ladders:
    """Looks for thresholds in the prose that sort the lanes by their results."""

    name = "ladders"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._order = numbers(hunt.problem.hints)
        self._given = sorted(set(self._order))
        outcomes = len(dict.fromkeys(map(repr, hunt.goal)))
        self._possible = (
            hunt.returns != "bool"
            and plain(hunt.goal)
            and len(self._given) > 1
            and 2 < outcomes < len(hunt.goal)
        )
        spoken = _INCLUSIVE.search(hunt.problem.prose.lower()) is not None
        self._ways = (bisect_left, bisect_right) if spoken else (bisect_right, bisect_left)
        self._level = 0

    @property
    def ready(self) -> bool:
        """When the bank has a new level of simple numbers."""
        return self._possible and self._level < min(self._hunt.bank.cost - 1, MOST_COST)

    def advance(self, allowance: int) -> None:
        """Sort the lanes by each number of the next finished level."""
        hunt = self._hunt
        self._level += 1
        for kind in ("int", "float"):
            column = hunt.bank.columns.get(kind)
            start, stop = column.levels.get(self._level, (0, 0)) if column is not None else (0, 0)
            hunt.spend(1 + (stop - start))
            for place in range(start, stop):
                assert column is not None
                for way in self._ways:
                    steps = self._sorting(column.values[place], way)
                    if steps:
                        hunt.offer(self._ladder(hunt.bank.term(kind, place), steps, way), self.name)

    def _sorting(self, vector: Vector, way: Way) -> list[Step]:
        """The steps from one result to the next, upwards; none if thresholds do not sort the lanes."""
        results: dict[int, Cell] = {}
        for value, wanted in zip(vector, self._hunt.goal, strict=False):
            if not isinstance(value, int | float):
                return []
            if results.setdefault(way(self._given, value), wanted) != wanted:
                return []
        shown = sorted(results)
        steps = [
            Step(self._threshold(before, place), results[before], results[place])
            for before, place in pairwise(shown)
            if results[before] != results[place]
        ]
        return steps if 1 < len(steps) <= MOST else []

    def _threshold(self, before: int, place: int) -> float:
        """The number of the prose between two counts; of several one that is no result."""
        between = self._given[before:place]
        return next((number for number in between if number not in self._hunt.goal), between[0])

    def _ladder(self, number: Term, steps: list[Step], way: Way) -> Term:
        """The conditional, with the thresholds as the prose orders them: from below, or from the top.

        It is one operator: what tests and results say beside each other was not there to choose.
        """
        hunt = self._hunt
        downwards = self._order.index(steps[0].threshold) > self._order.index(steps[-1].threshold)
        strict = (way is bisect_left) if downwards else (way is bisect_right)
        sign = (">" if downwards else "<") + "=" * (not strict)
        results = [step.above if downwards else step.below for step in steps]
        results.append(steps[-1].above)
        if downwards:
            results = [*reversed(results[:-1]), steps[0].below]
        thresholds = [step.threshold for step in (reversed(steps) if downwards else steps)]
        text, arguments = "", [number]
        for threshold, result in zip(thresholds, results, strict=False):
            place = len(arguments)
            text += f"{{{place}}} if {{0}} {sign} {{{place + 1}}} else "
            arguments += [
                outcome(result, hunt.returns),
                constant(literal(threshold), number.type, CONSTANT_COST),
            ]
        text += f"{{{len(arguments)}}}"
        arguments.append(outcome(results[-1], hunt.returns))
        op = Op(text, tuple([argument.type for argument in arguments]), hunt.returns, CHOICE_COST)
        return Apply(op, *arguments)
