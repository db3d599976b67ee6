"""What a comprehension stands in: how many lanes there are, what is wanted on them, and what it may mention.

The outermost frame is the hunt's. A bank of bodies is a frame as well, for comprehensions inside of bodies:
what is wanted there leads, through a form of the outer comprehension, to what the hunt wants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from aurora.synthesis.cells import Vector
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Term

NAME = "comprehensions"

KNOWN = 30_000
"""Vectors that one frame takes as material for its bank."""


class Wanted(NamedTuple):
    """A vector that somebody looks for; ``complete`` makes a program of a term that has it."""

    type: str
    vector: Vector
    complete: Callable[[Term], Term]


class Frame:
    """Lanes, what is wanted on them, and where material goes.

    Invariant: a vector is given to the bank once.
    """

    def __init__(
        self,
        hunt: Hunt,
        size: int,
        wanted: Iterable[Wanted],
        captures: Sequence[tuple[Term, Vector]],
        taken: frozenset[str],
        bank: Bank | None,
        dearest: int,
    ) -> None:
        self.hunt = hunt
        self.size = size
        self.captures = list(captures)
        self.taken = taken
        self.dearest = dearest
        self.wanted: list[Wanted] = []
        self._goals: dict[str, dict[Vector, list[Wanted]]] = {}
        self._bank = bank
        self._given: dict[str, set[Vector]] = {}
        self._room = KNOWN
        for each in wanted:
            self.want(each)

    def want(self, wanted: Wanted) -> None:
        """Look for one more vector."""
        self.wanted.append(wanted)
        self._goals.setdefault(wanted.type, {}).setdefault(wanted.vector, []).append(wanted)

    def goals(self, *types: str) -> list[Wanted]:
        """What is wanted of these types."""
        return [each for each in self.wanted if each.type in types]

    def cares(self, kind: str) -> bool:
        """Whether values of a type can be of use."""
        return kind in self._goals or (self._bank is not None and kind in self._bank.columns)

    def answer(self, wanted: Wanted, term: Term) -> None:
        """Offer the program that ``term`` completes."""
        self.hunt.offer(wanted.complete(term), NAME)

    def result(self, kind: str, vector: Vector, make: Callable[..., Term], *arguments: object) -> None:
        """``make(*arguments)`` has ``vector``: an answer, new material, or nothing new."""
        goals = self._goals.get(kind)
        if goals is not None and vector in goals:
            term = make(*arguments)
            for wanted in goals[vector]:
                self.answer(wanted, term)
            return
        bank = self._bank
        if bank is None or not self._room or kind not in bank.columns or vector in bank.columns[kind].index:
            return
        given = self._given.setdefault(kind, set())
        if vector in given:
            return
        term = make(*arguments)
        if term.cost <= self.dearest:
            given.add(vector)
            bank.offer(term, vector)
            self._room -= 1

    def on(self, lanes: Sequence[int]) -> Frame:
        """The frame on some of its lanes only: answers come from there, material does not."""
        if len(lanes) == self.size:
            return self
        wanted = [each._replace(vector=tuple(each.vector[lane] for lane in lanes)) for each in self.wanted]
        captures = [(term, tuple(vector[lane] for lane in lanes)) for term, vector in self.captures]
        return Frame(self.hunt, len(lanes), wanted, captures, self.taken, None, 0)


def outermost(hunt: Hunt) -> Frame:
    """The frame of a hunt: its lanes, goals, parameters and bank."""
    wanted = [Wanted(goal.type, goal.vector, goal.reached) for goal in hunt.goals]
    taken = {leaf.text for leaf, _ in hunt.parameters} | {entry.name for entry in hunt.problem.library}
    captures: list[tuple[Term, Vector]] = [(leaf, vector) for leaf, vector in hunt.parameters]
    return Frame(hunt, len(hunt.lanes), wanted, captures, frozenset(taken), hunt.bank, DEAREST)


DEAREST = 20
"""The cost up to which results become material of the main bank."""
