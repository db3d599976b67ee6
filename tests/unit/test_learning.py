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
    source_key,
)
from aurora.learning.choosing import Candidate, choose
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


def candidate(
    id_: str, *, name: str = "f", key: str = "(I)->I", score: float = 5.0, passed: int = 2
) -> Candidate:
    return Candidate(id_, name, key, passed, 2, score, f"def {name}(a): return a")


def test_only_seeds_of_the_same_types_are_offered() -> None:
    assert choose([candidate("a", key="(S)->S")], "(I)->I", "f", {}, MAX_SEEDS) == ()


def test_trust_comes_before_name_before_evidence_before_score() -> None:
    pool = [
        candidate("costly", score=9.0),
        candidate("cheap", score=1.0),
        candidate("partial", score=0.0, passed=1),
        candidate("stranger", name="g", score=0.0),
        candidate("trusted", name="g", score=99.0),
    ]
    offers = choose(pool, "(I)->I", "f", {source_key("trusted"): 0.1}, MAX_SEEDS)
    assert [offer.candidate.id for offer in offers] == ["trusted", "cheap", "costly", "partial", "stranger"]
    assert [offer.rank for offer in offers] == [1, 2, 3, 4, 5]


def test_learning_changes_what_is_offered_first() -> None:
    """What the earlier system lacked: a bias that something reads."""
    pool = [candidate("a"), candidate("b")]
    before = choose(pool, "(I)->I", "f", {}, 1)
    after = choose(pool, "(I)->I", "f", {source_key("a"): -0.06}, 1)
    assert [offers[0].candidate.id for offers in (before, after)] == ["a", "b"]
