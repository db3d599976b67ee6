"""What the elements of a list of numbers are held against: their mean, the least and the largest, their sum.

Each is captured by a loop of its own, so that it stays small. Order: as listed. Invariant: where a list is empty there
is no element for which the value would matter, so that any number may stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.terms import Apply, Leaf, Term

Elements = Sequence[tuple[Term, Vector]]

_FLOAT = Op("{0}", ("int",), "float", 1)
_SQUARE = Op("{0} ** 2", ("float",), "float", 2)
_LESS = Op("{0} < {1}", ("float", "float"), "bool", 2)

MEAN = "mean"
AGGREGATES: dict[str, int] = {MEAN: 2, "ends": 3, "sum": 3}
"""Sets of captured values, and how much less a loop is worth for them."""


class Planted(NamedTuple):
    """A body that is there early, and how many levels after what is captured."""

    term: Term
    vector: Vector
    step: int


def aggregates(kind: str, items: Leaf, vector: Vector) -> list[tuple[Term, Vector]]:
    """The values of one set over a list of numbers."""
    item = items.type.removeprefix("list[").removesuffix("]")
    if item not in ("int", "float") or items.type != f"list[{item}]":
        return []
    rows: list[Sequence[Any]] = [row if isinstance(row, tuple) else () for row in vector]
    if kind == MEAN:
        return [(_mean(items, item), _each(rows, lambda row: sum(row) / len(row)))]
    if kind == "sum":
        return [(_whole("sum", items, item), _each(rows, sum))]
    return [(_whole(name, items, item), _each(rows, take)) for name, take in (("min", min), ("max", max))]


def comparisons(elements: Elements, captured: Elements) -> Iterator[Planted]:
    """Bodies to begin with where aggregates are captured: what else are they captured for?

    How far an element is from the mean, the square of that, whether it is above or below; how far it is from the
    least, and how far apart the least and the largest are.
    """
    means = [each for each in captured if _is(each[0], "{0} / {1}")]
    least = [each for each in captured if _is(each[0], "min({0})")]
    most = [each for each in captured if _is(each[0], "max({0})")]
    for leaf, numbers in elements if means or least else ():
        if leaf.type not in ("int", "float"):
            continue
        for mean, middles in means:
            number = leaf if leaf.type == "float" else Apply(_FLOAT, leaf)
            apart = Apply(_minus("float"), number, mean)
            far: tuple[Any, ...] = tuple([float(one) - middle for one, middle in _zipped(numbers, middles)])
            yield Planted(apart, far, 0)
            yield Planted(Apply(_SQUARE, apart), tuple([each**2 for each in far]), 1)
            yield Planted(Apply(_LESS, mean, number), tuple([each > 0 for each in far]), 0)
            yield Planted(Apply(_LESS, number, mean), tuple([each < 0 for each in far]), 0)
        for (low, lows), (high, highs) in zip(least, most, strict=False):
            if not low.type == high.type == leaf.type:
                continue
            minus = _minus(leaf.type)
            yield Planted(Apply(minus, leaf, low), tuple([x - y for x, y in _zipped(numbers, lows)]), 0)
            yield Planted(Apply(minus, high, low), tuple([x - y for x, y in _zipped(highs, lows)]), 0)


def mean_of(total: Term, items: Term) -> Term:
    """``total / len(items)``."""
    length = Apply(Op("len({0})", (items.type,), "int", 2), items)
    return Apply(Op("{0} / {1}", (total.type, "int"), "float", 2), total, length)


def _mean(items: Leaf, item: str) -> Term:
    return mean_of(_whole("sum", items, item), items)


def _whole(function: str, items: Leaf, item: str) -> Term:
    return Apply(Op(f"{function}({{0}})", (items.type,), item, 2), items)


def _each(rows: Sequence[Sequence[Any]], take: Callable[[Sequence[Any]], Any]) -> Vector:
    """What is taken of each row; of none, what is taken of another."""
    there = [take(row) for row in rows if row]
    if not there:
        return ()
    found: Iterator[Any] = iter(there)
    return tuple([next(found) if row else there[0] for row in rows])


def _is(term: Term, text: str) -> bool:
    return isinstance(term, Apply) and term.op.text == text


def _minus(kind: str) -> Op:
    return Op("{0} - {1}", (kind, kind), kind, 2)


def _zipped(one: Vector, other: Vector) -> Iterator[tuple[Any, Any]]:
    return zip(one, other, strict=True)
