"""The benches judge fairly: by hidden inputs, within limits, and without the names that gave a function away."""

from __future__ import annotations

import pytest

from aurora.specs.values import parse_value
from aurora.synthesis.problem import Problem
from tests.bench import children, everyday, judging, solving
from tests.bench.docstrings import Shown, examples
from tests.bench.everyday import Settings
from tests.bench.outside import problem
from tests.bench.shapes import fitting
from tests.suite.loading import Entry, entries, hidden

ROWS = [(1,), (2,), (5,)]


def entry(name: str) -> Entry:
    return next(entry for entry in entries() if entry.name == name)


def given(name: str, *, prose: bool = True, noise: bool = False) -> Problem:
    return everyday.problem_of(entry(name), Settings(1.0, 1000, prose, noise, frozenset(), False))


def test_a_program_is_right_when_every_hidden_input_is_answered_as_meant() -> None:
    assert judging.judge("def double(n):\n    return n + n\n", "double", ROWS, [2, 4, 10]).right
    almost = judging.judge("def double(n):\n    return n ** 2 or n\n", "double", ROWS, [2, 4, 10])
    assert (almost.passed, almost.right) == (1, False)
    assert almost.first_wrong == "double(1) -> 1, not 2"


def test_true_is_not_one_and_floats_may_differ_a_little() -> None:
    assert not judging.judge("def f(n):\n    return n > 0\n", "f", ROWS, [1, 1, 1]).passed
    assert judging.judge("def f(n):\n    return n * 0.1\n", "f", [(3,)], [0.3]).right


def test_a_raise_is_right_where_the_reference_raises_the_same() -> None:
    assert judging.judge("def f(s):\n    return int(s)\n", "f", [("x",)], [ValueError]).right
    assert not judging.judge("def f(s):\n    return 1 // 0\n", "f", [("x",)], [ValueError]).right


def test_an_endless_program_is_wrong_and_costs_a_second() -> None:
    endless = "def f(n):\n    while True:\n        n += 1\n"
    assert not judging.judge(endless, "f", [(1,)], [1]).right


def test_a_program_may_not_change_what_the_reference_sees() -> None:
    row = ([3, 1, 2],)
    assert judging.judge("def f(xs):\n    xs.sort()\n    return xs\n", "f", [row, row], [[1, 2, 3]] * 2).right
    assert row == ([3, 1, 2],)


def test_a_crash_of_the_child_is_an_answer() -> None:
    failure = children.in_child(lambda: 1 // 0, 5.0, 1 << 30)
    assert isinstance(failure, children.Failure)
    assert "ZeroDivisionError" in failure.text


def test_an_easy_function_is_solved_in_a_child() -> None:
    task = problem("f", [("a", "int"), ("b", "int")], "int", [((2, 3), 5), ((-1, 1), 0), ((10, 4), 14)])
    solution = solving.solve(task, 5.0, cpu=True)
    assert solution.result == "solved"
    assert judging.judge(solution.source, "f", [(7, 8)], [15]).right
    assert 0 <= solution.first_fit <= solution.seconds


def test_size_counts_what_is_to_be_read_and_no_docstring() -> None:
    plain = judging.size("def f(a: int) -> int:\n    return a + 1\n")
    assert plain == judging.size('def f(n: int) -> int:\n    """Adds one."""\n    return n + 1\n')
    assert plain < judging.size("def f(a: int) -> int:\n    return a + 1 + 1\n")


def test_without_prose_a_problem_has_no_words_and_no_hints() -> None:
    assert given("coins_for").hints
    bare = given("coins_for", prose=False)
    assert (bare.prose, bare.hints) == ("", ())


@pytest.mark.parametrize("of", entries(), ids=lambda of: of.name)
def test_noise_names_change_names_everywhere_and_nothing_else(of: Entry) -> None:
    plain, noisy = given(of.name), given(of.name, noise=True)
    names = {parameter for parameter, _ in plain.parameters} | {plain.function}
    assert not names & ({parameter for parameter, _ in noisy.parameters} | {noisy.function})
    assert [kind for _, kind in plain.parameters] == [kind for _, kind in noisy.parameters]
    assert plain.examples == noisy.examples
    for row in hidden(of):
        values = dict(zip((name for name, _ in noisy.parameters), row, strict=True))
        assert all(eval(rule.text, dict(values)) for rule in noisy.pre)


def test_examples_are_read_from_docstrings_of_many_kinds() -> None:
    docstring = """Adds.
    >>> add(1, 2)
    3
    add(2, 2) == 4  # of course
    add(3, -3) ➞ 0.
    add(4, 1) should return 5
    add(1, 1) = 1 + 1 = 2
    Input: a = 5, b = 6
    Output: 11
    For a = 1, b = 9 the output should be 10
    """
    found = list(examples(docstring, "add", ["a", "b"]))
    assert [example.given for example in found] == [(1, 2), (2, 2), (3, -3), (4, 1), (1, 1), (5, 6), (1, 9)]
    assert [example.answer for example in found] == [3, 4, 0, 5, 2, 11, 10]
    assert found[0] == Shown((1, 2), 3, (1, 2))


@pytest.mark.parametrize(
    ("values", "type_"),
    [
        (["1", "2.5"], "float"),
        (["[]", "[1]"], "list[int]"),
        (["[]"], "list[int]"),
        (["None", "3"], "int | None"),
        (["(1, 'a')"], "tuple[int, str]"),
        (["{'a': [1.5]}", "{}"], "dict[str, list[float]]"),
    ],
)
def test_types_are_what_the_values_have_in_common(values: list[str], type_: str) -> None:
    assert str(fitting(None, [parse_value(value) for value in values])) == type_


def test_values_of_two_kinds_have_no_type() -> None:
    assert fitting(None, [1, "a"]) is None
