"""Answers become examples, in the place and dialect that the file has."""

from __future__ import annotations

import pytest

from aurora.errors import InvalidInput
from aurora.specs.answering import append_example

MARKDOWN = """# T

def gcd(a: int, b: int) -> int
def twice(s: str) -> str

## Examples
gcd(2, 4) -> 2
twice("a") -> "aa"

## Post
assert gcd(a, b) == gcd(b, a)
"""


def test_an_example_joins_those_of_its_function() -> None:
    assert append_example(MARKDOWN, "specs/x.md", "gcd(12, 18) -> 6") == MARKDOWN.replace(
        "gcd(2, 4) -> 2\n", "gcd(2, 4) -> 2\ngcd(12, 18) -> 6\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- f(1) -> 2", "- f(3) -> 4"),
        ("  * `f(1) -> 2`", "  * `f(3) -> 4`"),
        ("- `f(1)` -> `2`", "- `f(3) -> 4`"),
        ("f(\n  1\n) -> 2", "f(3) -> 4"),
        ("```\nf(1) -> 2", "f(3) -> 4"),
        ("| a | out |\n|--|--|\n| 1 | 2 |", "| 3 | 4 |"),
        ("| out | a |\n|--|--|\n| 2 | 1 |", "| 4 | 3 |"),
        ("| input | out |\n|--|--|\n| 1 | 2 |", "| `f(3)` | 4 |"),
    ],
)
def test_an_example_is_written_like_its_neighbours(before: str, after: str) -> None:
    text = f"# T\ndef f(a: int) -> int\n\n## Examples\n{before}\n"
    assert append_example(text, "specs/x.md", "f(3) -> 4") == f"{text}{after}\n"


def test_a_file_without_a_last_line_end_gets_one() -> None:
    text = "# T\ndef f(a: int) -> int\n## Examples\nf(1) -> 2"
    assert append_example(text, "specs/x.md", "f(3) -> 4") == f"{text}\nf(3) -> 4\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  examples:\n    - f(1) = 2\n", "  examples:\n    - f(1) = 2\n    - f(3) = 4\n"),
        ("  examples: f(1) = 2; f(2) = 3\n", "  examples: f(1) = 2; f(2) = 3; f(3) = 4\n"),
        ("  examples: f(1) = 2\n  pre: a > 0\n", "  examples: f(1) = 2; f(3) = 4\n  pre: a > 0\n"),
    ],
)
def test_an_entry_gets_its_example(before: str, after: str) -> None:
    head = "- name: f\n  args: a: int\n  returns: int\n"
    assert append_example(head + before, "specs/x.md", "f(3) -> 4") == head + after


def test_a_stub_gets_a_doctest() -> None:
    head = 'def f(s: str) -> str:\n    """D.\n\n    >>> f("a")\n    \'b\'\n'
    text = f'{head}\n    Post:\n        assert ret != s\n    """\n'
    changed = append_example(text, "specs/x.py", 'f("\\n") -> "\\\\"')
    assert changed == text.replace("    'b'\n", "    'b'\n    >>> f('\\\\n')\n    '\\\\\\\\'\n")


def test_a_stub_can_be_told_that_a_call_raises() -> None:
    text = 'def f(a: int) -> int:\n    """D.\n\n    >>> f(1)\n    2\n    """\n'
    changed = append_example(text, "specs/x.py", "f(-1) raises ValueError")
    assert "    >>> f(-1)\n    Traceback (most recent call last):\n    ValueError\n" in changed


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("gcd(2, 4) -> 3", "SPEC-101"),
        ("gcd(2, 4) -> 2", "SPEC-101"),
        ("lcm(2, 4) -> 3", "SPEC-011"),
        ("gcd(2) -> 3", "SPEC-012"),
        ("gcd(2, 'x') -> 3", "SPEC-013"),
        ("gcd(2, 9)", "SPEC-010"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(line: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        append_example(MARKDOWN, "specs/x.md", line)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_spec_that_is_invalid_already_is_left_alone() -> None:
    with pytest.raises(InvalidInput) as caught:
        append_example("# T\ndef f(a: int) -> int\n", "specs/x.md", "f(1) -> 2")
    assert (caught.value.code, caught.value.where) == ("SPEC-020", "specs/x.md:2")
