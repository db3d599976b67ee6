"""Dictionaries that a loop fills: how often each key came, what belongs to it, which was first.

The wanted dictionaries name their keys. So keys come first: a term is a key only if over each lane's turns it
gives exactly those. Few terms do; each is then tried with every cheap value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, Mapping, Vector
from aurora.synthesis.search.folding.agenda import Pause
from aurora.synthesis.search.folding.bodies import POINTS, Bodies
from aurora.synthesis.search.folding.execution import COMPILATION, Function, functions
from aurora.synthesis.search.folding.findings import Findings
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.folding.programs import Line, program
from aurora.synthesis.search.folding.walks import Walk, captured
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Leaf, Term, constant

TABLE_COST = 8
MOST_PARTS = 12
_MOST_TERM = 8

Table = dict[Cell, Cell]


class Entry(NamedTuple):
    """A way to enter a value under a key: the statement, what it does, the value's type, the name of it all."""

    text: str
    enter: Callable[[Table, Cell, Cell], None]
    type: str
    name: str
    cost: int


class _Part(NamedTuple):
    """A term with its values on every turn of every lane."""

    term: Term
    values: tuple[tuple[Cell, ...], ...]


def tables(hunt: Hunt, findings: Findings, walk: Walk, kind: str) -> Iterator[Pause]:
    """Look for keys and values over ``walk`` whose dictionary is wanted."""
    key_type, value_type = map(str, parse_type(kind).args)
    entries = list(_entries(value_type))
    bodies = _bodies(hunt, walk, [key_type, *(entry.type for entry in entries)])
    parts: dict[tuple[str, int], list[_Part]] = {}
    keys: dict[int, list[_Part]] = {}
    base = walk.cost + TABLE_COST
    goals = [goal.vector for goal in findings.goals[kind]]
    for cost in range(1, MOST_PARTS + 1):
        if cost <= _MOST_TERM:
            for work in bodies.grow():
                yield Pause(work, base + cost)
            for type_ in dict.fromkeys([key_type, *(entry.type for entry in entries)]):
                made = _parts(hunt, walk, bodies, type_, cost)
                parts[type_, cost] = made
                yield Pause((COMPILATION + POINTS) * len(made), base + cost)
            keys[cost] = [
                part for part in parts[key_type, cost] if any(_same_keys(part, goal) for goal in goals)
            ]
        for entry in entries:
            for key_cost, candidates in keys.items():
                for key in candidates:
                    values = parts.get((entry.type, cost - key_cost - entry.cost), [])
                    for value in values:
                        vector = tuple(map(partial(_filled, entry), key.values, value.values))
                        findings.answer(
                            kind, vector, partial(_program, hunt, walk, kind, entry, key.term, value.term)
                        )
                    yield Pause(POINTS * len(values), base + cost)
        yield Pause(1, base + cost + 1)


def _entries(value_type: str) -> Iterator[Entry]:
    if value_type in ("int", "float"):
        yield Entry("{0}[{{}}] = {0}.get({{}}, 0) + {{}}", _add(0), value_type, "totals", 0)
    if value_type == "str":
        yield Entry("{0}[{{}}] = {0}.get({{}}, '') + {{}}", _add(""), value_type, "texts", 2)
    type_ = parse_type(value_type)
    if type_.head == "list":
        yield Entry("{0}.setdefault({{}}, []).append({{}})", _append, str(type_.args[0]), "groups", 1)
    yield Entry("{0}[{{}}] = {{}}", _put, value_type, "result", 0)
    yield Entry("{0}.setdefault({{}}, {{}})", _keep, value_type, "result", 3)


def _add(zero: int | str) -> Callable[[Table, Cell, Cell], None]:
    def add(table: Table, key: Cell, value: Cell) -> None:
        table[key] = table.get(key, zero) + value  # type: ignore[operator]  # both of the value's type

    return add


def _append(table: Table, key: Cell, value: Cell) -> None:
    known = table.get(key, ())
    assert isinstance(known, tuple)
    table[key] = (*known, value)


def _put(table: Table, key: Cell, value: Cell) -> None:
    table[key] = value


def _keep(table: Table, key: Cell, value: Cell) -> None:
    table.setdefault(key, value)


def _filled(entry: Entry, keys: Sequence[Cell], values: Sequence[Cell]) -> Cell:
    table: Table = {}
    for key, value in zip(keys, values, strict=True):
        entry.enter(table, key, value)
    return Mapping(table)


def _same_keys(part: _Part, goal: Vector) -> bool:
    return all(
        isinstance(cell, Mapping) and cell.keys() == set(keys)
        for keys, cell in zip(part.values, goal, strict=True)
    )


def _bodies(hunt: Hunt, walk: Walk, types: Sequence[str]) -> Bodies:
    """The bank over turns; every turn is a point if there are few."""
    scalars = captured(hunt, walk)
    rows = [
        (*turn, *(vector[lane] for _, vector in scalars))
        for lane, turns in enumerate(walk.turns)
        for turn in turns
    ]
    distinct = list(dict.fromkeys(rows))[: 2 * POINTS]
    leaves = [*walk.variables, *(leaf for leaf, _ in scalars)]
    return Bodies(hunt, list(zip(leaves, zip(*distinct, strict=True), strict=True)), types)


def _parts(hunt: Hunt, walk: Walk, bodies: Bodies, kind: str, cost: int) -> list[_Part]:
    scalars = captured(hunt, walk)
    leaves = [*walk.variables, *(leaf for leaf, _ in scalars)]
    terms = bodies.level(kind, cost)
    made = []
    for term, function in zip(
        terms, functions(terms, leaves, hunt.inspector.library_functions()), strict=True
    ):
        values = _values(function, walk, [vector for _, vector in scalars])
        if values is not None:
            made.append(_Part(term, values))
    return made


def _values(function: Function, walk: Walk, scalars: Sequence[Vector]) -> tuple[tuple[Cell, ...], ...] | None:
    try:
        return tuple(
            tuple([function(*turn, *(vector[lane] for vector in scalars)) for turn in turns])
            for lane, turns in enumerate(walk.turns)
        )
    except Exception:  # noqa: BLE001 - a term that raises on some turn is of no use
        return None


def _program(hunt: Hunt, walk: Walk, kind: str, entry: Entry, key: Term, value: Term, own: bool) -> Term:
    names = Names([*hunt.inspector.names, *(leaf.text for leaf in walk.variables)])
    counting = isinstance(value, Leaf) and not value.variable
    name = names.free("counts" if counting and entry.name == "totals" else entry.name, "table")
    text = entry.text.format(name)
    twice = text.count("{}") == 3
    begin = Line(f"{name} = {{}}", (constant("{}", kind, 1),))
    update = Line(text, (key, key, value) if twice else (key, value))
    # The key of a count is written twice and thought once.
    cost = TABLE_COST - 1 - (key.cost if twice else 0) + entry.cost
    return program(walk, [begin], [update], name, kind, cost, own=own)
