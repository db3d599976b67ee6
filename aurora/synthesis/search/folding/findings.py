"""What to do with what a loop leaves: it is an answer, or one step short of one, or material for the bank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from aurora.synthesis.cells import Cell, Raised, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.goals import Goal
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.kernels import function_of
from aurora.synthesis.search.terms import Apply, Term

MATERIAL = 100
"""Vectors given to the bank: a bank full of loops would find nothing else."""

_STEPS = 40
"""Last steps that are tried."""

_OTHERS = 10
"""Terms of a type that a last step may take besides what the loop leaves."""

Make = Callable[[bool], Term]
"""Gives the program of a loop; whether nothing after it looks at the parameter that drives it."""


class _Step(NamedTuple):
    """A last step: an operator, and the terms around the loop's answer, which has the place ``hole``."""

    op: Op
    hole: int
    others: tuple[tuple[Term, Vector], ...]


class Findings:
    """Takes what the loops of one strategy leave."""

    def __init__(self, hunt: Hunt, strategy: str) -> None:
        self._hunt = hunt
        self._strategy = strategy
        self._seen: set[tuple[str, Vector]] = set()
        self._given = 0
        self._steps: dict[str, list[_Step]] = {}
        self.goals: dict[str, list[Goal]] = {}
        for goal in hunt.goals:
            self.goals.setdefault(goal.type, []).append(goal)
        self._accepted = {
            kind: [frozenset(cells) for cells in zip(*(goal.vector for goal in goals), strict=True)]
            for kind, goals in self.goals.items()
        }

    def possible(self, kind: str, cell: Cell, lane: int) -> bool:
        """Whether a lane's value may be an answer."""
        return cell in self._accepted[kind][lane]

    def offer(self, term: Term) -> None:
        """Offer a whole program."""
        self._hunt.offer(term, self._strategy)

    def answer(self, kind: str, vector: Vector, make: Make, *, returning: bool = False) -> bool:
        """Offer the program if ``vector`` is a goal of the type. One that returns early takes no last steps."""
        found = False
        for goal in self.goals.get(kind, ()):
            if goal.vector == vector and not (returning and goal.steps):
                self._hunt.offer(goal.reached(make(True)), self._strategy)
                found = True
        return found

    def take(self, kind: str, vector: Vector, make: Make) -> int:
        """Look at a vector that is no goal: try last steps, keep it as material; the evaluations that took."""
        if (kind, vector) in self._seen or len(set(vector)) < 2:
            return 1
        self._seen.add((kind, vector))
        work = 1
        for step in self._last_steps(kind):
            work += 1
            result = self._applied(step, vector)
            if result is not None and self.goals.get(step.op.returns):
                self._offer_stepped(step, result, make)
        column = self._hunt.bank.columns.get(kind)
        if column is not None and vector not in column.index and self._given < MATERIAL:
            self._given += 1
            self._hunt.bank.offer(make(False), vector)
        return work

    def _offer_stepped(self, step: _Step, result: Vector, make: Make) -> None:
        for goal in self.goals[step.op.returns]:
            if goal.vector == result:
                arguments = [term for term, _ in step.others]
                arguments.insert(step.hole, make(False))
                self._hunt.offer(goal.reached(Apply(step.op, *arguments)), self._strategy)

    def _applied(self, step: _Step, vector: Vector) -> Vector | None:
        """The vector after a step, if it may be a goal."""
        function = function_of(step.op.run, len(step.op.arguments), self._library(step.op))
        columns: list[Sequence[Cell]] = [column for _, column in step.others]
        columns.insert(step.hole, vector)
        goals = self.goals[step.op.returns]
        result: list[Cell] = []
        for lane, cells in enumerate(zip(*columns, strict=True)):
            cell = function(*cells)
            if cell.__class__ is Raised or all(cell != goal.vector[lane] for goal in goals):
                return None
            result.append(cell)
        return tuple(result)

    def _library(self, op: Op) -> Callable[..., Cell] | None:
        return self._hunt.inspector.library_functions().get(op.library) if op.library else None

    def _last_steps(self, kind: str) -> list[_Step]:
        known = self._steps.get(kind)
        if known is None:
            known = self._steps[kind] = self._made_steps(kind)
        return known

    def _made_steps(self, kind: str) -> list[_Step]:
        steps = []
        for op in self._hunt.operators:
            if (
                op.returns in self.goals
                and kind in op.arguments
                and len(op.arguments) <= 2
                and not op.library
            ):
                for hole, argument in enumerate(op.arguments):
                    if argument != kind:
                        continue
                    rest = op.arguments[:hole] + op.arguments[hole + 1 :]
                    if not rest:
                        steps.append(_Step(op, hole, ()))
                    elif not (op.commutative and hole):
                        steps += [_Step(op, hole, (other,)) for other in self._others(rest[0])]
        steps.sort(key=lambda step: step.op.cost + sum(term.cost for term, _ in step.others))
        return steps[:_STEPS]

    def _others(self, kind: str) -> list[tuple[Term, Vector]]:
        """The cheapest terms of a type."""
        bank = self._hunt.bank
        column = bank.columns[kind]
        places = [
            place for cost in (1, 2, 3, 4) for place in range(*column.levels.get(cost, (0, 0)))
        ][:_OTHERS]  # fmt: skip
        return [(bank.term(kind, place), column.values[place]) for place in places]
