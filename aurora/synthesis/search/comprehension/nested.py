"""Comprehensions inside of bodies: over the elements of an element, one level deep.

The bodies of the outer loop are the frame of the inner ones: an inner result that is a wanted body completes it, any
other is material of the outer bank. Order: an inner loop follows the level of the outer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.comprehension.frame import Frame
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.comprehension.sources import Source, everyday_ranges, sources_of
from aurora.synthesis.search.comprehension.worth import is_collection
from aurora.synthesis.search.terms import Leaf, Term

DEAREST = 14
"""The cost up to which inner results are material."""

FIRST = 2
"""The level of the outer loop at which inner ones begin."""

HIGHEST = 40
"""Numbers up to this are counted up to, in bodies."""

Captures = Sequence[tuple[Term, Vector]]


class Nested:
    """The inner loops of a loop."""

    def __init__(self, loop: Loop, make: Callable[[Frame, Source, Captures], Loop]) -> None:
        self._loop = loop
        self._make = make
        self._inner: list[Loop] | None = None

    def feed(self, body: Body) -> None:
        """Inner loops do not use bodies."""

    def settle(self) -> None:
        """Let inner loops catch up."""
        if self._loop.level < FIRST or self._loop.required:
            return
        if self._inner is None:
            self._inner = [inner for inner in self._begin() if not inner.done]
        for inner in self._inner:
            while inner.level < self._loop.level and not inner.done:
                for _ in inner.grow():
                    pass

    def _begin(self) -> Iterator[Loop]:
        loop = self._loop
        frame = Frame(
            loop.frame.hunt, loop.bodies.size, loop.wanted, [], loop.frame.taken | set(loop.source.names),
            loop.bodies.bank, DEAREST,
        )  # fmt: skip
        for leaf, vector in loop.bodies.elements:
            around: list[tuple[Term, Vector]] = [*loop.bodies.captures, *loop.bodies.elements]
            for source in self._sources(leaf, vector, frame):
                if not loop.open and is_collection(leaf.type):
                    yield self._make(frame, source, [])
                yield self._make(frame, source, around)

    def _sources(self, leaf: Leaf, vector: Vector, frame: Frame) -> Iterator[Source]:
        if is_collection(leaf.type):
            yield from sources_of(leaf, vector, frame.taken)
        elif leaf.type == "int" and all(isinstance(cell, int) and cell <= HIGHEST for cell in vector):
            for source, _ in everyday_ranges(leaf, vector, frame.taken):
                yield source
