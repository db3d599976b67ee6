"""Questions to the states that an accumulator goes through, and the programs that answer them.

Where does it end, what were its extremes, which states were there in order, did it stay natural and come back
to nought? That is how Kadane's maximum, running totals and balanced brackets are found without a search for a
second accumulator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from aurora.synthesis.cells import Cell, Raised
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names, accumulator
from aurora.synthesis.search.folding.programs import Line, program
from aurora.synthesis.search.folding.updates import Update
from aurora.synthesis.search.folding.walks import Walk
from aurora.synthesis.search.folding.wording import Wording
from aurora.synthesis.search.terms import Apply, Leaf, Term, variable

LAST = "last"
"""The question where the accumulator ends."""

_COSTS: dict[str, tuple[int, str]] = {
    LAST: (0, ""),
    "max": (3, "max larg long most high deep depth nest best peak great"),
    "min": (3, "min small short least low"),
    "max of each": (4, "max larg long most high best peak great"),
    "min of each": (4, "min small short least low"),
    "balanced": (4, "balanc bracket parenthes match nest valid"),
    "sinks": (4, "below negativ overdra"),
    "each": (2, "running cumul accumul prefix far after"),
    "each from start": (3, "running cumul accumul prefix far start"),
}
"""What a question costs, and the words that speak of it."""

RETURNING = ("balanced", "sinks")
"""Questions that are answered inside the loop as well."""


class Watch(NamedTuple):
    """A question, the type of its answer, the answer from the states, and what it costs to ask.

    The first of the states is the beginning.
    """

    name: str
    type: str
    seen: Callable[[Sequence[Cell]], Cell]
    cost: int = 0


def watches(kind: str, findings: Findings, turns: Sequence[int], wording: Wording) -> list[Watch]:
    """The questions to an accumulator of type ``kind`` whose answers may be what is wanted.

    ``turns`` says how many there are on each lane: as many states there must be in the answers that list them.
    """
    asked = [last(kind)]
    lengths = [
        [len(cell) if isinstance(cell, tuple) else -1 for cell in goal.vector]
        for goal in findings.goals.get(f"list[{kind}]", ())
    ]
    if list(turns) in lengths:
        asked.append(Watch("each", f"list[{kind}]", lambda states: tuple(states[1:])))
    if [count + 1 for count in turns] in lengths:
        asked.append(Watch("each from start", f"list[{kind}]", tuple))
    if kind in ("int", "float"):
        asked += [Watch("max", kind, _largest), Watch("min", kind, _smallest)]
        asked += [Watch("max of each", kind, _largest_turn), Watch("min of each", kind, _smallest_turn)]
    if kind == "int" and any(not goal.steps for goal in findings.goals.get("bool", ())):
        asked += [Watch("balanced", "bool", _balanced), Watch("sinks", "bool", _sinks)]
    return [
        watch._replace(cost=wording.cost(*_COSTS[watch.name]))
        for watch in asked
        if watch.type in findings.goals
    ]


def last(kind: str) -> Watch:
    """The question where the accumulator ends."""
    return Watch(LAST, kind, _last)


def watched(
    walk: Walk, state: Leaf, update: Update, start: Term, watch: Watch, names: Names, cost: int, *, own: bool
) -> Term:
    """The loop whose answer is that of the question ``watch``."""
    name = variable(_name(watch.name, state, update, names), state.type)
    begin = [Line(f"{name.text} = {{}}", (start,))]
    body = update.lines(state, name, fresh=isinstance(start, Leaf) and not start.variable)
    answer = name.text
    match watch.name:
        case "max" | "min":
            answer = names.free("best", "record")
            begin.append(Line(f"{answer} = {name.text}"))
            body.append(Line(f"{answer} = {watch.name}({answer}, {name.text})"))
        case "balanced":
            answer = f"{name.text} == 0"
            body += [Line(f"if {name.text} < 0:"), Line("return False", (), 1)]
        case "sinks":
            answer = "False"
            body += [Line(f"if {name.text} < 0:"), Line("return True", (), 1)]
        case "each" | "each from start" | "max of each" | "min of each":
            answer = kept = names.free("result", "results")
            begin.append(
                Line(f"{kept} = [{name.text}]" if watch.name == "each from start" else f"{kept} = []")
            )
            body.append(Line(f"{kept}.append({name.text})"))
            if watch.name.endswith("of each"):
                answer = f"{watch.name[:3]}({kept})"
    total = cost + watch.cost + update.branching - update.discount(state)
    made: Apply = program(walk, begin, body, answer, watch.type, total, own=own)
    return made


def _name(watch: str, state: Leaf, update: Update, names: Names) -> str:
    role = update.role(state)
    if watch == "balanced":
        return names.free("depth", "level")
    if watch.startswith(("max", "min")):
        return names.free("count" if role == "count" else "current", "state")
    name = accumulator(names, state.type, role)
    return names.free("current", "state") if watch != LAST and name in ("result", "results") else name


def _last(states: Sequence[Cell]) -> Cell:
    return states[-1]


def _balanced(states: Sequence[Cell]) -> Cell:
    return states[-1] == 0 and all(isinstance(state, int) and state >= 0 for state in states)


def _sinks(states: Sequence[Cell]) -> Cell:
    return any(isinstance(state, int) and state < 0 for state in states[1:])


def _largest_turn(states: Sequence[Cell]) -> Cell:
    return _largest(states[1:]) if len(states) > 1 else Raised("ValueError")


def _smallest_turn(states: Sequence[Cell]) -> Cell:
    return _smallest(states[1:]) if len(states) > 1 else Raised("ValueError")


def _largest(states: Sequence[Cell]) -> Cell:
    largest: Cell = max(states)  # type: ignore[type-var]  # numbers, as the caller knows
    return largest


def _smallest(states: Sequence[Cell]) -> Cell:
    smallest: Cell = min(states)  # type: ignore[type-var]  # numbers, as the caller knows
    return smallest
