"""The programs that fit, in order of cost, and when to stop looking for simpler ones."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from aurora.synthesis.candidates import Candidate

WINDOW = 8
"""Programs dearer than the simplest by more than this are not worth running."""


class Pool:
    """Fitting candidates. Invariant: ``best`` is the simplest, of equals the shorter to read, then the first found."""

    def __init__(self) -> None:
        self._candidates: list[Candidate] = []

    def __len__(self) -> int:
        return len(self._candidates)

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._candidates)

    def add(self, candidate: Candidate) -> None:
        """Take a candidate that fits."""
        self._candidates.append(candidate)

    def cheapen(self, program: str, cost: int) -> None:
        """Another way to the same program may be cheaper, as where the prose has given a constant."""
        for place, known in enumerate(self._candidates):
            if known.program == program and cost < known.cost:
                self._candidates[place] = msgspec.structs.replace(known, cost=cost)

    @property
    def best(self) -> Candidate | None:
        """The simplest, if there is one."""
        return min(self._candidates, key=lambda each: each.order, default=None)

    def wants(self, cost: int) -> bool:
        """Whether a program of ``cost`` could still matter."""
        best = self.best
        return best is None or cost <= best.cost + WINDOW
