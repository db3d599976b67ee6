"""Sources over several collections, and over one in steps: each with each, two in turn, two or three side by side."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Vector
from aurora.synthesis.search.comprehension.names import named, role
from aurora.synthesis.search.comprehension.sources import ENUMERATE_COST, Pick, Source, sequence
from aurora.synthesis.search.terms import Leaf, Term, variable

ZIP_COST = 1
CROSSED_COST = 2
IN_TURN_COST = 2
STEPS_COST = 3
THREE_COST = 3

MOST = 60
"""The most pairs of one lane."""


def zipped(
    first: Term, second: Term, vectors: tuple[Vector, Vector], taken: Collection[str]
) -> Source | None:
    """Two collections side by side."""
    items = [item_of(term.type) for term in (first, second)]
    if not all(items):
        return None
    leaves = [variable(named(name, taken), item) for name, item in zip(("left", "right"), items, strict=True)]
    names = [leaf.text for leaf in leaves]
    rows = [
        tuple(zip(sequence(one), sequence(other), strict=False))
        for one, other in zip(*vectors, strict=True)
    ]  # fmt: skip
    return Source(
        f"{', '.join(names)} in zip({{0}}, {{1}})",
        [first, second],
        leaves,
        rows,
        cost=ZIP_COST,
        required=names,
    )


def enumerated_pairs(pairs: Source, taken: Collection[str]) -> Source:
    """Two collections side by side, with indexes."""
    index = variable(named("index", taken), "int")
    rows = [tuple((place, *pair) for place, pair in enumerate(row)) for row in pairs.rows]
    return Source(
        f"{index.text}, ({', '.join(pairs.names)}) in enumerate(zip({{0}}, {{1}}))", pairs.terms,
        [index, *pairs.variables], rows,
        cost=ZIP_COST + ENUMERATE_COST, required=[index.text, *pairs.names], picks=[Pick(index, "int")],
    )  # fmt: skip


def crossed(
    first: Term, second: Term, vectors: tuple[Vector, Vector], taken: Collection[str]
) -> Iterator[Source]:
    """Each item of one collection with each of another: ``for a in xs for b in ys``."""
    items = [item_of(term.type) for term in (first, second)]
    pairs = [
        tuple(itertools.product(sequence(one), sequence(other))) for one, other in zip(*vectors, strict=True)
    ]
    if not all(items) or any(len(row) > MOST for row in pairs):
        return
    leaves = _leaves(("left", "right"), items, taken)
    names = [leaf.text for leaf in leaves]
    yield Source(
        f"{names[0]} in {{0}} for {names[1]} in {{1}}", [first, second], leaves, pairs,
        cost=CROSSED_COST, required=names,
    )  # fmt: skip


def in_turn(
    first: Term, second: Term, vectors: tuple[Vector, Vector], taken: Collection[str]
) -> Iterator[Source]:
    """The items of two collections in turn: ``for pair in zip(xs, ys) for x in pair``."""
    items = [item_of(term.type) for term in (first, second)]
    if not items[0] or items[0] != items[1]:
        return
    pair = named("pair", taken)
    leaf = variable(named(_role(first.type), {*taken, pair}), items[0])
    rows = [
        tuple((item,) for both in zip(sequence(one), sequence(other), strict=False) for item in both)
        for one, other in zip(*vectors, strict=True)
    ]
    yield Source(
        f"{pair} in zip({{0}}, {{1}}) for {leaf.text} in {pair}", [first, second], [leaf], rows,
        cost=IN_TURN_COST, news=True,
    )  # fmt: skip


def in_steps(term: Term, vector: Vector, taken: Collection[str]) -> Iterator[Source]:
    """The first and second item, the third and fourth, and so on, where that comes out even."""
    item = item_of(term.type)
    rows = [sequence(cell) for cell in vector]
    if not item or any(len(row) % 2 for row in rows):
        return
    leaves = _leaves(("left", "right"), (item, item), taken)
    names = [leaf.text for leaf in leaves]
    yield Source(
        f"{', '.join(names)} in zip({{0}}[::2], {{0}}[1::2])", [term], leaves,
        [tuple(zip(row[::2], row[1::2], strict=True)) for row in rows],
        cost=STEPS_COST, required=names,
    )  # fmt: skip


def neighbours(term: Term, vector: Vector, taken: Collection[str]) -> Iterator[Source]:
    """Each item between the one before and the one after it."""
    item = item_of(term.type)
    if not item:
        return
    leaves = _leaves(("left", "right", "third"), (item, item, item), taken)
    names = [leaf.text for leaf in leaves]
    rows = [sequence(cell) for cell in vector]
    yield Source(
        f"{', '.join(names)} in zip({{0}}, {{0}}[1:], {{0}}[2:])", [term], leaves,
        [tuple(zip(row, row[1:], row[2:], strict=False)) for row in rows],
        cost=THREE_COST, required=names, picks=[Pick(leaf, item) for leaf in (leaves[1], leaves[0], leaves[2])],
    )  # fmt: skip


def item_of(type_: str) -> str:
    """The type of the items of a list or text, else nothing."""
    parsed = parse_type(type_)
    if parsed.head == "str":
        return "str"
    return str(parsed.args[0]) if parsed.head == "list" else ""


def _leaves(roles: Sequence[str], items: Sequence[str], taken: Collection[str]) -> list[Leaf]:
    return [variable(named(name, taken), item) for name, item in zip(roles, items, strict=True)]


def _role(type_: str) -> str:
    return "character" if type_ == "str" else role(item_of(type_))
