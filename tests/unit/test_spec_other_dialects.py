"""The ``- name:`` dialect and Python stubs."""

from __future__ import annotations

import pytest

from aurora.specs.model import Spec
from aurora.specs.parser import parse

LISTING = """# Numbers

Small ones.

- name: add
  args: a: int, b: int
  returns: int
  description: The sum.
  examples:
    - add(1, 2) = 3
    - f(0, 0) = 0; add(a=1, b=-1) = 0, add(5, 5) = 10
  pre: a >= 0
  post: ret == a + b
  invariants: commutative: f(a,b)==f(b,a)

- name: shout
  args: [s: string]
  returns: string
  examples: shout("a=b; c") = "A=B; C"
  post:
    - ret == ret.upper()
    - idempotent
"""

STUB = '''"""Halves.

Of numbers.
"""
from typing import Optional


def half(n: int) -> Optional[int]:
    """The half of an even number.

    >>> half(4)
    2
    >>> half(
    ...     3)
    >>> half(8) == 4
    True
    >>> half(-1)
    Traceback (most recent call last):
      ...
    ValueError: negative

    Pre:
        assert n > -10
    Post:
        assert half(n) is None or ret * 2 == n
    """
'''


def read(text: str, path: str) -> Spec:
    """The spec in ``text``, which has nothing wrong with it."""
    parsed = parse(text, path)
    assert parsed.diagnostics == ()
    assert parsed.spec is not None
    return parsed.spec


def test_list_entries_become_functions_with_examples_and_conditions() -> None:
    spec = read(LISTING, "specs/numbers.md")
    add, shout = spec.functions
    assert (spec.title, spec.prose, add.prose) == ("Numbers", "Small ones.", "The sum.")
    assert str(add.signature) == "add(a: int, b: int) -> int"
    assert str(shout.signature) == "shout(s: str) -> str"
    assert [(e.arguments, e.expected, e.line) for e in add.examples] == [
        (("1", "2"), "3", 10),
        (("0", "0"), "0", 11),
        (("1", "-1"), "0", 11),
        (("5", "5"), "10", 11),
    ]
    assert [(e.arguments, e.expected) for e in shout.examples] == [(("'a=b; c'",), "'A=B; C'")]
    assert [c.text for c in add.pre] == ["a >= 0"]


def test_ret_means_the_call_and_laws_are_written_out() -> None:
    spec = read(LISTING, "specs/numbers.md")
    assert [(c.text, c.line) for c in spec.post] == [
        ("add(a, b) == a + b", 13),
        ("add(a, b) == add(b, a)", 14),
        ("shout(s) == shout(s).upper()", 21),
        ("shout(shout(s)) == shout(s)", 22),
    ]
    assert [(v.name, str(v.type)) for v in spec.post[0].variables] == [("a", "int"), ("b", "int")]


def test_a_blank_line_ends_a_function() -> None:
    parsed = parse(
        "- name: f\n  args: a: int\n  returns: int\n  examples: f(1) = 1\n\n  post: ret > 0\n", "specs/x.md"
    )
    assert [(d.code, d.where) for d in parsed.diagnostics] == [("SPEC-040", "specs/x.md:6")]


@pytest.mark.parametrize(
    "args", ["a: int, b: str", "(a: int, b: str)", "\n    - a: int\n    - b: str", "[a: int, b: str]"]
)
def test_arguments_may_be_written_in_many_ways(args: str) -> None:
    spec = read(f"- name: f\n  args: {args}\n  returns: int\n  examples: f(1, 'x') = 1\n", "specs/x.md")
    assert str(spec.functions[0].signature) == "f(a: int, b: str) -> int"


def test_the_seeds_minimal_entry_is_invalid_rather_than_empty() -> None:
    parsed = parse("# spec\n- name: add\n", "specs/add.md")
    assert parsed.spec is None
    assert [d.code for d in parsed.diagnostics] == ["SPEC-005"]


def test_a_stub_gives_signature_prose_doctests_and_conditions() -> None:
    spec = read(STUB, "specs/halves.py")
    (half,) = spec.functions
    assert (spec.name, spec.title) == ("halves", "Halves")
    assert str(half.signature) == "half(n: int) -> int | None"
    assert half.prose == "Of numbers.\n\nThe half of an even number."
    assert [(e.arguments, e.expected, e.raises, e.line) for e in half.examples] == [
        (("4",), "2", None, 11),
        (("3",), "None", None, 13),
        (("8",), "4", None, 15),
        (("-1",), None, "ValueError", 17),
    ]
    assert [(c.text, c.line) for c in half.pre] == [("n > -10", 23)]
    assert [(c.text, c.line) for c in spec.post] == [("half(n) is None or half(n) * 2 == n", 25)]


def test_a_stub_is_never_run() -> None:
    text = 'raise SystemExit(1)\n\ndef f(a: int) -> int:\n    """D.\n\n    >>> f(1)\n    1\n    """\n    return 1 / 0\n'
    assert [f.signature.name for f in read(text, "specs/x.py").functions] == ["f"]


def test_a_stub_that_is_not_python_is_named_at_its_line() -> None:
    parsed = parse("x = 1\ndef f(:\n", "specs/x.py")
    assert [(d.code, d.where) for d in parsed.diagnostics] == [("SPEC-041", "specs/x.py:2")]
