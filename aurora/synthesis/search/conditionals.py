"""Divide and conquer: leaves that fit some of the examples, joined by predicates that tell those apart.

A tree here is a decision list, ``a if p else b if q else c``: at each step one leaf answers everything on
one side of a predicate. The cheapest list is sought, over masks of examples. Against tables of the
examples: a list has at most half as many leaves as there are examples (rounded up), a leaf that answers
only one example costs more, and no leaf may be longer than the answers that it explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aurora.synthesis.bank import Bank

SPLIT_COST = 2
"""What ``if`` and ``else`` cost, besides predicate and leaves."""

SINGLE_COST = 2
"""The charge for a leaf that only one example speaks for."""

BITS_PER_COST = 2
"""A leaf says as much as this for each unit of its cost; its examples must say more."""

STEPS = 120_000
"""Splits looked at in one search for a list."""

_PREDICATES = 250
"""Different ways to divide the examples, cheapest first, that are tried at each step."""

_NONE = 1 << 30


class Entry(NamedTuple):
    """An expression of the bank by its place, with the examples it is right (or true) on, and its cost."""

    place: int
    mask: int
    cost: int


class Leaf(NamedTuple):
    """An answer for the examples ``needed``."""

    entry: Entry
    needed: int


class Split(NamedTuple):
    """``leaf`` where ``predicate`` is ``value``, otherwise ``rest``; all on the examples ``needed``."""

    predicate: Entry
    value: bool
    leaf: Leaf
    rest: Tree
    needed: int


Tree = Leaf | Split


class Parts:
    """What lists can be made of: answers and predicates, each with its mask, in order of cost."""

    def __init__(self, information: Sequence[int]) -> None:
        """``information`` is about how many bits the wanted answer of each example holds."""
        self.examples = len(information)
        self._information = information
        self.leaves: dict[int, Entry] = {}
        self.predicates: dict[int, Entry] = {}
        self.offered = 0, 0
        self.steps = 0
        self._known: dict[tuple[int, int], tuple[int, Tree | None]] = {}
        self._best_leaf: dict[int, Entry | None] = {}

    def add_leaf(self, entry: Entry) -> None:
        """Offer an answer."""
        if entry.mask and entry.mask not in self.leaves:
            self.leaves[entry.mask] = entry

    def add_predicate(self, entry: Entry) -> None:
        """Offer a predicate; one that is always true or always false divides nothing."""
        full = (1 << self.examples) - 1
        if 0 < entry.mask < full and entry.mask not in self.predicates:
            self.predicates[entry.mask] = entry

    def cheapest(self, margin: int = 0) -> list[Tree]:
        """The cheapest list, then others by first division, at most ``margin`` dearer for each leaf."""
        self.steps = 0
        self._known.clear()
        self._best_leaf.clear()
        full = (1 << self.examples) - 1
        union = 0
        for mask in self.leaves:
            union |= mask
        if union != full:
            return []
        options: list[tuple[int, Tree]] = []
        self._split(full, (self.examples + 1) // 2, options)
        options.sort(key=lambda option: option[0])
        limit = options[0][0] + margin * leaves_of(options[0][1]) if options else 0
        return [tree for cost, tree in options if cost <= limit][: None if margin else 1]

    def _leaf(self, needed: int) -> Entry | None:
        if needed not in self._best_leaf:
            bits = sum(bits for place, bits in enumerate(self._information) if needed >> place & 1)
            fitting = (entry for mask, entry in self.leaves.items() if mask & needed == needed)
            self._best_leaf[needed] = next((e for e in fitting if e.cost * BITS_PER_COST <= bits), None)
        return self._best_leaf[needed]

    def _cover(self, needed: int, leaves: int) -> tuple[int, Tree | None]:
        """The cheapest tree for ``needed`` with at most so many leaves."""
        key = needed, leaves
        if key in self._known:
            return self._known[key]
        best: int = _NONE
        tree: Tree | None = None
        entry = self._leaf(needed)
        if entry is not None:
            best, tree = entry.cost + _single(needed), Leaf(entry, needed)
        elif leaves > 1:
            best, tree = self._split(needed, leaves)
        self._known[key] = best, tree
        return best, tree

    def _split(
        self, needed: int, leaves: int, options: list[tuple[int, Tree]] | None = None
    ) -> tuple[int, Tree | None]:
        """The cheapest division of ``needed``; ``options`` collects one list for each division there is."""
        best: int = _NONE
        tree: Tree | None = None
        for side, value, predicate in self._divisions(needed):
            self.steps += 1
            entry = self._leaf(side)
            if entry is None or self.steps > STEPS:
                continue
            cost = predicate.cost + SPLIT_COST + entry.cost + _single(side)
            if cost >= best and options is None:
                continue
            remaining, rest = self._cover(needed & ~side, leaves - 1)
            if rest is None:
                continue
            made = Split(predicate, value, Leaf(entry, side), rest, needed)
            if options is not None:
                options.append((cost + remaining, made))
            if cost + remaining < best:
                best, tree = cost + remaining, made
        return best, tree

    def _divisions(self, needed: int) -> Iterator[tuple[int, bool, Entry]]:
        seen = set()
        for predicate in self.predicates.values():
            side = predicate.mask & needed
            if side and side != needed and side not in seen:
                seen.add(side)
                yield side, True, predicate
                yield needed & ~side, False, predicate
                if len(seen) >= _PREDICATES:
                    return


def cost_of(tree: Tree) -> int:
    """What a tree costs."""
    if isinstance(tree, Leaf):
        return tree.entry.cost + _single(tree.needed)
    return tree.predicate.cost + SPLIT_COST + cost_of(tree.leaf) + cost_of(tree.rest)


def leaves_of(tree: Tree) -> int:
    """How many answers a tree has."""
    return 1 if isinstance(tree, Leaf) else 1 + leaves_of(tree.rest)


def text_of(tree: Tree, bank: Bank, goal: str) -> str:
    """The conditional expression that a tree stands for."""
    if isinstance(tree, Leaf):
        return bank.text(goal, tree.entry.place)[0]
    bare, atom = bank.text("bool", tree.predicate.place)
    test = bare if tree.value else f"not {atom}"
    return f"{text_of(tree.leaf, bank, goal)} if {test} else {text_of(tree.rest, bank, goal)}"


def variants(tree: Tree, leaves: list[Entry], predicates: list[Entry], margin: int) -> list[Tree]:
    """The trees that differ from ``tree`` in one part, by at most ``margin`` in cost; cheapest first.

    A part may stand in for another when it is as good on the examples that reach it.
    """
    found = [variant for variant in _changed(tree, leaves, predicates, margin) if variant != tree]
    return sorted(found, key=cost_of)


def _changed(tree: Tree, leaves: list[Entry], predicates: list[Entry], margin: int) -> Iterator[Tree]:
    if isinstance(tree, Leaf):
        for entry in leaves:
            if entry.mask & tree.needed == tree.needed and entry.cost <= tree.entry.cost + margin:
                yield Leaf(entry, tree.needed)
        return
    wanted = tree.predicate.mask & tree.needed
    for entry in predicates:
        if entry.cost <= tree.predicate.cost + margin:
            if entry.mask & tree.needed == wanted:
                yield tree._replace(predicate=entry)
            elif ~entry.mask & tree.needed == wanted:
                yield tree._replace(predicate=entry, value=not tree.value)
    for leaf in _changed(tree.leaf, leaves, predicates, margin):
        assert isinstance(leaf, Leaf)
        yield tree._replace(leaf=leaf)
    for rest in _changed(tree.rest, leaves, predicates, margin):
        yield tree._replace(rest=rest)


def _single(mask: int) -> int:
    return SINGLE_COST if mask & (mask - 1) == 0 else 0
