"""Wanted values as constants: what a conditional gives as it is, because the examples say so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from aurora.specs.types import parse_type
from aurora.specs.values import literal
from aurora.synthesis.cells import Cell, decode
from aurora.synthesis.search.terms import Leaf, constant

COST: Final = 1
"""What such a constant costs: the examples give it, and its place is known."""


def plain(wanted: Iterable[Cell]) -> bool:
    """Whether all that is wanted can be written down as a constant: numbers, texts, truth values, None."""
    return all(cell is None or isinstance(cell, int | float | str) for cell in wanted)


def outcome(cell: Cell, returns: str) -> Leaf:
    """A wanted value of the type ``returns`` as a constant."""
    return constant(literal(decode(cell, parse_type(returns))), returns, COST)
