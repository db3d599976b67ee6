"""Work units: what a search spends, counted, so that two runs stop at the same place on any machine.

One unit is about one expression evaluated on four examples, half a microsecond. The clock is an outer guard
only: a search that it stops says so.
"""

from __future__ import annotations

from collections.abc import Callable


class Exhausted(Exception):
    """The budget, or the time, is used up."""


class Work:
    """Units spent. ``spent`` never decreases; ``spend`` raises ``Exhausted`` once it exceeds ``limit``."""

    def __init__(self, limit: int, overdue: Callable[[], bool] = lambda: False) -> None:
        self.limit = limit
        self.spent = 0
        self.late = False
        self._overdue = overdue

    def spend(self, units: int) -> None:
        """Count ``units``; raises ``Exhausted`` when there are no more, or when the guard says it is late."""
        self.spent += units
        if self.spent > self.limit:
            raise Exhausted
        if self._overdue():
            self.late = True
            raise Exhausted
