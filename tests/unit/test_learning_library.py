"""Library learning: what recurs in solved functions becomes an operator, when that makes the corpus shorter."""

from __future__ import annotations

from aurora.learning.library import LibraryFunction, abstractions
from aurora.learning.macros import macro_of_abstraction, macro_of_function, price

LETTERS = LibraryFunction(
    "1",
    (("s", "str"),),
    "str",
    "def a(s: str) -> str:\n    return ''.join(c for c in s if c.isalnum()).lower()\n",
)
COUNTED = LibraryFunction(
    "2", (("text", "str"),), "int",
    "def b(text: str) -> int:\n    return len(''.join(ch for ch in text if ch.isalnum()))\n",
)  # fmt: skip
BY_K = LibraryFunction(
    "3", (("xs", "list[int]"), ("k", "int")), "list[int]",
    "def c(xs: list[int], k: int) -> list[int]:\n    return [x * x for x in xs if x % k == 0]\n",
)  # fmt: skip
BY_THREE = LibraryFunction(
    "4", (("ys", "list[int]"),), "int",
    "def d(ys: list[int]) -> int:\n    return sum([y * y for y in ys if y % 3 == 0])\n",
)  # fmt: skip
CORPUS = [LETTERS, COUNTED, BY_K, BY_THREE]


def test_what_two_functions_share_up_to_names_is_found_with_the_types_of_its_holes() -> None:
    (found,) = abstractions([LETTERS, COUNTED], ())
    assert found.parameters == ("str",)
    assert found.returns == "str"
    assert "isalnum" in found.text
    assert found.uses == ("1", "2")
    assert found.saved > 0


def test_where_two_expressions_differ_there_is_a_hole() -> None:
    (found,) = abstractions([BY_K, BY_THREE], ())
    assert found.parameters == ("list[int]", "int")
    assert "% p1 == 0" in found.text


def test_a_hole_never_stands_for_what_mentions_a_variable_of_the_template() -> None:
    doubled = LibraryFunction(
        "5", (("xs", "list[int]"),), "list[int]",
        "def e(xs: list[int]) -> list[int]:\n    return [x * 2 for x in xs if x > 3]\n",
    )  # fmt: skip
    tripled = LibraryFunction(
        "6", (("xs", "list[int]"),), "list[int]",
        "def f(xs: list[int]) -> list[int]:\n    return [x * 2 for x in xs if x % 5 == 1]\n",
    )  # fmt: skip
    assert all("if p" not in each.text for each in abstractions([doubled, tripled], ()))


def test_the_order_of_the_corpus_does_not_matter() -> None:
    assert abstractions(CORPUS, ()) == abstractions(CORPUS[::-1], ())


def test_what_is_known_is_not_found_again() -> None:
    assert abstractions(CORPUS, abstractions(CORPUS, ())) == ()


def test_a_single_operator_is_no_abstraction() -> None:
    functions = [
        LibraryFunction(
            str(n),
            (("a", "int"), ("b", "int")),
            "int",
            f"def f{n}(a: int, b: int) -> int:\n    return a + b\n",
        )
        for n in range(5)
    ]
    assert abstractions(functions, ()) == ()


def test_sources_that_do_not_parse_are_passed_over() -> None:
    broken = LibraryFunction("0", (("s", "str"),), "str", "def (")
    assert abstractions([broken, *CORPUS], ()) == abstractions(CORPUS, ())


def test_a_short_expression_is_written_out_as_a_macro() -> None:
    made = macro_of_function(
        "9", "f", ("str",), "str", "def f(name: str) -> str:\n    return name.strip().lower()\n", 4
    )
    assert made is not None
    assert (made.key, made.text, made.name) == ("corpus/9", "p0.strip().lower()", "")


def test_a_function_that_names_a_parameter_twice_is_called_as_a_macro() -> None:
    source = "def f(text: str) -> bool:\n    return text == text[::-1]\n"
    made = macro_of_function("9", "f", ("str",), "bool", source, 4)
    assert made is not None
    assert (made.text, made.name, made.source) == ("", "f", source)


def test_what_changes_its_parameter_or_calls_something_unknown_is_no_macro() -> None:
    changing = "def f(xs: list[int]) -> list[int]:\n    xs.sort()\n    return xs\n"
    unknown = "def f(xs: list[int]) -> list[int]:\n    return cleaned(xs)\n"
    many = "def f(a: int, b: int, c: int, d: int, e: int) -> int:\n    return a + b + c + d + e\n"
    assert macro_of_function("9", "f", ("list[int]",), "list[int]", changing, 4) is None
    assert macro_of_function("9", "f", ("list[int]",), "list[int]", unknown, 4) is None
    assert macro_of_function("9", "f", ("int",) * 5, "int", many, 4) is None


def test_an_abstraction_is_a_macro_under_its_own_key() -> None:
    (found,) = abstractions([LETTERS, COUNTED], ())
    made = macro_of_abstraction(found, price())
    assert made.key == f"abstraction/{found.id}"
    assert made.text == found.text


def test_a_macro_that_proved_of_use_costs_less_and_one_that_did_not_more() -> None:
    assert price(0.5) < price() < price(-0.5)
    assert price(1.0) >= 2
