"""Comprehensions inside of bodies: over the elements of an element, one level deep.

The bodies of the outer loop are the frame of the inner ones: an inner result that is a wanted body completes it, any
other is material of the outer bank. Order: an inner loop follows the level of the outer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.comprehension.combined import zipped
from aurora.synthesis.search.comprehension.everyday import everyday_ranges, pieces, separated
from aurora.synthesis.search.comprehension.frame import Frame
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.comprehension.selecting import opposite
from aurora.synthesis.search.comprehension.sources import Source, sources_of
from aurora.synthesis.search.comprehension.worth import is_collection
from aurora.synthesis.search.terms import Leaf, Term

DEAREST = 14
"""The cost up to which inner results are material."""

FIRST = 2
"""The level of the outer loop at which inner ones begin."""

HIGHEST = 40
"""Numbers up to this are counted up to, in bodies."""

FEWER = 3
"""Ranges up to a number that are gone over in bodies."""

OPEN_LAG = 2
RANGE_LAG = 4
"""How many levels inner loops stay behind the outer one; those over ranges less if a condition is wanted."""

Captures = Sequence[tuple[Term, Vector]]


class Nested:
    """The inner loops of a loop."""

    def __init__(self, loop: Loop, make: Callable[[Frame, Source, Captures], Loop]) -> None:
        self._loop = loop
        self._make = make
        self._inner: list[tuple[int, Loop]] | None = None

    def feed(self, body: Body) -> None:
        """Inner loops do not use bodies."""

    def settle(self) -> None:
        """Let inner loops catch up, as far as they may."""
        if self._loop.level < FIRST:
            return
        if self._inner is None:
            self._inner = list(self._begin())
        for lag, inner in self._inner:
            while inner.level < self._loop.level - lag and not inner.done:
                for _ in inner.grow():
                    pass

    def _begin(self) -> Iterator[tuple[int, Loop]]:
        loop = self._loop
        opposites = [opposite(each) for each in loop.wanted if each.type == "bool"]
        frame = Frame(
            loop.frame.hunt, loop.bodies.size, [*loop.wanted, *opposites], [],
            loop.frame.taken | set(loop.source.names), loop.bodies.bank, DEAREST,
        )  # fmt: skip
        around: list[tuple[Term, Vector]] = [*loop.bodies.captures, *loop.bodies.elements]
        for (one, first), (other, second) in combinations(loop.bodies.elements, 2):
            pairs = zipped(one, other, (first, second), frame.taken)
            if pairs is not None:
                yield 0, self._make(frame, pairs, [])
        for leaf, vector in loop.bodies.elements if not loop.required else ():
            if leaf.type == "str" and not loop.open:
                for source in (
                    *pieces(leaf, vector, frame.taken),
                    *separated(leaf, vector, loop.frame.hunt.constants, frame.taken),
                ):
                    yield 0, self._make(frame, source, [])
            if is_collection(leaf.type):
                for source in sources_of(leaf, vector, frame.taken):
                    if not loop.open:
                        yield 0, self._make(frame, source, [])
                    yield OPEN_LAG, self._make(frame, source, around)
            elif not loop.open:
                lag = OPEN_LAG if opposites else RANGE_LAG
                for source in _counting(leaf, vector, frame):
                    yield lag, self._make(frame, source, around)
        if loop.required:
            return
        rows = any(wanted.type.startswith("list[") for wanted in loop.wanted)
        for term, vector in loop.bodies.captures if loop.wanted else ():
            if isinstance(term, Leaf):
                counting = _counting(term, vector, frame) if rows else ()
                for source in (*sources_of(term, vector, frame.taken), *counting):
                    yield OPEN_LAG, self._make(frame, source, around)


def _counting(number: Leaf, vector: Vector, frame: Frame) -> Iterator[Source]:
    """The ranges up to a small number."""
    if number.type == "int" and all(isinstance(cell, int) and cell <= HIGHEST for cell in vector):
        for source, _ in everyday_ranges(number, vector, frame.taken)[:FEWER]:
            yield source
