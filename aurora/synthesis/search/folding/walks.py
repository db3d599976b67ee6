"""Walks: the turns of a loop, as far as they do not depend on what the loop accumulates.

A ``for`` over a collection is a walk, and so is a ``while`` that counts a number down or cuts off its digits:
which values its variables take is known before anything is accumulated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, Mapping, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.folding.wording import Wording
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, mentions, variable

MOST_TURNS = 200
"""Turns of one lane. Longer walks say nothing that shorter ones do not."""

Turn = tuple[Cell, ...]


class Walk(NamedTuple):
    """A loop without its body.

    ``head`` are the lines that open it, each inside the one before, with holes for ``sources``; ``before``
    stands in front of it, ``start`` and ``after`` begin and end each turn. ``variables`` take the values of
    ``turns``, of which each lane has its own; those of ``shorthand`` stand for terms of others. ``driver`` is
    a parameter that the loop uses up, with the variable that may stand for it; ``@`` in the lines is either. ``eager``
    walks take their turn earlier than their cost says.
    """

    head: tuple[str, ...]
    sources: tuple[Term, ...]
    variables: tuple[Leaf, ...]
    turns: tuple[tuple[Turn, ...], ...]
    cost: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    driver: tuple[Leaf, Leaf] | None = None
    shorthand: tuple[tuple[Leaf, Term], ...] = ()
    start: tuple[str, ...] = ()
    eager: int = 0

    @property
    def useful(self) -> bool:
        """Whether the walk has turns, not too many, and not the same number of the same on each lane."""
        most = max(map(len, self.turns), default=0)
        return 1 < most <= MOST_TURNS and (len(self.turns) == 1 or len(set(self.turns)) > 1)


_DERIVED = -2
"""How much later than its cost says a collection has its turn that is made from what is given."""


class Collections:
    """The walks over what the hunt's bank holds. Invariant: no two over the same values."""

    def __init__(self, hunt: Hunt, *, most: int = 4) -> None:
        self._hunt = hunt
        self._most = most
        self._names = Names(hunt.inspector.names)
        self._wording = Wording(hunt.problem)
        self._cost = 0
        self._seen: set[tuple[tuple[Turn, ...], ...]] = set()
        self._given: dict[str, int] = {}

    def fresh(self) -> Iterator[Walk]:
        """The walks over collections of levels that were built since the last call."""
        hunt = self._hunt
        if not self._cost:
            for walk in ranges(hunt):
                self._seen.add(walk.turns)
                yield walk
        for cost in range(self._cost + 1, min(hunt.bank.cost, 6) + 1):
            for kind in sorted(hunt.bank.columns):
                if kind == "str" or kind.startswith(("list[", "dict[")):
                    start, stop = hunt.bank.columns[kind].levels.get(cost, (0, 0))
                    for place in range(start, stop):
                        yield from self._over(
                            hunt.bank.term(kind, place), hunt.bank.columns[kind].values[place]
                        )
        self._cost = max(self._cost, hunt.bank.cost)

    def _over(self, term: Term, vector: Vector) -> Iterator[Walk]:
        """The walks over one collection: plain, with indexes, with what came before, and into rows."""
        kind = term.type
        if not mentions(term) or not _natural(term):
            return
        parameter = isinstance(term, Leaf)
        if not parameter and self._given.get(kind, 0) >= self._most:
            return
        if kind.startswith("dict["):
            yield from self._over_items(term, vector)
            return
        rows = [_sequence(cell) for cell in vector]
        element = "str" if kind == "str" else str(parse_type(kind).args[0])
        name = self._names.element(
            term.text if isinstance(term, Leaf) else "", element, letters=kind == "str"
        )
        each = self._bound(name, element)
        turns = [tuple(_unpacked(item, each) for item in row) for row in rows]
        target = ", ".join(leaf.text for leaf in each)
        eager = 0 if parameter else _DERIVED
        walk = Walk((f"for {target} in {{}}:",), (term,), each, tuple(turns), term.cost, eager=eager)
        if not walk.useful or walk.turns in self._seen:
            return
        self._seen.add(walk.turns)
        self._given[kind] = self._given.get(kind, 0) + (not parameter)
        yield walk
        if element.startswith("list["):
            yield from self._into(walk)
        if parameter and len(each) == 1:
            index = variable(self._names.free("i", "index"), "int")
            yield walk._replace(
                head=(f"for {index.text}, {target} in enumerate({{}}):",),
                variables=(index, *each),
                turns=tuple(tuple((place, *turn) for place, turn in enumerate(row)) for row in turns),
                cost=term.cost + self._wording.cost(3, "index position"),
            )  # fmt: skip
        if term.cost <= 2 and len(each) == 1:
            yield self._with_previous(walk, each[0])

    def _bound(self, name: str, element: str) -> tuple[Leaf, ...]:
        """One variable, or one for each part of a fixed tuple."""
        type_ = parse_type(element)
        if type_.head != "tuple" or any(part.head == "..." for part in type_.args):
            return (variable(name, element),)
        wishes = ("key", "value") if len(type_.args) == 2 else ("first", "second", "third", "fourth", "fifth")
        return tuple(
            variable(self._names.free(wish), str(part))
            for wish, part in zip(wishes, type_.args, strict=False)
        )

    def _over_items(self, term: Term, vector: Vector) -> Iterator[Walk]:
        key, value = map(str, parse_type(term.type).args)
        names = variable(self._names.free("key"), key), variable(self._names.free("value", "item"), value)
        turns = tuple(tuple(cell.items()) if isinstance(cell, Mapping) else () for cell in vector)
        walk = Walk(
            (f"for {names[0].text}, {names[1].text} in {{}}.items():",), (term,), names, turns, term.cost + 1
        )
        if walk.useful:
            yield walk
            if value.startswith("list["):
                yield from self._into(walk)

    def _into(self, walk: Walk) -> Iterator[Walk]:
        """The walk over the items of the rows that ``walk`` goes through."""
        *outer, row = walk.variables
        element = str(parse_type(row.type).args[0])
        item = variable(Names([*self._hunt.inspector.names, row.text]).element(row.text, element), element)
        turns = tuple(
            tuple((*turn, one) for turn in lane for one in _sequence(turn[-1])) for lane in walk.turns
        )
        inner = walk._replace(
            head=(*walk.head, f"for {item.text} in {row.text}:"),
            variables=(*outer, row, item),
            turns=turns,
            cost=walk.cost + 3,
        )
        if inner.useful:
            yield inner

    def _with_previous(self, walk: Walk, each: Leaf) -> Walk:
        previous = variable(self._names.free("previous", "before"), each.type)
        (term,) = walk.sources
        rest = Apply(Op("{0}[1:]", (term.type,), term.type, 1), term)
        turns = tuple(tuple((old[0], new[0]) for old, new in pairwise(lane)) for lane in walk.turns)
        return walk._replace(
            head=(f"for {previous.text}, {each.text} in zip({{}}, {{}}):",),
            sources=(term, rest),
            variables=(previous, each),
            turns=turns,
            cost=walk.cost + self._wording.cost(3, "consecutive adjacent previous run streak neighbo"),
        )

    def remembering(self, walk: Walk) -> Iterator[Walk]:
        """The walk over a parameter with what was seen before, and with the total so far."""
        if len(walk.sources) != 1 or not isinstance(walk.sources[0], Leaf) or len(walk.head) > 1:
            return
        each = walk.variables[-1]
        if each.type in ("int", "str"):
            seen = variable(self._names.free("seen", "known"), f"set[{each.type}]")
            yield walk._replace(
                variables=(*walk.variables, seen),
                turns=tuple(
                    tuple((*turn, frozenset(old[-1] for old in lane[:place])) for place, turn in enumerate(lane))
                    for lane in walk.turns
                ),
                cost=walk.cost + self._wording.cost(2, "duplicat repeat seen twice already first"),
                before=(f"{seen.text} = set()",),
                after=(f"{seen.text}.add({each.text})",),
            )  # fmt: skip
        if each.type == "int":
            total = variable(self._names.free("total", "running"), "int")
            yield walk._replace(
                variables=(*walk.variables, total),
                turns=tuple(
                    tuple((*turn, sum(_whole(old[-1]) for old in lane[: place + 1])) for place, turn in enumerate(lane))
                    for lane in walk.turns
                ),
                cost=walk.cost + self._wording.cost(4, "running cumul total so far sum"),
                before=(f"{total.text} = 0",),
                start=(f"{total.text} += {each.text}",),
            )  # fmt: skip


def ranges(hunt: Hunt) -> Iterator[Walk]:
    """Counting up to a parameter."""
    number = variable(Names(hunt.inspector.names).free("i", "k", "number"), "int")
    for leaf, vector in hunt.parameters:
        for first, text, cost in _RANGES if leaf.type == "int" else ():
            last = 1 if "+ 1" in text else 0
            source = Apply(Op(text, ("int",), "list[int]", cost - 1), leaf)
            lanes = [range(first, min(_whole(count) + last, MOST_TURNS + 2)) for count in vector]
            turns = tuple(tuple((place,) for place in lane) for lane in lanes)
            walk = Walk((f"for {number.text} in {{}}:",), (source,), (number,), turns, cost)
            if walk.useful:
                yield walk


def counted(hunt: Hunt) -> Iterator[Walk]:
    """Ranges of which only the length matters: each length once."""
    seen = set()
    for walk in ranges(hunt):
        lengths = tuple(map(len, walk.turns))
        if lengths not in seen:
            seen.add(lengths)
            yield walk


def _natural(term: Term) -> bool:
    """Whether people go over such a collection: none that is pasted together or cut to pieces first."""
    if isinstance(term, Leaf):
        return True
    if term.op.text == "str({0})":
        return isinstance(term.arguments[0], Leaf)
    if term.op.text in ("{0}[{1}:]", "{0}[:{1}]"):
        cut = term.arguments[1]
        return isinstance(cut, Leaf) and (cut.variable or cut.text in ("1", "-1"))
    return term.op.text not in _PASTED


_PASTED = ("{0} + {1}", "{0} * {1}", "[{0}]", "[{0}, {1}]")
"""Nobody goes over a collection that is pasted together."""

_RANGES: tuple[tuple[int, str, int], ...] = (
    (0, "range({0})", 2),
    (1, "range(1, {0} + 1)", 3),
    (2, "range(2, {0} + 1)", 4),
    (1, "range(1, {0})", 4),
)
"""First number, text and cost."""


def captured(hunt: Hunt, walk: Walk) -> list[tuple[Leaf, Vector]]:
    """The scalar parameters that a body may look at besides what it is given."""
    taken = {leaf.text for leaf in walk.variables} | ({walk.driver[0].text} if walk.driver else set())
    return [
        (leaf, vector)
        for leaf, vector in hunt.parameters
        if leaf.type in ("int", "float", "str", "bool") and leaf.text not in taken
        and leaf not in walk.sources
    ]  # fmt: skip


def _whole(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _sequence(cell: Cell) -> Sequence[Cell]:
    return cell if isinstance(cell, tuple | str) else ()


def _unpacked(item: Cell, names: tuple[Leaf, ...]) -> Turn:
    return item if len(names) > 1 and isinstance(item, tuple) else (item,)


def _variable(term: Term) -> bool:
    """Whether the term depends on a parameter."""
    return bool(mentions(term))
