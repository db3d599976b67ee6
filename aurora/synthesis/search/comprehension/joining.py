"""Wanted bodies that are texts joined from words or numbers: it is enough to find those.

Order: when the loop begins. Invariant: joined, what is looked for is the wanted text on every element. What leads there
is for the bank of bodies to find, such as a row that is joined as it stands, or for a comprehension inside.
"""

from __future__ import annotations

from collections.abc import Callable

from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.goals import Goal, goals
from aurora.synthesis.search.terms import Term

MOST = 4
"""Separators and numbers that are looked behind, for one wanted body."""


class Joins:
    """Looks for the lists from which wanted texts are joined."""

    def __init__(self, loop: Loop) -> None:
        columns = loop.bodies.bank.columns
        lists = frozenset(kind for kind in ("list[str]", "list[int]") if kind in columns)
        for wanted in list(loop.wanted):
            if wanted.type != "str" or len(set(wanted.vector)) < 2 or not lists:
                continue
            before = [goal for goal in goals("str", wanted.vector, lists) if _joined(goal)]
            for goal in before[:MOST]:
                loop.want(Wanted(goal.type, goal.vector, _completing(wanted, goal)))

    def feed(self, body: Body) -> None:
        """The bank says when it finds the body."""

    def settle(self) -> None:
        """The bank says when it finds the body."""


def _joined(goal: Goal) -> bool:
    """Whether a goal is a list that is joined with a mark between."""
    marked = bool(goal.steps) and ".join(" in goal.steps[-1].text and not goal.steps[-1].text.startswith("''")
    return marked and not any(step.text == "{0}[::-1]" for step in goal.steps)


def _completing(wanted: Wanted, goal: Goal) -> Callable[[Term], Term]:
    return lambda term: wanted.complete(goal.reached(term))
