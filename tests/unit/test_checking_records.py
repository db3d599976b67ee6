"""Records and problems are made from a spec by pure functions."""

from __future__ import annotations

from aurora.specs.model import Spec
from aurora.specs.parser import parse
from aurora.synthesis.building import build_problem, search_order
from aurora.synthesis.problem import Callable, Case, Counterexample, Rule
from aurora.synthesis.records import corpus_record

TEXT = """\
# Discount rules

def half(price: float) -> float
def discount(price: float, percent: int) -> float

Take 25 off "gift" orders.

## Examples
half(10.0) -> 5.0
discount(100.0, 10) -> 90.0
discount(-1.0, 10) -> raises ValueError

## Pre
assert percent <= 100

## Post
assert half(p) <= p + 7
assert discount(p, 50) == half(p)
"""


def spec() -> Spec:
    parsed = parse(TEXT, "specs/shop/discount.md", "shop/discount")
    assert parsed.spec is not None
    assert not parsed.diagnostics
    return parsed.spec


def test_a_record_says_what_the_function_is_and_how_good() -> None:
    snippet = "def discount(price: float, percent: int) -> float:\n    return price - half(price)\n"
    record = corpus_record(
        spec(), spec().functions[1], snippet, passed=1, total=2, cost=9, failing=("example 2",), iteration=17
    )
    assert record.spec == "shop/discount"
    assert record.sig_key == "(F,I)->F"
    assert record.func_signature == "discount(price: float, percent: int) -> float"
    assert record.score == 109.0
    assert record.calls_functions == ("half",)
    assert record.post_bow == ("discount", "half")
    assert record.complexity == 21
    assert record.failing_tests == ("example 2",)


def test_a_problem_has_the_conditions_that_its_library_can_answer() -> None:
    half, discount = search_order(spec())
    alone = build_problem(spec(), discount, [], seed=1, max_evaluations=10, wall_seconds=0.0)
    # What cannot be asked yet still says that there is an answer.
    assert [rule.text for rule in alone.post] == ["discount(p, 50) == discount(p, 50)"]
    library = [
        Callable("half", ("float",), "float", "def half(price: float) -> float:\n    return price / 2\n")
    ]
    known = (Counterexample("discount(p, 50) == half(p)", ("0.0",)),)
    problem = build_problem(
        spec(), discount, library, seed=1, max_evaluations=10, wall_seconds=0.0, counterexamples=known
    )
    assert problem.post == (Rule("discount(p, 50) == half(p)", (("p", "float"),), ("discount", "half")),)
    assert problem.pre == (Rule("percent <= 100", (("percent", "int"),), ()),)
    assert problem.examples[1] == Case(("-1.0", "10"), None, "ValueError")
    assert problem.counterexamples == known
    assert [
        rule.text for rule in build_problem(spec(), half, [], seed=1, max_evaluations=1, wall_seconds=0).post
    ] == ["half(p) <= p + 7", "half(p) == half(p)"]


def test_hints_are_constants_and_words_in_order_each_once() -> None:
    problem = build_problem(spec(), spec().functions[1], [], seed=1, max_evaluations=10, wall_seconds=0.0)
    assert problem.hints == ("100", "discount", "rules", "take", "25", "off", "'gift'", "orders")
