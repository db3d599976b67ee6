"""Bodies: every expression over an element, and what is captured, by its values on the distinct elements.

Each distinct element of every lane of the frame (with the captured values there) is a lane of its own. Order:
by cost. Invariant: of the bodies that agree on all lanes, the first found, a cheapest one, is the only one
that is given out, except that each body which has a wanted vector is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import add, sub
from typing import Any, NamedTuple

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.operators.tables import operators
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.comprehension.aggregates import comparisons
from aurora.synthesis.search.comprehension.sources import Element, Source
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.kernels import Derivation
from aurora.synthesis.search.terms import Apply, Leaf, Term, mentions

LANES = 110
"""The most lanes of one bank; of more elements the shorter rows are taken, and the offer checks the rest."""

BODIES = 12_000
"""The most bodies of a bank of few lanes."""

PAUSE = 400
"""Evaluations between two looks at what was found."""

BLOCK_COST = 4
USE_COST = 12
"""A block of work, and the use of a body, in evaluations."""

PLANTED_LEVEL = 5
"""The level at which bodies are there that are more often meant than their cost says."""

_IN = Op("{0} in {1}", ("str", "str"), "bool", 3)
_SPLIT = Op("{0}.split({1})", ("str", "str"), "list[str]", 4)
_ORD = Op("ord({0})", ("str",), "int", 4)
_PLUS = Op("{0} + {1}", ("int", "int"), "int", 2)
_MINUS = Op("{0} - {1}", ("int", "int"), "int", 2)

CAPTURED_LEVEL = 3
"""The level at which what is captured is there at the latest: the loop was begun for it."""

CAPTURED = 1 << 8
"""The bit of a body that mentions something captured."""


class Body(NamedTuple):
    """A body: where it is in the bank, its vector, and the variables that it mentions, as bits."""

    type: str
    place: int
    vector: Vector
    mask: int


class Grid(NamedTuple):
    """The elements as lanes: the frame's lanes that have a place, each with the lanes of its elements."""

    rows: tuple[int, ...]
    positions: tuple[tuple[int, ...], ...]
    lanes: tuple[tuple[int, Element], ...]


def grid(source: Source, captures: Sequence[tuple[Term, Vector]]) -> Grid:
    """The distinct elements of the shorter rows, so many that they fit."""
    order = sorted(range(len(source.rows)), key=lambda row: (len(source.rows[row]), row))
    known: dict[tuple[Cell, ...], int] = {}
    lanes: list[tuple[int, Element]] = []
    places: dict[int, tuple[int, ...]] = {}
    for row in order:
        around = tuple(vector[row] for _, vector in captures)
        fresh = {(*around, *element) for element in source.rows[row]} - known.keys()
        if len(lanes) + len(fresh) > LANES:
            continue
        for element in source.rows[row]:
            if (*around, *element) not in known:
                known[(*around, *element)] = len(lanes)
                lanes.append((row, element))
        places[row] = tuple(known[(*around, *element)] for element in source.rows[row])
    rows = tuple(sorted(places))
    return Grid(rows, tuple(places[row] for row in rows), tuple(lanes))


def bodily(hunt: Hunt, types: frozenset[str]) -> list[Op]:
    """The operators of bodies; over types that the hunt itself does not look at, where a source brings them."""
    if types == hunt.types:
        return hunt.inner_operators
    return operators(types, " ".join((hunt.problem.prose, *hunt.problem.hints)), inner=True)


class LaneBank:
    """The bodies over one grid."""

    def __init__(
        self, hunt: Hunt, source: Source, grid: Grid, captures: Sequence[tuple[Term, Vector]]
    ) -> None:
        self._hunt = hunt
        self.size = len(grid.lanes)
        most = BODIES if self.size < 40 else BODIES // 2
        types = hunt.types | {leaf.type for leaf in source.variables}
        self.bank = Bank(
            bodily(hunt, types), sorted(types), self.size, hunt.inspector.library_functions(), most=most,
            keep_partials=True,
        )  # fmt: skip
        self._bits = {leaf.text: 1 << place for place, leaf in enumerate(source.variables)}
        self.elements: list[tuple[Leaf, Vector]] = [
            (leaf, tuple(element[place] for _, element in grid.lanes))
            for place, leaf in enumerate(source.variables)
        ]
        self.captures: list[tuple[Term, Vector]] = [
            (term, self._captured(vector, grid))
            for term, vector in captures
            if term.type in self.bank.columns
        ]
        for leaf, vector in self.elements:
            if leaf.type in self.bank.columns:
                self.bank.offer(leaf, vector)
        for term, vector in self.captures:
            self.bank.offer(term, vector, min(term.cost, CAPTURED_LEVEL))
        for leaf, cell in hunt.constants:
            self.bank.offer(leaf, (cell,) * self.size)
        self._plant_memberships()
        self._plant_shifts()
        self._plant_fields()
        for planted in comparisons(
            self.elements, [(term, self._captured(vector, grid)) for term, vector in captures]
        ):
            if planted.term.type in self.bank.columns:
                self.bank.offer(planted.term, planted.vector, CAPTURED_LEVEL + planted.step)
        self._masks: dict[str, list[int]] = {kind: [] for kind in self.bank.columns}
        self._fed: set[tuple[str, Vector]] = set()
        # One evaluation of the main bank has about six lanes.
        self._weight = max(1, self.size // 8)

    @staticmethod
    def _captured(vector: Vector, grid: Grid) -> Vector:
        return tuple(vector[row] for row, _ in grid.lanes)

    def _plant_memberships(self) -> None:
        """Let bodies begin with ``c in 'aeiou'``: nobody writes a text of letters down for anything else."""
        texts = [
            (leaf, cell) for leaf, cell in self._hunt.constants if isinstance(cell, str) and len(cell) > 2
        ]
        for leaf, letters in self._characters():
            for text, cell in texts:
                held = tuple(letter in cell for letter in letters)
                if True in held and False in held:
                    self.bank.offer(Apply(_IN, leaf, text), held, PLANTED_LEVEL)

    def _plant_shifts(self) -> None:
        """Let bodies begin with ``ord(c) + k``: what else is a number beside a letter for?"""
        shifts: list[tuple[Term, tuple[Any, ...]]] = [*self.captures, *self.elements]
        for leaf, letters in self._characters():
            code = Apply(_ORD, leaf)
            codes = tuple(map(ord, letters))
            for term, shift in shifts:
                if term.type == "int":
                    self.bank.offer(Apply(_PLUS, code, term), tuple(map(add, codes, shift)), PLANTED_LEVEL)
                    self.bank.offer(Apply(_MINUS, code, term), tuple(map(sub, codes, shift)), PLANTED_LEVEL)

    def _plant_fields(self) -> None:
        """Let bodies begin with ``word.split('=')`` where every word has the mark."""
        marks = [
            (leaf, cell) for leaf, cell in self._hunt.constants if isinstance(cell, str) and cell.strip()
        ]
        for leaf, vector in self.elements:
            words = [cell for cell in vector if isinstance(cell, str)]
            for mark, cell in marks if leaf.type == "str" and max(map(len, words), default=0) > 1 else ():
                if len(cell) < 3 and not cell.isalnum() and all(cell in word for word in words):
                    fields = tuple(tuple(word.split(cell)) for word in words)
                    self.bank.offer(Apply(_SPLIT, leaf, mark), fields, PLANTED_LEVEL - 1)

    def _characters(self) -> Iterator[tuple[Leaf, tuple[str, ...]]]:
        """The variables whose values are single characters."""
        for leaf, vector in self.elements:
            letters = tuple(cell for cell in vector if isinstance(cell, str) and len(cell) == 1)
            if leaf.type == "str" and len(letters) == len(vector):
                yield leaf, letters

    @property
    def cost(self) -> int:
        """The level that was built last."""
        return self.bank.cost

    def bits(self, names: Sequence[str]) -> int:
        """The bits of some of the variables."""
        return sum(self._bits[name] for name in names)

    def grow(self, feed: Callable[[Body], None], hit: Callable[[str, int], None]) -> Iterator[None]:
        """Build the next level: gives each new body to ``feed``, each wanted one to ``hit``; pauses now and then."""
        done = 0
        for evaluations in self.bank.grow():
            # Most blocks of a small bank are tiny: a block costs as much as a few evaluations, whatever is in it.
            self._hunt.spend(evaluations * self._weight + BLOCK_COST)
            done += evaluations
            if done >= PAUSE:
                done = 0
                self._give(feed, hit)
                yield
        self._give(feed, hit)
        self._hunt.spend(20)

    def _give(self, feed: Callable[[Body], None], hit: Callable[[str, int], None]) -> None:
        """Hand out what was found since the last time."""
        hits, self.bank.hits = self.bank.hits, []
        for kind, place in hits:
            hit(kind, place)
        fresh = list(self._fresh())
        self._hunt.spend(USE_COST * len(fresh))
        for body in fresh:
            feed(body)

    def term(self, body: Body) -> Term:
        """The body as a term."""
        return self.bank.term(body.type, body.place)

    def mask(self, kind: str, place: int) -> int:
        """The variables that an entry mentions."""
        masks = self._masks[kind]
        if place < len(masks):
            return masks[place]
        return self._mask(self.bank.columns[kind].derivations[place])

    def _fresh(self) -> Iterator[Body]:
        """What was found since the last time, once for each vector."""
        for kind, column in self.bank.columns.items():
            masks = self._masks[kind]
            goals = self.bank.goals.get(kind, ())
            del masks[len(column.values) :]
            for place in range(len(masks), len(column.values)):
                masks.append(self._mask(column.derivations[place]))
                vector = column.values[place]
                if vector in goals:
                    if (kind, vector) in self._fed:
                        continue
                    self._fed.add((kind, vector))
                yield Body(kind, place, vector, masks[place])

    def _mask(self, derivation: Derivation) -> int:
        op, *places = derivation
        mask = 0
        if isinstance(op, Op):
            for kind, place in zip(op.arguments, places, strict=True):
                mask |= self._masks[kind][place]
            return mask
        for name in mentions(op):
            mask |= self._bits.get(name, CAPTURED)
        return mask
