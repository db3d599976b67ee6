"""The engine behind the search's interface."""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.problem import Message, Problem, Stopping
from aurora.synthesis.search.search import Search
from aurora.synthesis.search.strategies import STRATEGIES


class ValueSearch:
    """Values first: strategies over banks of value vectors, simplest programs first, rivals told apart.

    ``without`` names strategies to leave out: for ablations, and for whoever wants to know what one is worth.
    """

    version = "values/4"

    def __init__(self, without: frozenset[str] = frozenset()) -> None:
        """Raises ``ValueError`` for a strategy that there is not."""
        unknown = sorted(without - STRATEGIES.keys())
        if unknown:
            raise ValueError(f"no strategy {', '.join(unknown)}: there are {', '.join(STRATEGIES)}")
        self._without = without

    def search(self, problem: Problem, stopping: Stopping) -> Iterator[Message]:
        """Yield frames and notices, then one outcome."""
        return Search(problem, stopping, self._without).run()
