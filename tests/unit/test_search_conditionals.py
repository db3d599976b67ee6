"""Conditionals and tables that people write every day are found from a few examples, and say what is meant."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from search_meanings import agree, answer, integer, quarters, quarters_up

from aurora.synthesis.problem import Rule

NOT_NEGATIVE = Rule("n >= 0", (("n", "int"),), ())


def reverse(n: int) -> int:
    """Digits read backwards, with the sign kept."""
    return int(str(abs(n))[::-1]) * (1 if n > 0 else -1)


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "examples"),
    [
        (
            "backwards(n: int) -> int", reverse, [integer(-999, 999)],
            ["f(123) -> 321", "f(-45) -> -54", "f(120) -> 21", "f(0) -> 0", "f(7) -> 7", "f(-300) -> -3"],
        ),
        (
            "signed_root(n: int) -> int", lambda n: math.isqrt(abs(n)) * (1 if n > 0 else -1), [integer(-400, 400)],
            ["f(16) -> 4", "f(-9) -> -3", "f(0) -> 0", "f(-27) -> -5", "f(3) -> 1", "f(90) -> 9"],
        ),
        (
            "root_of(x: float) -> float", lambda x: math.copysign(math.sqrt(abs(x)), x), [quarters],
            ["f(4.0) -> 2.0", "f(-9.0) -> -3.0", "f(0.0) -> 0.0", "f(-6.25) -> -2.5", "f(2.25) -> 1.5"],
        ),
    ],
)  # fmt: skip
def test_a_sign_is_kept_apart(
    signature: str, meant: Callable[..., Any], domains: list[Callable[[], Any]], examples: list[str]
) -> None:
    _, found = answer(signature, *examples)
    agree(found, meant, *domains)


def ladder(*steps: tuple[float, Any], last: Any, inclusive: bool = False) -> Callable[[float], Any]:
    """The result of the first step that a number stays below."""

    def stepwise(number: float) -> Any:
        below = (result for limit, result in steps if number < limit or (inclusive and number == limit))
        return next(below, last)

    return stepwise


BODY_MASS = ladder((18.5, "low"), (25, "normal"), (30, "high"), last="obese")


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "prose", "examples"),
    [
        (
            "grade(points: int) -> str", ladder((50, "E"), (63, "D"), (75, "C"), (88, "B"), last="A"),
            [integer(0, 100)],
            "A from 88 points, B from 75, C from 63, D from 50, else E.",
            ['f(93) -> "A"', 'f(88) -> "A"', 'f(87) -> "B"', 'f(70) -> "C"', 'f(50) -> "D"', 'f(12) -> "E"'],
        ),
        (
            "ticket(age: int) -> int", ladder((6, 0), (18, 5), (65, 12), last=8), [integer(0, 99)],
            "Free under 6 years, 5 under 18, otherwise 12; from 65 on it is 8.",
            ["f(3) -> 0", "f(6) -> 5", "f(17) -> 5", "f(40) -> 12", "f(65) -> 8", "f(80) -> 8"],
        ),
        (
            "shipping(weight: int) -> int", ladder((1, 5), (5, 9), (30, 20), last=50, inclusive=True), [integer(0, 60)],
            "A parcel costs 5 up to 1 kg, 9 up to 5 kg, 20 up to 30 kg, and 50 above.",
            ["f(0) -> 5", "f(1) -> 5", "f(3) -> 9", "f(12) -> 20", "f(30) -> 20", "f(31) -> 50"],
        ),
        (
            "category(weight: float, height: float) -> str", lambda weight, height: BODY_MASS(weight / height**2),
            [lambda: 75.0, quarters_up],
            "Weight by the square of height: under 18.5 is low, under 25 normal, under 30 high, else obese.",
            ['f(50.0, 2.0) -> "low"', 'f(80.0, 2.0) -> "normal"', 'f(60.0, 1.5) -> "high"', 'f(90.0, 1.5) -> "obese"',
             'f(100.0, 1.0) -> "obese"', 'f(74.0, 2.0) -> "normal"'],
        ),
    ],
)  # fmt: skip
def test_thresholds_that_the_prose_gives_sort_results(
    signature: str,
    meant: Callable[..., Any],
    domains: list[Callable[[], Any]],
    prose: str,
    examples: list[str],
) -> None:
    hints = tuple(word.strip(".,;:") for word in prose.split())
    ended, found = answer(signature, *examples, prose=prose, hints=hints)
    shown = ended.found or ended.best
    assert shown is not None
    assert shown.strategy == "ladders"
    agree(found, meant, *domains)


def test_numbers_of_the_prose_that_do_not_sort_the_results_are_no_thresholds() -> None:
    """Each of these numbers lies between two examples, but not all with different results do."""
    ended, _ = answer(
        "kind(n: int) -> str", 'f(3) -> "a"', 'f(12) -> "b"', 'f(14) -> "c"', 'f(25) -> "a"', 'f(27) -> "b"',
        hints=("10", "20"), most=100_000,
    )  # fmt: skip
    assert ended.found is None or ended.found.strategy != "ladders"


def by_divisors(
    one: int, other: int, results: tuple[str, str, str], rest: Callable[[int], str]
) -> Callable[[int], str]:
    """The first result where both divide a number, the others where one does."""

    def kind(number: int) -> str:
        if number % one == 0:
            return results[0] if number % other == 0 else results[1]
        return results[2] if number % other == 0 else rest(number)

    return kind


@pytest.mark.parametrize(
    ("meant", "prose", "examples"),
    [
        (
            by_divisors(3, 7, ("PlingPlang", "Pling", "Plang"), str),
            "Pling for multiples of 3, Plang for multiples of 7, PlingPlang for both, else the number itself.",
            ['f(1) -> "1"', 'f(3) -> "Pling"', 'f(7) -> "Plang"', 'f(21) -> "PlingPlang"', 'f(9) -> "Pling"',
             'f(16) -> "16"'],
        ),
        (
            by_divisors(4, 6, ("both", "four", "six"), lambda _: "none"),
            "Whether a number can be divided by 4, by 6, by both or by none.",
            ['f(4) -> "four"', 'f(6) -> "six"', 'f(12) -> "both"', 'f(7) -> "none"', 'f(16) -> "four"',
             'f(24) -> "both"', 'f(9) -> "none"'],
        ),
        (
            by_divisors(5, 2, ("clap jump", "clap", "jump"), lambda number: str(-number)),
            "Children count: every 5 they clap, every 2 they jump, the rest is negative.",
            ['f(5) -> "clap"', 'f(2) -> "jump"', 'f(1) -> "-1"', 'f(10) -> "clap jump"', 'f(17) -> "-17"',
             'f(6) -> "jump"'],
        ),
    ],
)  # fmt: skip
def test_divisors_that_the_prose_gives_sort_results(
    meant: Callable[..., Any], prose: str, examples: list[str]
) -> None:
    hints = tuple(word.strip(".,;:") for word in prose.split())
    _, found = answer("kind(number: int) -> str", *examples, prose=prose, hints=hints)
    agree(found, meant, integer(1, 90))


@pytest.mark.parametrize(
    ("meant", "hints", "examples"),
    [
        (
            lambda n: ("early", "late", "night")[n % 3], (),
            ['f(0) -> "early"', 'f(1) -> "late"', 'f(2) -> "night"', 'f(3) -> "early"', 'f(7) -> "late"',
             'f(20) -> "night"'],
        ),
        (
            lambda n: ("night", "morning", "afternoon", "evening")[n // 6], ("6",),
            ['f(0) -> "night"', 'f(6) -> "morning"', 'f(14) -> "afternoon"', 'f(23) -> "evening"',
             'f(18) -> "evening"', 'f(5) -> "night"'],
        ),
        (
            lambda n: (31, 17, 90)[n // 4 % 3], ("4",),
            ["f(0) -> 31", "f(3) -> 31", "f(4) -> 17", "f(10) -> 90", "f(12) -> 31", "f(19) -> 17", "f(23) -> 90"],
        ),
    ],
)  # fmt: skip
def test_a_number_picks_one_of_a_few_results(
    meant: Callable[..., Any], hints: tuple[str, ...], examples: list[str]
) -> None:
    returns = "int" if isinstance(meant(0), int) else "str"
    ended, found = answer(
        f"pick(n: int) -> {returns}", *examples, hints=hints, pre=[NOT_NEGATIVE], most=900_000
    )
    shown = ended.found or ended.best
    assert shown is not None
    assert shown.strategy == "picks"
    agree(found, meant, integer(0, 23))


def test_what_examples_alone_put_side_by_side_is_no_table() -> None:
    """As many results as examples say nothing of the number that picks them."""
    ended, _ = answer(
        "pick(n: int) -> str", 'f(0) -> "a"', 'f(1) -> "b"', 'f(2) -> "c"', 'f(3) -> "d"', most=100_000
    )
    assert ended.found is None or "{0:" not in ended.found.source


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "examples"),
    [
        (
            "shared(a: int, b: int, c: int, d: int) -> int", lambda a, b, c, d: max(0, min(b, d) - max(a, c)),
            [integer(0, 9), integer(9, 30), integer(0, 20), integer(20, 40)],
            ["f(0, 5, 3, 9) -> 2", "f(0, 2, 4, 6) -> 0", "f(1, 10, 2, 4) -> 2", "f(8, 17, 0, 3) -> 0",
             "f(5, 31, 12, 40) -> 19", "f(13, 30, 4, 27) -> 14"],
        ),
        (
            "to_pay(price: int, pieces: int, voucher: int) -> int",
            lambda price, pieces, voucher: max(0, price * pieces - voucher * 2),
            [integer(0, 50), integer(0, 9), integer(0, 99)],
            ["f(10, 3, 12) -> 6", "f(5, 2, 20) -> 0", "f(8, 0, 3) -> 0", "f(7, 7, 11) -> 27", "f(20, 4, 1) -> 78",
             "f(3, 3, 9) -> 0"],
        ),
        (
            "score(points: int, bonus: int, level: int) -> int",
            lambda points, bonus, level: min(100, points + bonus * level),
            [integer(0, 90), integer(0, 9), integer(1, 9)],
            ["f(10, 3, 2) -> 16", "f(95, 2, 9) -> 100", "f(60, 7, 8) -> 100", "f(41, 5, 5) -> 66", "f(0, 9, 6) -> 54",
             "f(99, 4, 3) -> 100"],
        ),
    ],
)  # fmt: skip
def test_differences_and_sums_are_cut_off_at_a_bound(
    signature: str, meant: Callable[..., Any], domains: list[Callable[[], Any]], examples: list[str]
) -> None:
    _, found = answer(signature, *examples)
    agree(found, meant, *domains)


def three_ways(equal: str, more: str, less: str) -> Callable[[float, float], str]:
    """A result for each order of two numbers."""
    return lambda one, other: equal if one == other else more if one > other else less


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "hints", "examples"),
    [
        (
            "verdict(budget: int, spent: list[int]) -> str",
            lambda budget, spent: three_ways("even", "over", "under")(sum(spent), budget),
            [integer(0, 20), lambda: [4, 9]], (),
            ['f(10, [3, 4]) -> "under"', 'f(10, [3, 7]) -> "even"', 'f(5, [3, 4]) -> "over"', 'f(0, []) -> "even"',
             'f(20, [9, 9, 9]) -> "over"', 'f(31, [20, 10]) -> "under"'],
        ),
        (
            "winner(home: int, guests: int) -> str", three_ways("draw", "home", "guests"),
            [integer(0, 4), integer(0, 4)], (),
            ['f(3, 1) -> "home"', 'f(0, 0) -> "draw"', 'f(1, 2) -> "guests"', 'f(2, 2) -> "draw"',
             'f(4, 2) -> "home"', 'f(0, 3) -> "guests"'],
        ),
        (
            "kind(n: int) -> str",
            lambda n: three_ways("perfect", "abundant", "deficient")(sum(d for d in range(1, n) if n % d == 0), n),
            [integer(1, 40)], ("sum", "divisors"),
            ['f(6) -> "perfect"', 'f(28) -> "perfect"', 'f(12) -> "abundant"', 'f(8) -> "deficient"',
             'f(1) -> "deficient"', 'f(20) -> "abundant"'],
        ),
    ],
)  # fmt: skip
def test_the_order_of_two_numbers_decides_a_result(
    signature: str,
    meant: Callable[..., Any],
    domains: list[Callable[[], Any]],
    hints: tuple[str, ...],
    examples: list[str],
) -> None:
    _, found = answer(signature, *examples, hints=hints, prose=" ".join(hints))
    agree(found, meant, *domains)


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "examples"),
    [
        (
            "smallest(a: int, b: int, c: int, d: int) -> int", min, [integer(-50, 50)] * 4,
            ["f(0, 0, 0, 0) -> 0", "f(5, 6, 7, 8) -> 5", "f(9, 2, 7, 3) -> 2", "f(-40, 15, -60, 0) -> -60",
             "f(11, 10, 9, 8) -> 8"],
        ),
        (
            "spread(a: float, b: float, c: float) -> float", lambda *row: max(row) - min(row), [quarters] * 3,
            ["f(1.0, 2.0, 4.0) -> 3.0", "f(5.0, 5.0, 5.0) -> 0.0", "f(9.5, 2.0, 3.0) -> 7.5",
             "f(0.0, 8.0, 1.0) -> 8.0"],
        ),
        (
            "first(a: str, b: str, c: str) -> str", min, [lambda: "pear", lambda: "fig", lambda: "nut"],
            ['f("b", "a", "c") -> "a"', 'f("x", "z", "y") -> "x"', 'f("nut", "oak", "elm") -> "elm"',
             'f("am", "an", "as") -> "am"'],
        ),
    ],
)  # fmt: skip
def test_parameters_of_one_type_are_looked_at_together(
    signature: str, meant: Callable[..., Any], domains: list[Callable[[], Any]], examples: list[str]
) -> None:
    _, found = answer(signature, *examples)
    agree(found, meant, *domains)


def few_numbers() -> list[int]:
    """Up to four small numbers."""
    return [_DIGITS() for _ in range(_SIZES())]


_DIGITS, _SIZES = integer(0, 5), integer(0, 4)


@pytest.mark.parametrize(
    ("signature", "meant", "domain", "examples"),
    [
        (
            "second(numbers: list[int]) -> int | None",
            lambda numbers: sorted(set(numbers))[-2] if len(set(numbers)) > 1 else None, few_numbers,
            ["f([3, 1, 4, 2]) -> 3", "f([5, 5, 2]) -> 2", "f([7]) -> None", "f([4, 4]) -> None", "f([]) -> None",
             "f([-1, -5, -3]) -> -3"],
        ),
        (
            "third(line: str) -> str | None", lambda line: line.split()[2] if len(line.split()) > 2 else None,
            lambda: " ".join(map(str, few_numbers())),
            ['f("one two three") -> "three"', 'f("a b c d") -> "c"', 'f("hello world") -> None', 'f("") -> None',
             'f("x  y  z") -> "z"'],
        ),
        (
            "unit(text: str) -> str", lambda text: text.split()[1] if len(text.split()) > 1 else "piece",
            lambda: " ".join(map(str, few_numbers())),
            ['f("4 kg") -> "kg"', 'f("12") -> "piece"', 'f("3 cups flour") -> "cups"', 'f("1 m x 2") -> "m"',
             'f("7") -> "piece"'],
        ),
    ],
)  # fmt: skip
def test_a_default_stands_where_there_is_too_little_to_look_at(
    signature: str, meant: Callable[..., Any], domain: Callable[[], Any], examples: list[str]
) -> None:
    _, found = answer(signature, *examples, prose="The second of all different ones.")
    agree(found, meant, domain)


@pytest.mark.parametrize(
    ("signature", "meant", "domains", "limit", "examples"),
    [
        (
            "pay(hours: float, rate: float) -> float", lambda h, r: r * (h + max(0, h - 40) / 2),
            [lambda: abs(quarters()), lambda: abs(quarters())], "40",
            ["f(40.0, 10.0) -> 400.0", "f(30.0, 12.0) -> 360.0", "f(45.0, 10.0) -> 475.0", "f(50.0, 20.0) -> 1100.0",
             "f(41.0, 14.0) -> 581.0", "f(12.5, 18.0) -> 225.0"],
        ),
        (
            "bill(fee: int, used: int) -> int", lambda fee, used: fee + 3 * used + 4 * max(0, used - 20),
            [integer(0, 50), integer(0, 99)], "20",
            ["f(5, 10) -> 35", "f(7, 20) -> 67", "f(9, 21) -> 76", "f(2, 50) -> 272", "f(0, 33) -> 151",
             "f(11, 0) -> 11"],
        ),
        (
            "order(price: int, pieces: int) -> int",
            lambda price, pieces: price * pieces - 2 * max(0, pieces - 12),
            [integer(1, 50), integer(0, 99)], "12",
            ["f(5, 10) -> 50", "f(9, 12) -> 108", "f(9, 20) -> 164", "f(30, 13) -> 388", "f(7, 50) -> 274",
             "f(8, 3) -> 24"],
        ),
    ],
)  # fmt: skip
def test_a_rule_changes_beyond_a_limit_that_the_prose_gives(
    signature: str,
    meant: Callable[..., Any],
    domains: list[Callable[[], Any]],
    limit: str,
    examples: list[str],
) -> None:
    prose = f"For 2 or 3 it is easy; more than {limit} is another matter."
    _, found = answer(signature, *examples, hints=("2", "3", limit), prose=prose)
    agree(found, meant, *domains)
