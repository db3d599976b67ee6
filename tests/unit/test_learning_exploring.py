"""The ε-greedy scheduler: when chance chooses, what cools down, and how its own trust moves."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from aurora.learning.exploring import NEVER, Choice, Draw, Trust, choose, draw, rewarded, tried
from aurora_events.learning import Exploring

USUAL = Exploring()
NO_CHANCE = Draw(0.99, 0.0)


def choice(
    trust: Mapping[str, Trust], candidates: list[str], iteration: int = 10, chance: Draw = NO_CHANCE
) -> Choice:
    return choose(trust, candidates, iteration, USUAL, chance)


def test_the_most_trusted_is_tried() -> None:
    assert choice({"a": Trust(0.1), "b": Trust(0.2)}, ["a", "b", "c"]) == Choice(10, "b", False)


def test_nothing_is_tried_where_nothing_has_earned_trust() -> None:
    assert choice({"a": Trust(-0.1)}, ["a", "b"]) == Choice(10, "", False)
    assert choice({}, []) == Choice(10, "", False)


def test_chance_chooses_below_epsilon_among_all() -> None:
    trust = {"a": Trust(1.0)}
    chosen = {choice(trust, ["a", "b", "c"], chance=Draw(0.149, which / 3)).key for which in range(3)}
    assert chosen == {"a", "b", "c"}
    assert choice(trust, ["a", "b", "c"], chance=Draw(0.15, 0.9)) == Choice(10, "a", False)


def test_what_was_tried_cools_down_for_five_iterations() -> None:
    trust = {"a": tried(Trust(1.0, rewarded=10), 10), "b": Trust(0.5, rewarded=10)}
    assert [choice(trust, ["a", "b"], iteration).key for iteration in (11, 14, 15)] == ["b", "b", "a"]


def test_when_all_cool_down_chance_chooses() -> None:
    trust = {"a": Trust(1.0, tried=10), "b": Trust(0.5, tried=10)}
    assert choice(trust, ["a", "b"], 11, Draw(0.9, 0.6)) == Choice(11, "b", True)


def test_only_the_top_k_are_chosen_among() -> None:
    trust = {f"k{n}": Trust(1.0 - n / 100, tried=9 if n < 10 else NEVER) for n in range(12)}
    assert choice(trust, sorted(trust)).random, "the ten best cool down, the eleventh is not looked at"


def test_trust_decays_by_two_hundredths_each_iteration() -> None:
    assert Trust(1.0, rewarded=3).at(5, USUAL.decay) == 0.98**2
    assert Trust(1.0, rewarded=3).at(3, USUAL.decay) == 1.0


def test_after_500_straight_wins_trust_lies_between_4_8_and_5() -> None:
    trust = Trust()
    for iteration in range(1, 501):
        _, new = rewarded(trust, iteration, USUAL, 1.0, won=True)
        trust = Trust(new, iteration)
    assert 4.8 < trust.value < 5.0


@given(st.floats(-5, 5), st.integers(0, 50), st.floats(0, 1), st.booleans(), st.floats(0.01, 0.2))
def test_one_reward_never_moves_trust_by_more_than_the_drift(
    value: float, later: int, reward: float, won: bool, drift: float
) -> None:
    settings = Exploring(drift=drift)
    old, new = rewarded(Trust(value), later, settings, reward, won)
    assert abs(new - old) <= min(drift, 0.1) + 1e-9
    assert (new >= old) if won else (new <= old)


def test_the_same_seed_gives_the_same_hundred_choices_and_another_seed_others() -> None:
    def choices(seed: int) -> list[Choice]:
        trust = {"a": Trust(0.3), "b": Trust(0.2)}
        return [choice(trust, ["a", "b", "c", "d"], n, draw(seed, n)) for n in range(100)]

    assert choices(7) == choices(7)
    assert choices(7) != choices(8)


def test_chance_chooses_about_as_often_as_epsilon_says() -> None:
    chosen = sum(draw(1, iteration).whether < USUAL.epsilon for iteration in range(2000))
    assert 0.12 < chosen / 2000 < 0.18
