"""Typed bottom-up enumeration with observational equivalence.

An expression is its vector of values on the lanes. A bank keeps, per type, one derivation per distinct
vector: the first found, and since levels grow by cost, a cheapest one. Vectors of a *goal* are the exception:
every derivation of those is kept apart, so that rivals on the way to the same answer are seen.

``grow`` builds the next level in blocks of bounded size. After each block the caller may look at what is
fresh, and stop: that is where budgets are checked, so that they fall on the same block every time. A bank
that is full goes on without keeping: what it finds is compared with the goals and forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.kernels import Derivation, Kernel, function_of, kernel_of
from aurora.synthesis.search.terms import Apply, Term

BLOCK = 4_096
"""Evaluations between two looks at budget and interruption, about 5 ms."""

PAUSE = 1_024
"""Evaluations between two pauses, unless a block is larger: small jobs pause together."""

PARTIALS = 20_000
"""Derivations remembered per type that raise on some lane."""

HITS = 200
"""Derivations of one goal that are told apart."""

Library = Mapping[str, Callable[..., Cell]]


class Entry(NamedTuple):
    """A term whose vector is known already: a variable, a constant, or what another strategy has found."""

    term: Term
    vector: Vector


class Job(NamedTuple):
    """Work of one level: an operator, and one stretch of entries for each of its arguments."""

    size: int
    op: Op
    ranges: tuple[tuple[int, int], ...]


class Column:
    """Everything kept of one type: vectors in order of cost, and where each came from."""

    __slots__ = ("costs", "derivations", "index", "levels", "partials", "values")

    def __init__(self) -> None:
        self.values: list[Vector] = []
        self.derivations: list[Derivation] = []
        self.costs: list[int] = []
        self.index: dict[Vector, int] = {}
        self.levels: dict[int, tuple[int, int]] = {}
        self.partials: list[Derivation] = []


class Bank:
    """Everything found so far, by type and cost.

    ``goals`` maps a type to the vectors that somebody is looking for; ``hits`` collects their derivations as
    places in the type's column. Where goals say nothing about the last lanes, ``wanted`` is how many they speak
    of. ``most`` bounds the number of vectors kept.
    """

    def __init__(
        self,
        operators: Iterable[Op],
        types: Iterable[str],
        lanes: int,
        library: Library,
        *,
        most: int,
        keep_partials: bool = False,
        wanted: int | None = None,
    ) -> None:
        self._operators = list(operators)
        self._prices = {op: op.cost for op in self._operators}
        self._spent = dict.fromkeys(self._operators, 0)
        kinds = {kind: None for op in self._operators for kind in (*op.arguments, op.returns)}
        self.columns: dict[str, Column] = {kind: Column() for kind in (*kinds, *types)}
        self.cost = 0
        self.goals: dict[str, set[Vector]] = {}
        self.hits: list[tuple[str, int]] = []
        self.size = 0
        self._lanes = lanes
        self._wanted = lanes if wanted is None else wanted
        self._library = library
        self._most = most
        self._keep_partials = keep_partials
        self._waiting: dict[int, list[Entry]] = {}
        self._terms: dict[tuple[str, int], Term] = {}
        self._kernels: dict[tuple[Op, bool], Kernel] = {}
        self._count: dict[Vector, int] = {}
        self._settled: set[tuple[str, int]] = set()

    def offer(self, term: Term, vector: Vector, level: int | None = None) -> None:
        """Make ``term`` material of the level of its cost, or of ``level``, or of the next level if that is past."""
        due = term.cost if level is None else level
        self._waiting.setdefault(max(due, self.cost + 1), []).append(Entry(term, vector))

    def cheapen(self, op: Op) -> bool:
        """Build with ``op`` at a lower price from the next level on; whether that was possible.

        Nothing is built again and nothing is left out: the next level makes up for what the new price brings
        within reach. What a term costs, when programs are compared, stays as it was.
        """
        price = self._prices.get(op, 1)
        if 2 * price <= op.cost or price <= 1:
            return False
        self._prices[op] = price - 1
        return True

    @property
    def full(self) -> bool:
        """Whether nothing more is kept."""
        return self.size >= self._most

    @property
    def idle(self) -> bool:
        """Whether no operator can ever give anything more."""
        top = max((max(column.levels) for column in self.columns.values() if column.levels), default=0)
        dearest = max((op.cost for op in self._operators), default=0)
        return not self._waiting and self.cost > 4 * top + dearest

    def grow(self) -> Iterator[int]:
        """Build the next level; yields evaluations done after each block of work.

        What is found becomes material for further levels when the iterator is exhausted.
        """
        self.cost += 1
        starts = {kind: len(column.values) for kind, column in self.columns.items()}
        entries = self._waiting.pop(self.cost, ())
        for entry in entries:
            self._plant(entry)
        if entries:
            yield len(entries)
        jobs = [job for op in self._operators for job in self._jobs(op)]
        jobs.sort(key=lambda job: job.size)
        done = 0
        for job in jobs:
            for evaluations in self._apply(job):
                done += evaluations
                if done >= PAUSE:
                    yield done
                    done = 0
        if done:
            yield done
        for kind, column in self.columns.items():
            start, stop = starts[kind], len(column.values)
            if stop > start:
                column.levels[self.cost] = start, stop
                column.costs.extend([self.cost] * (stop - start))

    def cost_of(self, kind: str, place: int) -> int:
        """The cost of an entry; those of the level that is being built have the level's."""
        costs = self.columns[kind].costs
        return costs[place] if place < len(costs) else self.cost

    def term(self, kind: str, place: int) -> Term:
        """The term of an entry."""
        known = self._terms.get((kind, place))
        if known is None:
            known = self._terms[kind, place] = self.term_of(self.columns[kind].derivations[place])
        return known

    def term_of(self, derivation: Derivation) -> Term:
        """The term of a derivation whose arguments are entries."""
        op, *places = derivation
        if not isinstance(op, Op):
            term: Term = op
            return term
        return Apply(op, *(self.term(kind, place) for kind, place in zip(op.arguments, places, strict=True)))

    def vector_of(self, derivation: Derivation) -> Vector:
        """The values of a derivation, with ``Raised`` where it raises."""
        op, *places = derivation
        assert isinstance(op, Op)
        function = function_of(op.run, len(places), self._library.get(op.library))
        vectors = [self.columns[kind].values[place] for kind, place in zip(op.arguments, places, strict=True)]
        return tuple(map(function, *vectors))

    def _plant(self, entry: Entry) -> None:
        column = self.columns[entry.term.type]
        if entry.vector not in column.index:
            column.index[entry.vector] = len(column.values)
            column.values.append(entry.vector)
            column.derivations.append((entry.term,))
            self.size += 1
            self._collect(entry.term.type, len(column.values) - 1)

    def _jobs(self, op: Op) -> Iterator[Job]:
        affordable = self.cost - self._prices[op]
        for total in range(self._spent[op] + 1, affordable + 1):
            for ranges in self._splits(op.arguments, total):
                if op.commutative and ranges[0][0] > ranges[1][0]:
                    continue
                size = 1
                for start, stop in ranges:
                    size *= stop - start
                yield Job(size, op, ranges)
        self._spent[op] = max(self._spent[op], affordable)

    def _splits(self, kinds: tuple[str, ...], cost: int) -> Iterator[tuple[tuple[int, int], ...]]:
        """The ways to pay ``cost`` with one entry of each of ``kinds``."""
        levels = self.columns[kinds[0]].levels
        if len(kinds) == 1:
            if cost in levels:
                yield (levels[cost],)
            return
        for first, stretch in levels.items():
            if first < cost:
                for rest in self._splits(kinds[1:], cost - first):
                    yield (stretch, *rest)

    def _apply(self, job: Job) -> Iterator[int]:
        op, ranges = job.op, job.ranges
        same = op.commutative and ranges[0] == ranges[1]
        kernel = self._kernels.get((op, same))
        if kernel is None:
            kernel = self._kernels[op, same] = kernel_of(
                op.run, len(op.arguments), self._lanes, same, op.partial, self._keep_partials,
                self._library.get(op.library),
            )  # fmt: skip
        column = self.columns[op.returns]
        inputs = [self.columns[kind].values for kind in op.arguments]
        pieces = (ranges,) if job.size <= BLOCK else _pieces(list(ranges), BLOCK)
        for piece in pieces:
            count = _pairs(piece) if same else _product(piece)
            if not count:
                continue
            before = len(column.values)
            kernel(
                op, inputs, piece, column.index, column.values, column.derivations, column.partials, PARTIALS
            )  # fmt: skip
            found = len(column.values) - before
            if found:
                self.size += found
                self._collect(op.returns, before)
                if self.size > self._most:
                    self._forget(column, max(before, len(column.values) - (self.size - self._most)))
            yield count

    def _collect(self, kind: str, start: int) -> None:
        """Note the derivations of each goal from ``start`` on; of a whole vector, make place for another one."""
        column = self.columns[kind]
        if self._wanted < self._lanes:
            goals = self.goals.get(kind, ())
            if goals:
                fresh = range(start, len(column.values))
                self.hits += [
                    (kind, place) for place in fresh if column.values[place][: self._wanted] in goals
                ]
            return
        for goal in self.goals.get(kind, ()):
            place = column.index.get(goal)
            if place is not None and (kind, place) not in self._settled:
                self.hits.append((kind, place))
                self._count[goal] = self._count.get(goal, 0) + 1
                if self._count[goal] < HITS:
                    del column.index[goal]
                else:
                    self._settled.add((kind, place))

    def _forget(self, column: Column, start: int) -> None:
        """Drop what a full bank found from ``start`` on, unless it is a hit."""
        keep = max((place + 1 for kind, place in self.hits if self.columns[kind] is column), default=start)
        keep = max(keep, start)
        for vector in column.values[keep:]:
            column.index.pop(vector, None)
        self.size -= len(column.values) - keep
        del column.values[keep:], column.derivations[keep:]


def covering(
    column: Column, goal: Vector, lanes: Collection[int], start: int = 0
) -> Iterator[tuple[int, int]]:
    """The entries from ``start`` on that are right on some of ``lanes``: place and mask."""
    bits = [(1 << lane, lane, goal[lane]) for lane in lanes]
    for place in range(start, len(column.values)):
        vector = column.values[place]
        mask = 0
        for bit, lane, wanted in bits:
            if vector[lane] == wanted:
                mask |= bit
        if mask:
            yield place, mask


def _pieces(ranges: list[tuple[int, int]], size: int) -> Iterator[list[tuple[int, int]]]:
    """``ranges`` cut, outermost first, into products of about ``size`` combinations at most."""
    (start, stop), rest = ranges[0], ranges[1:]
    width = _product(rest)
    if width > size:
        for low in range(start, stop):
            for inner in _pieces(rest, size):
                yield [(low, low + 1), *inner]
        return
    step = size // width if width else stop - start
    for low in range(start, stop, step):
        yield [(low, min(stop, low + step)), *rest]


def _product(ranges: Iterable[tuple[int, int]]) -> int:
    count = 1
    for start, stop in ranges:
        count *= stop - start
    return count


def _pairs(ranges: Sequence[tuple[int, int]]) -> int:
    """The combinations in which the second index is not below the first."""
    (low, high), (start, stop) = ranges
    return sum(max(0, stop - max(start, index)) for index in range(low, high))
