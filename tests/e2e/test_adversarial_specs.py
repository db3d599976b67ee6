"""Specs that people hope never to write: an honest result, within the budget, never a traceback."""

from __future__ import annotations

import pytest
from commandline import Cli

SMALL = ("--max-evals", "60000")


def spec(signature: str, *examples: str) -> str:
    return f"# Odd\n\n{signature}\n\n## Examples\n" + "\n".join(examples) + "\n"


DEEP = "[" * 30 + "1" + "]" * 30
HUGE = 10**300

CASES = {
    "contradictory": (spec("def f(n: int) -> int", "f(1) -> 2", "f(1) -> 3"), {"contradictory"}),
    "impossible": (
        spec("def f(n: int) -> int", *(f"f({n}) -> {(n * 7919 + 13) % 10007 ^ 4711}" for n in range(12))),
        {"unsolved"},
    ),
    "under-determined": (spec("def f(n: int) -> int", "f(3) -> 9"), {"ambiguous"}),
    "giant ints": (spec("def f(n: int) -> int", f"f({HUGE}) -> {HUGE + 1}", "f(4) -> 5"), {"solved", "ambiguous"}),
    "not a number": (
        spec("def f(x: float) -> float", "f(NaN) -> NaN", "f(1.5) -> 3.0", "f(Infinity) -> Infinity"),
        {"solved", "ambiguous", "unsolved"},
    ),
    "surrogates": (
        spec("def f(s: str) -> str", r'f("\ud800a") -> "a\ud800"', r'f("xy") -> "yx"'),
        {"solved", "ambiguous", "unsolved"},
    ),
    "deep nesting": (
        spec(f"def f(x: {'list[' * 30}int{']' * 30}) -> int", f"f({DEEP}) -> 1"),
        {"ambiguous", "unsolved"},
    ),
    "no parameters": (spec("def f() -> int", "f() -> 42"), {"solved", "ambiguous", "unsolved"}),
    "long texts": (
        spec("def f(s: str) -> int", f'f("{"ab" * 5000}") -> 10000', 'f("abc") -> 3', 'f("") -> 0'),
        {"solved", "ambiguous"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(CASES))
def test_an_adversarial_spec_has_an_honest_result(case: str, empty: Cli) -> None:
    text, results = CASES[case]
    empty.write("odd.md", text)
    result = empty("synth", *SMALL, "--json", code=None)
    assert result.code in (0, 1), result.err
    assert "Traceback" not in result.err
    (row,) = result.json["functions"]
    assert row["result"] in results, row
    assert row["evaluations"] <= 200_000


@pytest.mark.slow
def test_ten_thousand_examples_are_a_spec_like_any_other(empty: Cli) -> None:
    lines = [f"f({n}, {n % 7}) -> {n * 2 + n % 7}" for n in range(10_000)]
    empty.write("many.md", spec("def f(a: int, b: int) -> int", *lines))
    (row,) = empty.json("synth")["functions"]
    assert (row["result"], row["passed"], row["total"]) == ("solved", 10_000, 10_000)
