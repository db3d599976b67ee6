"""Regular expressions from examples, narrow before general."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_problems import outcome, problem

from aurora.synthesis.search.patterns import patterns


@pytest.mark.parametrize(
    ("accepted", "pattern"),
    [
        (["AB-123", "XY-987"], "[A-Z]{2}-[0-9]{3}"),
        (["7:05", "12:30"], "[0-9]{1,2}:[0-9]{2}"),
        (["#1a2b3c", "#FFFFFF"], "#[0-9A-Fa-f]{6}"),
        (["ada_99", "bob"], "[a-z0-9_]+"),
        (["1.5", "22.75"], "[0-9]+[.][0-9]+"),
    ],
)
def test_what_texts_have_in_common_is_a_pattern(accepted: list[str], pattern: str) -> None:
    assert pattern in [found.text for found in patterns(accepted)]


@given(st.lists(st.text(alphabet="aB1-_.[$^\\ ", min_size=1, max_size=6), min_size=1, max_size=4))
def test_every_pattern_matches_all_that_it_was_made_from(accepted: list[str]) -> None:
    for found in patterns(accepted):
        assert all(re.fullmatch(found.text, text) for text in accepted)


def test_narrow_patterns_come_first_and_cost_less() -> None:
    costs = [found.cost for found in patterns(["AB12", "CD34"])]
    assert costs[0] == min(costs)
    assert len(costs) > 2


def test_texts_of_different_shapes_have_no_pattern() -> None:
    assert not list(patterns(["a-b", "a b"]))


def test_a_validation_is_solved_by_a_pattern_that_the_refused_texts_confirm() -> None:
    found = outcome(
        problem(
            "is_plate(text: str) -> bool",
            'f("AB-123") -> True', 'f("XY-987") -> True', 'f("A1-123") -> False', 'f("AB-12") -> False',
            'f("ab-123") -> False', 'f("") -> False',
        )
    )  # fmt: skip
    assert found.found is not None
    assert 'fullmatch(r"[A-Z]{2}-[0-9]{3}", text)' in found.found.source
