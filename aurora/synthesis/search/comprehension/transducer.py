"""What each character becomes, where texts are joined from pieces of different lengths.

A wanted text is cut so that equal characters become equal pieces. Order: cuts in which few characters change first;
shorter texts first, what stays or keeps its letter first, depth first with a bound. Invariant: a cut explains every
lane, and some character more than once, or it is no explanation. The pieces are a wanted body like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aurora.synthesis.cells import Cell
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop

STEPS = 1_500
"""Steps of one search for a cut."""

COUNTED = 4
"""Steps that count as one evaluation: they take longer than that, and are worth it where texts are joined."""

CHANGES = (2, 4, 8)
"""Cuts are looked for in which so few marks change, before any."""

LONGEST = 12
"""The longest piece."""


class Transducer:
    """Finds the pieces of joined texts when the loop begins."""

    def __init__(self, loop: Loop) -> None:
        if not loop.source.ordered or any(leaf.type in ("list", "dict") for leaf, _ in loop.bodies.elements):
            return
        for wanted in list(loop.frame.wanted):
            if wanted.type == "str" and any(wanted.vector):
                pieces = pieces_of(loop.grid.positions, wanted.vector, _marks(loop), loop.frame.hunt.spend)
                if pieces is not None and len(pieces) == loop.bodies.size:
                    self._want(loop, wanted, pieces)

    def feed(self, body: Body) -> None:
        """The bank says when it finds the body."""

    def settle(self) -> None:
        """The bank says when it finds the body."""

    def _want(self, loop: Loop, wanted: Wanted, pieces: Mapping[int, str]) -> None:
        goal = tuple(pieces[lane] for lane in range(loop.bodies.size))
        loop.want(Wanted("str", goal, lambda body: wanted.complete(loop.forms.joined(body))))


def _marks(loop: Loop) -> Sequence[str]:
    """The elements as they would be written, if each is one text or number."""
    if len(loop.bodies.elements) != 1 or loop.bodies.elements[0][0].type not in ("str", "int"):
        return ()
    return [str(cell) for cell in loop.bodies.elements[0][1]]


def pieces_of(
    positions: Sequence[Sequence[int]],
    texts: Sequence[Cell],
    marks: Sequence[str] = (),
    spend: Callable[[int], None] = lambda steps: None,
) -> Mapping[int, str] | None:
    """The piece of each lane, where texts are joined from the pieces of the lanes at ``positions``; or nothing.

    ``marks`` are the lanes' own texts, if they have any: what stays as it is is likelier than what changes. ``spend``
    is told the steps.
    """
    for changes in (*CHANGES, len(marks)) if marks else (0,):
        cut = _Cut(positions, texts, marks, changes)
        found = cut.find()
        spend(cut.steps // COUNTED)
        if found is not None:
            return found
    return None


class _Cut:
    """The search for one cut in which at most so many marks change."""

    def __init__(
        self, positions: Sequence[Sequence[int]], texts: Sequence[Cell], marks: Sequence[str], changes: int
    ) -> None:
        pairs = [(lanes, text) for lanes, text in zip(positions, texts, strict=True) if isinstance(text, str)]
        self._rows = sorted(pairs, key=lambda pair: (len(pair[0]), len(pair[1])))
        self.steps = 0
        self._pieces: dict[int, str] = {}
        self._marks = marks
        self._changes = changes

    def find(self) -> Mapping[int, str] | None:
        """The piece of each lane, or nothing."""
        lanes = [lane for row, _ in self._rows for lane in row]
        if len(set(lanes)) == len(lanes) and len(lanes) > 3:
            return None
        # The recursion is as deep as there are elements.
        if len(lanes) > 300 or any(text and not row for row, text in self._rows):
            return None
        return dict(self._pieces) if self._from(0, 0, 0) else None

    def _from(self, row: int, element: int, place: int) -> bool:
        self.steps += 1
        if self.steps > STEPS:
            return False
        if row == len(self._rows):
            return True
        lanes, text = self._rows[row]
        if element == len(lanes):
            return place == len(text) and self._from(row + 1, 0, 0)
        lane = lanes[element]
        known = self._pieces.get(lane)
        if known is not None:
            return text.startswith(known, place) and self._from(row, element + 1, place + len(known))
        mark = self._marks[lane] if self._marks else None
        for piece in self._options(
            text[place : place + LONGEST], mark, len(text) - place, len(lanes) - element
        ):
            changes = mark is not None and piece != mark
            if changes and not self._changes:
                break
            self._changes -= changes
            self._pieces[lane] = piece
            if self._from(row, element + 1, place + len(piece)):
                return True
            self._changes += changes
        self._pieces.pop(lane, None)
        return False

    def _options(self, text: str, mark: str | None, left: int, elements: int) -> list[str]:
        """Pieces: what stays as it is, what keeps its letter, then sizes near the average."""
        average = left / elements
        sizes = sorted(range(len(text) + 1), key=lambda size: (abs(size - average), size))
        options = [text[:size] for size in sizes]
        if not mark:
            return options
        folded = mark.lower()
        return sorted(
            options,
            key=lambda piece: (
                piece != mark,
                folded not in piece.lower(),
                len(piece) * (folded in piece.lower()),
            ),
        )
