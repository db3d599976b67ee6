"""What a search tries out: the scheduler's rule, number by number."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurora.learning.exploring import Arm, Choice, Exploration, Scheduler, choose, evolve

SETTINGS = Exploration()
KEYS = ["strategy/folds", "strategy/trees", "strategy/witness"]
GREEDY, BY_CHANCE = 0.9, 0.0


def with_values(**values: float) -> Scheduler:
    return Scheduler(10, {f"strategy/{name}": Arm(value) for name, value in values.items()})


def test_without_keys_nothing_is_chosen() -> None:
    assert choose(Scheduler(), [], SETTINGS, BY_CHANCE, 0.5) == Choice("", explored=False)


def test_the_best_key_is_chosen_by_value() -> None:
    state = with_values(folds=0.1, trees=0.3, witness=0.2)
    assert choose(state, KEYS, SETTINGS, GREEDY, 0.0) == Choice("strategy/trees", explored=False)


def test_chance_below_epsilon_chooses_any_key() -> None:
    state = with_values(folds=0.1, trees=0.3, witness=0.2)
    chosen = {choose(state, KEYS, SETTINGS, 0.1499, pick).key for pick in (0.0, 0.4, 0.999)}
    assert chosen == set(KEYS)
    assert not choose(state, KEYS, SETTINGS, 0.15, 0.0).explored


def test_a_chosen_key_rests_for_five_iterations() -> None:
    state = evolve(Scheduler(), "strategy/trees", True, SETTINGS)
    for _ in range(4):
        assert choose(state, KEYS, SETTINGS, GREEDY, 0.0).key != "strategy/trees"
        state = evolve(state, "", False, SETTINGS)
    assert choose(state, KEYS, SETTINGS, GREEDY, 0.0).key == "strategy/trees"


def test_if_all_rest_chance_decides() -> None:
    state = evolve(Scheduler(), "strategy/trees", True, SETTINGS)
    assert choose(state, ["strategy/trees"], SETTINGS, GREEDY, 0.0) == Choice("strategy/trees", explored=True)


def test_a_win_adds_a_tenth_and_every_value_decays() -> None:
    state = evolve(with_values(folds=0.5), "strategy/trees", True, SETTINGS)
    assert state.arms["strategy/trees"].value == pytest.approx(0.1 * 0.98)
    assert state.arms["strategy/folds"].value == pytest.approx(0.5 * 0.98)
    assert state.iteration == 11


def test_after_500_straight_wins_the_value_lies_between_4_8_and_5() -> None:
    state = Scheduler()
    for _ in range(500):
        state = evolve(state, "strategy/trees", True, SETTINGS)
    assert 4.8 <= state.arms["strategy/trees"].value <= 5.0
    assert state.arms["strategy/trees"].wins == 500


@given(st.lists(st.tuples(st.sampled_from(["", *KEYS]), st.booleans(), st.floats(0, 9)), max_size=60))
def test_no_value_moves_more_than_the_drift_or_leaves_its_bound(
    past: list[tuple[str, bool, float]],
) -> None:
    state = Scheduler()
    for key, won, magnitude in past:
        after = evolve(state, key, won, SETTINGS, magnitude)
        for name, arm in after.arms.items():
            before = state.arms.get(name, Arm()).value
            assert abs(arm.value - before * SETTINGS.decay) <= SETTINGS.drift + 1e-9
            assert abs(arm.value) <= 4.9 + 1e-9
        state = after
    assert state.iteration == len(past)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("epsilon", 0.0, 0.5), ("decay", 0.9, 1.0), ("cooldown", 1, 50), ("drift", 0.01, 0.2), ("top_k", 1, 50)],
)
def test_settings_outside_their_bounds_are_refused(name: str, low: float, high: float) -> None:
    for fine in (low, high):
        msgspec.convert({name: fine}, Exploration)
    for wrong in (low - 1, high + 1):
        with pytest.raises(msgspec.ValidationError, match=rf"\$\.{name}"):
            msgspec.convert({name: wrong}, Exploration)
