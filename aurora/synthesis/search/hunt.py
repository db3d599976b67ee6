"""The search for programs that are right on a set of examples: lanes, bank, goals, and strategies in turns.

A hunt has *rows*, the examples that an answer must satisfy, and *lanes*, the few of them on which vectors are
computed. A program that fits the lanes and fails another row *catches* the lanes out: that row becomes a lane
and the hunt begins anew (counterexample-guided, over examples).

A hunt may have *probes* besides: inputs whose answers nobody knows. They are further columns of every vector,
after those of the lanes, and keep programs apart that only agree on the examples: what a condition has refuted
cannot hide what it would accept. Goals speak of the lanes alone.

Strategies take turns by stride scheduling (Waldspurger 1995): whoever has done the least work for its share
goes next, for a slice of evaluations. Nothing depends on a clock, so the same hunt does the same each time. A
hunt may be a part of another one: a strategy that divides the examples sends a hunt after each part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Protocol, runtime_checkable

from aurora.specs.types import parse_type
from aurora.specs.values import Value
from aurora.synthesis.candidates import Inspector
from aurora.synthesis.cells import Cell, Raised, Vector, encode
from aurora.synthesis.constants import constants
from aurora.synthesis.operators.op import Op
from aurora.synthesis.operators.tables import idioms, operators, universe
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.budget import Budget
from aurora.synthesis.search.goals import Goal, defaulted, goals
from aurora.synthesis.search.lanes import active, given_in_cells, in_cells
from aurora.synthesis.search.learned import calls, expressions, priced, types_of
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant, program, variable

SLICE = 16_000
"""Evaluations of one turn, about 30 ms."""

MOST = 400_000
"""Vectors that the main bank keeps: a few hundred megabytes."""

TOGETHER = 3
"""So many parameters of one type are looked at as a list."""

Offer = Callable[[Term, str], int | None]
"""Takes a term and the name of its strategy; the index of an example that it fails, if it fails one."""


class Strategy(Protocol):
    """A way to look for programs. ``advance`` goes on where it stopped; it reports what it finds to the hunt.

    An order and an invariant belong to each: state them in the module.
    """

    name: str
    share: int

    @property
    def ready(self) -> bool:
        """Whether there is something to do now."""
        ...

    def advance(self, allowance: int) -> None:
        """Do about ``allowance`` evaluations of work, spending them from the hunt's budget as they are done."""
        ...


@runtime_checkable
class Lasting(Protocol):
    """A strategy whose work does not depend on the lanes: it goes on when the hunt begins anew."""

    def begin_anew(self) -> None:
        """Take note that the hunt has other lanes and an empty bank."""
        ...


class Caught(Exception):
    """A program fits every lane and fails this row."""

    def __init__(self, row: int) -> None:
        self.row = row


class Hunt:
    """A hunt in progress.

    What strategies read: ``lanes`` (indexes of examples), ``goal`` (the wanted vector), ``goals``, ``bank``,
    ``parameters``, ``constants``, ``operators`` and ``inner_operators``. Vectors have ``width`` cells: one for
    each lane, then one for each probe.
    """

    def __init__(
        self,
        inspector: Inspector,
        rows: Sequence[int],
        budget: Budget,
        offer: Offer,
        makers: Sequence[Callable[[Hunt], Strategy]],
        *,
        depth: int = 0,
        most: int = MOST,
        probes: Sequence[tuple[Value, ...]] = (),
    ) -> None:
        self.inspector = inspector
        self.problem = inspector.problem
        self.rows = list(rows)
        self.budget = budget
        self.depth = depth
        self.makers = makers
        self.returns = str(parse_type(self.problem.returns))
        self.types = _types(inspector)
        self.probes = tuple(row for row in probes if given_in_cells(inspector, row))
        self._most = most
        self._offer = offer
        self.strategies: list[Strategy] = []
        self.unguarded: dict[str, Term] = {}
        """Programs that are right wherever a value is wanted, and do not raise where an exception is."""
        self._begin(active(inspector, self.rows))

    @cached_property
    def operators(self) -> list[Op]:
        """The operators of the main bank, earlier functions included."""
        return self._with_learned(operators(self.types, self._prose))

    @cached_property
    def inner_operators(self) -> list[Op]:
        """The operators inside comprehensions and loops."""
        return self._with_learned(operators(self.types, self._prose, inner=True))

    def _with_learned(self, ops: list[Op]) -> list[Op]:
        """``ops`` and the library's functions at their prices, and what earlier runs taught."""
        problem = self.problem
        return priced([*ops, *calls(problem), *expressions(problem)], problem.learned)

    @property
    def exhausted(self) -> bool:
        """Whether no strategy has anything left to do."""
        return not any(strategy.ready for strategy in self.strategies)

    def advance(self, allowance: int) -> str:
        """Give turns to strategies until about ``allowance`` evaluations were done; the last one's name."""
        start = self.budget.spent
        name = ""
        while self.budget.spent - start < allowance:
            ready = [place for place, strategy in enumerate(self.strategies) if strategy.ready]
            if not ready:
                break
            turn = min(ready, key=lambda place: self.used[place] / self._shares[place])
            name = self.strategies[turn].name
            before = self.budget.spent
            try:
                with self.budget.booked(name):
                    self.strategies[turn].advance(min(SLICE, allowance))
            except Caught as caught:
                self._begin(sorted([*self.lanes, caught.row]))
                continue
            # A turn without work counts as a little, or a strategy with nothing to do would keep its turn.
            self.used[turn] += max(self.budget.spent - before, 200)
        return name

    def spend(self, evaluations: int) -> None:
        """Count work. Raises ``Halt`` when there is to be no more."""
        self.budget.spend(evaluations)

    def offer(self, term: Term, strategy: str) -> None:
        """A complete program of the wanted type. Raises ``Caught`` when a row that is no lane shows it wrong."""
        failing = self._offer(term, strategy)
        if failing is None or failing not in self.rows:
            return
        if isinstance(self.inspector.wanted[failing], Raised):
            self.unguarded[program(term)] = term
        else:
            self.catch(failing)

    def catch(self, row: int) -> None:
        """Raise ``Caught`` for a row that shows a program wrong, if it is no lane and can be one."""
        if row not in self.lanes and in_cells(self.inspector, row):
            raise Caught(row)

    def partial(self, term: Term, strategy: str) -> None:
        """A program that is right on more of the lanes than any before: worth showing, not an answer."""
        if self.depth == 0:
            self._offer(term, strategy)

    def discovered(self, term: Term, vector: Vector, strategy: str) -> None:
        """A term with its vector: an answer if that is a goal, otherwise material for the bank."""
        for goal in self.goals:
            if goal.type == term.type and goal.vector == vector[: len(self.lanes)]:
                self.offer(goal.reached(term), strategy)
        column = self.bank.columns.get(term.type)
        if column is not None and vector not in column.index:
            self.bank.offer(term, vector)

    def _begin(self, lanes: list[int]) -> None:
        """Start on these lanes, with an empty bank."""
        inspector, problem = self.inspector, self.problem
        self.lanes = lanes
        kinds = [parse_type(kind) for _, kind in problem.parameters]
        rows = [*(inspector.examples[lane] for lane in lanes), *self.probes]
        self.width = len(rows)
        self.parameters: list[tuple[Leaf, Vector]] = [
            (variable(name, str(kind)), tuple(encode(row[place], kind) for row in rows))
            for place, ((name, _), kind) in enumerate(zip(problem.parameters, kinds, strict=True))
        ]
        self.goal: Vector = tuple(_wanted(inspector, lane) for lane in lanes)
        self.goals: list[Goal] = (
            goals(self.returns, self.goal, self.types) if lanes else [Goal(self.returns, ())]
        )
        given = [vector[: len(lanes)] for _, vector in self.parameters]
        self.goals += list(defaulted(self.goals[0], given)) if lanes else []
        self.constants: list[tuple[Leaf, Cell]] = [
            (constant(each.text, each.type, each.cost), each.cell)
            for each in constants(problem, self.types)
            if not isinstance(each.cell, Raised)
        ]
        self.bank = self._new_bank()
        self.strategies = [self._strategy(place) for place in range(len(self.makers))]
        self.used = [0] * len(self.strategies)
        factors = dict(problem.learned.shares)
        self._shares = [each.share * factors.get(each.name, 1.0) for each in self.strategies]

    def _strategy(self, place: int) -> Strategy:
        """A new strategy, or the one that there was if it lasts."""
        before = self.strategies[place] if self.strategies else None
        if before is not None and isinstance(before, Lasting):
            before.begin_anew()
            return before
        return self.makers[place](self)

    def _new_bank(self) -> Bank:
        bank = Bank(
            self.operators, sorted(self.types), self.width, self.inspector.library_functions(), most=self._most,
            keep_partials=True, wanted=len(self.lanes),
        )  # fmt: skip
        for goal in self.goals:
            bank.goals.setdefault(goal.type, set()).add(goal.vector)
        for leaf, vector in self.parameters:
            bank.offer(leaf, vector)
        for leaf, cell in self.constants:
            bank.offer(leaf, (cell,) * self.width)
        for term, vector in self._together():
            bank.offer(term, vector)
        return bank

    def _together(self) -> Iterator[tuple[Term, Vector]]:
        """Parameters of one type in a list: of many, people ask for the least or the one in the middle."""
        for kind in dict.fromkeys(leaf.type for leaf, _ in self.parameters):
            alike = [(leaf, vector) for leaf, vector in self.parameters if leaf.type == kind]
            if len(alike) >= TOGETHER and f"list[{kind}]" in self.types:
                holes = ", ".join(f"{{{place}}}" for place in range(len(alike)))
                op = Op(f"[{holes}]", (kind,) * len(alike), f"list[{kind}]", 1)
                yield (
                    Apply(op, *(leaf for leaf, _ in alike)),
                    tuple(zip(*(vector for _, vector in alike), strict=True)),
                )

    @property
    def idioms(self) -> list[Op]:
        """What is done to whole parameters only."""
        return idioms(self.types, self._prose)

    @property
    def _prose(self) -> str:
        return " ".join((self.problem.prose, *self.problem.hints))


def _types(inspector: Inspector) -> frozenset[str]:
    problem = inspector.problem
    library = [parse_type(text) for entry in problem.library for text in (*entry.parameters, entry.returns)]
    library += map(parse_type, types_of(problem.learned))
    parameters = [parse_type(kind) for _, kind in problem.parameters]
    return universe(parameters, parse_type(problem.returns), library)


def _wanted(inspector: Inspector, lane: int) -> Cell:
    wanted = inspector.wanted[lane]
    return wanted if isinstance(wanted, Raised) else encode(wanted, parse_type(inspector.problem.returns))
