"""The plain uses of one body: map, filter, count, sum, all, any, extremes, join, first.

Each is computed for each new body and looked up among what is wanted; new values are material.
"""

from __future__ import annotations

from itertools import compress
from typing import Any

from aurora.specs.types import parse_type
from aurora.synthesis.cells import MAX_LENGTH, Vector
from aurora.synthesis.operators.guards import product
from aurora.synthesis.operators.op import ordered
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.comprehension.sources import Pick
from aurora.synthesis.search.terms import Leaf

Row = tuple[Any, ...]
"""The values of a body in turn on one lane of the frame; their type is the body's, which Python cannot say."""


class Conditions:
    """Uses of a condition: what it keeps, how often it holds, whether always, whether ever, where first."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._frame = loop.frame
        self._picks = [
            (pick, loop.spread(vector), mask, pick.type == "str" and loop.source.collection == "str")
            for pick, vector, mask in loop.picks
        ]  # fmt: skip

    def feed(self, body: Body) -> None:
        """Use a condition."""
        loop = self._loop
        if body.type != "bool" or not loop.novel(body.mask) or True not in body.vector:
            return
        rows = loop.spread(body.vector)
        always = False not in body.vector
        if loop.complete(body.mask) and not always:
            self._truths(body, rows)
        for pick, values, mask, text in self._picks:
            if loop.complete(body.mask, mask) and body.mask & loop.elements and not always:
                self._kept(body, rows, pick, values, text=text)

    def settle(self) -> None:
        """Nothing needs the whole level."""

    def _truths(self, body: Body, rows: list[Row]) -> None:
        forms, result = self._loop.forms, self._frame.result
        term = self._loop.bodies.term
        result("int", tuple(map(sum, rows)), lambda: forms.counted(term(body)))
        result("bool", tuple(map(all, rows)), lambda: forms.reduced("all", term(body)))
        result("bool", tuple(map(any, rows)), lambda: forms.reduced("any", term(body)))
        if self._frame.cares("list[bool]"):
            result("list[bool]", tuple(rows), lambda: forms.listed(term(body)))

    def _kept(self, body: Body, rows: list[Row], pick: Pick, values: list[Row], *, text: bool) -> None:
        forms, frame, loop = self._loop.forms, self._frame, self._loop
        kept = [tuple(compress(cells, row)) for cells, row in zip(values, rows, strict=True)]
        condition = loop.bodies.term
        if loop.source.ordered:
            frame.result(f"list[{pick.type}]", tuple(kept), lambda: forms.listed(pick.term, condition(body)))
            if text:
                joined = tuple(map("".join, kept))
                frame.result("str", joined, lambda: forms.joined(pick.term, condition(body)))
            if all(kept):
                first = tuple(cells[0] for cells in kept)
                frame.result(pick.type, first, lambda: forms.first(pick.term, condition(body)))
        if frame.cares(f"set[{pick.type}]"):
            frame.result(
                f"set[{pick.type}]", tuple(map(frozenset, kept)), lambda: forms.collected(pick.term, condition(body))
            )  # fmt: skip


class Values:
    """Uses of a body of any type: the list of its values, their sum, extremes, product, set, and text."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._frame = loop.frame
        self._extreme: dict[str, bool] = {}

    def feed(self, body: Body) -> None:
        """Use a body."""
        loop = self._loop
        if body.type == "bool" or not loop.complete(body.mask) or not loop.novel(body.mask):
            return
        bare = len(loop.source.variables) == 1 and not loop.source.news
        if bare and isinstance(loop.bodies.term(body), Leaf):
            return
        rows = loop.spread(body.vector)
        if loop.source.ordered:
            self._listed(body, rows)
        if body.type in ("int", "float"):
            self._numbers(body, rows)
        if self._is_ordered(body.type) and all(rows):
            self._extremes(body, rows)
        if self._frame.cares(f"set[{body.type}]"):
            forms, term = loop.forms, loop.bodies.term
            kinds = f"set[{body.type}]"
            self._frame.result(kinds, tuple(map(frozenset, rows)), lambda: forms.collected(term(body)))

    def settle(self) -> None:
        """Nothing needs the whole level."""

    def _listed(self, body: Body, rows: list[Row]) -> None:
        forms, result, term = self._loop.forms, self._frame.result, self._loop.bodies.term
        result(f"list[{body.type}]", tuple(rows), lambda: forms.listed(term(body)))
        if body.type.startswith("list[") and self._frame.cares(body.type):
            self._strung(body, rows)
        if body.type == "str" and sum(len(cell) for row in rows for cell in row) <= MAX_LENGTH:
            result("str", tuple(map("".join, rows)), lambda: forms.joined(term(body)))

    def _strung(self, body: Body, rows: list[Row]) -> None:
        """The items of all lists, one after the other."""
        forms, term = self._loop.forms, self._loop.bodies.term
        if sum(len(cell) for row in rows for cell in row) <= MAX_LENGTH:
            strung = tuple([tuple([item for cell in row for item in cell]) for row in rows])
            self._frame.result(body.type, strung, lambda: forms.strung(term(body)))

    def _numbers(self, body: Body, rows: list[Row]) -> None:
        forms, frame, term = self._loop.forms, self._frame, self._loop.bodies.term
        zero = 0.0 if body.type == "float" else 0
        frame.result(
            body.type, tuple([sum(row, zero) for row in rows]), lambda: forms.reduced("sum", term(body))
        )
        if body.type == "int" and frame.goals("int"):
            try:
                products = tuple(map(product, rows))
            except Exception:  # noqa: BLE001 - too large to be meant
                return
            frame.result("int", products, lambda: forms.reduced("math.prod", term(body)))

    def _extremes(self, body: Body, rows: list[Row]) -> None:
        forms, result, term = self._loop.forms, self._frame.result, self._loop.bodies.term
        result(body.type, tuple(map(max, rows)), lambda: forms.reduced("max", term(body)))
        result(body.type, tuple(map(min, rows)), lambda: forms.reduced("min", term(body)))

    def _is_ordered(self, kind: str) -> bool:
        known = self._extreme.get(kind)
        if known is None:
            known = self._extreme[kind] = ordered(parse_type(kind))
        return known


class Maps:
    """What is wanted is a list: which body would give it is known then, and looked for."""

    def __init__(self, loop: Loop) -> None:
        for wanted in list(loop.frame.wanted):
            if not wanted.type.startswith("list["):
                continue
            rows = [cell if isinstance(cell, tuple) else () for cell in wanted.vector]
            goal = loop.lane_goal(rows)
            if goal is not None and loop.source.ordered:
                item = str(parse_type(wanted.type).args[0])
                loop.want(wanted_of(item, goal, loop, wanted))

    def feed(self, body: Body) -> None:
        """The bank says when it finds the body."""

    def settle(self) -> None:
        """The bank says when it finds the body."""


def wanted_of(item: str, goal: Vector, loop: Loop, outer: Wanted) -> Wanted:
    """The wanted body of a wanted list."""
    return Wanted(item, goal, lambda body: outer.complete(loop.forms.listed(body)))
