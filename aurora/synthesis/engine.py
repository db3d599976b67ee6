"""The first engine: typed bottom-up enumeration behind the search's interface."""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.problem import Message, Problem, Stopping
from aurora.synthesis.search import Search


class BottomUp:
    """Cheapest programs first, one per behaviour; conditionals by division; rivals on probe inputs."""

    version = "bottom-up/1"

    def search(self, problem: Problem, stopping: Stopping) -> Iterator[Message]:
        """Yield frames and notices, then one outcome."""
        return Search(problem, stopping).run()
