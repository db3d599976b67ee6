"""Programs one edit away from the answer: which of them fit the examples as well and mean something else?

An enumeration up to a cost cannot see far beyond the cheapest programs; near a dear one, the likeliest mistakes
are small: a comparison that should be strict, a constant off by one, one ``lower()`` too few, the first instead
of the last, a constant that should have been a parameter. So every subterm of the answer is replaced:

* by the same operator's siblings, its own arguments, and simple operators around it;
* by every entry of a bank of its type that costs at most ``REACH`` more;
* inside a comprehension or loop, by the entries of a small bank over the values that the bound variables took.

Order: outermost subterm first, then by cost. Whatever fits the lanes is offered as a whole program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from aurora.specs.types import Type, parse_type
from aurora.specs.values import Value
from aurora.synthesis.candidates import Inspector, agrees
from aurora.synthesis.cells import Raised, Unsupported, Vector, decode, encode, sound
from aurora.synthesis.operators.op import Op
from aurora.synthesis.rules import Function
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.confidence import REACH
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import (
    Apply,
    Leaf,
    Term,
    has_prelude,
    mentions,
    parts,
    program,
    text,
    variable,
)

ENTRIES = 1_500
"""Entries of a bank tried in one place."""

BODIES = 300
"""Bodies tried in one place."""

INNER_LANES = 10
INNER_WORK = 6_000
"""Lanes of a bank over bound variables, and evaluations that it may take."""

CALL, COMPILATION = 4, 40
"""What a call in a context and the compilation of a body are charged, in evaluations."""

HOLE = "hole_"

Path = tuple[int, ...]


class Place(NamedTuple):
    """A subterm by its path from the root, with the variables that are bound around it: name to type."""

    path: Path
    term: Term
    scope: Mapping[str, str]


class Neighbours:
    """The neighbourhood of one term, up to ``REACH`` dearer. ``hunt`` has probes; its bank has the replacements."""

    def __init__(self, term: Term, hunt: Hunt, offer: Callable[[Term], None]) -> None:
        self._root = term
        self._hunt = hunt
        self._inspector: Inspector = hunt.inspector
        self._offer = offer
        self._rows = [*(self._inspector.examples[lane] for lane in hunt.lanes)]
        self._wanted = [self._inspector.wanted[lane] for lane in hunt.lanes]

    def look(self) -> Iterator[None]:
        """Offer what fits, place after place."""
        for place in places(self._root):
            for edited in self._edits(place):
                self._offer(edited)
            yield
            if not place.scope.keys() & mentions(place.term):
                self._from_bank(place)
            if place.scope and not has_prelude(place.term):
                self._from_bodies(place)
            yield

    # --- edits

    def _edits(self, place: Place) -> Iterator[Term]:
        term = place.term
        ops = [*self._hunt.operators, *self._hunt.inner_operators]
        seen: set[str] = set()
        for edited in (*_siblings(term, ops), *_wrapped(term, ops)):
            shown = text(edited)[0]
            if edited.cost <= term.cost + REACH and shown not in seen:
                seen.add(shown)
                yield replaced(self._root, place.path, edited)

    # --- entries of the bank

    def _from_bank(self, place: Place) -> None:
        bank, term = self._hunt.bank, place.term
        column = bank.columns.get(term.type)
        if column is None:
            return
        held = Leaf(HOLE, term.type, 0, variable=True)
        context = self._compiled(replaced(self._root, place.path, held))
        kind = parse_type(term.type)
        for index in range(min(len(column.values), ENTRIES)):
            if bank.cost_of(term.type, index) > term.cost + REACH:
                break
            values = [decode(cell, kind) for cell in column.values[index][: len(self._rows)]]
            if self._fits(context, values):
                self._offer(replaced(self._root, place.path, bank.term(term.type, index)))

    # --- bodies over bound variables

    def _from_bodies(self, place: Place) -> None:
        names = self._parameters() | dict(place.scope)
        bank = self._inner_bank(place, names)
        if bank is None:
            return
        call = Leaf(f"{HOLE}({', '.join(names)})", place.term.type, 0, variable=True)
        context = self._compiled(replaced(self._root, place.path, call))
        tried = 0
        for index in range(len(bank.columns[place.term.type].values)):
            if tried >= BODIES or bank.cost_of(place.term.type, index) > place.term.cost + REACH:
                break
            body = bank.term(place.term.type, index)
            if text(body) == text(place.term) or not mentions(body) & place.scope.keys():
                continue
            tried += 1
            self._hunt.spend(COMPILATION)
            function = self._function(body, names)
            if self._fits(context, [function] * len(self._rows)):
                self._offer(replaced(self._root, place.path, body))

    def _inner_bank(self, place: Place, names: Mapping[str, str]) -> Bank | None:
        """A bank whose lanes are the values that the variables take where ``place`` is evaluated."""
        lanes = self._lanes(place, names)
        hunt = self._hunt
        if not lanes:
            return None
        types = hunt.types | set(names.values()) | {place.term.type}
        bank = Bank(
            hunt.inner_operators, sorted(types), len(lanes), self._inspector.library_functions(), most=INNER_WORK
        )  # fmt: skip
        for column, (name, kind) in enumerate(names.items()):
            bank.offer(variable(name, kind), tuple(lane[column] for lane in lanes))
        for leaf, cell in hunt.constants:
            bank.offer(leaf, (cell,) * len(lanes))
        work = 0
        while bank.cost < place.term.cost + REACH and work < INNER_WORK:
            for evaluations in bank.grow():
                hunt.spend(evaluations)
                work += evaluations
        return bank

    def _lanes(self, place: Place, names: Mapping[str, str]) -> list[Vector]:
        """Different values of the variables, a few from each input in turn."""
        call = Leaf(f"{HOLE}({', '.join(names)})", place.term.type, 0, variable=True)
        context = self._compiled(replaced(self._root, place.path, call))
        original = self._function(place.term, names)
        kinds = [parse_type(kind) for kind in names.values()]
        found: list[list[Vector]] = []
        for row in (*self._rows, *self._hunt.probes):
            taken: dict[Vector, None] = {}

            def record(*values: Value, taken: dict[Vector, None] = taken) -> Value:
                if len(taken) < INNER_LANES:
                    cells = _encoded(values, kinds)
                    if cells is not None:
                        taken[cells] = None
                result: Value = original(*values)
                return result

            self._call(context, row, record)
            found.append(list(taken))
        lanes: dict[Vector, None] = {}
        for turn in range(INNER_LANES):
            for values in found:
                if turn < len(values) and len(lanes) < INNER_LANES:
                    lanes[values[turn]] = None
        return list(lanes)

    # --- running

    def _parameters(self) -> dict[str, str]:
        return {leaf.text: leaf.type for leaf, _ in self._hunt.parameters}

    def _compiled(self, term: Term) -> Function:
        self._hunt.spend(COMPILATION)
        return self._inspector.compiled(program(term), (HOLE,))

    def _function(self, body: Term, names: Mapping[str, str]) -> Function:
        return self._inspector.inline(text(body)[0], tuple(names))

    def _fits(self, context: Function, held: list[Any]) -> bool:
        for row, wanted, value in zip(self._rows, self._wanted, held, strict=True):
            if isinstance(value, Raised) or not agrees(self._call(context, row, value), wanted):
                return False
        return True

    def _call(self, context: Function, row: tuple[Value, ...], held: object) -> Value | Raised:
        self._hunt.spend(CALL)
        return self._inspector.result(context, (*row, held))


def _encoded(values: Sequence[Value], kinds: Sequence[Type]) -> Vector | None:
    """Values as cells; nothing where one has none, as NaN."""
    try:
        cells = tuple(encode(value, kind) for value, kind in zip(values, kinds, strict=True))
    except (Unsupported, TypeError):
        return None
    return cells if all(map(sound, cells)) else None


def places(term: Term) -> Iterator[Place]:
    """Every subterm, outermost first."""
    waiting = [Place((), term, {})]
    for place in waiting:
        yield place
        if isinstance(place.term, Apply):
            bound = frozenset(place.term.op.binds)
            for index, argument in enumerate(place.term.arguments):
                inside = bound & mentions(argument)
                kinds = {part.text: part.type for part in parts(argument) if isinstance(part, Leaf)}
                scope = {**place.scope, **{name: kinds[name] for name in sorted(inside)}}
                waiting.append(Place((*place.path, index), argument, scope))


def replaced(root: Term, path: Path, new: Term) -> Term:
    """``root`` with ``new`` at ``path``."""
    if not path:
        return new
    assert isinstance(root, Apply)
    first, rest = path[0], path[1:]
    return Apply(
        root.op,
        *(
            replaced(argument, rest, new) if index == first else argument
            for index, argument in enumerate(root.arguments)
        ),
    )


def _siblings(term: Term, ops: list[Op]) -> Iterator[Term]:
    """Other operators on the same arguments, the arguments swapped, and an argument in its own place."""
    if not isinstance(term, Apply):
        return
    for op in ops:
        if op.arguments == term.op.arguments and op.returns == term.type and op.text != term.op.text:
            yield Apply(op, *term.arguments)
    if len(term.arguments) == 2 and not term.op.commutative and term.op.arguments[0] == term.op.arguments[1]:
        yield Apply(term.op, *term.arguments[::-1])
    for argument in term.arguments:
        if argument.type == term.type and not mentions(argument) & set(term.op.binds):
            yield argument


def _wrapped(term: Term, ops: list[Op]) -> Iterator[Term]:
    """Operators from the term's type to itself, around it."""
    for op in ops:
        if op.arguments == (term.type,) and op.returns == term.type:
            yield Apply(op, term)
