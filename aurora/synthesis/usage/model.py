"""How many bits a program takes to write down for somebody who knows how people write Python.

Each expression is told by what it stands in (see ``productions``): ``len`` under a comparison is short, ``sum`` on
the left of ``%`` is long. Places that people's code hardly has tell by their role alone, and those by what is usual
anywhere (absolute discounting would do as well; this is the plainest that works). Literals are told by how often
people write them. The counts come from code that has nothing to do with specs or tests: see ``counts``.
"""

from __future__ import annotations

import ast
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from aurora.synthesis.usage.counts import INTEGERS, LETTERS, PLACES
from aurora.synthesis.usage.productions import VARIABLE, Step, steps

STATEMENT: Final = 8.0
"""Bits of an assignment, a branch or a loop, besides its expressions."""

LETTER: Final = 2.5
"""Bits of a letter in a longer text."""

LONGEST: Final = 8
FRACTION: Final = 6.0
"""Bits of a number with a point."""

BACKING: Final = 3.0
"""Observations that the more general place counts for."""

_STATEMENTS: Final = (ast.Assign, ast.AugAssign, ast.For, ast.While, ast.If, ast.Expr)
_RETURN: Final = re.compile(r"^\s*return ", re.MULTILINE)


class Place(NamedTuple):
    """What was seen at a place: how often in all, and how often each production."""

    total: int
    counts: Mapping[str, int]


_NOWHERE: Final = Place(0, {})


class Usage(NamedTuple):
    """Counts of what people write: by place, by role, and anywhere."""

    places: Mapping[tuple[str, str], Place]
    roles: Mapping[str, Place]
    anywhere: Place
    integers: Place
    letters: Place

    def probability(self, step: Step) -> float:
        """How often people write this at this place."""
        anywhere = (self.anywhere.counts.get(step.production, 0) + 0.5) / (self.anywhere.total + 200)
        role = self.roles.get(step.role, _NOWHERE)
        general = (role.counts.get(step.production, 0) + BACKING * anywhere) / (role.total + BACKING)
        place = self.places.get((step.parent, step.role), _NOWHERE)
        backing = max(BACKING, len(place.counts) / 2)
        return (place.counts.get(step.production, 0) + backing * general) / (place.total + backing)

    def literal(self, node: ast.expr, known: Mapping[str, float]) -> float:
        """The bits that say which literal of its kind this is."""
        value = _value(node)
        if value is None or isinstance(value, bool):
            return 0.0
        return min(self._literal(value), known.get(repr(value), math.inf))

    def _literal(self, value: int | float | str) -> float:
        if isinstance(value, int):
            seen = self.integers.counts.get(str(value), 0) + 0.3 / math.sqrt(1 + min(abs(value), 2**64))
            return -math.log2(seen / (self.integers.total + 50))
        if isinstance(value, float):
            return FRACTION
        if len(value) == 1:
            return -math.log2((self.letters.counts.get(str(ord(value)), 0) + 0.5) / (self.letters.total + 60))
        return 2 + LETTER * min(len(value), LONGEST) if value else 0.0


def bits(program: str, parameters: int, known: Mapping[str, float]) -> float:
    """What it takes to write ``program`` down: an expression or the statements of a function.

    ``parameters`` is how many names there are to choose from; ``known`` says of literals, as ``repr`` shows
    them, how many bits they take where the problem gives them.
    """
    tree = ast.parse(program if _RETURN.search(program) else f"return {program}")
    usage = counted()
    choice = 0.7 * math.log2(max(1, parameters))
    total = STATEMENT * sum(isinstance(node, _STATEMENTS) for node in ast.walk(tree))
    for step in steps(tree):
        total -= math.log2(usage.probability(step))
        total += choice if step.production == VARIABLE else usage.literal(step.node, known)
    return total


@cache
def counted() -> Usage:
    """The counts that Aurora comes with."""
    return usage_of((line.split() for line in PLACES.splitlines()), INTEGERS.split(), LETTERS.split())


def usage_of(places: Iterable[Sequence[str]], integers: Sequence[str], letters: Sequence[str]) -> Usage:
    """Counts as they are written down: ``parent role production count production count …`` for each place."""
    by_place: dict[tuple[str, str], Counter[str]] = {}
    by_role: dict[str, Counter[str]] = {}
    anywhere: Counter[str] = Counter()
    for parent, role, *pairs in places:
        counts = _pairs(pairs)
        by_place.setdefault((parent.removeprefix("-"), role), Counter()).update(counts)
        by_role.setdefault(role, Counter()).update(counts)
        anywhere.update(counts)
    return Usage(
        {key: _place(counts) for key, counts in by_place.items()},
        {role: _place(counts) for role, counts in by_role.items()},
        _place(anywhere),
        _place(_pairs(integers)),
        _place(_pairs(letters)),
    )


def _pairs(words: Sequence[str]) -> Counter[str]:
    return Counter({name: int(count) for name, count in zip(words[::2], words[1::2], strict=True)})


def _place(counts: Counter[str]) -> Place:
    return Place(counts.total(), counts)


def _value(node: ast.expr) -> int | float | str | None:
    """The value of a literal, with its sign."""
    match node:
        case ast.Constant(value=int() | float() | str() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
    return None
