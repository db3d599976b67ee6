"""Bodies that are known by their values: put together from two that the bank has, or from a remainder.

Order: after each level, what is new in it against everything. Invariant: what is offered has the wanted values on
every element, so that only examples without a lane can refute it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import add, mul, sub
from typing import Any, NamedTuple

from aurora.synthesis.cells import Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.bank import Column
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.terms import Apply, Term, constant

BODIES = 4_000
"""Bodies of each type that are looked at as a part."""

PREFIXES = 40
"""Beginnings of wanted texts that are followed further."""

LITERAL = 8
LITERAL_COST = 4
"""The longest text that all elements may share literally, and its cost."""

PLUS = Op("{0} + {1}", ("int", "int"), "int", 2)
MINUS = Op("{0} - {1}", ("int", "int"), "int", 2)
TIMES = Op("{0} * {1}", ("int", "int"), "int", 2)
MODULO = Op("{0} % {1}", ("int", "int"), "int", 2)
CONCATENATION = Op("{0} + {1}", ("str", "str"), "str", 2)
CHARACTER = Op("chr({0})", ("int",), "str", 4)
LETTER = Op("{0}[{1}]", ("str", "int"), "str", 2)


class Target(NamedTuple):
    """A wanted vector of integers, and the operators that lead from it to the wanted body."""

    vector: tuple[int, ...]
    finish: tuple[tuple[Op, tuple[Term, ...]], ...]

    def reached(self, term: Term) -> Term:
        """The body that ``term`` completes; operators take it as their last argument."""
        for op, given in self.finish:
            term = Apply(op, *given, term)
        return term


class Parts:
    """Wanted bodies as sums, differences, products and concatenations of two known ones."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._best: dict[tuple[str, Vector], int] = {}
        self._seen = {"int": 0, "str": 0}

    def feed(self, body: Body) -> None:
        """Everything waits for the level."""

    def settle(self) -> None:
        """Complement what is new."""
        columns = self._loop.bodies.bank.columns
        for kind, find in (("int", self._numbers), ("str", self._texts)):
            column = columns.get(kind)
            if column is None:
                continue
            start, stop = self._seen[kind], min(len(column.values), BODIES)
            for wanted in self._loop.wanted:
                if wanted.type == kind and start < stop:
                    self._loop.spend((stop - start) * 3)
                    find(wanted, column, start, stop)
            self._seen[kind] = stop

    def _numbers(self, wanted: Wanted, column: Column, start: int, stop: int) -> None:
        goal = wanted.vector
        for place in range(start, stop):
            vector = column.values[place]
            for op, other, swapped in _complements(goal, vector):
                found = column.index.get(other)
                if found is not None:
                    places = (
                        (found, place) if swapped or (op is not MINUS and found < place) else (place, found)
                    )
                    self._offer(wanted, op, "int", places)

    def _texts(self, wanted: Wanted, column: Column, start: int, stop: int) -> None:
        goal = wanted.vector
        prefixes = 0
        self._literally(wanted, column, [], goal)
        for place in range(stop):
            rest = _rest(goal, column.values[place])
            if rest is None or prefixes > PREFIXES:
                continue
            prefixes += 1
            self._literally(wanted, column, [place], rest)
            found = column.index.get(rest)
            if found is not None and (found >= start or place >= start):
                self._offer(wanted, CONCATENATION, "str", (place, found))
            for second in range(stop):
                if place < start and second < start:
                    continue
                remaining = _rest(rest, column.values[second])
                third = None if remaining is None else column.index.get(remaining)
                if third is not None:
                    self._offer(wanted, CONCATENATION, "str", (place, second, third))

    def _literally(self, wanted: Wanted, column: Column, before: list[int], rest: Vector) -> None:
        """What all go on with may be meant literally, if what follows it is known."""
        bank = self._loop.bodies.bank
        texts = [text for text in rest if isinstance(text, str)]
        if len(set(wanted.vector)) < 2:
            return
        shared = common_start(texts)
        for size in range(1, min(len(shared), LITERAL) + 1):
            after = tuple([text[size:] for text in texts])
            found = column.index.get(after)
            if not any(after):
                found = -1
            if found is None or not (before or found >= 0):
                continue
            leaf = constant(repr(shared[:size]), "str", LITERAL_COST)
            known = [*before, *([found] if found >= 0 else [])]
            terms: list[Term] = [bank.term("str", place) for place in before]
            terms += [leaf, *(bank.term("str", place) for place in known[len(before) :])]
            self._concatenate(wanted, terms, known)

    def _concatenate(self, wanted: Wanted, terms: Sequence[Term], known: Sequence[int]) -> None:
        """Offer the terms one after the other, if nothing as cheap was offered before."""
        loop = self._loop
        first, *others = terms
        for other in others:
            first = Apply(CONCATENATION, first, other)
        key = wanted.type, wanted.vector
        masks = [loop.bodies.mask("str", place) for place in known]
        if first.cost < self._best.get(key, 1 << 30) and loop.complete(*masks):
            self._best[key] = first.cost
            loop.frame.answer(wanted, first)

    def _offer(self, wanted: Wanted, op: Op, kind: str, places: Sequence[int]) -> None:
        """Offer the parts under an operator, if nothing as cheap was offered before."""
        loop, bank = self._loop, self._loop.bodies.bank
        cost = sum(op.cost + bank.cost_of(kind, place) for place in places)
        key = wanted.type, wanted.vector
        if cost >= self._best.get(key, 1 << 30) or not loop.complete(
            *(loop.bodies.mask(kind, place) for place in places)
        ):
            return
        self._best[key] = cost
        first, *others = (bank.term(kind, place) for place in places)
        for other in others:
            first = Apply(op, first, other)
        loop.frame.answer(wanted, first)


class Remainders:
    """Wanted bodies of the form ``(x - d) % m + c``, as they are or as letters."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._seen = 0
        numbers = {
            cell: leaf for leaf, cell in loop.frame.hunt.constants if leaf.type == "int" and isinstance(cell, int)
        }  # fmt: skip
        letters = any(leaf.type == "str" for leaf, _ in loop.bodies.elements)
        for number, cost in ((26, 4), (97, 4), (65, 4)) if letters else ():
            numbers.setdefault(number, constant(str(number), "int", cost))
        self._moduli = {number: leaf for number, leaf in numbers.items() if number > 1}
        self._offsets = {number: leaf for number, leaf in numbers.items() if number > 9}
        self._alphabets = [
            (leaf, cell) for leaf, cell in loop.frame.hunt.constants
            if leaf.type == "str" and isinstance(cell, str) and len(set(cell)) == len(cell) > 4
        ]  # fmt: skip

    def feed(self, body: Body) -> None:
        """Everything waits for the level."""

    def settle(self) -> None:
        """Take remainders of what is new."""
        column = self._loop.bodies.bank.columns["int"]
        start, stop = self._seen, min(len(column.values), BODIES)
        self._seen = stop
        for wanted in self._loop.wanted:
            for target in self._targets(wanted):
                self._find(wanted, target, column, start, stop)

    def _targets(self, wanted: Wanted) -> Iterator[Target]:
        cells = wanted.vector
        if wanted.type == "int":
            numbers = tuple(cell for cell in cells if isinstance(cell, int))
            yield from self._shifted(numbers, ())
        elif wanted.type == "str":
            letters = [cell for cell in cells if isinstance(cell, str) and len(cell) == 1]
            if len(letters) == len(cells):
                yield from self._shifted(tuple(map(ord, letters)), ((CHARACTER, ()),))
                for leaf, alphabet in self._alphabets:
                    if all(letter in alphabet for letter in letters):
                        yield Target(tuple(map(alphabet.index, letters)), ((LETTER, (leaf,)),))

    def _shifted(
        self, numbers: tuple[int, ...], finish: tuple[tuple[Op, tuple[Term, ...]], ...]
    ) -> Iterator[Target]:
        yield Target(numbers, finish)
        for offset, leaf in self._offsets.items():
            if offset <= min(numbers, default=0):
                shifted = tuple(number - offset for number in numbers)
                yield Target(shifted, ((_onto(PLUS), (leaf,)), *finish))

    def _find(self, wanted: Wanted, target: Target, column: Column, start: int, stop: int) -> None:
        goal, loop = target.vector, self._loop
        found = column.index.get(goal)
        if found is not None and target.finish and loop.complete(loop.bodies.mask("int", found)):
            loop.frame.answer(wanted, target.reached(loop.bodies.bank.term("int", found)))
        if len(set(goal)) < 2 or min(goal) < 0:
            return
        high = max(goal)
        for modulus, leaf in self._moduli.items():
            if high >= modulus or 2 * high < modulus:
                continue
            loop.spend((stop - start) // 4)
            residues = {number % modulus: number for number in (0, *self._offsets)}
            for place in range(start, stop):
                vector: tuple[Any, ...] = column.values[place]
                shift = (vector[0] - goal[0]) % modulus
                if shift not in residues or any(
                    (number - shift) % modulus != wish for number, wish in zip(vector, goal, strict=True)
                ):
                    continue
                if loop.complete(loop.bodies.mask("int", place)):
                    term = loop.bodies.bank.term("int", place)
                    if residues[shift]:
                        term = Apply(MINUS, term, self._offsets[residues[shift]])
                    loop.frame.answer(wanted, target.reached(Apply(MODULO, term, leaf)))
                    break


def _onto(op: Op) -> Op:
    """A commutative operator is written with the known argument last."""
    return Op("{1} + {0}", op.arguments, op.returns, op.cost)


def _complements(goal: Vector, vector: Vector) -> Iterator[tuple[Op, Vector, bool]]:
    """What gives the goal together with a vector: operator, other argument, whether that comes first."""
    yield PLUS, tuple(map(sub, goal, vector)), False
    yield MINUS, tuple(map(sub, vector, goal)), False
    yield MINUS, tuple(map(add, goal, vector)), True
    if all(vector):
        quotients = tuple([wish // part for wish, part in zip(goal, vector, strict=True)])  # type: ignore[operator]
        if tuple(map(mul, quotients, vector)) == goal:
            yield TIMES, quotients, False


def common_start(texts: Sequence[str]) -> str:
    """What all texts begin with."""
    low, high = min(texts), max(texts)
    size = next((place for place, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[:size]


def _rest(goal: Vector, vector: Vector) -> Vector | None:
    """What the goal texts have after the texts of a vector, if they all begin with these."""
    for wish, part in zip(goal, vector, strict=True):
        if not wish.startswith(part):  # type: ignore[attr-defined]
            return None
    if not any(vector):
        return None
    return tuple([wish[len(part) :] for wish, part in zip(goal, vector, strict=True)])  # type: ignore[index, arg-type]
