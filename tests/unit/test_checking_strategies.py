"""Strategies draw values of their type, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aurora.specs.types import parse_type
from aurora.specs.values import conforms
from aurora.synthesis.answers import why_unfit
from aurora.synthesis.conditions import close
from aurora.synthesis.strategies import ALPHABET, ALPHABET_SOURCE, strategy


@pytest.mark.parametrize(
    "text",
    [
        "int",
        "float",
        "str",
        "bool",
        "None",
        "list[list[int]]",
        "set[str]",
        "dict[str, tuple[int, ...]]",
        "tuple[int, str]",
        "tuple[()]",
        "tuple[float, ...]",
        "int | str | None",
        "set[list[int]]",
        "dict[set[int], int]",
    ],
)
def test_every_value_is_of_the_type_and_can_be_written(text: str) -> None:
    type_ = parse_type(text)

    @settings(derandomize=True, database=None, max_examples=20, deadline=None)
    @given(strategy(type_))
    def check(value: object) -> None:
        assert conforms(value, type_)
        assert not why_unfit(value)

    check()


def test_the_alphabet_in_test_files_is_the_alphabet_of_the_check() -> None:
    import string

    assert eval(ALPHABET_SOURCE, {"string": string}) == ALPHABET
    assert all(letter.swapcase().swapcase() == letter and len(letter.upper()) == 1 for letter in ALPHABET)


@settings(derandomize=True, database=None, max_examples=60, deadline=None)
@given(st.floats(allow_nan=True), st.floats(allow_nan=True))
def test_closeness_is_reflexive_and_symmetric(left: float, right: float) -> None:
    assert close(left, left)
    assert close(left, right) == close(right, left)
    assert close([left], [left])
    assert not close([left], (left,))


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        (0.1 + 0.2, 0.3, True),
        (1e300, 1.1e300, False),
        (float("inf"), 1e308, False),
        (1.0, 1, True),
        ("a", "a", True),
    ],
)
def test_closeness_is_that_of_specs(left: object, right: object, near: bool) -> None:
    assert close(left, right) is near
