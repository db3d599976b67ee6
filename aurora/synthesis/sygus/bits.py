"""Bit-vector problems: a bank of packed vectors, sums met in the middle, and decision trees by information gain.

The parts are those of the search for strings; what differs is the representation, and that there are many examples
and little to see in them, so that trees are grown rather than enumerated. EUSolver's recipe (TACAS 2017).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from aurora.synthesis.algorithms.trees import Leaf, Tree, gain_tree
from aurora.synthesis.sygus.bank import Bank, Rule
from aurora.synthesis.sygus.bank import Leaf as BankLeaf
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.packing import Packing
from aurora.synthesis.sygus.problem import Example, Problem, Production
from aurora.synthesis.sygus.round import (
    ALL_FEATURES,
    LARGEST_BANK,
    LAST_LEVEL,
    Features,
    Proposal,
    columns_of,
    is_commutative,
    leaf_values,
    step_cost,
)
from aurora.synthesis.sygus.terms import BOOL, Apply, Hole, Term, Variable, size, walk
from aurora.synthesis.sygus.work import Work

_LETTERS = "abcdef"
_TESTS = 2_000
_ANSWERS = 2_000


class _Choice(NamedTuple):
    """A production that is a conditional whose test looks at one hole: ``ite(test(t), a, b)``."""

    production: Production
    nonterminal: str
    test: Term


class BitRound:
    """One round on the active examples: the bank, and after each level the strategies.

    Conditionals are not in the bank: they come up at the root only, as trees.
    """

    def __init__(
        self,
        problem: Problem,
        active: Sequence[Example],
        packing: Packing,
        work: Work,
        features: Features = ALL_FEATURES,
    ) -> None:
        self.problem = problem
        self.packing = packing
        self.work = work
        self.features = features
        self.name = problem.grammar.start
        self.goal = packing.pack([example.output for example in active])
        self.bank = Bank(
            list(problem.grammar.sorts),
            _rules(problem, active, packing),
            _leaves(problem, active, packing),
            0,
        )
        self._choice = _choice(problem)
        self._answers: dict[int, int] = {}
        self._tests: dict[int, int] = {}
        self._answers_seen = self._tests_seen = self._sums_seen = 0
        self._covered = 0

    def levels(self) -> Iterator[Proposal | None]:
        """Build level after level. Yields every proposal found, and nothing after a level without one."""
        places = self.bank.places[self.name]
        while not self.bank.exhausted or self.bank.level < LAST_LEVEL:
            for evaluations in self.bank.grow():
                self.work.spend(evaluations)
                place = places.get(self.goal)
                if place is not None:
                    yield Proposal(self.bank.level, self.bank.term(self.name, place))
                    return
                if self.bank.size > LARGEST_BANK:
                    return
            yield self._sum() if self.features.witnesses else None
            yield self._tree() if self.features.trees else None

    def _sum(self) -> Proposal | None:
        """The goal as ``a ^ b``, ``a + b`` or ``a - b``."""
        values, places = self.bank.values[self.name], self.bank.places[self.name]
        goal, everything, ones = self.goal, self.packing.all, self.packing.ones
        productions = {
            each.operator: each
            for each in self.problem.grammar.productions
            if (each.nonterminal, *each.holes) == (self.name,) * 3
        }
        fresh = range(self._sums_seen, len(values))
        self._sums_seen = len(values)
        self.work.spend(len(fresh))
        xor, add, minus = (productions.get(name) for name in ("bvxor", "bvadd", "bvsub"))
        for place in fresh:
            value = values[place]
            other = places.get(goal ^ value) if xor is not None else None
            if other is not None:
                return self._joined(xor, place, other)
            other = places.get(goal + (value ^ everything) + ones & everything) if add is not None else None
            if other is not None:
                return self._joined(add, place, other)
            other = places.get(goal + value & everything) if minus is not None else None
            if other is not None:
                return self._joined(minus, other, place)
        return None

    def _joined(self, production: Production | None, left: int, right: int) -> Proposal:
        assert production is not None
        cost = 1 + self.bank.cost(self.name, left) + self.bank.cost(self.name, right)
        return Proposal(
            cost, applied(production, self.bank.term(self.name, left), self.bank.term(self.name, right))
        )

    def _tree(self) -> Proposal | None:
        """A tree with no more leaves than the level, so that small terms are not joined into tables."""
        if self._choice is None:
            return None
        self._take_in(self._choice)
        if self._covered != self.packing.guard:
            return None
        answers = sorted(self._answers.items(), key=lambda item: -item[0].bit_count())[:_ANSWERS]
        tests = list(self._tests.items())[:_TESTS]
        self.work.spend(100 * len(tests))
        tree = gain_tree(self.packing.guard, answers, tests)
        if tree is None or _leaf_count(tree) > self.bank.level:
            return None
        term = self._term(tree, self._choice)
        return Proposal(size(term), term)

    def _take_in(self, choice: _Choice) -> None:
        """Look at what is new: which examples each term answers, and which it tells apart."""
        packing, goal = self.packing, self.goal
        everything, guard = packing.all, packing.guard
        values = self.bank.values[self.name]
        fresh = values[self._answers_seen :]
        answers = self._answers
        for place, differs in enumerate(
            [((value ^ goal) + everything) & guard for value in fresh], self._answers_seen
        ):
            if differs != guard:
                covers = differs ^ guard
                if covers not in answers:
                    answers[covers] = place
                    self._covered |= covers
        self._answers_seen = len(values)
        values = self.bank.values[choice.nonterminal]
        tests = self._tests
        holds = _mapper(packing.source(choice.test, lambda leaf: "a"))(values[self._tests_seen :])
        for place, mask in enumerate(holds, self._tests_seen):
            if mask and mask != guard and mask not in tests:
                tests[mask] = place
        self.work.spend(len(fresh) + len(holds))
        self._tests_seen = len(values)

    def _term(self, tree: Tree[int, int], choice: _Choice) -> Term:
        if isinstance(tree, Leaf):
            return self.bank.term(self.name, tree.answer)
        test = self.bank.term(choice.nonterminal, tree.test)
        return applied(choice.production, test, self._term(tree.then, choice), self._term(tree.other, choice))


def _rules(problem: Problem, active: Sequence[Example], packing: Packing) -> list[Rule]:
    columns = columns_of(problem, active)

    def name(leaf: Term) -> str:
        if isinstance(leaf, Hole):
            return _LETTERS[leaf.number]
        assert isinstance(leaf, Variable)
        return hex(packing.pack(columns[leaf.name]))

    rules = []
    for production in problem.grammar.productions:
        if production.holes and not is_conditional(production):
            expression = packing.source(production.meaning, name)
            rules.append(Rule(production, step_cost(production), expression, is_commutative(production)))
    return rules


def _leaves(problem: Problem, active: Sequence[Example], packing: Packing) -> list[BankLeaf]:
    leaves = []
    for production in problem.grammar.productions:
        if not production.holes:
            packed = packing.pack(leaf_values(problem, production, active))
            truth = problem.grammar.sorts[production.nonterminal] == BOOL
            vector = packed << packing.width if truth else packed
            leaves.append(BankLeaf(production, step_cost(production), vector))
    return leaves


def is_conditional(production: Production) -> bool:
    """Whether the production is an ``ite``, perhaps by the name of a defined function."""
    return isinstance(production.meaning, Apply) and production.meaning.operator == "ite"


def _choice(problem: Problem) -> _Choice | None:
    goal = problem.grammar.start
    for production in problem.grammar.productions:
        meaning = production.meaning
        if production.nonterminal == goal and isinstance(meaning, Apply) and meaning.operator == "ite":
            test, *branches = meaning.arguments
            looks_at = {part for part in walk(test) if isinstance(part, Hole | Variable)}
            alone = looks_at == {Hole(production.holes[0], 0)}
            if alone and branches == [Hole(goal, 1), Hole(goal, 2)]:
                return _Choice(production, production.holes[0], test)
    return None


def _mapper(expression: str) -> Callable[[list[Any]], list[int]]:
    made: Callable[[list[Any]], list[int]] = eval(f"lambda values: [{expression} for a in values]")
    return made


def _leaf_count(tree: Tree[int, int]) -> int:
    return 1 if isinstance(tree, Leaf) else _leaf_count(tree.then) + _leaf_count(tree.other)
