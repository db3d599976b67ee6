"""How trust in seeds moves, and what it decides: the numeric semantics of the seeds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurora.learning.bias import (
    MAX_SEEDS,
    Bias,
    evolve,
    learn,
    learn_seed_bias,
    seeds_offered,
)
from aurora.learning.choosing import Candidate, Offer, preferred
from aurora_events.learning import BiasUpdated

RUN = (1, "engine", "c")


def test_the_first_success_with_reward_0_8_moves_a_source_to_0_08() -> None:
    assert learn(Bias(), 0.8, won=True) == (0.08, False)


def test_a_failure_moves_it_down() -> None:
    assert learn(Bias(), 0.2, won=False) == (-0.08, False)


def test_the_average_forgets_a_fifth_of_what_was() -> None:
    value, _ = learn(Bias(0.5), 0.5, won=True)
    assert value == pytest.approx(0.8 * 0.5 + 0.2 * 0.1)


def test_one_step_is_at_most_0_15_and_says_when_the_cap_bit() -> None:
    assert learn(Bias(1.0), 0.0, won=False) == (0.85, True)


@given(st.floats(-1, 1), st.floats(0, 1), st.booleans())
def test_a_bias_never_leaves_its_range(value: float, reward: float, won: bool) -> None:
    new, _ = learn(Bias(value), reward, won)
    assert -1 <= new <= 1
    assert abs(new - value) <= 0.15 + 1e-9


@pytest.mark.parametrize(
    ("old", "won", "new", "capped"),
    [(0.0, True, 0.05, False), (0.49, True, 0.5, True), (0.5, False, 0.48, False), (0.01, False, 0.0, True)],
)
def test_the_seed_bias_rises_by_0_05_and_falls_by_0_02_within_its_range(
    old: float, won: bool, new: float, capped: bool
) -> None:
    assert learn_seed_bias(Bias(old), won) == (new, capped)


def test_trust_decides_how_many_seeds_are_offered() -> None:
    assert [seeds_offered(bias) for bias in (0.0, 0.25, 0.5, 9.0)] == [1, 5, MAX_SEEDS, MAX_SEEDS]


def test_the_state_is_the_last_update() -> None:
    first = BiasUpdated(*RUN, key="k", old=0.0, new=0.08, reward=0.8, won=True, capped=False, run="r")
    second = BiasUpdated(*RUN, key="k", old=0.08, new=0.1, reward=0.8, won=True, capped=False, run="r")
    assert evolve(evolve(Bias(), first), second) == Bias(0.1, 2)


def offer(id_: str, *, rank: int, bias: float = 0.0) -> Offer:
    candidate = Candidate(id_, "f", ("int",), "int", 2, 2, 5.0, "def f(a): return a")
    return Offer(candidate, rank, same_types=True, same_name=False, bias=bias)


def test_what_retrieval_ranks_first_is_offered_first_and_trust_moves_it_by_some_places() -> None:
    pool = [
        offer("near", rank=1),
        offer("far", rank=3),
        offer("trusted", rank=9, bias=0.35),
        offer("let down", rank=2, bias=-0.06),
    ]
    assert [each.candidate.id for each in preferred(pool)] == ["near", "trusted", "far", "let down"]


def test_what_fits_best_is_not_put_off_for_having_been_of_no_use_once() -> None:
    pool = [offer("never offered", rank=40), offer("near", rank=1, bias=-0.2)]
    assert [each.candidate.id for each in preferred(pool)] == ["near", "never offered"]
