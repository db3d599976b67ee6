"""Special cases: where one side of a predicate has a plain answer, a hunt of its own goes after the other side.

``if not xs: return 0`` before a loop or comprehension, ``None`` where there is nothing to say: on all lanes at
once such a program is seen by nobody, since its main part fails or raises where the special case stands.

Order: splits by the cost of predicate and plain answer; a new sub-hunt starts when the earlier ones have done a
stint of work, and whoever has done least for its place in the queue goes next. Invariant: the plain answer is
right on every row of its side, and there are at least two rows on the other. Sub-hunts do not split further.
"""

from __future__ import annotations

from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.candidates import agrees
from aurora.synthesis.cells import Raised, decode
from aurora.synthesis.search.budget import CANDIDATE
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.predicates import Predicates, negated
from aurora.synthesis.search.terms import Leaf, Term, choice, mentions, program

TEST_COST = 12
"""Predicates dearer than this are not tried."""

TRIVIAL = 2
"""A special case with a dearer constant than this needs two examples: one may be anything."""

SPLITS = 8
"""Sub-hunts, at most."""

STINT = 12_000
"""Work of all sub-hunts after which the next one starts."""

KEPT = 40_000
"""Vectors that the bank of a sub-hunt keeps."""

PATIENCE = 2
PATIENCE_START = 60_000
"""A sub-hunt that has found a program goes on for so much work, in the hope of a simpler one."""


class Split(NamedTuple):
    """A predicate, the plain answer where it holds, and the rows where it does not."""

    test: Term
    answer: Term
    rows: tuple[int, ...]

    @property
    def cost(self) -> int:
        """What the special case costs."""
        return self.test.cost + self.answer.cost


class Guards:
    """Splits off special cases and hunts for the rest."""

    name = "guards"
    share = 14

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        wanted = hunt.inspector.wanted
        self._rows = [row for row in hunt.rows if not isinstance(wanted[row], Raised)]
        self._possible = hunt.depth == 0 and len(self._rows) > 2 and hunt.returns != "bool"
        self._predicates = Predicates(hunt)
        self._level = -1
        self._seen: set[int] = set()
        self._splits: dict[tuple[int, ...], Split] = {}
        self._sides: list[Side] = []
        self._found: list[Term] = []

    def begin_anew(self) -> None:
        """Splits and sub-hunts are about all rows: they stay as they are."""
        self._predicates = Predicates(self._hunt)
        self._level = -1

    @property
    def ready(self) -> bool:
        """When there may be new splits, or a sub-hunt can go on."""
        if not self._possible:
            return False
        return self._hunt.bank.cost > self._level or bool(self._found) or bool(self._active())

    def advance(self, allowance: int) -> None:
        """Look for splits, start the next sub-hunt if it is time, and let one go on."""
        hunt = self._hunt
        hunt.spend(1)
        if hunt.bank.cost > self._level:
            self._level = hunt.bank.cost
            if self._level <= TEST_COST and self._predicates.refresh():
                self._split()
        if len(self._sides) < SPLITS and sum(side.spent for side in self._sides) >= STINT * len(self._sides):
            self._start()
        active = self._active()
        if active:
            place = min(active, key=lambda place: self._sides[place].spent * (2 + place))
            self._found += self._sides[place].advance(allowance)
        while self._found:
            hunt.offer(self._found.pop(0), self.name)

    def _active(self) -> list[int]:
        return [place for place, side in enumerate(self._sides) if side.ready]

    def _start(self) -> None:
        started = {side.split.rows for side in self._sides}
        waiting = [split for split in self._splits.values() if split.rows not in started]
        if waiting:
            self._sides.append(Side(self._hunt, min(waiting, key=lambda split: split.cost)))

    def _split(self) -> None:
        for predicate in self._predicates.ordered():
            if predicate.mask in self._seen or predicate.cost > TEST_COST:
                continue
            self._seen.add(predicate.mask)
            test = self._predicates.term(predicate)
            inspector = self._hunt.inspector
            answers = inspector.evaluated(program(test), [inspector.examples[row] for row in self._rows])
            self._hunt.spend(CANDIDATE // 4)
            if all(isinstance(answer, bool) for answer in answers):
                holds = [row for row, answer in zip(self._rows, answers, strict=True) if answer]
                fails = [row for row, answer in zip(self._rows, answers, strict=True) if not answer]
                self._consider(test, holds, fails)
                self._consider(negated(test), fails, holds)

    def _consider(self, test: Term, special: list[int], rest: list[int]) -> None:
        answer = self._plain(special) if len(rest) > 1 and special else None
        if answer is None or self._plain(rest) is not None:
            return
        if len(special) == 1 and not answer.variable and answer.cost > TRIVIAL:
            return
        split = Split(test, answer, tuple(rest))
        known = self._splits.get(split.rows)
        if known is None or split.cost < known.cost:
            self._splits[split.rows] = split

    def _plain(self, rows: list[int]) -> Leaf | None:
        """The cheapest constant or parameter that is right on all of ``rows``."""
        inspector, returns = self._hunt.inspector, parse_type(self._hunt.returns)
        for leaf, cell in sorted(self._hunt.constants, key=lambda each: each[0].cost):
            if leaf.type == self._hunt.returns:
                value = decode(cell, returns)
                if all(agrees(value, inspector.wanted[row]) for row in rows):
                    return leaf
        for place, (leaf, _) in enumerate(self._hunt.parameters):
            if leaf.type == self._hunt.returns and all(
                agrees(inspector.examples[row][place], inspector.wanted[row]) for row in rows
            ):
                return leaf
        return None


class Side:
    """The hunt for the rows of one split. ``advance`` gives the whole programs that it finds."""

    def __init__(self, hunt: Hunt, split: Split) -> None:
        self.split = split
        self.spent = 0
        self._hunt = hunt
        self._found: list[Term] = []
        self._tried: dict[str, int | None] = {}
        self._cheapest = 1 << 30
        self._deadline = 1 << 60
        self._inner = Hunt(
            hunt.inspector, split.rows, hunt.budget, self._offer, hunt.makers, depth=hunt.depth + 1, most=KEPT
        )  # fmt: skip

    @property
    def ready(self) -> bool:
        """Until it is exhausted, or has looked long enough for something simpler."""
        return self.spent < self._deadline and not self._inner.exhausted

    def advance(self, allowance: int) -> list[Term]:
        """Let the hunt go on; what it found, with the special case before it."""
        before = self._hunt.budget.spent
        self._inner.advance(allowance)
        self.spent += max(1, self._hunt.budget.spent - before)
        found, self._found = self._found, []
        if found and self._deadline == 1 << 60:
            self._deadline = self.spent + PATIENCE_START + PATIENCE * self.spent
        return [choice(self.split.test, self.split.answer, term) for term in found]

    def _offer(self, term: Term, strategy: str) -> int | None:
        """Try a program on the rows of this side only; the first that it fails."""
        inspector = self._hunt.inspector
        cost = term.cost + inspector.charge(mentions(term) | mentions(self.split.test))
        if cost > self._cheapest:
            return None
        text = program(term)
        if text not in self._tried:
            self._hunt.spend(CANDIDATE)
            rows = self.split.rows
            results = inspector.results(inspector.compiled(text), [inspector.examples[row] for row in rows])
            failing = [
                row for row, got in zip(rows, results, strict=True) if not agrees(got, inspector.wanted[row])
            ]
            self._tried[text] = failing[0] if failing else None
            if not failing:
                self._cheapest = cost
                self._found.append(term)
        return self._tried[text]
