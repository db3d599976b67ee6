"""Hunts: turns by work done, lanes that grow when they are caught out, the same each time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from search_problems import never, problem

from aurora.synthesis.candidates import Inspector
from aurora.synthesis.search.budget import Budget, Halt
from aurora.synthesis.search.hunt import Hunt, Strategy
from aurora.synthesis.search.strategies.enumeration import Enumeration
from aurora.synthesis.search.terms import Term, program

DOUBLE = problem("f(n: int) -> int", "f(1) -> 2", "f(2) -> 4", "f(5) -> 10")
MANY = problem("f(n: int) -> int", *(f"f({n}) -> {n + 1}" for n in range(1, 30)), "f(1000) -> 7")


class Worker:
    """A strategy that only works, and notes its turns."""

    def __init__(self, hunt: Hunt, name: str, share: int, turns: list[str], work: int) -> None:
        self.name, self.share = name, share
        self._hunt, self._turns, self._work = hunt, turns, work
        self._left = 50

    @property
    def ready(self) -> bool:
        return self._left > 0

    def advance(self, allowance: int) -> None:
        self._left -= 1
        self._turns.append(self.name)
        self._hunt.spend(self._work)


def hunt_of(
    makers: list[Callable[[Hunt], Strategy]], of: object = DOUBLE, most: int = 10**9
) -> tuple[Hunt, list[str]]:
    """A hunt, and the programs that are offered in it."""
    offered: list[str] = []
    inspector = Inspector(of)  # type: ignore[arg-type]

    def offer(term: Term, strategy: str) -> int | None:
        offered.append(program(term))
        failing = inspector.failing(inspector.compiled(program(term)))
        return failing[0] if failing else None

    rows = range(len(inspector.wanted))
    return Hunt(inspector, rows, Budget(most, never), offer, makers), offered


def test_strategies_work_in_proportion_to_their_shares() -> None:
    turns: list[str] = []
    hunt, _ = hunt_of(
        [lambda h: Worker(h, "large", 30, turns, 1_000), lambda h: Worker(h, "small", 10, turns, 1_000)]
    )
    hunt.advance(40_000)
    assert turns.count("large") == pytest.approx(3 * turns.count("small"), abs=2)


def test_a_strategy_that_is_done_leaves_its_turns_to_the_others() -> None:
    turns: list[str] = []
    hunt, _ = hunt_of(
        [lambda h: Worker(h, "one", 10, turns, 10), lambda h: Worker(h, "other", 10, turns, 10_000)]
    )
    while not hunt.exhausted:
        hunt.advance(100_000)
    assert turns.count("one") == turns.count("other") == 50


def test_the_budget_ends_a_hunt_at_the_same_place_each_time() -> None:
    ends = []
    for _ in range(2):
        hunt, offered = hunt_of([Enumeration], most=2_000)
        with pytest.raises(Halt):
            hunt.advance(10_000)
        ends.append((hunt.budget.spent, offered))
    assert ends[0] == ends[1]
    assert "n + n" in ends[0][1]


def test_few_of_many_examples_are_lanes_and_one_that_catches_a_program_out_joins_them() -> None:
    hunt, offered = hunt_of([Enumeration], MANY)
    before = list(hunt.lanes)
    hunt.advance(4_000)
    assert len(before) <= 6
    assert any("n" in text for text in offered)
    assert set(before) < set(hunt.lanes)
    assert hunt.goal == tuple(hunt.inspector.wanted[lane] for lane in hunt.lanes)


def test_an_example_that_wants_an_exception_is_no_lane() -> None:
    hunt, _ = hunt_of([], problem("f(n: int) -> int", "f(1) -> 2", "f(0) -> raises ValueError", "f(3) -> 6"))
    assert hunt.lanes == [0, 2]
