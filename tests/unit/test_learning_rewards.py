"""What a solved search says about what it chose between, and what trust then changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurora.learning.bias import SEED_BIAS
from aurora.learning.pricing import FEW, prices, shares
from aurora.learning.rewards import Solved, Verdict, earned, verdicts

PLUS = "operator/int/_ + _"


def solved(
    *,
    strategy: str = "witness",
    used: tuple[str, ...] = (),
    seed: str = "",
    work: tuple[tuple[str, int], ...] = (),
    offered: tuple[tuple[str, float], ...] = (),
    macros: tuple[str, ...] = (),
) -> Solved:
    return Solved(strategy, used, seed, work, 999, 999_999, offered, macros)


def judged(search: Solved) -> dict[str, Verdict]:
    return {verdict.key: verdict for verdict in verdicts(search)}


def test_the_strategy_of_the_answer_and_what_it_is_made_of_win() -> None:
    found = judged(solved(used=(PLUS, "corpus/a")))
    assert [key for key, verdict in found.items() if verdict.won] == ["corpus/a", PLUS, "strategy/witness"]


def test_a_win_is_worth_more_the_less_work_it_took() -> None:
    assert earned(0, 1_000_000) == 1.0
    assert earned(1_000_000, 1_000_000) == 0.5
    assert earned(1_000, 1_000_000) > earned(100_000, 1_000_000) > 0.5


def test_a_strategy_that_spent_much_and_did_not_find_it_loses_by_how_much_it_spent() -> None:
    found = judged(solved(work=(("witness", 100), ("loops", 800), ("folds", 150), ("trees", 5))))
    assert (found["strategy/loops"].won, found["strategy/folds"].won) == (False, False)
    assert found["strategy/loops"].reward < found["strategy/folds"].reward < 0.5
    assert "strategy/trees" not in found, "a twentieth of the work is no fault"
    assert found["strategy/witness"].won


def test_seeds_and_macros_that_were_not_used_lose_a_seed_by_the_examples_that_it_fails() -> None:
    found = judged(solved(offered=(("good", 0.75), ("bad", 0.0)), macros=("corpus/x",)))
    assert [(v.reward, v.won) for v in (found["source/good"], found["source/bad"])] == [
        (0.75, False),
        (0.0, False),
    ]
    assert found["corpus/x"] == Verdict("corpus/x", 0.5, False)
    assert found[SEED_BIAS] == Verdict(SEED_BIAS, 0.75, False)


def test_an_answer_that_is_a_seed_speaks_of_sources_only() -> None:
    found = judged(solved(seed="a", used=(PLUS,), offered=(("a", 1.0), ("b", 0.5)), macros=("corpus/x",)))
    assert sorted(found) == [SEED_BIAS, "source/a", "source/b"]
    assert (found["source/a"].won, found["source/b"].won, found[SEED_BIAS].won) == (True, False, True)


def test_a_seed_that_was_edited_into_the_answer_won() -> None:
    found = judged(solved(strategy="editing", used=("source/a",), offered=(("a", 0.5),)))
    assert (found["source/a"].won, found[SEED_BIAS].won) == (True, True)


def test_a_search_without_seeds_says_nothing_about_seeds() -> None:
    assert SEED_BIAS not in judged(solved())


def test_verdicts_come_in_the_order_of_their_keys_one_for_each() -> None:
    search = solved(
        used=(PLUS,), work=(("loops", 9), ("witness", 9)), macros=("corpus/x",), offered=(("a", 0.5),)
    )
    keys = [verdict.key for verdict in verdicts(search)]
    assert keys == sorted(set(keys))


def test_trusted_operators_become_cheaper_by_at_most_two_half_steps() -> None:
    biases = {PLUS: 0.25, "operator/int/len(_)": 0.12, "operator/int/_ - _": 0.05, "operator/int/_ % _": -0.9}
    assert prices(biases) == ((PLUS, -2), ("operator/int/len(_)", -1))


def test_what_is_tried_out_is_cheaper_by_one_step_and_never_by_more_than_two() -> None:
    assert prices({}, PLUS) == ((PLUS, -1),)
    assert prices({PLUS: 0.9}, PLUS) == ((PLUS, -2),)
    assert prices({}, "strategy/loops") == ()


def test_shares_follow_trust_between_half_and_double() -> None:
    biases = {"strategy/a": 0.5, "strategy/b": -0.5, "strategy/c": 1.0, "strategy/d": 0.0, PLUS: 1.0}
    assert shares(biases) == (("a", 2.0), ("b", 0.5), ("c", 2.0))
    assert shares({}, "strategy/e") == (("e", 1.5),)


keys = st.sampled_from([f"{kind}/{n}" for kind in ("operator/int", "strategy", "source") for n in range(20)])


@given(st.dictionaries(keys, st.floats(-1, 1)), keys)
def test_whatever_is_trusted_prices_and_shares_stay_within_bounds(
    biases: dict[str, float], tried: str
) -> None:
    priced, shared = prices(biases, tried), shares(biases, tried)
    assert all(-2 <= step < 0 for _, step in priced)
    assert len(priced) <= FEW + 1
    assert all(0.5 <= factor <= 2 for _, factor in shared)
    assert [name for name, _ in shared] == sorted({name for name, _ in shared})


@pytest.mark.parametrize("work", [(), (("loops", 0),)])
def test_no_work_is_nobody_s_fault(work: tuple[tuple[str, int], ...]) -> None:
    assert list(judged(solved(work=work))) == ["strategy/witness"]
