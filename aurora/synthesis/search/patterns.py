"""Regular expressions from examples: what the accepted texts have in common, from the narrow to the general.

A text is read as runs of character classes (``AB-12`` as two capitals, a hyphen, two digits). Where all accepted
texts have the same runs in some system of classes, the runs with their lengths are a pattern; systems range from
narrow (digits, capitals, small letters apart) to general (all of them together). After the token-based
generalisation of FlashFill (Gulwani 2011), for whole texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

LONGEST = 12
"""A pattern of more runs than this is a list of the examples."""


class Pattern(NamedTuple):
    """A regular expression for whole texts, and its cost: one for each run, more where classes are wide."""

    text: str
    cost: int


class _Run(NamedTuple):
    """A maximal run of one class, or one character that stands for itself."""

    expression: str
    length: int
    literal: bool


_Classify = Callable[[str], str]


def patterns(accepted: Sequence[str]) -> Iterator[Pattern]:
    """Patterns that match every one of ``accepted`` as a whole, each once, narrow ones first."""
    seen = set()
    for width, classify in enumerate(_SYSTEMS):
        rows = [list(_runs(text, classify)) for text in accepted]
        shapes = {tuple(run.expression for run in row) for row in rows}
        if len(shapes) != 1 or not 0 < len(rows[0]) <= LONGEST:
            continue
        columns = [[row[place] for row in rows] for place in range(len(rows[0]))]
        for quantified in (_exactly, _between, _any):
            text = "".join(_column(column, quantified) for column in columns)
            if text not in seen:
                seen.add(text)
                yield Pattern(text, len(columns) + width + (0 if quantified is _exactly else 1))


def _runs(text: str, classify: _Classify) -> Iterator[_Run]:
    place = 0
    while place < len(text):
        expression = classify(text[place])
        stop = place + 1
        while expression and stop < len(text) and classify(text[stop]) == expression:
            stop += 1
        yield _Run(expression or _literal(text[place]), stop - place, not expression)
        place = stop


def _literal(character: str) -> str:
    """A character that stands for itself: in brackets where it would mean something else."""
    if character in "^[\\":
        return re.escape(character)
    return f"[{character}]" if character in ".$*+?{}]|()" else character


def _column(runs: Sequence[_Run], quantified: Callable[[int, int], str]) -> str:
    """One run of the pattern, for the lengths that it has in the texts."""
    if runs[0].literal:
        return runs[0].expression
    lengths = [run.length for run in runs]
    return runs[0].expression + quantified(min(lengths), max(lengths))


def _exactly(low: int, high: int) -> str:
    return ("" if low == 1 else f"{{{low}}}") if low == high else "+"


def _between(low: int, high: int) -> str:
    return f"{{{low},{high}}}" if low < high else _exactly(low, high)


def _any(low: int, high: int) -> str:
    return "+"


def _narrow(character: str) -> str:
    if "0" <= character <= "9":
        return "[0-9]"
    if "A" <= character <= "Z":
        return "[A-Z]"
    return "[a-z]" if "a" <= character <= "z" else ""


def _letters(character: str) -> str:
    found = _narrow(character)
    return "[A-Za-z]" if found in ("[A-Z]", "[a-z]") else found


def _hexadecimal(character: str) -> str:
    return "[0-9A-Fa-f]" if character in "0123456789ABCDEFabcdef" else _letters(character)


def _small(character: str) -> str:
    return "[a-z0-9]" if _narrow(character) in ("[0-9]", "[a-z]") else _narrow(character)


def _capital(character: str) -> str:
    return "[A-Z0-9]" if _narrow(character) in ("[0-9]", "[A-Z]") else _narrow(character)


def _alphanumeric(character: str) -> str:
    return "[A-Za-z0-9]" if _narrow(character) else ""


def _small_word(character: str) -> str:
    return "[a-z0-9_]" if character == "_" or _small(character) == "[a-z0-9]" else _narrow(character)


def _word(character: str) -> str:
    return "[A-Za-z0-9_]" if character == "_" else _alphanumeric(character)


def _name(character: str) -> str:
    return "[A-Za-z0-9_.-]" if character in "_.-" else _alphanumeric(character)


_SYSTEMS: tuple[_Classify, ...] = (
    _narrow, _letters, _small, _capital, _hexadecimal, _alphanumeric, _small_word, _word, _name,
)  # fmt: skip
"""Systems of classes, narrow ones first. A character without a class stands for itself."""
