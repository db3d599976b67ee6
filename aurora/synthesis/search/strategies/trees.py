"""Conditionals: answers that are right on some lanes, joined by predicates that tell those apart.

Order: after each level of the bank, and whenever there are new ways to divide the lanes, the cheapest tree over
what is known. Invariant: no tree is a table of the examples. It has at most half as many leaves as there are
examples (rounded up), a leaf that one lane alone speaks for is charged, and no leaf says more than the answers
that it explains. A tree waits until direct programs of about its cost were looked at, or half the work has gone
by again that led to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aurora.synthesis.algorithms.trees import Branch, CheapestTree, Tree, gain_tree
from aurora.synthesis.cells import Raised
from aurora.synthesis.search.budget import CANDIDATE
from aurora.synthesis.search.concatenations import Concatenations
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.leaves import Answers, Found
from aurora.synthesis.search.predicates import Predicate, Predicates, negated
from aurora.synthesis.search.terms import CHOICE_COST, Apply, Term, choice, program

DEPTH = 5
"""Tests on a path, at most."""

STEPS = 12_000
"""Divisions looked at in one search for a tree."""

PREDICATES = 200
"""Different divisions of the lanes, cheapest first, that are tried."""

EXACT = 10
"""Up to so many lanes the cheapest tree is found, beyond by information gain."""

AHEAD = 10
"""A tree may be so much dearer than the programs the bank has looked at."""

PATIENCE_START = 30_000
"""A tree waits for so much work, and half of what has been done since the hunt began."""

EAGER = 100_000
"""Up to so much work since the hunt began, a tree that fails another row makes it begin anew at once."""

FIRST_CUT = 3
"""The level of the bank from which on leaves are put together."""

CUT = 30
"""States that a concatenation may expand as a leaf."""

CUTS = 8
"""Leaves that are sought as concatenations in one search for a tree."""


class Trees:
    """Looks for conditionals over the hunt's bank."""

    name = "trees"
    share = 24

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._level = -1
        self._answers = Answers(hunt)
        self._predicates = Predicates(hunt)
        examples = sum(not isinstance(hunt.inspector.wanted[row], Raised) for row in hunt.rows)
        # A hunt inside another one answers for what a special case has left: that is a leaf as well.
        self._most = (examples + 1) // 2 - hunt.depth
        self._concatenations = (
            Concatenations(hunt, hunt.returns, hunt.goal)
            if hunt.returns == "str" or hunt.returns.startswith("list[")
            else None
        )
        self._cut: dict[int, Found] = {}
        self._cuts = 0
        self._begun = hunt.budget.spent
        self._waiting: tuple[int, Term] | None = None
        self._deadline = 0
        self._offered = 1 << 30

    @property
    def ready(self) -> bool:
        """When the bank has grown, or a tree has waited long enough."""
        hunt = self._hunt
        if self._most < 2 or len(hunt.lanes) < 2 or hunt.returns == "bool":
            return False
        return hunt.bank.cost > self._level or self._due

    def advance(self, allowance: int) -> None:
        """Look for the cheapest tree over what is new, and offer it when it is due."""
        hunt = self._hunt
        hunt.spend(1)
        if hunt.bank.cost > self._level:
            self._level = hunt.bank.cost
            changed = self._answers.refresh()
            changed |= self._predicates.refresh()
            if self._concatenations is not None and self._concatenations.possible:
                changed |= self._concatenations.refresh()
                self._cut = {mask: found for mask, found in self._cut.items() if found is not None}
                self._cuts = CUTS
            if changed:
                self._search()
        if self._due:
            assert self._waiting is not None
            cost, term = self._waiting
            self._waiting, self._offered = None, cost
            hunt.offer(term, self.name)

    @property
    def _due(self) -> bool:
        if self._waiting is None:
            return False
        return self._waiting[0] <= self._hunt.bank.cost + AHEAD or self._hunt.budget.spent >= self._deadline

    def _search(self) -> None:
        hunt = self._hunt
        found = self._cheapest((1 << len(hunt.lanes)) - 1)
        if found is None:
            return
        cost, tree = found
        if not 1 < leaves_of(tree) <= self._most:
            return
        if cost < self._offered and (self._waiting is None or cost < self._waiting[0]):
            spent = hunt.budget.spent - self._begun
            if self._waiting is None and not hunt.depth:
                # For a part of an answer there is no waiting: the whole is weighed against other programs.
                self._deadline = hunt.budget.spent + PATIENCE_START + spent // 2
            self._waiting = cost, self._term(self._straight(tree))
            if spent < EAGER:
                self._check(self._waiting[1])

    def _check(self, term: Term) -> None:
        """A tree that is wrong on another row need not wait to be found out."""
        hunt, inspector = self._hunt, self._hunt.inspector
        failing = inspector.failing(inspector.compiled(program(term)))
        hunt.spend(CANDIDATE)
        for row in failing:
            if row in hunt.rows:
                hunt.catch(row)

    def _leaf(self, mask: int, below: int) -> Found:
        """The cheapest answer for a mask, from the bank or put together."""
        found = self._answers.leaf(mask, below)
        if found is not None or self._concatenations is None:
            return found
        if mask not in self._cut:
            if self._cuts <= 0 or mask & (mask - 1) == 0:
                return None
            self._cuts -= 1
            bits = sum(bits for lane, bits in enumerate(self._answers.information) if mask >> lane & 1)
            self._cut[mask] = self._concatenations.path(mask, CUT, bits)
        cut = self._cut[mask]
        return cut if cut is not None and cut[0] < below else None

    def _cheapest(self, full: int) -> tuple[int, Tree[Term, Predicate]] | None:
        predicates = self._predicates.ordered()[:PREDICATES]
        if len(self._hunt.lanes) > EXACT:
            answers = [(answer.mask, answer.term) for answer in self._answers.ordered()]
            tree = gain_tree(full, answers, [(predicate.mask, predicate) for predicate in predicates])
            self._hunt.spend(len(answers) + 10 * len(predicates))
            return None if tree is None else (self._term(tree).cost, tree)
        tests = [(predicate.mask, predicate.cost, predicate) for predicate in predicates]
        found = self._exact(full, tests, self._answers.leaf)
        near = found is not None and found[0] <= self._level + AHEAD and leaves_of(found[1]) <= self._most
        if (
            self._concatenations is None
            or near
            or self._level < FIRST_CUT
            or not self._concatenations.possible
        ):
            return found
        other = self._exact(full, tests, self._leaf)
        if found is None or leaves_of(found[1]) > self._most:
            return other
        return other if other is not None and other[0] < found[0] else found

    def _exact(
        self, full: int, tests: Sequence[tuple[int, int, Predicate]], leaf: Callable[[int, int], Found]
    ) -> tuple[int, Tree[Term, Predicate]] | None:
        """The cheapest tree of the least depth that will do."""
        for depth in range(1, min(DEPTH, self._most - 1) + 1):
            search = CheapestTree(leaf, tests, branch=CHOICE_COST, steps=STEPS)
            found = search.find(full, depth, self._offered)
            self._hunt.spend(search.steps)
            if found is not None:
                return found
        return None

    def _term(self, tree: Tree[Term, Predicate], turned: bool = False) -> Term:
        """The conditional; ``turned`` to test the opposite where that is as good, as the test before did."""
        if not isinstance(tree, Branch):
            return tree.answer
        then, other = tree.then, tree.other
        test = self._predicates.term(tree.test)
        opposite = negated(test)
        if isinstance(then, Branch) == isinstance(other, Branch):
            turned = opposite.cost < test.cost or (turned and opposite.cost == test.cost)
        else:
            turned = isinstance(then, Branch)
        if turned:
            test, then, other = opposite, other, then
        # Thresholds in a chain all look the same way; other tests stand for themselves.
        turned = turned and isinstance(test, Apply) and test.op.text in ("{0} < {1}", "{0} <= {1}")
        return choice(test, self._term(then, turned), self._term(other, turned))

    def _straight(self, tree: Tree[Term, Predicate]) -> Tree[Term, Predicate]:
        """The same answers as a chain, where one test implies another: people write chains."""
        if not isinstance(tree, Branch):
            return tree
        tree = Branch(tree.test, self._straight(tree.then), self._straight(tree.other))
        for outer in (tree, self._turned(tree)):
            if isinstance(outer.then, Branch) and isinstance(outer.other, Branch):
                for inner in (outer.then, self._turned(outer.then)):
                    if not isinstance(inner.then, Branch) and inner.test.mask & ~outer.test.mask == 0:
                        rest = self._straight(Branch(outer.test, inner.other, outer.other))
                        return Branch(inner.test, inner.then, rest)
        return tree

    def _turned(self, tree: Branch[Term, Predicate]) -> Branch[Term, Predicate]:
        full = (1 << len(self._hunt.lanes)) - 1
        test = negated(self._predicates.term(tree.test))
        return Branch(Predicate(full & ~tree.test.mask, test.cost, test), tree.other, tree.then)


def leaves_of(tree: Tree[Term, Predicate]) -> int:
    """How many answers a tree has."""
    return leaves_of(tree.then) + leaves_of(tree.other) if isinstance(tree, Branch) else 1
