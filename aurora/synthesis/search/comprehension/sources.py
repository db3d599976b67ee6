"""The collections that comprehensions go over, and what their elements are called.

A source is a clause, such as ``for i, x in enumerate({0})``, with the terms that stand in it, the variables it
binds, and the values that these take: for each lane of the frame a row of elements.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from aurora.specs.types import Type, parse_type
from aurora.synthesis.cells import Cell, Mapping, Vector, is_variadic, optional
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.names import named, role
from aurora.synthesis.search.terms import Apply, Leaf, Term, variable

Element = tuple[Cell, ...]
"""The values of the bound variables, for one turn of the clause."""

ENUMERATE_COST = 3
ADJACENT_COST = 2
FLAT_COST = 2
PAIRS_COST = 5
THERE_COST = 2


class Pick(NamedTuple):
    """What a filter may keep of an element: a term over the bound variables, its type, where its value is."""

    term: Term
    type: str


class Source:
    """A clause and its elements. ``required`` are the variables without which a plainer clause would do."""

    def __init__(
        self,
        clause: str,
        terms: Sequence[Term],
        variables: Sequence[Leaf],
        rows: Sequence[Sequence[Element]],
        *,
        cost: int = 0,
        required: Sequence[str] = (),
        picks: Sequence[Pick] = (),
        collection: str = "",
        ordered: bool = True,
        single: Leaf | None = None,
        test: str = "",
        news: bool = False,
    ) -> None:
        self.clause = clause
        self.terms = tuple(terms)
        self.variables = tuple(variables)
        self.rows = tuple(tuple(row) for row in rows)
        self.cost = cost
        self.required = frozenset(required)
        self.picks = tuple(picks) or tuple(Pick(each, each.type) for each in variables)
        self.collection = collection
        """The type of the collection, where it is one collection and its elements are the first pick."""
        self.ordered = ordered
        self.single = single
        """A name for the whole element, where functions of one argument are wanted (keys of sorting)."""
        self.test = test
        """What holds for the elements: a condition that belongs to the clause."""
        self.news = news or bool(test)
        """Whether the list of the elements as they are is worth having: it is no collection that there was before."""

    @property
    def price(self) -> int:
        """What the clause costs with its terms."""
        return self.cost + sum(term.cost for term in self.terms)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the bound variables."""
        return tuple(leaf.text for leaf in self.variables)

    def bound(self, used: Collection[str]) -> str:
        """The clause for a body that uses these variables: parts that nobody looks at are not named."""
        if self.test:
            used = {*used, self.names[-1]}
        if self.clause == _ITEMS:
            key, value = self.names
            if key not in used:
                return f"{value} in {{0}}.values()"
            return self.clause.format(key=key, value=value) if value in used else f"{key} in {{0}}"
        if self.clause == _UNPACKED:
            names = [name if name in used else "_" for name in self.names]
            return f"{', '.join(names)} in {{0}}"
        return self.clause


_ITEMS = "{key}, {value} in {{0}}.items()"
_UNPACKED = "unpacked"
_TRANSPOSED = "[list(column) for column in zip(*{0})]"


def sources_of(term: Term, vector: Vector, taken: Collection[str]) -> Iterator[Source]:
    """The plain source over the elements of a collection."""
    type_ = parse_type(term.type)
    if type_.head == "str":
        yield each_of(term, vector, "str", "character", taken)
    elif type_.head in ("list", "set") or (type_.head == "tuple" and is_variadic(type_)):
        item = str(type_.args[0])
        if type_.head == "set":
            vector = tuple(_sorted(cell) for cell in vector)
        parts = type_.args[0].args if type_.args[0].head == "tuple" and not is_variadic(type_.args[0]) else ()
        if len(parts) in (2, 3):
            yield _unpacked(term, vector, item, [str(part) for part in parts], taken)
        else:
            name = "index" if _is_range(term) else "column" if _is_transposed(term) else role(item)
            yield each_of(term, vector, item, name, taken, ordered=type_.head != "set")
            yield from _there(term, vector, type_.args[0], taken)
    elif type_.head == "dict":
        yield _items(term, vector, [str(part) for part in type_.args], taken)
        yield from _entries_there(term, vector, type_, taken)


def further_sources(term: Term, vector: Vector, taken: Collection[str]) -> Iterator[Source]:
    """With indexes, in adjacent pairs, the elements of elements, each element with each later one."""
    type_ = parse_type(term.type)
    if type_.head not in ("list", "str"):
        return
    item = str(type_.args[0]) if type_.args else "str"
    name = named(role(item) if type_.args else "character", taken)
    inner = variable(name, item)
    index = variable(named("index", taken), "int")
    rows = [sequence(cell) for cell in vector]
    yield Source(
        f"{index.text}, {name} in enumerate({{0}})", [term], [index, inner],
        [tuple(enumerate(row)) for row in rows],
        cost=ENUMERATE_COST, required=[index.text], picks=[Pick(inner, item), Pick(index, "int")],
    )  # fmt: skip
    left, right = variable(named("left", taken), item), variable(named("right", taken), item)
    yield Source(
        f"{left.text}, {right.text} in zip({{0}}, {{0}}[1:])", [term], [left, right],
        [tuple(itertools.pairwise(row)) for row in rows],
        cost=ADJACENT_COST + (type_.head == "str"), required=[left.text, right.text],
        picks=[Pick(right, item), Pick(left, item)],
    )  # fmt: skip
    if type_.args and type_.args[0].head == "list":
        part = str(type_.args[0].args[0])
        leaf = variable(named(role(part), {*taken, name}), part)
        flat = [tuple((one,) for each in row for one in sequence(each)) for row in rows]
        yield Source(
            f"{name} in {{0}} for {leaf.text} in {name}", [term], [leaf], flat,
            cost=FLAT_COST, required=[leaf.text], collection=f"list[{part}]",
        )  # fmt: skip
    if all(len(row) <= 8 for row in rows):
        later = [tuple((a, b) for i, a in enumerate(row) for b in row[i + 1 :]) for row in rows]
        yield Source(
            f"{index.text}, {left.text} in enumerate({{0}}) for {right.text} in {{0}}[{index.text} + 1:]",
            [term], [left, right], later, cost=PAIRS_COST, required=[left.text, right.text],
        )  # fmt: skip


def iterated(term: Term) -> Term:
    """The term as a clause goes over it: a range need not become a list for that."""
    if isinstance(term, Apply) and term.op.text == _TRANSPOSED:
        # Its columns are tuples then, which matters to few bodies: the offer finds out.
        return Apply(Op("zip(*{0})", term.op.arguments, term.op.returns, term.op.cost), *term.arguments)
    if isinstance(term, Apply) and term.op.text.startswith(("list(range(", "list({0}.")):
        op = term.op
        return Apply(Op(op.text[5:-1], op.arguments, op.returns, op.cost), *term.arguments)
    return term


def each_of(
    term: Term, vector: Vector, item: str, name: str, taken: Collection[str], *, ordered: bool = True
) -> Source:
    """The plain source over the elements of ``vector``, of type ``item``, in the role ``name``."""
    leaf = variable(named(name, taken), item)
    rows = [tuple((cell,) for cell in sequence(row)) for row in vector]
    return Source(
        f"{leaf.text} in {{0}}", [iterated(term)], [leaf], rows,
        collection=term.type, ordered=ordered, single=leaf,
    )  # fmt: skip


def _unpacked(term: Term, vector: Vector, item: str, parts: Sequence[str], taken: Collection[str]) -> Source:
    leaves = [
        variable(named(name, taken), part)
        for name, part in zip(("left", "right", "third"), parts, strict=False)
    ]
    holes = ", ".join(f"{{{place}}}" for place in range(len(leaves)))
    whole = Apply(Op(f"({holes})", tuple(parts), item, 1), *leaves)
    rows = [tuple(sequence(cell) for cell in sequence(row)) for row in vector]
    return Source(
        _UNPACKED, [iterated(term)], leaves, rows,
        picks=[Pick(whole, item), *(Pick(leaf, leaf.type) for leaf in leaves)],
        collection=term.type, single=variable(named("pair", taken), item),
    )  # fmt: skip


def _items(term: Term, vector: Vector, parts: Sequence[str], taken: Collection[str]) -> Source:
    key, value = (
        variable(named(name, taken), part) for name, part in zip(("key", "value"), parts, strict=True)
    )
    rows = [tuple(cell.items()) if isinstance(cell, Mapping) else () for cell in vector]
    return Source(_ITEMS, [term], [key, value], rows, cost=1)


def _there(term: Term, vector: Vector, item: Type, taken: Collection[str]) -> Iterator[Source]:
    """The elements that are not None, as what they are then."""
    inner = optional(item)
    if inner is not None:
        leaf = variable(named(role(str(inner)), taken), str(inner))
        rows = [tuple((cell,) for cell in sequence(row) if cell is not None) for row in vector]
        yield Source(
            f"{leaf.text} in {{0}}", [iterated(term)], [leaf], rows,
            cost=THERE_COST, ordered=not term.type.startswith("set["), test=f"{leaf.text} is not None",
        )  # fmt: skip


def _entries_there(term: Term, vector: Vector, type_: Type, taken: Collection[str]) -> Iterator[Source]:
    """The entries of a dictionary whose value is not None."""
    inner = optional(type_.args[1])
    if inner is not None:
        key, value = (
            variable(named("key", taken), str(type_.args[0])),
            variable(named("value", taken), str(inner)),
        )
        rows = [
            tuple((at, cell) for at, cell in table.items() if cell is not None)
            if isinstance(table, Mapping)
            else ()
            for table in vector
        ]
        yield Source(
            _ITEMS, [term], [key, value], rows, cost=1 + THERE_COST, test=f"{value.text} is not None"
        )


def sequence(cell: Cell) -> tuple[Cell, ...]:
    """The items of a list or text."""
    if isinstance(cell, str):
        return tuple(cell)
    return cell if isinstance(cell, tuple) else ()


def _sorted(cell: Cell) -> tuple[Cell, ...]:
    """The elements of a set in an order that does not depend on hashes."""
    assert isinstance(cell, frozenset)
    return tuple(sorted(cell, key=lambda item: (type(item).__name__, repr(item))))


def _is_transposed(term: Term) -> bool:
    return isinstance(term, Apply) and term.op.text == _TRANSPOSED


def _is_range(term: Term) -> bool:
    return isinstance(term, Apply) and term.op.text.startswith("list(range(")
