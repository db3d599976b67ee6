"""While loops and loops that are counted: digits, halving, two numbers that change together, counting until.

Order: whatever may find the cheapest program goes next. Invariant: every loop that is tried ends, by a bound
on its steps where not by itself.
"""

from __future__ import annotations

from functools import partial

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.folding.accumulation import Accumulation
from aurora.synthesis.search.folding.agenda import Agenda
from aurora.synthesis.search.folding.driving import driven
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.pairs import PAIR_COST, Given, exhausted, repeated
from aurora.synthesis.search.folding.paying import payments
from aurora.synthesis.search.folding.programs import program
from aurora.synthesis.search.folding.reaching import Reaching, reaches
from aurora.synthesis.search.folding.repeating import LEAST_STEP, MOST_STEP, price, repeating
from aurora.synthesis.search.folding.seeking import seeking, ways
from aurora.synthesis.search.folding.walks import Walk, counted
from aurora.synthesis.search.hunt import Hunt

BEGIN = 5
"""The main bank's cost at which loops begin."""

REST_COST = 6
"""What a loop costs that only uses a number up."""

WHILE_COST = 8
"""What a while loop with an accumulator costs besides its parts."""


class Loops:
    """Looks for loops over numbers that the parameters give."""

    name = "loops"
    share = 15

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._agenda = Agenda()
        self._findings = Findings(hunt, self.name)
        self._begun = False
        self._repeated = LEAST_STEP - 1
        self._reaches = [Reaching(hunt, self._findings, reach) for reach in reaches(hunt)]

    @property
    def ready(self) -> bool:
        """From the time on when simple expressions are done, until every task is."""
        hunt = self._hunt
        work = len(self._agenda) > 0 or self._repeated < min(hunt.bank.cost - 1, MOST_STEP)
        work = work or any(reaching.ready for reaching in self._reaches)
        return hunt.depth == 0 and hunt.bank.cost >= BEGIN and work

    def advance(self, allowance: int) -> None:
        """Let the cheapest tasks work."""
        if not self._begun:
            self._begun = True
            self._begin()
        self._repeat()
        for reaching in self._reaches:
            reaching.advance(allowance)
        while allowance > 0 and len(self._agenda):
            work = self._agenda.work()
            self._hunt.spend(work)
            allowance -= work

    def _begin(self) -> None:
        hunt, findings, agenda = self._hunt, self._findings, self._agenda
        for payment in payments(hunt):
            findings.offer(payment)
        kinds = dict.fromkeys([*(goal.type for goal in hunt.goals), "int"])
        for walk, rest in driven(hunt):
            self._left(walk, rest)
            for kind in kinds:
                accumulation = Accumulation(hunt, findings, walk, kind, WHILE_COST)
                agenda.add(accumulation.task(), accumulation.cost)
        if "int" not in findings.goals:
            return
        for way in ways(hunt):
            agenda.add(seeking(hunt, findings, way), way.cost)
        for walk in counted(hunt):
            agenda.add(repeated(hunt, findings, walk), walk.cost + PAIR_COST)
        numbers = [Given(leaf, vector) for leaf, vector in hunt.parameters if leaf.type == "int"]
        for one in numbers:
            for two in numbers:
                if one is not two:
                    agenda.add(exhausted(hunt, findings, one, two), PAIR_COST)

    def _repeat(self) -> None:
        """Take the terms of the bank's finished levels as steps."""
        hunt = self._hunt
        while self._repeated < min(hunt.bank.cost - 1, MOST_STEP):
            self._repeated += 1
            for place, (leaf, _) in enumerate(hunt.parameters):
                if leaf.type in ("int", "str") and not hunt.returns.startswith(("dict[", "set[")):
                    task = repeating(hunt, self._findings, place, self._repeated)
                    self._agenda.add(task, price(self._repeated))

    def _left(self, walk: Walk, rest: Vector) -> None:
        """What a loop leaves of the number that it uses up."""
        make = partial(program, walk, (), (), "@", "int", REST_COST)
        if not self._findings.answer("int", rest, lambda own: make(own=own)):
            self._findings.take("int", rest, lambda own: make(own=own))
