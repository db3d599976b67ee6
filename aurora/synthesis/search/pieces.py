"""What texts and lists are put together from: slices at known positions, words, shared literals, repeated marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from aurora.synthesis.algorithms.segments import Positions
from aurora.synthesis.algorithms.slices import Known, Stock
from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant

JOINT_COST = 2
"""The cost of putting two pieces together."""

LITERAL_COST = 4
"""The cost of a literal that all answers share at one place; letters and digits are less often meant."""

LONGEST_LITERAL = 24

NUMBER_COST = 5
"""The cost of a position that is no everyday constant."""

EVERYDAY = {0: 1, 1: 1, 2: 2, 3: 4, -1: 2, -2: 4, -3: 4}

HIGHEST = 16
"""Positions up to this are tried without further reason."""


MANY = 2_000
"""Integer vectors that are kept."""

SOME = 300
"""Vectors that count when only some of the lanes are looked at."""


class Piece(NamedTuple):
    """A part of each answer, and the expression for it."""

    texts: tuple[str, ...]
    term: Term


class Position(NamedTuple):
    """The expression of a position or count; None is the start or the end of what is sliced."""

    term: Term | None


class Numbers:
    """Integer vectors, of equal ones the cheapest, to be looked up on all lanes or on some."""

    def __init__(self) -> None:
        self.stock = Stock()
        self._cheapest: dict[Positions, Known] = {}

    def add(self, known: Known) -> None:
        """Take ``known`` in."""
        other = self._cheapest.get(known.vector)
        if other is None and len(self._cheapest) >= MANY:
            return
        if other is None or known.cost < other.cost:
            self._cheapest[known.vector] = known
            self.stock.add(known)

    def on(self, lanes: Sequence[int]) -> Stock:
        """The vectors on some of the lanes, of the first ``SOME``."""
        stock = Stock()
        for known in islice(self._cheapest.values(), SOME):
            stock.add(Known(known.cost, tuple([known.vector[lane] for lane in lanes]), known.origin))
        return stock


def integer(number: int) -> Leaf:
    """The number as a literal."""
    return constant(str(number), "int", EVERYDAY.get(number, NUMBER_COST))


def positions(term: Term, texts: Sequence[str], *, marks: bool) -> Iterator[Known]:
    """Positions in texts: both ends, fixed ones from either end, and beside the marks that all have."""
    sizes = tuple(map(len, texts))
    yield Known(0, (0,) * len(texts), Position(None))
    yield Known(0, sizes, Position(None))
    for number in range(1, min(HIGHEST, min(sizes) - 1) + 1):
        yield _known((number,) * len(texts), integer(number))
    for number in range(1, min(HIGHEST, min(sizes)) + 1):
        yield _known(tuple([size - number for size in sizes]), integer(-number))
    for mark in marks_of(texts) if marks else ():
        leaf = constant(repr(mark), "str", 2 if mark == " " else 6)
        for method, find in _FINDERS.items():
            found = Apply(find, term, leaf)
            places = tuple([getattr(text, method)(mark) for text in texts])
            if method == "rfind" and all(text.count(mark) == 1 for text in texts):
                continue
            yield _known(places, found)
            yield _known(tuple([place + 1 for place in places]), Apply(_PLUS, found, integer(1)))


def counts(term: Term, sizes: Sequence[int], kind: str) -> Iterator[Known]:
    """How many are left of a text or list without a few."""
    length = Apply(Op("len({0})", (kind,), "int", 2), term)
    for number in range(1, min(HIGHEST, min(sizes)) + 1):
        yield _known(tuple([size - number for size in sizes]), Apply(_MINUS, length, integer(number)))


def marks_of(texts: Sequence[str]) -> list[str]:
    """Characters other than letters and digits that occur in every text."""
    return [
        mark for mark in dict.fromkeys(texts[0]) if not mark.isalnum() and all(mark in text for text in texts)
    ]


def words(term: Term, texts: Sequence[str]) -> Iterator[tuple[Term, Vector]]:
    """The words of texts, cut at the marks that all have: the first few and the last, and their first letters."""
    for mark in marks_of(texts):
        rows = [text.split() if mark == " " else text.split(mark) for text in texts]
        if mark == " ":
            split: Term = Apply(_SPLIT, term)
        else:
            split = Apply(_SPLIT_AT, term, constant(repr(mark), "str", 4))
        shortest = min(map(len, rows))
        for place in (0, 1, 2, -1, -2):
            if -shortest <= place < shortest:
                word = Apply(_ITEM, split, integer(place))
                vector = tuple([row[place] for row in rows])
                yield word, vector
                if all(vector):
                    yield Apply(_LETTER, word, integer(0)), tuple([text[0] for text in vector])


def literal_of(targets: Sequence[str], state: Positions) -> Iterator[tuple[Piece, int]]:
    """The literals that continue every target, with their lengths; a single target shares nothing."""
    rest = [target[at:] for target, at in zip(targets, state, strict=True)]
    if len(set(targets)) < 2:
        return
    low, high = min(rest), max(rest)
    shared = next(
        (place for place, (a, b) in enumerate(zip(low, high, strict=False)) if a != b),
        min(len(low), len(high)),
    )
    for size in range(1, min(shared, LONGEST_LITERAL) + 1):
        text = low[:size]
        cost = LITERAL_COST + 2 * any(mark.isalnum() for mark in text)
        yield Piece((), constant(repr(text), "str", cost)), size


def repeated(targets: Sequence[str], state: Positions, numbers: Stock) -> Iterator[tuple[Piece, Positions]]:
    """One character, repeated a known number of times, that continues every target."""
    for mark in dict.fromkeys(
        target[at] for target, at in zip(targets, state, strict=True) if at < len(target)
    ):
        runs = [
            len(target) - at - len(target[at:].lstrip(mark))
            for target, at in zip(targets, state, strict=True)
        ]
        if sum(runs) > len(runs) and max(runs) > 1:
            leaf = constant(repr(mark), "str", LITERAL_COST + 2 * mark.isalnum())
            for known in numbers.within([(0, run) for run in runs]):
                if any(known.vector):
                    yield Piece((), Apply(_REPEAT, leaf, known.origin.term)), known.vector


def slice_of(term: Term, start: Known, end: Known, kind: str) -> Term:
    """``term[start:end]``, without what need not be said."""
    low, high = start.origin.term, end.origin.term
    if low is None and high is None:
        return term
    if high is None:
        return Apply(Op("{0}[{1}:]", (kind, "int"), kind, 2), term, low)
    if low is None:
        return Apply(Op("{0}[:{1}]", (kind, "int"), kind, 2), term, high)
    return Apply(Op("{0}[{1}:{2}]", (kind, "int", "int"), kind, 4), term, low, high)


def index_of(term: Term, start: Known, kind: str) -> Term:
    """``term[start]`` of a text; of a list, the list of that item."""
    place = start.origin.term or integer(0)
    if kind == "str":
        return Apply(Op("{0}[{1}]", (kind, "int"), kind, 2, partial=True), term, place)
    element = kind.removeprefix("list[")[:-1]
    item = Apply(Op("{0}[{1}]", (kind, "int"), element, 2, partial=True), term, place)
    return element_of(item, kind)


def element_of(term: Term, kind: str) -> Term:
    """The list of one item; an item of a longer list costs nothing but itself."""
    return Apply(Op("[{0}]", (term.type,), kind, 2), term)


def zero_filled(term: Term, numbers: Sequence[int], width: int) -> tuple[Term, tuple[Cell, ...]]:
    """Numbers as text of fixed width."""
    padded = Apply(_FILL, Apply(_SHOWN, term), integer(width))
    return padded, tuple([str(number).zfill(width) for number in numbers])


def _known(vector: tuple[int, ...], term: Term) -> Known:
    return Known(term.cost, vector, Position(term))


_FINDERS = {
    "find": Op("{0}.find({1})", ("str", "str"), "int", 4),
    "rfind": Op("{0}.rfind({1})", ("str", "str"), "int", 6),
}
_PLUS = Op("{0} + {1}", ("int", "int"), "int", 2)
_MINUS = Op("{0} - {1}", ("int", "int"), "int", 2)
_SPLIT = Op("{0}.split()", ("str",), "list[str]", 2)
_SPLIT_AT = Op("{0}.split({1})", ("str", "str"), "list[str]", 4)
_ITEM = Op("{0}[{1}]", ("list[str]", "int"), "str", 2)
_LETTER = Op("{0}[{1}]", ("str", "int"), "str", 2)
_REPEAT = Op("{0} * {1}", ("str", "int"), "str", 4)
_FILL = Op("{0}.zfill({1})", ("str", "int"), "str", 4)
_SHOWN = Op("str({0})", ("int",), "str", 2)
