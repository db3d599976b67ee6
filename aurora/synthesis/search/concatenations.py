"""Answers that are put together: the cheapest concatenation of known pieces that gives every wanted text or list.

All lanes are cut at once (see ``cutting``). A piece is an entry of the bank that occurs in each answer,
a slice of a parameter between known positions, a word of it, a literal that the answers share at that place, or a
repeated mark. Lists are handled as texts: each item that occurs in an answer stands for one letter.

Order: by cost. Invariant: what ``path`` gives is right on every lane of its mask, as far as operators on cells
keep Python's promises.
"""

from __future__ import annotations

import re

from aurora.specs.types import parse_type
from aurora.synthesis.algorithms.slices import Known, Source
from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.search.cutting import Cutting, Sliced, Table, joined
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.pieces import (
    Numbers,
    Piece,
    Position,
    counts,
    element_of,
    positions,
    words,
    zero_filled,
)
from aurora.synthesis.search.terms import Apply, Leaf, Term

ENTRIES = 40_000
"""Entries of a column that are looked at as pieces."""

NUMBERS = 3_000
"""Integers that are looked at as positions and counts."""

PIECES = 2_000
"""Pieces kept for each set of lanes that they occur on."""

SOURCES = 4
"""Expressions that are sliced."""

SOURCE_COST = 5
"""How dear an expression that is sliced may be."""

LONGEST = 200
"""Answers longer than this are not cut."""


class Concatenations:
    """Concatenations that give one vector of texts or lists."""

    def __init__(self, hunt: Hunt, kind: str, goal: Vector) -> None:
        self._hunt = hunt
        self._kind = kind
        self._element = "" if kind == "str" else str(parse_type(kind).args[0])
        cells = [cell for answer in goal if isinstance(answer, tuple) for cell in answer]
        self._letters = {cell: chr(0xE001 + place) for place, cell in enumerate(dict.fromkeys(cells))}
        self._goal = [self._text(answer) for answer in goal]
        self._full = (1 << len(goal)) - 1
        self._pieces: dict[int, list[Piece]] = {}
        self._known: set[tuple[str, ...]] = set()
        self._seen = 0
        self._seen_items = 0
        self._seen_numbers = 0
        self._sliced: list[Sliced] = []
        self._counts = Numbers()
        self._begun = False
        self._padded = kind == "str" and any(_has_padding(text) for text in self._goal)

    @property
    def possible(self) -> bool:
        """Whether the answers are of a size that can be cut, and not all alike."""
        return max(map(len, self._goal), default=0) <= LONGEST and len(set(self._goal)) > 1

    def refresh(self) -> bool:
        """Take in what the bank has found since; whether there is anything new."""
        before = len(self._known)
        if not self._begun:
            self._begun = True
            self._begin()
        self._scan()
        return len(self._known) > before

    def path(self, mask: int, most: int, bound: int = 1 << 30) -> tuple[int, Term] | None:
        """The cheapest concatenation for the lanes of ``mask`` that costs less than ``bound``."""
        lanes = [lane for lane in range(len(self._goal)) if mask >> lane & 1]
        targets = [self._goal[lane] for lane in lanes]
        table: Table = {}
        for occurs, kept in self._pieces.items():
            if mask & ~occurs == 0:
                for piece in kept:
                    vector = tuple([piece.texts[lane] for lane in lanes])
                    if any(vector):
                        table.setdefault(vector[0], []).append((vector, piece))
        sliced = self._sliced
        repeats = self._counts.stock
        if mask != self._full:
            sliced = [each.on(lanes, targets) for each in self._sliced]
            repeats = self._counts.on(lanes)
            self._hunt.spend(300 * (1 + len(sliced)))
        cutting = Cutting(self._kind, targets, table, sliced, repeats)
        pieces = cutting.cheapest(most, bound)
        self._hunt.spend(cutting.work)
        if pieces is None:
            return None
        term = joined(pieces, self._kind)
        return term.cost, term

    # --- pieces

    def _begin(self) -> None:
        hunt = self._hunt
        if self._kind == "str":
            for leaf, cell in hunt.constants:
                if leaf.type == "str" and cell:
                    self._take(leaf, (cell,) * len(self._goal))
        for leaf, vector in hunt.parameters:
            if leaf.type == self._kind:
                self._slice(leaf, vector)

    def _slice(self, term: Term, vector: Vector) -> None:
        texts = tuple(map(self._text, vector))
        if len(self._sliced) >= SOURCES or max(map(len, texts)) > LONGEST:
            return
        numbers = Numbers()
        cells = [cell for cell in vector if isinstance(cell, str)]
        for known in positions(term, texts, marks=self._kind == "str"):
            numbers.add(known)
        for known in counts(term, [len(text) for text in texts], self._kind):
            self._counts.add(known)
        self._sliced.append(Sliced(term, texts, Source(texts, self._goal), numbers, numbers.stock))
        if self._kind == "str":
            for word, value in words(term, cells):
                self._take(word, value)

    def _scan(self) -> None:
        bank = self._hunt.bank
        column = bank.columns[self._kind]
        stop = min(len(column.values), ENTRIES)
        self._hunt.spend(1 + (4 if self._letters else 2) * (stop - self._seen))
        for place in range(self._seen, stop):
            vector = column.values[place]
            mask = self._occurrence(vector)
            if mask:
                self._take(bank.term(self._kind, place), vector, mask)
                varied = len(set(vector)) > 1 and bank.cost_of(self._kind, place) <= SOURCE_COST
                if varied and not any(each.texts == tuple(map(self._text, vector)) for each in self._sliced):
                    self._slice(bank.term(self._kind, place), vector)
        self._seen = stop
        self._scan_items()
        self._scan_numbers()

    def _scan_items(self) -> None:
        """Items that stand in each list."""
        bank = self._hunt.bank
        column = bank.columns.get(self._element)
        if column is None:
            return
        stop = min(len(column.values), ENTRIES)
        for place in range(self._seen_items, stop):
            vector = column.values[place]
            if all(cell in self._letters for cell in vector):
                self._take(
                    element_of(bank.term(self._element, place), self._kind),
                    tuple([(cell,) for cell in vector]),
                )
        self._seen_items = stop

    def _scan_numbers(self) -> None:
        """Integers are positions in what is sliced, counts of what is repeated, and numbers with leading zeros."""
        bank = self._hunt.bank
        column = bank.columns["int"]
        stop = min(len(column.values), NUMBERS)
        for place in range(self._seen_numbers, stop):
            numbers = [cell for cell in column.values[place] if isinstance(cell, int)]
            if min(numbers) < -LONGEST or max(numbers) > LONGEST:
                continue
            cost = bank.cost_of("int", place)
            if self._padded and min(numbers) >= 0:
                for width in (2, 3):
                    self._take(*zero_filled(bank.term("int", place), numbers, width))
            position = Position(bank.term("int", place))
            if min(numbers) >= 0:
                self._counts.add(Known(cost, tuple(numbers), position))
            for each in self._sliced:
                if min(numbers) >= 0 or max(numbers) < 0:
                    resolved = [
                        number if number >= 0 else max(0, len(text) + number)
                        for number, text in zip(numbers, each.texts, strict=True)
                    ]
                    each.numbers.add(Known(cost, tuple(resolved), position))
        self._hunt.spend(1 + 4 * (1 + len(self._sliced)) * (stop - self._seen_numbers))
        self._seen_numbers = stop

    def _take(self, term: Term, vector: Vector, mask: int = 0) -> None:
        mask = mask or self._occurrence(vector)
        if not mask or _roundabout(term):
            return
        texts = tuple(map(self._text, vector))
        pieces = self._pieces.setdefault(mask, [])
        if texts not in self._known and len(pieces) < PIECES:
            self._known.add(texts)
            pieces.append(Piece(texts, term))

    def _occurrence(self, vector: Vector) -> int:
        """The lanes in whose answers a piece occurs, unless it is empty there."""
        if self._letters and not all(isinstance(cell, tuple) for cell in vector):
            return 0
        mask = 0
        empty = True
        for lane, (cell, wanted) in enumerate(zip(vector, self._goal, strict=True)):
            text = cell if isinstance(cell, str) else self._text(cell)
            if text in wanted:
                mask |= 1 << lane
                empty = empty and not text
        return 0 if empty else mask

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, str):
            return cell
        assert isinstance(cell, tuple)
        return "".join([self._letters.get(item, "\ue000") for item in cell])


def _roundabout(term: Term) -> bool:
    """Whether the term is a part of a literal or of a part: nobody writes ``'abc'[:n]`` or ``s[3:][:2]``."""
    if not isinstance(term, Apply) or not term.op.text.startswith("{0}["):
        return False
    source = term.arguments[0]
    return not source.variable if isinstance(source, Leaf) else source.op.text in _PARTS


_PARTS = ("{0}[{1}:]", "{0}[:{1}]", "{0}[{1}:{2}]")


def _has_padding(text: str) -> bool:
    """Whether a number with a leading zero stands in the text."""
    return _PADDED.search(text) is not None


_PADDED = re.compile(r"(?<!\d)0\d")
