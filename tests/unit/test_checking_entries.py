"""What the checks find, asked in this process with harmless code; the sandboxed runs are end-to-end tests."""

from __future__ import annotations

from importlib import import_module

import pytest

from aurora.sandbox.protocol import Limits, Verdict
from aurora.specs.model import Spec
from aurora.specs.parser import parse
from aurora.synthesis.verify import Evidence, contradictions, evaluate_source, verify_candidate
from aurora_events.base import Check


class InProcess:
    """A sandbox without walls: entries run right here."""

    layers = ("none",)

    def run(
        self, entry: str, payload: bytes, limits: Limits, on_message: object = None, stop: object = None
    ) -> Verdict:
        module, name = entry.split(":")
        try:
            return Verdict("ok", getattr(import_module(module), name)(payload, lambda message: None))
        except Exception as error:  # noqa: BLE001 - as the real one does
            return Verdict("error", message=f"{type(error).__name__}: {error}")


HERE = InProcess()


def spec_of(text: str) -> Spec:
    parsed = parse(text, "specs/sample.md", "sample")
    assert parsed.spec is not None
    return parsed.spec


def evidence(text: str, source: str, function: int = 0, companions: tuple[str, ...] = ()) -> Evidence:
    spec = spec_of(text)
    return verify_candidate(HERE, spec, spec.functions[function], source, companions=companions, other=HERE)


def check(found: Evidence, name: str) -> Check:
    return next(each for each in found.checks if each.name == name)


CLAMP = """\
# Clamp

def clamp(x: int, lo: int, hi: int) -> int

## Examples
clamp(5, 0, 10) -> 5
clamp(-5, 0, 10) -> 0

## Pre
assert lo <= hi

## Post
assert lo <= clamp(x, lo, hi) <= hi
assert clamp(x, x, x) == x
"""


def test_a_right_function_passes_every_check() -> None:
    found = evidence(CLAMP, "def clamp(x: int, lo: int, hi: int) -> int:\n    return min(max(x, lo), hi)\n")
    assert found.verdict == "passed"
    assert found.failing == ()
    assert found.counterexample is None
    assert all(each.passed == each.total for each in found.checks)
    assert check(found, "post-condition 1 on random inputs").passed > 20


def test_the_counterexample_of_a_wrong_function_is_small() -> None:
    found = evidence(CLAMP, "def clamp(x: int, lo: int, hi: int) -> int:\n    return max(x, lo)\n")
    assert found.verdict == "failed"
    assert found.failing == ()
    assert found.counterexample is not None
    assert found.counterexample.rule == "lo <= clamp(x, lo, hi) <= hi"
    names = ("lo", "x", "hi")
    values = dict(zip(names, map(int, found.counterexample.values), strict=True))
    assert values["lo"] <= values["hi"] < values["x"]
    assert max(map(abs, values.values())) <= 5
    assert found.counterexample.input == ", ".join(f"{name} = {values[name]}" for name in names)


def test_the_same_check_twice_gives_the_same_evidence() -> None:
    source = "def clamp(x: int, lo: int, hi: int) -> int:\n    return max(x, lo)\n"
    assert evidence(CLAMP, source) == evidence(CLAMP, source)


def test_failing_examples_are_named_by_index_and_the_first_is_shown() -> None:
    found = evidence(CLAMP, "def clamp(x: int, lo: int, hi: int) -> int:\n    return x\n")
    assert found.failing == (1,)
    assert check(found, "examples") == Check("examples", 1, 2, "clamp(-5, 0, 10) gives -5, not 0")


SORTED = """\
# Sort

def ordered(xs: list[int]) -> list[int]

## Examples
ordered([2, 1]) -> [1, 2]
ordered([]) -> []
"""


def test_a_function_must_not_change_its_arguments() -> None:
    found = evidence(SORTED, "def ordered(xs: list[int]) -> list[int]:\n    xs.sort()\n    return xs\n")
    assert found.verdict == "failed"
    assert found.failing == ()
    assert "changed by ordered([" in check(found, "arguments left unchanged").detail


def test_a_function_must_not_remember() -> None:
    source = (
        "def ordered(xs: list[int], seen: list[int] = []) -> list[int]:\n"
        "    seen.append(1)\n    return sorted(xs) if len(seen) < 40 else []\n"
    )
    assert check(evidence(SORTED, source), "same answer when asked again").detail


@pytest.mark.parametrize(
    ("returns", "expected", "body"),
    [
        ("int", "1", "x == 1"),
        ("str", "'1'", "x and str(x)"),
        ("list[int]", "[1]", "range(1, 2)"),
        ("bool", "true", "x"),
    ],
)
def test_an_answer_of_another_type_is_no_answer(returns: str, expected: str, body: str) -> None:
    text = f"# T\n\ndef f(x: int) -> {returns}\n\n## Examples\nf(1) -> {expected}\n"
    found = evidence(text, f"def f(x):\n    return {body}\n")
    assert found.verdict == "failed"
    assert (
        check(found, f"answers are of type {returns}").passed
        < check(found, f"answers are of type {returns}").total
    )


def test_an_exception_counts_by_its_name_or_that_of_a_base() -> None:
    text = "# T\n\ndef f(x: int) -> int\n\n## Examples\nf(0) -> raises LookupError\nf(1) -> 1\n"
    assert evidence(text, "def f(x: int) -> int:\n    return {1: 1}[x]\n").failing == ()
    assert evidence(text, "def f(x: int) -> int:\n    return 1 // x\n").failing == (0,)


def test_an_endless_loop_is_cut_at_the_same_step_everywhere() -> None:
    found = evidence(SORTED, "def ordered(xs: list[int]) -> list[int]:\n    while True:\n        pass\n")
    assert check(found, "examples").detail == "ordered([2, 1]) gives raises StepLimit, not [1, 2]"
    assert found.verdict == "failed"


def test_results_that_cannot_be_written_are_no_answers() -> None:
    deep = "def ordered(xs: list[int]) -> list[int]:\n    ys: list = []\n    ys.append(ys)\n    return ys\n"
    assert evaluate_source(HERE, deep, "ordered", [("[1]",)]) == ("raises TooLarge",)
    huge = "def f(x: int) -> int:\n    return x ** 100000\n"
    assert evaluate_source(HERE, huge, "f", [("7",), ("1",)]) == ("raises TooLarge", "1")
    strange = "def f(x: int) -> int:\n    return (y for y in [x])\n"
    assert evaluate_source(HERE, strange, "f", [("7",)]) == ("raises NotAValue",)


def test_evaluating_gives_literals_or_names_of_exceptions() -> None:
    source = "def f(x: int) -> set[str]:\n    return {'b', 'a'} if x else 1 // x\n"
    assert evaluate_source(HERE, source, "f", [("1",), ("0",)]) == ("{'a', 'b'}", "raises ZeroDivisionError")
    assert evaluate_source(HERE, "import os\n", "f", [("1",)]) is None


MEAN = """\
# Mean

def mean(xs: list[float]) -> float

## Examples
mean([1.0, 2.0]) -> 1.5

## Pre
assert len(xs) > 0

## Post
assert mean(xs) * len(xs) == sum(xs)
assert min(xs) <= mean(xs) <= max(xs)
"""

ROOT = """\
# Root

def root(x: int) -> int

## Examples
root(9) -> 3
root(-1) -> raises ValueError

## Post
assert root(n) * root(n) <= n
"""


def test_a_condition_says_nothing_where_a_declared_exception_is_raised() -> None:
    source = "import math\n\ndef root(x: int) -> int:\n    return math.isqrt(x)\n"
    assert evidence(ROOT, source).verdict == "passed"
    undeclared = "def root(x: int) -> int:\n    return [3][9 - x] if x >= 0 else int('x')\n"
    assert evidence(ROOT, undeclared).counterexample is not None


def test_floats_in_conditions_agree_within_the_tolerance() -> None:
    assert (
        evidence(MEAN, "def mean(xs: list[float]) -> float:\n    return sum(xs) / len(xs)\n").verdict
        == "passed"
    )
    wrong = evidence(
        MEAN, "def mean(xs: list[float]) -> float:\n    return sum(xs) / len(xs) + 1e-3 * (len(xs) > 2)\n"
    )
    assert wrong.counterexample is not None


PALINDROME = """\
# Palindrome

def check_palindrome(s: str) -> bool
def reverse_string(s: str) -> str

## Examples
check_palindrome("racecar") -> true
check_palindrome("ab") -> false
reverse_string("hello") -> "olleh"

## Post
assert check_palindrome(reverse_string(x) + x) == true
"""
REVERSE = "def reverse_string(s: str) -> str:\n    return s[::-1]\n"


def test_a_condition_on_two_functions_is_checked_with_a_companion() -> None:
    right = "def check_palindrome(s: str) -> bool:\n    return s == s[::-1]\n"
    found = evidence(PALINDROME, right, companions=("import math\n", REVERSE))
    assert found.verdict == "passed"
    assert check(found, "post-condition 1 on random inputs").total == 100
    wrong = "def check_palindrome(s: str) -> bool:\n    return s == 'racecar'\n"
    broken = evidence(PALINDROME, wrong, companions=("import math\n", REVERSE)).counterexample
    assert broken is not None
    assert broken.values == ("''",)


def test_a_condition_whose_functions_are_missing_is_listed_as_not_checked() -> None:
    found = evidence(PALINDROME, "def check_palindrome(s: str) -> bool:\n    return s == s[::-1]\n")
    assert found.checks[-1] == Check("post-condition 1", 0, 0, "not checked: needs reverse_string")


def test_nothing_checked_is_never_a_success() -> None:
    spec = spec_of("# T\n\ndef f(x: int) -> int\n")
    assert (
        verify_candidate(
            HERE, spec, spec.functions[0], "def f(x: int) -> int:\n    return x\n", other=HERE
        ).verdict
        == "failed"
    )


@pytest.mark.parametrize("source", ["def g(x: int) -> int:\n    return x\n", "def ordered(", ""])
def test_a_module_without_the_function_fails_instead_of_raising(source: str) -> None:
    found = evidence(SORTED, source)
    assert found.verdict == "failed"
    assert found.failing == (0, 1)
    assert "ordered" in found.checks[-1].detail


ADD = """\
# Add

def add(a: int, b: int) -> int

## Examples
add(2, 3) -> {result}
add(0, 1) -> 1
add(3, 2) -> 5

## Post
{post}
"""


def test_a_spec_that_contradicts_itself_is_told_by_its_lines() -> None:
    found = contradictions(HERE, spec_of(ADD.format(result=6, post="assert add(a, b) == a + b")))
    assert [(each.code, each.where) for each in found] == [("SPEC-102", "specs/sample.md:6")]
    assert found[0].message == (
        "add(2, 3) -> 6 contradicts post-condition 1 on line 11: 'add(a, b) == a + b' is false for a = 2, b = 3"
    )


def test_a_contradiction_between_examples_names_all_their_lines() -> None:
    (found,) = contradictions(HERE, spec_of(ADD.format(result=6, post="assert add(a, b) == add(b, a)")))
    assert found.message.startswith("add(2, 3) -> 6 (with line 8) contradicts post-condition 1 on line 11")


@pytest.mark.parametrize(
    "post", ["assert add(a, b) == a + b", "assert add(a, b) >= a", "assert 10 // (add(a, b) - 5) < 100"]
)
def test_a_spec_in_harmony_has_no_contradictions(post: str) -> None:
    assert contradictions(HERE, spec_of(ADD.format(result=5, post=post))) == ()


def test_an_example_outside_of_the_pre_conditions_is_told() -> None:
    text = "# T\n\ndef f(x: int) -> int\n\n## Examples\nf(1) -> 1\nf(-1) -> 1\n\n## Pre\nassert x > 0\n"
    (found,) = contradictions(HERE, spec_of(text))
    assert (found.code, found.where) == ("SPEC-103", "specs/sample.md:7")
