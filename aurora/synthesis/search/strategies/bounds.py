"""Bounds: ``max(0, min(a[1], b[1]) - max(a[0], b[0]))``, a difference or sum that is cut off at its least or most.

Where the result stands at the bound the examples do not say what was cut off, only on which side of the bound it is.
So the other operand is looked up by the lanes that are free, and held against the bound on the rest: two halves meet
in the middle.

Order: as the bank grows, each entry once. Invariant: what is offered has the wanted value on each lane, and is cut off
on one at least.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import NamedTuple

from aurora.specs.values import literal
from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant

ENTRIES = 20_000
"""Entries of a column that are looked at."""

ALIKE = 6
"""Entries that are kept of those that are the same on the free lanes."""

FREE = 2
"""Lanes at least on which the result is not the bound, and on which it is."""

BOUND_COST = 4
"""What ``max`` or ``min`` costs, as in the bank."""

LEARNED_COST = 5
"""What a bound other than zero costs: the examples show it twice."""

Numbers = tuple[float, ...]


class Bound(NamedTuple):
    """A bound with the lanes that are free of it and those that stand at it."""

    leaf: Leaf
    name: str
    free: tuple[int, ...]
    held: tuple[int, ...]
    value: float


class Bounds:
    """Looks for sums and differences that are cut off."""

    name = "bounds"
    share = 8

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._kind = hunt.returns
        self._bounds = [_Meeting(hunt, bound) for bound in _bounds(hunt)] if not hunt.depth else []
        self._level = 0
        self._cheapest = 1 << 30

    @property
    def ready(self) -> bool:
        """When the bank has a new level."""
        return bool(self._bounds) and self._level < self._hunt.bank.cost - 1

    def advance(self, allowance: int) -> None:
        """Put together what is new."""
        self._level = self._hunt.bank.cost - 1
        self._hunt.spend(1)
        for meeting in self._bounds:
            for term in meeting.refresh():
                if term.cost < self._cheapest:
                    self._cheapest = term.cost
                    self._hunt.offer(term, self.name)


class _Meeting:
    """What gives the wanted numbers with one bound."""

    def __init__(self, hunt: Hunt, bound: Bound) -> None:
        self._hunt = hunt
        self._bound = bound
        self._wanted: Numbers = tuple([float(_number(hunt.goal[lane])) for lane in bound.free])
        self._beyond: Callable[[float, float], bool] = operator.le if bound.name == "max" else operator.ge
        self._places: dict[Numbers, list[int]] = {}
        self._seen = 0

    def refresh(self) -> Iterator[Term]:
        """Terms with new entries of the bank, in order of the dearer operand."""
        hunt, bound = self._hunt, self._bound
        values = hunt.bank.columns[hunt.returns].values
        stop = min(len(values), ENTRIES)
        start, self._seen = self._seen, max(self._seen, stop)
        hunt.spend(1 + 4 * max(0, stop - start))
        for place in range(start, stop):
            if all(isinstance(cell, int | float) for cell in values[place]):
                alike = self._places.setdefault(self._key(values[place]), [])
                if len(alike) < ALIKE:
                    alike.append(place)
        for place in range(start, stop):
            vector = values[place]
            if not all(isinstance(cell, int | float) for cell in vector):
                continue
            numbers = [float(_number(vector[lane])) for lane in bound.free]
            pairs = list(zip(numbers, self._wanted, strict=True))
            for sign, needed in (
                ("-", tuple([number - goal for number, goal in pairs])),
                ("+", tuple([goal - number for number, goal in pairs])),
            ):
                for other in self._places.get(self._rounded(needed), ()):
                    yield from self._joined(sign, place, other)
            for other in self._places.get(
                self._rounded(tuple([number + goal for number, goal in pairs])), ()
            ):
                yield from self._joined("-", other, place)

    def _joined(self, sign: str, left: int, right: int) -> Iterator[Term]:
        hunt, bound = self._hunt, self._bound
        values = hunt.bank.columns[hunt.returns].values
        compute = operator.sub if sign == "-" else operator.add
        if all(
            self._beyond(compute(_number(values[left][lane]), _number(values[right][lane])), bound.value)
            for lane in bound.held
        ):
            kind = hunt.returns
            cut = Op(f"{bound.name}({{0}}, {{1}})", (kind, kind), kind, BOUND_COST)
            inner = Op(f"{{0}} {sign} {{1}}", (kind, kind), kind, 2)
            terms = hunt.bank.term(kind, left), hunt.bank.term(kind, right)
            yield Apply(cut, bound.leaf, Apply(inner, *terms))

    def _key(self, vector: Vector) -> Numbers:
        return self._rounded(tuple([float(_number(vector[lane])) for lane in self._bound.free]))

    def _rounded(self, numbers: Numbers) -> Numbers:
        return (
            tuple([float(f"{number:.9g}") for number in numbers])
            if self._hunt.returns == "float"
            else numbers
        )


def _bounds(hunt: Hunt) -> Iterator[Bound]:
    """The least and the most of the wanted numbers, where several lanes stand there."""
    numbers = [cell for cell in hunt.goal if isinstance(cell, int | float) and not isinstance(cell, bool)]
    if hunt.returns not in ("int", "float") or len(numbers) < len(hunt.goal) or not numbers:
        return
    for name, value in (("max", min(numbers)), ("min", max(numbers))):
        held = tuple([lane for lane, number in enumerate(numbers) if number == value])
        free = tuple([lane for lane, number in enumerate(numbers) if number != value])
        if len(held) >= FREE and len(free) >= FREE and len({numbers[lane] for lane in free}) > 1:
            cost = 1 if value == 0 else LEARNED_COST
            shown = literal(int(value) if value == int(value) else value)
            yield Bound(constant(shown, hunt.returns, cost), name, free, held, float(value))


def _number(cell: object) -> float:
    assert isinstance(cell, int | float)
    return cell
