"""Solves a problem by examples: rounds on a few active examples, which grow by what a proposal gets wrong.

This is counterexample-guided inductive synthesis over the examples of the problem itself. A solution is a term that
the exact interpreter finds right on every example.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from aurora.synthesis.sygus.bits import BitRound
from aurora.synthesis.sygus.choices import Choices
from aurora.synthesis.sygus.concatenation import Concatenation
from aurora.synthesis.sygus.literals import write_literal
from aurora.synthesis.sygus.packing import packing_of
from aurora.synthesis.sygus.problem import Example, Problem, contradiction, failures
from aurora.synthesis.sygus.replacement import Replacement
from aurora.synthesis.sygus.round import ALL_FEATURES, Features, Proposal, Round, Strategy
from aurora.synthesis.sygus.spelling import Spelling
from aurora.synthesis.sygus.sums import Sums
from aurora.synthesis.sygus.terms import BOOL, INT, STRING, Constant, Term
from aurora.synthesis.sygus.work import Exhausted, Work

UNITS_PER_SECOND = 1_500_000
"""Units that usually fit into a second: budgets in seconds become units, and end at the same place anywhere."""

_BIT_VECTORS = 12
"""Active examples of the first round at a bit-vector problem: they show little each, and cost little each."""

_BIT_COUNTEREXAMPLES = 3
"""Counterexamples that a round at a bit-vector problem adds; other problems add one at a time."""


class Outcome(NamedTuple):
    """How a search ended: ``result`` is solved with a term, contradictory or unsolved."""

    result: str
    term: Term | None
    units: int
    rounds: int
    message: str = ""


def solve(
    problem: Problem,
    *,
    units: int = 10 * UNITS_PER_SECOND,
    overdue: Callable[[], bool] = lambda: False,
    features: Features = ALL_FEATURES,
) -> Outcome:
    """Search for a term that fits all examples, within ``units`` of work.

    The outcome depends on the problem, ``units`` and ``features`` alone, unless ``overdue`` ends the search; then the
    message says so.
    """
    clash = contradiction(problem)
    if clash is not None:
        return Outcome("contradictory", None, 0, 0, _contradiction(problem, *clash))
    search = _Search(problem, Work(units, overdue), features)
    try:
        term = search.run()
        message = "" if term is not None else "everything within reach was tried"
    except Exhausted:
        term = None
        message = "the clock ended the search" if search.work.late else "the budget is used up"
    result = "solved" if term is not None else "unsolved"
    return Outcome(result, term, search.work.spent, search.rounds, message)


def _contradiction(problem: Problem, one: Example, other: Example) -> str:
    sorts = [sort for _, sort in problem.parameters]
    inputs = " ".join(write_literal(Constant(v, s)) for v, s in zip(one.inputs, sorts, strict=True))
    left, right = (write_literal(Constant(each.output, problem.returns)) for each in (one, other))
    return f"({problem.name} {inputs}) is to be {left} and {right}"


class _Search:
    def __init__(self, problem: Problem, work: Work, features: Features) -> None:
        self.problem = problem
        self.work = work
        self.features = features
        self.rounds = 0

    def run(self) -> Term | None:
        active = first_examples(self.problem)
        while True:
            self.rounds += 1
            proposal = self._round(active)
            if proposal is None:
                return None
            most = _BIT_COUNTEREXAMPLES if self.problem.returns.width else 1
            counterexamples = list(islice(failures(self.problem, proposal.term), most))
            if not counterexamples:
                return proposal.term
            assert counterexamples[0] not in active, "the search and the interpreter disagree"
            active.extend(counterexamples)

    def _round(self, active: list[Example]) -> Proposal | None:
        packing = packing_of(self.problem, len(active))
        if packing is not None:
            levels = BitRound(self.problem, active, packing, self.work, self.features).levels()
            return next((found for found in levels if found is not None), None)
        round_ = Round(self.problem, active, self.work)
        strategies = _strategies(round_, self.features)
        for found in round_.levels():
            if found is not None:
                return found
            for strategy in strategies:
                proposal = strategy.propose()
                if proposal is not None:
                    return proposal
        return None


def first_examples(problem: Problem) -> list[Example]:
    """The examples that the first round looks at: few and of different sizes, or all where an answer is one bit."""
    if problem.returns.width:
        step = max(1, len(problem.examples) // _BIT_VECTORS)
        return list(problem.examples[::step][:_BIT_VECTORS])
    ordered = sorted(problem.examples, key=lambda example: sum(len(str(value)) for value in example.inputs))
    count = len(ordered)
    if count <= 6 or (problem.returns == BOOL and count <= 24):
        return ordered
    return [ordered[0], ordered[count // 3], ordered[2 * count // 3], ordered[-1]]


def _strategies(round_: Round, features: Features) -> list[Strategy]:
    returns, forms = round_.problem.returns, round_.forms
    makers: list[Concatenation | Replacement | Sums] = []
    if features.witnesses:
        if returns == STRING or (returns == INT and forms.numeral):
            makers.append(Concatenation(round_))
        if returns == STRING and forms.replace:
            makers.append(Replacement(round_, Spelling(round_)))
        if returns == INT and (forms.plus or forms.minus):
            makers.append(Sums(round_))
    strategies: list[Strategy] = [*makers]
    if features.trees and forms.choice is not None:
        strategies.append(Choices(round_, makers))
    return strategies
