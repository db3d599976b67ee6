"""How much work a search may do. Work is counted, never timed, so that it ends at the same place everywhere.

One unit is one expression evaluated on its lanes. What costs more is charged as several: see the constants.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aurora.synthesis.problem import Stopping

CANDIDATE = 100
"""A complete candidate compiled and run on the examples costs about as much as so many evaluations."""

EXAMPLE = 2
"""And as much again for each example that it is run on: of thousands, they are what counts."""

_LOOK = 10_000
"""Evaluations between two questions whether to stop."""


class Halt(Exception):
    """The search must stop here: budget, clock, interrupt or memory."""


class Budget:
    """Counts the work of one search. Invariant: ``spent`` never decreases. ``work`` says who did it."""

    def __init__(self, most: int, stopping: Stopping) -> None:
        self.spent = 0
        self.work: dict[str, int] = {}
        self._booking = False
        self._most = most
        self._stopping = stopping
        self._looked = 0

    def spend(self, evaluations: int) -> None:
        """Count work that was done. Raises ``Halt`` when there is to be no more."""
        self.spent += evaluations
        if self.spent >= self._most:
            raise Halt("budget")
        if self.spent - self._looked >= _LOOK:
            self._looked = self.spent
            reason = self._stopping()
            if reason:
                raise Halt(reason)

    @contextmanager
    def booked(self, name: str) -> Iterator[None]:
        """Book the work that is done inside under ``name``; work inside of that is booked already."""
        if self._booking:
            yield
            return
        self._booking, before = True, self.spent
        try:
            yield
        finally:
            self._booking = False
            self.work[name] = self.work.get(name, 0) + self.spent - before
