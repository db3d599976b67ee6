"""Conditional bodies: answers that are right on some elements, joined by conditions that tell those apart.

Order: after each level, if it gave new answers or conditions. Invariant: few answers, none of which says more than
the elements that it explains (see ``leaves``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from aurora.synthesis.algorithms.trees import Branch, CheapestTree, Tree
from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.search.comprehension.affixing import Affixes
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.evidence import agreement, information
from aurora.synthesis.search.predicates import negated
from aurora.synthesis.search.terms import CHOICE_COST, Leaf, Term, choice, constant

ANSWERS = 300
CONDITIONS = 100
STEPS = 4_000
SINGLE_COST = 4
LEAVES = 4
LITERALS = 12
SHARED_LITERAL = 3
LONE_LITERAL = 8


class Part(NamedTuple):
    """An answer or condition with the elements it is right on or holds on."""

    mask: int
    cost: int
    origin: Body | Term


class Answers:
    """What is right on some elements of one wanted body, and the cheapest tree so far."""

    def __init__(self, wanted: Wanted, often: Sequence[int], elements: Sequence[tuple[Leaf, Vector]]) -> None:
        """``often`` says how many elements each lane stands for."""
        self.wanted = wanted
        self.affixes = Affixes(wanted.vector, elements) if wanted.type == "str" else None
        self._often = often
        self.found: dict[int, Part] = {}
        self.seen = 0
        self.offered = 1 << 30
        self.information = [information(cell) for cell in wanted.vector]
        self._add_literals()

    def _add_literals(self) -> None:
        """What is wanted on several elements may be meant literally, where there are few such answers."""
        counts: Counter[Cell] = Counter()
        for cell, often in zip(self.wanted.vector, self._often, strict=True):
            counts[cell] += often
        if len(counts) > LITERALS or self.wanted.type not in ("int", "str"):
            return
        for cell, count in counts.items():
            mask = agreement((cell,) * len(self.wanted.vector), self.wanted.vector)
            cost = SHARED_LITERAL if count > 1 else LONE_LITERAL
            self.found[mask] = Part(mask, cost, constant(repr(cell), self.wanted.type, cost))


class Branches:
    """Looks for conditional bodies."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._conditions: dict[int, Part] = {}
        self._answers: dict[tuple[str, Vector], Answers] = {}
        often = Counter(lane for lanes in loop.grid.positions for lane in lanes)
        self._often = [often[lane] for lane in range(loop.bodies.size)]

        for term, vector in (*loop.divisibility(), *loop.thresholds()):
            mask = truths(vector)
            self._conditions.setdefault(mask, Part(mask, term.cost, term))

    def feed(self, body: Body) -> None:
        """Note a condition."""
        if body.type == "bool" and len(self._conditions) < 4 * CONDITIONS and body.mask & self._loop.elements:
            mask = truths(body.vector)
            full = (1 << len(body.vector)) - 1
            if mask not in (0, full) and mask not in self._conditions:
                self._conditions[mask] = Part(mask, self._loop.level, body)

    def settle(self) -> None:
        """Look for a tree for each wanted body."""
        for wanted in self._loop.wanted:
            if wanted.type == "bool":
                continue
            answers = self._answers.setdefault(
                (wanted.type, wanted.vector), Answers(wanted, self._often, self._loop.bodies.elements)
            )
            if self._refresh(answers) and self._loop.level >= 3:
                self._search(answers)

    def _refresh(self, answers: Answers) -> bool:
        """Take in the bodies found since."""
        loop, wanted = self._loop, answers.wanted
        column = loop.bodies.bank.columns[wanted.type]
        self._loop.spend(len(column.values) - answers.seen)
        for place in range(answers.seen, len(column.values)):
            mask = agreement(column.values[place], wanted.vector)
            known = answers.found.get(mask)
            if mask and (known is None or loop.bodies.bank.cost_of(wanted.type, place) < known.cost):
                body = Body(wanted.type, place, column.values[place], loop.bodies.mask(wanted.type, place))
                answers.found[mask] = Part(mask, loop.bodies.bank.cost_of(wanted.type, place), body)
            if answers.affixes:
                affixed = answers.affixes.answer(
                    column.values[place], loop.bodies.bank.term(wanted.type, place)
                )
                if affixed is not None:
                    term, vector = affixed
                    mask = agreement(vector, wanted.vector)
                    answers.found.setdefault(mask, Part(mask, term.cost, term))
        answers.seen = len(column.values)
        union = 0
        for mask in answers.found:
            union |= mask
        return bool(self._conditions) and union == (1 << loop.bodies.size) - 1

    def _search(self, answers: Answers) -> None:
        ranked = sorted(answers.found.values(), key=lambda part: (-part.mask.bit_count(), part.cost))[
            :ANSWERS
        ]
        ranked.sort(key=lambda part: part.cost)
        lone = SINGLE_COST if self._loop.bodies.size > 3 else 0

        def leaf(mask: int, below: int) -> tuple[int, Part] | None:
            bits = sum(bits for lane, bits in enumerate(answers.information) if mask >> lane & 1)
            for part in ranked:
                if part.cost > bits or part.cost >= below:
                    return None
                if mask & ~part.mask == 0:
                    return part.cost + lone * (mask & (mask - 1) == 0), part
            return None

        tests = sorted(self._conditions.values(), key=lambda part: part.cost)[:CONDITIONS]
        costed = [(part.mask, part.cost, part) for part in tests]
        for depth in (1, 2, 3):
            search = CheapestTree(leaf, costed, branch=CHOICE_COST, steps=STEPS)
            found = search.find((1 << self._loop.bodies.size) - 1, depth, answers.offered)
            self._loop.spend(2 * search.steps)
            if found is None:
                continue
            cost, tree = found
            most = min(LEAVES, (self._loop.bodies.size + 1) // 2)
            if isinstance(tree, Branch) and cost < answers.offered and _leaves(tree) <= most:
                answers.offered = cost
                self._loop.frame.answer(answers.wanted, self._term(tree))
            return

    def _term(self, tree: Tree[Part, Part]) -> Term:
        """The conditional, as a chain where it is one: the short answer first."""
        if not isinstance(tree, Branch):
            return self._origin(tree.answer)
        test = self._origin(tree.test)
        if isinstance(tree.then, Branch) and not isinstance(tree.other, Branch):
            return choice(negated(test), self._term(tree.other), self._term(tree.then))
        return choice(test, self._term(tree.then), self._term(tree.other))

    def _origin(self, part: Part) -> Term:
        return self._loop.bodies.term(part.origin) if isinstance(part.origin, Body) else part.origin


def truths(vector: Sequence[object]) -> int:
    """The lanes on which a condition holds."""
    mask = 0
    for lane, value in enumerate(vector):
        if value:
            mask |= 1 << lane
    return mask


def _leaves(tree: Tree[Part, Part]) -> int:
    return _leaves(tree.then) + _leaves(tree.other) if isinstance(tree, Branch) else 1
