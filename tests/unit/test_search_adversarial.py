"""Specs that no search should be given: contradictory, boundless, huge, impossible. Each ends, honestly."""

from __future__ import annotations

import random

import msgspec
import pytest
from search_problems import case, outcome, problem

from aurora.specs.values import literal
from aurora.synthesis.problem import Outcome, Problem, Rule

FEW = 40_000
"""Evaluations for a search that is not meant to find anything."""


def claims(result: Outcome) -> set[str]:
    """What a search that should claim nothing may end with."""
    return {result.result} & {"solved"}


def test_one_call_with_two_answers_among_thousands_is_a_contradiction() -> None:
    examples = [f"f({n}) -> {n}" for n in range(3_000)]
    result = outcome(problem("f(n: int) -> int", *examples, "f(2999) -> 0"))
    assert (result.result, result.evaluations) == ("contradictory", 0)


def test_the_same_example_many_times_tells_no_more_than_once() -> None:
    once = outcome(problem("f(n: int) -> int", "f(3) -> 9"))
    often = outcome(problem("f(n: int) -> int", *["f(3) -> 9"] * 50))
    assert once.result == often.result == "ambiguous"


def test_random_truth_values_are_no_function() -> None:
    chance = random.Random(7)
    examples = [f"f({n}) -> {chance.random() < 0.5}" for n in chance.sample(range(10_000), 14)]
    result = outcome(problem("f(n: int) -> bool", *examples, max_evaluations=150_000))
    assert not claims(result)


def test_random_texts_are_not_tabulated() -> None:
    chance = random.Random(11)
    words = ["".join(chance.choice("abcdefgh") for _ in range(7)) for _ in range(12)]
    examples = [f"f({a!r}) -> {b!r}" for a, b in zip(words[::2], words[1::2], strict=True)]
    result = outcome(problem("f(s: str) -> str", *examples, max_evaluations=150_000))
    assert not claims(result)


def test_ten_thousand_examples_are_all_checked() -> None:
    examples = [f"f({n}) -> {n // 3}" for n in range(9_999)]
    right = outcome(problem("f(n: int) -> int", *examples, "f(9999) -> 3333"))
    assert (right.result, right.passed, right.total) == ("solved", 10_000, 10_000)


def test_one_wrong_answer_among_a_thousand_is_not_passed_over() -> None:
    examples = [f"f({n}) -> {n // 3}" for n in range(999)]
    assert not claims(outcome(problem("f(n: int) -> int", *examples, "f(999) -> 7", max_evaluations=FEW)))


@pytest.mark.parametrize("depth", [5, 12])
def test_deep_nesting_is_searched_as_far_as_it_goes(depth: int) -> None:
    kind = "list[" * depth + "int" + "]" * depth
    value = "[" * depth + "1" + "]" * depth
    result = outcome(problem(f"f(x: {kind}) -> int", f"f({value}) -> 1", max_evaluations=FEW))
    assert (result.total, result.stopped in ("", "budget")) == (1, True)


@pytest.mark.parametrize("operation", ["n + 1", "n * n", "-n"])
def test_giant_numbers_are_numbers(operation: str) -> None:
    rows = [10**50, 10**200 + 7, -(10**90)]
    examples = [f"f({n}) -> {eval(operation, {'n': n})}" for n in rows]
    result = outcome(problem("f(n: int) -> int", *examples, max_evaluations=FEW))
    assert result.total == 3


@pytest.mark.parametrize("answer", ["nan", "inf", "-inf"])
def test_floats_beyond_numbers_end_without_a_claim(answer: str) -> None:
    given = problem("f(x: float) -> float", "f(1.0) -> 2.0", max_evaluations=FEW)
    odd = msgspec.structs.replace(given.examples[0], arguments=("2.0",), expected=literal(float(answer)))
    result = outcome(msgspec.structs.replace(given, examples=(*given.examples, odd)))
    assert not claims(result)


def test_surrogates_and_other_planes_are_letters() -> None:
    lone = "\ud800"
    examples = (
        msgspec.structs.replace(
            case("f('a') -> 'a'"), arguments=(literal(lone + "a"),), expected=literal("a" + lone)
        ),
        msgspec.structs.replace(
            case("f('a') -> 'a'"), arguments=(literal("\U0001f600bc"),), expected=literal("cb\U0001f600")
        ),
    )
    given = msgspec.structs.replace(problem("f(s: str) -> str", "f('a') -> 'a'"), examples=examples)
    result = outcome(given)
    assert result.found is not None
    assert result.found.program == "s[::-1]"


def test_a_function_of_nothing_is_its_answer() -> None:
    result = outcome(problem("f() -> int", "f() -> 42", max_evaluations=FEW))
    assert result.total == 1
    assert result.stopped in ("", "budget")


def test_one_example_is_seldom_enough() -> None:
    assert not claims(outcome(problem("f(xs: list[int]) -> int", "f([4, 4]) -> 4")))
    assert not claims(outcome(problem("f(s: str) -> bool", 'f("a") -> False')))


@pytest.mark.parametrize(
    "text", ["sum(range(10**12)) > f(x)", "10**10**8 > f(x)", "len('ab' * 10**11) > f(x)"]
)
def test_a_condition_out_of_all_proportion_does_not_hold_the_search(text: str) -> None:
    rule = Rule(text, (("x", "int"),), ("f",))
    given = problem("f(x: int) -> int", "f(3) -> 3", "f(5) -> 5", post=[rule], max_evaluations=FEW)
    assert outcome(given).total == 2


def test_a_counterexample_of_nine_digits_does_not_hold_the_search() -> None:
    rule = Rule("f(x) >= 0", (("x", "int"),), ("f",))
    given = problem(
        "f(x: int) -> int", "f(123456789) -> 1", "f(987654321) -> 1", post=[rule], max_evaluations=FEW
    )
    assert outcome(given).total == 2


def long_lists() -> Problem:
    rows = [list(range(n)) for n in (600, 900, 300)]
    return problem("f(xs: list[int]) -> int", *(f"f({row}) -> {sum(row)}" for row in rows))


def test_long_inputs_are_solved_like_short_ones() -> None:
    result = outcome(long_lists())
    assert result.found is not None
    assert result.found.program == "sum(xs)"
