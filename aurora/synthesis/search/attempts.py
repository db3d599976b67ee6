"""The stream of attempts: numbered, cut into frames of 1,024, the best one remembered."""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.problem import Frame
from aurora_events.runs import FRAME_SIZE, Attempt


class Attempts:
    """Attempts in order. Whatever is recorded is given out once, in frames."""

    def __init__(self) -> None:
        self.count = 0
        self.best: tuple[Attempt, int] | None = None
        self._pending: list[Attempt] = []

    def record(self, program: str, cost: int, passed: int) -> int:
        """Record an attempt; its index in the search."""
        attempt = Attempt(program, cost, passed)
        if self.best is None or (passed, -cost) > (self.best[0].passed, -self.best[0].cost):
            self.best = attempt, self.count
        self._pending.append(attempt)
        self.count += 1
        return self.count - 1

    def full_frames(self) -> Iterator[Frame]:
        """The frames that are full."""
        while len(self._pending) >= FRAME_SIZE:
            yield self._cut(FRAME_SIZE)

    def rest(self) -> Iterator[Frame]:
        """At the end of a search: every frame, the last one as long as it is."""
        yield from self.full_frames()
        if self._pending:
            yield self._cut(len(self._pending))

    def _cut(self, size: int) -> Frame:
        first = self.count - len(self._pending)
        frame = Frame(first, tuple(self._pending[:size]))
        del self._pending[:size]
        return frame
