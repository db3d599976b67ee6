"""What is found is written as a person would have written it, and linters have nothing to say about it."""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from search_problems import problem

from aurora.synthesis.emission.score import reference_size, written_size
from aurora.synthesis.emission.source import called, function_source, renamed_source
from aurora.synthesis.modules import compose_module
from aurora.synthesis.problem import Callable

CASES = Path(__file__).with_name("emission_cases.txt")
"""Signature, program, ``=>``, body: what each program becomes, one after another, blank lines between."""

RULES = "E,F,W,I,N,UP,B,A,C4,ISC,PIE,RET,SIM,PERF,RUF,D3"


def cases() -> list[tuple[str, str, str]]:
    """The signature, program and body of every case."""
    found = []
    for block in CASES.read_text().strip().split("\n\n"):
        before, _, after = block.partition("\n=>\n")
        signature, _, program = before.partition("\n")
        parameters, _, returns = signature.rpartition(" -> ")
        found.append(
            (f"f({parameters}) -> {returns}", textwrap.dedent(program), textwrap.dedent(after).rstrip())
        )
    return found


def body_of(source: str) -> str:
    """The lines below ``def``, flush left."""
    lines = source.splitlines()
    start = next(
        place for place, line in enumerate(lines) if line.endswith(":") and line.startswith(("def ", ") ->"))
    )
    return textwrap.dedent("\n".join(lines[start + 1 :]))


@pytest.mark.parametrize(("signature", "program", "body"), cases(), ids=[each[1] for each in cases()])
def test_a_program_reads_as_a_person_would_have_written_it(signature: str, program: str, body: str) -> None:
    assert body_of(function_source(problem(signature), program)) == body


@pytest.mark.parametrize(("signature", "program", "body"), cases(), ids=[each[1] for each in cases()])
def test_what_is_written_stays_as_it_is_when_it_is_written_again(
    signature: str, program: str, body: str
) -> None:
    again = function_source(problem(signature), body)
    assert body_of(again) == body
    assert ast.unparse(ast.parse(ast.unparse(ast.parse(again)))) == ast.unparse(ast.parse(again))


def test_parameters_keep_their_names_and_bound_variables_take_none_of_them() -> None:
    source = function_source(
        problem("f(word: str, words: list[str]) -> list[str]"), "[x + word for x in words]"
    )
    assert "[item + word for item in words]" in source


def test_variables_are_named_after_what_they_go_through() -> None:
    source = function_source(problem("f(cities: list[str]) -> list[int]"), "[len(x) for x in cities]")
    assert "[len(city) for city in cities]" in source


def test_a_long_sum_is_parted_where_there_is_a_name_for_a_part() -> None:
    program = "first_text.strip().lower().replace(' ', '-') + other_text.strip().lower().replace(' ', '-')"
    source = function_source(problem("f(first_text: str, other_text: str) -> str"), program)
    assert max(map(len, source.splitlines())) <= 88
    assert "    replaced = " in source


def test_what_could_raise_is_not_computed_before_the_test_that_guards_it() -> None:
    program = "0 if len(xs) == 0 else sum(xs) // len(xs) + sum(xs) // len(xs)"
    lines = function_source(problem("f(xs: list[int]) -> int"), program).splitlines()
    assert [line.strip() for line in lines[1:3]] == ["if xs:", "value = sum(xs) // len(xs)"]


def test_nothing_is_gained_from_a_rule_that_needs_types_that_are_not_there() -> None:
    program = "not a < b"
    assert "return not a < b" in function_source(problem("f(a: float, b: float) -> bool"), program)
    assert "return not a < b" in function_source(problem("f(a: set[int], b: set[int]) -> bool"), program)
    assert "return a >= b" in function_source(problem("f(a: str, b: str) -> bool"), program)


def test_a_callers_list_is_not_grown_in_place() -> None:
    assert "append" not in function_source(
        problem("f(xs: list[int]) -> list[int]"), "xs = xs + [1]\nreturn xs"
    )


def test_imports_stand_in_the_order_of_isort() -> None:
    program = "[x for x in accumulate(Counter(s).values())] + [math.isqrt(len(re.findall('a', s)))]"
    source = function_source(problem("f(s: str) -> list[int]"), program)
    head = "import math\nimport re\nfrom collections import Counter\nfrom itertools import accumulate\n\n\ndef f("
    assert source.startswith(head)


def test_the_docstring_is_the_prose_with_its_first_sentence_apart() -> None:
    prose = "Count the words. They are\nseparated by spaces.\n\nNothing else counts."
    source = function_source(problem("f(s: str) -> int", prose=prose), "len(s.split())")
    assert ast.get_docstring(ast.parse(source).body[0]) == (  # type: ignore[arg-type]
        "Count the words.\n\nThey are separated by spaces.\n\nNothing else counts."
    )


@pytest.mark.parametrize(
    "prose",
    [
        'says "quoted"',
        '"quoted" at first',
        "back\\slash",
        "ends in \\",
        'three """ quotes',
        "über ☃",
        "nul \0",
        "\ud800",
    ],
)
def test_any_prose_becomes_a_docstring_that_says_it(prose: str) -> None:
    source = function_source(problem("f(n: int) -> int", prose=prose), "n")
    function = ast.parse(source.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass")).body[0]
    assert ast.get_docstring(function) == prose.strip()  # type: ignore[arg-type]
    assert not any(line != line.rstrip() for line in source.splitlines())


def test_library_functions_are_named_as_called_in_the_librarys_order() -> None:
    library = [
        Callable(name, ("int",), "int", f"def {name}(n: int) -> int:\n    return n\n")
        for name in ("g", "h", "k")
    ]
    given = problem("f(n: int) -> int", library=library)
    assert called(given, function_source(given, "k(g(n)) + 0")) == ("g", "k")


def test_corpus_code_gets_the_name_that_is_asked_for() -> None:
    source = renamed_source(
        problem("f(n: int) -> int"), "def old(n: int) -> int:\n    return n and old(n - 1)\n"
    )
    assert source == "def f(n: int) -> int:\n    return n and f(n - 1)\n"


def test_the_score_is_the_size_of_what_is_written() -> None:
    given = problem("f(xs: list[int]) -> int")
    assert written_size(given, "sum([x for x in xs]) + 0") == written_size(given, "sum(xs)")
    assert written_size(given, "sum(xs)") == reference_size(
        'def f(xs):\n    """Add up."""\n    return sum(xs)\n'
    )


def test_a_comment_in_corpus_code_stays() -> None:
    source = "def old(n: int) -> int:\n    # ö: old and tried\n    return 'ö' and old(n - 1)\n"
    renamed = renamed_source(problem("newer(n: int) -> int"), source)
    assert renamed == "def newer(n: int) -> int:\n    # ö: old and tried\n    return 'ö' and newer(n - 1)\n"
    inside = renamed_source(
        problem("newer(n: int) -> str"), "def old(n: int) -> str:\n    return f'ä {old(n - 1)}'\n"
    )
    assert "{newer(n - 1)}" in inside


def test_a_value_that_may_be_missing_is_asked_for_where_the_program_needs_it() -> None:
    lines = function_source(problem("f(x: int | None) -> int"), "x + 1").splitlines()
    assert lines[1:] == [
        "    if x is None:",
        '        raise TypeError("x must not be None")',
        "    return x + 1",
    ]
    assert "raise" not in function_source(problem("f(x: int | None) -> int"), "0 if x is None else x + 1")
    assert "raise" not in function_source(problem("f(x: int | None, n: int) -> int"), "n if n > 0 else x + 1")


@pytest.mark.slow
def test_linters_and_strict_mypy_have_nothing_to_say(tmp_path: Path) -> None:
    for number, (signature, program, _) in enumerate(cases()):
        given = problem(
            signature.replace("f(", f"function_{number}(", 1), prose="Say what is meant. Then more."
        )
        text = compose_module(
            "Cases.", [function_source(given, program.replace("f(n", f"function_{number}(n"))]
        )
        (tmp_path / f"case_{number}.py").write_text(text)
    for command in (
        ("ruff", "check", "--isolated", "--select", RULES, "."),
        ("ruff", "format", "--check", "--isolated", "--line-length", "100", "."),
        ("mypy", "--strict", "--config-file", "", "--cache-dir", str(tmp_path / ".cache"), "."),
    ):
        run = subprocess.run(
            [sys.executable, "-m", *command], capture_output=True, text=True, cwd=tmp_path, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_quotes_within_a_docstring_need_no_backslash() -> None:
    for prose in ('"Fizz" for multiples of 3.', 'Says much. It goes on for long, and ends with "more"'):
        assert "\\" not in function_source(problem("f(n: int) -> int", prose=prose), "n")
