"""The bank of what a loop's body may compute: terms over the accumulator, the turn's variables and parameters.

A body is known by its values on sampled points. They are few, so that the bank is fast; what two bodies do
beyond them is not looked at, and the simpler one stands for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.folding.walks import Turn
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Leaf, Term, constant

POINTS = 10
"""Points of a bank of bodies: as many as its kernels unroll."""

MOST = 12_000
"""Vectors that a bank of bodies keeps."""

_DIVISOR = 3
"""What the number that a loop divides by costs elsewhere in its body."""

_CHARACTER = 3
"""A character of the examples: text that is read character by character is compared with some."""

_CONSTANT = 3
"""Constants up to this cost occur in bodies."""

_SAMPLES: dict[str, tuple[Cell, ...]] = {
    "int": (0, 1, 7, -2, 3, 10),
    "float": (0.0, 1.0, 2.5, -1.5, 10.0),
    "str": ("", "a", "ba", "10"),
    "bool": (False, True),
}


class Bodies:
    """A bank of bodies that grows level by level."""

    def __init__(
        self,
        hunt: Hunt,
        variables: Sequence[tuple[Leaf, Vector]],
        types: Iterable[str],
        *,
        extra: Sequence[Op] = (),
        constants: Sequence[Leaf] = (),
        most: int = MOST,
    ) -> None:
        kinds = {"int", "bool", *types, *(leaf.type for leaf, _ in variables)}
        operators = [
            op for op in hunt.inner_operators if op.returns in kinds and kinds.issuperset(op.arguments)
        ]
        count = len(variables[0][1])
        self.bank = Bank(
            [*operators, *extra], sorted(kinds), count, hunt.inspector.library_functions(), most=most
        )
        for leaf, vector in variables:
            self.bank.offer(leaf, vector)
        own = {leaf.text: leaf for leaf in constants}
        for leaf in own.values():
            self.bank.offer(constant(leaf.text, leaf.type, _DIVISOR), (int(leaf.text),) * count)
        for leaf, cell in hunt.constants:
            if leaf.type in kinds and leaf.text not in own:
                if leaf.cost > _CONSTANT and isinstance(cell, str) and len(cell) == 1:
                    leaf = constant(leaf.text, leaf.type, _CHARACTER)
                if leaf.cost <= _CONSTANT:
                    self.bank.offer(leaf, (cell,) * count)

    @property
    def cost(self) -> int:
        """The cost up to which bodies are known."""
        return self.bank.cost

    @property
    def done(self) -> bool:
        """Whether nothing more can come."""
        return self.bank.full or self.bank.idle

    def grow(self) -> Iterator[int]:
        """Build the next level; yields evaluations."""
        yield from self.bank.grow()
        yield 1

    def level(self, kind: str, cost: int) -> list[Term]:
        """The bodies of a type that cost so much."""
        column = self.bank.columns.get(kind)
        if column is None:
            return []
        start, stop = column.levels.get(cost, (0, 0))
        return [self.bank.term(kind, place) for place in range(start, stop)]

    def vectors(self, kind: str, cost: int) -> list[Vector]:
        """The values of those bodies on the points."""
        column = self.bank.columns.get(kind)
        if column is None:
            return []
        return column.values[slice(*column.levels.get(cost, (0, 0)))]


def sampled(hunt: Hunt, kind: str, near: Sequence[Cell]) -> list[Cell]:
    """Values that an accumulator of type ``kind`` may have: those ``near`` and some of everybody's."""
    cells = [*near[:4], *_SAMPLES.get(kind, ())]
    column = hunt.bank.columns.get(kind)
    if column is not None and len(cells) < 6:
        cells += [cell for vector in column.values[:8] for cell in vector]
    return list(dict.fromkeys(cells))[:8]


def spread(turns: Sequence[tuple[int, Turn]], accumulators: Sequence[Cell]) -> list[tuple[int, Cell, Turn]]:
    """Points with a lane, an accumulator and a turn each, spread over what there is."""
    points = []
    distinct = list(dict.fromkeys(turns))
    stride = next(step for step in (7, 5, 11, 3, 1) if len(distinct) % step or step == 1)
    for place in range(POINTS):
        lane, turn = distinct[place * stride % len(distinct)]
        points.append((lane, accumulators[place % len(accumulators)], turn))
    return points
