"""A bottom-up bank over a grammar: for each nonterminal the cheapest term of every distinct vector of values.

Order: levels of rising cost; inside a level, smaller pieces of work first, then the order of the grammar. Invariant:
when level ``c`` is complete, every term of cost up to ``c`` has its vector in the bank, under a term that costs no
more. Terms are kept as derivations, ``(production, place, ...)``, and built only on demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from aurora.synthesis.sygus.kernels import Vector, kernel_of
from aurora.synthesis.sygus.problem import Production
from aurora.synthesis.sygus.terms import Term, fill

BLOCK = 20_000
"""Evaluations between two looks at the budget, about 10 ms."""

Derivation = tuple[Any, ...]
Range = tuple[int, int]


class Rule(NamedTuple):
    """A production with its cost, and its meaning as expressions for ``kernel_of``."""

    production: Production
    cost: int
    expression: str
    commutative: bool = False
    idle: str = ""


class Leaf(NamedTuple):
    """A production without holes, with its cost and its values on the active examples."""

    production: Production
    cost: int
    vector: Vector


class Bank:
    """Everything found so far, by nonterminal."""

    def __init__(
        self, names: Sequence[str], rules: Sequence[Rule], leaves: Sequence[Leaf], lanes: int
    ) -> None:
        """``lanes`` is the length of the vectors, 0 for packed ones."""
        self.level = 0
        self.values: dict[str, list[Vector]] = {name: [] for name in names}
        self.places: dict[str, dict[Vector, int]] = {name: {} for name in names}
        self.costs: dict[str, list[int]] = {name: [] for name in names}
        self._derivations: dict[str, list[Derivation]] = {name: [] for name in names}
        self._levels: dict[str, dict[int, Range]] = {name: {} for name in names}
        self._rules = rules
        self._leaves = leaves
        self._lanes = lanes

    @property
    def size(self) -> int:
        """How many vectors are kept."""
        return sum(map(len, self.values.values()))

    @property
    def exhausted(self) -> bool:
        """Whether no later level can hold anything new: all that there is has been joined in all ways."""
        highest = {name: max(levels, default=0) for name, levels in self._levels.items()}
        costs = [leaf.cost for leaf in self._leaves]
        for rule in self._rules:
            parts = [highest[hole] for hole in rule.production.holes]
            if all(parts):
                costs.append(rule.cost + sum(parts))
        return self.level >= max(costs, default=0)

    def grow(self) -> Iterator[int]:
        """Build the next level, in blocks; yields the evaluations of each block.

        The level is complete, and its entries become material, when the iterator is exhausted.
        """
        self.level += 1
        starts = {name: len(values) for name, values in self.values.items()}
        for leaf in self._leaves:
            if leaf.cost == self.level:
                self._plant(leaf)
        yield len(self._leaves)
        jobs = [job for rule in self._rules for job in self._jobs(rule)]
        jobs.sort(key=lambda job: job[0])
        for _, rule, ranges in jobs:
            yield from self._apply(rule, ranges)
        for name, start in starts.items():
            stop = len(self.values[name])
            self.costs[name].extend([self.level] * (stop - len(self.costs[name])))
            if stop > start:
                self._levels[name][self.level] = start, stop

    def term(self, name: str, place: int) -> Term:
        """The term of an entry."""
        production, *places = self._derivations[name][place]
        arguments = [self.term(hole, at) for hole, at in zip(production.holes, places, strict=True)]
        return fill(production.term, arguments) if arguments else production.term

    def cost(self, name: str, place: int) -> int:
        """The cost of an entry; one of the level under construction has that level's."""
        costs = self.costs[name]
        return costs[place] if place < len(costs) else self.level

    def _plant(self, leaf: Leaf) -> None:
        name = leaf.production.nonterminal
        if leaf.vector not in self.places[name]:
            self.places[name][leaf.vector] = len(self.values[name])
            self.values[name].append(leaf.vector)
            self._derivations[name].append((leaf.production,))

    def _jobs(self, rule: Rule) -> Iterator[tuple[int, Rule, tuple[Range, ...]]]:
        for ranges in self._splits(rule.production.holes, self.level - rule.cost):
            if not rule.commutative or ranges[0] <= ranges[1]:
                yield _product(ranges), rule, ranges

    def _splits(self, names: Sequence[str], cost: int) -> Iterator[tuple[Range, ...]]:
        """The ways to pay ``cost`` with one entry of each of ``names``."""
        if len(names) == 1:
            found = self._levels[names[0]].get(cost)
            if found:
                yield (found,)
            return
        for first, entries in self._levels[names[0]].items():
            if first < cost:
                for rest in self._splits(names[1:], cost - first):
                    yield (entries, *rest)

    def _apply(self, rule: Rule, ranges: tuple[Range, ...]) -> Iterator[int]:
        production = rule.production
        same = rule.commutative and ranges[0] == ranges[1]
        kernel = kernel_of(rule.expression, len(production.holes), self._lanes, same, rule.idle)
        name = production.nonterminal
        banks = [self.values[hole] for hole in production.holes]
        target = self.places[name], self.values[name], self._derivations[name]
        for block in _blocks(list(ranges), BLOCK):
            skipped = kernel(production, banks, block, *target)
            yield _product(block) - skipped


def _blocks(ranges: list[Range], size: int) -> Iterator[list[Range]]:
    """``ranges`` cut, outermost first, into products of about ``size`` combinations at most."""
    (start, stop), rest = ranges[0], ranges[1:]
    width = _product(rest)
    if width > size:
        for low in range(start, stop):
            for inner in _blocks(rest, size):
                yield [(low, low + 1), *inner]
        return
    step = size // width
    for low in range(start, stop, step):
        yield [(low, min(stop, low + step)), *rest]


def _product(ranges: Sequence[Range]) -> int:
    count = 1
    for start, stop in ranges:
        count *= stop - start
    return count
