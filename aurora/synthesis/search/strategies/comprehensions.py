"""Comprehensions over everything that can be gone over: parameters first, then what the main bank has found.

Order: the loop comes next that has had the least work for what its source is worth, and each step that a source
costs takes a third of its worth (after Levin's search), so that loops over few elements go deep. Invariant: of
sources with the same elements only the cheapest is gone over; a closed loop is worth more than the open ones of its
source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import combinations, permutations

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.comprehension.aggregates import AGGREGATES, aggregates
from aurora.synthesis.search.comprehension.beginnings import rests
from aurora.synthesis.search.comprehension.combined import (
    crossed,
    enumerated_pairs,
    in_steps,
    in_turn,
    neighbours,
    zipped,
)
from aurora.synthesis.search.comprehension.everyday import digits, everyday_ranges, pieces, separated
from aurora.synthesis.search.comprehension.frame import NAME, outermost
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.comprehension.making import loop_over
from aurora.synthesis.search.comprehension.sources import Source, further_sources, sources_of
from aurora.synthesis.search.comprehension.stretches import of_size, runs
from aurora.synthesis.search.comprehension.worth import is_collection, reluctance
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Leaf, Term, mentions

DEAREST = 9
"""The cost up to which expressions are gone over."""

STRETCHES = -3
"""The same for runs, windows and chunks: there are few of them, so that looking costs little."""

FURTHER = 3
"""The cost up to which expressions are gone over with indexes and in pairs as well."""

SEPARATED = 2
"""The price of the fields of a text, whatever the mark and the cut cost."""

FURTHER_PENALTY = 1
"""Nor is that meant as often."""

BODIES = 250_000
"""Bodies of all loops together: beyond, a loop that has had its turn is not gone on with."""

START = 1_000
"""Work that a loop begins with, as if it had been done: so much the better ones may do before it is begun."""

SCALARS = 6
"""Expressions that are captured besides the parameters."""

_CAPTURED = {"": 0, "parameters": 1, "scalars": 4}
"""What bodies may mention, and how much less a loop is worth for it."""

Captures = list[tuple[Term, Vector]]


class Plan:
    """A loop to be: made when its turn comes, so that it captures what is known by then."""

    def __init__(self, source: Source, captured: str, price: int) -> None:
        self.source = source
        self.captured = captured
        self.price = price
        self.loop: Loop | None = None

        self.work = START
        self.kept = 0

    @property
    def priority(self) -> int:
        """Lower comes earlier: work for what the source is worth."""
        price: int = 3**self.price
        return self.work * price // (1 << self.price)


class Comprehensions:
    """Gives levels to the loops over all sources."""

    name = NAME
    share = 45

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._frame = outermost(hunt)
        for rest in rests(hunt):
            self._frame.want(rest)
        self._plans: list[Plan] = []
        self._queue: list[tuple[int, int]] = []
        self._seen: set[tuple[object, ...]] = set()
        self._current: int | None = None
        self._work: Iterator[None] = iter(())
        self._read = 0
        self._bodies = 0
        taken = self._frame.taken
        for leaf, vector in hunt.parameters:
            self._plan(sources_of(leaf, vector, taken))
            if leaf.type == "str":
                for source in separated(leaf, vector, hunt.constants, taken):
                    self._plan([source], SEPARATED - source.price)
                self._plan(pieces(leaf, vector, taken), -1)
            if leaf.type == "int":
                self._plan([digits(leaf, vector, taken)], 1)
                for source, penalty in everyday_ranges(leaf, vector, taken):
                    self._plan([source], penalty)
        for leaf, vector in hunt.parameters:
            self._plan(further_sources(leaf, vector, taken), -1)
            self._plan(runs(leaf, vector, taken), STRETCHES)
            self._plan(in_steps(leaf, vector, taken), 0)
            self._plan(neighbours(leaf, vector, taken), 0)
        for (items, vector), (size, sizes) in permutations(hunt.parameters, 2):
            if size.type == "int":
                self._plan(of_size(items, vector, size, sizes, taken), STRETCHES)
        for (one, first), (other, second) in combinations(hunt.parameters, 2):
            pairs = zipped(one, other, (first, second), taken)
            if pairs is not None:
                self._plan([pairs], -1)
                self._plan([enumerated_pairs(pairs, taken)], -1)
                self._plan(in_turn(one, other, (first, second), taken), -1)
        for (one, first), (other, second) in permutations(hunt.parameters, 2):
            self._plan(crossed(one, other, (first, second), taken), 0)

    @property
    def ready(self) -> bool:
        """While there is a loop to go on with, or a level of the main bank to look through."""
        return self._current is not None or bool(self._queue) or self._read < self._finished

    def advance(self, allowance: int) -> None:
        """Go on with the loop whose turn it is, then with the next."""
        budget = self._hunt.budget
        stop = budget.spent + allowance
        self._look_for_sources()
        while budget.spent < stop:
            if self._current is None:
                if not self._queue:
                    return
                self._begin(heappop(self._queue)[1])
            if self._go_on(stop):
                self._end()

    def _go_on(self, stop: int) -> bool:
        """Work at the current level until it is complete or ``stop`` is reached; whether it is complete."""
        assert self._current is not None
        plan, budget = self._plans[self._current], self._hunt.budget
        before = budget.spent
        for _ in self._work:
            plan.work += budget.spent - before
            before = budget.spent
            if budget.spent >= stop:
                return False
        plan.work += budget.spent - before
        return True

    def _begin(self, number: int) -> None:
        plan = self._plans[number]
        if plan.loop is None:
            plan.loop = loop_over(self._frame, plan.source, self._captures(plan))
        self._current, self._work = number, plan.loop.grow()

    def _end(self) -> None:
        """A level is complete: the loop waits for its next turn, if it can have one."""
        number = self._current
        assert number is not None
        plan = self._plans[number]
        assert plan.loop is not None
        self._current = None
        self._bodies += plan.loop.bodies.bank.size - plan.kept
        plan.kept = plan.loop.bodies.bank.size
        if plan.loop.done:
            plan.loop = None
            self._bodies -= plan.kept
        elif self._bodies <= BODIES:
            heappush(self._queue, (plan.priority, number))

    def _plan(self, sources: Iterable[Source], penalty: int = 0) -> None:
        """Put sources with new elements into the queue, closed and open."""
        for source in sources:
            elements = (source.rows, source.required, len(source.variables))
            if elements in self._seen or not any(source.rows):
                continue
            self._seen.add(elements)
            others = self._others(source)
            for captured, less in _CAPTURED.items():
                if others or captured != "parameters":
                    self._plans.append(Plan(source, captured, max(source.price + penalty, 1) + less))
                    heappush(self._queue, (self._plans[-1].priority, len(self._plans) - 1))
            if len(source.terms) == 1 and isinstance(source.terms[0], Leaf) and source.single is not None:
                for captured, less in AGGREGATES.items() if source.collection.startswith("list[") else ():
                    self._plans.append(Plan(source, captured, max(source.price + penalty, 1) + less))
                    heappush(self._queue, (self._plans[-1].priority, len(self._plans) - 1))

    def _captures(self, plan: Plan) -> Captures:
        if not plan.captured:
            return []
        if plan.captured in AGGREGATES:
            return self._aggregates(plan)
        captures = self._others(plan.source)
        if plan.captured == "scalars":
            captures += [each for each in self._hunt.parameters if each not in captures]
            captures += self._scalars()
        return captures

    def _aggregates(self, plan: Plan) -> Captures:
        items = plan.source.terms[0]
        assert isinstance(items, Leaf)
        vector = next(vector for leaf, vector in self._hunt.parameters if leaf is items)
        found = aggregates(plan.captured, items, vector)
        return [(term, cells) for term, cells in found if len(cells) == len(vector)]

    def _others(self, source: Source) -> Captures:
        """The parameters that a source does not mention, or only to say how far to count."""
        mentioned = {name for term in source.terms for name in mentions(term)}
        counting = source.collection == "list[int]"
        return [
            (leaf, vector)
            for leaf, vector in self._hunt.parameters
            if leaf.text not in mentioned or (counting and leaf.type == "int")
        ]

    def _scalars(self) -> Captures:
        """Cheap expressions over the parameters that vary, such as ``len(xs)``."""
        bank = self._hunt.bank
        found: list[tuple[int, str, int]] = []
        for kind in ("int", "str", "float"):
            column = bank.columns.get(kind)
            if column is None:
                continue
            places = range(min(len(column.costs), 200))
            varying = [place for place in places if len(set(column.values[place])) > 1]
            of_kind = [
                place
                for place in varying
                if not isinstance(term := bank.term(kind, place), Leaf) and mentions(term)
            ]
            found += [(bank.cost_of(kind, place), kind, place) for place in of_kind[:SCALARS]]
        found.sort()
        return [
            (bank.term(kind, place), bank.columns[kind].values[place]) for _, kind, place in found[:SCALARS]
        ]

    @property
    def _finished(self) -> int:
        """The last complete level of the main bank that is of interest."""
        return min(self._hunt.bank.cost - 1, DEAREST)

    def _look_for_sources(self) -> None:
        """Plan for the collections of the levels that the main bank has completed."""
        bank, taken = self._hunt.bank, self._frame.taken
        while self._read < self._finished:
            self._read += 1
            for kind, column in bank.columns.items():
                start, stop = column.levels.get(self._read, (0, 0))
                for place in range(start, stop) if is_collection(kind) else ():
                    term, vector = bank.term(kind, place), column.values[place]
                    penalty = reluctance(term)
                    if penalty is None:
                        continue
                    self._plan(sources_of(term, vector, taken), penalty)
                    if self._read <= FURTHER and not penalty:
                        self._plan(further_sources(term, vector, taken), FURTHER_PENALTY)
