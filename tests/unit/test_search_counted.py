"""Loops that use numbers up: steps until a bound is passed, amounts paid by the largest pieces, factors and digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from search_meanings import agree, answer, integer, quarters

from aurora.synthesis.problem import Rule


def steps(value: float, goes_on: Callable[[float], bool], step: Callable[[float], float]) -> int:
    """How often a step is taken as long as something holds."""
    count = 0
    while goes_on(value):
        value = step(value)
        count += 1
    return count


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "hints", "examples"),
    [
        (
            "years(balance: float, rate: float, wanted: float) -> int",
            lambda balance, rate, wanted: steps(balance, lambda b: b < wanted, lambda b: b * (100 + rate) / 100),
            [lambda: 100.0, lambda: 7.0, quarters], ("percent",),
            ["f(100.0, 10.0, 150.0) -> 5", "f(1000.0, 100.0, 8000.0) -> 3", "f(500.0, 5.0, 500.0) -> 0",
             "f(50.0, 20.0, 55.0) -> 1", "f(200.0, 50.0, 1000.0) -> 4", "f(80.0, 25.0, 120.0) -> 2"],
        ),
        (
            "weeks(cells: int, dish: int) -> int",
            lambda cells, dish: steps(cells, lambda c: c < dish, lambda c: 3 * c),
            [integer(1, 20), integer(1, 9_999)], (),
            ["f(1, 100) -> 5", "f(5, 5) -> 0", "f(2, 7) -> 2", "f(4, 50) -> 3", "f(10, 90) -> 2", "f(1, 400) -> 6"],
        ),
        (
            "rounds(players: int, seats: int) -> int",
            lambda players, seats: steps(players, lambda p: p > seats, lambda p: p // 2),
            [integer(9, 99), integer(3, 9)], (),
            ["f(9, 5) -> 1", "f(12, 12) -> 0", "f(30, 4) -> 3", "f(200, 3) -> 6", "f(100, 20) -> 3", "f(41, 10) -> 2"],
        ),
    ],
)  # fmt: skip
def test_steps_are_counted_until_a_bound_is_passed(
    signature: str,
    meant: Callable[..., Any],
    domains: list[Callable[[], Any]],
    hints: tuple[str, ...],
    examples: list[str],
) -> None:
    _, found = answer(signature, *examples, hints=hints, prose=" ".join(hints))
    agree(found, meant, *domains)


def paid(amount: int, pieces: list[int]) -> list[int]:
    """How often each piece is taken, the first ones first."""
    times = []
    for piece in pieces:
        times.append(amount // piece)
        amount %= piece
    return times


NOTES = [50, 20, 10]


TALLY = {50: "L", 10: "X", 5: "V", 1: "I"}


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "prose", "examples"),
    [
        (
            "stamps(postage: int) -> int", lambda postage: sum(paid(postage, [30, 12, 5, 1])), [integer(0, 200)],
            "How many stamps of 30, 12, 5 and 1 it takes.",
            ["f(0) -> 0", "f(4) -> 4", "f(42) -> 2", "f(77) -> 4", "f(29) -> 3", "f(199) -> 10"],
        ),
        (
            "notes(amount: int) -> list[int]",
            lambda n: [each for each, times in zip(NOTES, paid(n, NOTES), strict=True) for _ in range(times)],
            [integer(0, 300)], "The notes of 50, 20 and 10 that pay an amount.",
            ["f(80) -> [50, 20, 10]", "f(40) -> [20, 20]", "f(0) -> []", "f(100) -> [50, 50]"],
        ),
        (
            "few(amount: int, coins: list[int]) -> int", lambda amount, coins: sum(paid(amount, coins)),
            [integer(0, 99), lambda: [25, 4, 1]], "",
            ["f(30, [25, 10, 5, 1]) -> 2", "f(41, [20, 2, 1]) -> 3", "f(7, [3, 1]) -> 3", "f(99, [50, 20, 9]) -> 4",
             "f(0, [5, 1]) -> 0"],
        ),
        (
            "strokes(number: int) -> str",
            lambda number: "".join(
                sign * times for sign, times in zip(TALLY.values(), paid(number, list(TALLY)), strict=True)
            ),
            [integer(0, 99)], """The old signs "L" 50, "X" 10, "V" 5 and "I" 1, the largest first.""",
            ['f(3) -> "III"', 'f(9) -> "VIIII"', 'f(58) -> "LVIII"', 'f(44) -> "XXXXIIII"'],
        ),
    ],
)  # fmt: skip
def test_an_amount_is_taken_apart_by_the_largest_pieces_first(
    signature: str,
    meant: Callable[..., Any],
    domains: list[Callable[[], Any]],
    prose: str,
    examples: list[str],
) -> None:
    _, found = answer(signature, *examples, prose=prose)
    agree(found, meant, *domains)


def factors(n: int) -> list[int]:
    """The prime factors of a number, the smallest first."""
    least = next((d for d in range(2, n + 1) if n % d == 0), None)
    return [] if least is None else [least, *factors(n // least)]


def digits_in(n: int, base: int) -> list[int]:
    """The digits of a number in a base."""
    return [*digits_in(n // base, base), n % base] if n >= base else [n]


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "prose", "examples"),
    [
        (
            "factors(n: int) -> list[int]", factors, [integer(1, 99)], "Its prime factors.",
            ["f(12) -> [2, 2, 3]", "f(7) -> [7]", "f(1) -> []", "f(60) -> [2, 2, 3, 5]", "f(49) -> [7, 7]"],
        ),
        (
            "weight(n: int) -> int", lambda n: sum(factors(n)), [integer(1, 99)], "The sum of its prime factors.",
            ["f(12) -> 7", "f(7) -> 7", "f(1) -> 0", "f(64) -> 12", "f(49) -> 14", "f(210) -> 17", "f(95) -> 24"],
        ),
        (
            "in_base(n: int, base: int) -> str", lambda n, base: "".join(map(str, digits_in(n, base))),
            [integer(0, 999), integer(2, 10)], "Writes a number in a base.",
            ['f(10, 2) -> "1010"', 'f(255, 8) -> "377"', 'f(0, 3) -> "0"', 'f(26, 3) -> "222"', 'f(437, 6) -> "2005"'],
        ),
        (
            "digits(n: int, base: int) -> list[int]", digits_in, [integer(0, 999), integer(2, 10)],
            "Its digits in a base.",
            ["f(10, 2) -> [1, 0, 1, 0]", "f(255, 8) -> [3, 7, 7]", "f(0, 3) -> [0]", "f(26, 3) -> [2, 2, 2]",
             "f(437, 6) -> [2, 0, 0, 5]"],
        ),
    ],
)  # fmt: skip
def test_numbers_are_used_up_factor_by_factor_and_digit_by_digit(
    signature: str,
    meant: Callable[..., Any],
    domains: list[Callable[[], Any]],
    prose: str,
    examples: list[str],
) -> None:
    at_least_two = Rule("base > 1 and n >= 0", (("n", "int"), ("base", "int")), ())
    given = [at_least_two] if "base: int" in signature else [Rule("n > 0", (("n", "int"),), ())]
    _, found = answer(signature, *examples, prose=prose, pre=given, most=900_000)
    agree(found, meant, *domains)
