"""What a search looks for: the wanted vector, and others from which one known step leads to it.

Inverse semantics: if the answers are texts of numbers, then finding the numbers is enough (FlashMeta's witness
functions, for operators whose inverse is a function). Each goal carries the operators that lead back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.specs.values import literal
from aurora.synthesis.cells import Cell, Raised, Vector, decode, is_variadic, optional
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.terms import Apply, Term

DEPTH = 2
"""At most so many steps back."""


class Goal(NamedTuple):
    """A vector of a type; ``steps`` are unary operators that lead from it to what is wanted, innermost first."""

    type: str
    vector: Vector
    steps: tuple[Op, ...] = ()

    @property
    def cost(self) -> int:
        """What the steps cost."""
        return sum(step.cost for step in self.steps)

    def reached(self, term: Term) -> Term:
        """The program that ``term`` completes."""
        for step in self.steps:
            term = Apply(step, term)
        return term


def goals(returns: str, wanted: Vector, types: frozenset[str]) -> list[Goal]:
    """The wanted vector first, then what leads to it in a step or two; each vector once."""
    found: dict[tuple[str, Vector], Goal] = {}
    level = [Goal(returns, wanted)]
    for _ in range(DEPTH + 1):
        following = []
        for goal in level:
            if (goal.type, goal.vector) not in found:
                found[goal.type, goal.vector] = goal
                following += [before for before in _before(goal) if before.type in types]
        level = following
    return list(found.values())


def defaulted(goal: Goal, parameters: Sequence[Vector]) -> Iterator[Goal]:
    """What is wanted, but empty where a parameter is: there ``or`` may give the value, as ``"0"`` for no digits."""
    empty = _EMPTY.get(goal.type.partition("[")[0])
    for vector in parameters if empty is not None else ():
        shown = {wanted for cell, wanted in zip(vector, goal.vector, strict=False) if not cell}
        rest = {wanted for cell, wanted in zip(vector, goal.vector, strict=False) if cell}
        if len(shown) == 1 and rest and not shown & rest and all(shown):
            (value,) = shown
            cells = [empty if wanted == value else wanted for wanted in goal.vector]
            default = literal(decode(value, parse_type(goal.type))).replace("{", "{{").replace("}", "}}")
            yield _step(goal, goal.type, cells, f"{{0}} or {default}", 4)


_EMPTY: dict[str, Cell] = {"str": "", "list": ()}


def _before(goal: Goal) -> Iterator[Goal]:
    cells = goal.vector
    if any(isinstance(cell, Raised) or cell is None for cell in cells):
        return
    within = optional(parse_type(goal.type))
    if within is not None:
        yield _step(goal, str(within), cells, "{0}", 1)
    if is_variadic(parse_type(goal.type)):
        yield _step(goal, f"list[{parse_type(goal.type).args[0]}]", cells, "tuple({0})", 1)
    match goal.type:
        case "float":
            if all(isinstance(cell, float) and cell.is_integer() for cell in cells) and not goal.steps:
                yield _step(goal, "int", [int(cell) for cell in cells if isinstance(cell, float)], "{0}", 2)
        case "str":
            yield from _texts(goal, [str(cell) for cell in cells])
        case "bool":
            if not goal.steps:
                yield _step(goal, "bool", [not cell for cell in cells], "not {0}", 2)
        case "list[str]":
            rows = [[str(item) for item in cell] for cell in cells if isinstance(cell, tuple)]
            if any(rows) and all(_NUMBER.fullmatch(item) for row in rows for item in row):
                numbers = [tuple(map(int, row)) for row in rows]
                yield _step(goal, "list[int]", numbers, "[str(number) for number in {0}]", 4)
    joined = len(goal.steps) == 1 and ".join(" in goal.steps[0].text
    if goal.type.startswith("list[") and (joined or not goal.steps):
        yield _step(goal, goal.type, [_reversed(cell) for cell in cells], "{0}[::-1]", 2)


_NUMBER = re.compile(r"-?(0|[1-9]\d{0,15})")
_DIGITS = re.compile(r"\d{1,9}")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_BYTE = re.compile(r"[0-9a-f]{2}")
_CENTS = re.compile(r"-?(0|[1-9]\d{0,11})\.\d\d")
_MARK = re.compile(r"[\W_]|^.{3,}$", re.DOTALL)
"""What is meant as an affix: it has a mark, or some length; a letter in common is chance."""

_SEPARATORS = (" ", ", ", ",", "-", "\n", "_", ".", ":", "/")


def _texts(goal: Goal, texts: list[str]) -> Iterator[Goal]:
    """Texts that are joined from words, or that show numbers."""
    if not goal.steps:
        yield _step(goal, "list[str]", [tuple(text) for text in texts], "''.join({0})", 2)
    for separator in _SEPARATORS:
        if any(separator in text for text in texts):
            words = [tuple(text.split(separator)) if text else () for text in texts]
            yield _step(goal, "list[str]", words, f"{separator!r}.join({{0}})", 5)
            if "" in texts:
                split = [tuple(text.split(separator)) for text in texts]
                yield _step(goal, "list[str]", split, f"{separator!r}.join({{0}})", 5)
    if all(_NUMBER.fullmatch(text) for text in texts):
        yield _step(goal, "int", list(map(int, texts)), "str({0})", 2)
    widths = set(map(len, texts))
    if len(widths) == 1 and all(map(_DIGITS.fullmatch, texts)) and any(text[0] == "0" for text in texts):
        width = widths.pop()
        if width > 1:
            yield _step(goal, "int", list(map(int, texts)), f"str({{0}}).zfill({width})", 6)
    yield from _clocks(goal, texts)
    if all(map(_BYTE.fullmatch, texts)) and any(text.isalpha() for text in texts):
        yield _step(goal, "int", [int(text, 16) for text in texts], "format({0}, '02x')", 6)
    if all(map(_CENTS.fullmatch, texts)):
        yield _step(goal, "float", list(map(float, texts)), "format({0}, '.2f')", 6)
    if not goal.steps:
        yield from _affixes(goal, texts)


def _clocks(goal: Goal, texts: list[str]) -> Iterator[Goal]:
    """Texts that show minutes or seconds as a clock does: they are one number."""
    times = [match for match in map(_CLOCK.fullmatch, texts) if match is not None]
    if len(times) < len(texts) or len(set(texts)) < 2:
        return
    width = ":02" if any(match[1][0] == "0" for match in times) else ""
    if not width or all(len(match[1]) > 1 for match in times):
        numbers = [60 * int(match[1]) + int(match[2]) for match in times]
        yield _step(goal, "int", numbers, f"'{{{{{width}}}}}:{{{{:02}}}}'.format(*divmod({{0}}, 60))", 8)


def _affixes(goal: Goal, texts: list[str]) -> Iterator[Goal]:
    """Texts that all begin or end alike."""
    if len(set(texts)) < 2:
        return
    start = _shared_start(texts)
    end = _shared_start([text[::-1] for text in texts])[::-1]
    if start and _MARK.search(start):
        yield _step(goal, "str", [text[len(start) :] for text in texts], f"{start!r} + {{0}}", 6)
    if end and _MARK.search(end):
        yield _step(goal, "str", [text[: -len(end)] for text in texts], f"{{0}} + {end!r}", 6)


def _shared_start(texts: Sequence[str]) -> str:
    low, high = min(texts), max(texts)
    pairs = enumerate(zip(low, high, strict=False))
    return low[: next((place for place, (left, right) in pairs if left != right), min(len(low), len(high)))]


def _step(goal: Goal, type_: str, cells: Sequence[Cell], text: str, cost: int) -> Goal:
    return Goal(type_, tuple(cells), (Op(text, (type_,), goal.type, cost), *goal.steps))


def _reversed(cell: Cell) -> Cell:
    return cell[::-1] if isinstance(cell, tuple) else cell
