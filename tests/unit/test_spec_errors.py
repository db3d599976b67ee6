"""What is wrong with a spec is said with a code, at its line, with a cure."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from aurora.specs.codes import CODES, result_of, shown
from aurora.specs.parser import parse

HEAD = "# T\n\ndef f(a: int, b: str) -> float\n\n## Examples\n"
GOOD = 'f(1, "x") -> 2.5\n'


def wrong(text: str, path: str = "specs/x.md") -> list[tuple[str, int]]:
    """The codes and lines of what is wrong."""
    return [(d.code, int(d.where.rsplit(":", 1)[1])) for d in parse(text, path).diagnostics]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('f(1, "x")', "SPEC-010"),
        ('f(1, "x") ->', "SPEC-010"),
        ('f(1, "x") -> )', "SPEC-010"),
        ("the empty text -> 2", "SPEC-010"),
        ("g(1) -> 2", "SPEC-011"),
        ("f(1) -> 2", "SPEC-012"),
        ('f(1, "x", 3) -> 2', "SPEC-012"),
        ('f(1, c="x") -> 2', "SPEC-012"),
        ('f(*[1], "x") -> 2', "SPEC-012"),
        ('f("x", 1) -> 2', "SPEC-013"),
        ('f(true, "x") -> 2', "SPEC-013"),
        ('f(1 + 1, "x") -> 2', "SPEC-013"),
        ('f(__import__("os"), "x") -> 2', "SPEC-013"),
        ('f(1, "x") -> "y"', "SPEC-014"),
        ('f(1, "x") -> output', "SPEC-014"),
        ('f(1, "x") -> raises Oops', "SPEC-015"),
        ('f(1, "x") -> raises Exception', "SPEC-015"),
        ("f(0x" + "f" * 4000 + ', "x") -> 1', "SPEC-018"),
        ("f(" + "9" * 5000 + ', "x") -> 1', "SPEC-018"),
        ("f(" + "[" * 10000 + "]" * 10000 + ', "x") -> 1', "SPEC-018"),
        ("f(" + "[" * 45 + "]" * 45 + ', "x") -> 1', "SPEC-018"),
        ("f(" + "-" * 10000 + '1, "x") -> 1', "SPEC-018"),
    ],
)
def test_a_bad_example_is_named_at_its_line(line: str, code: str) -> None:
    assert wrong(HEAD + GOOD + line) == [(code, 7)]


def test_an_argument_of_the_wrong_type_is_shown_beside_the_signature() -> None:
    (item,) = parse(HEAD + GOOD + 'f("one", "x") -> 2', "specs/x.md").diagnostics
    assert shown(item) == (
        "error[SPEC-013]: specs/x.md:7: argument 'a' of 'f' is 'one', which is not of type int as the signature says\n"
        "help: correct the argument or the type"
    )


def test_two_examples_that_contradict_each_other_are_both_named() -> None:
    parsed = parse(HEAD + GOOD + "\n" + 'f(b="x", a=1) -> 3', "specs/x.md")
    (item,) = parsed.diagnostics
    assert item.code == "SPEC-101"
    assert item.where == "specs/x.md:8"
    assert "specs/x.md:6" in item.message
    assert "3.0" in item.message
    assert "2.5" in item.message
    assert result_of(parsed.diagnostics) == "contradictory"


def test_an_exception_contradicts_a_value() -> None:
    assert wrong(HEAD + GOOD + 'f(1, "x") -> raises ValueError') == [("SPEC-101", 7)]


def test_results_that_agree_within_the_tolerance_do_not_contradict() -> None:
    assert wrong(HEAD + 'f(1, "x") -> 0.3\nf(1, "x") -> 0.30000000000000004') == []


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        ("def f(a) -> int", "SPEC-005"),
        ("def f(a: int)", "SPEC-005"),
        ("def f(a: thing) -> int", "SPEC-006"),
        ("def f(a: list) -> int", "SPEC-006"),
        ("def f(a: int = 3) -> int", "SPEC-007"),
        ("def f(*a: int) -> int", "SPEC-007"),
        ("def f(*, a: int) -> int", "SPEC-007"),
        ("def f(a: int, /) -> int", "SPEC-007"),
        ("def len(a: int) -> int", "SPEC-008"),
        ("def class(a: int) -> int", "SPEC-008"),
        ("def __init__(a: int) -> int", "SPEC-008"),
        ("def f(a: int, a: int) -> int", "SPEC-009"),
        ("def f(f: int) -> int", "SPEC-009"),
        ("def f(a: int -> int", "SPEC-004"),
        ("async def f(a: int) -> int", "SPEC-004"),
        ("def (a: int) -> int", "SPEC-004"),
        ("def f(a: " + "list[" * 90 + "int" + "]" * 90 + ") -> int", "SPEC-018"),
    ],
)
def test_a_bad_signature_is_named_at_its_line(signature: str, code: str) -> None:
    assert wrong(f"# T\n\n{signature}\n\n## Examples\nf(1) -> 2\n") == [(code, 3)]


def test_two_signatures_for_one_name_are_refused() -> None:
    text = "# T\ndef f(a: int) -> int\ndef f(a: str) -> int\n## Examples\nf(1) -> 2\n"
    assert wrong(text) == [("SPEC-009", 3)]


def test_a_spec_without_examples_and_conditions_is_invalid() -> None:
    parsed = parse("# T\n\ndef f(a: int) -> int\n\n## Pre\nassert a > 0", "specs/x.md")
    assert wrong("# T\n\ndef f(a: int) -> int\n\n## Pre\nassert a > 0") == [("SPEC-020", 3)]
    assert result_of(parsed.diagnostics) == "invalid"


def test_conditions_alone_are_enough_to_search_with() -> None:
    assert wrong("# T\n\ndef f(a: int) -> int\n\n## Post\nassert f(x) == x + 1") == []


def test_a_function_that_no_condition_is_about_needs_an_example_of_its_own() -> None:
    text = "# T\n\ndef f(a: int) -> int\ndef g(a: int) -> int\n\n## Post\nassert f(x) == x + 1"
    assert wrong(text) == [("SPEC-020", 4)]


def test_only_the_function_without_examples_is_blamed() -> None:
    parsed = parse("# T\ndef f(a: int) -> int\ndef g(a: int) -> int\n## Examples\nf(1) -> 2", "specs/x.md")
    assert parsed.concerning("f") == ()
    assert [d.code for d in parsed.concerning("g")] == ["SPEC-020"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("SPEC-002", 1)]),
        (" \n\t\n", [("SPEC-002", 1)]),
        ("# Only a title\n\nAnd prose.", [("SPEC-003", 1)]),
        (HEAD + "\nf(1, 'x') -> 1\x00", [("SPEC-001", 7)]),
        (HEAD + "f(1, '\udcff') -> 1", [("SPEC-001", 6)]),
        ("\x7fELF\x02\x01\x01\x00", [("SPEC-001", 1)]),
    ],
)
def test_what_is_not_a_spec_at_all_is_invalid(text: str, expected: list[tuple[str, int]]) -> None:
    assert wrong(text) == expected
    assert wrong(text, "specs/x.py") == expected or "SPEC-0" in str(wrong(text, "specs/x.py"))


def test_the_template_of_the_overview_is_invalid_at_each_placeholder() -> None:
    text = (
        "# SpecV3: Function Name\n\ndef func_name(param: type) -> return_type\n\n"
        "## Examples\nfunc_name(input) -> output\n\n## Post\nassert condition\n"
    )
    assert wrong(text) == [("SPEC-006", 3)]


@pytest.mark.parametrize(
    ("table", "code", "line"),
    [
        ("| a | out | out |\n|-|-|-|\n| 1 | 2 | 3 |", "SPEC-016", 4),
        ("| b | out |\n|-|-|\n| 1 | 2 |", "SPEC-016", 4),
        ("| a | out |\n|-|-|\n| 1 | 2 | 3 |", "SPEC-016", 6),
        ("| a | out |\n|-|-|\n|  | 2 |", "SPEC-016", 6),
        ("| a | out |\n|-|-|\n| one | 2 |", "SPEC-013", 6),
        ("| a | out |\n|-|-|\n| 1 ! | 2 |", "SPEC-016", 6),
        ("| a |\n|-|\n| 1 |", "SPEC-016", 4),
    ],
)
def test_a_bad_table_is_named_at_its_line(table: str, code: str, line: int) -> None:
    assert wrong(f"# T\ndef f(a: int) -> int\n## Examples\n{table}\n") == [(code, line)]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "\n".join(f'f({i}, "x") -> {i}' for i in range(10_000)),
        HEAD + "\n".join(f'- `f({i}, "x")` -> `{i}`' for i in range(10_000)),
        HEAD + "\n".join(f'f({i}, "x"' for i in range(10_000)),
        HEAD + 'f("' + '\\"' * 100_000,
        HEAD + "`" * 100_000,
        HEAD + "> " * 100_000,
    ],
    ids=["bare", "bullets", "unclosed", "quotes", "backticks", "nesting"],
)
def test_ten_thousand_examples_and_hostile_lines_take_less_than_fifty_million_turns(text: str) -> None:
    """As a multiple of a loop in the same run, so that neither a slow nor a busy machine fails the test."""
    turns = _seconds(lambda: sum(number % 7 for number in range(1_000_000)))
    assert _seconds(lambda: parse(text, "specs/x.md")) < 50 * turns


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def test_control_characters_do_not_reach_the_terminal() -> None:
    (item,) = parse(HEAD + GOOD + "f(\x1b[31m) -> 2", "specs/x.md").diagnostics
    assert "\x1b" not in shown(item)


def test_curly_quotes_are_pointed_out() -> None:
    (item,) = parse(HEAD + GOOD + "f(2, “x”) -> 2", "specs/x.md").diagnostics
    assert (item.code, item.hint) == ("SPEC-010", "use straight quotes")


def test_every_code_has_a_meaning_and_a_cure() -> None:
    assert all(entry.meaning.endswith(".") and entry.cure for entry in CODES.values())
