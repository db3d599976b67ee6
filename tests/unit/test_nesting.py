"""An answer that borrows a function brings it along."""

from __future__ import annotations

from aurora.synthesis.modules import calls_of
from aurora.synthesis.nesting import nested

ANSWER = '''\
def gap(a: int, b: int) -> int:
    """How far apart."""
    return digit_sum(a) - digit_sum(b)
'''

DIGIT_SUM = '''\
def digit_sum(n: int) -> int:
    """The sum of the digits."""
    return sum(int(c) for c in str(n))
'''

ROOT = "import math\n\n\ndef root(n: int) -> int:\n    return math.isqrt(n)\n"


def test_the_definition_stands_inside_after_the_docstring() -> None:
    assert nested(ANSWER, [DIGIT_SUM]) == (
        '''\
def gap(a: int, b: int) -> int:
    """How far apart."""

    def digit_sum(n: int) -> int:
        """The sum of the digits."""
        return sum(int(c) for c in str(n))

    return digit_sum(a) - digit_sum(b)
'''
    )


def test_the_answer_then_calls_nothing_that_it_does_not_define() -> None:
    assert calls_of(ANSWER) == ("digit_sum",)
    assert calls_of(nested(ANSWER, [DIGIT_SUM])) == ()


def test_imports_come_to_the_top_once_and_a_definition_is_there_once() -> None:
    answer = "import math\n\n\ndef f(n: int) -> float:\n    return math.pi * root(n)\n"
    whole = nested(answer, [ROOT, ROOT])
    assert whole.startswith("import math\n\n\ndef f(n: int) -> float:\n    def root(n: int) -> int:\n")
    assert whole.count("def root") == whole.count("import math") == 1
    space: dict[str, object] = {}
    exec(nested("def f(n: int) -> int:\n    return root(n) + 1\n", [ROOT]), space)
    assert space["f"](10) == 4  # type: ignore[operator]


def test_a_borrowed_function_that_borrowed_itself_is_nested_twice() -> None:
    whole = nested("def far(a: int) -> bool:\n    return gap(a, 7) > 3\n", [nested(ANSWER, [DIGIT_SUM])])
    space: dict[str, object] = {}
    exec(whole, space)
    assert space["far"](95) is True  # type: ignore[operator]
    assert calls_of(whole) == ()
