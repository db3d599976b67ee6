"""The strategies of a search. A new one is one module and one line here.

Each has a name, a share of the work, and states its order and invariant in its module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aurora.synthesis.search.hunt import Hunt, Strategy
from aurora.synthesis.search.strategies.adaptation import Adaptation
from aurora.synthesis.search.strategies.bounds import Bounds
from aurora.synthesis.search.strategies.comparing import Comparing
from aurora.synthesis.search.strategies.components import Components
from aurora.synthesis.search.strategies.comprehensions import Comprehensions
from aurora.synthesis.search.strategies.editing import Editing
from aurora.synthesis.search.strategies.enumeration import Enumeration
from aurora.synthesis.search.strategies.fields import Fields
from aurora.synthesis.search.strategies.folds import Folds
from aurora.synthesis.search.strategies.guards import Guards
from aurora.synthesis.search.strategies.idioms import Idioms
from aurora.synthesis.search.strategies.kinks import Kinks
from aurora.synthesis.search.strategies.ladders import Ladders
from aurora.synthesis.search.strategies.loops import Loops
from aurora.synthesis.search.strategies.membership import Membership
from aurora.synthesis.search.strategies.missing import Missing
from aurora.synthesis.search.strategies.multiples import Multiples
from aurora.synthesis.search.strategies.picks import Picks
from aurora.synthesis.search.strategies.raising import Raising
from aurora.synthesis.search.strategies.recursion import Recursion
from aurora.synthesis.search.strategies.regular_expressions import RegularExpressions
from aurora.synthesis.search.strategies.repetition import Repetition
from aurora.synthesis.search.strategies.signs import Signs
from aurora.synthesis.search.strategies.trees import Trees
from aurora.synthesis.search.strategies.witness import Witness

STRATEGIES: Mapping[str, Callable[[Hunt], Strategy]] = {
    Enumeration.name: Enumeration,
    Adaptation.name: Adaptation,
    Fields.name: Fields,
    RegularExpressions.name: RegularExpressions,
    Membership.name: Membership,
    Idioms.name: Idioms,
    Witness.name: Witness,
    Repetition.name: Repetition,
    Bounds.name: Bounds,
    Kinks.name: Kinks,
    Ladders.name: Ladders,
    Missing.name: Missing,
    Multiples.name: Multiples,
    Picks.name: Picks,
    Comparing.name: Comparing,
    Trees.name: Trees,
    Signs.name: Signs,
    Comprehensions.name: Comprehensions,
    Folds.name: Folds,
    Loops.name: Loops,
    Recursion.name: Recursion,
    Guards.name: Guards,
    Components.name: Components,
    Raising.name: Raising,
    Editing.name: Editing,
}
"""By name, in the order in which they begin."""

PROBING = frozenset({Enumeration.name})
"""The strategies that work with vectors longer than the goal: those of a hunt with probes."""
