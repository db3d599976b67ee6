"""Numbers that stand together in texts, put together: sums with a weight for each, and what is left of a sum.

``2h30m`` and ``5'11`` are sums of what is read there, with weights that nobody need have named; a time so much later
is a sum of which whole days are taken off. The weights follow from the examples, and more examples than weights must
agree. Order: as the numbers were read. Invariant: what is given has the wanted value on each lane.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from typing import NamedTuple

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.meeting import modulus_of
from aurora.synthesis.search.terms import Apply, Term, constant

MOST = 7
"""Numbers that are put together with each other, at most."""

WEIGHT_COST = 7
"""The cost of a weight that only the examples suggest."""

EVIDENCE = 2
"""So many more different examples than weights."""


class Number(NamedTuple):
    """An expression for an integer, and its values."""

    term: Term
    values: tuple[int, ...]


def combined(numbers: Sequence[Number], wanted: Sequence[int], known: Mapping[str, int]) -> Iterator[Term]:
    """Programs over ``numbers`` that give ``wanted``; ``known`` has the costs of constants by their text."""
    numbers = numbers[:MOST]
    for left, right in combinations(numbers, 2):
        yield from _remaining(left, right, wanted, known)
    for left, right in permutations(numbers, 2):
        yield from _weighted([left, right], wanted, known)
    for first, second, third in permutations(numbers, 3):
        yield from _weighted([first, second, third], wanted, known)


def _remaining(
    left: Number, right: Number, wanted: Sequence[int], known: Mapping[str, int]
) -> Iterator[Term]:
    """A sum or difference without the whole turns in it."""
    for op, sign in ((_PLUS, 1), (_MINUS, -1)):
        for one, other in ((left, right), (right, left))[: 1 if sign > 0 else 2]:
            sums = [a + sign * b for a, b in zip(one.values, other.values, strict=True)]
            modulus = modulus_of(sums, wanted)
            if modulus is not None:
                yield Apply(_MODULO, Apply(op, one.term, other.term), _weight(modulus, known))


def _weighted(numbers: Sequence[Number], wanted: Sequence[int], known: Mapping[str, int]) -> Iterator[Term]:
    """A sum in which the last number counts once, and each other one some whole number of times."""
    *others, last = numbers
    rows = sorted(set(zip(*(number.values for number in numbers), wanted, strict=True)))
    if len(rows) < len(others) + EVIDENCE:
        return
    weights = _solved([row[: len(others)] for row in rows], [row[-1] - row[-2] for row in rows])
    if weights is None or sorted(weights, reverse=True) != weights or weights[-1] < 2:
        return
    term: Term | None = None
    for number, weight in zip(others, weights, strict=True):
        part = Apply(_TIMES, number.term, _weight(weight, known))
        term = part if term is None else Apply(_PLUS, term, part)
    assert term is not None
    yield Apply(_PLUS, term, last.term)


def _solved(rows: Sequence[Sequence[int]], sums: Sequence[int]) -> list[int] | None:
    """The one or two whole weights that give all sums, if the rows determine them."""
    if len(rows[0]) == 1:
        weight = next(
            (Fraction(total, row[0]) for row, total in zip(rows, sums, strict=True) if row[0]), None
        )
        found = None if weight is None else [weight]
    else:
        found = _two(rows, sums)
    if found is None or any(weight.denominator != 1 for weight in found):
        return None
    whole = [int(weight) for weight in found]
    fits = all(
        sum(weight * number for weight, number in zip(whole, row, strict=True)) == total
        for row, total in zip(rows, sums, strict=True)
    )
    return whole if fits else None


def _two(rows: Sequence[Sequence[int]], sums: Sequence[int]) -> list[Fraction] | None:
    """The weights by which the first two independent rows give their sums."""
    a, b = rows[-1]
    total = sums[-1]
    for (c, d), other in zip(rows, sums, strict=True):
        determinant = a * d - b * c
        if determinant:
            return [
                Fraction(total * d - b * other, determinant),
                Fraction(a * other - c * total, determinant),
            ]
    return None


def _weight(number: int, known: Mapping[str, int]) -> Term:
    text = str(number)
    return constant(text, "int", min(WEIGHT_COST, known.get(text, WEIGHT_COST)))


_PLUS = Op("{0} + {1}", ("int", "int"), "int", 2)
_MINUS = Op("{0} - {1}", ("int", "int"), "int", 2)
_TIMES = Op("{0} * {1}", ("int", "int"), "int", 2)
_MODULO = Op("{0} % {1}", ("int", "int"), "int", 2, partial=True)
