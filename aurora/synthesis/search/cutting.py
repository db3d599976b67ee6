"""The cheapest way to cut wanted texts into pieces: the graph of states and pieces that a shortest path goes through.

A state is a position in each target. A piece is an edge that continues all of them: a known text, a slice of a
source between known positions, a literal that all targets share there, a repeated mark. Invariant: the pieces of
the path, put together, give every target.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from aurora.synthesis.algorithms.segments import Edge, Positions, cheapest_path, remaining_costs
from aurora.synthesis.algorithms.slices import Source, Stock
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.pieces import (
    JOINT_COST,
    LITERAL_COST,
    LONGEST_LITERAL,
    Numbers,
    Piece,
    index_of,
    literal_of,
    repeated,
    slice_of,
)
from aurora.synthesis.search.terms import Apply, Term

STARTS = 40
"""Starts of slices that are followed from one state."""

STATE_WORK = 50
EDGE_WORK = 4
"""What a state and an edge take, in evaluations."""

ITEMS = 4
"""Items of one list display, at most."""

Table = dict[str, list[tuple[tuple[str, ...], Piece]]]
"""Known pieces with their texts, by their text in the first target."""


class Sliced(NamedTuple):
    """An expression that is sliced: its term, its texts, and the positions that are known in them."""

    term: Term
    texts: tuple[str, ...]
    source: Source
    numbers: Numbers
    stock: Stock

    def on(self, lanes: Sequence[int], targets: Sequence[str]) -> Sliced:
        """The same on some of the lanes."""
        texts = tuple([self.texts[lane] for lane in lanes])
        return Sliced(self.term, texts, Source(texts, targets), self.numbers, self.numbers.on(lanes))


class Cutting:
    """One search for pieces. ``work`` says how much it took, in evaluations."""

    def __init__(
        self, kind: str, targets: Sequence[str], table: Table, sliced: Sequence[Sliced], repeats: Stock
    ) -> None:
        self.work = 0
        self._kind = kind
        self._targets = targets
        self._table = table
        self._sliced = sliced
        self._repeats = repeats

    def cheapest(self, most: int, bound: int) -> list[Piece] | None:
        """The cheapest pieces that cost less than ``bound``, after at most ``most`` states."""
        least = remaining_costs(len(self._targets[0]), self._steps, JOINT_COST)
        found = cheapest_path(
            (0,) * len(self._targets), tuple(map(len, self._targets)), self._edges,
            at_least=lambda state: least[state[0]], joint=JOINT_COST, most=most, bound=bound,
        )  # fmt: skip
        return None if found is None else found[1]

    def _edges(self, state: Positions, below: int) -> Iterator[Edge[Piece]]:
        self.work += STATE_WORK
        for edge in self._candidates(state):
            self.work += EDGE_WORK
            if edge[0] < below:
                yield edge

    def _candidates(self, state: Positions) -> Iterator[Edge[Piece]]:
        targets = self._targets
        first, at = targets[0], state[0]
        for stop in range(at, len(first) + 1):
            for vector, piece in self._table.get(first[at:stop], ()):
                if all(map(str.startswith, targets, vector, state)):
                    after = tuple([at + len(text) for at, text in zip(state, vector, strict=True)])
                    yield piece.term.cost, after, piece
        for each in self._sliced:
            yield from _slices(each, state, self._kind)
        if self._kind == "str":
            for piece, size in literal_of(targets, state):
                yield piece.term.cost, tuple([at + size for at in state]), piece
            for piece, sizes in repeated(targets, state, self._repeats):
                yield (
                    piece.term.cost,
                    tuple([at + size for at, size in zip(state, sizes, strict=True)]),
                    piece,
                )

    def _steps(self, position: int) -> Iterator[tuple[int, int]]:
        """What pieces that continue the first target by itself cost at least."""
        target = self._targets[0]
        for stop in range(position + 1, len(target) + 1):
            known = self._table.get(target[position:stop])
            if known is not None:
                yield min([piece.term.cost for _, piece in known]), stop
        for each in self._sliced:
            longest = max(each.source.matches(0, position).values(), default=0)
            for size in range(1, longest + 1):
                yield each.term.cost, position + size
        if self._kind == "str":
            yield from self._literal_steps(position)

    def _literal_steps(self, position: int) -> Iterator[tuple[int, int]]:
        target = self._targets[0]
        for stop in range(position + 1, min(len(target), position + LONGEST_LITERAL) + 1):
            if not all(target[position:stop] in other for other in self._targets):
                break
            yield LITERAL_COST, stop
        run = len(target) - position - len(target[position:].lstrip(target[position]))
        for size in range(1, run + 1):
            yield LITERAL_COST, position + size


def joined(pieces: Sequence[Piece], kind: str) -> Term:
    """The concatenation of pieces, items of a list side by side in one display."""
    terms = _gathered([piece.term for piece in pieces], kind)
    joint = Op("{0} + {1}", (kind, kind), kind, JOINT_COST)
    whole = terms[0]
    for term in terms[1:]:
        whole = Apply(joint, whole, term)
    return whole


def _slices(sliced: Sliced, state: Positions, kind: str) -> Iterator[Edge[Piece]]:
    """The slices of a source that continue every target."""
    matches: list[Mapping[int, int]] = [
        sliced.source.matches(lane, position) for lane, position in enumerate(state)
    ]
    if not all(matches):
        return
    starts = sorted(sliced.stock.among([dict(each) for each in matches]), key=lambda known: known.cost)
    for start in starts[:STARTS]:
        shared = [found[at] for found, at in zip(matches, start.vector, strict=True)]
        item = Piece((), index_of(sliced.term, start, kind))
        yield item.term.cost, tuple([at + 1 for at in state]), item
        bounds = [(at + 1, at + size) for at, size in zip(start.vector, shared, strict=True)]
        for end in sliced.stock.within(bounds):
            piece = Piece((), slice_of(sliced.term, start, end, kind))
            sizes = zip(state, start.vector, end.vector, strict=True)
            yield piece.term.cost, tuple([at + high - low for at, low, high in sizes]), piece


def _gathered(terms: Sequence[Term], kind: str) -> list[Term]:
    """Neighbouring lists of one item as one list: ``[a, b]`` for ``[a] + [b]``."""
    made: list[Term] = []
    items: list[Term] = []
    for term in terms:
        single = isinstance(term, Apply) and term.op.text == "[{0}]"
        if items and (not single or len(items) == ITEMS):
            made.append(_display(items, kind))
            items = []
        if isinstance(term, Apply) and single:
            items.append(term.arguments[0])
        else:
            made.append(term)
    return [*made, _display(items, kind)] if items else made


def _display(items: Sequence[Term], kind: str) -> Term:
    holes = ", ".join(f"{{{place}}}" for place in range(len(items)))
    return Apply(Op(f"[{holes}]", tuple(item.type for item in items), kind, 4), *items)
