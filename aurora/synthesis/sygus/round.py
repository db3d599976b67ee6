"""One round: a bank on a few active examples, looked at after every level by the strategies.

A proposal is a term that is right on the active examples; whether it is right on all is for ``solver`` to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from aurora.synthesis.sygus.bank import Bank, Leaf, Rule
from aurora.synthesis.sygus.forms import Forms, forms_of, is_variable
from aurora.synthesis.sygus.kernels import Columns, idle_on_lanes, source_on_lanes
from aurora.synthesis.sygus.problem import Example, Problem, Production
from aurora.synthesis.sygus.terms import Term, Value, size
from aurora.synthesis.sygus.theories import OPERATORS, evaluate
from aurora.synthesis.sygus.work import Work

LARGEST_BANK = 1_500_000
"""Vectors; at about 400 bytes each this is 600 MB, and beyond it a search is hopeless anyway."""

CEILING = 10
"""What a proposal may cost for each level after the first that was built without finding the goal."""

LAST_LEVEL = 20
"""A bank that holds everything is still built up to here, without work, so that strategies may propose what is dear."""


class Features(NamedTuple):
    """Which strategies are used besides the bank: all, except in an ablation."""

    trees: bool = True
    witnesses: bool = True


ALL_FEATURES = Features()


class Proposal(NamedTuple):
    """A term that fits the active examples."""

    cost: int
    term: Term


class Strategy(Protocol):
    """What may find a proposal in a bank whose level has just been completed."""

    def propose(self) -> Proposal | None:
        """A proposal, or nothing."""


class Round:
    """The bank, the goal and the work of one round.

    Conditionals are not in the bank: they come up at the root only, as trees.
    """

    def __init__(self, problem: Problem, active: Sequence[Example], work: Work) -> None:
        self.problem = problem
        self.active = active
        self.work = work
        self.lanes = len(active)
        self.all = (1 << self.lanes) - 1
        self.goal = tuple([example.output for example in active])
        self.forms: Forms = forms_of(problem.grammar)
        self.bank = Bank(
            list(problem.grammar.sorts), _rules(problem, active), _leaves(problem, active), self.lanes
        )

    @property
    def ceiling(self) -> int:
        """What a proposal of a strategy may cost at this level: what is dearer must wait for simpler ones."""
        return CEILING * (self.bank.level - 1)

    def levels(self) -> Iterator[Proposal | None]:
        """Build level after level. Yields a proposal wherever the goal comes up, nothing after each level."""
        name = self.forms.goal
        places = self.bank.places[name]
        while not self.bank.exhausted or self.bank.level < LAST_LEVEL:
            for evaluations in self.bank.grow():
                self.work.spend(evaluations * (4 + self.lanes) // 8)
                place = places.get(self.goal)
                if place is not None:
                    yield Proposal(self.bank.level, self.bank.term(name, place))
                    return
                if self.bank.size > LARGEST_BANK:
                    return
            yield None


def _rules(problem: Problem, active: Sequence[Example]) -> list[Rule]:
    columns = columns_of(problem, active)
    rules = []
    for production in problem.grammar.productions:
        if production.holes and production.operator != "ite":
            expression = source_on_lanes(production, len(active), columns, problem.leaf_sort)
            idle = idle_on_lanes(production, len(active))
            rules.append(
                Rule(production, step_cost(production), expression, is_commutative(production), idle)
            )
    return rules


def columns_of(problem: Problem, active: Sequence[Example]) -> Columns:
    """The inputs of the active examples, by parameter."""
    names = [name for name, _ in problem.parameters]
    return {name: [example.inputs[place] for example in active] for place, name in enumerate(names)}


def step_cost(production: Production) -> int:
    """What a production adds to the cost of a term: its operators, variables and constants."""
    return size(production.term) - len(production.holes)


def is_commutative(production: Production) -> bool:
    """Whether the order of what fills the holes does not matter."""
    operator = OPERATORS.get(production.operator)
    return operator is not None and operator.commutative and len(set(production.holes)) == 1


def leaf_values(problem: Problem, production: Production, active: Sequence[Example]) -> list[Value]:
    """The values of a production without holes on the active examples."""
    sorts = dict(problem.parameters)
    inputs = [dict(zip(sorts, example.inputs, strict=True)) for example in active]
    return [evaluate(production.meaning, variables, sorts, {}) for variables in inputs]


def _leaves(problem: Problem, active: Sequence[Example]) -> list[Leaf]:
    """Variables, then constants, first those that occur in every answer: of equals, the bank keeps the first."""
    answers = [str(example.output) for example in problem.examples]

    def order(leaf: Leaf) -> int:
        if is_variable(leaf.production):
            return 0
        return 1 if all(str(leaf.vector[0]) in answer for answer in answers) else 2

    leaves = []
    for production in problem.grammar.productions:
        if not production.holes:
            vector = tuple(leaf_values(problem, production, active))
            leaves.append(Leaf(production, size(production.term), vector))
    return sorted(leaves, key=order)
