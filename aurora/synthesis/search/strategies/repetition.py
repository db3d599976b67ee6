"""Lists that hold one item over and over: the item and the count are looked up apart, ``[xs[3]] * len(xs)``.

Where a list says what its items are and how many, the bank needs two small vectors instead of every list of one item
and every product of it. Order: after each level of the bank, the cheapest item with the cheapest count. Invariant: what
is offered has the wanted list on every lane; where that is empty, any item will do, but the expression has one.
"""

from __future__ import annotations

from typing import Final

from aurora.synthesis.cells import Cell, Raised
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.goals import Goal
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Term

COST: Final = 4
"""What ``[item] * count`` costs besides its parts: a list of one item, and a product."""

ITEMS: Final = 60_000
"""Entries of a column that are looked at."""

EVIDENCE: Final = 2
"""Lanes on which an item stands more than once, at least."""


class Repeated:
    """One goal: on which lanes there is an item, which one, and how often."""

    def __init__(self, goal: Goal) -> None:
        rows = [cell for cell in goal.vector if isinstance(cell, tuple)]
        self.goal = goal
        self.kind = goal.type.removeprefix("list[")[:-1]
        self.lanes = [lane for lane, row in enumerate(rows) if row]
        self.items: list[Cell] = [row[0] for row in rows if row]
        self.counts = tuple(len(row) for row in rows)
        self.seen = 0
        self.item: Term | None = None

    def matches(self, vector: tuple[Cell, ...]) -> bool:
        """Whether ``vector`` has the item wherever there is one."""
        return not any(isinstance(cell, Raised) for cell in vector) and all(
            vector[lane] == item for lane, item in zip(self.lanes, self.items, strict=True)
        )


def repeated(goal: Goal) -> Repeated | None:
    """The goal as items and counts; nothing if it is no list, or one of different items."""
    rows = goal.vector
    if not goal.type.startswith("list[") or not all(isinstance(row, tuple) for row in rows):
        return None
    lists = [row for row in rows if isinstance(row, tuple)]
    if sum(len(row) > 1 for row in lists) < EVIDENCE or any(len(set(row)) > 1 for row in lists):
        return None
    return Repeated(goal)


class Repetition:
    """Looks for the item and the count of lists that repeat one item."""

    name = "repetition"
    share = 2

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._level = -1
        found = [repeated(goal) for goal in hunt.goals]
        self._open = [each for each in found if each is not None and each.kind in hunt.bank.columns]

    @property
    def ready(self) -> bool:
        """When the bank has grown, until each goal is reached."""
        return bool(self._open) and self._hunt.bank.cost > self._level

    def advance(self, allowance: int) -> None:
        """Look through what is new."""
        self._level = self._hunt.bank.cost
        self._hunt.spend(1)
        self._open = [each for each in self._open if not self._reach(each)]

    def _reach(self, wanted: Repeated) -> bool:
        """Offer the first item with the first count, once the bank has both."""
        bank = self._hunt.bank
        if wanted.item is None:
            column = bank.columns[wanted.kind]
            stop = min(len(column.values), ITEMS)
            self._hunt.spend(max(0, stop - wanted.seen) // 8)
            place = next(
                (place for place in range(wanted.seen, stop) if wanted.matches(column.values[place])), None
            )
            wanted.seen = stop
            if place is None:
                return False
            wanted.item = bank.term(wanted.kind, place)
        numbers = bank.columns.get("int")
        count = None if numbers is None else numbers.index.get(wanted.counts)
        if count is None:
            return False
        op = Op("[{0}] * {1}", (wanted.kind, "int"), wanted.goal.type, COST)
        self._hunt.offer(wanted.goal.reached(Apply(op, wanted.item, bank.term("int", count))), self.name)
        return True
