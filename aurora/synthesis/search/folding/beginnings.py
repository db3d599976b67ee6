"""Where an accumulator may begin: everybody's constants, what is given, and the first item of that."""

from __future__ import annotations

from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant, text

FIRST = 4
"""The first item of a parameter costs so much: dearer terms are no beginnings."""

MOST = 5
"""Beginnings that are tried with each update."""


class Beginning(NamedTuple):
    """Where an accumulator may begin, with its values on the lanes."""

    term: Term
    vector: Vector


def beginnings(hunt: Hunt, kind: str, *, given: bool) -> list[Beginning]:
    """The cheapest beginnings of type ``kind``; ``given`` where the input may be one."""
    bank = hunt.bank
    column = bank.columns.get(kind)
    found = [Beginning(leaf, (cell,) * len(hunt.lanes)) for leaf, cell in _constants(kind)]
    if column is None or not given:
        return found
    for cost in range(1, FIRST + 1):
        for place in range(*column.levels.get(cost, (0, 0))):
            term = bank.term(kind, place)
            if (isinstance(term, Leaf) and term.variable) or _is_first(term):
                found.append(Beginning(term, column.values[place]))
    return found[:MOST]


def _constants(kind: str) -> list[tuple[Leaf, Cell]]:
    """What accumulators of a type begin with, if nothing depends on the input."""
    match parse_type(kind).head:
        case "int":
            return [(constant("0", kind, 1), 0), (constant("1", kind, 1), 1)]
        case "float":
            return [(constant("0", kind, 2), 0.0), (constant("1", kind, 2), 1.0)]
        case "str":
            return [(constant("''", kind, 1), "")]
        case "bool":
            return [(constant("True", kind, 1), True), (constant("False", kind, 1), False)]
        case "list":
            return [(constant("[]", kind, 1), ())]
    return []


def _is_first(term: Term) -> bool:
    return isinstance(term, Apply) and term.op.text == "{0}[{1}]" and text(term.arguments[1])[0] == "0"
