"""Elements so many times: ``[x for x, n in pairs for _ in range(n)]``.

Order: each new body of integers as the count, for each part of an element that is kept. Invariant: what is offered
has the wanted list on every lane.
"""

from __future__ import annotations

from typing import Any

from aurora.synthesis.cells import MAX_LENGTH
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop


class Repeats:
    """Uses of a body as a count."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._goals = [
            (wanted, pick, loop.spread(vector), mask)
            for wanted in loop.frame.wanted
            for pick, vector, mask in loop.picks
            if loop.source.ordered and wanted.type == f"list[{pick.type}]"
        ]

    def feed(self, body: Body) -> None:
        """Try a body as the count."""
        if body.type != "int" or not self._goals or not body.mask & self._loop.elements:
            return
        loop, counts = self._loop, self._loop.spread(body.vector)
        for wanted, pick, items, mask in self._goals:
            loop.spend(1)
            if loop.complete(mask, body.mask) and all(map(_repeats, items, counts, wanted.vector)):
                loop.frame.answer(wanted, loop.forms.repeated(pick.term, loop.bodies.term(body)))

    def settle(self) -> None:
        """Nothing needs the whole level."""


def _repeats(items: tuple[Any, ...], counts: tuple[Any, ...], wanted: Any) -> bool:
    """Whether the items, each as often as its count says, are what is wanted."""
    if sum(max(count, 0) for count in counts) != len(wanted) or len(wanted) > MAX_LENGTH:
        return False
    made = tuple([item for item, count in zip(items, counts, strict=True) for _ in range(count)])
    return made == tuple(wanted)
