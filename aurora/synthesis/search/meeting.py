"""Meet in the middle for numbers: the wanted vector and one operand give the other operand, which is looked up.

A bank of ``n`` entries answers for ``n * n`` sums, differences and products in ``n`` look-ups. Where the other
operand would be the same number on every lane, that number is a constant that nobody need have named; so are the
modulus and the divisor that the answers imply.

Order: as the bank grows, each entry once. Invariant: what is given has the wanted value on each lane; floats are
compared to nine significant digits, as specs do.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from aurora.synthesis.cells import Raised, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.goals import Goal
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.predicates import roundest
from aurora.synthesis.search.terms import Apply, Term, constant, text

ENTRIES = 40_000
"""Entries of a column that are looked at."""

LEARNED_COST = 7
"""The cost of a constant that only the examples suggest."""

SIMPLE = 5
"""Learned constants go with expressions up to this cost."""

EVIDENCE = 3
"""Lanes with different operands, at least, before a constant is learned."""

LARGEST = 10**9

_CLOSE = 1e-9

Numbers = tuple[float, ...]


class Meeting:
    """Sums, differences, products, remainders and quotients that give one goal of numbers."""

    def __init__(self, hunt: Hunt, goal: Goal) -> None:
        self._hunt = hunt
        self.goal = goal
        self._kind = goal.type
        self._wanted: Numbers = tuple([cell for cell in goal.vector if isinstance(cell, int | float)])
        self._exact = self._kind == "int"
        self._seen = 0
        self._places: dict[Numbers, int] = {}

    def refresh(self) -> Iterator[Term]:
        """What can be put together with entries that are new, as programs of the goal's type."""
        bank = self._hunt.bank
        column = bank.columns[self._kind]
        stop = min(len(column.values), ENTRIES)
        start, self._seen = self._seen, max(self._seen, stop)
        self._hunt.spend(1 + (2 if self._exact else 6) * max(0, stop - start))
        if not self._exact:
            for place in range(start, stop):
                self._places.setdefault(self._key(column.values[place]), place)
        for place in range(start, stop):
            vector = column.values[place]
            numbers = tuple([cell for cell in vector if isinstance(cell, int | float)])
            if len(numbers) == len(self._wanted):
                yield from self._with(numbers, place)

    def _with(self, numbers: Numbers, place: int) -> Iterator[Term]:
        wanted = self._wanted
        if not self._exact and numbers != wanted and self._key(numbers) == self._key(wanted):
            yield self._term(place)
        rest = tuple([goal - number for goal, number in zip(wanted, numbers, strict=True)])
        other = self._find(rest)
        if other is not None:
            yield Apply(self._op("+"), self._term(place), self._term(other))
        other = self._find(tuple([goal + number for goal, number in zip(wanted, numbers, strict=True)]))
        if other is not None:
            yield Apply(self._op("-"), self._term(other), self._term(place))
        other = self._find(tuple([-number for number in rest]))
        if other is not None:
            yield Apply(self._op("-"), self._term(place), self._term(other))
        factor = self._factor(numbers)
        other = None if factor is None else self._find(factor)
        if other is not None:
            yield Apply(self._op("*"), self._term(place), self._term(other))
        simple = self._hunt.bank.cost_of(self._kind, place) <= SIMPLE and len(set(numbers)) >= EVIDENCE
        if simple and max(map(abs, (*numbers, *wanted))) < LARGEST**2:
            yield from self._learned(place, numbers, rest, factor)

    def _learned(self, place: int, numbers: Numbers, rest: Numbers, factor: Numbers | None) -> Iterator[Term]:
        """Sums and the like with a constant that the lanes agree on."""
        if self._same(rest) and rest[0]:
            sign, number = ("+", rest[0]) if rest[0] > 0 else ("-", -rest[0])
            yield Apply(self._op(sign), self._term(place), self._constant(number))
        if factor is not None and self._same(factor):
            yield Apply(self._op("*"), self._term(place), self._constant(factor[0]))
        yield from self._linear(place, numbers)
        if self._exact:
            whole = [int(number) for number in numbers]
            goal = [int(number) for number in self._wanted]
            for offset in (0, 1):
                modulus = modulus_of(whole, [number - offset for number in goal])
                if modulus is not None:
                    term: Term = Apply(self._op("%"), self._term(place), self._constant(modulus))
                    yield Apply(self._op("+"), term, constant("1", "int", 1)) if offset else term
            divisor = divisor_of(whole, goal)
            if divisor is not None:
                yield Apply(self._op("//"), self._term(place), self._constant(divisor))

    def _linear(self, place: int, numbers: Numbers) -> Iterator[Term]:
        """Two constants: slope and intercept, in the form with the shortest ones."""
        pairs = sorted(set(zip(numbers, self._wanted, strict=True)))
        (x0, y0), (x1, y1) = pairs[0], pairs[-1]
        if x0 == x1 or y0 == y1:
            return
        slope = (y1 - y0) / (x1 - x0)
        intercept = y0 - slope * x0
        if self._exact and not (slope.is_integer() and intercept.is_integer()):
            return
        if abs(intercept) < _CLOSE or slope == 1 or max(abs(slope), abs(intercept)) > LARGEST:
            return
        if any(not math.isclose(slope * x + intercept, y, rel_tol=_CLOSE, abs_tol=_CLOSE) for x, y in pairs):
            return
        term = self._term(place)
        forms = [
            Apply(self._op("+"), Apply(self._op("*"), term, self._constant(slope)), self._constant(intercept))
        ]
        if not self._exact:
            root = _short(-intercept / slope)
            sign = "-" if root > 0 else "+"
            moved = Apply(self._op(sign), term, self._constant(abs(root)))
            forms.append(Apply(self._op("*"), moved, self._constant(slope)))
            forms.append(Apply(self._op("/"), moved, self._constant(1 / slope)))
        yield min(forms, key=lambda form: (form.cost, len(text(form)[0])))

    def _factor(self, numbers: Numbers) -> Numbers | None:
        """What to multiply ``numbers`` by, where that is certain."""
        if not all(numbers):
            return None
        if not self._exact:
            return tuple([goal / number for goal, number in zip(self._wanted, numbers, strict=True)])
        pairs = list(zip(self._wanted, numbers, strict=True))
        if any(goal % number for goal, number in pairs):
            return None
        return tuple([goal // number for goal, number in pairs])

    def _find(self, numbers: Numbers) -> int | None:
        if self._exact:
            return self._hunt.bank.columns[self._kind].index.get(numbers)
        return self._places.get(self._key(numbers))

    def _key(self, vector: Vector) -> Numbers:
        return tuple([float(f"{cell:.9g}") if isinstance(cell, float | int) else math.nan for cell in vector])

    def _same(self, numbers: Numbers) -> bool:
        return abs(numbers[0]) < LARGEST and len(set(self._key(numbers))) == 1

    def _constant(self, number: float) -> Term:
        short = _short(number)
        shown = str(int(short)) if short.is_integer() else repr(short)
        return constant(shown, self._kind, LEARNED_COST)

    def _term(self, place: int) -> Term:
        return self._hunt.bank.term(self._kind, place)

    def _op(self, sign: str) -> Op:
        return Op(f"{{0}} {sign} {{1}}", (self._kind, self._kind), self._kind, 2)


def _short(number: float) -> float:
    return float(f"{number:.9g}")


def possible(goal: Goal) -> bool:
    """Whether a goal is one of numbers, not all the same."""
    return (
        goal.type in ("int", "float")
        and not any(cell is None or isinstance(cell, Raised) for cell in goal.vector)
        and len(set(goal.vector)) > 1
    )


def modulus_of(numbers: Sequence[int], remainders: Sequence[int]) -> int | None:
    """The modulus that gives these remainders: it divides all differences and exceeds the remainders."""
    if min(remainders) < 0:
        return None
    differences = [number - rest for number, rest in zip(numbers, remainders, strict=True)]
    modulus = math.gcd(*differences)
    turns = {difference // modulus for difference in differences if modulus}
    return modulus if modulus > max(*remainders, 1) and len(turns) > 1 else None


def divisor_of(numbers: Sequence[int], quotients: Sequence[int]) -> int | None:
    """The divisor that gives these quotients, if they leave little choice: the roundest."""
    low, high = 0, LARGEST
    for number, quotient in zip(numbers, quotients, strict=True):
        if number < 0 or quotient < 0:
            return None
        low = max(low, number // (quotient + 1))
        high = min(high, number // quotient if quotient else LARGEST)
    if low >= high or high == LARGEST or 4 * (high - low) > high or high < 2:
        return None
    return next(roundest(low, high), high)
