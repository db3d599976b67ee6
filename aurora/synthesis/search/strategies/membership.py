"""Membership in what the prose lists: ``"yes", "true", "on" or "1"``, or ``1, 3, 5, 7, 8, 10 or 12``.

A list in the prose is a constant like any other: it says what may be meant, the examples decide. Order: lists as they
are written, entries of the bank as they come. Invariant: an entry is tried with a list only if it is in the list, or
begins or ends with what is there, on some lanes and not on others: no list is taken for what the examples alone say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply

COST = 4
"""The cost of ``in`` with a list of the prose."""

LEVEL = 10
"""Entries up to this level are tried."""

MOST = 6
"""Lists of one text of prose, at most."""


class Listed(NamedTuple):
    """Constants of one type, as the prose lists them."""

    type: str
    values: tuple[int | str, ...]


class Membership:
    """Tries entries of the bank for membership in the lists of the prose."""

    name = "membership"
    share = 2

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._lists = list(lists_of(hunt.problem.prose))[:MOST] if "bool" in hunt.types else []
        self._seen = dict.fromkeys((listed.type for listed in self._lists), 0)
        self._level = 0
        self._tried: set[Vector] = set()

    @property
    def ready(self) -> bool:
        """When the bank has grown, and the prose lists something."""
        return bool(self._lists) and self._level < min(self._hunt.bank.cost, LEVEL)

    def advance(self, allowance: int) -> None:
        """Try what is new with each list of its type."""
        bank = self._hunt.bank
        self._level = bank.cost
        self._hunt.spend(1)
        for kind, start in self._seen.items():
            column = bank.columns.get(kind)
            stop = start if column is None else len(column.costs)
            self._seen[kind] = stop
            for place in range(start, stop):
                self._try(kind, place)

    def _try(self, kind: str, place: int) -> None:
        hunt = self._hunt
        column = hunt.bank.columns[kind]
        for listed in self._lists:
            if listed.type == kind:
                for text, test in _TESTS[kind]:
                    hunt.spend(1)
                    vector = tuple([test(cell, listed.values) for cell in column.values[place]])
                    if any(vector) and not all(vector) and vector not in self._tried:
                        self._tried.add(vector)
                        shown = repr(listed.values).replace("{", "{{").replace("}", "}}")
                        op = Op(text.format("{0}", shown), (kind,), "bool", COST)
                        hunt.discovered(Apply(op, hunt.bank.term(kind, place)), vector, self.name)


def lists_of(prose: str) -> Iterator[Listed]:
    """The lists of two or more constants in a text: quoted texts, numbers, or single words."""
    for item, made in _ITEMS:
        for found in re.finditer(rf"{item}(?:{_BETWEEN}{item})+", prose):
            values = [made(each) for each in re.findall(item, found[0]) if each not in ("and", "or")]
            if len(set(values)) > 1:
                yield Listed(type(values[0]).__name__, tuple(dict.fromkeys(values)))


def _unquoted(text: str) -> str:
    return text[1:-1]


_ITEMS: tuple[tuple[str, Callable[[str], int | str]], ...] = (
    (r"\"[^\"\n]{0,20}\"", _unquoted),
    (r"(?<!\w)'[^'\n]{0,20}'(?!\w)", _unquoted),
    (r"(?<![\w.-])-?\d{1,9}(?![\w.]*\w)", int),
    (r"(?<![\w'\"])[A-Za-z]+(?![\w'\"])", str),
)
_WITHIN: tuple[str, Callable[..., bool]] = ("{} in {}", lambda cell, values: cell in values)
_TESTS: dict[str, tuple[tuple[str, Callable[..., bool]], ...]] = {
    "int": (_WITHIN,),
    "str": (_WITHIN, ("{}.endswith({})", str.endswith), ("{}.startswith({})", str.startswith)),
}
_BETWEEN = r"(?:\s*,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+)"
