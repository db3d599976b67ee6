"""Comprehensions: which programs over the elements of something are found, and how they read."""

from __future__ import annotations

import ast

import pytest
from search_problems import outcome, problem

from aurora.synthesis.problem import Outcome

FEW = 40_000
"""Evaluations that are plenty for each of these."""

IDIOMS = frozenset({"idioms"})
"""Some of these programs are idioms as well: without those it is seen what comprehensions find."""


def found(signature: str, *examples: str, evaluations: int = FEW) -> str:
    """The last lines of the program that is found."""
    result = outcome(problem(signature, *examples, max_evaluations=evaluations), IDIOMS)
    assert isinstance(result, Outcome)
    best = result.found or result.best
    assert best is not None, result.message
    return best.program


@pytest.mark.parametrize(
    ("signature", "examples", "program"),
    [
        (
            "f(xs: list[int]) -> list[int]",
            ["f([1, 2, 3]) -> [1, 4, 9]", "f([-5, 6]) -> [25, 36]", "f([]) -> []"],
            "[x * x for x in xs]",
        ),
        (
            "f(xs: list[int], ys: list[int]) -> int",
            ["f([1, 2, 3], [4, 5, 6]) -> 32", "f([0, 1], [5, 7]) -> 7", "f([2], [3]) -> 6"],
            "sum(a * b for a, b in zip(xs, ys))",
        ),
        (
            "f(n: int) -> int",
            ["f(123) -> 6", "f(9) -> 9", "f(907) -> 16", "f(1000) -> 1"],
            "sum(int(c) for c in str(n))",
        ),
        (
            "f(xs: list[int]) -> list[int]",
            ["f([1, 4, 9]) -> [3, 5]", "f([5, 2]) -> [-3]", "f([7]) -> []"],
            "[b - a for a, b in zip(xs, xs[1:])]",
        ),
        (
            "f(words: list[str]) -> dict[str, int]",
            ["f(['a', 'bcd']) -> {'a': 1, 'bcd': 3}", "f(['hello', 'hi']) -> {'hello': 5, 'hi': 2}"],
            "{word: len(word) for word in words}",
        ),
        (
            "f(d: dict[str, int]) -> dict[int, str]",
            ["f({'a': 1, 'b': 2}) -> {1: 'a', 2: 'b'}", "f({'x': 9}) -> {9: 'x'}"],
            "{value: key for key, value in d.items()}",
        ),
        (
            "f(m: list[list[int]], k: int) -> list[list[int]]",
            ["f([[1, 2], [3, 4]], 2) -> [[2, 4], [6, 8]]", "f([[5], [6]], 3) -> [[15], [18]]"],
            "[[x * k for x in row] for row in m]",
        ),
    ],
)
def test_what_becomes_of_each_element_is_found(signature: str, examples: list[str], program: str) -> None:
    assert found(signature, *examples) == program


def test_a_parameter_may_stand_in_the_condition() -> None:
    program = found(
        "f(xs: list[int], t: int) -> list[int]",
        "f([1, 5, 3, 8], 3) -> [5, 8]", "f([1, 2], 5) -> []", "f([10, 9, 11], 9) -> [10, 11]",
    )  # fmt: skip
    assert program == "[x for x in xs if (x > t)]"


def test_a_bound_variable_never_has_the_name_of_a_parameter() -> None:
    program = found("f(x: list[int]) -> list[int]", "f([1, 2, 3]) -> [1, 4, 9]", "f([-5, 6]) -> [25, 36]")
    assert program == "[y * y for y in x]"


def test_elements_are_grouped_by_what_they_share() -> None:
    program = found(
        "f(words: list[str]) -> dict[str, list[str]]",
        "f(['apple', 'art', 'bee']) -> {'a': ['apple', 'art'], 'b': ['bee']}",
        "f(['cat', 'dog', 'cow']) -> {'c': ['cat', 'cow'], 'd': ['dog']}",
    )
    assert "groups.setdefault(word[0], []).append(word)" in program


def test_pairs_are_sorted_by_a_part() -> None:
    program = found(
        "f(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]",
        "f([('a', 3), ('b', 1)]) -> [('b', 1), ('a', 3)]",
        "f([('x', 2), ('y', 2), ('a', 1)]) -> [('a', 1), ('x', 2), ('y', 2)]",
    )
    assert program == "sorted(pairs, key=lambda pair: pair[1])"


def test_elements_that_a_list_lacks_are_found_by_the_opposite_condition() -> None:
    program = found(
        "f(xs: list[int], ys: list[int]) -> list[int]",
        "f([1, 2, 3], [2]) -> [1, 3]", "f([5, 4], []) -> [5, 4]", "f([7], [7, 8]) -> []",
    )  # fmt: skip
    assert program == "[x for x in xs if (not (x in ys))]"


def test_words_are_chosen_by_thresholds_between_the_elements() -> None:
    program = found(
        "f(temps: list[int]) -> list[str]",
        "f([30, 10, 20]) -> ['hot', 'cold', 'mild']",
        "f([26, 14]) -> ['hot', 'cold']",
        "f([15, 25]) -> ['mild', 'mild']",
    )
    assert program == "['cold' if (x < 15) else ('mild' if (x < 26) else 'hot') for x in temps]"


def test_there_may_be_no_first_element() -> None:
    program = found(
        "f(xs: list[int]) -> int | None",
        "f([1, 4, 6]) -> 4", "f([1, 3]) -> None", "f([2, 5]) -> 2", "f([]) -> None",
    )  # fmt: skip
    assert program == "next((x for x in xs if (x % 2 == 0)), None)"


def test_what_each_character_becomes_may_have_another_length() -> None:
    program = found(
        "f(s: str) -> str",
        "f('hello') -> 'heelloo'", "f('sky') -> 'sky'", "f('aeiou') -> 'aaeeiioouu'",
    )  # fmt: skip
    assert program == "''.join((c + c) if (c in 'aeiou') else c for c in s)"


def test_rows_of_two_matrices_are_gone_over_side_by_side() -> None:
    program = found(
        "f(m: list[list[int]], n: list[list[int]]) -> list[list[int]]",
        "f([[1, 2]], [[3, 4]]) -> [[4, 6]]",
        "f([[1], [2]], [[10], [20]]) -> [[11], [22]]",
        "f([[0, 5], [1, 1]], [[1, 1], [2, 3]]) -> [[1, 6], [3, 4]]",
    )
    assert program == "[[p + q for p, q in zip(a, b)] for a, b in zip(m, n)]"


def test_literals_between_parts_are_read_off_the_answers() -> None:
    program = found(
        "f(items: list[tuple[str, int]]) -> list[str]",
        "f([('apple', 3), ('fig', 1)]) -> ['3 x apple', '1 x fig']", "f([('pea', 20)]) -> ['20 x pea']",
        evaluations=60_000,
    )  # fmt: skip
    assert program == "[(str(b) + ' x ') + a for a, b in items]"


@pytest.mark.parametrize(
    ("signature", "examples", "program"),
    [
        (
            "f(xs: list[int]) -> int",
            [
                "f([1, 1, 2, 2, 2, 3]) -> 3", "f([5]) -> 1", "f([7, 7, 7, 7, 1, 1]) -> 4", "f([4, 4, 1, 4]) -> 2",
                "f([]) -> 0", "f([1, 2, 3]) -> 1", "f([9, 8, 8, 8, 8, 8, 2, 2]) -> 5",
            ],
            "max((len(row) for row in [list(group) for _, group in groupby(xs)]), default=0)",
        ),
        (
            "f(xs: list[int], k: int) -> list[int]",
            ["f([1, 2, 30], 2) -> [3, 32]", "f([5, 60, 1, 7], 3) -> [66, 68]", "f([4, 90], 1) -> [4, 90]"],
            "[sum(row) for row in [xs[i:i + k] for i in range(len(xs) - k + 1)]]",
        ),
    ],
)  # fmt: skip
def test_runs_and_windows_are_gone_over(signature: str, examples: list[str], program: str) -> None:
    result = outcome(problem(signature, *examples), IDIOMS)
    assert result.found is not None
    assert result.found.program == program


def test_a_tuple_of_any_length_is_made_of_what_a_list_would_be() -> None:
    program = found(
        "f(version: str) -> tuple[int, ...]",
        "f('1.2.3') -> (1, 2, 3)", "f('10') -> (10,)", "f('0.17.4.1') -> (0, 17, 4, 1)", "f('2.0') -> (2, 0)",
        evaluations=150_000,
    )  # fmt: skip
    assert program.startswith("tuple([int(word) for word in ")


def test_a_tuple_of_any_length_is_as_good_as_a_list() -> None:
    program = found(
        "f(words: tuple[str, ...]) -> tuple[str, ...]",
        "f(('a', 'bc')) -> ('A', 'BC')", "f(()) -> ()", "f(('Hello', 'x')) -> ('HELLO', 'X')",
    )  # fmt: skip
    assert program == "tuple([word.upper() for word in words])"
    assert found("f(xs: tuple[int, ...]) -> int", "f((1, 2, 3)) -> 6", "f(()) -> 0", "f((10, -4)) -> 6") == (
        "sum(list(xs))"
    )


@pytest.mark.parametrize(
    ("signature", "examples", "program"),
    [
        (
            "f(d: dict[str, int | None]) -> dict[str, int]",
            [
                "f({'a': 1, 'b': None}) -> {'a': 1}",
                "f({'x': None}) -> {}",
                "f({'p': 0, 'q': 7}) -> {'p': 0, 'q': 7}",
            ],
            "{key: value for key, value in d.items() if value is not None}",
        ),
        (
            "f(names: list[str | None]) -> list[str]",
            ["f(['a', None, 'bc']) -> ['A', 'BC']", "f([None]) -> []", "f(['Tom', '']) -> ['TOM', '']"],
            "[word.upper() for word in names if word is not None]",
        ),
        (
            "f(xs: list[int | None]) -> list[int]",
            ["f([4, None, -3, 8]) -> [4, 8]", "f([None, 1]) -> [1]", "f([-2]) -> []", "f([0, 5]) -> [5]"],
            "[x for x in xs if x is not None and (x > 0)]",
        ),
        (
            "f(xs: list[int | None]) -> list[int]",
            ["f([4, None, -3]) -> [4, 0, -3]", "f([None]) -> [0]", "f([7, 8]) -> [7, 8]"],
            "[0 if x is None else x for x in xs]",
        ),
        (
            "f(names: list[str | None]) -> dict[str, list[str]]",
            [
                "f(['ant', None, 'bee', 'ape']) -> {'a': ['ant', 'ape'], 'b': ['bee']}",
                "f([None, 'cat']) -> {'c': ['cat']}",
                "f([None]) -> {}",
            ],
            (
                "groups = {}\nfor word in names:\n    if word is not None:\n"
                "        groups.setdefault(word[0], []).append(word)\nreturn groups"
            ),
        ),
    ],
)
def test_what_may_be_missing_is_left_out_or_replaced(
    signature: str, examples: list[str], program: str
) -> None:
    assert found(signature, *examples, evaluations=150_000) == program


@pytest.mark.parametrize(
    ("signature", "examples", "program"),
    [
        (
            "f(text: str) -> list[list[int]]",
            [
                "f('1 2;3 4') -> [[1, 2], [3, 4]]",
                "f('5') -> [[5]]",
                "f('10 0;-7 8;9 9') -> [[10, 0], [-7, 8], [9, 9]]",
            ],
            "[[int(w) for w in word.split()] for word in text.split(';')]",
        ),
        (
            "f(grid: list[list[int]]) -> str",
            [
                "f([[1, 2], [3, 4]]) -> '1 2\\n3 4'",
                "f([[5]]) -> '5'",
                "f([[10, 0, -7], [8, 9]]) -> '10 0 -7\\n8 9'",
            ],
            "'\\n'.join([' '.join([str(number) for number in row]) for row in grid])",
        ),
        (
            "f(lines: list[str]) -> list[str]",
            [
                "f(['a b', 'c']) -> ['a', 'b', 'c']",
                "f([]) -> []",
                "f(['one two', '', 'x y z']) -> ['one', 'two', 'x', 'y', 'z']",
            ],
            "[w for word in lines for w in word.split()]",
        ),
        (
            "f(pairs: list[tuple[str, int]]) -> list[str]",
            [
                "f([('a', 2), ('b', 1)]) -> ['a', 'a', 'b']",
                "f([]) -> []",
                "f([('x', 0), ('yy', 3)]) -> ['yy', 'yy', 'yy']",
            ],
            "[a for a, b in pairs for _ in range(b)]",
        ),
    ],
)
def test_what_is_inside_of_an_element_is_gone_over_too(
    signature: str, examples: list[str], program: str
) -> None:
    assert found(signature, *examples, evaluations=250_000) == program


@pytest.mark.parametrize(
    ("signature", "examples", "program"),
    [
        (
            "f(xs: list[int], words: list[str]) -> list[tuple[int, str]]",
            [
                "f([1, 2], ['a', 'b']) -> [(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')]",
                "f([], ['x']) -> []",
                "f([3, 7], ['p']) -> [(3, 'p'), (7, 'p')]",
            ],
            "[(a, b) for a in xs for b in words]",
        ),
        (
            "f(xs: list[int], ys: list[int]) -> list[int]",
            [
                "f([1, 3], [2, 4]) -> [1, 2, 3, 4]",
                "f([7], [8]) -> [7, 8]",
                "f([5, 0, 9], [6, 5, 1]) -> [5, 6, 0, 5, 9, 1]",
            ],
            "[x for pair in zip(xs, ys) for x in pair]",
        ),
        (
            "f(xs: list[int]) -> list[int]",
            ["f([1, 2, 3, 4]) -> [3, 7]", "f([]) -> []", "f([10, -4]) -> [6]", "f([5, 5, 0, 9]) -> [10, 9]"],
            "[a + b for a, b in zip(xs[::2], xs[1::2])]",
        ),
        (
            "f(xs: list[int]) -> list[int]",
            [
                "f([1, 2, 3, 4]) -> [6, 9]",
                "f([5, 5]) -> []",
                "f([10, 0, 1]) -> [11]",
                "f([3, 8, 2, 2]) -> [13, 12]",
            ],
            "[d + (a + b) for a, b, d in zip(xs, xs[1:], xs[2:])]",
        ),
        (
            "f(name: str) -> str",
            [
                "f('total_price') -> 'totalPrice'",
                "f('x') -> 'x'",
                "f('a_b_c') -> 'aBC'",
                "f('user_name_of') -> 'userNameOf'",
            ],
            "name.split('_')[0] + ''.join(word.capitalize() for word in name.split('_')[1:])",
        ),
    ],
)
def test_several_collections_or_several_items_are_gone_over_at_once(
    signature: str, examples: list[str], program: str
) -> None:
    assert found(signature, *examples, evaluations=300_000) == program


@pytest.mark.parametrize(
    ("signature", "examples", "program"),
    [
        (
            "f(name: str) -> str",
            [
                "f('totalPrice') -> 'total_price'",
                "f('name') -> 'name'",
                "f('isEmptyList') -> 'is_empty_list'",
                "f('aB') -> 'a_b'",
                "f('') -> ''",
            ],
            "''.join(('_' + c.lower()) if c.isupper() else c for c in name)",
        ),
        (
            "f(text: str) -> str",
            [
                "f('a1b22') -> 'a(1)b(2)(2)'",
                "f('') -> ''",
                "f('xyz') -> 'xyz'",
                "f('7 up 3') -> '(7) up (3)'",
            ],
            "''.join((('(' + c) + ')') if c.isdigit() else c for c in text)",
        ),
    ],
)
def test_some_characters_become_several_and_others_stay(
    signature: str, examples: list[str], program: str
) -> None:
    assert found(signature, *examples, evaluations=400_000) == program


@pytest.mark.parametrize(
    ("signature", "examples", "program"),
    [
        (
            "f(xs: list[float]) -> list[float]",
            [
                "f([1.0, 2.0, 6.0]) -> [6.0]",
                "f([5.0, 5.0]) -> []",
                "f([]) -> []",
                "f([10.0, 0.0, 9.0, 4.0]) -> [10.0, 9.0]",
                "f([3.5, 8.0, 12.5]) -> [12.5]",
                "f([-6.0, 15.0, 2.5, 9.0, 4.5]) -> [15.0, 9.0]",
            ],
            "[x for x in xs if x > sum(xs) / len(xs)]",
        ),
        (
            "f(xs: list[float]) -> float",
            [
                "f([1.0, 2.0, 3.0, 4.0]) -> 1.25",
                "f([5.0]) -> 0.0",
                "f([2.0, 2.0, 8.0]) -> 8.0",
                "f([-3.0, 3.0]) -> 9.0",
                "f([12.0, 6.0, 15.0]) -> 14.0",
            ],
            "sum((x - sum(xs) / len(xs)) ** 2 for x in xs) / len(xs)",
        ),
        (
            "f(xs: list[float]) -> list[float]",
            [
                "f([1.0, 2.0, 3.0]) -> [0.0, 0.5, 1.0]",
                "f([10.0, 0.0]) -> [1.0, 0.0]",
                "f([-4.0, 0.0, 4.0, 12.0]) -> [0.0, 0.25, 0.5, 1.0]",
                "f([5.0, 7.0, 5.0]) -> [0.0, 1.0, 0.0]",
                "f([12.0, 20.0, 15.0, 10.0]) -> [0.2, 1.0, 0.5, 0.0]",
                "f([-6.0, -1.0, -2.0]) -> [0.0, 1.0, 0.8]",
            ],
            "[(x - min(xs)) / (max(xs) - min(xs)) for x in xs]",
        ),
        (
            "f(xs: list[int]) -> list[int]",
            [
                "f([1, 2, 6]) -> [5, 4, 0]",
                "f([5, 5]) -> [0, 0]",
                "f([]) -> []",
                "f([40, 3, 11, 9]) -> [0, 37, 29, 31]",
            ],
            "[max(xs) - x for x in xs]",
        ),
    ],
)
def test_elements_are_held_against_what_the_whole_list_gives(
    signature: str, examples: list[str], program: str
) -> None:
    written = found(signature, *examples, evaluations=1_000_000)
    assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(program))
