"""Whether what a search finds means what is meant: its answer as a function, held against another one."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

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


def quarters_up() -> float:
    """Numbers between one and three, in quarters."""
    return 2 + _QUARTERS() % 4 / 4
