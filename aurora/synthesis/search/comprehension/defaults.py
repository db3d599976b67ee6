"""Firsts and extremes where there may be none: ``next((x for x in xs if p), None)``, ``max((...), default=0)``.

What is wanted where there is an element decides; where there is none, the default is a constant or a parameter that
has what is wanted there. Order: each new body. Invariant: some lane has an element, and some lane has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import compress
from typing import Any

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, optional
from aurora.synthesis.operators.op import ordered
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.comprehension.sources import Pick
from aurora.synthesis.search.terms import Leaf, Term, constant

SHARED_DEFAULT = 4
"""The cost of a default that no constant of the search is."""


class Defaults:
    """Uses of bodies that have a value on some lanes only."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._goals: dict[str, list[Wanted]] = {}
        for wanted in loop.frame.wanted:
            inner = optional(parse_type(wanted.type))
            self._goals.setdefault(wanted.type if inner is None else str(inner), []).append(wanted)
        self._picks = [
            (pick, loop.spread(vector), mask) for pick, vector, mask in loop.picks if pick.type in self._goals
        ]
        self._gaps = any(not row for row in loop.grid.positions)
        self._extreme = {kind: ordered(parse_type(kind)) for kind in self._goals}

    def feed(self, body: Body) -> None:
        """Use a condition for firsts, other bodies for extremes."""
        loop = self._loop
        if body.type == "bool":
            if self._picks and body.mask & loop.elements and loop.source.ordered:
                self._firsts(body)
        elif self._gaps and self._extreme.get(body.type) and loop.complete(body.mask):
            self._extremes(body)

    def settle(self) -> None:
        """Nothing needs the whole level."""

    def _extremes(self, body: Body) -> None:
        loop = self._loop
        rows: list[tuple[Any, ...]] = loop.spread(body.vector)
        there = [bool(row) for row in rows]
        least = [min(row, default=None) for row in rows]
        most = [max(row, default=None) for row in rows]
        for name, cells in (("max", most), ("min", least)):
            form = partial(self._extreme_or, name, body)
            self._match(body.type, cells, there, form)

    def _firsts(self, body: Body) -> None:
        loop = self._loop
        rows = loop.spread(body.vector)
        there = [True in row for row in rows]
        if all(there) or not any(there):
            return
        for pick, cells, mask in self._picks:
            if loop.complete(body.mask, mask):
                firsts = [next(compress(items, row), None) for items, row in zip(cells, rows, strict=True)]
                self._match(pick.type, firsts, there, partial(self._first_or, pick, body))

    def _extreme_or(self, name: str, body: Body, default: Term) -> Term:
        return self._loop.forms.reduced_or(name, self._loop.bodies.term(body), default)

    def _first_or(self, pick: Pick, body: Body, default: Term) -> Term:
        return self._loop.forms.first_or(pick.term, self._loop.bodies.term(body), default)

    def _match(
        self, kind: str, cells: Sequence[Any], there: Sequence[bool], make: Callable[[Term], Term]
    ) -> None:
        """Offer what has the wanted cells where there are any, with the default that gives the others."""
        for wanted in self._goals.get(kind, ()):
            if any(has and cell != wish for has, cell, wish in zip(there, cells, wanted.vector, strict=True)):
                continue
            default = self._default(wanted, [place for place, has in enumerate(there) if not has])
            if default is not None:
                self._loop.frame.answer(wanted, make(default))

    def _default(self, wanted: Wanted, missing: Sequence[int]) -> Term | None:
        """What has the wanted cells on these lanes: one constant, or something captured."""
        frame = self._loop.frame
        wishes = [wanted.vector[place] for place in missing]
        if len(set(wishes)) == 1:
            return self._literal(wanted.type, wishes[0])
        for term, vector in frame.captures:
            if term.type == wanted.type and [vector[place] for place in missing] == wishes:
                return term
        return None

    def _literal(self, kind: str, cell: Cell) -> Leaf | None:
        for leaf, known in self._loop.frame.hunt.constants:
            if known == cell and type(known) is type(cell) and leaf.type == kind:
                return leaf
        if cell is None or isinstance(cell, int | str):
            inner = optional(parse_type(kind))
            if inner is not None and cell is not None:
                found = self._literal(str(inner), cell)
                return None if found is None else constant(found.text, kind, found.cost)
            return constant(repr(cell), kind, SHARED_DEFAULT)
        return None
