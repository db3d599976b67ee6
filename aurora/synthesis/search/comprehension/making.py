"""A loop with all its uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.comprehension.averaging import Means
from aurora.synthesis.search.comprehension.branching import Branches
from aurora.synthesis.search.comprehension.defaults import Defaults
from aurora.synthesis.search.comprehension.dictionaries import Dictionaries
from aurora.synthesis.search.comprehension.directed import Parts, Remainders
from aurora.synthesis.search.comprehension.frame import Frame
from aurora.synthesis.search.comprehension.joining import Joins
from aurora.synthesis.search.comprehension.loop import Loop, Use
from aurora.synthesis.search.comprehension.nested import Nested
from aurora.synthesis.search.comprehension.ordering import Orders
from aurora.synthesis.search.comprehension.plain import Conditions, Maps, Values
from aurora.synthesis.search.comprehension.repeating import Repeats
from aurora.synthesis.search.comprehension.selecting import Selections
from aurora.synthesis.search.comprehension.sources import Source
from aurora.synthesis.search.comprehension.summing import Sums
from aurora.synthesis.search.comprehension.transducer import Transducer
from aurora.synthesis.search.terms import Term

_USES: tuple[Callable[[Loop], Use], ...] = (
    Maps, Transducer, Joins, Conditions, Defaults, Values, Parts, Remainders, Branches, Selections, Sums, Orders,
    Dictionaries, Repeats, Means,
)  # fmt: skip


def loop_over(frame: Frame, source: Source, captures: Sequence[tuple[Term, Vector]]) -> Loop:
    """The loop over ``source`` whose bodies may mention ``captures``, with loops inside."""
    loop = inner_loop(frame, source, captures)
    loop.uses.append(Nested(loop, inner_loop))
    return loop


def inner_loop(frame: Frame, source: Source, captures: Sequence[tuple[Term, Vector]]) -> Loop:
    """The loop over ``source``, with no loops inside."""
    loop = Loop(frame, source, captures)
    # What is wanted of bodies must be known before anybody looks for a way to it.
    loop.uses = [make(loop) for make in _USES]
    return loop
