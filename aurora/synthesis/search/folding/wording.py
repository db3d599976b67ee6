"""What the prose says of loops: a form that it speaks of costs half, as operators do, and is tried earlier.

Words never decide; the examples do. Names of functions and parameters do not count.
"""

from __future__ import annotations

import re

from aurora.synthesis.problem import Problem


class Wording:
    """The words of a problem's prose and hints."""

    def __init__(self, problem: Problem) -> None:
        text = " ".join((problem.prose, *problem.hints))
        self._words = sorted(set(re.findall(r"[a-z]+", text.lower())))

    def spoken(self, stems: str) -> bool:
        """Whether a word of the prose begins with one of ``stems``."""
        return any(word.startswith(stem) for stem in stems.split() for word in self._words)

    def cost(self, cost: int, stems: str) -> int:
        """``cost``, or half of it if the prose speaks of one of ``stems``."""
        return (cost + 1) // 2 if self.spoken(stems) else cost
