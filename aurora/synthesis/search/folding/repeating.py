"""Doing the same step again until there is nothing to do: digital roots, brackets that cancel out.

The steps are terms of the main bank from a parameter to its own type; each runs as the Python that a person
reads. Order: by cost of the step, as the bank grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.specs.values import Value
from aurora.synthesis.cells import Vector, encode, sound
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import (
    Apply,
    Leaf,
    Term,
    has_prelude,
    mentions,
    substituted,
    text,
    variable,
)

REPEAT_COST = 6
LEAST_STEP, MOST_STEP = 3, 14

_COMPILATION = 600
_MOST_TURNS = 80
_MOST_INTEGER = 10**12
_LONGEST = 200


class Until(NamedTuple):
    """When the step is done once more: a test over the value, ``{0}``, and what the step gives, ``{1}``."""

    text: str
    holds: Callable[[Value, Value], bool]
    cost: int


_NUMBERS = (
    Until("{0} > 9", lambda now, _: isinstance(now, int) and now > 9, 4),
    Until("{0} > 1", lambda now, _: isinstance(now, int) and now > 1, 4),
    Until("{0} > 0", lambda now, _: isinstance(now, int) and now > 0, 3),
)
_CHANGES = Until("{1} != {0}", lambda now, following: now != following, 3)
"""Go on as long as the step changes something."""


def repeating(hunt: Hunt, findings: Findings, place: int, cost: int) -> Iterator[Pause]:
    """Look for steps from the parameter at ``place`` among the bank's terms of one cost."""
    leaf, _ = hunt.parameters[place]
    for entry in range(*hunt.bank.columns[leaf.type].levels.get(cost, (0, 0))):
        if _moves(hunt, leaf, entry):
            step = hunt.bank.term(leaf.type, entry)
            if leaf.text in mentions(step) and not has_prelude(step):
                yield Pause(_look(hunt, findings, place, step), price(cost))


def price(cost: int) -> int:
    """What a loop costs whose step costs so much."""
    return REPEAT_COST + cost + 3


def _moves(hunt: Hunt, leaf: Leaf, entry: int) -> bool:
    """Whether the step may come to an end: it makes nothing larger, and something smaller."""
    vector = hunt.bank.columns[leaf.type].values[entry]
    (before,) = [values for parameter, values in hunt.parameters if parameter is leaf]
    sizes = [(_size(old), _size(new)) for old, new in zip(before, vector, strict=True)]
    return all(new <= old for old, new in sizes) and any(new < old for old, new in sizes)


def _size(cell: object) -> int:
    if isinstance(cell, int):
        return abs(cell)
    return len(cell) if isinstance(cell, str | tuple) else 0


def _look(hunt: Hunt, findings: Findings, place: int, step: Term) -> int:
    """Repeat a step until each of the tests fails; the work it took."""
    leaf, _ = hunt.parameters[place]
    inspector = hunt.inspector
    function = inspector.compiled(text(step)[0])
    work = _COMPILATION
    for until in (*(_NUMBERS if leaf.type == "int" else ()), _CHANGES):
        traces = _traces(hunt, place, function, until)
        work += 2 * len(hunt.lanes)
        if traces is None or all(len(trace) < 3 for trace in traces):
            continue
        kind = parse_type(leaf.type)
        ends: Vector = tuple(encode(trace[-1], kind) for trace in traces)
        if not all(map(sound, ends)):
            continue
        counts: Vector = tuple(len(trace) - 1 for trace in traces)
        for type_, vector, counted in ((leaf.type, ends, False), ("int", counts, True)):
            make = partial(_program, hunt, leaf, step, until, counted)
            if not findings.answer(type_, vector, make):
                work += findings.take(type_, vector, make)
    return work


def _traces(hunt: Hunt, place: int, function: Callable[..., Value], until: Until) -> list[list[Value]] | None:
    """The values on each lane, or nothing where they do not come to an end."""
    traces = []
    for lane in hunt.lanes:
        row = list(hunt.inspector.examples[lane])
        trace = [row[place]]
        hunt.inspector.conditions.tank.fill()
        try:
            while until.holds(row[place], following := function(*row)):
                row[place] = following
                trace.append(following)
                if len(trace) > _MOST_TURNS or not _small(row[place]):
                    return None
        except Exception:  # noqa: BLE001 - a step that raises leads nowhere
            return None
        traces.append(trace)
    return traces


def _small(value: Value) -> bool:
    if isinstance(value, int):
        return abs(value) < _MOST_INTEGER
    return isinstance(value, str) and len(value) < _LONGEST


def _program(hunt: Hunt, leaf: Leaf, step: Term, until: Until, counted: bool, own: bool) -> Term:
    names = Names(hunt.inspector.names)
    name = leaf if own else variable(names.free("current", "state"), leaf.type)
    count = names.free("count", "steps")
    copied = "" if own else f"{name.text} = {{1}}\n"
    turn = f"while {until.text.format(name.text, '{2}')}:\n    {name.text} = {{0}}"
    prelude = f"{copied}{turn}"
    if counted:
        prelude = f"{count} = 0\n{prelude}\n    {count} = {count} + 1"
    again = substituted(step, {leaf.text: name})
    kinds = (leaf.type, leaf.type, leaf.type)
    cost = REPEAT_COST + until.cost - leaf.cost - step.cost + (4 if counted else 0)
    op = Op(count if counted else name.text, kinds, "int" if counted else leaf.type, cost, prelude=prelude)
    return Apply(op, again, leaf, again)
