"""Decision trees over masks: answers that are right for some examples, joined by tests that tell those apart.

Examples are the bits of a mask. An answer covers the examples it is right on, a test holds on some of them. This is
the unification of EUSolver (Alur, Radhakrishna, Udupa, TACAS 2017), in two forms: ``CheapestTree`` is exact, for few
examples; ``gain_tree`` follows the information gain, for many.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

Answer = TypeVar("Answer")
Test = TypeVar("Test")


class Leaf(NamedTuple, Generic[Answer]):
    """One answer."""

    answer: Answer


class Branch(NamedTuple, Generic[Answer, Test]):
    """``then`` where the test holds, otherwise ``other``."""

    test: Test
    then: Leaf[Answer] | Branch[Answer, Test]
    other: Leaf[Answer] | Branch[Answer, Test]


Tree = Leaf[Answer] | Branch[Answer, Test]


class CheapestTree(Generic[Answer, Test]):
    """The cheapest tree of bounded depth for a set of examples, by dynamic programming over masks.

    ``leaf`` gives the cheapest answer that covers a mask and costs less than a bound, if any. ``tests`` are masks with
    costs, cheapest first; ``branch`` is the price of joining two trees. What is remembered of a mask is either its
    cheapest tree, or below which cost there is none. After ``steps`` divisions the search takes what it has.
    """

    def __init__(
        self,
        leaf: Callable[[int, int], tuple[int, Answer] | None],
        tests: Sequence[tuple[int, int, Test]],
        *,
        branch: int = 1,
        steps: int = 20_000,
    ) -> None:
        self.steps = 0
        self._leaf = leaf
        self._tests = tests
        self._branch = branch
        self._limit = steps
        self._best: dict[tuple[int, int], tuple[int, Tree[Answer, Test]]] = {}
        self._none_below: dict[tuple[int, int], int] = {}

    def find(self, mask: int, depth: int, below: int) -> tuple[int, Tree[Answer, Test]] | None:
        """The cheapest tree for ``mask`` that costs less than ``below``, with at most ``depth`` tests on a path."""
        key = mask, depth
        best = self._best.get(key)
        if best is not None:
            return best if best[0] < below else None
        if below <= self._none_below.get(key, 1):
            return None
        found = self._leaf(mask, below)
        answer: tuple[int, Tree[Answer, Test]] | None = None
        if found is not None:
            answer = found[0], Leaf(found[1])
        if depth > 0 and mask & (mask - 1):
            answer = self._divide(mask, depth, below, answer)
        if answer is not None:
            self._best[key] = answer
        else:
            self._none_below[key] = below
        return answer

    def _divide(
        self, mask: int, depth: int, below: int, best: tuple[int, Tree[Answer, Test]] | None
    ) -> tuple[int, Tree[Answer, Test]] | None:
        seen = set()
        for holds, price, test in self._tests:
            limit = (best[0] if best is not None else below) - price - self._branch
            if limit <= 2:  # tests come cheapest first, and two leaves cost at least one each
                break
            side = holds & mask
            if side in (0, mask) or side in seen:
                continue
            seen.add(side)
            self.steps += 1
            if self.steps > self._limit:
                break
            then = self.find(side, depth - 1, limit - 1)
            if then is None:
                continue
            other = self.find(mask & ~side, depth - 1, limit - then[0])
            if other is not None:
                best = price + self._branch + then[0] + other[0], Branch(test, then[1], other[1])
        return best


def gain_tree(
    mask: int,
    answers: Sequence[tuple[int, Answer]],
    tests: Sequence[tuple[int, Test]],
) -> Tree[Answer, Test] | None:
    """A small tree for ``mask`` by information gain, or nothing where tests or answers do not suffice.

    ``answers`` and ``tests`` are masks with what they stand for, the preferred first. For the gain, an example that
    several answers cover counts for the one that covers most.
    """
    for covers, answer in answers:
        if mask & ~covers == 0:
            return Leaf(answer)
    shares = _shares(mask, answers)
    best: tuple[float, int, Test] | None = None
    seen = set()
    for holds, test in tests:
        side = holds & mask
        if side in (0, mask) or side in seen:
            continue
        seen.add(side)
        entropy = _entropy(side, shares) + _entropy(mask & ~side, shares)
        if best is None or entropy < best[0] - 1e-9:
            best = entropy, side, test
    if best is None:
        return None
    _, side, test = best
    then = gain_tree(side, answers, tests)
    other = gain_tree(mask & ~side, answers, tests) if then is not None else None
    return None if then is None or other is None else Branch(test, then, other)


def _shares(mask: int, answers: Sequence[tuple[int, Answer]]) -> list[int]:
    """The masks of the answers cut so that each example is with the first, widest answer that covers it."""
    shares = []
    left = mask
    for covers in sorted((covers & mask for covers, _ in answers), key=lambda each: -each.bit_count()):
        share = covers & left
        if share:
            shares.append(share)
            left &= ~share
    return shares


def _entropy(side: int, shares: Sequence[int]) -> float:
    """The entropy of the shares within ``side``, times the size of ``side``."""
    total = side.bit_count()
    entropy = 0.0
    for share in shares:
        count = (share & side).bit_count()
        if count:
            entropy -= count * math.log2(count / total)
    return entropy
