"""Functions of two numbers that call themselves twice with smaller ones: binomials, paths through a grid.

A recursion is a test with what is answered where it holds, two smaller calls, and a term over their results.
It is run on the lanes with a memory, for a bounded number of calls; the examples say which tests are possible
at all, since where a test holds the answer must be right at once.

Order: by the cost of test and term together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations_with_replacement
from typing import NamedTuple

from aurora.synthesis.cells import MAX_INTEGER, Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.bodies import Bodies
from aurora.synthesis.search.folding.execution import COMPILATION, Function, functions
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, choice, constant, mentions, substituted, variable

CALL_COST = 3
"""What a call of the function itself costs, with what makes its arguments smaller."""

MOST_PARTS = 18
_MOST_TEST, _MOST_TERM = 6, 7
_MOST_CALLS = 300
_DEPTH = 40
_GRID = tuple((n, k) for n in range(4) for k in range(3) if (n, k) != (3, 2))[:10]
_RESULTS = ((1, 2), (3, 1), (0, 5), (7, 7), (2, 0), (4, 9), (10, 3), (6, 6), (1, 0), (5, 8))
_OR = Op("{0} or {1}", ("bool", "bool"), "bool", 3, commutative=True)

Move = tuple[int, int]
_MOVES: tuple[tuple[Move, Move], ...] = (
    ((-1, 0), (0, -1)),
    ((-1, -1), (-1, 0)),
    ((-1, -1), (0, -1)),
    ((-1, 0), (-2, 0)),
)
"""How much smaller the numbers of the two calls are."""


class Test(NamedTuple):
    """Where the recursion ends: the test, what it is on each lane, and its function."""

    term: Term
    holds: tuple[bool, ...]
    function: Function


class Join(NamedTuple):
    """What is made of the results of both calls."""

    term: Term
    function: Function


class _Spent(Exception):
    """Too many calls, or too deep."""


def recurring(hunt: Hunt, findings: Findings, numbers: Sequence[tuple[Leaf, Vector]]) -> Iterator[Pause]:
    """Look for recursions over two parameters, which are all that there are."""
    leaves = [leaf for leaf, _ in numbers]
    names = Names(hunt.inspector.names)
    results = [variable(names.free("left", "less"), "int"), variable(names.free("right", "rest"), "int")]
    library = hunt.inspector.library_functions()
    grid = list(zip(leaves, zip(*_GRID, strict=True), strict=True))
    tests_bank = Bodies(hunt, grid, ["bool"])
    joins_bank = Bodies(hunt, [*zip(results, zip(*_RESULTS, strict=True), strict=True), *grid], ["int"])
    tests: dict[int, list[Test]] = {}
    joins: dict[int, list[Join]] = {}
    columns = [vector for _, vector in numbers]
    for cost in range(1, MOST_PARTS + 1):
        if cost <= _MOST_TEST:
            for work in tests_bank.grow():
                yield Pause(work, cost)
            tests.setdefault(cost, []).extend(_tests(tests_bank, cost, leaves, columns, library))
        for first in range(1, cost):
            # ``p or q`` of two tests that are there already.
            second = cost - _OR.cost - first
            if first <= second <= _MOST_TEST:
                tests.setdefault(cost, []).extend(
                    _either(tests.get(first, ()), tests.get(second, ()), first == second)
                )
        if cost <= _MOST_TERM:
            for work in joins_bank.grow():
                yield Pause(work, cost)
            terms = [
                term
                for term in joins_bank.level("int", cost)
                if {leaf.text for leaf in results} <= mentions(term)
            ]
            made = functions(terms, [*results, *leaves], library)
            joins[cost] = list(map(Join, terms, made))
            yield Pause(COMPILATION * len(terms) + 1, cost)
        for test_cost, candidates in list(tests.items()):
            for join in joins.get(cost - test_cost, ()):
                work = 1
                for test in candidates:
                    work += _look(hunt, findings, leaves, columns, results, test, join)
                yield Pause(work, cost)
        yield Pause(1, cost + 1)


def _tests(
    bank: Bodies, cost: int, leaves: Sequence[Leaf], columns: Sequence[Vector], library: dict[str, Function]
) -> list[Test]:
    made = []
    terms = [term for term in bank.level("bool", cost) if mentions(term)]
    for term, function in zip(terms, functions(terms, leaves, library), strict=True):
        holds = _held(function, columns)
        if holds is not None:
            made.append(Test(term, holds, function))
    return made


def _held(function: Function, columns: Sequence[Vector]) -> tuple[bool, ...] | None:
    try:
        return tuple(bool(function(*row)) for row in zip(*columns, strict=True))
    except Exception:  # noqa: BLE001 - a test that raises is no test
        return None


def _either(first: Sequence[Test], second: Sequence[Test], same: bool) -> Iterator[Test]:
    pairs = (
        combinations_with_replacement(first, 2) if same else ((one, two) for one in first for two in second)
    )
    for one, two in pairs:
        if one is not two:
            holds = tuple(a or b for a, b in zip(one.holds, two.holds, strict=True))
            yield Test(Apply(_OR, one.term, two.term), holds, partial(_or, one.function, two.function))


def _or(one: Function, two: Function, n: Cell, k: Cell) -> bool:
    return bool(one(n, k) or two(n, k))


def _look(
    hunt: Hunt, findings: Findings, leaves: Sequence[Leaf], columns: Sequence[Vector], results: Sequence[Leaf],
    test: Test, join: Join,
) -> int:  # fmt: skip
    """Try a test and a term with every base and every pair of smaller calls."""
    goal = hunt.goal
    if all(test.holds) or not any(test.holds):
        return 1
    work = 1
    for base in (1, 0):
        if any(holds and wanted != base for holds, wanted in zip(test.holds, goal, strict=True)):
            continue
        for moves in _MOVES:
            vector: list[Cell] = []
            for n, k, wanted in zip(*columns, goal, strict=True):
                memory: dict[tuple[Cell, Cell], Cell] = {}
                cell = _run(test.function, base, moves, join.function, (n, k), memory)
                work += 2 + len(memory) // 2
                if cell != wanted:
                    break
                vector.append(cell)
            else:
                findings.offer(_program(hunt, leaves, results, test, base, moves, join))
    return work


def _run(
    test: Function, base: int, moves: tuple[Move, Move], join: Function, at: tuple[Cell, Cell],
    memory: dict[tuple[Cell, Cell], Cell],
) -> Cell:  # fmt: skip
    def value(n: int, k: int, depth: int) -> int:
        if (n, k) not in memory:
            if depth > _DEPTH or len(memory) > _MOST_CALLS:
                raise _Spent
            if test(n, k):
                memory[n, k] = base
            else:
                (a, b), (c, d) = moves
                result = join(value(n + a, k + b, depth + 1), value(n + c, k + d, depth + 1), n, k)
                if abs(result) > MAX_INTEGER:
                    raise _Spent
                memory[n, k] = result
        found = memory[n, k]
        assert isinstance(found, int)
        return found

    n, k = at
    assert isinstance(n, int)
    assert isinstance(k, int)
    try:
        return value(n, k, 0)
    except Exception:  # noqa: BLE001 - a recursion that does not end leads nowhere
        return None


def _program(
    hunt: Hunt, leaves: Sequence[Leaf], results: Sequence[Leaf], test: Test, base: int,
    moves: tuple[Move, Move], join: Join,
) -> Term:  # fmt: skip
    calls = [_call(hunt.problem.function, leaves, move) for move in moves]
    replacements: dict[str, Term] = {leaf.text: made for leaf, made in zip(results, calls, strict=True)}
    return choice(test.term, constant(str(base), "int", 1), substituted(join.term, replacements))


def _call(function: str, leaves: Sequence[Leaf], move: Move) -> Term:
    """The function's call of itself: one operator, since smaller arguments come with it."""
    arguments = [f"{{{place}}} - {-by}" if by else f"{{{place}}}" for place, by in enumerate(move)]
    return Apply(Op(f"{function}({', '.join(arguments)})", ("int", "int"), "int", CALL_COST), *leaves)
