"""Values of a type: boundaries first, then small changes of known values, and new ones of the same size.

A change keeps what makes a value look as it does: a text keeps its separators and the kinds of its letters, a
list its order of magnitude. Everything is drawn from the given source of chance in a fixed order.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from aurora.specs.types import Type
from aurora.specs.values import Value, conforms, literal
from aurora.synthesis.cells import is_variadic

_INTEGERS = (0, 1, 2, -1, 3, 10, -2, 5, 7, 4, 12, -7, 30, 99, 100, -50)
_FLOATS = (0.0, 1.0, 2.5, -1.0, 0.5, 10.0, -3.25, 100.0)
_STRINGS = (
    "", "a", "ab", "ba", "aba", "Hello World", "x y", "b", " a", "A1", "zebra", "Abc", "-", "10", "aab",
)  # fmt: skip
_LETTERS = "abcdeXY 01-"
_SMALL, _CAPITAL, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_LONGEST = 12
_RUN = re.compile(r"[^\W\d_]+|\d+")
_DEPTH = 3


class Maker:
    """Makes values of one type; ``known`` are values that the examples have in the same place."""

    def __init__(self, type_: Type, known: Sequence[Value], chance: random.Random) -> None:
        self._type = type_
        self._known = list(known)
        self._chance = chance
        atoms = [atom for value in known for atom in _atoms(value)]
        self._alphabet = (
            "".join(sorted({c for atom in atoms if isinstance(atom, str) for c in atom})) or _LETTERS
        )
        numbers = [
            abs(atom)
            for atom in atoms
            if isinstance(atom, int | float) and not isinstance(atom, bool) and atom == atom  # not NaN
        ]
        self._size = int(min(max([*numbers, 9]), 10**6))
        self._below = any(isinstance(atom, int | float) and atom < 0 for atom in atoms) or not numbers
        self._boundaries = _boundaries(type_, self._alphabet)

    def value(self, turn: int) -> Value:
        """A boundary while there are any, then by chance a changed value or a new one."""
        if turn < len(self._boundaries):
            return self._boundaries[turn]
        if self._known and self._chance.randrange(2):
            return self.near(self._known[self._chance.randrange(len(self._known))])
        return self._new(self._type, _DEPTH)

    def near(self, value: Value) -> Value:
        """A small change of ``value``, which is of this maker's type."""
        return self._near(value, self._type)

    def _near(self, value: Value, type_: Type) -> Value:
        turn = self._chance.randrange(8)
        if type_.head == "|":
            type_ = next(part for part in type_.args if conforms(value, part))
        if isinstance(value, bool) or value is None:
            return self._new(type_, _DEPTH)
        if isinstance(value, int | float):
            return self._near_number(value, turn)
        if isinstance(value, str):
            return self._near_text(value, turn)
        if isinstance(value, tuple) and not is_variadic(type_):
            return self._one_changed(value, type_.args)
        if isinstance(value, list | tuple):
            made = self._near_items(list(value), turn, type_.args[0])
            return made if isinstance(value, list) else tuple(made)
        if isinstance(value, set):
            items = sorted(value, key=literal)
            return set(self._near_items(items, turn, type_.args[0]))
        return self._near_dict(value, turn, type_)

    def _near_number(self, value: int | float, turn: int) -> Value:
        other = self._new(Type("float" if isinstance(value, float) else "int"), 0)
        return (value + 1, value - 1, other, value * 2, value + 10, value // 2, other, -value)[turn]

    def _near_text(self, text: str, turn: int) -> str:
        letter = self._alphabet[self._chance.randrange(len(self._alphabet))]
        place = self._chance.randrange(len(text) + 1)
        match turn:
            case 0 | 1:
                return _RUN.sub(lambda run: self._like(run[0]), text)
            case 2:
                words = text.split(" ")
                self._chance.shuffle(words)
                return " ".join(words) if len(words) > 1 else text[::-1]
            case 3:
                return text[:place] + text[max(0, place - 1) : place] + text[place:]
            case 4:
                return text[:place] + letter + text[place:]
            case 5:
                return text.swapcase()
            case 6:
                return text[1:] if place % 2 else text[:-1]
        return text + letter if " " not in text else f"{text} {self._like('word')}"

    def _like(self, run: str) -> str:
        """Other letters of the same kinds, a few more or fewer; now and then with one doubled."""
        length = max(1, len(run) + self._chance.randrange(-1, 3))
        made = ""
        for index in range(length):
            model = run[min(index, len(run) - 1)]
            kind = _DIGITS if model.isdigit() else _CAPITAL if model.isupper() else _SMALL
            own = [c for c in self._alphabet if c in kind]
            letters = own if len(own) > 2 and self._chance.randrange(2) else kind
            made += letters[self._chance.randrange(len(letters))]
        return made

    def _near_items(self, items: list[Value], turn: int, kind: Type) -> list[Value]:
        chance = self._chance
        fresh = [self._new(kind, _DEPTH - 1) for _ in range(1 + chance.randrange(3))]
        match turn:
            case 0:
                return chance.sample(items, len(items)) if len(items) > 1 else [*items, *fresh]
            case 1 if items:
                place = chance.randrange(len(items))
                return [*items[:place], self._near(items[place], kind), *items[place + 1 :]]
            case 2 if items:
                return [*items, items[chance.randrange(len(items))]]
            case 3 if items:
                return items[1:] if chance.randrange(2) else items[:-1]
            case 4 if len(items) > 1:
                return items[::-1]
            case 5 if items:
                return [self._near(item, kind) for item in items]
            case 6 if items:
                return [*items, *(self._near(item, kind) for item in items[:3])]
        return [*fresh, *items] if chance.randrange(2) else [*items, *fresh]

    def _one_changed(self, value: tuple[Value, ...], kinds: tuple[Type, ...]) -> Value:
        if not value:
            return value
        place = self._chance.randrange(len(value))
        return (*value[:place], self._near(value[place], kinds[place]), *value[place + 1 :])

    def _near_dict(self, value: Value, turn: int, type_: Type) -> Value:
        assert isinstance(value, dict)
        key_type, item_type = type_.args
        items = list(value.items())
        if not items or turn < 2:
            key, item = self._new(key_type, 0), self._new(item_type, _DEPTH - 1)
            return {**value, (self._near(items[0][0], key_type) if items else key): item}
        place = self._chance.randrange(len(items))
        key, item = items[place]
        match turn:
            case 2:
                return dict(items[::-1])
            case 3:
                return {k: v for k, v in items if k != key}
            case 4:  # a tie
                return {k: item for k, _ in items}
            case 5:
                return {self._near(k, key_type): v for k, v in items}
        return {**value, key: self._near(item, item_type)}

    def _new(self, type_: Type, depth: int) -> Value:
        chance = self._chance
        match type_.head:
            case "int":
                low = -self._size if self._below and chance.randrange(3) == 0 else 0
                return chance.randrange(low, 2 * self._size)
            case "float":
                low = -8 * self._size if self._below and chance.randrange(3) == 0 else 0
                return chance.randrange(low, 16 * self._size) / 8
            case "bool":
                return bool(chance.randrange(2))
            case "str":
                letters = self._alphabet if chance.randrange(3) else _LETTERS
                return "".join(letters[chance.randrange(len(letters))] for _ in range(chance.randrange(9)))
            case "list" if depth:
                return [self._new(type_.args[0], depth - 1) for _ in range(chance.randrange(6))]
            case "tuple" if is_variadic(type_):
                return tuple(self._new(type_.args[0], depth - 1) for _ in range(chance.randrange(4)))
            case "tuple":
                return tuple(self._new(part, depth - 1) for part in type_.args)
            case "set" if depth:
                return {self._new(type_.args[0], 0) for _ in range(chance.randrange(4))}
            case "dict" if depth:
                key, item = type_.args
                return {self._new(key, 0): self._new(item, depth - 1) for _ in range(chance.randrange(4))}
            case "|":
                return self._new(type_.args[chance.randrange(len(type_.args))], depth)
        return _empty(type_)


_FIXED: dict[str, tuple[Value, ...]] = {
    "int": _INTEGERS, "float": _FLOATS, "bool": (False, True), "None": (None,), "str": _STRINGS,
}  # fmt: skip


def _boundaries(type_: Type, alphabet: str) -> list[Value]:
    if type_.head in _FIXED:
        own = [alphabet[:_LONGEST], alphabet[:1], alphabet[-1:] * 2] if type_.head == "str" else []
        return [*_FIXED[type_.head], *own]
    parts = [_boundaries(part, alphabet) for part in type_.args if part.head != "..."]
    if type_.head == "|":
        turns = parts[::-1]
        return [part[index] for index in range(8) for part in turns if index < len(part)]
    if type_.head == "dict":
        keys, items = parts
        return [dict(zip(keys[start : start + size], items[start:], strict=False)) for start, size in _CUTS]
    if type_.head == "tuple" and not is_variadic(type_):
        return [
            tuple(part[(turn + 3 * place) % len(part)] for place, part in enumerate(parts))
            for turn in range(6)
        ]
    shape = _SHAPES.get(type_.head)
    return [shape(items) for items in _lists(parts[0])] if shape else []


_CUTS = ((0, 0), (1, 1), (1, 2), (0, 3), (3, 4))
_SHAPES: dict[str, Callable[[list[Value]], Value]] = {"list": list, "tuple": tuple, "set": set}


def _lists(items: list[Value]) -> list[list[Value]]:
    cuts = [[], items[:1], items[1:3], items[2:0:-1], items[:4], items[1:2] * 2, items[4:0:-1], items[3:8]]
    return [list(cut) for cut in cuts]


def _empty(type_: Type) -> Value:
    match type_.head:
        case "list":
            return []
        case "dict":
            return {}
        case "set":
            return set()
    return None


def _atoms(value: Value) -> Iterator[Value]:
    if isinstance(value, list | tuple | set):
        for item in sorted(value, key=literal) if isinstance(value, set) else value:
            yield from _atoms(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _atoms(key)
            yield from _atoms(item)
    else:
        yield value
