"""Divide and conquer: conditionals, guards, special cases, and answers that are taken apart."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from search_problems import never, problem

from aurora.synthesis.candidates import Inspector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.budget import Budget
from aurora.synthesis.search.formulas import cheapest_formula
from aurora.synthesis.search.goals import goals
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.meeting import divisor_of, modulus_of
from aurora.synthesis.search.predicates import Predicates, negated, roundest
from aurora.synthesis.search.strategies import STRATEGIES
from aurora.synthesis.search.strategies.repetition import Repetition, repeated
from aurora.synthesis.search.terms import Apply, Term, constant, guarded, program, text, variable

LESS = Op("{0} < {1}", ("int", "int"), "bool", 2)
N, ZERO = variable("n", "int"), constant("0", "int", 1)

PARTS = ("enumeration", "witness", "trees", "guards", "raising", "components")


def fits(
    signature: str,
    *examples: str,
    using: Sequence[str] = PARTS,
    work: int = 150_000,
    hints: Sequence[str] = (),
) -> dict[str, int]:
    """The programs that fit all examples, with their costs, found by these strategies with so much work."""
    inspector = Inspector(problem(signature, *examples, hints=hints))
    found: dict[str, int] = {}

    def offer(term: Term, strategy: str) -> int | None:
        failing = inspector.failing(inspector.compiled(program(term)))
        wanted = {row for row, case in enumerate(inspector.problem.examples) if case.raises is None}
        if not failing:
            found.setdefault(program(term), term.cost)
        return next((row for row in failing if row in wanted), failing[0] if failing else None)

    rows = range(len(examples))
    hunt = Hunt(inspector, rows, Budget(1 << 40, never), offer, [STRATEGIES[name] for name in using])
    while hunt.budget.spent < work and not hunt.exhausted and not found:
        hunt.advance(1_000)
    return found


def simplest(signature: str, *examples: str, **more: object) -> str:
    """The cheapest of these programs."""
    found = fits(signature, *examples, **more)  # type: ignore[arg-type]
    assert found, "nothing was found"
    return min(found, key=lambda text: found[text])


# --- conditionals


def test_a_step_function_becomes_a_chain_of_comparisons_with_thresholds_from_the_examples() -> None:
    answer = simplest(
        "f(score: int) -> str",
        'f(95) -> "A"', 'f(90) -> "A"', 'f(85) -> "B"', 'f(80) -> "B"', 'f(75) -> "C"', 'f(20) -> "C"',
        using=("enumeration", "trees"),
    )  # fmt: skip
    assert answer == "'C' if (score < 80) else ('B' if (score < 90) else 'A')"


def test_the_value_in_the_middle_is_tested_for_by_equality() -> None:
    answer = simplest(
        "f(n: int) -> str",
        'f(5) -> "plus"', 'f(-3) -> "minus"', 'f(0) -> "zero"', 'f(17) -> "plus"', 'f(-9) -> "minus"',
        using=("enumeration", "trees"),
    )  # fmt: skip
    assert answer == "'minus' if (n < 0) else ('zero' if (n == 0) else 'plus')"


def test_an_answer_that_raises_elsewhere_is_right_where_it_is_asked_for() -> None:
    answer = simplest(
        "f(xs: list[int]) -> int | None",
        "f([3, 1]) -> 3", "f([]) -> None", "f([7]) -> 7", "f([2, 5, 9]) -> 2",
        using=("enumeration", "trees"),
    )  # fmt: skip
    assert answer == "xs[0] if xs else None"


def test_the_leaves_of_a_conditional_may_be_put_together() -> None:
    answer = simplest(
        "f(s: str, n: int) -> str",
        'f("hello world", 5) -> "hello..."', 'f("hi", 5) -> "hi"', 'f("python", 3) -> "pyt..."',
        'f("abc", 3) -> "abc"', 'f("wonderful", 6) -> "wonder..."', 'f("", 2) -> ""',
        using=("enumeration", "trees"),
    )  # fmt: skip
    assert answer == "(s[:n] + '...') if (n < len(s)) else s"


def test_a_table_of_the_examples_is_no_conditional() -> None:
    examples = [f"f({n}) -> {answer}" for n, answer in [(3, 8141), (11, 27), (5, 9390), (7, 512077), (2, 66)]]
    assert not fits("f(n: int) -> int", *examples, using=("trees", "guards"))


# --- guards and special cases


def test_what_should_raise_is_guarded_by_the_predicate_that_separates_it() -> None:
    answer = simplest(
        "f(balance: int, amount: int) -> int",
        "f(100, 30) -> 70", "f(50, 50) -> 0", "f(20, 30) -> raises ValueError", "f(0, 1) -> raises ValueError",
        using=("enumeration", "raising"),
    )  # fmt: skip
    assert answer == "if balance < amount:\n    raise ValueError\nreturn balance - amount"


def test_each_exception_has_a_guard_of_its_own() -> None:
    answer = simplest(
        "f(n: int) -> int",
        "f(1) -> 2", "f(4) -> 8", "f(9) -> 18", "f(-1) -> raises ValueError", "f(-7) -> raises ValueError",
        "f(100) -> raises OverflowError", "f(250) -> raises OverflowError",
        using=("enumeration", "raising"),
    )  # fmt: skip
    assert answer == "if n < 0:\n    raise ValueError\nif 10 < n:\n    raise OverflowError\nreturn n + n"


def test_statements_stand_behind_their_guard() -> None:
    loop = Op("total", ("int",), "int", 7, prelude="total = 0\nfor i in range({0}):\n    total += i")
    lines = program(guarded(Apply(LESS, N, ZERO), "ValueError", Apply(loop, N))).splitlines()
    assert lines[:3] == ["if n < 0:", "    raise ValueError", "total = 0"]


def test_a_special_case_is_split_off_and_the_rest_is_hunted_for() -> None:
    answer = simplest(
        "f(xs: list[int]) -> int",
        "f([]) -> -1", "f([3, 1, 2]) -> 12", "f([5, 9]) -> 28", "f([4]) -> 8",
        using=("enumeration", "guards"), work=30_000,
    )  # fmt: skip
    assert answer in ("(-1) if (not xs) else sum(xs + xs)", "(-1) if (not xs) else (sum(xs) + sum(xs))")


# --- answers taken apart


@pytest.mark.parametrize(
    ("signature", "examples", "answer"),
    [
        (
            "f(d: str) -> str",
            ('f("5551234567") -> "555-123/4567"', 'f("8005550199") -> "800-555/0199"'),
            "(((d[:3] + '-') + d[3:6]) + '/') + d[6:]",
        ),
        (
            "f(xs: list[int]) -> list[int]",
            ("f([3, 9, 4, 1]) -> [1, 9, 4, 3]", "f([5, 6]) -> [6, 5]", "f([7, 8, 9]) -> [9, 8, 7]"),
            "(xs[-1:] + xs[1:-1]) + xs[:1]",
        ),
    ],
)
def test_texts_and_lists_are_cut_into_slices_and_literals(
    signature: str, examples: tuple[str, ...], answer: str
) -> None:
    assert answer in fits(signature, *examples, using=("enumeration", "witness"), work=60_000)


@pytest.mark.parametrize(
    ("examples", "answer"),
    [
        (("f(1) -> 18", "f(5) -> 22", "f(10) -> 27"), "n + 17"),
        (("f(1) -> 1", "f(14) -> 5", "f(10) -> 1", "f(25) -> 7"), "n % 9"),
        (("f(125) -> 2", "f(59) -> 0", "f(720) -> 12", "f(60) -> 1"), "n // 60"),
        (("f(0) -> 13", "f(1) -> 20", "f(5) -> 48"), "(n * 7) + 13"),
    ],
)
def test_constants_that_nobody_named_are_read_off_the_examples(
    examples: tuple[str, ...], answer: str
) -> None:
    assert simplest("f(n: int) -> int", *examples, using=("enumeration", "witness"), work=20_000) == answer


def test_a_line_is_written_with_the_shortest_constants() -> None:
    answer = simplest(
        "f(t: float) -> float", "f(32.0) -> 0.0", "f(212.0) -> 100.0", "f(50.0) -> 10.0", "f(-40.0) -> -40.0",
        using=("witness", "enumeration"), work=5_000,
    )  # fmt: skip
    assert answer == "(t - 32) / 1.8"


def test_truth_values_are_put_together_from_predicates() -> None:
    years = {
        2000: True,
        1900: False,
        2004: True,
        2001: False,
        2100: False,
        2024: True,
        1999: False,
        1600: True,
    }
    given = problem(
        "f(year: int) -> bool", *(f"f({year}) -> {leap}" for year, leap in years.items()), hints=["leap"]
    )
    hunt = Hunt(Inspector(given), range(len(years)), Budget(1 << 40, never), lambda term, strategy: None, ())
    for _ in range(2):
        list(hunt.bank.grow())
    predicates = Predicates(hunt)
    predicates.refresh()
    formula = cheapest_formula(hunt, predicates, 3)
    assert formula is not None
    inspector = hunt.inspector
    answers = inspector.evaluated(program(formula), [inspector.examples[lane] for lane in hunt.lanes])
    assert answers == [inspector.wanted[lane] for lane in hunt.lanes]


def test_two_comparisons_in_a_row_are_written_as_one() -> None:
    answer = simplest(
        "f(x: int, lo: int, hi: int) -> bool",
        "f(5, 0, 10) -> True", "f(-3, 0, 10) -> False", "f(42, 0, 10) -> False", "f(7, 8, 9) -> False",
        "f(8, 8, 9) -> True", "f(9, 8, 9) -> True",
        using=("enumeration", "witness"),
    )  # fmt: skip
    assert answer == "lo <= x <= hi"


def test_the_parts_of_a_tuple_are_hunted_for_one_by_one() -> None:
    answer = simplest(
        "f(s: str) -> tuple[str, int]",
        'f("cd ab") -> ("ab", 15)', 'f("x yz") -> ("yz", 12)', 'f("hello you") -> ("you", 27)',
        using=("enumeration", "components"), work=60_000,
    )  # fmt: skip
    assert answer == "(s.split()[1], len(s) * 3)"


# --- lists of one item

REPEATING = ("enumeration", "repetition")


def test_the_item_and_the_count_of_a_list_that_repeats_one_are_looked_up_apart() -> None:
    answer = simplest(
        "f(xs: list[int]) -> list[int]",
        "f([8, 1, 5, 4]) -> [4, 4, 4, 4]", "f([2, 9, 3, 7, 6]) -> [7, 7, 7, 7, 7]",
        "f([1, 1, 6, 0, 2, 5]) -> [0, 0, 0, 0, 0, 0]",
        using=REPEATING, work=60_000,
    )  # fmt: skip
    assert answer == "[xs[3]] * len(xs)"


def test_where_the_list_is_empty_any_item_will_do() -> None:
    answer = simplest(
        "f(word: str, n: int) -> list[str]",
        'f("ab c", 2) -> ["AB C", "AB C"]', 'f("x", 0) -> []', 'f("no", 3) -> ["NO", "NO", "NO"]',
        using=REPEATING, work=60_000,
    )  # fmt: skip
    assert answer == "[word.upper()] * n"


@pytest.mark.parametrize(
    "wanted",
    [
        ("[4, 4, 4]", "[1, 2]", "[9, 9]"),
        ("[4]", "[7]", "[0]"),
        ("[4, 4]", "[7]", "[]"),
    ],
)
def test_lists_of_different_items_or_of_one_each_are_left_alone(wanted: tuple[str, ...]) -> None:
    given = problem("f(n: int) -> list[int]", *(f"f({n}) -> {row}" for n, row in enumerate(wanted)))
    hunt = Hunt(Inspector(given), range(len(wanted)), Budget(1 << 40, never), lambda term, strategy: None, ())
    assert not any(map(repeated, hunt.goals))
    assert not Repetition(hunt).ready


# --- steps back


@pytest.mark.parametrize(
    ("returns", "wanted", "step"),
    [
        ("str", ("05", "12", "00"), ("int", (5, 12, 0))),
        ("str", ("$1.50", "$20.00"), ("float", (1.5, 20.0))),
        ("str", ("Hello, Ann!", "Hello, Bob!"), ("str", ("Ann!", "Bob!"))),
        ("int | None", (1, 2), ("int", (1, 2))),
        ("float", (1.0, 4.0), ("int", (1, 4))),
    ],
)
def test_goals_lie_a_known_step_before_the_answer(
    returns: str, wanted: tuple[object, ...], step: tuple[str, tuple[object, ...]]
) -> None:
    types = frozenset({"int", "float", "str", "list[str]", returns})
    assert step in [(goal.type, goal.vector) for goal in goals(returns, wanted, types)]


# --- small things


def test_the_opposite_of_a_comparison_is_a_comparison_at_the_same_cost() -> None:
    test = Apply(LESS, N, ZERO)
    assert text(negated(test))[0] == "0 <= n"
    assert negated(test).cost == test.cost


@pytest.mark.parametrize(
    ("low", "high", "number"), [(85, 93, 90), (75, 101, 100), (3, 4, None), (59, 62, 60)]
)
def test_the_roundest_number_between_two(low: int, high: int, number: int | None) -> None:
    assert next(roundest(low, high), None) == number


def test_a_modulus_divides_all_differences_and_exceeds_the_remainders() -> None:
    assert modulus_of([1, 14, 10, 25], [1, 5, 1, 7]) == 9
    assert modulus_of([1, 2, 3], [1, 2, 3]) is None
    assert modulus_of([5, 6], [1, -2]) is None


def test_a_divisor_is_learned_only_where_little_choice_is_left() -> None:
    assert divisor_of([125, 59, 720], [2, 0, 12]) == 60
    assert divisor_of([100], [1]) is None
