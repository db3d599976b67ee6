"""The strategy for conditionals: a decision tree whose tests are in the bank and whose leaves cover some examples.

Leaves come from the bank or, for strings, from a concatenation made for just the examples that reach the leaf.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aurora.synthesis.algorithms.trees import CheapestTree, Leaf, Tree
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.round import Proposal, Round
from aurora.synthesis.sygus.terms import Term

_TESTS = 200
_DEPTH = 5
_BRANCH = 3
"""The price of an ``ite``: each is a decision that the examples must pay for."""

Answer = int | Term
"""The place of an answer in the bank, or a term."""


class LeafMaker(Protocol):
    """What makes an answer for just some of the active examples."""

    def cheapest(self, mask: int, *, bound: int) -> tuple[int, Term] | None:
        """The cheapest term that is right on the examples of ``mask`` and costs less than ``bound``."""


class Choices:
    """Looks for the cheapest conditional."""

    def __init__(self, round_: Round, makers: Sequence[LeafMaker]) -> None:
        self.round = round_
        self.makers = makers
        self._answers: dict[int, tuple[int, int]] = {}
        self._tests: dict[int, tuple[int, int]] = {}
        self._answers_seen = 0
        self._tests_seen = 0

    def propose(self) -> Proposal | None:
        """The cheapest tree."""
        self._take_in()
        round_ = self.round
        tests = [(mask, cost, place) for mask, (cost, place) in self._tests.items()][:_TESTS]
        trees: CheapestTree[Answer, int] = CheapestTree(self._leaf, tests, branch=_BRANCH)
        found = trees.find(round_.all, _DEPTH, round_.ceiling + 1)
        round_.work.spend(10 * trees.steps)
        if found is None:
            return None
        cost, tree = found
        return Proposal(cost, self._term(tree))

    def _take_in(self) -> None:
        bank, forms, goal = self.round.bank, self.round.forms, self.round.goal
        answers = bank.values[forms.goal]
        bits = [1 << lane for lane in range(self.round.lanes)]
        for place in range(self._answers_seen, len(answers)):
            mask = 0
            for bit, value, wanted in zip(bits, answers[place], goal, strict=True):
                if value == wanted:
                    mask |= bit
            if mask and mask not in self._answers:
                self._answers[mask] = bank.cost(forms.goal, place), place
        tests = bank.values[forms.test]
        for place in range(self._tests_seen, len(tests)):
            mask = sum(bit for bit, holds in zip(bits, tests[place], strict=True) if holds)
            if 0 < mask < self.round.all and mask not in self._tests:
                self._tests[mask] = bank.cost(forms.test, place), place
        self.round.work.spend(2 * (len(answers) + len(tests) - self._answers_seen - self._tests_seen))
        self._answers_seen, self._tests_seen = len(answers), len(tests)

    def _leaf(self, mask: int, below: int) -> tuple[int, Answer] | None:
        best: tuple[int, Answer] | None = None
        for covers, (cost, place) in self._answers.items():
            if mask & ~covers == 0 and cost < below:
                below, best = cost, (cost, place)
        for maker in self.makers:
            found = maker.cheapest(mask, bound=below)
            if found is not None:
                below, best = found[0], found
        return best

    def _term(self, tree: Tree[Answer, int]) -> Term:
        bank, forms = self.round.bank, self.round.forms
        if isinstance(tree, Leaf):
            answer = tree.answer
            return bank.term(forms.goal, answer) if isinstance(answer, int) else answer
        assert forms.choice is not None
        test = bank.term(forms.test, tree.test)
        return applied(forms.choice, test, self._term(tree.then), self._term(tree.other))
