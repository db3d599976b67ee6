"""The strategies of a search. A new one is one module and one line here.

Each has a name, a share of the work, and states its order and invariant in its module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aurora.synthesis.search.hunt import Hunt, Strategy
from aurora.synthesis.search.strategies.enumeration import Enumeration
from aurora.synthesis.search.strategies.folds import Folds
from aurora.synthesis.search.strategies.loops import Loops

STRATEGIES: Mapping[str, Callable[[Hunt], Strategy]] = {
    Enumeration.name: Enumeration,
    Folds.name: Folds,
    Loops.name: Loops,
}
"""By name, in the order in which they begin."""
