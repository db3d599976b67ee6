"""SyGuS files of both versions are read, and what cannot be read is named with its place."""

from __future__ import annotations

import pytest

from aurora.errors import InvalidInput
from aurora.synthesis.sygus.literals import read_literal
from aurora.synthesis.sygus.printer import print_problem, print_term
from aurora.synthesis.sygus.problem import Example, contradiction
from aurora.synthesis.sygus.reader import NotByExamples, read_problem
from aurora.synthesis.sygus.sexpr import Form, Unreadable, read, write
from aurora.synthesis.sygus.terms import BOOL, INT, STRING, Constant, bit_vector
from tests.unit.sygus_problems import BITS, bits, strings

VERSION_1 = """
(set-logic SLIA)
; a comment with a ( in it
(synth-fun f ((name String) (n Int)) String
    ((Start String (ntString))
     (ntString String (name " " "a ""quoted"" b" (str.++ ntString ntString) (int.to.str ntInt)))
     (ntInt Int (n -1 (str.to.int ntString)))))
(declare-var name String)
(constraint (= (f "x" 3) "3"))
(constraint (= "-" (f "y" -1)))
(constraint (= (f "x" 3) "3"))
(check-synth)
"""

VERSION_2 = """
(set-logic SLIA)
(synth-fun f ((name String) (n Int)) String
    ((ntString String) (ntInt Int))
    ((ntString String (name " " "a ""quoted"" b" (str.++ ntString ntString) (str.from_int ntInt)))
     (ntInt Int (n (- 1) (str.to_int ntString)))))
(constraint (= (f "x" 3) "3"))
(constraint (= (f "y" (- 1)) "-"))
(check-synth)
"""


def test_both_versions_say_the_same() -> None:
    assert read_problem(VERSION_1) == read_problem(VERSION_2)


def test_examples_are_distinct_and_in_order() -> None:
    assert read_problem(VERSION_1).examples == (Example(("x", 3), "3"), Example(("y", -1), "-"))


def test_a_start_that_is_only_another_nonterminal_is_that() -> None:
    assert read_problem(VERSION_1).grammar.start == "ntString"


def test_a_nonterminal_has_the_productions_of_those_it_may_become() -> None:
    text = "(synth-fun f ((x Int)) Int ((A Int (0 B)) (B Int (x (+ A B))))) (constraint (= (f 1) 1))"
    grammar = read_problem(text).grammar
    assert [print_term(each.term) for each in grammar.productions if each.nonterminal == "A"] == [
        "0",
        "x",
        "(+ A B)",
    ]


def test_defined_functions_are_kept_in_terms_and_expanded_in_meanings() -> None:
    (production,) = [each for each in bits("#x01 -> #x01").grammar.productions if len(each.holes) == 3]
    assert print_term(production.term) == "(one Start Start Start)"
    assert print_term(production.meaning) == "(ite (= Start #x01) Start Start)"


def test_a_variable_group_stands_for_all_parameters_of_its_sort() -> None:
    text = '(synth-fun f ((x Int) (y Int) (s String)) Int ((A Int (0 (Variable Int))))) (constraint (= (f 1 2 "") 1))'
    terms = [print_term(each.term) for each in read_problem(text).grammar.productions]
    assert terms == ["0", "x", "y"]


@pytest.mark.parametrize(
    ("constraint", "output"), [("(f true)", True), ("(not (f true))", False), ("(= (f true) false)", False)]
)
def test_truth_values_may_be_stated_without_an_equation(constraint: str, output: bool) -> None:
    text = f"(synth-fun f ((b Bool)) Bool ((A Bool (b (not A))))) (constraint {constraint})"
    assert read_problem(text).examples == (Example((True,), output),)


@pytest.mark.parametrize(
    ("text", "constant"),
    [
        ("-7", Constant(-7, INT)),
        ("#xff", Constant(255, bit_vector(8))),
        ("#b101", Constant(5, bit_vector(3))),
        ('"a""b"', Constant('a"b', STRING)),
        (r'"\u{e9}\u0041"', Constant("éA", STRING)),
        ("true", Constant(True, BOOL)),
    ],
)
def test_literals(text: str, constant: Constant) -> None:
    assert read_literal(text) == constant


def test_literals_in_parentheses() -> None:
    ((_, negative, bits_),) = read("(two (- 5) (_ bv3 4))")
    assert read_literal(negative) == Constant(-5, INT)
    assert read_literal(bits_) == Constant(3, bit_vector(4))
    assert read_literal(Form()) is None


def test_s_expressions_are_written_as_they_are_read() -> None:
    text = '(a (b "c ""d"" ; e") |f (g|)'
    assert [write(form) for form in read(text)] == [text]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("(set-logic SLIA)\n(check-synth", "p.sl:2", "never closed"),
        ("(set-logic SLIA))", "p.sl:1", "too many"),
        ('\n\n(constraint (= (f "x) 1))', "p.sl:3", "quote that is never closed"),
        ("(set-logic SLIA)", "p.sl:1", "no synth-fun"),
        ("(sing)", "p.sl:1", "'sing' is not understood"),
        ("nonsense", "p.sl:1", "command in parentheses"),
        ("(synth-fun f ((x Int)) Int)", "p.sl:1", "needs a name, parameters, a sort and a grammar"),
        ("(synth-fun f ((x Real)) Int ((A Int (x))))", "p.sl:1", "a sort is"),
        ("(synth-fun f ((x Int)) Int ((A Int (y))))", "p.sl:1", "no variable or nonterminal 'y'"),
        ("(synth-fun f ((x Int)) Int ((A Int ((wow A)))))", "p.sl:1", "no operator 'wow'"),
        ("(synth-fun f ((x Int)) Int ((A Int ((str.len A)))))", "p.sl:1", "takes other arguments than Int"),
        ("(synth-fun f ((x Int)) Int ((A Bool (true))))", "p.sl:1", "start is not of sort Int"),
        ("(synth-fun f ((x Int)) Int ((A Int ((= A A)))))", "p.sl:1", "one of its productions of Bool"),
        ("(synth-fun f ((x Int)) Int ((A Int ((Constant Int)))))", "p.sl:1", "not supported"),
        ("(define-fun g ((x Int)) Bool (+ x 1))", "p.sl:1", "declared Bool but gives Int"),
        ("(" * 500, "p.sl:1", "parentheses inside each other"),
        ("(synth-fun f ((x (BitVec 0))) Int ((A Int (0))))", "p.sl:1", "a sort is"),
        ("(synth-fun f ((x (BitVec 99999999999))) Int ((A Int (0))))", "p.sl:1", "a sort is"),
        (f"(synth-fun f ((x Int)) Int ((A Int ({'9' * 5000}))))", "p.sl:1", "no variable or nonterminal"),
        ('(synth-fun f ((x Int)) Int ((A Int (x))))\n(constraint (= (f "a") 1))', "p.sl:2", "of other sorts"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, where: str, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_problem(text, "p.sl")
    assert caught.value.where == where
    assert what in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "constraint", ["(>= (f x) x)", "(= (f 1) (f 2))", "(= x 1)", "(= (f x) 1)", "true", "(and (f 1))"]
)
def test_constraints_that_are_no_examples_are_told_from_errors(constraint: str) -> None:
    text = f"(synth-fun f ((x Int)) Int ((A Int (x))))\n(declare-var x Int)\n(constraint {constraint})"
    with pytest.raises(NotByExamples) as caught:
        read_problem(text, "p.sl")
    assert caught.value.where == "p.sl:3"
    assert isinstance(caught.value, InvalidInput)


@pytest.mark.parametrize("command", ["(synth-inv f ((x Int)))", "(inv-constraint f g h i)"])
def test_invariants_are_not_by_examples(command: str) -> None:
    with pytest.raises(NotByExamples):
        read_problem(command)


def test_a_defined_constant_is_its_value() -> None:
    text = "(define-fun k () Int 5) (synth-fun f ((x Int)) Int ((A Int (k x)))) (constraint (= (f 1) 1))"
    assert [print_term(each.term) for each in read_problem(text).grammar.productions] == ["5", "x"]


def test_a_problem_without_examples_is_not_by_examples() -> None:
    with pytest.raises(NotByExamples):
        read_problem("(synth-fun f ((x Int)) Int ((A Int (x))))")


def test_contradicting_examples_are_found() -> None:
    problem = strings('"a" -> "b"', '"c" -> "d"', '"a" -> "e"')
    assert contradiction(problem) == (Example(("a",), "b"), Example(("a",), "e"))
    assert contradiction(strings('"a" -> "b"', '"c" -> "d"')) is None


@pytest.mark.parametrize("text", [VERSION_1, VERSION_2, BITS + "(constraint (= (f #x01) #x02))"])
def test_a_printed_problem_is_read_as_the_same(text: str) -> None:
    problem = read_problem(text)
    assert read_problem(print_problem(problem)) == problem
