"""How sure an answer is, in [0, 1]: what its rivals weigh, and what the examples tell against what it tells.

A program that costs ``c`` half steps weighs about ``2 ** (-c / SCALE)``, as in a description language: who
wrote the examples meant a cheap one rather than a dear one. Relative to the answer, each other *behaviour* that
fits weighs what its cheapest program does, up to ``REACH`` beyond the answer's cost. It weighs less where the two
differ only on inputs that say little, or where it is the answer with something added that the examples do not
need: who wants ``sorted(xs)[:3]`` shows a list of more than three. What was not looked at weighs something as
well: the dearer the answer and the less the examples say, the more programs fit by accident. The confidence is
the answer's share of all that.

The constants were fitted on some ninety small problems with hidden inputs (see docs/benchmarks.md); nothing
depends on names or prose.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from aurora.specs.values import Value
from aurora.synthesis.candidates import Candidate, Inspector
from aurora.synthesis.cells import Raised
from aurora.synthesis.search.terms import Apply, Term, embeds, parts

REACH = 4
"""Rivals count up to this much beyond the cost of the answer."""

SCALE = 2.0
"""Half steps of cost by which a program is half as likely meant: a bit is two of them."""

LEAST_SCALE = 1.0
"""The same beside the cheapest answers: next to ``a + b`` whatever costs as much again is far-fetched."""

RAISING = 0.7
"""The weight of a difference that is only whether something is raised."""

ADDED = 0.4
"""The weight of a rival that is the answer and more."""

UNSEEN = 1.5
"""What accidental fits beyond the search's reach weigh, if the examples say just as much as the answer does."""

LONE = 0.5
"""What constants out of nowhere weigh where a single number is wanted: 3 -> 9 may be six more as well."""

SURE = 0.6
"""An answer less sure than this is not reported as solved."""


def confidence(inspector: Inspector, cost: int, weights: Iterable[float], told: float) -> float:
    """The share of an answer among all that fits, where the other behaviours have these ``weights``.

    ``cost`` is the answer's; ``told`` is what examples and conditions tell, in bits.
    """
    return 1 / (1 + sum(weights) + _unseen(inspector, cost, told))


def weight(inspector: Inspector, best: Candidate, other: Candidate, terms: Mapping[str, Term]) -> float:
    """What a rival weighs against ``best``, which weighs 1; ``terms`` has those of the programs that are known."""
    told = 0.0
    for mine, theirs, natural in zip(best.answers, other.answers, inspector.naturalness, strict=True):
        if mine != theirs:
            raising = mine.startswith("raises ") or theirs.startswith("raises ")
            told = max(told, min(natural, RAISING) if raising else natural)
    mine_term, other_term = terms.get(best.program), terms.get(other.program)
    if mine_term is not None and other_term is not None and embeds(mine_term, other_term):
        told *= ADDED
    cost = plain_cost(best, terms)
    scale = max(LEAST_SCALE, min(SCALE, cost / 4))
    return told * float(2 ** ((cost - plain_cost(other, terms)) / scale))


def plain_cost(candidate: Candidate, terms: Mapping[str, Term]) -> int:
    """What a program costs without the help of the prose, which may say what to try first, not what is right."""
    term = terms.get(candidate.program)
    if term is None:
        return candidate.cost
    return candidate.cost + sum(
        part.op.plain - part.op.cost for part in parts(term) if isinstance(part, Apply)
    )


def _unseen(inspector: Inspector, cost: int, told: float) -> float:
    alone = len(set(map(repr, inspector.examples))) == 1 and isinstance(inspector.wanted[0], int | float)
    accidents = UNSEEN * float(2 ** min(60.0, cost / SCALE - told))
    return accidents + LONE if alone else accidents


def information(inspector: Inspector, refuted: int) -> float:
    """How many bits examples and conditions tell.

    An example tells what it takes to write its answer down, given its input. Conditions tell which one of so many
    programs it is that fitted the examples, ``refuted`` of which broke them.
    """
    seen: Counter[str] = Counter()
    asked: set[str] = set()
    total = math.log2(1 + refuted)
    for row, wanted in zip(inspector.examples, inspector.wanted, strict=True):
        if repr(row) in asked:
            continue
        asked.add(repr(row))
        key = repr(wanted)
        known = seen[key]
        seen[key] += 1
        fresh = 1.0 if isinstance(wanted, Raised | bool) or wanted is None else _bits(wanted, _Source(row))
        # An answer that was given before tells what it takes to say which: nothing if it is always the same.
        total += min(fresh, math.log2(seen.total() / known)) if known else fresh
    return total


class _Source:
    """What an answer can be copied from: texts, and the atoms of everything in the input."""

    def __init__(self, row: Sequence[Value]) -> None:
        atoms = [atom for value in row for atom in _atoms(value)]
        self.text = "\0".join(atom for atom in atoms if isinstance(atom, str))
        self.atoms = {repr(atom) for atom in atoms}
        self.choice = 1 + math.log2(len(atoms) + 1)


def _bits(value: Value, source: _Source) -> float:
    match value:
        case bool() | None:
            return 1.0
        case int():
            fresh = 1.5 + math.log2(abs(value) + 1) if abs(value) < 2**64 else 64.0
        case float():
            fresh = 1.5 + math.log2(abs(value) + 1) + (0 if value.is_integer() else 4)
        case str():
            return _text_bits(value, source)
        case dict():
            return 1.0 + sum(_bits(part, source) for pair in value.items() for part in pair)
        case list() | tuple() | set():
            return 1.0 + sum(_bits(item, source) for item in value)
    return min(fresh, source.choice) if repr(value) in source.atoms else fresh


def _text_bits(text: str, source: _Source) -> float:
    """A text as copies from the input and fresh letters, longest copies first."""
    if repr(text) in source.atoms:
        return source.choice
    bits, place = 1.0, 0
    copy = 1 + math.log2(len(source.text) + 1)
    while place < len(text):
        length = 1
        while place + length < len(text) and text[place : place + length + 1] in source.text:
            length += 1
        inside = text[place : place + length] in source.text
        bits += min(copy, 5.0) if inside and length == 1 else copy if inside else 5.0
        place += length
    return bits


def _atoms(value: Value) -> Iterable[Value]:
    match value:
        case list() | tuple() | set():
            for item in value:
                yield from _atoms(item)
        case dict():
            for pair in value.items():
                yield from _atoms(pair)
        case _:
            yield value
