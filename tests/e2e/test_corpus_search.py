"""The corpus is searched by types, by words and by example, and says what is wrong with a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from commandline import Cli


def found(cli: Cli, *arguments: str) -> list[str]:
    return [row["func_name"] for row in cli.json("corpus", "search", *arguments)]


def calls(cli: Cli, *examples: str) -> list[str]:
    options = [word for example in examples for word in ("--example", example)]
    return [row["call"] for row in cli.json("corpus", "search", *options)]


@pytest.mark.parametrize(
    "query", ["plus(x: int, y: int) -> int", "def plus(x:int,y:int)->int:", "(int, int) -> int", "(I,I)->I"]
)
def test_a_function_is_found_by_its_types_whatever_the_names(searched: Cli, query: str) -> None:
    (row, *_) = searched.json("corpus", "search", query)
    assert (row["func_name"], row["rank"], row["same_types"]) == ("add", 1, True)


def test_asked_for_types_equal_ones_come_before_what_is_only_called_so(searched: Cli) -> None:
    rows = searched.json("corpus", "search", "reverse_string(a: int, b: int) -> int")
    assert [(row["rank"], row["func_name"]) for row in rows][:2] == [(1, "add"), (2, "reverse_string")]


def test_words_find_what_the_function_is_for_in_any_form(searched: Cli) -> None:
    assert found(searched, "reversing", "some", "STRINGS")[0] == "reverse_string"
    assert found(searched, "palindromes")[0] == "check_palindrome"
    assert found(searched, "add") == ["add"]
    assert found(searched, "zebra") == []
    assert "(no results)" in searched("corpus", "search", "zebra").out


def test_what_stands_in_the_code_is_found_when_no_word_is(searched: Cli) -> None:
    assert found(searched, "[::-1]")


def test_top_and_grep_limit_what_is_shown(searched: Cli) -> None:
    assert len(searched.json("corpus", "list", "--top", "2")) == 2
    assert [row["func_name"] for row in searched.json("corpus", "list", "--grep", "REVERSE")] == [
        "reverse_string"
    ]
    assert len(found(searched, "string", "--top", "1")) == 1
    assert found(searched, "f(s: str) -> str", "--grep", "add") == []


def test_a_function_is_found_by_what_it_gives(searched: Cli) -> None:
    assert calls(searched, "'abc' -> 'cba'") == ["reverse_string('abc')"]
    assert calls(searched, "(2, 5) -> 7", "f(-1, 1) -> 0") == ["add(2, 5)"]
    assert calls(searched, "'abca' -> false") == ["check_palindrome('abca')"]
    assert calls(searched, "'abca' -> True") == []
    assert "reverse_string('abc')" in searched("corpus", "search", "--example", "'abc' -> 'cba'").out


def test_every_example_must_be_given_and_types_must_fit(searched: Cli) -> None:
    assert calls(searched, "(2, 5) -> 7", "(2, 5) -> 8") == []
    assert calls(searched, "(2.5, 5) -> 7.5") == []
    assert calls(searched, "f((2, 5)) -> 7") == []


def test_words_and_examples_together_must_both_fit(searched: Cli) -> None:
    assert found(searched, "add", "--example", "(2, 5) -> 7") == ["add"]
    assert found(searched, "palindrome", "--example", "(2, 5) -> 7") == []
    assert found(searched, "(int, int) -> int", "--grep", "zebra", "--example", "(2, 5) -> 7") == []


LESS = """\
# SpecV3: Less

Takes the second number away from the first.

def less(a: int, b: int) -> int

## Examples
less(5, 3) -> 2
less(3, 5) -> -2
less(9, 0) -> 9
less(0, 4) -> -4
"""


def test_arguments_may_stand_in_another_order(empty: Cli) -> None:
    empty.write("less.md", LESS)
    empty("synth")
    assert calls(empty, "(1, 9) -> 8") == ["less(9, 1)"]
    assert calls(empty, "(9, 1) -> 8") == ["less(9, 1)"]
    assert calls(empty, "(9, 1) -> 8", "(1, 9) -> 8") == []


def test_code_edited_by_hand_is_in_the_corpus_with_its_imports(searched: Cli, tmp_path: Path) -> None:
    file = tmp_path / "edited.py"
    file.write_text(
        "import re\n\n\ndef reverse_string(s: str) -> str:\n"
        "    return ''.join(reversed(re.findall('.', s, re.DOTALL)))\n"
    )
    item = searched.item("reverse_string")
    searched("review", "edit", item, "--file", str(file), "--reason", "by hand")
    searched("review", "promote", item, "--reason", "also right")
    (row,) = searched.json("corpus", "search", "--example", "'abc' -> 'cba'", "--grep", "re.findall")
    assert row["call"] == "reverse_string('abc')"
    assert row["calls_functions"] == "[]"


def test_the_corpus_is_searched_as_it_was(searched: Cli) -> None:
    assert found(searched, "add", "--at", "1") == []
    assert searched.json("corpus", "search", "--example", "'ab' -> 'ba'", "--at", "1") == []


def test_rebuilt_the_index_is_the_same(searched: Cli) -> None:
    before = searched.json("corpus", "search", "a string")
    assert before
    (report,) = searched.json("project", "rebuild", "corpus")
    assert report["same"]
    assert searched.json("corpus", "search", "a string") == before


@pytest.mark.parametrize(
    ("arguments", "code", "where"),
    [
        ((), "CORPUS-005", ""),
        (("",), "CORPUS-005", ""),
        (("f(a: Thing) -> int",), "SPEC-006", "f(a: Thing) -> int"),
        (("f(a: int)",), "SPEC-005", "f(a: int)"),
        (("[1, 2] -> 3",), "CORPUS-004", "[1, 2] -> 3"),
        (("--example", "1 2"), "SPEC-010", "--example 1"),
        (("--example", "1 ->"), "SPEC-010", "--example 1"),
        (("--example", "1 -> 2", "--example", "x -> 3"), "SPEC-013", "--example 2"),
        (("--example", "f(a=1) -> 2"), "SPEC-012", "--example 1"),
        (("--example", "1 -> raises Nonsense"), "SPEC-015", "--example 1"),
        (("--example", "1 -> 2", "--example", "(1, 2) -> 3"), "CORPUS-003", "--example 2"),
    ],
)
def test_a_question_that_cannot_be_read_says_where_and_what_to_write(
    searched: Cli, arguments: tuple[str, ...], code: str, where: str
) -> None:
    error = searched.json("corpus", "search", *arguments, code=2)["error"]
    assert (error["code"], error["where"]) == (code, where)
    assert error["hint"] or code in ("SPEC-006", "SPEC-015")
