"""Sorting and choosing by a key: ``sorted(xs, key=...)``, ``max(xs, key=...)``, and keys of two parts.

Order: each new body as a key; after each level, pairs of keys for a wanted order. A key for which a wanted order
never falls is the first part of a pair; the second part decides where the first is equal.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op, ordered
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.terms import Apply, Term

MATERIAL = 6
"""The level up to which orders and extremes that nobody asked for are material."""

PAIRED = 30
"""First and second parts of keys that are tried in pairs."""


class Key(NamedTuple):
    """A key with its values on the elements."""

    term: Term
    vector: Vector


class Orders:
    """Orders by key."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._ordered: dict[str, bool] = {}
        source = loop.source
        self._possible = source.single is not None and source.ordered and source.collection != "str"
        self._items = loop.spread(loop.picks[0][1]) if self._possible else []
        self._orders = [
            wanted
            for wanted in loop.frame.goals(source.collection)
            if self._possible and _rearranged(self._items, wanted.vector)
        ]
        self._keys: list[Key] = []
        self._paired = 0
        self._item = loop.picks[0][0].type

    def feed(self, body: Body) -> None:
        """Sort and choose by a body."""
        loop = self._loop
        if not self._possible or not body.mask & loop.elements or not self._is_ordered(body.type):
            return
        if not self._orders and not loop.frame.goals(self._item) and loop.level > MATERIAL:
            return
        if not loop.novel(body.mask) or len(set(body.vector)) < 2:
            return
        self._use(loop.bodies.term(body), loop.spread(body.vector))
        if self._orders:
            self._keys.append(Key(loop.bodies.term(body), body.vector))

    def settle(self) -> None:
        """Try keys of two parts."""
        start, self._paired = self._paired, min(len(self._keys), PAIRED)
        for wanted in self._orders:
            firsts = [self._signed(key, sign) for key in self._keys[: self._paired] for sign in (1, -1)]
            for place, first in enumerate(firsts):
                if first is None or not self._rises(first, wanted.vector):
                    continue
                for other, second in enumerate(self._keys[: self._paired]):
                    if max(place // 2, other) >= start:
                        self._try_pair(first, second)

    def _try_pair(self, first: Key, second: Key) -> None:
        op = Op(
            "({0}, {1})",
            (first.term.type, second.term.type),
            f"tuple[{first.term.type}, {second.term.type}]",
            1,
        )
        pairs = tuple(zip(first.vector, second.vector, strict=True))
        self._loop.spend(1)
        self._use(Apply(op, first.term, second.term), self._loop.spread(pairs))

    def _signed(self, key: Key, sign: int) -> Key | None:
        """The key, or a number turned around."""
        if sign > 0:
            return key
        if key.term.type != "int":
            return None
        turned: Any = key.vector
        return Key(Apply(_MINUS, key.term), tuple([-cell for cell in turned]))

    def _use(self, key: Term, keys: Sequence[tuple[Any, ...]]) -> None:
        loop, forms, result = self._loop, self._loop.forms, self._loop.frame.result
        places = [sorted(range(len(row)), key=row.__getitem__) for row in keys]
        rows = self._items
        kind = loop.source.collection
        result(kind, _arranged(rows, places), lambda: forms.ordered(key))
        down = [sorted(range(len(row)), key=row.__getitem__, reverse=True) for row in keys]
        result(kind, _arranged(rows, down), lambda: forms.ordered(key, reverse=True))
        if all(rows):
            least = tuple(row[order[0]] for row, order in zip(rows, places, strict=True))
            result(self._item, least, lambda: forms.extreme("min", key))
            most = tuple(row[order[0]] for row, order in zip(rows, down, strict=True))
            result(self._item, most, lambda: forms.extreme("max", key))

    def _rises(self, key: Key, wanted: Vector) -> bool:
        """Whether a key never falls along a wanted order."""
        for row, keys, cell in zip(self._items, self._loop.spread(key.vector), wanted, strict=True):
            assert isinstance(cell, tuple)
            by_item: dict[Cell, Any] = dict(zip(row, keys, strict=True))
            along = [by_item[item] for item in cell]
            if any(one > other for one, other in itertools.pairwise(along)):
                return False
        return True

    def _is_ordered(self, kind: str) -> bool:
        if kind not in self._ordered:
            self._ordered[kind] = kind != "bool" and ordered(parse_type(kind))
        return self._ordered[kind]


_MINUS = Op("-{0}", ("int",), "int", 2)


def _rearranged(rows: Sequence[tuple[Cell, ...]], wanted: Vector) -> bool:
    """Whether what is wanted has the elements of each row in some order."""
    return all(
        isinstance(cell, tuple) and Counter(row) == Counter(cell)
        for row, cell in zip(rows, wanted, strict=True)
    )


def _arranged(rows: Sequence[tuple[Cell, ...]], places: Sequence[Sequence[int]]) -> Vector:
    return tuple(tuple(row[place] for place in order) for row, order in zip(rows, places, strict=True))
