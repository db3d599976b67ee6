"""Searching by example runs untrusted code on it: in the sandbox, in every order of arguments, with its callees."""

from __future__ import annotations

import json

import pytest
from commandline import Cli

from aurora.service.example_search import matching, read_examples
from aurora.service.workspace import Caller, Workspace
from aurora.specs.bare_examples import BareExample, read_bare_example
from aurora.specs.signatures import read_signature
from aurora.synthesis.modules import calls_of
from aurora.synthesis.records import complexity_of
from aurora_projections.corpus import CorpusEntry


def entry(source: str, spec: str = "one") -> CorpusEntry:
    """A corpus entry of this code, from the spec of that hash."""
    first = next(line for line in source.splitlines() if line.startswith("def "))
    signature = read_signature(first)
    return CorpusEntry(
        id=f"{spec}-{signature.name}",
        timestamp="2026-01-01T00:00:00.000000000Z",
        spec_id=spec,
        spec_hash=spec,
        func_name=signature.name,
        func_signature=str(signature),
        sig_key=signature.key,
        passed=1,
        total=1,
        score=1.0,
        failing_tests="[]",
        snippet=source,
        complexity=complexity_of(source),
        iteration=0,
        calls_functions=json.dumps(calls_of(source)),
        post_bow="[]",
    )


def calls(cli: Cli, entries: list[CorpusEntry], *examples: str, top: int = 10) -> list[str]:
    caller = Caller("human:tester", lambda: 0, lambda: "id", "cause")
    with Workspace(cli.root, caller, writable=False) as workspace:
        found = matching(workspace, entries, read_examples(examples), top, others=entries)
    return [match.call for match in found]


MINUS = "def minus(a: int, b: int) -> int:\n    return a - b\n"
HALF = "def half(value: float) -> float:\n    return value / 2\n"
ENDLESS = "def endless(a: int, b: int) -> int:\n    while True:\n        a += 1\n"
PARSE = "def number(text: str) -> int:\n    return int(text)\n"
FIRST = "import re\n\n\ndef first(text: str) -> str:\n    return re.findall('[a-z]+', text)[0]\n"
TWICE = "def twice(n: int) -> int:\n    return n + n\n"
FOURFOLD = "def fourfold(n: int) -> int:\n    return twice(twice(n))\n"
SPAN = "def span(pair: tuple[int, int]) -> int:\n    return pair[1] - pair[0]\n"


def test_the_simplest_that_gives_every_answer_stands_first_and_an_endless_one_is_passed_over(
    empty: Cli,
) -> None:
    longer = "def apart(a: int, b: int) -> int:\n    return (a - b) + 0 * a\n"
    entries = [entry(longer), entry(ENDLESS), entry(MINUS)]
    assert calls(empty, entries, "(5, 3) -> 2", "(9, 1) -> 8") == ["minus(5, 3)", "apart(5, 3)"]
    assert calls(empty, entries, "(5, 3) -> 2", top=1) == ["minus(5, 3)"]


def test_one_order_of_the_arguments_must_fit_all_examples(empty: Cli) -> None:
    assert calls(empty, [entry(MINUS)], "(3, 5) -> 2", "(1, 9) -> 8") == ["minus(5, 3)"]
    assert calls(empty, [entry(MINUS)], "(3, 5) -> 2", "(9, 1) -> 8") == []


def test_numbers_are_what_the_types_say(empty: Cli) -> None:
    assert calls(empty, [entry(HALF)], "5 -> 2.5", "4 -> 2") == ["half(5.0)"]
    assert calls(empty, [entry(TWICE)], "2.5 -> 5.0") == []


def test_a_raise_can_be_asked_for(empty: Cli) -> None:
    assert calls(empty, [entry(PARSE), entry(HALF)], "'x' -> raises ValueError", "'7' -> 7") == [
        "number('x')"
    ]


def test_imports_and_callees_of_the_same_spec_are_at_hand_and_no_others(empty: Cli) -> None:
    assert calls(empty, [entry(FIRST)], "'1 ab c' -> 'ab'") == ["first('1 ab c')"]
    assert calls(empty, [entry(TWICE), entry(FOURFOLD)], "3 -> 12") == ["fourfold(3)"]
    assert calls(empty, [entry(TWICE, "other"), entry(FOURFOLD)], "3 -> 12") == []


def test_a_tuple_is_one_argument_in_a_call_and_several_without(empty: Cli) -> None:
    assert calls(empty, [entry(SPAN), entry(MINUS)], "f((2, 9)) -> 7") == ["span((2, 9))"]
    assert calls(empty, [entry(SPAN), entry(MINUS)], "(2, 9) -> 7") == ["minus(9, 2)"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[1, 2, 2] -> [1, 2]", BareExample(([1, 2, 2],), [1, 2], None)),
        ("(1, 2) -> 3", BareExample((1, 2), 3, None)),
        ("1, 2 -> 3", BareExample((1, 2), 3, None)),
        ("f(1, 2) == 3", BareExample((1, 2), 3, None)),
        ("f() -> 3", BareExample((), 3, None)),
        ("((1, 2),) => -3", BareExample(((1, 2),), -3, None)),
        ('"a -> b" -> true', BareExample(("a -> b",), True, None)),
        ("set() -> {1, 2}", BareExample((set(),), {1, 2}, None)),
        ("f(-1) -> ValueError: negative", BareExample((-1,), None, "ValueError")),
    ],
)
def test_examples_without_a_signature_are_read_as_people_write_them(text: str, meant: BareExample) -> None:
    assert read_bare_example(text) == meant
