"""Folds, loops and recursion: what they find on small problems, and that their programs read as people write."""

from __future__ import annotations

import pytest
from search_problems import never, problem

from aurora.synthesis.candidates import Inspector
from aurora.synthesis.search.budget import Budget
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.strategies.enumeration import Enumeration
from aurora.synthesis.search.strategies.folds import Folds
from aurora.synthesis.search.strategies.loops import Loops
from aurora.synthesis.search.terms import Term, program


class _Found(Exception):
    """The first program that fits."""


def first_fit(signature: str, *examples: str, most: int = 150_000) -> str:
    """The first program that folds or loops find, when the main bank has got so far that they begin."""
    inspector = Inspector(problem(signature, *examples))

    def offer(term: Term, strategy: str) -> int | None:
        failing = inspector.failing(inspector.compiled(program(term)))
        if not failing and strategy != "enumeration":
            raise _Found(program(term))
        return failing[0] if failing else None

    budget = Budget(most, never)
    hunt = Hunt(inspector, range(len(inspector.wanted)), budget, offer, (Enumeration, Folds, Loops))
    with pytest.raises(_Found) as found:
        hunt.advance(most)
    return str(found.value)


def test_a_running_total_keeps_each_state_of_its_accumulator() -> None:
    found = first_fit(
        "f(start: int, changes: list[int]) -> list[int]",
        "f(100, [-10, 20]) -> [90, 110]",
        "f(5, [1, 1, 1]) -> [6, 7, 8]",
        "f(7, []) -> []",
    )
    assert found == (
        "total = start\nresult = []\nfor change in changes:\n    total = total + change\n"
        "    result.append(total)\nreturn result"
    )
