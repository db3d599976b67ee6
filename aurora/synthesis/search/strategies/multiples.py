"""Multiples: one result where a number is divisible by this, one by that, one by both, and something else for the rest.

As a tree that makes four leaves, most of them shown once. But where the numbers of the prose, as divisors, sort the
examples by their results, prose and examples speak for each other, as they do for ladders of thresholds.

Order: after each level of the bank, pairs of divisors in the order of the prose. Invariant: every divisor is a number
of the prose, lanes of the same class have the same result, and different classes have different ones; only what is left
in the end may be more than a constant.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import permutations

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.leaves import Answers
from aurora.synthesis.search.outcomes import outcome, plain
from aurora.synthesis.search.prose import numbers
from aurora.synthesis.search.terms import CHOICE_COST, Apply, Leaf, Term, constant

CONSTANT_COST = 1
"""What a divisor costs: the prose gives it."""

LEVELS = 9
"""The level of the bank up to which something is sought for what no divisor divides."""


class Multiples:
    """Looks for divisors in the prose that sort the lanes by their results."""

    name = "multiples"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._divisors = [int(each) for each in numbers(hunt.problem.hints) if each > 1 and each == int(each)]
        self._answers = Answers(hunt)
        self._level = 0
        outcomes = len(dict.fromkeys(hunt.goal))
        self._possible = (
            hunt.returns != "bool"
            and plain(hunt.goal)
            and len(self._divisors) > 1
            and 2 < outcomes < len(hunt.goal)
        )
        self._chains = list(self._sorting()) if self._possible else []

    @property
    def ready(self) -> bool:
        """When there are divisors that sort the lanes, and the bank has a new level."""
        return bool(self._chains) and self._level < min(self._hunt.bank.cost - 1, LEVELS)

    def advance(self, allowance: int) -> None:
        """Offer each chain for whose rest there is an answer now."""
        hunt = self._hunt
        self._level = hunt.bank.cost - 1
        self._answers.refresh()
        waiting = []
        for number, divisors, classes in self._chains:
            rest = self._rest(classes.get(len(divisors), 0))
            if rest is None:
                waiting.append((number, divisors, classes))
            else:
                hunt.offer(self._chain(number, divisors, classes, rest), self.name)
        self._chains = waiting

    def _sorting(self) -> Iterator[tuple[Leaf, list[int], dict[int, int]]]:
        """Numbers with divisors, tested one after the other, and the lanes of each: those of one class agree."""
        for number, vector in self._hunt.parameters:
            if number.type != "int":
                continue
            for one, other in permutations(dict.fromkeys(self._divisors), 2):
                divisors = [math.lcm(one, other), one, other]
                if len(set(divisors)) < len(divisors):
                    divisors = divisors[1:]
                classes = _classes(vector, divisors)
                self._hunt.spend(1)
                if len(classes) == len(divisors) + 1 and self._agree(classes, len(divisors)):
                    yield number, divisors, classes

    def _agree(self, classes: dict[int, int], rest: int) -> bool:
        """Whether lanes that a divisor has in common have their result in common, and one of their own."""
        results = [self._results(mask) for place, mask in classes.items() if place != rest]
        return all(len(each) == 1 for each in results) and len({each[0] for each in results}) == len(results)

    def _results(self, mask: int) -> list[Cell]:
        return list(dict.fromkeys(cell for lane, cell in enumerate(self._hunt.goal) if mask >> lane & 1))

    def _rest(self, mask: int) -> Term | None:
        """What is right where no divisor divides."""
        results = self._results(mask)
        if len(results) == 1:
            return outcome(results[0], self._hunt.returns)
        found = self._answers.leaf(mask, 1 << 30)
        return None if found is None else found[1]

    def _chain(self, number: Leaf, divisors: list[int], classes: dict[int, int], rest: Term) -> Term:
        """The conditional as one operator: what its tests and results say was not there to choose."""
        text = ""
        arguments: list[Term] = [number]
        for place, divisor in enumerate(divisors):
            hole = len(arguments)
            text += f"{{{hole}}} if {{0}} % {{{hole + 1}}} == 0 else "
            (result,) = self._results(classes[place])
            arguments += [outcome(result, self._hunt.returns), constant(str(divisor), "int", CONSTANT_COST)]
        text += f"{{{len(arguments)}}}"
        arguments.append(rest)
        kinds = tuple([argument.type for argument in arguments])
        return Apply(Op(text, kinds, self._hunt.returns, CHOICE_COST), *arguments)


def _classes(vector: Vector, divisors: list[int]) -> dict[int, int]:
    """For the place of each divisor the lanes, as a mask, that it is the first to divide; those left come last."""
    classes: dict[int, int] = {}
    for lane, cell in enumerate(vector):
        assert isinstance(cell, int)
        place = next((place for place, each in enumerate(divisors) if cell % each == 0), len(divisors))
        classes[place] = classes.get(place, 0) | 1 << lane
    return classes
