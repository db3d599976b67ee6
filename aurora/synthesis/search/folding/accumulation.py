"""One accumulator over one walk: bodies in order of cost, from a few beginnings, watched in a few ways.

A run gives every state of the accumulator, so that one run answers several questions: where the accumulator
ends, what its largest and smallest states were, which states there were in order, and whether it stayed
natural and came back to nought. That is how Kadane's maximum, running totals and balanced brackets are found
without a second accumulator to search for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from aurora.synthesis.cells import Cell, Raised, Vector
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.bodies import Bodies, sampled, spread
from aurora.synthesis.search.folding.execution import COMPILATION, Function, functions
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names, accumulator
from aurora.synthesis.search.folding.programs import Line, program
from aurora.synthesis.search.folding.walks import Turn, Walk, captured
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, mentions, substituted, variable

FOLD_COST = 7
"""What a loop with an accumulator costs besides its parts; a comprehension costs about half of that."""

MOST_BODY = 12
"""Bodies dearer than this are not looked at."""

_FINISHED = 7
"""Bodies up to this cost are worth a last step and a place in the bank."""

_BATCH = 128
_INITIAL = 3
"""Beginnings up to this cost, plus the first item of a list."""

_BEGINNINGS = 5


class Beginning(NamedTuple):
    """Where an accumulator may begin."""

    term: Term
    vector: Vector


class Watch(NamedTuple):
    """A question to a run: what it is of the states, which type the answer has, what it costs more."""

    name: str
    type: str
    cost: int
    seen: Callable[[Sequence[Cell]], Cell]


def watches(kind: str, findings: Findings) -> list[Watch]:
    """The questions whose answers may be a goal, for an accumulator of a type. ``states`` begin with the beginning."""
    asked = [Watch("last", kind, 0, lambda states: states[-1])]
    if kind in ("int", "float"):
        asked.append(Watch("max", kind, 4, max))
        asked.append(Watch("min", kind, 4, min))
        asked.append(Watch("balanced", "bool", 6, _balanced))
    asked.append(Watch("scan", f"list[{kind}]", 2, lambda states: tuple(states[1:])))
    asked.append(Watch("scan from start", f"list[{kind}]", 3, tuple))
    return [watch for watch in asked if watch.type in findings.goals]


class Accumulation:
    """The search for bodies of an accumulator of type ``kind`` over ``walk``.

    Order: by the cost of the body, then in order of discovery; beginnings from the cheapest.
    """

    def __init__(self, hunt: Hunt, findings: Findings, walk: Walk, kind: str, loop_cost: int = FOLD_COST) -> None:
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
        self._watches = watches(kind, findings)
        self.beginnings = self._beginnings()
        self.cost = walk.cost + loop_cost + 2

    @property
    def variables(self) -> list[Leaf]:
        """What a body may mention, in the order in which functions take it."""
        return [self._state, *self._walk.variables, *(leaf for leaf, _ in self._scalars)]

    def task(self) -> Iterator[Pause]:
        """Try bodies, cheapest first."""
        if not self.beginnings:
            return
        bodies = self.bodies()
        base = self._walk.cost + self._loop_cost + 1
        for cost in range(1, MOST_BODY + 1):
            for work in bodies.grow():
                yield Pause(work, base + cost)
            terms = [term for term in bodies.level(self._kind, cost) if self._state.text in mentions(term)]
            for start in range(0, len(terms), _BATCH):
                yield Pause(self._try(terms[start : start + _BATCH]), base + cost)
            if bodies.done:
                return
            yield Pause(1, base + cost + 1)

    def bodies(self) -> Bodies:
        """The bank of bodies."""
        walk = self._walk
        near = [cell for goal in self._findings.goals.get(self._kind, ())[:2] for cell in goal.vector]
        states = [*(beginning.vector[0] for beginning in self.beginnings[:2]), *sampled(self._hunt, self._kind, near)]
        turns = [(lane, turn) for lane, row in enumerate(self._turns) for turn in row]
        points = spread(turns, list(dict.fromkeys(states)))
        leaves = self.variables
        columns = [tuple(state for _, state, _ in points), *zip(*(turn for _, _, turn in points), strict=True)]
        constants = [leaf for _, term in walk.shorthand for leaf in _numbers(term)]
        return Bodies(
            self._hunt, list(zip(leaves, columns, strict=True)), [self._kind], constants=constants
        )  # fmt: skip

    def _beginnings(self) -> list[Beginning]:
        """The cheapest terms to begin with; where a lane has no turns the beginning must be its answer."""
        bank = self._hunt.bank
        column = bank.columns.get(self._kind)
        if column is None:
            return []
        found = []
        for cost in range(1, _INITIAL + 2):
            for place in range(*column.levels.get(cost, (0, 0))):
                term = bank.term(self._kind, place)
                if cost <= _INITIAL or (isinstance(term, Apply) and term.op.text == "{0}[{1}]"):
                    found.append(Beginning(term, column.values[place]))
        return found[:_BEGINNINGS]

    def _try(self, terms: Sequence[Term]) -> int:
        made = functions(terms, self.variables, self._hunt.inspector.library_functions())
        work = COMPILATION * len(terms)
        for term, function in zip(terms, made, strict=True):
            for beginning in self.beginnings:
                work += self._look(term, function, beginning)
        return work

    def _look(self, body: Term, function: Function, beginning: Beginning) -> int:
        """Run one body from one beginning, as far as an answer is possible; the work it took."""
        alive = self._watches
        keep = body.cost <= _FINISHED
        answers: dict[str, dict[int, Cell]] = {watch.name: {} for watch in self._watches}
        ends: dict[int, Cell] = {}
        work = 1
        for lane in self._order:
            states = run(function, beginning.vector[lane], self._turns[lane])
            if states is None:
                return work + 1
            work += len(states) // 2
            alive = [watch for watch in alive if self._possible(watch, states, lane, answers)]
            if not alive and not keep:
                return work
            ends[lane] = states[-1]
        for watch in alive:
            vector = tuple(answers[watch.name][lane] for lane in range(len(self._turns)))
            self._findings.answer(watch.type, vector, lambda own, w=watch: self.program(body, beginning, w, own))  # type: ignore[misc]
        if keep:
            last = Watch("last", self._kind, 0, lambda states: states[-1])
            vector = tuple(ends[lane] for lane in range(len(self._turns)))
            work += self._findings.take(self._kind, vector, lambda own: self.program(body, beginning, last, own))
        return work

    def _possible(
        self, watch: Watch, states: Sequence[Cell], lane: int, answers: dict[str, dict[int, Cell]]
    ) -> bool:
        cell = answers[watch.name][lane] = watch.seen(states)
        return any(goal.vector[lane] == cell for goal in self._findings.goals[watch.type])

    def program(self, body: Term, beginning: Beginning, watch: Watch, own: bool) -> Term:
        """The loop as a term."""
        return watched(self._walk, self._state, body, beginning.term, watch, self._names, self._loop_cost, own=own)


def watched(
    walk: Walk, state: Leaf, body: Term, start: Term, watch: Watch, names: Names, cost: int, *, own: bool
) -> Term:
    """The program of an accumulator that is watched in some way."""
    leaf = variable(accumulator(names, state.type, _role(body, state)), state.type)
    if watch.name in ("max", "min"):
        leaf = variable(names.free("current", "state"), state.type)
    elif watch.name == "balanced":
        leaf = variable(names.free("depth", "level"), state.type)
    update = Line(f"{leaf.text} = {{}}", (substituted(body, {state.text: leaf}),))
    begin = Line(f"{leaf.text} = {{}}", (start,))
    total = cost + watch.cost
    match watch.name:
        case "max" | "min":
            best = names.free("best", "record")
            keep = Line(f"{best} = {watch.name}({best}, {leaf.text})")
            return program(
                walk, [begin, Line(f"{best} = {leaf.text}")], [update, keep], best, watch.type, total, own=own
            )  # fmt: skip
        case "balanced":
            refuse = [Line(f"if {leaf.text} < 0:"), Line("return False", (), 1)]
            return program(walk, [begin], [update, *refuse], f"{leaf.text} == 0", "bool", total, own=own)
        case "scan" | "scan from start":
            kept = names.free("result", "results")
            leaf_text = leaf.text if leaf.text != kept else names.free("current", "state")
            leaf = variable(leaf_text, state.type)
            update = Line(f"{leaf.text} = {{}}", (substituted(body, {state.text: leaf}),))
            begin = Line(f"{leaf.text} = {{}}", (start,))
            first = Line(f"{kept} = [{leaf.text}]" if watch.name != "scan" else f"{kept} = []")
            keep = Line(f"{kept}.append({leaf.text})")
            return program(walk, [begin, first], [update, keep], kept, watch.type, total, own=own)
    return program(walk, [begin], [update], leaf.text, watch.type, total, own=own)


def run(function: Function, start: Cell, turns: Sequence[Turn]) -> list[Cell] | None:
    """The states from ``start`` on, or nothing where the body raises."""
    if start.__class__ is Raised:
        return None
    state = start
    states = [state]
    try:
        for turn in turns:
            state = function(state, *turn)
            states.append(state)
    except Exception:  # noqa: BLE001 - a body that raises is no body
        return None
    return states


def _balanced(states: Sequence[Cell]) -> Cell:
    return states[-1] == 0 and all(isinstance(state, int | float) and state >= 0 for state in states)


def _role(body: Term, state: Leaf) -> str:
    if not isinstance(body, Apply):
        return ""
    if body.op.text == "{0} + {1}" and any(isinstance(term, Leaf) and term.text == "1" for term in body.arguments):
        return "count"
    return body.op.text


def _numbers(term: Term) -> list[Leaf]:
    from aurora.synthesis.search.terms import parts

    return [part for part in parts(term) if isinstance(part, Leaf) and not part.variable]
