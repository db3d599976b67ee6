"""Typed bottom-up enumeration with observational equivalence.

An expression is its vector of values on the lanes. A bank keeps, per type, one derivation per distinct
vector: the first found, and since levels grow by cost, a cheapest one. A vector in which every lane is an
error is of no use to anybody and is dropped, unless errors are what the examples want.

``grow`` builds the next level in blocks of bounded size. After each block the caller may look at what is
fresh, and stop: that is where budgets are checked, so that they fall on the same block every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from aurora.synthesis.cells import Cell, Raised, Vector
from aurora.synthesis.kernels import Derivation, Fresh, kernel_of
from aurora.synthesis.notation import Text
from aurora.synthesis.ops import Op

BLOCK = 8_192
"""Evaluations between two looks at budget and interruption, about 20 ms."""


class Terminal(NamedTuple):
    """A variable or constant: type, source text, value on each lane, cost."""

    type: str
    text: str
    vector: Vector
    cost: int


class Stretch(NamedTuple):
    """A run of a type's entries that have one cost, and either all or none of them errors."""

    start: int
    stop: int
    flawed: bool


class Block(NamedTuple):
    """A piece of work done: expressions evaluated, and the type of what it gave."""

    evaluations: int
    returns: str


class Bank:
    """Everything found so far, by type and cost."""

    def __init__(
        self,
        operators: list[Op],
        terminals: list[Terminal],
        lanes: int,
        library: dict[str, Callable[..., Cell]],
        *,
        hopeless: bool = False,
    ) -> None:
        types = {kind: None for op in operators for kind in (*op.arguments, op.returns)}
        types |= {terminal.type: None for terminal in terminals}
        self.cost = 0
        self.values: dict[str, list[Vector]] = {kind: [] for kind in types}
        self.derivations: dict[str, list[Derivation]] = {kind: [] for kind in types}
        self.costs: dict[str, list[int]] = {kind: [] for kind in types}
        self.fresh: dict[str, Fresh] = {}
        self._seen: dict[str, set[Vector]] = {kind: set() for kind in types}
        self._levels: dict[str, dict[int, list[Stretch]]] = {kind: {} for kind in types}
        self._operators = operators
        self._terminals = terminals
        self._lanes = lanes
        self._library = library
        self._hopeless = hopeless
        self._texts: dict[tuple[str, int], Text] = {}

    @property
    def size(self) -> int:
        """How many distinct behaviours are kept."""
        return sum(map(len, self.values.values()))

    def grow(self) -> Iterator[Block]:
        """Build the next level. It becomes material for further levels when the iterator is exhausted."""
        self.cost += 1
        self.fresh = {kind: Fresh([], [], [], []) for kind in self.values}
        for terminal in self._terminals:
            if terminal.cost == self.cost:
                self._plant(terminal)
                yield Block(1, terminal.type)
        work = [job for op in self._operators for job in self._jobs(op)]
        work.sort(key=lambda job: job[0])
        for _, op, stretches in work:
            yield from self._apply(op, stretches)
        self._close()

    def text(self, kind: str, index: int) -> Text:
        """The text of an entry."""
        known = self._texts.get((kind, index))
        if known is None:
            known = self._texts[kind, index] = self.text_of(self.derivations[kind][index])
        return known

    def text_of(self, derivation: Derivation) -> Text:
        """The text of a derivation whose arguments are entries."""
        op = derivation[0]
        if isinstance(op, str):
            return op, op if not op.startswith("-") else f"({op})"
        arguments = [self.text(kind, index) for kind, index in zip(op.arguments, derivation[1:], strict=True)]
        rendered: Text = op.render(*arguments)
        return rendered

    def _plant(self, terminal: Terminal) -> None:
        seen, fresh = self._seen[terminal.type], self.fresh[terminal.type]
        if terminal.vector not in seen:
            seen.add(terminal.vector)
            flawed = any(isinstance(cell, Raised) for cell in terminal.vector)
            (fresh.flawed_values if flawed else fresh.values).append(terminal.vector)
            (fresh.flawed_derivations if flawed else fresh.derivations).append((terminal.text,))

    def _jobs(self, op: Op) -> Iterator[tuple[int, Op, tuple[Stretch, ...]]]:
        for stretches in self._splits(op.arguments, self.cost - op.cost):
            if op.commutative and stretches[0].start > stretches[1].start:
                continue
            count = 1
            for stretch in stretches:
                count *= stretch.stop - stretch.start
            yield count, op, stretches

    def _splits(self, kinds: tuple[str, ...], cost: int) -> Iterator[tuple[Stretch, ...]]:
        """The ways to pay ``cost`` with one entry of each of ``kinds``."""
        if len(kinds) == 1:
            for stretch in self._levels[kinds[0]].get(cost, ()):
                yield (stretch,)
            return
        for first, stretches in self._levels[kinds[0]].items():
            if first < cost:
                for rest in self._splits(kinds[1:], cost - first):
                    for stretch in stretches:
                        yield (stretch, *rest)

    def _apply(self, op: Op, stretches: tuple[Stretch, ...]) -> Iterator[Block]:
        same = op.commutative and stretches[0] == stretches[1]
        flawed = any(stretch.flawed for stretch in stretches)
        kernel = kernel_of(op, self._lanes, same, flawed, self._hopeless, self._library.get(op.library))
        banks = [self.values[kind] for kind in op.arguments]
        seen, fresh = self._seen[op.returns], self.fresh[op.returns]
        for ranges in _pieces(
            [(stretch.start, stretch.stop) for stretch in stretches], BLOCK // (4 if flawed else 1)
        ):
            count = _pairs(ranges) if same else _product(ranges)
            if count:
                kernel(op, banks, ranges, seen, fresh)
                yield Block(count, op.returns)

    def _close(self) -> None:
        for kind, fresh in self.fresh.items():
            stretches = []
            for values, derivations, flawed in (
                (fresh.values, fresh.derivations, False),
                (fresh.flawed_values, fresh.flawed_derivations, True),
            ):
                start = len(self.values[kind])
                self.values[kind].extend(values)
                self.derivations[kind].extend(derivations)
                if values:
                    stretches.append(Stretch(start, start + len(values), flawed))
            if stretches:
                self._levels[kind][self.cost] = stretches
                self.costs[kind].extend([self.cost] * (stretches[-1].stop - stretches[0].start))


Range = tuple[int, int]


def _pieces(ranges: list[Range], size: int) -> Iterator[list[Range]]:
    """``ranges`` cut, outermost first, into products of about ``size`` combinations at most."""
    if not ranges:
        yield []
        return
    (start, stop), rest = ranges[0], ranges[1:]
    width = _product(rest)
    if width > size:
        for low in range(start, stop):
            for inner in _pieces(rest, size):
                yield [(low, low + 1), *inner]
        return
    step = size // width
    for low in range(start, stop, step):
        yield [(low, min(stop, low + step)), *rest]


def _product(ranges: list[Range]) -> int:
    count = 1
    for start, stop in ranges:
        count *= stop - start
    return count


def _pairs(ranges: list[Range]) -> int:
    """The combinations in which the second index is not below the first."""
    (low, high), (start, stop) = ranges
    return sum(max(0, stop - max(start, index)) for index in range(low, high))
