"""Counting until something holds: the smallest ``k`` that satisfies a condition, the next power of two.

The wanted answers say what the loop's test was at every ``k`` on the way: true before the answer, false at
it. So the test is looked up by its values, however dear it is (trace completeness, as in Myth).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.bodies import Bodies
from aurora.synthesis.search.folding.execution import functions
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.folding.wording import Wording
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant, mentions, substituted, variable

SEEK_COST = 7
MOST_TEST = 13
_MOST_STEPS = 400
_POINTS = 10


class Step(NamedTuple):
    """How the counter moves on."""

    text: str
    next: Callable[[int], int]
    cost: int


_STEPS = (
    Step("{0} = {0} + 1", lambda k: k + 1, 2),
    Step("{0} = {0} * 2", lambda k: k * 2, 3),
    Step("{0} = {0} - 1", lambda k: k - 1, 3),
)
_AFTER = ((0, "{0}", 0), (-1, "{0} - 1", 3), (1, "{0} + 1", 4))
"""What is answered when the counter stops: offset, text and cost."""


def _composite(wording: Wording) -> Op:
    """Whether a number has a divisor: what one asks of candidates most often that is no simple term."""
    return Op(
        "any({0} % divisor == 0 for divisor in range(2, {0}))", ("int",), "bool", wording.cost(8, "prime composite"),
        "composite({0})", partial=True, binds=("divisor",),
    )  # fmt: skip


class Way(NamedTuple):
    """The values of the counter on each lane, the last one the answer, and what the loop is made of."""

    start: Term
    step: Step
    after: tuple[int, str, int]
    values: tuple[tuple[int, ...], ...]

    @property
    def cost(self) -> int:
        """The cost without the test."""
        return SEEK_COST + self.start.cost + self.step.cost + self.after[2]


def ways(hunt: Hunt) -> Iterator[Way]:
    """How a counter may have come to the answers."""
    if hunt.returns != "int":
        return
    starts: list[tuple[Term, Vector]] = [
        (constant(str(number), "int", max(1, number)), (number,) * len(hunt.lanes)) for number in (0, 1, 2)
    ]
    for leaf, vector in hunt.parameters:
        if leaf.type == "int":
            starts.append((leaf, vector))
            following = tuple(cell + 1 if isinstance(cell, int) else cell for cell in vector)
            starts.append((Apply(Op("{0} + 1", ("int",), "int", 3), leaf), following))
    for start, firsts in starts:
        for step in _STEPS:
            for after in _AFTER:
                lanes = [
                    _values(first, step, last, after[0])
                    for first, last in zip(firsts, hunt.goal, strict=True)
                ]
                values = tuple(lane for lane in lanes if lane)
                if len(values) == len(lanes) and any(len(lane) > 1 for lane in values):
                    yield Way(start, step, after, values)


def seeking(hunt: Hunt, findings: Findings, way: Way) -> Iterator[Pause]:
    """Look for the test of a way, cheapest first."""
    names = Names(hunt.inspector.names)
    counter = variable(names.free("k", "candidate"), "int")
    points = _points(way)
    scalars = [(leaf, vector) for leaf, vector in hunt.parameters]
    columns: list[tuple[Leaf, Vector]] = [(counter, tuple(value for _, value, _ in points))]
    columns += [(leaf, tuple(vector[lane] for lane, _, _ in points)) for leaf, vector in scalars]
    bodies = Bodies(hunt, columns, ["bool"], extra=[_composite(Wording(hunt.problem))])
    goal = tuple(goes_on for _, _, goes_on in points)
    bodies.bank.goals["bool"] = {goal}
    leaves = [leaf for leaf, _ in columns]
    for cost in range(1, MOST_TEST + 1):
        for work in bodies.grow():
            yield Pause(work, way.cost + cost)
        for kind, place in bodies.bank.hits:
            test = bodies.bank.term(kind, place)
            (function,) = functions([test], leaves, hunt.inspector.library_functions())
            if counter.text in mentions(test) and _holds(hunt, way, function):
                findings.answer("int", hunt.goal, partial(_program, way, counter, test, names))
        bodies.bank.hits.clear()
        if bodies.done:
            return
        yield Pause(1, way.cost + cost + 1)


def _values(first: Cell, step: Step, answer: Cell, offset: int) -> tuple[int, ...]:
    """The values of the counter up to the one at which it stops, or none if it never comes there."""
    if not isinstance(first, int) or not isinstance(answer, int):
        return ()
    last = answer - offset
    values = [first]
    while values[-1] != last and len(values) < _MOST_STEPS:
        following = step.next(values[-1])
        if following == values[-1] or (following > last) == (first <= last):
            return ()
        values.append(following)
    return tuple(values) if values[-1] == last else ()


def _points(way: Way) -> list[tuple[int, int, bool]]:
    """Lane, counter and whether the loop goes on: the ends of each lane first, then what lies before them."""
    points = [(lane, values[-1], False) for lane, values in enumerate(way.values)]
    points += [(lane, values[-2], True) for lane, values in enumerate(way.values) if len(values) > 1]
    points += [(lane, values[0], True) for lane, values in enumerate(way.values) if len(values) > 2]
    points += [
        (lane, values[len(values) // 2], True) for lane, values in enumerate(way.values) if len(values) > 3
    ]
    return list(dict.fromkeys(points))[:_POINTS]


def _holds(hunt: Hunt, way: Way, function: Callable[..., object]) -> bool:
    """Whether a test goes on and stops where it should."""
    try:
        for lane, values in enumerate(way.values):
            rest = [vector[lane] for _, vector in hunt.parameters]
            for value in values[:-1]:
                if not function(value, *rest):
                    return False
            if function(values[-1], *rest):
                return False
    except Exception:  # noqa: BLE001 - a test that raises is no test
        return False
    return True


def _program(way: Way, counter: Leaf, test: Term, names: Names, own: bool) -> Term:
    del own  # the counter is the loop's own in any case
    whole = isinstance(way.start, Leaf) and not way.start.variable
    name = variable(names.free("k" if whole else "candidate", "number"), "int")
    prelude = f"{name.text} = {{0}}\nwhile {{1}}:\n    {way.step.text.format(name.text)}"
    op = Op(
        way.after[1].format(name.text), ("int", "bool"), "int", way.cost - way.start.cost, prelude=prelude
    )
    return Apply(op, way.start, substituted(test, {counter.text: name}))
