"""A loop with all its uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.comprehension.frame import Frame
from aurora.synthesis.search.comprehension.loop import Loop, Use
from aurora.synthesis.search.comprehension.plain import Conditions, Maps, Values
from aurora.synthesis.search.comprehension.sources import Source
from aurora.synthesis.search.terms import Term

_USES: tuple[Callable[[Loop], Use], ...] = (Maps, Conditions, Values)


def loop_over(frame: Frame, source: Source, captures: Sequence[tuple[Term, Vector]]) -> Loop:
    """The loop over ``source`` whose bodies may mention ``captures``."""
    loop = Loop(frame, source, captures)
    loop.uses = [make(loop) for make in _USES]
    return loop
