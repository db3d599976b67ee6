"""Pre- and post-conditions: their language, and how their names get types."""

from __future__ import annotations

import pytest

from aurora.specs.model import Condition
from aurora.specs.parser import parse

HEAD = """# T
def f(a: float) -> int
def g(s: str) -> list[str]
def h(xs: list[int], n: int) -> bool
## Examples
f(1) -> 1
g("a") -> ["a"]
h([], 1) -> true
"""


def conditions(line: str) -> tuple[Condition, ...]:
    parsed = parse(f"{HEAD}## Post\n{line}", "specs/x.md")
    assert parsed.diagnostics == ()
    assert parsed.spec is not None
    return parsed.spec.post


def complaint(line: str, section: str = "Post", head: str = HEAD) -> str:
    (item,) = parse(f"{head}## {section}\n{line}", "specs/x.md").diagnostics
    assert item.where == f"specs/x.md:{head.count(chr(10)) + 2}"
    assert item.hint
    return item.code


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("assert f(x) >= 0", {"x": "float"}),
        ("assert x > 0 and f(x) > 0", {"x": "float"}),
        ("assert h(xs, k) == h(xs + [k], k)", {"xs": "list[int]", "k": "int"}),
        ("assert g(x + y) == g(x) + g(y)", {"x": "str", "y": "str"}),
        ("assert len(g(x)) == y", {"x": "str", "y": "int"}),
        ("assert f(2.0) == x or x > 1", {"x": "int"}),
        ("assert all(f(i) > 0 for i in range(n))", {"n": "int"}),
        ("assert [w.upper() for w in g(s)] == g(s.upper())", {"s": "str"}),
        ("assert word in g(s)", {"word": "str", "s": "str"}),
        ("assert h(xs[1:n], n) or xs == []", {"xs": "list[int]", "n": "int"}),
        ("assert h([x, y], x * y)", {"x": "int", "y": "int"}),
        ("assert g(s)[i] == t", {"s": "str", "i": "int", "t": "str"}),
        ("assert f(-x) == f(abs(x))", {"x": "float"}),
        ("assert h(sorted(xs), max(xs))", {"xs": "list[int]"}),
        ("assert (f(x) == 1) == flag", {"x": "float", "flag": "bool"}),
        ("assert sorted(g(s), key=lambda w: w) == g(s)", {"s": "str"}),
        ("assert not done or f(1.0) == 1", {"done": "bool"}),
        ("assert isinstance(f(x), int)", {"x": "float"}),
        ("assert g(s).count(t) <= 1", {"s": "str", "t": "str"}),
        ("assert {k: 1 for k in g(s)} == {}", {"s": "str"}),
    ],
)
def test_a_free_name_is_typed_from_where_it_is_used(line: str, types: dict[str, str]) -> None:
    (condition,) = conditions(line)
    assert {v.name: str(v.type) for v in condition.variables} == types


def test_several_assertions_in_one_section_are_several_conditions() -> None:
    found = conditions(
        "assert f(x) == true\n- `assert f(x) > null`\nassert (f(x)\n  > 2), 'why'\nf(x) != 7\nProse too."
    )
    assert [c.text for c in found] == ["f(x) == True", "f(x) > None", "f(x) > 2", "f(x) != 7"]
    assert [c.line for c in found] == [10, 11, 12, 14]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("assert f(x", "SPEC-030"),
        ("asert f(x) == 1", "SPEC-030"),
        ("assert import os", "SPEC-030"),
        ("assert f(x).__class__ == 1", "SPEC-031"),
        ("assert f(x).format_map == 1", "SPEC-031"),
        ("assert f(__x) == 1", "SPEC-031"),
        ("assert f'{f(x)}' == '1'", "SPEC-031"),
        ("assert (y := f(x)) == 1", "SPEC-031"),
        ("assert f(x) == b'1'", "SPEC-031"),
        ("assert f(*x) == 1", "SPEC-031"),
        ("assert eval(f(x)) == 1", "SPEC-032"),
        ("assert open(g(s)) == 1", "SPEC-032"),
        ("assert unknown(f(x)) == 1", "SPEC-032"),
        ("assert f == g", "SPEC-032"),
        ("assert f(x) == 1 or y == y", "SPEC-033"),
        ("assert f(x) == 1 and g(x) == []", "SPEC-034"),
        ("assert f(x, 2) == 1", "SPEC-035"),
        ("assert f(a=x) == 1", "SPEC-035"),
        ("assert 1 < 2", "SPEC-036"),
        ("assert " + "not " * 200 + "f(x) == 1", "SPEC-018"),
    ],
)
def test_what_conditions_cannot_say_is_refused_with_a_cure(line: str, code: str) -> None:
    assert complaint(line) == code


def test_an_assertion_outside_of_its_sections_is_not_overlooked() -> None:
    parsed = parse(f"{HEAD}## Notes\nassert f(x) > 0", "specs/x.md")
    assert [(d.code, d.where) for d in parsed.diagnostics] == [("SPEC-038", "specs/x.md:10")]


def test_a_pre_condition_belongs_to_the_functions_that_have_its_names() -> None:
    parsed = parse(f"{HEAD}## Pre\nassert n > 0\nassert len(xs) > n\nassert a >= 0", "specs/x.md")
    assert parsed.spec is not None
    assert parsed.diagnostics == ()
    assert [[c.text for c in f.pre] for f in parsed.spec.functions] == [
        ["a >= 0"],
        [],
        ["n > 0", "len(xs) > n"],
    ]


@pytest.mark.parametrize(
    "line", ["assert zz > 0", "assert f(a) > 0", "assert a > 0 and n > 0", "assert unknown(a)"]
)
def test_a_pre_condition_that_fits_no_function_is_refused(line: str) -> None:
    assert complaint(line, "Pre") in ("SPEC-037", "SPEC-032")


def test_the_parameters_of_a_lone_function_are_known_in_its_conditions() -> None:
    head = "# T\ndef f(flag: bool, xs: list[str]) -> int\n## Examples\nf(true, []) -> 1\n"
    text = f"{head}## Post\nassert ret >= 0\nassert len(xs) > 0 or result == 1"
    spec = parse(text, "specs/x.md").spec
    assert spec is not None
    assert [c.text for c in spec.post] == ["f(flag, xs) >= 0", "len(xs) > 0 or f(flag, xs) == 1"]
    assert [(v.name, str(v.type)) for v in spec.post[1].variables] == [("xs", "list[str]"), ("flag", "bool")]
