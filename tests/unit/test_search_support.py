"""What examples tell, and what that is worth for a program and for each of its parts."""

from __future__ import annotations

import pytest
from search_problems import outcome, problem

from aurora.specs.values import Value
from aurora.synthesis.candidates import Candidate, Inspector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.pricing import Prices
from aurora.synthesis.search.support import Support
from aurora.synthesis.search.telling import information
from aurora.synthesis.search.terms import Apply, Term, choice, constant, program, variable

LESS = Op("{0} < {1}", ("int", "int"), "bool", 2)
REMAINDER = Op("{0} % {1}", ("int", "int"), "int", 2)
PAIR = Op("({0}, {1})", ("int", "int"), "tuple[int, int]", 1)
N = variable("n", "int")


def number(value: int, cost: int = 8) -> Term:
    return constant(str(value), "int", cost)


def told(argument: Value, answer: Value) -> float:
    return information([(argument,)], [answer], 0)


def margin(term: Term, *examples: str, returns: str = "int") -> float:
    given = problem(f"f(n: int) -> {returns}", *examples)
    inspector = Inspector(given)
    support = Support(inspector, Prices(given), 0)
    return support.margin(Candidate(program(term), term.cost, (), 0, "test"), term.cost, term)


@pytest.mark.parametrize(
    ("argument", "copied", "anew"),
    [
        ([4, 9, 700], [4, 9], [5, 8]),
        ([700, 9, 400], [400, 9, 700], [401, 8, 701]),
        ("total price", "price", "other"),
        ("total", "TOTAL", "ABCDE"),
        ({"a": 4000}, 4000, 4001),
    ],
)
def test_what_the_input_has_tells_less(argument: Value, copied: Value, anew: Value) -> None:
    assert told(argument, copied) < told(argument, anew)


def test_a_selection_tells_no_more_than_which_of_the_items() -> None:
    items = [101, 202, 303, 404]
    assert told(items, [101, 303]) < 2 * told(items, 101)


def test_every_letter_of_another_case_tells_something_but_less_than_a_new_one() -> None:
    assert told("hello", "hello") < told("hello", "HeLlO") < told("hello", "HxLyO")


def test_a_branch_is_held_against_the_examples_that_come_there() -> None:
    examples = ("f(1) -> 900", "f(2) -> 901", "f(3) -> 902", "f(50) -> 3")
    odd = Apply(REMAINDER, Apply(REMAINDER, N, number(47)), number(29))
    sound = choice(
        Apply(LESS, N, number(10, 2)),
        Apply(Op("{0} + {1}", ("int",) * 2, "int", 2), N, number(899, 3)),
        number(3, 3),
    )
    strange = choice(Apply(LESS, N, number(10, 2)), sound.arguments[0], odd)
    assert margin(strange, *examples) < margin(sound, *examples)


def test_what_is_told_about_one_part_of_a_pair_does_not_speak_for_the_other() -> None:
    examples = ("f(1) -> (900001, 1)", "f(2) -> (900002, 0)")
    plain = Apply(PAIR, N, N)
    strange = Apply(PAIR, N, Apply(REMAINDER, Apply(REMAINDER, N, number(47)), number(29)))
    kind = "tuple[int, int]"
    assert margin(strange, *examples, returns=kind) < margin(plain, *examples, returns=kind) - 10


def test_an_answer_that_says_more_than_the_examples_is_not_claimed_and_shows_what_else_fits() -> None:
    result = outcome(problem("f(a: int, b: int) -> int", "f(7, 3) -> 1", "f(9, 4) -> 2", "f(6, 6) -> 3"))
    assert result.result == "ambiguous"
    assert result.alternatives
    assert result.distinguishing


def test_the_names_of_parameters_do_not_count() -> None:
    def price(name: str) -> int:
        split = Op("{0}.split()", ("str",), "list[str]", 2)
        term = Apply(Op("len({0})", ("list[str]",), "int", 2), Apply(split, variable(name, "str")))
        return Prices(problem(f"f({name}: str) -> int", "f('a b') -> 2")).price(term, program(term))

    assert price("string") == price("sum") == price("sentence")
