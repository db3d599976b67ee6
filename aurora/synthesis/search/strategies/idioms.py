"""Idioms on whole parameters: what takes long to say or to run, and is not worth a place in the bank.

Order: as the table has them, each on every choice of different parameters of its types. Invariant: what is planted
has a value on every lane.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from aurora.synthesis.cells import Raised, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.kernels import function_of
from aurora.synthesis.search.terms import Apply, Term

WORK = 10
"""What an idiom on one lane takes, in evaluations."""


class Idioms:
    """Applies the idioms, once."""

    name = "idioms"
    share = 2

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._done = False

    @property
    def ready(self) -> bool:
        """At the beginning."""
        return not self._done

    def advance(self, allowance: int) -> None:
        """Apply them all."""
        self._done = True
        hunt = self._hunt
        hunt.spend(1)
        for op in hunt.idioms:
            function = function_of(op.run, len(op.arguments), None)
            for term, vectors in self._applied(op):
                hunt.spend(WORK * hunt.width)
                vector = tuple(map(function, *vectors))
                if not any(isinstance(cell, Raised) for cell in vector):
                    hunt.discovered(term, vector, self.name)

    def _applied(self, op: Op) -> Iterator[tuple[Term, list[Vector]]]:
        for chosen in permutations(self._hunt.parameters, len(op.arguments)):
            leaves = [leaf for leaf, _ in chosen]
            if tuple(leaf.type for leaf in leaves) == op.arguments:
                yield Apply(op, *leaves), [vector for _, vector in chosen]
