"""Inputs to tell programs apart: typed, deterministic, near the examples first, then at the boundaries.

They depend on types, example values, the pre-conditions and the problem's seed alone: neither names nor prose
matter. The same inputs are used by the search and by whoever runs seeds for it. An input that a person would
find natural, of the size and shape of the examples, says more than one that no example resembles; how natural
each is, ``naturalness`` says.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache

from aurora.specs.types import parse_type
from aurora.specs.values import Value, conforms, literal, parse_value
from aurora.synthesis.problem import Problem
from aurora.synthesis.rules import Conditions
from aurora.synthesis.variation import Maker

COUNT = 40
"""How many probe inputs a problem has, if its pre-conditions let so many through."""

UNUSUAL = 0.7
"""The naturalness of an input that is empty, negative or zero where no example is."""

UNRELATED = 0.3
"""The naturalness of an input whose numbers do not fit its sizes as they do in every example."""

FEW = 4
"""With more examples than this, what none of them resembles is so much less likely meant."""

_TRIES = 40 * COUNT


@lru_cache(maxsize=64)
def probe_inputs(problem: Problem) -> tuple[tuple[str, ...], ...]:
    """Up to ``COUNT`` distinct inputs as literals: none is an example's, all satisfy the pre-conditions."""
    examples = [tuple(map(parse_value, case.arguments)) for case in problem.examples]
    taken = {tuple(map(literal, example)) for example in examples}
    allowed = Conditions(problem).admits
    found: list[tuple[str, ...]] = []
    for row in _rows(_makers(problem, examples), examples, _random(problem, "probes")):
        text = tuple(map(literal, row))
        if text not in taken and allowed(row):
            taken.add(text)
            found.append(text)
            if len(found) == COUNT:
                break
    return tuple(found)


def naturalness(rows: Sequence[Sequence[Value]], examples: Sequence[Sequence[Value]]) -> tuple[float, ...]:
    """For each of ``rows``, how much it is like the examples: 1, or ``UNUSUAL`` or ``UNRELATED`` and less."""
    share = min(1.0, FEW / max(1, len(examples)))
    usual = {trait for example in examples for trait in _traits(example)}
    related = {relation for example in examples for relation in _relations(example)}
    return tuple(
        UNRELATED * share
        if not related.issuperset(_relations(row))
        else UNUSUAL * share
        if not usual.issuperset(_traits(row))
        else 1.0
        for row in rows
    )


def samples(
    problem: Problem, variables: tuple[tuple[str, str], ...], count: int
) -> Iterator[tuple[Value, ...]]:
    """Values for a condition's variables, typed, small ones first; the same on every call."""
    types = tuple(parse_type(text) for _, text in variables)
    known = [parse_value(text) for case in problem.examples for text in case.arguments]
    makers = [
        Maker(type_, [value for value in known if conforms(value, type_)], _random(problem, f"rule {type_}"))
        for type_ in types
    ]
    seen = set()
    for turn in range(4 * count):
        row = tuple(maker.value(turn * (1 + 2 * index)) for index, maker in enumerate(makers))
        text = tuple(map(literal, row))
        if text not in seen:
            seen.add(text)
            yield row
            if len(seen) == count:
                return


def _makers(problem: Problem, examples: Sequence[tuple[Value, ...]]) -> list[Maker]:
    types = [parse_type(text) for _, text in problem.parameters]
    chance = _random(problem, "values")
    return [Maker(type_, [row[place] for row in examples], chance) for place, type_ in enumerate(types)]


def _rows(
    makers: Sequence[Maker], examples: Sequence[tuple[Value, ...]], chance: random.Random
) -> Iterator[tuple[Value, ...]]:
    """By turns: an example with one value changed a little, one with every value changed, all values new."""
    if not makers:
        return
    for turn in range(_TRIES):
        if not examples or turn % 3 == 2:
            yield tuple(maker.value(turn // 3 + 5 * index) for index, maker in enumerate(makers))
            continue
        base = list(examples[chance.randrange(len(examples))])
        changed = range(len(makers)) if turn % 3 else [chance.randrange(len(makers))]
        for place in changed:
            base[place] = makers[place].near(base[place])
        yield tuple(base)


def _traits(row: Sequence[Value]) -> Iterator[tuple[int, str]]:
    """What is out of the ordinary about each value."""
    for place, value in enumerate(row):
        if isinstance(value, int | float) and not isinstance(value, bool):
            if value <= 0:
                yield place, "zero" if value == 0 else "negative"
        elif isinstance(value, str | list | set | dict | tuple):
            if not value:
                yield place, "empty"
            elif isinstance(value, str) and not value.strip():
                yield place, "blank"
            elif isinstance(value, list | tuple | set):
                inner = {trait for item in value for _, trait in _traits([item])}
                yield from ((place, f"{trait} item") for trait in sorted(inner))
        elif value is None:
            yield place, "none"


def _relations(row: Sequence[Value]) -> Iterator[tuple[int, int, str]]:
    """How the whole numbers of a row stand to the sizes of its texts and lists, where they go beyond them."""
    for place, number in enumerate(row):
        if isinstance(number, int) and not isinstance(number, bool):
            for other, value in enumerate(row):
                if isinstance(value, str | list | tuple) and not 0 <= number <= len(value):
                    yield place, other, "beyond"


def _random(problem: Problem, purpose: str) -> random.Random:
    """Chance that depends on the content of the problem alone, not on its names."""
    types = [text for _, text in problem.parameters] + [problem.returns]
    cases = [(case.arguments, case.expected, case.raises) for case in problem.examples]
    text = repr((purpose, problem.seed, types, cases))
    return random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))
