"""Conditionals and tables that people write every day are found from a few examples, and say what is meant."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import pytest
from search_problems import outcome, problem

from aurora.specs.values import same
from aurora.synthesis.problem import Outcome

MOST = 600_000
"""Evaluations within which each is found."""


def answer(
    signature: str, *examples: str, most: int = MOST, **more: Any
) -> tuple[Outcome, Callable[..., Any]]:
    """How a search ends, and its first answer as a function."""
    ended = outcome(problem(signature, *examples, max_evaluations=most, **more))
    found = ended.found or ended.best
    assert found is not None
    names: dict[str, Any] = {}
    exec(found.source, names)
    function = names[signature.partition("(")[0]]
    assert callable(function)
    return ended, function


def agree(found: Callable[..., Any], meant: Callable[..., Any], *domains: Callable[[], Any]) -> None:
    """Both give the same on inputs that nobody showed."""
    for _ in range(60):
        row = [domain() for domain in domains]
        assert same(found(*row), meant(*row)), row


def integer(low: int, high: int) -> Callable[[], int]:
    """Numbers of a range by chance, the same ones each time."""
    chance = random.Random(7)
    return lambda: chance.randint(low, high)


_QUARTERS = integer(-400, 400)


def quarters() -> float:
    """Numbers of both signs, in quarters."""
    return _QUARTERS() / 4


def reverse(n: int) -> int:
    """Digits read backwards, with the sign kept."""
    return int(str(abs(n))[::-1]) * (1 if n > 0 else -1)


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "examples"),
    [
        (
            "backwards(n: int) -> int", reverse, [integer(-999, 999)],
            ["f(123) -> 321", "f(-45) -> -54", "f(120) -> 21", "f(0) -> 0", "f(7) -> 7", "f(-300) -> -3"],
        ),
        (
            "signed_root(n: int) -> int", lambda n: math.isqrt(abs(n)) * (1 if n > 0 else -1), [integer(-400, 400)],
            ["f(16) -> 4", "f(-9) -> -3", "f(0) -> 0", "f(-27) -> -5", "f(3) -> 1", "f(90) -> 9"],
        ),
        (
            "root_of(x: float) -> float", lambda x: math.copysign(math.sqrt(abs(x)), x), [quarters],
            ["f(4.0) -> 2.0", "f(-9.0) -> -3.0", "f(0.0) -> 0.0", "f(-6.25) -> -2.5", "f(2.25) -> 1.5"],
        ),
    ],
)  # fmt: skip
def test_a_sign_is_kept_apart(
    signature: str, meant: Callable[..., Any], domains: list[Callable[[], Any]], examples: list[str]
) -> None:
    _, found = answer(signature, *examples)
    agree(found, meant, *domains)
