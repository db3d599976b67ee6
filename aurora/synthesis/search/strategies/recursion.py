"""Recursion: functions of two numbers that call themselves twice.

What calls itself once is a loop, and loops read better; see ``folds`` and ``loops``. Order: by cost.
Invariant: every recursion that is tried ends, by a bound on its calls where not by itself.
"""

from __future__ import annotations

from aurora.synthesis.search.folding.agenda import Agenda
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.recurring import recurring
from aurora.synthesis.search.hunt import Hunt

BEGIN = 6
"""The main bank's cost at which recursion begins."""


class Recursion:
    """Looks for recursive functions."""

    name = "recursion"
    share = 5

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._agenda = Agenda()
        numbers = [(leaf, vector) for leaf, vector in hunt.parameters if leaf.type == "int"]
        if hunt.depth == 0 and hunt.returns == "int" and len(numbers) == len(hunt.parameters) == 2:
            self._agenda.add(recurring(hunt, Findings(hunt, self.name), numbers), 1)

    @property
    def ready(self) -> bool:
        """From the time on when simple expressions are done, until every task is."""
        return self._hunt.bank.cost >= BEGIN and len(self._agenda) > 0

    def advance(self, allowance: int) -> None:
        """Let the task work."""
        while allowance > 0 and len(self._agenda):
            work = self._agenda.work()
            self._hunt.spend(work)
            allowance -= work
