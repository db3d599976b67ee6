"""Many searches at once, the one whose next finds are cheapest first.

A task is a generator that yields, after each piece of work, a ``Pause``: how much was done, and what the next
program it may find would cost. Order: by that cost, then by age. Invariant: no task waits while a dearer one
works.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple


class Pause(NamedTuple):
    """Between two pieces of work: evaluations done since the last pause, and the cost of what comes next."""

    evaluations: int
    cost: int


Task = Iterator[Pause]


class Agenda:
    """The tasks of one strategy."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, Task]] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def cost(self) -> int:
        """The cost of what the next task may find."""
        return self._waiting[0][0]

    def add(self, task: Task, cost: int) -> None:
        """Take in a task whose first finds would cost ``cost``."""
        self._count += 1
        heapq.heappush(self._waiting, (cost, self._count, task))

    def work(self) -> int:
        """Let the cheapest task do a piece of work; the evaluations it took."""
        _, age, task = self._waiting[0]
        pause = next(task, None)
        if pause is None:
            heapq.heappop(self._waiting)
            return 1
        heapq.heapreplace(self._waiting, (pause.cost, age, task))
        return pause.evaluations
