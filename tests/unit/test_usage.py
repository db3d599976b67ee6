"""How usual programs are: what people write is told in fewer bits than what nobody writes."""

from __future__ import annotations

import ast

import pytest

from aurora.synthesis.usage.model import bits, usage_of
from aurora.synthesis.usage.productions import VARIABLE, Step, steps


def found(source: str) -> list[tuple[str, str, str]]:
    return [(step.parent, step.role, step.production) for step in steps(ast.parse(source))]


def test_every_expression_is_told_by_what_it_stands_in() -> None:
    assert found("return len(xs) % 2") == [
        ("", "return", "Mod"),
        ("Mod", "left", "len/1"),
        ("len/1", "arg0", VARIABLE),
        ("Mod", "right", "int"),
    ]


def test_names_that_people_choose_are_all_alike() -> None:
    assert found("return alpha.strip()") == found("return beta.strip()")


def test_what_the_grammar_does_not_speak_of_is_passed_over_but_not_what_is_in_it() -> None:
    assert found("return obscure(len(xs))") == [("?", "arg0", "len/1"), ("len/1", "arg0", VARIABLE)]


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("(month - 1) % 12 // 3 + 1", "sum(list(range(month))) % month // 2 + 1"),
        ("len(set(items)) < len(items)", "not items == sorted(set(items))"),
        ("numbers == sorted(numbers)", "len(numbers[len(numbers[1:]):]) == len(numbers)"),
        ("text.split(',')", "max(text.split()).split(',')"),
    ],
)
def test_what_people_write_takes_fewer_bits(usual: str, odd: str) -> None:
    assert bits(usual, 1, {}) < bits(odd, 1, {})


def test_a_literal_that_the_problem_gives_takes_fewer_bits() -> None:
    assert bits("n < 4711", 1, {"4711": 2.0}) < bits("n < 4711", 1, {})


def test_a_choice_among_more_parameters_takes_more_bits() -> None:
    assert bits("a + b", 2, {}) > bits("a + b", 1, {})


def test_statements_are_told_as_well() -> None:
    loop = "total = 0\nfor x in xs:\n    total += x\nreturn total"
    assert bits(loop, 1, {}) > bits("sum(xs)", 1, {})


def test_counts_decide_at_a_place_and_the_role_decides_where_there_are_none() -> None:
    usage = usage_of([["Mod", "left", "var", "90", "sum/1", "10"]], [], [])
    node = ast.Name("x")

    def probability(parent: str, production: str) -> float:
        return usage.probability(Step(parent, "left", production, node))

    assert probability("Mod", "var") > 5 * probability("Mod", "sum/1")
    assert probability("Add", "var") > 5 * probability("Add", "sum/1") > 5 * probability("Add", "len/1")
