"""Counting steps until a bound is passed: years until a balance has reached a goal, days until little is left.

The wanted counts say on which side of the bound each lane begins, and on which side it is after the first step. So
hardly any term of the main bank is run more than once. Order: by cost of the step, as the bank grows.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from aurora.specs.values import Value
from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import (
    Apply,
    Leaf,
    Term,
    has_prelude,
    mentions,
    substituted,
    text,
    variable,
)

REACH_COST = 9
MOST_STEP = 14
"""Steps dearer than this are not tried."""

_BOUND_COST = 3
"""Constants up to this cost are taken for bounds."""

_COMPILATION = 600
_MOST_TURNS = 200
_LARGEST = 1e15


class Reach(NamedTuple):
    """A parameter that moves on as long as it compares so with a bound, whose values on the lanes are known."""

    place: int
    leaf: Leaf
    sign: str
    bound: Leaf
    bounds: Vector

    def holds(self, value: Cell, lane: int) -> bool:
        """Whether another step is taken from ``value``."""
        bound = self.bounds[lane]
        return (
            isinstance(value, int | float)
            and isinstance(bound, int | float)
            and _SIGNS[self.sign](value, bound)
        )


_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def reaches(hunt: Hunt) -> Iterator[Reach]:
    """The comparisons of a parameter with a bound that hold just where steps are counted."""
    counts = [cell for cell in hunt.goal if isinstance(cell, int) and not isinstance(cell, bool)]
    if hunt.returns != "int" or len(counts) < len(hunt.goal) or not counts:
        return
    if min(counts) < 0 or not 1 < max(counts) <= _MOST_TURNS or len(set(counts)) < 3:
        return
    for place, (leaf, vector) in enumerate(hunt.parameters):
        if leaf.type not in ("int", "float"):
            continue
        bounds = [(other, values) for other, values in hunt.parameters if other.type in ("int", "float")]
        bounds += [
            (other, (cell,) * len(vector)) for other, cell in hunt.constants
            if other.type == leaf.type and other.cost <= _BOUND_COST
        ]  # fmt: skip
        for bound, values in bounds:
            for sign in _SIGNS if bound is not leaf else ():
                reach = Reach(place, leaf, sign, bound, values)
                if all(reach.holds(value, lane) == (counts[lane] > 0) for lane, value in enumerate(vector)):
                    yield reach


class Reaching:
    """Looks through the terms of the main bank, as it grows, for the step of a reach."""

    def __init__(self, hunt: Hunt, findings: Findings, reach: Reach) -> None:
        self._hunt = hunt
        self._findings = findings
        self._reach = reach
        self._vector = hunt.parameters[reach.place][1]
        self._values = hunt.bank.columns[reach.leaf.type].values
        self._seen = 0

    @property
    def ready(self) -> bool:
        """When the bank has new terms that are not too dear."""
        return self._seen < len(self._values) and self._hunt.bank.cost <= MOST_STEP

    def advance(self, allowance: int) -> None:
        """Look at what is new, until about ``allowance`` evaluations were done."""
        hunt, reach = self._hunt, self._reach
        while self._seen < len(self._values) and allowance > 0:
            place, work = self._seen, 1
            self._seen += 1
            if _begins(hunt, reach, self._vector, self._values[place]):
                step = hunt.bank.term(reach.leaf.type, place)
                # What depends on the bound knows the way already: nobody counts steps to find it.
                if _takes(step, reach) and not has_prelude(step):
                    work += _COMPILATION
                    if _counts(hunt, reach, step):
                        self._findings.answer("int", hunt.goal, partial(_program, hunt, reach, step))
            hunt.spend(work)
            allowance -= work


def _takes(step: Term, reach: Reach) -> bool:
    """Whether a step starts from where the last one ended, without a look at the bound."""
    mentioned = mentions(step)
    return reach.leaf.text in mentioned and not (reach.bound.variable and reach.bound.text in mentioned)


def _begins(hunt: Hunt, reach: Reach, before: Vector, after: Vector) -> bool:
    """Whether one step is enough on just the lanes that count one, and moves on the others."""
    for lane, count in enumerate(hunt.goal):
        if count and (reach.holds(after[lane], lane) == (count == 1) or before[lane] == after[lane]):
            return False
    return True


def _counts(hunt: Hunt, reach: Reach, step: Term) -> bool:
    """Whether the steps on each lane are as many as are wanted."""
    function = hunt.inspector.compiled(text(step)[0])
    for place, lane in enumerate(hunt.lanes):
        row: list[Value] = list(hunt.inspector.examples[lane])
        hunt.inspector.conditions.tank.fill()
        count, wanted = 0, hunt.goal[place]
        try:
            while reach.holds(_cell(row[reach.place]), place) and count <= _MOST_TURNS:
                row[reach.place] = function(*row)
                count += 1
        except Exception:  # noqa: BLE001 - a step that raises leads nowhere
            return False
        if count != wanted:
            return False
    return True


def _cell(value: Value) -> Cell:
    return value if isinstance(value, int | float) and abs(value) < _LARGEST else None


def _program(hunt: Hunt, reach: Reach, step: Term, own: bool) -> Term:
    names = Names(hunt.inspector.names)
    name = reach.leaf if own else variable(names.free("current", "state"), reach.leaf.type)
    count = names.free("count", "steps")
    copied = "" if own else f"{name.text} = {{1}}\n"
    prelude = (
        f"{count} = 0\n{copied}while {name.text} {reach.sign} {{2}}:\n"
        f"    {name.text} = {{0}}\n    {count} = {count} + 1"
    )
    again = substituted(step, {reach.leaf.text: name})
    kinds = (reach.leaf.type, reach.leaf.type, reach.bound.type)
    return Apply(Op(count, kinds, "int", REACH_COST, prelude=prelude), again, reach.leaf, reach.bound)
