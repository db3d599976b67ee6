"""How many bits examples tell: what it takes to write an answer down for somebody who has the input.

An answer is told in the cheapest of a few ways: anew, as a copy of something of its type in the input, as a
selection or a rearrangement of a list of the input, letter by letter with changes of case. So ``[4, 9]`` tells much
where the input is ``13``, and little where it is ``[4, 9, 11]``: of three items there are but eight selections.
Nothing depends on names or prose.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from aurora.specs.values import Value
from aurora.synthesis.cells import Raised

LETTER = 5.0
"""Bits of a letter that the input does not have."""

DIGIT = 3.3
"""The same of a digit."""

CHANGED = 1.5
"""Bits of a letter that the input has in the other case, just where the copy goes on."""

FRACTION = 4.0
"""Bits of what stands behind the point."""

LARGEST = 64.0


def information(
    examples: Sequence[Sequence[Value]], answers: Sequence[Value | Raised], refuted: int
) -> float:
    """How many bits examples and conditions tell.

    Conditions tell which one of so many programs it is that fitted the examples, ``refuted`` of which broke them.
    """
    seen: Counter[str] = Counter()
    asked: set[str] = set()
    total = math.log2(1 + refuted)
    for row, wanted in zip(examples, answers, strict=True):
        if repr(row) in asked:
            continue
        asked.add(repr(row))
        key = repr(wanted)
        known = seen[key]
        seen[key] += 1
        fresh = 1.0 if isinstance(wanted, Raised | bool) or wanted is None else _Source(row).bits(wanted)
        # An answer that was given before tells what it takes to say which: nothing if it is always the same.
        total += min(fresh, math.log2(seen.total() / known)) if known else fresh
    return total


class _Source:
    """What an answer can be copied from: the lists, texts and atoms of an input."""

    def __init__(self, row: Sequence[Value]) -> None:
        parts = [part for value in row for part in _parts(value)]
        self._lists = [list(part) for part in parts if isinstance(part, list | tuple) and len(part) > 1]
        self._texts = [part for part in parts if isinstance(part, str)]
        self._atoms = [part for part in parts if not isinstance(part, list | tuple | set | dict)]
        self._shown = {repr(part) for part in parts}
        numbers = [str(atom) for atom in self._atoms if isinstance(atom, int) and not isinstance(atom, bool)]
        self._text = "\0".join([*self._texts, *numbers])

    def bits(self, value: Value) -> float:
        """What it takes to write ``value`` down."""
        if value is None or isinstance(value, bool):
            return 1.0
        told = self._anew(value)
        if repr(value) in self._shown:
            told = min(told, 1.0 + math.log2(1 + self._like(value)))
        if isinstance(value, list | tuple):
            for items in self._lists:
                told = min(told, _selected(value, items))
        return told

    def _like(self, value: Value) -> int:
        """How many parts of the input have the type of ``value``: a choice among so many."""
        if isinstance(value, str):
            return len(self._texts)
        if isinstance(value, int | float):
            return sum(isinstance(atom, int | float) for atom in self._atoms)
        return len(self._lists)

    def _anew(self, value: Value) -> float:
        match value:
            case int():
                return min(LARGEST, 1.5 + math.log2(min(abs(value), 2**64) + 1))
            case float():
                whole = min(LARGEST, 1.5 + math.log2(abs(value) + 1)) if math.isfinite(value) else 2.0
                return whole + (0.0 if not math.isfinite(value) or value.is_integer() else FRACTION)
            case str():
                return self._letters(value)
            case dict():
                return 1.0 + sum(self.bits(part) for pair in value.items() for part in pair)
            case list() | tuple() | set():
                return 1.0 + sum(self.bits(item) for item in value)
        return 1.0

    def _letters(self, text: str) -> float:
        """A text as copies from the input and fresh letters, longest copies first."""
        bits, place = 1.0, 0
        copy = 1 + math.log2(len(self._text) + 1)
        lower = self._text.lower()
        while place < len(text):
            length = 1
            while place + length < len(text) and text[place : place + length + 1].lower() in lower:
                length += 1
            run = text[place : place + length]
            if run in self._text:
                bits += min(copy, LETTER) if length == 1 else copy
            elif run.lower() in lower:
                bits += min(copy + CHANGED * _changes(run, self._text), LETTER * length)
            else:
                bits += DIGIT if run.isdigit() else LETTER
            place += length
        return bits


def _changes(run: str, text: str) -> int:
    """The letters of ``run`` that have another case in ``text``, where it is there in any case."""
    start = text.lower().find(run.lower())
    same = text[start : start + len(run)]
    return sum(mine != theirs for mine, theirs in zip(run, same, strict=False)) or 1


def _selected(value: Sequence[Value], items: Sequence[Value]) -> float:
    """What it takes to say which items, and in which order; infinite if others are there as well."""
    wanted, given = [repr(item) for item in value], [repr(item) for item in items]
    if Counter(wanted) - Counter(given):
        return math.inf
    size, count = len(given), len(wanted)
    places = [place for place in range(size - count + 1) if given[place : place + count] == wanted]
    if places:
        return math.log2(1 + size * (size + 1) / 2)
    rest = iter(given)
    in_order = all(item in rest for item in wanted)
    chosen = math.log2(math.comb(size, count)) + math.log2(size + 1)
    return chosen if in_order else chosen + math.log2(math.factorial(min(count, 60)))


def _parts(value: Value) -> Iterable[Value]:
    """A value and everything in it."""
    yield value
    match value:
        case list() | tuple() | set():
            for item in value:
                yield from _parts(item)
        case dict():
            for pair in value.items():
                yield from _parts(pair)
