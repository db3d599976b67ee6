"""One comprehension in the making: a source, the bodies over its elements, and everything that uses bodies.

A loop is *closed* when its bodies mention the elements only, and *open* when they may mention what the frame
captures. What is captured tells equal elements of different lanes apart, so that an open loop has more lanes
and finds less in the same time: both are tried. Order: level by level; in a level, each new body goes to every
use, then each use does what needs the whole level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any, Protocol

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.forms import Forms
from aurora.synthesis.search.comprehension.frame import Frame, Wanted
from aurora.synthesis.search.comprehension.lane_bank import CAPTURED, Body, LaneBank, grid
from aurora.synthesis.search.comprehension.sources import Pick, Source
from aurora.synthesis.search.predicates import roundest
from aurora.synthesis.search.terms import Apply, Term, constant

DEEPEST = 16
"""The level at which a loop ends."""


DIVISORS = 16
DIVISOR_COST = 3

THRESHOLD_COST = 5

_LESS = Op("{0} < {1}", ("int", "int"), "bool", 2)
_DIVISIBLE = Op("{0} % {1} == 0", ("int", "int"), "bool", 3)


class Use(Protocol):
    """A way to use bodies."""

    def feed(self, body: Body) -> None:
        """Use one new body."""

    def settle(self) -> None:
        """Use what the level gave as a whole."""


class Loop:
    """A source with its bodies. ``level`` is the cost up to which all bodies are known."""

    def __init__(self, frame: Frame, source: Source, captures: Sequence[tuple[Term, Vector]]) -> None:
        self.grid = grid(source, captures)
        self.frame = frame.on(self.grid.rows)
        self.source = source
        self.open = bool(captures)
        self.bodies = LaneBank(frame.hunt, source, self.grid, captures)
        self.forms = Forms(source, frame.taken)
        self.required = self.bodies.bits(sorted(source.required))
        self.elements = self.bodies.bits(source.names)
        self.picks = [(pick, self.pick_vector(pick), self._pick_mask(pick)) for pick in source.picks]
        self._spreads = [_getter(lanes) for lanes in self.grid.positions]
        self._wanted: dict[tuple[str, Vector], list[Wanted]] = {}
        self.uses: list[Use] = []

    @property
    def level(self) -> int:
        """The level that was built last."""
        return self.bodies.cost

    @property
    def done(self) -> bool:
        """Whether nothing is to be had any more."""
        return self.level >= DEEPEST or self.bodies.bank.full or not self.bodies.size

    def grow(self) -> Iterator[None]:
        """Build the next level and use it; pauses now and then."""
        yield from self.bodies.grow(self._feed, self._hit)
        for use in self.uses:
            use.settle()
            yield

    def spend(self, vectors: int) -> None:
        """Count work on so many vectors over the elements."""
        self.frame.hunt.spend(vectors * (1 + self.bodies.size // 16))

    def spread(self, vector: Vector) -> list[tuple[Cell, ...]]:
        """A body's values in turn, for each lane of the frame."""
        return [get(vector) for get in self._spreads]

    def want(self, wanted: Wanted) -> None:
        """Look for a body with a vector on the elements."""
        if wanted.type in self.bodies.bank.columns:
            self._wanted.setdefault((wanted.type, wanted.vector), []).append(wanted)
            self.bodies.bank.goals.setdefault(wanted.type, set()).add(wanted.vector)

    @property
    def wanted(self) -> list[Wanted]:
        """What is looked for on the elements."""
        return [each for group in self._wanted.values() for each in group]

    def lane_goal(self, rows: Sequence[Sequence[Cell]]) -> Vector | None:
        """The vector of a body whose values in turn are ``rows``, if one body can have them."""
        goal: dict[int, Cell] = {}
        for lanes, row in zip(self.grid.positions, rows, strict=True):
            if len(lanes) != len(row):
                return None
            for lane, cell in zip(lanes, row, strict=True):
                if goal.setdefault(lane, cell) != cell:
                    return None
        return (
            tuple(goal[lane] for lane in range(self.bodies.size)) if len(goal) == self.bodies.size else None
        )

    def divisibility(self) -> Iterator[tuple[Term, Vector]]:
        """Conditions on numbers that are asked for more often than their divisors occur among the constants."""
        seen: set[Vector] = set()
        for leaf, vector in self.bodies.elements:
            for divisor in range(2, DIVISORS + 1) if leaf.type == "int" else ():
                numbers: tuple[Any, ...] = vector
                truth = tuple([number % divisor == 0 for number in numbers])
                if True in truth and False in truth and truth not in seen:
                    seen.add(truth)
                    cost = 2 if divisor == 2 else DIVISOR_COST
                    yield Apply(_DIVISIBLE, leaf, constant(str(divisor), "int", cost)), truth

    def thresholds(self) -> Iterator[tuple[Term, Vector]]:
        """Comparisons of numbers with the round ones between them, where what is wanted may change."""
        for leaf, vector in self.bodies.elements:
            numbers: tuple[Any, ...] = vector
            distinct = sorted(set(numbers)) if leaf.type == "int" else []
            for low, high in pairwise(distinct):
                number = next(roundest(low, high), high)
                term = Apply(_LESS, leaf, constant(str(number), "int", THRESHOLD_COST))
                yield term, tuple([each < number for each in numbers])

    def complete(self, *masks: int) -> bool:
        """Whether bodies of these masks together mention all that the source requires, and an element."""
        union = 0
        for mask in masks:
            union |= mask
        return union & self.required == self.required and bool(union & self.elements)

    def novel(self, mask: int) -> bool:
        """Whether the closed loop over the same source does not see this body anyway."""
        return not self.open or bool(mask & CAPTURED)

    def pick_vector(self, pick: Pick) -> Vector:
        """The values of a pick on the elements."""
        for leaf, vector in self.bodies.elements:
            if leaf is pick.term:
                return vector
        return tuple(element for _, element in self.grid.lanes)

    def _pick_mask(self, pick: Pick) -> int:
        return next(
            (self.bodies.bits([leaf.text]) for leaf, _ in self.bodies.elements if leaf is pick.term),
            self.elements,
        )

    def _feed(self, body: Body) -> None:
        for use in self.uses:
            use.feed(body)

    def _hit(self, kind: str, place: int) -> None:
        mask = self.bodies.mask(kind, place)
        if not mask & self.elements:
            return
        vector = self.bodies.bank.columns[kind].values[place]
        for wanted in self._wanted.get((kind, vector), ()):
            if self.complete(mask):
                self.frame.answer(wanted, self.bodies.bank.term(kind, place))


def _getter(lanes: Sequence[int]) -> Callable[[Vector], tuple[Cell, ...]]:
    if len(lanes) > 1:
        several: Callable[[Vector], tuple[Cell, ...]] = itemgetter(*lanes)
        return several
    if lanes:
        (lane,) = lanes
        return lambda vector: (vector[lane],)
    return lambda vector: ()
