"""The constants a search may use, each with its cost: where it comes from says how likely it is meant.

Everybody's constants (0, 1, the empty string) are cheap, those that the spec's text gives cost more, those
picked from example values most. A whole output becomes a constant only if several examples share it, or as
the leaf of a conditional; an answer that is nothing but a constant is charged for every parameter it
ignores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from aurora.specs.types import Type, parse_type
from aurora.specs.values import LiteralSyntaxError, Value, conforms, literal, parse_value, same
from aurora.synthesis.cells import Cell, encode
from aurora.synthesis.problem import Problem

FROM_HINT = 3
FROM_PROSE = 3
FROM_EVERY_INPUT = 3
FROM_OUTPUTS = 4
FROM_SEVERAL_OUTPUTS = 4
FROM_INPUT = 7
FROM_ONE_OUTPUT = 8

_MOST = 40
"""Constants taken from examples, at most; a spec of ten thousand examples is not a list of constants."""

_LONGEST = 24
_DEFAULTS: tuple[tuple[str, Value, int], ...] = (
    ("int", 0, 1),
    ("int", 1, 1),
    ("int", 2, 2),
    ("int", -1, 2),
    ("int", 3, 4),
    ("int", 10, 4),
    ("int", -2, 5),
    ("int", 4, 6),
    ("int", 5, 6),
    ("int", 100, 6),
    ("float", 0.0, 2),
    ("float", 1.0, 2),
    ("float", 2.0, 3),
    ("float", 100.0, 5),
    ("bool", True, 2),
    ("bool", False, 2),
    ("str", "", 1),
    ("str", " ", 2),
    ("str", "-", 6),
    ("str", ",", 6),
    ("str", "aeiou", 7),
)

_WORDS: dict[str, tuple[Value, ...]] = {
    "vowel": ("aeiou", "aeiouAEIOU"),
    "consonant": ("aeiou",),
    "alphabet": ("abcdefghijklmnopqrstuvwxyz", 26, 97),
    "pangram": ("abcdefghijklmnopqrstuvwxyz", 26),
    "caesar": (26, 97),
    "hour": (60, 24, 12),
    "minute": (60,),
    "second": (60, 3600),
    "day": (24, 7),
    "week": (7,),
    "month": (12,),
    "year": (365, 12),
    "leap": (4, 100, 400),
    "percent": (100,),
    "percentage": (100,),
    "dozen": (12,),
    "cent": (100,),
    "celsius": (32, 1.8),
    "fahrenheit": (32, 1.8),
    "binary": (2,),
    "decade": (10,),
    "century": (100,),
}
"""What a word of the prose commonly stands for. It supplies a constant; the examples decide."""


class Constant:
    """A constant: type, value as a cell, source text, cost."""

    __slots__ = ("cell", "cost", "text", "type")

    def __init__(self, type_: str, cell: Cell, text: str, cost: int) -> None:
        self.type, self.cell, self.text, self.cost = type_, cell, text, cost


@lru_cache(maxsize=8)
def constants(problem: Problem, types: frozenset[str]) -> tuple[Constant, ...]:
    """Every constant of the search once, at its lowest cost, in a fixed order."""
    cheapest: dict[tuple[str, str], Constant] = {}
    for kind, value, cost in _candidates(problem):
        for type_ in sorted(types):
            term = parse_type(type_)
            if type_ == kind or (kind == "int" and type_ == "float"):
                constant = Constant(type_, encode(value, term), _text(value), cost)
                known = cheapest.get((type_, literal(_number(value, type_))))
                if known is None or cost < known.cost:
                    cheapest[type_, literal(_number(value, type_))] = constant
    return tuple(cheapest.values())


def _candidates(problem: Problem) -> Iterator[tuple[str, Value, int]]:
    yield from _DEFAULTS
    returns = parse_type(problem.returns)
    for type_ in sorted(_containers(problem)):
        yield type_, _EMPTY[parse_type(type_).head], 2 if type_ == problem.returns else 4
    if returns.head == "|":
        yield problem.returns, None, 1
    for hint in problem.hints:
        yield from _from_hint(hint)
    outputs = [parse_value(case.expected) for case in problem.examples if case.expected is not None]
    inputs = [parse_value(text) for case in problem.examples for text in case.arguments]
    yield from _from_outputs(outputs, returns, inputs)
    yield from _from_inputs(inputs)
    yield from _separators(problem)
    yield from _from_line(problem)


_EMPTY: dict[str, Value] = {"list": [], "dict": {}, "set": set()}


def _containers(problem: Problem) -> set[str]:
    """The types of the problem that have an empty value."""
    types = {problem.returns, *(kind for _, kind in problem.parameters)}
    return {type_ for type_ in types if parse_type(type_).head in _EMPTY}


def _from_hint(hint: str) -> Iterator[tuple[str, Value, int]]:
    """A hint that is a literal, or what a word of the prose stands for."""
    for stem in (hint, hint.removesuffix("s")):
        for value in _WORDS.get(stem, ()):
            yield type(value).__name__, value, FROM_PROSE
    try:
        value = parse_value(hint)
    except LiteralSyntaxError:
        return
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        yield type(value).__name__, value, FROM_HINT


def _from_outputs(
    outputs: list[Value], returns: Type, inputs: list[Value]
) -> Iterator[tuple[str, Value, int]]:
    counts = Counter(literal(value) for value in outputs)
    atoms = [(text, count) for text, count in counts.items() if len(text) <= _LONGEST][:_MOST]
    if returns.head in ("int", "float", "str"):
        for text, count in atoms:
            if count > 1 or len(outputs) > 2:
                value = parse_value(text)
                yield returns.head, value, FROM_SEVERAL_OUTPUTS if count > 1 else FROM_ONE_OUTPUT
    texts = [text for value in outputs for text in _strings(value)]
    shown = "".join(text for value in inputs for text in _strings(value))
    if len(set(texts)) > 1 and returns.head == "str":
        for affix in (_common_start(texts), _common_start([text[::-1] for text in texts])[::-1]):
            if 0 < len(affix) <= _LONGEST:
                yield "str", affix, FROM_OUTPUTS
        words = [word for text in texts for word in re.findall(r"[A-Za-z]+", text)]
        frequent = Counter(word for word in words if len(word) > 1 and word not in shown)
        for word, count in list(frequent.items())[:_MOST]:
            yield "str", word, FROM_OUTPUTS if count > 1 else FROM_ONE_OUTPUT
    runs = [run for text in texts for run in re.findall(r"[^\w\s]{2,}", text)]
    for run in list(dict.fromkeys(run for run in runs if run not in shown))[:_MOST]:
        yield "str", run, FROM_OUTPUTS
    marks = Counter(mark for text in texts for mark in dict.fromkeys(text) if not mark.isalnum())
    for mark, _ in list(marks.items())[:_MOST]:
        yield "str", mark, FROM_OUTPUTS if mark not in shown else FROM_INPUT
        for pair in (mark + " ", " " + mark):
            if mark != " " and any(pair in text for text in texts):
                yield "str", pair, FROM_INPUT


def _from_inputs(inputs: list[Value]) -> Iterator[tuple[str, Value, int]]:
    numbers = dict.fromkeys(value for value in inputs if conforms(value, Type("float")))
    for number in list(numbers)[:_MOST]:
        if isinstance(number, int | float) and abs(number) < 1_000_000:
            yield type(number).__name__, number, FROM_INPUT
    marks = dict.fromkeys(
        mark for value in inputs for text in _strings(value) for mark in text if not mark.isalnum()
    )
    for mark in list(marks)[:_MOST]:
        yield "str", mark, FROM_INPUT


def _separators(problem: Problem) -> Iterator[tuple[str, Value, int]]:
    """Marks that stand in every text of a parameter: what texts are cut at."""
    for column in zip(*(case.arguments for case in problem.examples), strict=True):
        texts = [value for text in column if isinstance(value := parse_value(text), str) and value]
        if len(texts) > 1:
            shared = [mark for mark in dict.fromkeys(texts[0]) if all(mark in text for text in texts)]
            for mark in shared:
                if not mark.isalnum():
                    yield "str", mark, FROM_EVERY_INPUT


def _from_line(problem: Problem) -> Iterator[tuple[str, Value, int]]:
    """Slope and intercept, where a function of one number has three examples or more, all on a line."""
    points = []
    for case in problem.examples:
        values = [parse_value(text) for text in (*case.arguments, case.expected or "None")]
        if len(values) != 2 or not all(conforms(value, Type("float")) for value in values):
            return
        x, y = values
        assert isinstance(x, int | float)
        assert isinstance(y, int | float)
        if not (abs(x) < 1e15 and abs(y) < 1e15):
            return
        points.append((x, y))
    distinct = sorted(set(points))
    if len({x for x, _ in distinct}) > 2:
        (x0, y0), *others = distinct
        slope = float(f"{(others[-1][1] - y0) / (others[-1][0] - x0):.9g}")
        intercept = float(f"{y0 - slope * x0:.9g}")
        if all(same(slope * x + intercept, float(y)) for x, y in points):
            yield "float", slope, FROM_OUTPUTS
            yield "float", intercept, FROM_OUTPUTS


def _strings(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _common_start(texts: list[str]) -> str:
    low, high = min(texts), max(texts)
    length = next((place for place, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[:length]


def _text(value: Value) -> str:
    """A float that is whole is written as the int that people write."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return literal(int(value))
    return literal(value)


def _number(value: Value, type_: str) -> Value:
    return float(value) if type_ == "float" and isinstance(value, int) and abs(value) < 1e300 else value
