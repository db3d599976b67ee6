"""Two numbers that change together: ``a, b = b, a + b`` as often as a parameter says, or ``a, b = b, a % b``
until nothing is left.

Order: by the cost of the two terms together. Invariant: the first term looks at the second number, or the
second would be idle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from aurora.synthesis.cells import MAX_INTEGER, Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.bodies import Bodies
from aurora.synthesis.search.folding.execution import COMPILATION, Function, functions
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.folding.programs import Line, program
from aurora.synthesis.search.folding.walks import Walk
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant, mentions, substituted, variable

PAIR_COST = 9
MOST_PAIR = 14
_MOST_TERM = 7
_MOST_STEPS = 200
_STATES = ((0, 1), (1, 1), (1, 2), (2, 3), (5, 8), (3, 7), (4, -2), (12, 18), (7, 3), (10, 4))


class Piece(NamedTuple):
    """A term over both numbers, with its function."""

    term: Term
    function: Function


Pair = tuple[Piece, Piece]


class Given(NamedTuple):
    """A term with its values on the lanes."""

    term: Term
    vector: Vector


class _Test(NamedTuple):
    """When the two numbers change once more."""

    text: str
    goes_on: Callable[[Cell, Cell], bool]


_TESTS = (_Test("{1} != 0", lambda a, b: b != 0), _Test("{0} != {1}", lambda a, b: a != b))


class Pairs:
    """Terms over two numbers, by cost."""

    def __init__(self, hunt: Hunt, first: Leaf, second: Leaf) -> None:
        self.leaves = [first, second]
        columns = [tuple(state[0] for state in _STATES), tuple(state[1] for state in _STATES)]
        self._bodies = Bodies(hunt, list(zip(self.leaves, columns, strict=True)), ["int"])
        self._library = hunt.inspector.library_functions()
        self._pieces: dict[int, list[Piece]] = {}

    def grow(self) -> Iterator[int]:
        """Build the next level."""
        yield from self._bodies.grow()
        terms = [term for term in self._bodies.level("int", self._bodies.cost) if mentions(term)]
        made = functions(terms, self.leaves, self._library)
        self._pieces[self._bodies.cost] = list(map(Piece, terms, made))
        yield COMPILATION * len(terms)

    def of_cost(self, cost: int) -> Iterator[Pair]:
        """Pairs that cost so much together, of which the first looks at the second number."""
        for first_cost, firsts in self._pieces.items():
            for first in firsts:
                if self.leaves[1].text in mentions(first.term):
                    for second in self._pieces.get(cost - first_cost, ()):
                        if second.term is not self.leaves[1]:
                            yield first, second


def repeated(hunt: Hunt, findings: Findings, walk: Walk) -> Iterator[Pause]:
    """``a, b = ..., ...`` once a turn of ``walk``; the answer is ``a``."""
    names = Names(hunt.inspector.names)
    first, second = variable(names.free("a", "first"), "int"), variable(names.free("b", "second"), "int")
    pairs = Pairs(hunt, first, second)
    starts = _starts(hunt)
    base = PAIR_COST + walk.cost
    order = sorted(range(len(walk.turns)), key=lambda lane: len(walk.turns[lane]))
    counts = [len(turns) for turns in walk.turns]
    for cost in range(2, MOST_PAIR + 1):
        if cost <= _MOST_TERM:
            for work in pairs.grow():
                yield Pause(work, base + cost)
        work = 0
        for pair in pairs.of_cost(cost):
            for start in starts:
                work += 2
                vector: list[Cell] = [None] * len(counts)
                for lane in order:
                    work += counts[lane] // 4
                    vector[lane] = _repeat(pair, start[0].vector[lane], start[1].vector[lane], counts[lane])
                    if not findings.possible("int", vector[lane], lane):
                        break
                else:
                    make = partial(_repeated_program, walk, (first, second), pair, start)
                    findings.answer("int", tuple(vector), make)
            if work > 2_000:
                yield Pause(work, base + cost)
                work = 0
        yield Pause(work + 1, base + cost + 1)


def exhausted(hunt: Hunt, findings: Findings, one: Given, two: Given) -> Iterator[Pause]:
    """``while b != 0: a, b = ..., ...`` of two parameters; the answer is ``a``."""
    first, second = one.term, two.term
    assert isinstance(first, Leaf)
    assert isinstance(second, Leaf)
    pairs = Pairs(hunt, first, second)
    for cost in range(2, MOST_PAIR + 1):
        if cost <= _MOST_TERM:
            for work in pairs.grow():
                yield Pause(work, PAIR_COST + cost)
        work = 0
        for pair in pairs.of_cost(cost):
            for test in _TESTS:
                work += 4
                vector = _ends(pair, test, one.vector, two.vector)
                if vector is not None:
                    make = partial(_exhausted_program, hunt, (first, second), pair, test)
                    if not findings.answer("int", vector, make):
                        work += findings.take("int", vector, make)
            if work > 2_000:
                yield Pause(work, PAIR_COST + cost)
                work = 0
        yield Pause(work + 1, PAIR_COST + cost + 1)


def _starts(hunt: Hunt) -> list[tuple[Given, Given]]:
    lanes = len(hunt.lanes)
    numbers = [Given(constant(str(value), "int", max(1, value)), (value,) * lanes) for value in range(4)]
    found = [(numbers[a], numbers[b]) for a, b in _NUMBERS]
    given = [Given(leaf, vector) for leaf, vector in hunt.parameters if leaf.type == "int"]
    found += [(a, b) for a in given for b in given if a is not b and len(given) > 2]
    return found


_NUMBERS = ((0, 1), (1, 1), (1, 0), (0, 0), (2, 1), (1, 2), (0, 2), (1, 3))


def _repeat(pair: Pair, a: Cell, b: Cell, turns: int) -> Cell:
    one, two = pair[0].function, pair[1].function
    try:
        for _ in range(turns):
            a, b = one(a, b), two(a, b)
    except Exception:  # noqa: BLE001 - terms that raise lead nowhere
        return None
    return a


def _ends(pair: Pair, test: _Test, firsts: Vector, seconds: Vector) -> Vector | None:
    """Where ``a`` ends on each lane, or nothing if it does not end on some."""
    ends = []
    for a, b in zip(firsts, seconds, strict=True):
        end = _end(pair, test, a, b)
        if end is None:
            return None
        ends.append(end)
    return tuple(ends)


def _end(pair: Pair, test: _Test, a: Cell, b: Cell) -> Cell:
    one, two, goes_on = pair[0].function, pair[1].function, test.goes_on
    try:
        for _ in range(_MOST_STEPS):
            if not goes_on(a, b):
                return a
            a, b = one(a, b), two(a, b)
            if not isinstance(b, int) or abs(b) > MAX_INTEGER:
                return None
    except Exception:  # noqa: BLE001 - terms that raise lead nowhere
        return None
    return None


def _repeated_program(
    walk: Walk, names: tuple[Leaf, Leaf], pair: Pair, start: tuple[Given, Given], own: bool
) -> Term:
    head = walk.head[0].replace(f"for {walk.variables[0].text} in", "for _ in")
    both = f"{names[0].text}, {names[1].text} = {{}}, {{}}"
    begin = Line(both, tuple(given.term for given in start))
    update = Line(both, tuple(piece.term for piece in pair))
    return program(walk._replace(head=(head,)), [begin], [update], names[0].text, "int", PAIR_COST, own=own)


def _exhausted_program(hunt: Hunt, parameters: tuple[Leaf, Leaf], pair: Pair, test: _Test, own: bool) -> Term:
    """The loop on the parameters themselves, or on copies where something after it looks at them."""
    free = Names(hunt.inspector.names)
    copies = (variable(free.free("x", "left"), "int"), variable(free.free("y", "right"), "int"))
    one, two = parameters if own else copies
    both = f"{one.text}, {two.text}"
    lines = [f"while {test.text.format(one.text, two.text)}:", f"    {both} = {{2}}, {{3}}"]
    copied = [] if own else [f"{both} = {{0}}, {{1}}"]
    terms = [substituted(piece.term, {parameters[0].text: one, parameters[1].text: two}) for piece in pair]
    op = Op(one.text, ("int",) * 4, "int", PAIR_COST - 2, prelude="\n".join([*copied, *lines]))
    return Apply(op, *parameters, *terms)
