"""Inputs to tell programs apart: typed, deterministic, near the examples and at the boundaries.

They depend on types, example values, the pre-conditions and the problem's seed alone: neither names nor prose
matter. The same inputs are used by the search and by whoever runs seeds for it.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from functools import lru_cache

from aurora.specs.types import Type, parse_type
from aurora.specs.values import Value, conforms, literal, parse_value
from aurora.synthesis.problem import Problem
from aurora.synthesis.rules import Conditions

COUNT = 32
"""How many probe inputs a problem has, if its pre-conditions let so many through."""

_TRIES = 40 * COUNT
_LONGEST = 12
_INTEGERS = (0, 1, 2, -1, 3, 10, -2, 5, 7, 4, 12, -7, 30, 99, 100, -50)
_FLOATS = (0.0, 1.0, 2.5, -1.0, 0.5, 10.0, -3.25, 100.0)
_STRINGS = (
    "",
    "a",
    "ab",
    "ba",
    "aba",
    "Hello World",
    "x y",
    "b",
    " a",
    "A1",
    "zebra",
    "Abc",
    "-",
    "10",
    "aab",
)
_LETTERS = "abcdeXY 01-"


@lru_cache(maxsize=64)
def probe_inputs(problem: Problem) -> tuple[tuple[str, ...], ...]:
    """Up to ``COUNT`` distinct inputs as literals: none is an example's, all satisfy the pre-conditions."""
    types = tuple(parse_type(text) for _, text in problem.parameters)
    examples = [tuple(map(parse_value, case.arguments)) for case in problem.examples]
    taken = {tuple(map(literal, example)) for example in examples}
    allowed = Conditions(problem).admits
    found: list[tuple[str, ...]] = []
    for row in _rows(types, examples, _random(problem, "probes")):
        text = tuple(map(literal, row))
        if text not in taken and allowed(row):
            taken.add(text)
            found.append(text)
            if len(found) == COUNT:
                break
    return tuple(found)


def samples(
    problem: Problem, variables: tuple[tuple[str, str], ...], count: int
) -> Iterator[tuple[Value, ...]]:
    """Values for a condition's variables, typed, small ones first; the same on every call."""
    types = tuple(parse_type(text) for _, text in variables)
    makers = [_Maker(type_, _known(problem, type_), _random(problem, f"rule {type_}")) for type_ in types]
    seen = set()
    for turn in range(4 * count):
        row = tuple(maker.value(turn * (1 + 2 * index)) for index, maker in enumerate(makers))
        text = tuple(map(literal, row))
        if text not in seen:
            seen.add(text)
            yield row
            if len(seen) == count:
                return


def _rows(
    types: tuple[Type, ...], examples: list[tuple[Value, ...]], chance: random.Random
) -> Iterator[tuple[Value, ...]]:
    """By turns: all parameters new, one changed a little in an example, one replaced in an example."""
    if not types:
        return
    makers = [_Maker(type_, [row[i] for row in examples], chance) for i, type_ in enumerate(types)]
    for turn in range(_TRIES):
        fresh = tuple(maker.value(turn // 3 + 5 * index) for index, maker in enumerate(makers))
        if not examples or turn % 3 == 0:
            yield fresh
            continue
        base = list(examples[chance.randrange(len(examples))])
        place = chance.randrange(len(types))
        if turn % 3 == 1:
            base[place] = makers[place].near(base[place])
        else:
            base[place] = fresh[place]
        yield tuple(base)


class _Maker:
    """Values of one type: boundaries first, then neighbours of known ones and random ones."""

    def __init__(self, type_: Type, known: list[Value], chance: random.Random) -> None:
        self._type = type_
        self._known = known
        self._chance = chance
        self._alphabet = "".join(sorted({letter for text in _texts(known) for letter in text})) or _LETTERS

    def value(self, turn: int) -> Value:
        boundary = _boundaries(self._type, self._alphabet)
        if turn < len(boundary):
            return boundary[turn]
        if self._known and self._chance.randrange(2):
            return self.near(self._known[self._chance.randrange(len(self._known))])
        return self._random(self._type, 3)

    def near(self, value: Value) -> Value:
        """A small change of ``value``."""
        turn = self._chance.randrange(6)
        if isinstance(value, bool) or value is None:
            return self._random(self._type, 3)
        if isinstance(value, int | float):
            return (value + 1, value - 1, -value, value * 2, value + 10, value // 2)[turn]
        if isinstance(value, str):
            return self._near_text(value, turn)
        if isinstance(value, list):
            extra = self._random(self._type.args[0], 2) if self._type.head == "list" else None
            other = [*value[1:], extra]
            return (value[1:], value[:-1], value[::-1], value + value[:1], [*value, extra], other)[turn]
        return self._random(self._type, 3)

    def _near_text(self, text: str, turn: int) -> str:
        letter = self._alphabet[self._chance.randrange(len(self._alphabet))]
        place = self._chance.randrange(len(text) + 1)
        other = text[:place] + letter + text[place:]
        return (text[1:], text[:-1], text[::-1], text.swapcase(), other, text + letter)[turn]

    def _random(self, type_: Type, depth: int) -> Value:
        chance = self._chance
        match type_.head:
            case "int":
                return chance.randrange(-20, 60) if chance.randrange(4) else chance.randrange(-1000, 1000)
            case "float":
                return chance.randrange(-400, 1600) / 8
            case "bool":
                return bool(chance.randrange(2))
            case "str":
                letters = self._alphabet if chance.randrange(3) else _LETTERS
                return "".join(letters[chance.randrange(len(letters))] for _ in range(chance.randrange(9)))
            case "list" if depth:
                return [self._random(type_.args[0], depth - 1) for _ in range(chance.randrange(6))]
            case "tuple" if type_.args[-1:] == (Type("..."),):
                return tuple(self._random(type_.args[0], depth - 1) for _ in range(chance.randrange(4)))
            case "tuple":
                return tuple(self._random(part, depth - 1) for part in type_.args)
            case "set" if depth:
                return {self._random(type_.args[0], 0) for _ in range(chance.randrange(4))}
            case "dict" if depth:
                key, item = type_.args
                return {
                    self._random(key, 0): self._random(item, depth - 1) for _ in range(chance.randrange(4))
                }
            case "|":
                return self._random(type_.args[chance.randrange(len(type_.args))], depth)
        return _empty(type_)


def _boundaries(type_: Type, alphabet: str) -> list[Value]:
    match type_.head:
        case "int":
            return list(_INTEGERS)
        case "float":
            return list(_FLOATS)
        case "bool":
            return [False, True]
        case "str":
            return [*_STRINGS, alphabet[:_LONGEST], alphabet[:1], alphabet[-1:] * 2]
        case "list":
            items = _boundaries(type_.args[0], alphabet)
            lists: list[Value] = [
                [],
                items[:1],
                items[1:3],
                items[2:0:-1],
                items[:4],
                items[1:2] * 2,
                items[4:0:-1],
            ]
            return [*lists, items[3:8]]
        case "None":
            return [None]
        case "|":
            parts = [_boundaries(part, alphabet) for part in reversed(type_.args)]
            return [part[index] for index in range(8) for part in parts if index < len(part)]
    return []


def _empty(type_: Type) -> Value:
    match type_.head:
        case "list":
            return []
        case "dict":
            return {}
        case "set":
            return set()
    return None


def _known(problem: Problem, type_: Type) -> list[Value]:
    """The values of ``type_`` among the arguments of the examples."""
    values = [parse_value(text) for case in problem.examples for text in case.arguments]
    return [value for value in values if conforms(value, type_)]


def _texts(values: list[Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | tuple):
            yield from _texts(list(value))


def _random(problem: Problem, purpose: str) -> random.Random:
    """Chance that depends on the content of the problem alone, not on its names."""
    types = [text for _, text in problem.parameters] + [problem.returns]
    cases = [(case.arguments, case.expected, case.raises) for case in problem.examples]
    text = repr((purpose, problem.seed, types, cases))
    return random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
