"""Sums and extremes of a body over the elements that a condition keeps.

Order: after each level, each new pair of one of the cheapest conditions and one of the cheapest bodies. Bodies may
raise on elements that the condition leaves out. Invariant: what is offered was computed on all elements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aurora.synthesis.cells import Raised, Vector
from aurora.synthesis.search.comprehension.branching import truths
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.comprehension.selecting import Condition
from aurora.synthesis.search.terms import Term

SUMMED = 40
"""Conditions and bodies that are tried together in sums."""


class Sums:
    """Sums, extremes and firsts of a body over the elements that a condition keeps."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._conditions: dict[int, Condition] = {}
        self._bodies: dict[str, list[tuple[Term, int, Vector, bool]]] = {"int": [], "float": []}
        self._partial = {"int": 0, "float": 0}
        self._done: set[tuple[int, str, int]] = set()
        self._goals = [wanted for wanted in loop.frame.wanted if wanted.type in ("int", "float")]

    def feed(self, body: Body) -> None:
        """Note conditions and numbers."""
        loop = self._loop
        if not self._goals or not body.mask & loop.elements:
            return
        if body.type == "bool" and len(self._conditions) < SUMMED:
            mask = truths(body.vector)
            if 0 < mask < (1 << len(body.vector)) - 1 and mask not in self._conditions:
                self._conditions[mask] = Condition(mask, loop.level, loop.bodies.term(body), body.mask)
        elif body.type in self._bodies and len(self._bodies[body.type]) < SUMMED:
            self._bodies[body.type].append((loop.bodies.term(body), body.mask, body.vector, False))

    def settle(self) -> None:
        """Try each new pair of a condition and a body."""
        loop = self._loop
        for kind, bodies in self._bodies.items():
            goals = [wanted for wanted in self._goals if wanted.type == kind]
            if not goals or kind not in loop.bodies.bank.columns:
                continue
            self._take_partials(kind)
            for place, (term, mask, vector, _) in enumerate(bodies):
                for condition in self._conditions.values():
                    key = condition.mask, kind, place
                    if key not in self._done:
                        self._done.add(key)
                        if loop.complete(mask, condition.mentions):
                            self._try(goals, term, vector, condition)
            loop.frame.hunt.spend(len(bodies))

    def _take_partials(self, kind: str) -> None:
        """Bodies that raise on elements which a condition may leave out."""
        bank = self._loop.bodies.bank
        column = bank.columns[kind]
        start, stop = self._partial[kind], min(len(column.partials), 2 * SUMMED)
        self._partial[kind] = stop
        for derivation in column.partials[start:stop]:
            op, *places = derivation
            mask = 0
            for argument, place in zip(op.arguments, places, strict=True):
                mask |= self._loop.bodies.mask(argument, place)
            vector = bank.vector_of(derivation)
            if mask & self._loop.elements and not all(isinstance(cell, Raised) for cell in vector):
                self._bodies[kind].append((bank.term_of(derivation), mask, vector, True))

    def _try(self, goals: Sequence[Wanted], term: Term, vector: Vector, condition: Condition) -> None:
        loop = self._loop
        loop.frame.hunt.spend(1)
        kept = [
            [vector[lane] for lane in lanes if condition.mask >> lane & 1] for lanes in loop.grid.positions
        ]
        if any(isinstance(cell, Raised) for row in kept for cell in row):
            return
        rows: list[list[Any]] = kept
        totals = tuple(map(sum, rows))
        for wanted in goals:
            if totals == wanted.vector:
                loop.frame.answer(wanted, loop.forms.reduced("sum", term, condition.term))
            elif all(rows):
                for name, function in (("max", max), ("min", min)):
                    if all(function(row) == wish for row, wish in zip(rows, wanted.vector, strict=True)):
                        loop.frame.answer(wanted, loop.forms.reduced(name, term, condition.term))
