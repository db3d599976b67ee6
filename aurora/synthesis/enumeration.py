"""A bank with a goal: which fresh expressions are right on which examples, level by level.

Lanes are the active examples first, then, when rivals are sought, some probe inputs: those keep apart
programs that agree on the examples.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from aurora.specs.types import Type, parse_type
from aurora.specs.values import Value
from aurora.synthesis.bank import Bank, Block, Terminal
from aurora.synthesis.candidates import Inspector
from aurora.synthesis.cells import Cell, Raised, Vector, contains_float, encode
from aurora.synthesis.conditionals import Entry, Parts
from aurora.synthesis.constants import constants
from aurora.synthesis.kernels import Derivation
from aurora.synthesis.ops import Op, table, universe
from aurora.synthesis.problem import Problem

LIBRARY_COST = 2
"""The cost of calling an earlier function."""


class Seen(NamedTuple):
    """A new behaviour of the goal type: its derivation and the examples that it is right on, as a mask."""

    derivation: Derivation
    mask: int


class Enumeration:
    """The search space of one problem on given lanes."""

    def __init__(self, inspector: Inspector, examples: Sequence[int], probes: Sequence[int]) -> None:
        problem = inspector.problem
        self.goal = problem.returns
        self.examples = len(examples)
        self.full = (1 << self.examples) - 1
        types = [parse_type(text) for _, text in problem.parameters]
        returns = parse_type(self.goal)
        self.goal = str(returns)
        rows = [inspector.examples[i] for i in examples] + [inspector.probes[i] for i in probes]
        wanted = [_goal_cell(inspector.wanted[i], returns) for i in examples]
        self.information = [information(cell) for cell in wanted]
        self._mask = matcher(wanted, returns)
        kinds = universe((*_library_types(problem), *types, returns))
        operators = [*table(kinds), *_library_operators(problem)]
        terminals = list(_terminals(problem, types, rows, kinds))
        hopeless = any(isinstance(cell, Raised) for cell in wanted)
        library = inspector.library_functions()
        self.bank = Bank(operators, terminals, len(rows), library, hopeless=hopeless)
        self._scanned = (0, 0)

    def level(self) -> Iterator[tuple[Block, list[Seen]]]:
        """Build the next level; with each block of work what it found of the goal type."""
        self._scanned = (0, 0)
        for block in self.bank.grow():
            yield block, self._scan() if block.returns == self.goal else []

    def divide(self, parts: Parts) -> bool:
        """Offer what the bank has gained to ``parts``; whether that changed anything."""
        before = len(parts.leaves), len(parts.predicates)
        answers, predicates = parts.offered
        for entry in self.answers(answers):
            parts.add_leaf(entry)
        for entry in self.predicates(predicates):
            parts.add_predicate(entry)
        parts.offered = self._count(self.goal), self._count("bool")
        return before != (len(parts.leaves), len(parts.predicates))

    def answers(self, start: int = 0) -> list[Entry]:
        """Entries of the goal type that are right on some example."""
        bank, kind, mask = self.bank, self.goal, self._mask
        vectors = bank.values.get(kind, [])[start:]
        masked = [(index, mask(vector)) for index, vector in enumerate(vectors, start)]
        return [Entry(index, right, bank.costs[kind][index]) for index, right in masked if right]

    def predicates(self, start: int = 0) -> list[Entry]:
        """Entries of type bool that have a value on every example."""
        bank, count = self.bank, self.examples
        found = []
        for index, vector in enumerate(bank.values["bool"][start:], start):
            cells = vector[:count]
            if not any(isinstance(cell, Raised) for cell in cells):
                true = sum(1 << place for place, cell in enumerate(cells) if cell)
                found.append(Entry(index, true, bank.costs["bool"][index]))
        return found

    def _count(self, kind: str) -> int:
        return len(self.bank.values.get(kind, ()))

    def _scan(self) -> list[Seen]:
        fresh, mask = self.bank.fresh[self.goal], self._mask
        sound, flawed = self._scanned
        self._scanned = len(fresh.values), len(fresh.flawed_values)
        new = zip(fresh.derivations[sound:], fresh.values[sound:], strict=True)
        worse = zip(fresh.flawed_derivations[flawed:], fresh.flawed_values[flawed:], strict=True)
        return [Seen(derivation, mask(vector)) for pairs in (new, worse) for derivation, vector in pairs]


def information(cell: Cell) -> int:
    """About how many bits a wanted answer holds: how hard it is to hit upon by chance."""
    match cell:
        case bool():
            return 1
        case int():
            return max(2, cell.bit_length() + 1)
        case float():
            return 8
        case str():
            return 2 + 5 * len(cell)
        case tuple():
            return 2 + sum(map(information, cell))
    return 2


def matcher(wanted: Sequence[Cell], returns: Type) -> Callable[[Vector], int]:
    """The function from a vector to the mask of the examples on which it is as wanted."""

    def slowly(vector: Vector) -> int:
        return sum(1 << i for i, cell in enumerate(wanted) if _close(vector[i], cell))

    if returns.head == "float" and all(isinstance(cell, float) for cell in wanted):
        return _within(wanted, slowly)
    if contains_float(returns):
        return slowly
    if len(wanted) > 60:
        return lambda vector: sum(1 << i for i, cell in enumerate(wanted) if vector[i] == cell)
    terms = " | ".join(f"(v[{i}] == w[{i}]) << {i}" for i in range(len(wanted)))
    made: Callable[[Vector], int] = eval(f"lambda v: {terms or '0'}", {"w": tuple(wanted)})
    return made


def _within(wanted: Sequence[Cell], slowly: Callable[[Vector], int]) -> Callable[[Vector], int]:
    """The matcher of plain floats by intervals; ``slowly`` decides where there are errors."""
    names: dict[str, float] = {}
    for i, cell in enumerate(wanted):
        assert isinstance(cell, float)
        width = max(1e-9, abs(cell) * 1e-9)
        names |= {f"l{i}": cell - width, f"h{i}": cell + width}
    terms = " | ".join(f"(l{i} <= v[{i}] <= h{i}) << {i}" for i in range(len(wanted)))
    fast: Callable[[Vector], int] = eval(f"lambda v: {terms}", names)

    def mask(vector: Vector) -> int:
        try:
            return fast(vector)
        except TypeError:
            return slowly(vector)

    return mask


def _close(got: Cell, wanted: Cell) -> bool:
    if isinstance(got, tuple) and isinstance(wanted, tuple):
        return len(got) == len(wanted) and all(map(_close, got, wanted))
    if isinstance(got, float) or isinstance(wanted, float):
        if isinstance(got, int | float) and isinstance(wanted, int | float):
            return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-9)
        return False
    return got == wanted


def _goal_cell(value: Value | Raised, returns: Type) -> Cell:
    return value if isinstance(value, Raised) else encode(value, returns)


def _terminals(
    problem: Problem, types: list[Type], rows: list[tuple[Value, ...]], kinds: frozenset[str]
) -> Iterator[Terminal]:
    for place, (name, _) in enumerate(problem.parameters):
        vector = tuple(encode(row[place], types[place]) for row in rows)
        yield Terminal(str(types[place]), name, vector, 1)
    for constant in constants(problem, kinds):
        yield Terminal(constant.type, constant.text, (constant.cell,) * len(rows), constant.cost)


def _library_types(problem: Problem) -> Iterator[Type]:
    for entry in problem.library:
        yield parse_type(entry.returns)
        yield from map(parse_type, entry.parameters)


def _library_operators(problem: Problem) -> Iterator[Op]:
    for entry in problem.library:
        holes = ", ".join(f"{{{index}}}" for index in range(len(entry.parameters)))
        kinds = tuple(str(parse_type(text)) for text in entry.parameters)
        if 0 < len(kinds) <= 4:
            returns = str(parse_type(entry.returns))
            text, run = f"{entry.name}({holes})", f"library({holes})"
            yield Op(text, kinds, returns, LIBRARY_COST, run, partial=True, library=entry.name)
