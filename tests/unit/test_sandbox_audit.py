"""What the audit lets pass, where it points, and that it cannot be hurt by what it reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aurora.sandbox import audit_code, audit_expression
from aurora.sandbox.vocabulary import ATTRIBUTES, BUILTINS, MODULES

HONEST = {
    "an emitted function": '''
def check_palindrome(s: str) -> bool:
    """Whether s reads the same backwards."""
    return s == s[::-1]
''',
    "imports, a cache and annotations": """
from __future__ import annotations
import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Optional

@functools.lru_cache(maxsize=None)
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def most(xs: Iterable[str]) -> Optional[str]:
    return Counter(xs).most_common(1)[0][0] if xs else None

def root(x: float) -> float:
    return math.sqrt(x)
""",
    "loops, exceptions and formatting": """
def average(xs: list[float], *rest: float, default: float = 0.0, **named: float) -> float:
    total = 0.0
    for x in [*xs, *rest]:
        total += x
    while total > 1e9:
        total /= 2
    try:
        result = total / len(xs)
    except ZeroDivisionError as error:
        raise ValueError(f"no values: {default:.2f}") from error
    finally:
        pass
    assert result == result, "{} of {:>{}}".format(result, total, 8)
    return (lambda y: y)(result)
""",
    "comprehensions and text methods": """
def words(text: str) -> dict[str, int]:
    seen = {w.lower(): i for i, w in enumerate(text.split()) if (n := len(w)) > 1}
    del seen["x"]
    return {k: v for k, v in sorted(seen.items(), key=lambda kv: kv[1])}
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_code_passes(name: str) -> None:
    assert audit_code(HONEST[name]) == []


def test_every_violation_has_its_line_in_order() -> None:
    code = "import math\nimport os\n\ndef f(x):\n    return x.__class__ or eval('1')\n"
    assert audit_code(code) == [
        "line 2: import of os is not allowed",
        "line 5: the attribute __class__ is not allowed",
        "line 5: the name eval is not allowed",
    ]


def test_an_expression_may_name_what_it_is_given_and_nothing_else() -> None:
    assert audit_expression("f(x) == sorted(x) and all(f(y) for y in [x])", ("f", "x")) == []
    assert audit_expression("f(x) == 1", ("x",)) == ["line 1: the name f is not allowed"]
    assert audit_expression("x = 1", ("x",)) != []


def test_no_name_on_the_list_has_an_underscore_in_front_or_walks_by_text() -> None:
    names = ATTRIBUTES | BUILTINS | {name for module in MODULES.values() for name in module}
    assert not [name for name in names if name.startswith("_")]
    assert not names & {
        "attrgetter",
        "methodcaller",
        "update_wrapper",
        "wraps",
        "Formatter",
        "get_type_hints",
    }
    assert not ATTRIBUTES & {"format", "format_map", "mro", "gi_frame", "tb_frame", "f_globals", "func"}


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.sampled_from("()[]{}:\n \t\"'\\#.,=+-*@x1_fdeilmrt\0é"), max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    assert all(violation.startswith("line ") for violation in audit_code(text))
    assert all(violation.startswith("line ") for violation in audit_expression(text, ()))


@pytest.mark.parametrize(
    "code",
    [
        "(" * 30000,
        "[" * 61 + "]" * 61,
        "not " * 15000 + "x",
        "x" + ".a" * 30000,
        "x" + "+1" * 30000,
        "x" + "()" * 30000,
        "lambda: " * 8000 + "1",
        "if 1:\n" + " if 1:\n" * 2000,
    ],
)
def test_code_made_to_hurt_the_parser_is_refused(code: str) -> None:
    assert audit_code(code)
