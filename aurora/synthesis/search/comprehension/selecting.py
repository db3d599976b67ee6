"""What is wanted keeps some of the elements: which ones is known then, and so is what becomes of them.

Three inverses, tried after each level. If the wanted list has elements of the source in order, the condition is known
element by element, unless equal ones were treated differently. If a condition keeps as many elements of each lane as
are wanted, what a body must give on these is known. And sums, counts, quantifiers of two bodies are looked at for the
cheapest conditions only. Invariant: what is offered was computed on all elements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

from aurora.synthesis.cells import Cell, Raised, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.bank import Column
from aurora.synthesis.search.comprehension.branching import truths
from aurora.synthesis.search.comprehension.forms import Forms
from aurora.synthesis.search.comprehension.frame import Wanted
from aurora.synthesis.search.comprehension.lane_bank import Body
from aurora.synthesis.search.comprehension.loop import Loop
from aurora.synthesis.search.predicates import negated
from aurora.synthesis.search.terms import Apply, Term

AND = Op("{0} and {1}", ("bool", "bool"), "bool", 3, commutative=True)
OR = Op("{0} or {1}", ("bool", "bool"), "bool", 3, commutative=True)

CONDITIONS = 400
"""Conditions that are remembered, each with another set of elements."""

PAIRED = 60
"""Conditions that are tried in pairs."""

SUMMED = 40
"""Conditions and bodies that are tried together in sums."""

SCANNED = 3_000
"""Bodies that are tried on what a condition keeps."""


class Condition(NamedTuple):
    """A condition and the elements that it keeps."""

    mask: int
    cost: int
    term: Term
    mentions: int


class Gap(NamedTuple):
    """A condition keeps the right number of elements; what must become of them, by lane."""

    condition: Condition
    wanted: Wanted
    lanes: tuple[int, ...]
    cells: tuple[Cell, ...]


class Selections:
    """Conditions under which elements are kept, for everything that is wanted."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._conditions: dict[int, Condition] = {}
        self._fresh: list[Condition] = []
        self._gaps: list[Gap] = []
        self._scanned: dict[str, int] = {}
        self._partial: dict[str, int] = {}
        self._kept: list[tuple[Wanted, int, int]] = []
        self._lists = [wanted for wanted in loop.frame.wanted if wanted.type.startswith(("list[", "set["))]
        for wanted in loop.frame.wanted:
            self._want(wanted)
        for term, vector in loop.divisibility():
            self._note(truths(vector), term.cost, term, loop.elements)

    def feed(self, body: Body) -> None:
        """Note a condition."""
        if body.type != "bool" or len(self._conditions) >= CONDITIONS or not body.mask & self._loop.elements:
            return
        mask = truths(body.vector)
        if 0 < mask < (1 << len(body.vector)) - 1 and mask not in self._conditions:
            self._note(mask, self._loop.level, self._loop.bodies.term(body), body.mask)

    def _note(self, mask: int, cost: int, term: Term, mentioned: int) -> None:
        condition = Condition(mask, cost, term, mentioned)
        self._conditions[mask] = condition
        self._fresh.append(condition)

    def settle(self) -> None:
        """Try what the level brought."""
        self._open_gaps()
        self._fill_gaps()
        if self._fresh:
            self._pair()
        self._fresh = []

    # --- a list whose elements are kept

    def _want(self, wanted: Wanted) -> None:
        """Look for the condition that keeps the elements of a wanted list, set or text."""
        loop = self._loop
        for pick, vector, _ in loop.picks:
            form = self._keeping(wanted, pick.type)
            if form is None:
                continue
            known = kept_of(loop.spread(vector), wanted.vector, loop.grid.positions, loop.bodies.size)
            if known is None:
                continue
            yes, no = known
            full = (1 << loop.bodies.size) - 1
            self._kept.append((wanted, yes, no))
            if yes | no == full and no:
                goal = tuple(bool(yes >> lane & 1) for lane in range(loop.bodies.size))

                def complete(
                    condition: Term, form: Any = form, pick: Term = pick.term, outer: Wanted = wanted
                ) -> Term:
                    return outer.complete(form(loop.forms, pick, condition))

                loop.want(Wanted("bool", goal, complete))
                loop.want(opposite(Wanted("bool", goal, complete)))

    def _keeping(self, wanted: Wanted, item: str) -> Any:
        """The form that keeps elements of a type, if what is wanted is of its type."""
        if wanted.type == f"list[{item}]" and self._loop.source.ordered:
            return Forms.listed
        if wanted.type == f"set[{item}]":
            return Forms.collected
        if wanted.type == "str" == self._loop.source.collection:
            return Forms.joined
        return None

    # --- a list of what becomes of those kept

    def _open_gaps(self) -> None:
        loop = self._loop
        for wanted in self._lists:
            if not wanted.type.startswith("list[") or not loop.source.ordered:
                continue
            item = wanted.type[5:-1]
            if item not in loop.bodies.bank.columns:
                continue
            lengths = [len(cell) if isinstance(cell, tuple) else -1 for cell in wanted.vector]
            for condition in self._fresh:
                cells = self._filled(condition, wanted, lengths)
                if cells is not None:
                    gap = Gap(condition, wanted, tuple(cells), tuple(cells.values()))
                    self._gaps.append(gap)
                    self._scan(gap, loop.bodies.bank.columns[item], item, 0, self._scanned.get(item, 0))

    def _filled(self, condition: Condition, wanted: Wanted, lengths: Sequence[int]) -> dict[int, Cell] | None:
        """What must become of each element that a condition keeps, if it keeps as many as are wanted."""
        cells: dict[int, Cell] = {}
        for lanes, length, row in zip(self._loop.grid.positions, lengths, wanted.vector, strict=True):
            kept = [lane for lane in lanes if condition.mask >> lane & 1]
            if len(kept) != length:
                return None
            assert isinstance(row, tuple)
            for lane, cell in zip(kept, row, strict=True):
                if cells.setdefault(lane, cell) != cell:
                    return None
        return cells or None

    def _fill_gaps(self) -> None:
        columns = self._loop.bodies.bank.columns
        for item in dict.fromkeys(gap.wanted.type[5:-1] for gap in self._gaps):
            column = columns[item]
            start, stop = self._scanned.get(item, 0), min(len(column.values), SCANNED)
            partial = list(self._partials(item, column))
            for gap in self._gaps:
                if gap.wanted.type[5:-1] == item:
                    self._scan(gap, column, item, start, stop)
                    for vector, term, mask in partial:
                        if all(vector[lane] == cell for lane, cell in zip(gap.lanes, gap.cells, strict=True)):
                            self._offer(gap, term, mask)
            self._scanned[item] = stop

    def _scan(self, gap: Gap, column: Column, item: str, start: int, stop: int) -> None:
        """Offer the first body that fills a gap."""
        self._loop.spend((stop - start) // 8)
        first, wish = gap.lanes[0], gap.cells[0]
        for place in range(start, stop):
            vector = column.values[place]
            if vector[first] == wish and all(
                vector[lane] == cell for lane, cell in zip(gap.lanes, gap.cells, strict=True)
            ):
                mask = self._loop.bodies.mask(item, place)
                if mask & self._loop.elements:
                    self._offer(gap, self._loop.bodies.bank.term(item, place), mask)
                    return

    def _offer(self, gap: Gap, term: Term, mask: int) -> None:
        loop = self._loop
        if loop.complete(gap.condition.mentions, mask):
            loop.frame.answer(gap.wanted, loop.forms.listed(term, gap.condition.term))

    def _partials(self, item: str, column: Column) -> Iterator[tuple[Vector, Term, int]]:
        """Bodies that raise on some elements, which a condition may leave out."""
        loop = self._loop
        start = self._partial.get(item, 0)
        stop = min(len(column.partials), SCANNED // 2)
        self._partial[item] = stop
        self._loop.spend(2 * (stop - start))
        for derivation in column.partials[start:stop]:
            vector = loop.bodies.bank.vector_of(derivation)
            op, *places = derivation
            mask = 0
            for kind, place in zip(op.arguments, places, strict=True):
                mask |= loop.bodies.mask(kind, place)
            if mask & loop.elements and not all(isinstance(cell, Raised) for cell in vector):
                yield vector, loop.bodies.bank.term_of(derivation), mask

    # --- two conditions

    def _pair(self) -> None:
        """Try the cheapest conditions in pairs, at least one of them new."""
        loop = self._loop
        ranked = sorted(self._conditions.values(), key=lambda condition: condition.cost)[:PAIRED]
        fresh = {condition.mask for condition in self._fresh}
        positions = [
            (op, self._spread(op, one, other), one, other)
            for place, one in enumerate(ranked)
            for other in ranked[place + 1 :]
            if one.mask in fresh or other.mask in fresh
            for op in (AND, OR)
        ]
        loop.spend(len(positions) // 2)
        goals = [wanted for wanted in loop.frame.wanted if wanted.type in ("int", "bool")]
        for op, mask, one, other in positions:
            for wanted, yes, no in self._kept:
                if mask & yes == yes and not mask & no and loop.complete(one.mentions, other.mentions):
                    self._offer_kept(wanted, mask, Apply(op, one.term, other.term))
            if not loop.complete(one.mentions, other.mentions) or mask in self._conditions:
                continue
            for wanted in goals:
                self._offer_truth(wanted, mask, op, one, other)
                self._offer_sum(wanted, mask, op, one, other)

    def _spread(self, op: Op, one: Condition, other: Condition) -> int:
        return one.mask & other.mask if op is AND else one.mask | other.mask

    def _offer_kept(self, wanted: Wanted, mask: int, condition: Term) -> None:
        loop = self._loop
        for pick, vector, _ in loop.picks:
            form = self._keeping(wanted, pick.type)
            if form is None:
                continue
            row = tuple(bool(mask >> lane & 1) for lane in range(loop.bodies.size))
            kept = [
                tuple(compress(cells, keep))
                for cells, keep in zip(loop.spread(vector), loop.spread(row), strict=True)
            ]
            if [_as(wanted.type, cells) for cells in kept] == list(wanted.vector):
                loop.frame.answer(wanted, form(loop.forms, pick.term, condition))

    def _offer_sum(self, wanted: Wanted, mask: int, op: Op, one: Condition, other: Condition) -> None:
        """Sums of elements under two conditions."""
        loop = self._loop
        for pick, vector, _ in loop.picks:
            numbers: tuple[Any, ...] = vector
            if pick.type == wanted.type == "int" and all(
                sum(numbers[lane] for lane in lanes if mask >> lane & 1) == wish
                for lanes, wish in zip(loop.grid.positions, wanted.vector, strict=True)
            ):
                loop.frame.answer(
                    wanted, loop.forms.reduced("sum", pick.term, Apply(op, one.term, other.term))
                )

    def _offer_truth(self, wanted: Wanted, mask: int, op: Op, one: Condition, other: Condition) -> None:
        """Counts of two conditions; ``all`` of alternatives and ``any`` of conjunctions."""
        loop = self._loop
        counts = []
        for lanes, wish in zip(loop.grid.positions, wanted.vector, strict=True):
            count = sum(mask >> lane & 1 for lane in lanes)
            if wanted.type == "int":
                if count != wish:
                    return
            elif wish != (count > 0 if op is AND else count == len(lanes)):
                return
            counts.append(count)
        condition = Apply(op, one.term, other.term)
        if wanted.type == "int":
            loop.frame.answer(wanted, loop.forms.counted(condition))
        else:
            loop.frame.answer(wanted, loop.forms.reduced("any" if op is AND else "all", condition))


class Sums:
    """Sums, extremes and firsts of a body over the elements that a condition keeps."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._conditions: dict[int, Condition] = {}
        self._bodies: dict[str, list[tuple[Term, int, Vector, bool]]] = {"int": [], "float": []}
        self._partial = {"int": 0, "float": 0}
        self._done: set[tuple[int, str, int]] = set()
        self._goals = [wanted for wanted in loop.frame.wanted if wanted.type in ("int", "float")]

    def feed(self, body: Body) -> None:
        """Note conditions and numbers."""
        loop = self._loop
        if not self._goals or not body.mask & loop.elements:
            return
        if body.type == "bool" and len(self._conditions) < SUMMED:
            mask = truths(body.vector)
            if 0 < mask < (1 << len(body.vector)) - 1 and mask not in self._conditions:
                self._conditions[mask] = Condition(mask, loop.level, loop.bodies.term(body), body.mask)
        elif body.type in self._bodies and len(self._bodies[body.type]) < SUMMED:
            self._bodies[body.type].append((loop.bodies.term(body), body.mask, body.vector, False))

    def settle(self) -> None:
        """Try each new pair of a condition and a body."""
        loop = self._loop
        for kind, bodies in self._bodies.items():
            goals = [wanted for wanted in self._goals if wanted.type == kind]
            if not goals or kind not in loop.bodies.bank.columns:
                continue
            self._take_partials(kind)
            for place, (term, mask, vector, _) in enumerate(bodies):
                for condition in self._conditions.values():
                    key = condition.mask, kind, place
                    if key not in self._done:
                        self._done.add(key)
                        if loop.complete(mask, condition.mentions):
                            self._try(goals, term, vector, condition)
            loop.frame.hunt.spend(len(bodies))

    def _take_partials(self, kind: str) -> None:
        """Bodies that raise on elements which a condition may leave out."""
        bank = self._loop.bodies.bank
        column = bank.columns[kind]
        start, stop = self._partial[kind], min(len(column.partials), 2 * SUMMED)
        self._partial[kind] = stop
        for derivation in column.partials[start:stop]:
            op, *places = derivation
            mask = 0
            for argument, place in zip(op.arguments, places, strict=True):
                mask |= self._loop.bodies.mask(argument, place)
            vector = bank.vector_of(derivation)
            if mask & self._loop.elements and not all(isinstance(cell, Raised) for cell in vector):
                self._bodies[kind].append((bank.term_of(derivation), mask, vector, True))

    def _try(self, goals: Sequence[Wanted], term: Term, vector: Vector, condition: Condition) -> None:
        loop = self._loop
        loop.frame.hunt.spend(1)
        kept = [
            [vector[lane] for lane in lanes if condition.mask >> lane & 1] for lanes in loop.grid.positions
        ]
        if any(isinstance(cell, Raised) for row in kept for cell in row):
            return
        rows: list[list[Any]] = kept
        totals = tuple(map(sum, rows))
        for wanted in goals:
            if totals == wanted.vector:
                loop.frame.answer(wanted, loop.forms.reduced("sum", term, condition.term))
            elif all(rows):
                for name, function in (("max", max), ("min", min)):
                    if all(function(row) == wish for row, wish in zip(rows, wanted.vector, strict=True)):
                        loop.frame.answer(wanted, loop.forms.reduced(name, term, condition.term))


def opposite(wanted: Wanted) -> Wanted:
    """The condition whose opposite is wanted."""
    turned = tuple(not cell for cell in wanted.vector)
    return Wanted("bool", turned, lambda condition: wanted.complete(negated(condition)))


def kept_of(
    rows: Sequence[Sequence[Cell]], wanted: Vector, positions: Sequence[Sequence[int]], size: int
) -> tuple[int, int] | None:
    """The elements that must be kept and those that must not, as masks, where equal ones are treated alike.

    Nothing where something is wanted that is no element, or in another order.
    """
    yes = no = 0
    for row, cell, lanes in zip(rows, wanted, positions, strict=True):
        if not isinstance(cell, str | tuple | frozenset):
            return None
        if isinstance(cell, frozenset):
            if not cell <= set(row):
                return None
            there = Counter({item: row.count(item) for item in cell})
        else:
            there = Counter(cell)
            rest = iter(row)
            if not all(item in rest for item in cell):
                return None
        total = Counter(row)
        for item, lane in zip(row, lanes, strict=True):
            if there[item] == total[item]:
                yes |= 1 << lane
            elif not there[item]:
                no |= 1 << lane
    return None if yes & no or size == 0 else (yes, no)


def _as(kind: str, cells: tuple[Any, ...]) -> Cell:
    if kind == "str":
        return "".join(cells)
    return frozenset(cells) if kind.startswith("set[") else cells
