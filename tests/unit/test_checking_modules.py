"""Modules are composed and split so that a person would keep them as they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aurora.synthesis.modules import (
    ConflictingFunctions,
    calls_of,
    code_hash,
    compose_module,
    one_function,
    split_functions,
)

SQUARE = "def square(x: int) -> int:\n    return x * x\n"
HYPOTENUSE = """\
import math
import functools

def hypotenuse(a: int, b: int) -> float:
    return math.sqrt(square(a) + square(b))
"""
WORDS = """\
from collections import deque, Counter
from functools import reduce

def commonest(text: str) -> str:
    return Counter(text.split(' ')).most_common(1)[0][0]
"""


def test_callees_come_first_and_unused_imports_stay_out() -> None:
    module = compose_module("Geometry", [HYPOTENUSE, WORDS, SQUARE])
    assert (
        module
        == '''\
"""Geometry."""

import math
from collections import Counter


def square(x: int) -> int:
    return x * x


def hypotenuse(a: int, b: int) -> float:
    return math.sqrt(square(a) + square(b))


def commonest(text: str) -> str:
    return Counter(text.split(" ")).most_common(1)[0][0]
'''
    )


def test_a_function_given_twice_appears_once() -> None:
    assert compose_module("Squares", [SQUARE, HYPOTENUSE, SQUARE]).count("def square") == 1


def test_two_functions_of_one_name_are_refused() -> None:
    with pytest.raises(ConflictingFunctions, match="square"):
        compose_module("Squares", [SQUARE, SQUARE.replace("x * x", "x ** 2")])


def test_functions_that_call_each_other_are_composed() -> None:
    even = "def even(n: int) -> bool:\n    return n == 0 or odd(n - 1)\n"
    odd = "def odd(n: int) -> bool:\n    return n != 0 and even(n - 1)\n"
    assert list(split_functions(compose_module("Parity", [even, odd]))) == ["odd", "even"]


def test_constants_decorators_and_comments_stay_with_their_function() -> None:
    function = "# Cached, because it is slow.\n@functools.cache\ndef f() -> int:\n    return LIMIT\n"
    source = f"import functools\n\nLIMIT = 3\n\n\n{function}"
    assert split_functions(source)["f"].startswith("# Cached, because it is slow.\n@functools.cache\ndef f()")
    assert "\nLIMIT = 3\n" in compose_module("Limits", [source])
    assert "import functools\n" in compose_module("Limits", [source])


@pytest.mark.parametrize(
    "title",
    [
        'ends in "quotes"',
        'ends in """three"""',
        'ends in ""two""',
        'an escaped \\"',
        "back\\slash",
        "ends in a \\",
        'three """ quotes',
        "\\N{DASH} \\u12",
        "nul \0 escape \x1b override \u202e surrogate \ud800",
        "über ☃",
        "long " * 60,
    ],
)
def test_any_title_becomes_a_docstring_that_says_it(title: str) -> None:
    scope: dict[str, object] = {}
    exec(compose_module(title, [SQUARE]), scope)
    assert " ".join(str(scope["__doc__"]).split()).removesuffix(".") == title.strip()


def test_a_module_without_a_title_has_a_docstring_too() -> None:
    assert compose_module("", [SQUARE]).startswith('"""Made by Aurora."""')


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x85", "\u2028"])
def test_separators_inside_text_end_no_line_of_code(separator: str) -> None:
    first = f"def first() -> str:\n    # one{separator}two\n    return '{separator}'\n"
    assert split_functions(first + "\n\n" + SQUARE)["square"] == SQUARE.strip()
    assert f'return "{separator}"' in compose_module("Lines", [first])


def test_splitting_a_composed_module_gives_the_functions_back() -> None:
    parts = split_functions(compose_module("All", [HYPOTENUSE, SQUARE]))
    assert code_hash(parts["square"]) == code_hash(SQUARE)
    assert set(parts) == {"square", "hypotenuse"}


def test_calls_are_the_names_from_outside_in_order_of_mention() -> None:
    source = "def f(xs: list[int]) -> list[int]:\n    return [g(x) for x in map(h, sorted(xs)) if f([x])]\n"
    assert calls_of(source) == ("g", "h")
    assert calls_of(HYPOTENUSE) == ("square",)


def test_the_hash_ignores_layout_and_comments_but_not_meaning() -> None:
    assert code_hash(SQUARE) == code_hash("def square( x:int )->int: return x*x  # quick")
    assert code_hash(SQUARE) != code_hash(SQUARE.replace("x * x", "x + x"))


@pytest.mark.slow
def test_a_composed_module_is_clean_for_ruff_and_strict_mypy(tmp_path: Path) -> None:
    path = tmp_path / "composed.py"
    path.write_text(compose_module("Geometry", [HYPOTENUSE, WORDS, SQUARE]))
    for command in (
        ["ruff", "check", "--isolated", "--select", "E,F,W,I,UP,B,RUF,D3"],
        ["ruff", "format", "--check", "--isolated"],
        ["mypy", "--strict", "--config-file", "", "--cache-dir", str(tmp_path / "cache")],
    ):
        run = subprocess.run(
            [sys.executable, "-m", *command, str(path)],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_a_function_alone_keeps_the_imports_and_constants_that_it_uses_and_no_others() -> None:
    source = (
        "import math\nimport re\n\nDIGITS = re.compile('[0-9]+')\nOTHER = 1\n\n\n"
        "def area(r: float) -> float:\n    return math.pi * r * r\n\n\n"
        "# Only digits count.\ndef first(text: str) -> str:\n    return DIGITS.findall(text)[0]\n"
    )
    assert one_function(source, "area") == (
        "import math\n\n\ndef area(r: float) -> float:\n    return math.pi * r * r"
    )
    alone = one_function(source, "first")
    assert alone.startswith("import re\n\n\nDIGITS = ")
    assert "OTHER" not in alone
    assert calls_of(alone) == ()
