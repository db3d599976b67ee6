"""Fields of texts: what stands between separators, and the numbers that stand there.

Nobody who writes ``'09:30'`` means its characters; the search should not have to find out one operator at a time.
What people read in a text (see ``readings``) becomes material of the bank at once. Order: parameters, then parts as
they are read, each with its number. Invariant: a reading's cost is that of its expression; only its level is lower.
"""

from __future__ import annotations

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.combining import Number, combined
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.lifting import LEVEL
from aurora.synthesis.search.readings import (
    Part,
    cased,
    clocks_of,
    normal_forms,
    numbers_in,
    numbers_of,
    parts_of,
    with_default,
)
from aurora.synthesis.search.terms import Apply, Leaf, Term

READ = 40
"""Parts and numbers of one parameter, at most."""


class Fields:
    """Plants fields in the hunt's bank, once."""

    name = "fields"
    share = 2

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._planted: set[Vector] = {vector for _, vector in hunt.parameters}
        self._numbers: list[Number] = []
        self._done = not any(leaf.type == "str" for leaf, _ in hunt.parameters)

    @property
    def ready(self) -> bool:
        """At the beginning."""
        return not self._done

    def advance(self, allowance: int) -> None:
        """Plant them all."""
        self._done = True
        for leaf, vector in self._hunt.parameters:
            if leaf.type == "str":
                self._plant(leaf, vector)
        self._hunt.spend(1)
        self._combine()

    def _plant(self, leaf: Leaf, vector: Vector) -> None:
        texts = tuple([str(text) for text in vector])
        most = len(self._planted) + READ
        for term, found in (*clocks_of(leaf, texts), *numbers_of(Part(leaf, texts))):
            self._discover(term, found)
        if self._hunt.returns == "bool":
            for part in normal_forms(Part(leaf, texts)):
                self._discover(self._known(part.term), part.texts)
        for part in parts_of(leaf, texts):
            if len(self._planted) >= most:
                break
            self._discover(part.term, part.texts)
            for other in cased(part):
                self._compare(self._known(other.term), other.texts)
            for term, found in numbers_of(part):
                self._discover(term, found)
            for goal in self._hunt.goals:
                for term, found in with_default(part, goal.vector):
                    self._compare(term, found)
        for term, found in numbers_in(leaf, texts):
            self._discover(term, found)

    def _known(self, term: Term) -> Term:
        """The term with the hunt's own operators, which the prose may have made cheaper."""
        if not isinstance(term, Apply):
            return term
        known = {op.text: op for op in self._hunt.operators if op.arguments == term.op.arguments}
        return Apply(known.get(term.op.text, term.op), *map(self._known, term.arguments))

    def _combine(self) -> None:
        """Sums of what was read, and of integers among the parameters."""
        hunt = self._hunt
        given = [Number(leaf, _integers(vector)) for leaf, vector in hunt.parameters if leaf.type == "int"]
        numbers = [*self._numbers, *given]
        known = {leaf.text: leaf.cost for leaf, _ in hunt.constants if leaf.type == "int"}
        for goal in hunt.goals:
            if goal.type == "int" and len(numbers) > 1 and len(set(goal.vector)) > 1:
                hunt.spend(len(numbers) ** 3)
                for term in combined(numbers, _integers(goal.vector), known):
                    hunt.offer(goal.reached(term), self.name)

    def _discover(self, term: Term, vector: Vector) -> None:
        hunt = self._hunt
        hunt.spend(len(vector))
        if vector in self._planted or len(set(vector)) < 2 < len(vector):
            return
        self._planted.add(vector)
        if term.type == "int":
            self._numbers.append(Number(term, _integers(vector)))
        self._compare(term, vector)
        if term.type in hunt.bank.columns:
            hunt.bank.offer(term, vector, LEVEL)

    def _compare(self, term: Term, vector: Vector) -> None:
        """An answer, if that is a goal."""
        hunt = self._hunt
        for goal in hunt.goals:
            if goal.type == term.type and goal.vector == vector[: len(hunt.lanes)]:
                hunt.offer(goal.reached(term), self.name)


def _integers(vector: Vector) -> tuple[int, ...]:
    return tuple([cell for cell in vector if isinstance(cell, int)])
