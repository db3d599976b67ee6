"""Wanted dictionaries: made of a key and a value for each element, grouped by key, or added up by key.

Order: after each level, each new body as the key of each wanted dictionary. If the keys are right, the value of each
element is known, and is looked for like any wanted body. Of equal keys the last value counts, as in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, Mapping
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.terms import Term

KEYS = 200
"""Bodies of each type that are tried as keys."""


class Dictionaries:
    """Dictionaries by key and value."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._goals: list[tuple[Wanted, str, str]] = []
        for wanted in loop.frame.wanted:
            kind = parse_type(wanted.type)
            if kind.head == "dict" and any(wanted.vector):
                self._goals.append((wanted, str(kind.args[0]), str(kind.args[1])))
        self._keys: dict[str, int] = {}

    def feed(self, body: Body) -> None:
        """Try a body as a key; note conditions and values for dictionaries that lack some elements."""
        loop = self._loop
        if not self._goals or not body.mask & loop.elements:
            return
        tried = self._keys.get(body.type, 0)
        if tried < KEYS:
            self._keys[body.type] = tried + 1
            for wanted, key, value in self._goals:
                if key == body.type:
                    self._as_key(wanted, body, value)

    def settle(self) -> None:
        """What is wanted has been said to the bank."""

    def _as_key(self, wanted: Wanted, body: Body, value: str) -> None:
        loop = self._loop
        rows = loop.spread(body.vector)
        dictionaries = [cell for cell in wanted.vector if isinstance(cell, Mapping)]
        exact = all(set(row) == set(cell) for row, cell in zip(rows, dictionaries, strict=True))
        loop.frame.hunt.spend(2)
        if exact:
            self._valued(wanted, body, value, rows, dictionaries)
            self._grouped(wanted, body, value, rows, dictionaries)
        elif all(set(cell) <= set(row) for row, cell in zip(rows, dictionaries, strict=True)):
            self._some(wanted, body, value, rows, dictionaries)

    def _valued(
        self,
        wanted: Wanted,
        body: Body,
        value: str,
        rows: Sequence[tuple[Cell, ...]],
        wishes: Sequence[Mapping],
    ) -> None:
        """Look for the values, where each key occurs once or the elements with it are the same."""
        loop = self._loop
        values = [tuple(cell[key] for key in row) for row, cell in zip(rows, wishes, strict=True)]
        goal = loop.lane_goal(values)
        if goal is None or value not in loop.bodies.bank.columns:
            return
        key = loop.bodies.term(body)
        loop.want(Wanted(value, goal, lambda term: wanted.complete(loop.forms.mapped(key, term))))
        for pick, vector, mask in loop.picks:
            if pick.type == value and vector == goal and loop.complete(mask, body.mask):
                loop.frame.answer(wanted, loop.forms.mapped(key, pick.term))

    def _some(
        self,
        wanted: Wanted,
        body: Body,
        value: str,
        rows: Sequence[tuple[Cell, ...]],
        wishes: Sequence[Mapping],
    ) -> None:
        """Only some elements have an entry: which ones is known, if a pick gives their values."""
        loop = self._loop
        keep: dict[int, bool] = {}
        for lanes, row, cell in zip(loop.grid.positions, rows, wishes, strict=True):
            for lane, key in zip(lanes, row, strict=True):
                if keep.setdefault(lane, key in cell) != (key in cell):
                    return
        goal = tuple(keep.get(lane, False) for lane in range(loop.bodies.size))
        lanes_kept = [lane for lane in range(loop.bodies.size) if goal[lane]]
        wish = {
            lane: cell[key]
            for lanes, row, cell in zip(loop.grid.positions, rows, wishes, strict=True)
            for lane, key in zip(lanes, row, strict=True)
            if key in cell
        }
        key_term = loop.bodies.term(body)
        column = loop.bodies.bank.columns.get(value)
        candidates = [(pick.term, vector) for pick, vector, _ in loop.picks if pick.type == value]
        if column is not None:
            candidates += [
                (loop.bodies.bank.term(value, place), column.values[place])
                for place in range(min(len(column.values), KEYS))
            ]
        for term, vector in candidates:
            if all(vector[lane] == wish[lane] for lane in lanes_kept):

                def complete(condition: Term, value_term: Term = term) -> Term:
                    return wanted.complete(loop.forms.mapped(key_term, value_term, condition))

                loop.want(Wanted("bool", goal, complete))
                return

    def _grouped(
        self,
        wanted: Wanted,
        body: Body,
        value: str,
        rows: Sequence[tuple[Cell, ...]],
        wishes: Sequence[Mapping],
    ) -> None:
        """Lists of elements by key, and sums of numbers by key."""
        loop = self._loop
        key = loop.bodies.term(body)
        for pick, vector, mask in loop.picks:
            if not loop.complete(mask, body.mask):
                continue
            cells = loop.spread(vector)
            if value == f"list[{pick.type}]":
                made = [_groups(row, items) for row, items in zip(rows, cells, strict=True)]
                if made == list(wishes):
                    loop.frame.answer(wanted, loop.forms.grouped(key, pick.term))
            elif value == pick.type == "int":
                totals = [_totals(row, items) for row, items in zip(rows, cells, strict=True)]
                if totals == list(wishes):
                    loop.frame.answer(wanted, loop.forms.tallied(key, pick.term))
        if value == "int":
            ones = [_totals(row, (1,) * len(row)) for row in rows]
            if ones == list(wishes):
                loop.frame.answer(wanted, loop.forms.numbered(key))


def _groups(keys: Sequence[Cell], items: Sequence[Cell]) -> dict[Cell, Cell]:
    found: dict[Cell, tuple[Cell, ...]] = {}
    for key, item in zip(keys, items, strict=True):
        found[key] = (*found.get(key, ()), item)
    return dict(found)


def _totals(keys: Sequence[Cell], numbers: Sequence[Any]) -> dict[Cell, int]:
    totals: dict[Cell, int] = {}
    for key, number in zip(keys, numbers, strict=True):
        totals[key] = totals.get(key, 0) + number
    return totals
