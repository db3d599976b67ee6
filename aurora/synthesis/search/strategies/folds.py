"""Folds: ``acc = start; for x in C: acc = body``, with ``C``, start and body from small banks.

Order: whatever may find the cheapest program goes next, over all collections and types of accumulators.
Invariant: nothing here waits for something dearer. A comprehension that says the same is cheaper and wins.
"""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.search.folding.accumulation import Accumulation
from aurora.synthesis.search.folding.agenda import Agenda
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.leaving import LEAVE_COST, leaving
from aurora.synthesis.search.folding.tables import TABLE_COST, tables
from aurora.synthesis.search.folding.walks import Collections, Walk
from aurora.synthesis.search.hunt import Hunt

BEGIN = 5
"""The main bank's cost at which folds begin: until then it may have the answer itself."""


class Folds:
    """Looks for folds over the collections of the hunt's bank."""

    name = "folds"
    share = 20

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._agenda = Agenda()
        self._findings = Findings(hunt, self.name)
        self._collections = Collections(hunt)
        self._built = 0

    @property
    def ready(self) -> bool:
        """From the time on when there are collections worth a loop."""
        cost = self._hunt.bank.cost
        return self._hunt.depth == 0 and cost >= BEGIN and (len(self._agenda) > 0 or cost > self._built)

    def advance(self, allowance: int) -> None:
        """Let the cheapest tasks work."""
        if self._hunt.bank.cost > self._built:
            self._built = self._hunt.bank.cost
            for walk in self._collections.fresh():
                self._begin(walk)
        while allowance > 0 and len(self._agenda):
            work = self._agenda.work()
            self._hunt.spend(work)
            allowance -= work

    def _begin(self, walk: Walk) -> None:
        for kind in self._findings.goals:
            if kind.startswith("dict["):
                self._agenda.add(tables(self._hunt, self._findings, walk, kind), walk.cost + TABLE_COST)
        if not self._hunt.returns.startswith(("dict[", "set[")):
            for longer in self._collections.remembering(walk):
                self._agenda.add(leaving(self._hunt, self._findings, longer), longer.cost + LEAVE_COST)
        for kind in self._kinds():
            accumulation = Accumulation(self._hunt, self._findings, walk, kind)
            self._agenda.add(accumulation.task(), accumulation.cost)

    def _kinds(self) -> Iterator[str]:
        """The types of accumulators: those of goals, and numbers that may lead to one."""
        kinds = {goal.type: None for goal in self._hunt.goals if not goal.type.startswith("dict[")}
        if self._hunt.returns in ("bool", "float", "list[int]"):
            kinds["int"] = None
        if self._hunt.returns == "list[float]":
            kinds["float"] = None
        return iter(kinds)
