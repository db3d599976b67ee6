"""One accumulator over one walk: updates in order of cost, from a few beginnings, watched in a few ways.

A run gives every state of the accumulator, so that it answers several questions at once: see ``watches``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from aurora.specs.types import parse_type
from aurora.synthesis.cells import MAX_LENGTH, Cell, Raised, Vector
from aurora.synthesis.operators.op import Op, ordered
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.beginnings import Beginning, beginnings
from aurora.synthesis.search.folding.bodies import Bodies, sampled, spread
from aurora.synthesis.search.folding.execution import COMPILATION, Function, functions
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.folding.updates import IF_COST, Branch, Update, price
from aurora.synthesis.search.folding.walks import Turn, Walk, captured
from aurora.synthesis.search.folding.watches import LAST, RETURNING, Watch, last, watched, watches
from aurora.synthesis.search.folding.wording import Wording
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant, mentions, parts, variable

FOLD_COST = 7
"""What a loop with an accumulator costs besides its parts; a comprehension costs about half of that."""

MOST_BODY = 11
"""Bodies dearer than this are not looked at."""

EASY = 9
"""Bodies up to this cost are looked at in their turn, dearer ones later."""

MOST_UPDATE = 24
"""Updates dearer than this are not looked at: conditions included."""

MOST_THEN, MOST_OTHERWISE = 8, 5
"""The cost of what is assigned under a condition, and of what is assigned otherwise."""

_FINISHED = 6
"""Updates up to this cost are worth a last step and a place in the bank."""

_REACHED = {"int": ("bool", "float", "str"), "float": ("int", "bool", "str")}
"""Types that a last step leads to, so that an accumulator of another type is of use."""

_OPPOSITES = 9
"""The cost at which counting up at one character and down at another has its turn."""

_MOST_MARKS = 12

_BATCH = 128


class Accumulation:
    """The search for updates of an accumulator of type ``kind`` over ``walk``.

    Order: by the cost of the update, then in order of discovery; beginnings from the cheapest. Invariant: no
    two updates that are tried do the same on the sampled points.
    """

    def __init__(
        self, hunt: Hunt, findings: Findings, walk: Walk, kind: str, loop_cost: int = FOLD_COST
    ) -> None:
        self._hunt, self._findings = hunt, findings
        self._walk, self._kind = walk, kind
        self._loop_cost = loop_cost
        self._names = Names([*hunt.inspector.names, *(leaf.text for leaf in walk.variables)])
        self._state = variable(self._names.free("acc", "state"), kind)
        self._scalars = captured(hunt, walk)
        self._order = sorted(range(len(walk.turns)), key=lambda lane: (len(walk.turns[lane]), lane))
        self._turns = [
            [turn + tuple(vector[lane] for _, vector in self._scalars) for turn in walk.turns[lane]]
            for lane in range(len(walk.turns))
        ]
        self._watches = watches(
            kind, findings, [len(turns) for turns in walk.turns], Wording(hunt.problem)
        )  # fmt: skip
        self._beginnings = beginnings(hunt, kind, given=walk.driver is None)
        self._tests: dict[int, list[Branch]] = {}
        self._values: dict[int, list[Branch]] = {}
        self._seen: set[tuple[Cell, ...]] = set()
        self.cost = walk.cost - walk.eager + loop_cost + 2

    @property
    def variables(self) -> list[Leaf]:
        """What a body may mention, in the order in which functions take it."""
        return [self._state, *self._walk.variables, *(leaf for leaf, _ in self._scalars)]

    def task(self) -> Iterator[Pause]:
        """Try updates, cheapest first."""
        if not self._beginnings or not (self._watches or self._hunt.returns in _REACHED.get(self._kind, ())):
            return
        bodies = self._bodies()
        base = self.cost - 1
        for cost in range(1, MOST_UPDATE + 1):
            if cost == _OPPOSITES and self._kind == "int":
                yield Pause(self._opposites(), base + cost)
            for work in self._conditional(cost):
                yield Pause(work, base + cost)
            while bodies.cost < MOST_BODY and not bodies.done and _due(bodies.cost + 1) <= cost:
                for work in bodies.grow():
                    yield Pause(work, base + cost)
                for work in self._plain(bodies, bodies.cost):
                    yield Pause(work, base + cost)
            yield Pause(1, base + cost + 1)

    # --- updates

    def _plain(self, bodies: Bodies, cost: int) -> Iterator[int]:
        """The updates without a condition, and what conditional ones will be made of."""
        values = list(self._branches(bodies, self._kind, cost))
        for value in values:
            self._values.setdefault(price(value.term, self._state), []).append(value)
        self._tests[cost] = list(self._branches(bodies, "bool", cost))
        yield COMPILATION * (len(values) + len(self._tests[cost]))
        work = 0
        for value in values:
            self._seen.add(tuple(value.vector))
            if self._state.text in mentions(value.term):
                work += self._look(Update(value))
            if work > 2_000:
                yield work
                work = 0
        yield work

    def _conditional(self, cost: int) -> Iterator[int]:
        """The updates with a condition that cost so much."""
        states = next(
            (each for row in self._values.values() for each in row if each.term is self._state), None
        )
        if states is None:
            return
        for test_cost, tests in self._tests.items():
            for then_cost, values in self._values.items():
                left = cost - IF_COST - test_cost - then_cost
                if then_cost > MOST_THEN or left < 0:
                    continue
                others: list[Branch | None] = [None] if left == 0 else []
                if 1 < left <= MOST_OTHERWISE + 1:
                    others += self._values.get(left - 1, ())
                for other in others:
                    yield from self._pairs(tests, values, other, states)

    def _pairs(
        self, tests: Sequence[Branch], values: Sequence[Branch], other: Branch | None, state: Branch
    ) -> Iterator[int]:
        otherwise = other or state
        if other is state:
            return
        dynamic = other is None or self._state.text in mentions(other.term)
        work = 0
        for then in values:
            if then is otherwise or not (dynamic or self._state.text in mentions(then.term)):
                continue
            for test in tests:
                work += 1
                vector = tuple(
                    [
                        a if p else b
                        for a, p, b in zip(then.vector, test.vector, otherwise.vector, strict=True)
                    ]
                )
                if vector not in self._seen:
                    self._seen.add(vector)
                    work += self._look(Update(then, test, other))
            if work > 2_000:
                yield work
                work = 0
        yield work

    def _opposites(self) -> int:
        """Up at one character and down at another, as brackets are counted."""
        chars = [leaf for leaf in self._walk.variables if leaf.type == "str"]
        marks = [
            constant(leaf.text, "str", 1) for leaf, cell in self._hunt.constants
            if isinstance(cell, str) and len(cell) == 1 and cell != " "
        ]  # fmt: skip
        if len(chars) != 1 or not 1 < len(marks) <= _MOST_MARKS:
            return 1
        one = constant("1", "int", 1)
        is_mark = Op("{0} == {1}", ("str", "str"), "bool", 1)
        terms: list[Term] = [Apply(is_mark, chars[0], mark) for mark in marks]
        terms += [
            Apply(Op(f"{{0}} {sign} {{1}}", ("int", "int"), "int", 2), self._state, one) for sign in "+-"
        ]
        made = functions(terms, self.variables, self._hunt.inspector.library_functions())
        *tests, up, down = (Branch(term, function, ()) for term, function in zip(terms, made, strict=True))
        work = COMPILATION * len(terms)
        for opening in tests:
            for closing in tests:
                if opening is not closing:
                    work += self._look(Update(up, opening, down, closing))
        return work

    def _branches(self, bodies: Bodies, kind: str, cost: int) -> Iterator[Branch]:
        terms = bodies.level(kind, cost)
        if kind == "bool" != self._kind:
            terms = [term for term in terms if isinstance(term, Apply) or term.variable]
        vectors = bodies.vectors(kind, cost)
        library = self._hunt.inspector.library_functions()
        for start in range(0, len(terms), _BATCH):
            batch = terms[start : start + _BATCH]
            made = functions(batch, self.variables, library)
            yield from map(Branch, batch, made, vectors[start : start + _BATCH])

    # --- runs

    def _look(self, update: Update) -> int:
        """Run an update from each beginning."""
        function = update.function
        return sum(self._look_from(update, function, beginning) for beginning in self._beginnings)

    def _look_from(self, update: Update, function: Function, beginning: Beginning) -> int:
        """Run an update from one beginning, as far as an answer is possible; the work it took."""
        alive = self._watches
        keep = update.cost <= _FINISHED and not mentions(beginning.term)
        runs: list[list[Cell]] = []
        work = 1
        for lane in self._order:
            states = run(function, beginning.vector[lane], self._turns[lane])
            if states is None:
                return work + 1
            work += len(states) // 2
            possible = self._findings.possible
            alive = [watch for watch in alive if possible(watch.type, watch.seen(states), lane)]
            if not alive and not keep:
                return work
            runs.append(states)
        # Where an accumulator ends says it more simply than what its extremes were.
        simplest = {watch.type: watch for watch in reversed(alive)}
        for watch in simplest.values():
            make = partial(self._program, update, beginning, watch)
            vector = self._in_order(list(map(watch.seen, runs)))
            self._findings.answer(watch.type, vector, make, returning=watch.name in RETURNING)
        if keep and LAST not in (watch.name for watch in alive):
            vector = self._in_order([states[-1] for states in runs])
            work += self._findings.take(
                self._kind, vector, partial(self._program, update, beginning, last(self._kind))
            )
        return work

    def _in_order(self, cells: Sequence[Cell]) -> Vector:
        """Cells of the lanes in the order of runs as a vector."""
        by_lane = dict(zip(self._order, cells, strict=True))
        return tuple(by_lane[lane] for lane in range(len(cells)))

    def _program(self, update: Update, beginning: Beginning, watch: Watch, own: bool) -> Term:
        return watched(
            self._walk, self._state, update, beginning.term, watch, self._names, self._loop_cost, own=own
        )  # fmt: skip

    # --- what to begin with

    def _bodies(self) -> Bodies:
        walk = self._walk
        near = [cell for goal in self._findings.goals.get(self._kind, ())[:2] for cell in goal.vector]
        states = [*(each.vector[0] for each in self._beginnings[:2]), *sampled(self._hunt, self._kind, near)]
        turns = [(lane, turn) for lane, row in enumerate(self._turns) for turn in row]
        points = spread(turns, list(dict.fromkeys(states)))
        columns = [
            tuple(state for _, state, _ in points),
            *zip(*(turn for _, _, turn in points), strict=True),
        ]
        numbers = [
            part for _, term in walk.shorthand for part in parts(term)
            if isinstance(part, Leaf) and not part.variable
        ]  # fmt: skip
        return Bodies(
            self._hunt, list(zip(self.variables, columns, strict=True)), [self._kind], constants=numbers,
            extra=_questions(self._kind),
        )  # fmt: skip


def _due(cost: int) -> int:
    """When bodies of ``cost`` are looked at: dear ones wait, since each level takes thrice the work of the last."""
    return max(cost, 3 * cost - 2 * EASY)


def run(function: Function, start: Cell, turns: Sequence[Turn]) -> list[Cell] | None:
    """The states from ``start`` on, or nothing where the body raises."""
    if start.__class__ is Raised:
        return None
    state = start
    states = [state]
    try:
        for turn in turns:
            state = function(state, *turn)
            if isinstance(state, str | tuple) and len(state) > MAX_LENGTH:
                return None
            states.append(state)
    except Exception:  # noqa: BLE001 - a body that raises is no body
        return None
    return states


def _questions(kind: str) -> list[Op]:
    """What one asks of an accumulated text or list before adding to it."""
    if kind == "str":
        return [Op("not {0}.endswith({1})", ("str", "str"), "bool", 4)]
    type_ = parse_type(kind)
    if type_.head != "list":
        return []
    item = str(type_.args[0])
    made = [
        Op("{0} not in {1}", (item, kind), "bool", 3),
        Op("not {0} or {0}[-1] != {1}", (kind, item), "bool", 5),
    ]
    if ordered(type_.args[0]):
        made.append(Op("not {0} or {0}[-1] < {1}", (kind, item), "bool", 6))
    return made
