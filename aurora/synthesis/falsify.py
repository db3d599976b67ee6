"""Trying to break conditions with Hypothesis, always in the same way. Runs inside the sandboxed child."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException, Unsatisfiable
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from aurora.specs.types import parse_type
from aurora.specs.values import literal
from aurora.synthesis.answers import Answer
from aurora.synthesis.holding import BROKEN, CUT, HOLDS, SILENT
from aurora.synthesis.strategies import strategy

SEED: Final = 20
"""Any number; fixed, so that the same candidate meets the same inputs."""

Ask = Callable[[tuple[str, ...]], tuple[str, Answer]]
Row = tuple[str, ...]


class Falsified(msgspec.Struct, frozen=True):
    """How often a condition held, how often nothing could be said, and the smallest values that broke it."""

    held: int
    silent: int
    cut: int
    row: Row | None
    answer: Answer | None
    spent: bool


class _Spent(BaseException):
    """The steps for one condition are used up; Hypothesis lets this through at once."""


class _Broken(Exception):
    """The condition does not hold."""


def falsify(
    ask: Ask, types: Sequence[str], pools: Sequence[Sequence[str]], inputs: int, steps: int
) -> Falsified:
    """Look for values of ``types`` for which ``ask`` says broken, and make them small.

    The same call gives the same result: the seed is fixed, nothing is remembered between calls, and the total
    of ``steps`` ends the hunt where a clock would end it somewhere else each time.
    """
    counts = {HOLDS: 0, SILENT: 0, CUT: 0}
    broken: list[tuple[Row, Answer]] = []
    left = steps

    def attempt(row: Row) -> None:
        nonlocal left
        if left <= 0:
            raise _Spent
        verdict, answer = ask(row)
        left -= answer.steps + 1
        if verdict == BROKEN:
            broken.append((row, answer))
            raise _Broken
        if not broken:
            counts[verdict] += 1

    try:
        _hunt(attempt, types, pools, inputs)
    except (_Broken, _Spent, HypothesisException):
        pass  # what was found stands in ``broken``; a clash inside Hypothesis (Flaky) does not take it away
    row, answer = (
        min(broken, key=lambda found: (sum(map(len, found[0])), found[0])) if broken else (None, None)
    )
    return Falsified(counts[HOLDS], counts[SILENT], counts[CUT], row, answer, left <= 0)


def draw(
    types: Sequence[str], pools: Sequence[Sequence[str]], inside: Callable[[Row], bool], count: int
) -> list[Row]:
    """Up to ``count`` different inputs of ``types`` for which ``inside`` holds, the same on every call."""
    found: dict[Row, None] = {}

    def attempt(row: Row) -> None:
        if inside(row):
            found[row] = None

    _hunt(attempt, types, pools, count)
    return list(found)


def _hunt(
    attempt: Callable[[Row], None], types: Sequence[str], pools: Sequence[Sequence[str]], inputs: int
) -> None:
    """Call ``attempt`` with generated rows; when it raises ``_Broken``, with smaller and smaller ones."""
    rows = st.tuples(*(_values(type_, texts) for type_, texts in zip(types, pools, strict=True)))

    @seed(SEED)
    @settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        derandomize=True,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=tuple(HealthCheck),
    )
    @given(rows)
    def run(row: Row) -> None:
        attempt(row)

    try:
        run()
    except Unsatisfiable:
        pass  # nothing was generated: the counts say so


def _values(type_: str, texts: Sequence[str]) -> st.SearchStrategy[str]:
    """Literals of values of ``type_``, now and then one that the spec itself mentions."""
    made: st.SearchStrategy[str] = strategy(parse_type(type_)).map(_text)
    return made | st.sampled_from(list(texts)) if texts else made


def _text(value: object) -> str:
    return literal(value)  # type: ignore[arg-type]  # every strategy of the table makes values


def _no_constants() -> Constants:
    return Constants()


# Hypothesis mixes in constants that it reads from the source of whatever modules are loaded and not
# installed. Then a checkout and an installed Aurora would find different counterexamples, and a rerun would
# not be one.
providers._get_local_constants = _no_constants
