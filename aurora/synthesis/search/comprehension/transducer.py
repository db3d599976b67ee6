"""What each character becomes, where texts are joined from pieces of different lengths.

A wanted text is cut so that equal characters become equal pieces. Order: shorter texts first, shorter pieces first,
depth first with a bound. Invariant: a cut explains every lane, and some character more than once, or it is no
explanation. The pieces are a wanted body like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aurora.synthesis.cells import Cell
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop

STEPS = 20_000
"""Steps of one search for a cut."""

LONGEST = 12
"""The longest piece."""


class Transducer:
    """Finds the pieces of joined texts when the loop begins."""

    def __init__(self, loop: Loop) -> None:
        if not loop.source.ordered or any(leaf.type in ("list", "dict") for leaf, _ in loop.bodies.elements):
            return
        for wanted in list(loop.frame.wanted):
            if wanted.type == "str" and any(wanted.vector):
                pieces = pieces_of(loop.grid.positions, wanted.vector)
                if pieces is not None and len(pieces) == loop.bodies.size:
                    self._want(loop, wanted, pieces)

    def feed(self, body: Body) -> None:
        """The bank says when it finds the body."""

    def settle(self) -> None:
        """The bank says when it finds the body."""

    def _want(self, loop: Loop, wanted: Wanted, pieces: Mapping[int, str]) -> None:
        goal = tuple(pieces[lane] for lane in range(loop.bodies.size))
        loop.want(Wanted("str", goal, lambda body: wanted.complete(loop.forms.joined(body))))


def pieces_of(positions: Sequence[Sequence[int]], texts: Sequence[Cell]) -> Mapping[int, str] | None:
    """The piece of each lane, where texts are joined from the pieces of the lanes at ``positions``; or nothing."""
    return _Cut(positions, texts).find()


class _Cut:
    """The search for one cut."""

    def __init__(self, positions: Sequence[Sequence[int]], texts: Sequence[Cell]) -> None:
        pairs = [(lanes, text) for lanes, text in zip(positions, texts, strict=True) if isinstance(text, str)]
        self._rows = sorted(pairs, key=lambda pair: (len(pair[0]), len(pair[1])))
        self._steps = 0
        self._pieces: dict[int, str] = {}

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
        self._steps += 1
        if self._steps > STEPS:
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
        for size in self._sizes(len(text) - place, len(lanes) - element):
            self._pieces[lane] = text[place : place + size]
            if self._from(row, element + 1, place + size):
                return True
        self._pieces.pop(lane, None)
        return False

    def _sizes(self, left: int, elements: int) -> list[int]:
        """Sizes of a piece, those near the average first."""
        average = left / elements
        return sorted(range(min(left, LONGEST) + 1), key=lambda size: (abs(size - average), size))
