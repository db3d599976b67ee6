"""Notions that have a word (prime, leap, longest run): operators where the prose says it, idioms everywhere."""

from __future__ import annotations

import pytest
from search_meanings import answer
from search_problems import outcome, problem

from aurora.synthesis.operators.op import Op
from aurora.synthesis.operators.tables import idioms, operators

NOTIONS = [
    ("int -> bool", "% divisor for", "whether it is prime"),
    ("int -> bool", "% 400", "is it a leap year?"),
    ("int -> int", "sum(divisor", "the sum of its divisors"),
    ("list[int] -> int", "groupby", "the longest run"),
    ("str -> int", "groupby", "the longest streak"),
    ("float, float -> float", "/ 100", "so many percent of it"),
]


@pytest.mark.parametrize(("signature", "mark", "prose"), NOTIONS, ids=[each[2] for each in NOTIONS])
def test_known_notions_are_operators_where_the_prose_says_so_and_idioms_everywhere(
    signature: str, mark: str, prose: str
) -> None:
    arguments, _, returns = signature.partition(" -> ")
    types = frozenset({returns, *arguments.split(", ")})

    def known(ops: list[Op]) -> bool:
        return any(mark in op.text and ", ".join(op.arguments) == arguments for op in ops)

    assert not known(operators(types, "what it is"))
    assert known(operators(types, prose))
    assert known(idioms(types, "what it is"))


PRIMES = ["f(7) -> True", "f(9) -> False", "f(2) -> True", "f(1) -> False", "f(31) -> True", "f(0) -> False"]


def test_a_notion_on_a_parameter_needs_no_word_and_one_on_what_is_made_of_it_does() -> None:
    unsaid, prime = answer("check(n: int) -> bool", *PRIMES)
    assert unsaid.found is not None
    assert unsaid.found.strategy == "idioms"
    assert [n for n in range(30) if prime(n)] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]

    lengths = [f"f({'x' * n!r}) -> {n in (2, 3, 5, 7, 11)}" for n in (7, 9, 2, 1, 11, 0, 5, 4)]
    said, made = answer("check(s: str) -> bool", *lengths, prose="whether its length is prime")
    assert said.found is not None
    assert [n for n in range(30) if made("x" * n)] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
    other = outcome(problem("check(s: str) -> bool", *lengths, max_evaluations=100_000))
    assert other.found is None or "divisor" not in other.found.source
