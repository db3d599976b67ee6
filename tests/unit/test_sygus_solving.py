"""The solver finds small programs, one test for each strategy, and is honest about what has none."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from aurora.synthesis.sygus.printer import print_term
from aurora.synthesis.sygus.problem import Problem, failures
from aurora.synthesis.sygus.reader import read_problem
from aurora.synthesis.sygus.round import ALL_FEATURES, Features
from aurora.synthesis.sygus.solver import Outcome, solve
from aurora.synthesis.sygus.terms import Value
from aurora.synthesis.sygus.theories import evaluate
from tests.unit.sygus_problems import bits, strings

SMALL = 300_000
"""Units, about a third of a second."""


def solved(problem: Problem, units: int = SMALL, features: Features = ALL_FEATURES) -> Outcome:
    """The outcome, which must be a solution that is right on every example."""
    outcome = solve(problem, units=units, features=features)
    assert outcome.result == "solved", outcome.message
    assert outcome.term is not None
    assert not list(failures(problem, outcome.term))
    return outcome


def answer(problem: Problem, outcome: Outcome, *inputs: Value) -> Value:
    """What the solution says to inputs that nobody showed."""
    assert outcome.term is not None
    sorts = dict(problem.parameters)
    return evaluate(outcome.term, dict(zip(sorts, inputs, strict=True)), sorts, problem.functions)


def test_the_bank_finds_what_is_small() -> None:
    problem = strings('"abc" -> 4', '"" -> 1', returns="Int")
    assert (
        print_term(solved(problem, features=Features(trees=False, witnesses=False)).term)
        == "(+ 1 (str.len s))"
    )


def test_slices_between_delimiters_are_found_from_behind() -> None:
    problem = strings(
        '"key=one;rest" -> "one"', '"k=three;" -> "three"', '"longer=x;y" -> "x"', texts='"=" ";"'
    )
    assert answer(problem, solved(problem), "a=bc;d=e;") == "bc"


def test_the_second_occurrence_is_a_place() -> None:
    problem = strings(
        '"a b c d" -> "c d"', '"one two three" -> "three"', '"x yy zzz" -> "zzz"', '"p q r s t" -> "r s t"'
    )
    assert answer(problem, solved(problem), "now then again") == "again"


def test_concatenations_are_written_piece_by_piece() -> None:
    problem = strings(
        '"Ada" "Lovelace" -> "Lovelace, A."', '"Alan" "Turing" -> "Turing, A."', '"Grace" "Hopper" -> "Hopper, G."',
        parameters="(a String) (b String)", texts='"," "."',
    )  # fmt: skip
    assert answer(problem, solved(problem), "Edsger", "Dijkstra") == "Dijkstra, E."


def test_one_replacement_is_inverted() -> None:
    problem = strings('"a-b" -> "a and b"', '"xx-y" -> "xx and y"', '"q" -> "q"', texts='"-" "and"')
    outcome = solved(problem)
    assert "str.replace" in print_term(outcome.term)
    assert answer(problem, outcome, "p-q") == "p and q"


def test_a_decision_tree_joins_answers() -> None:
    problem = strings(
        '"/usr/bin" -> "bin"', '"/var" -> "var"', '"home" -> "home/"', '"work" -> "work/"', '"/a/b" -> "b"',
        '"tmp" -> "tmp/"',
        texts='"/"',
    )  # fmt: skip
    assert answer(problem, solved(problem), "opt") == "opt/"


def test_sums_meet_in_the_middle() -> None:
    problem = strings(
        '"aa" "b" 5 -> 8', '"" "xyz" 1 -> 4', '"q" "" 0 -> 1', '"abcd" "ef" 10 -> 16',
        parameters="(a String) (b String) (n Int)", returns="Int",
    )  # fmt: skip
    assert answer(problem, solved(problem), "ab", "c", 2) == 5


def test_numbers_are_found_where_they_are_written() -> None:
    problem = strings(
        '"cost: 12 EUR" -> 12', '"c: 7 EUR" -> 7', '"price: 250 USD" -> 250', returns="Int", texts='":"'
    )
    assert answer(problem, solved(problem), "p: 31 EUR") == 31


def test_truth_values_use_all_examples_at_once() -> None:
    problem = strings(
        '"ab" -> true',
        '"ba" -> false',
        '"a" -> true',
        '"b" -> false',
        '"" -> false',
        returns="Bool",
        texts='"a"',
    )
    assert solved(problem).rounds == 1


def test_counterexamples_among_the_examples_make_another_round() -> None:
    words = [f'"{"a" * n}" -> "{"a" * min(n, 9)}"' for n in range(1, 30)]
    problem = strings(*words, texts='"aaaaaaaaa"')
    outcome = solved(problem)
    assert answer(problem, outcome, "a" * 50) == "a" * 9


def test_bit_vectors_are_found_by_the_bank() -> None:
    problem = bits(*(f"#x{x:02x} -> #x{(x << 1 & 255) | 1:02x}" for x in (0, 3, 77, 200, 255)))
    assert answer(problem, solved(problem), 100) == 201


def test_bit_vectors_are_summed_in_the_middle() -> None:
    problem = bits(*(f"#x{x:02x} -> #x{((x >> 3) + (x << 2 & 255)) & 255:02x}" for x in range(0, 256, 5)))
    assert answer(problem, solved(problem), 129) == (16 + 4) & 255


def test_bit_vectors_are_told_apart_by_a_tree() -> None:
    problem = bits(*(f"#x{x:02x} -> #x{(x >> 1 if x & 1 else ~x & 255):02x}" for x in range(0, 256, 3)))
    outcome = solved(problem)
    assert [answer(problem, outcome, x) for x in (100, 101)] == [155, 50]


def test_bit_vectors_that_cannot_be_packed_are_solved_too() -> None:
    text = """
    (synth-fun f ((x (_ BitVec 8)) (y (_ BitVec 8))) (_ BitVec 8) ((S (_ BitVec 8))) ((S (_ BitVec 8)
      (x y #x01 (bvmul S S) (bvudiv S S) (bvadd S S)))))
    (constraint (= (f #x06 #x03) #x13)) (constraint (= (f #x01 #x02) #x03)) (constraint (= (f #x05 #x05) #x1a))
    """
    problem = read_problem(text)
    assert answer(problem, solved(problem), 9, 2) == 19


def test_contradicting_examples_are_reported_at_once() -> None:
    outcome = solve(strings('"a" -> "b"', '"a" -> "c"'))
    assert (outcome.result, outcome.units) == ("contradictory", 0)
    assert outcome.message == '(f "a") is to be "b" and "c"'


@pytest.mark.parametrize(
    ("sort", "grammar", "examples"),
    [
        ("Int", "((A Int (0 (+ A x) (- y A))))", ["2 3 -> 1", "4 5 -> 1", "1 7 -> 6"]),
        ("Int", "((A Int (B (+ B 1))) (B Int ((+ x 1) (* x y))))", ["2 3 -> 7", "4 5 -> 21"]),
        ("(BitVec 8)", "((A (BitVec 8) (#x01 (bvadd A x) (bvxor (bvnot y) A))))", ["#x02 #x03 -> #xff"]),
        ("(BitVec 8)", "((A (BitVec 8) ((bvadd x #x01) (bvnot A))))", ["#x02 #x03 -> #xfc"]),
    ],
)
def test_productions_may_have_parameters_and_operators_inside(
    sort: str, grammar: str, examples: list[str]
) -> None:
    lines = [f"(synth-fun f ((x {sort}) (y {sort})) {sort} {grammar})"]
    for inputs, output in (example.split(" -> ") for example in examples):
        lines.append(f"(constraint (= (f {inputs}) {output}))")
    solved(read_problem("\n".join(lines)))


def test_a_function_without_parameters_is_a_constant() -> None:
    outcome = solved(read_problem("(synth-fun f () Int ((A Int (1 (+ A A))))) (constraint (= (f) 3))"))
    assert print_term(outcome.term) == "(+ 1 (+ 1 1))"


def test_a_tree_over_a_small_language_may_be_dear() -> None:
    text = """
    (synth-fun f ((x Int)) Int ((A Int (x 10 20 30 (ite B A A))) (B Bool ((= x C))) (C Int (1 2 3 4))))
    (constraint (= (f 1) 10)) (constraint (= (f 2) 20)) (constraint (= (f 3) 30)) (constraint (= (f 4) 10))
    (constraint (= (f 5) 5))
    """
    problem = read_problem(text)
    assert answer(problem, solved(problem), 6) == 6


def test_a_language_that_was_tried_completely_ends_the_search() -> None:
    outcome = solve(read_problem("(synth-fun f ((x Int)) Int ((A Int (0 x)))) (constraint (= (f 1) 7))"))
    assert (outcome.result, outcome.message) == ("unsolved", "everything within reach was tried")
    assert outcome.units < 1_000


def test_the_budget_ends_the_search() -> None:
    problem = strings('"abc" -> "zqp"', '"abd" -> "wvu"')
    outcome = solve(problem, units=10_000)
    assert (outcome.result, outcome.message) == ("unsolved", "the budget is used up")
    assert outcome.units < 200_000


def test_the_clock_is_a_guard() -> None:
    outcome = solve(strings('"abc" -> "zqp"', '"abd" -> "wvu"'), overdue=lambda: True)
    assert (outcome.result, outcome.message) == ("unsolved", "the clock ended the search")


@pytest.mark.parametrize("features", [Features(False, False), Features(True, False), Features(False, True)])
def test_each_strategy_can_be_left_out(features: Features) -> None:
    problem = strings('"ab" -> "ba"', '"cd" -> "dc"', '"xy" -> "yx"')
    assert answer(problem, solved(problem, 3_000_000, features), "pq") == "qp"


PROGRAM = """
from tests.unit.test_sygus_solving import *
for problem in (
    strings('"/usr/bin" -> "bin"', '"/var" -> "var"', '"home" -> "home/"', '"work" -> "work/"', texts='"/"'),
    strings('"a b c d" -> "c d"', '"one two three" -> "three"', '"x yy zzz" -> "zzz"'),
    bits(*(f"#x{x:02x} -> #x{(x >> 1 if x & 1 else ~x & 255):02x}" for x in range(0, 256, 3))),
):
    outcome = solve(problem)
    print(print_term(outcome.term), outcome.units, outcome.rounds)
"""


def test_the_same_problem_has_the_same_solution_after_the_same_work() -> None:
    """Under any order of hashes."""

    def run(seed: str) -> str:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONHASHSEED": seed,
        }
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    first = run("1")
    assert len(first.splitlines()) == 3
    assert run("2") == first
