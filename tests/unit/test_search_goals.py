"""Goals by inverse semantics: from each of them the known steps lead to what is wanted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Vector, decode
from aurora.synthesis.operators.tables import universe
from aurora.synthesis.search.goals import goals
from aurora.synthesis.search.terms import constant, text

VALUES = {
    "str": st.text(alphabet="ab1 -,.:", max_size=8),
    "int": st.integers(-99, 99),
    "bool": st.booleans(),
    "list[int]": st.lists(st.integers(-9, 9), max_size=4).map(tuple),
    "list[str]": st.lists(st.sampled_from(["1", "20", "-3", "x"]), max_size=3).map(tuple),
}


@pytest.mark.parametrize("returns", sorted(VALUES))
@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_the_steps_lead_back(returns: str, data: st.DataObject) -> None:
    wanted: Vector = tuple(data.draw(st.lists(VALUES[returns], min_size=1, max_size=3)))
    types = universe([parse_type("int"), parse_type("str")], parse_type(returns))
    found = goals(returns, wanted, types)
    assert (found[0].type, found[0].vector, found[0].cost) == (returns, wanted, 0)
    for goal in found:
        for cell, answer in zip(goal.vector, wanted, strict=True):
            given_value = constant(f"({decode(cell, parse_type(goal.type))!r})", goal.type, 0)
            assert eval(text(goal.reached(given_value))[0]) == decode(answer, parse_type(returns))


def test_numbers_that_are_shown_as_text_are_goals_themselves() -> None:
    found = goals("str", ("12", "7"), frozenset({"int", "str", "list[str]"}))
    assert ("int", (12, 7)) in {(goal.type, goal.vector) for goal in found}


def test_joined_words_are_goals_themselves() -> None:
    found = goals("str", ("a b", "c"), frozenset({"str", "list[str]"}))
    assert ("list[str]", (("a", "b"), ("c",))) in {(goal.type, goal.vector) for goal in found}
