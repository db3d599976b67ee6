"""Loops that are left early: ``for x in C: if p: return e``, and ``return d`` after it.

Order: by the cost of test, answer and default together. A test is known by the turns at which it stops each
lane, so that many tests fall together; answers and defaults are matched with those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, Vector, optional
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.bodies import POINTS, Bodies
from aurora.synthesis.search.folding.execution import COMPILATION, Function, functions
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.programs import Line, program
from aurora.synthesis.search.folding.walks import Walk, captured
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Leaf, Term, constant

LEAVE_COST = 8
MOST_PARTS = 13
_MOST_TERM = 9
_MOST_ANSWER = 3

Stops = tuple[int | None, ...]
"""For each lane the turn at which it stops, if it does."""


class _Answer(NamedTuple):
    term: Term
    values: list[list[Cell]]


def leaving(hunt: Hunt, findings: Findings, walk: Walk) -> Iterator[Pause]:
    """Look for tests and answers over ``walk``."""
    kind = hunt.returns
    within = optional(parse_type(kind))
    answer_type = kind if within is None else str(within)
    scalars = captured(hunt, walk)
    leaves = [*walk.variables, *(leaf for leaf, _ in scalars)]
    rows = [
        [(*turn, *(vector[lane] for _, vector in scalars)) for turn in turns]
        for lane, turns in enumerate(walk.turns)
    ]
    distinct = list(dict.fromkeys(row for lane in rows for row in lane))
    points = distinct[:: max(1, len(distinct) // POINTS)][:POINTS]
    membership = [
        Op("{0} in {1}", (str(parse_type(leaf.type).args[0]), leaf.type), "bool", 2)
        for leaf in walk.variables if leaf.type.startswith("set[") and leaf.type not in hunt.types
    ]  # fmt: skip
    columns = list(zip(leaves, zip(*points, strict=True), strict=True))
    bodies = Bodies(hunt, columns, [answer_type], extra=membership)
    library = hunt.inspector.library_functions()
    defaults = _defaults(hunt)
    answers: list[_Answer] = []
    seen: set[Stops] = set()
    base = walk.cost + LEAVE_COST
    for cost in range(1, _MOST_TERM + 1):
        for work in bodies.grow():
            yield Pause(work, base + cost)
        if cost <= _MOST_ANSWER:
            terms = bodies.level(answer_type, cost)
            answers += [
                _Answer(term, values)
                for term, function in zip(terms, functions(terms, leaves, library), strict=True)
                if (values := _values(function, rows)) is not None
            ]
        tests = bodies.level("bool", cost)
        work = COMPILATION * len(tests)
        for test, function in zip(tests, functions(tests, leaves, library), strict=True):
            stops = _stops(function, rows)
            work += len(rows) * 2
            if stops is None or stops in seen or all(stop is None for stop in stops):
                continue
            seen.add(stops)
            for answer in answers:
                work += 1
                for default in defaults:
                    if _fits(hunt.goal, stops, answer, default[1]):
                        findings.offer(_program(walk, kind, test, answer.term, default[0]))
        yield Pause(work + 1, base + cost + 1)


def _values(function: Function, rows: Sequence[Sequence[tuple[Cell, ...]]]) -> list[list[Cell]] | None:
    try:
        return [[function(*row) for row in lane] for lane in rows]
    except Exception:  # noqa: BLE001 - a term that raises on some turn is of no use
        return None


def _stops(function: Function, rows: Sequence[Sequence[tuple[Cell, ...]]]) -> Stops | None:
    try:
        return tuple(next((place for place, row in enumerate(lane) if function(*row)), None) for lane in rows)
    except Exception:  # noqa: BLE001 - a test that raises is no test
        return None


def _fits(goal: Vector, stops: Stops, answer: _Answer, default: Vector) -> bool:
    return all(
        wanted == (otherwise if stop is None else values[stop])
        for wanted, stop, values, otherwise in zip(goal, stops, answer.values, default, strict=True)
    )


def _defaults(hunt: Hunt) -> list[tuple[Leaf, Vector]]:
    """What is returned where nothing was found."""
    lanes = len(hunt.lanes)
    found = [
        (leaf, (cell,) * lanes)
        for leaf, cell in hunt.constants
        if leaf.type == hunt.returns and leaf.cost <= 4
    ]
    if hunt.returns == "int":
        found.append((constant("-1", "int", 2), (-1,) * lanes))
    return found


def _program(walk: Walk, kind: str, test: Term, answer: Term, default: Leaf) -> Term:
    body = [Line("if {}:", (test,)), Line("return {}", (answer,), 1)]
    # The default is the expression; its cost counts as the operator's.
    return program(walk, [], body, default.text, kind, LEAVE_COST + default.cost, own=True)
