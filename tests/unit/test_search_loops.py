"""Folds, loops and recursion: what they find on small problems, and that their programs read as people write."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from search_problems import never, problem

from aurora.synthesis.candidates import Inspector
from aurora.synthesis.search.budget import Budget, Halt
from aurora.synthesis.search.folding.agenda import Agenda, Pause, Task
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.folding.wording import Wording
from aurora.synthesis.search.hunt import Hunt, Strategy
from aurora.synthesis.search.strategies.enumeration import Enumeration
from aurora.synthesis.search.strategies.folds import Folds
from aurora.synthesis.search.strategies.loops import Loops
from aurora.synthesis.search.strategies.recursion import Recursion
from aurora.synthesis.search.terms import Term, program

Maker = Callable[[Hunt], Strategy]


class _Beginning(Enumeration):
    """The main bank as far as loops need it, so that the tests are quick."""

    @property
    def ready(self) -> bool:
        return super().ready and self._hunt.bank.cost < 9


class _Found(Exception):
    """The first program that fits."""


def first_fit(maker: Maker, signature: str, *examples: str, most: int = 400_000) -> str:
    """The first program of a strategy that fits, when the main bank has got so far that it begins."""
    inspector = Inspector(problem(signature, *examples))

    def offer(term: Term, strategy: str) -> int | None:
        failing = inspector.failing(inspector.compiled(program(term)))
        if not failing and strategy != "enumeration":
            raise _Found(program(term))
        return failing[0] if failing else None

    budget = Budget(most, never)
    hunt = Hunt(inspector, range(len(inspector.wanted)), budget, offer, (_Beginning, maker))
    with pytest.raises(_Found) as found:
        hunt.advance(most)
    return str(found.value)


def lines(*parts: str) -> str:
    """A program, line by line."""
    return "\n".join(parts)


def test_a_running_total_keeps_each_state_of_its_accumulator() -> None:
    """The goal shows every state, and one run of a body answers whether they are these."""
    found = first_fit(
        Folds,
        "f(start: int, changes: list[int]) -> list[int]",
        "f(100, [-10, 20]) -> [90, 110]",
        "f(5, [1, 1, 1]) -> [6, 7, 8]",
        "f(7, []) -> []",
    )
    assert found == lines(
        "total = start",
        "result = []",
        "for change in changes:",
        "    total = total + change",
        "    result.append(total)",
        "return result",
    )


def test_a_polynomial_is_evaluated_by_horners_rule() -> None:
    """A body may look at a parameter besides what it is given."""
    found = first_fit(
        Folds,
        "f(coefficients: list[int], x: int) -> int",
        "f([2, 3], 10) -> 23",
        "f([1, 0, 1], 2) -> 5",
        "f([], 3) -> 0",
        "f([1, 2, 3], 3) -> 18",
    )
    assert found == lines(
        "result = 0",
        "for coefficient in coefficients:",
        "    result = coefficient + (result * x)",
        "return result",
    )


def test_groups_are_keyed_by_what_the_wanted_dictionaries_name() -> None:
    found = first_fit(
        Folds,
        "f(words: list[str]) -> dict[int, list[str]]",
        'f(["a", "bb", "c"]) -> {1: ["a", "c"], 2: ["bb"]}',
        "f([]) -> {}",
        'f(["xyz", "abc"]) -> {3: ["xyz", "abc"]}',
    )
    assert found == lines(
        "groups = {}",
        "for word in words:",
        "    groups.setdefault(len(word), []).append(word)",
        "return groups",
    )


def test_totals_by_key_take_pairs_apart() -> None:
    found = first_fit(
        Folds,
        "f(sales: list[tuple[str, int]]) -> dict[str, int]",
        'f([("a", 1), ("b", 2), ("a", 5)]) -> {"a": 6, "b": 2}',
        "f([]) -> {}",
        'f([("x", 3), ("x", 4)]) -> {"x": 7}',
    )
    assert found == lines(
        "totals = {}",
        "for key, value in sales:",
        "    totals[key] = totals.get(key, 0) + value",
        "return totals",
    )


def test_an_inverted_dictionary_goes_into_the_lists_of_its_values() -> None:
    found = first_fit(
        Folds,
        "f(d: dict[str, list[int]]) -> dict[int, str]",
        'f({"a": [1, 2], "b": [3]}) -> {1: "a", 2: "a", 3: "b"}',
        "f({}) -> {}",
        'f({"x": [7]}) -> {7: "x"}',
    )
    assert found == lines(
        "result = {}",
        "for key, value in d.items():",
        "    for number in value:",
        "        result[number] = key",
        "return result",
    )


def test_the_first_duplicate_is_returned_as_soon_as_it_is_seen() -> None:
    found = first_fit(
        Folds,
        "f(xs: list[int]) -> int | None",
        "f([1, 2, 1, 2]) -> 1",
        "f([1, 2, 3]) -> None",
        "f([5, 3, 3, 5]) -> 3",
        "f([2, 1]) -> None",
    )
    assert found == lines(
        "seen = set()",
        "for x in xs:",
        "    if x in seen:",
        "        return x",
        "    seen.add(x)",
        "return None",
    )


def test_items_are_kept_under_a_condition_on_what_is_kept_already() -> None:
    found = first_fit(
        Folds,
        "f(xs: list[int]) -> list[int]",
        "f([1, 3, 2, 5, 4]) -> [1, 3, 5]",
        "f([4, 2, 7, 6]) -> [4, 7]",
        "f([]) -> []",
        "f([5, 1, 1, 2]) -> [5]",
        most=1_500_000,
    )
    assert found == lines(
        "result = []",
        "for x in xs:",
        "    if not result or result[-1] < x:",
        "        result.append(x)",
        "return result",
    )


def test_digits_are_cut_off_one_by_one() -> None:
    """The loop uses the parameter itself up where nothing after it looks at that."""
    found = first_fit(
        Loops, "f(n: int) -> int", "f(123) -> 6", "f(0) -> 0", "f(909) -> 18", "f(5) -> 5", "f(10) -> 1"
    )
    assert found == lines(
        "total = 0", "while n > 0:", "    total = total + (n % 10)", "    n = n // 10", "return total"
    )


def test_a_number_that_is_looked_at_after_the_loop_is_left_alone() -> None:
    found = first_fit(
        Loops,
        "f(n: int) -> bool",
        "f(121) -> True",
        "f(12) -> False",
        "f(7) -> True",
        "f(1231) -> False",
        "f(4554) -> True",
        "f(10) -> False",
        "f(100) -> False",
        "f(2002) -> True",
        "f(1011) -> False",
        "f(55) -> True",
        most=1_500_000,
    )
    assert found.startswith("remaining = n\n")
    assert "while remaining > 0:" in found


def test_collatz_steps_are_counted() -> None:
    found = first_fit(Loops, "f(n: int) -> int", "f(1) -> 0", "f(2) -> 1", "f(3) -> 7", "f(6) -> 8")
    assert found == lines(
        "count = 0",
        "while n != 1:",
        "    count = count + 1",
        "    n = n // 2 if n % 2 == 0 else 3 * n + 1",
        "return count",
    )


def test_fibonacci_numbers_come_from_two_that_change_together() -> None:
    found = first_fit(
        Loops, "f(n: int) -> int", "f(0) -> 0", "f(1) -> 1", "f(5) -> 5", "f(10) -> 55", "f(7) -> 13"
    )
    assert found == lines(
        "a, b = 0, 1", "for _ in range(n):", "    a, b = b, a + b", "return a"
    )  # fmt: skip


def test_a_counter_stops_where_the_answers_say_that_its_test_fails() -> None:
    found = first_fit(
        Loops, "f(n: int) -> int", "f(1) -> 1", "f(5) -> 8", "f(8) -> 8", "f(100) -> 128", "f(33) -> 64"
    )
    assert found == lines("k = 1", "while k < n:", "    k = k * 2", "return k")


def test_a_step_of_the_main_bank_is_repeated_as_long_as_it_changes_something() -> None:
    found = first_fit(
        Loops,
        "f(s: str, pair: str) -> str",
        'f("aabb", "ab") -> ""',
        'f("xaby", "ab") -> "xy"',
        'f("", "b") -> ""',
        'f("aababbb", "ab") -> "b"',
    )
    assert found == lines(
        "while s.replace(pair, '') != s:", "    s = s.replace(pair, '')", "return s"
    )  # fmt: skip


def test_paths_through_a_grid_are_counted_by_recursion() -> None:
    found = first_fit(
        Recursion,
        "paths(m: int, n: int) -> int",
        "paths(1, 1) -> 1",
        "paths(2, 2) -> 2",
        "paths(3, 3) -> 6",
        "paths(3, 2) -> 3",
        "paths(4, 3) -> 10",
    )
    assert found.startswith("1 if ")
    assert found.endswith("else (paths(m - 1, n) + paths(m, n - 1))")


def test_a_balance_stays_natural_and_comes_back_to_nought() -> None:
    """One accumulator answers: it must stay natural and come back to where it began."""
    found = first_fit(
        Folds,
        "f(steps: list[int]) -> bool",
        "f([1, -1]) -> True",
        "f([-1, 1]) -> False",
        "f([1, 1, -1]) -> False",
        "f([2, -1, -1]) -> True",
        "f([1, -1, -1, 1]) -> False",
        "f([3, -2, -1]) -> True",
        "f([5, -5, 2]) -> False",
    )
    assert found == lines(
        "depth = 0",
        "for step in steps:",
        "    depth = depth + step",
        "    if depth < 0:",
        "        return False",
        "return depth == 0",
    )


def test_brackets_between_other_characters_are_counted() -> None:
    found = first_fit(
        Folds,
        "f(s: str) -> bool",
        'f("(a)") -> True',
        'f("a(b") -> False',
        'f(")c(") -> False',
        'f("(x(y)z)") -> True',
        'f("") -> True',
        'f("()a)(") -> False',
        'f("ab") -> True',
        'f("))") -> False',
    )
    assert found == lines(
        "depth = 0",
        "for char in s:",
        "    if char == '(':",
        "        depth = depth + 1",
        "    elif char == ')':",
        "        depth = depth - 1",
        "    if depth < 0:",
        "        return False",
        "return depth == 0",
    )


def test_a_recursion_that_does_not_end_is_given_up() -> None:
    """Where the test never holds, calls run out; nothing is found and nothing hangs."""
    inspector = Inspector(
        problem("f(m: int, n: int) -> int", "f(1, 1) -> 1", "f(5, 3) -> 17", "f(2, 9) -> 4")
    )
    hunt = Hunt(inspector, range(3), Budget(60_000, never), lambda term, strategy: 0, (_Beginning, Recursion))
    with pytest.raises(Halt):
        hunt.advance(60_000)


def test_prose_halves_the_cost_of_a_form_that_it_speaks_of() -> None:
    wording = Wording(problem("f(n: int) -> int", "f(1) -> 1", prose="The next prime after n."))
    assert wording.cost(8, "prime composite") == 4
    assert wording.cost(8, "collatz") == 8


def test_what_a_loop_binds_never_hides_a_parameter() -> None:
    found = first_fit(
        Loops, "f(total: int) -> int", "f(123) -> 6", "f(0) -> 0", "f(909) -> 18", "f(5) -> 5", "f(10) -> 1"
    )
    assert found.startswith("result = 0\nwhile total > 0:")


def test_names_are_singular_free_and_no_builtins() -> None:
    names = Names(["word", "words"])
    assert names.element("words", "str") == "item"
    assert names.element("chars", "str") == "char"
    assert names.element("ints", "int") == "number"
    assert Names(["a", "first"]).free("a", "first") == "a2"


def test_the_cheapest_task_works_first() -> None:
    """Equal costs in order of age, so that a search does the same each time."""
    done: list[str] = []

    def task(name: str, *costs: int) -> Task:
        for cost in costs:
            done.append(name)
            yield Pause(10, cost)

    agenda = Agenda()
    agenda.add(task("dear", 9), 5)
    agenda.add(task("cheap", 4, 6), 1)
    agenda.add(task("same", 9), 5)
    while len(agenda):
        agenda.work()
    assert done == ["cheap", "cheap", "dear", "same"]
