"""Kinks: ``hours * rate + rate / 2 * max(0, hours - 40)``, something more or less for what is beyond a limit.

Bills, pay and fares are told like that: one rule for all of it, another for what is above a number that the prose
gives. Up to the limit the rule alone must be right; beyond it, what is missing for each unit is a constant, or is
looked up.

Order: as the bank grows, rules by cost. Invariant: the limit is a number of the prose, two lanes at least are up to it
and two beyond, and the whole has the wanted value on each lane.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.prose import numbers
from aurora.synthesis.search.terms import Apply, Term, constant

LEAST = 2
"""Lanes at least on each side of the limit."""

DEAREST = 10
"""Rules up to this cost are looked at."""

SIMPLE = 5
"""What is missing for each unit costs no more than this."""

FACTOR_COST = 4
"""The cost of a constant that lanes beyond the limit agree on."""

LIMIT_COST = 3
BEYOND_COST = 4
"""What the limit costs, and ``max``."""

Numbers = tuple[float, ...]


class Limit(NamedTuple):
    """A number that passes a limit on some lanes: these with how far, the others, and the term for how far."""

    beyond: dict[int, float]
    within: tuple[int, ...]
    term: Term


class Kinks:
    """Looks for rules that change beyond a limit."""

    name = "kinks"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._kind = hunt.returns
        cells = [cell for cell in hunt.goal if isinstance(cell, int | float) and not isinstance(cell, bool)]
        self._wanted: Numbers = tuple(cells)
        sound = self._kind in ("int", "float") and len(cells) == len(hunt.goal) > 2 * LEAST - 1
        self._given = sorted(set(numbers(hunt.problem.hints)) - {0}) if sound else []
        self._limits: list[Limit] = []
        self._level = 0

    @property
    def ready(self) -> bool:
        """When the prose gives numbers, and the bank has finished a level of simple rules."""
        return bool(self._given) and self._level < min(self._hunt.bank.cost - 1, DEAREST)

    def advance(self, allowance: int) -> None:
        """Look at the rules of the next level; the numbers that pass limits are on the first two."""
        hunt = self._hunt
        self._level += 1
        if self._level <= 2:
            self._limits += self._passed()
        column = hunt.bank.columns[self._kind]
        for place in range(*column.levels.get(self._level, (0, 0))):
            hunt.spend(1 + len(self._limits) // 4)
            for limit in self._limits:
                if self._right(column.values[place], limit):
                    for term in self._bent(column.values[place], hunt.bank.term(self._kind, place), limit):
                        hunt.offer(term, self.name)

    def _passed(self) -> Iterator[Limit]:
        column = self._hunt.bank.columns[self._kind]
        for place in range(*column.levels.get(self._level, (0, 0))):
            number = self._hunt.bank.term(self._kind, place)
            vector = _numbers(column.values[place], len(self._wanted))
            for given in self._given if number.variable and vector else ():
                beyond = {lane: cell - given for lane, cell in enumerate(vector) if cell > given}
                within = tuple([lane for lane in range(len(vector)) if lane not in beyond])
                if len(beyond) >= LEAST <= len(within) and (self._kind == "float" or given == int(given)):
                    shown = repr(int(given) if given == int(given) else given)
                    limit = constant(shown, self._kind, LIMIT_COST)
                    over = Apply(self._op("-"), number, limit)
                    most = Op("max({0}, {1})", (self._kind, self._kind), self._kind, BEYOND_COST)
                    yield Limit(beyond, within, Apply(most, constant("0", self._kind, 1), over))

    def _right(self, vector: Vector, limit: Limit) -> bool:
        """Whether a rule is right just up to the limit."""
        values = _numbers(vector, len(self._wanted))
        return bool(values) and all(
            _close(value, wanted) == (lane not in limit.beyond)
            for lane, (value, wanted) in enumerate(zip(values, self._wanted, strict=True))
        )

    def _bent(self, vector: Vector, rule: Term, limit: Limit) -> Iterator[Term]:
        """The rule with what is missing for each unit beyond the limit."""
        values = _numbers(vector, len(self._wanted))
        missing = {
            lane: _short((self._wanted[lane] - values[lane]) / over) for lane, over in limit.beyond.items()
        }
        factors = set(missing.values())
        sign = "+" if min(factors) > 0 else "-"
        if len(factors) == 1:
            size = abs(factors.pop())
            if self._kind == "int" and size != int(size):
                return
            more = limit.term
            if size != 1:
                leaf = constant(repr(int(size) if size == int(size) else size), self._kind, FACTOR_COST)
                more = Apply(self._op("*"), leaf, limit.term)
            yield Apply(self._op(sign), rule, more)
        elif len(limit.beyond) > LEAST:
            unit = self._looked_up({lane: abs(size) for lane, size in missing.items()})
            if unit is not None and (min(factors) > 0 or max(factors) < 0):
                yield Apply(self._op(sign), rule, Apply(self._op("*"), unit, limit.term))

    def _looked_up(self, missing: dict[int, float]) -> Term | None:
        """The cheapest simple term that has these values on the lanes."""
        column = self._hunt.bank.columns[self._kind]
        for cost in range(1, SIMPLE + 1):
            for place in range(*column.levels.get(cost, (0, 0))):
                self._hunt.spend(1)
                vector = _numbers(column.values[place], len(self._wanted))
                if vector and all(_close(vector[lane], value) for lane, value in missing.items()):
                    return self._hunt.bank.term(self._kind, place)
        return None

    def _op(self, sign: str) -> Op:
        return Op(f"{{0}} {sign} {{1}}", (self._kind, self._kind), self._kind, 2)


def _numbers(vector: Vector, count: int) -> Numbers:
    """The first ``count`` cells, if they are numbers."""
    cells = tuple([cell for cell in vector[:count] if isinstance(cell, int | float)])
    return cells if len(cells) == count else ()


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _short(number: float) -> float:
    return float(f"{number:.9g}")
