"""Examples with NaN, infinities and numbers beyond floats: a bank has no cells for them, and nothing dies of it."""

from __future__ import annotations

import pytest
from search_problems import messages

from aurora.specs.parser import parse
from aurora.synthesis.building import build_problem
from aurora.synthesis.problem import Outcome

GIANT = "9" * 400
UNSURE = "ambiguous unsolved"


@pytest.mark.parametrize(
    ("signature", "examples", "results"),
    [
        ("f(x: float) -> float", ["NaN -> NaN", "1.5 -> 3.0", "Infinity -> Infinity", "-2.0 -> -4.0"], "solved"),
        ("f(x: float) -> float", ["NaN -> NaN"], "ambiguous"),
        ("f(x: float) -> float", [f"{GIANT} -> 1.0", "2.0 -> 2.0", "0.5 -> 0.5"], UNSURE),
        ("f(x: float) -> bool", ["NaN -> true", "1.5 -> false", "Infinity -> false", "0.0 -> false"], "ambiguous"),
        ("f(x: float) -> str", ['NaN -> "none"', '1.5 -> "1.5"', '-3.5 -> "-3.5"'], UNSURE),
        ("f(x: float) -> int", ["NaN -> 0", "1.5 -> 1", "-1.5 -> 2", "Infinity -> 1", "-7.0 -> 2"], UNSURE),
        ("f(x: float) -> float", ["NaN -> raises ValueError", "4.0 -> 2.0", "9.0 -> 3.0"], UNSURE),
        ("f(x: list[float]) -> float", ["[1.0, NaN] -> NaN", "[1.0, 2.0] -> 3.0", "[] -> 0.0"], "solved"),
        ("f(d: dict[str, float]) -> float", ['{"a": NaN} -> NaN', '{"a": 1.0, "b": 2.0} -> 3.0'], "ambiguous"),
        ("f(n: int) -> int", [f"{GIANT} -> 1", "5 -> 0", f"-{GIANT} -> 0"], UNSURE),
    ],
)  # fmt: skip
def test_the_others_are_searched_and_these_check(signature: str, examples: list[str], results: str) -> None:
    lines = "\n".join(
        f"f({given}) -> {wanted}" for given, wanted in (each.split(" -> ") for each in examples)
    )
    spec = parse(f"# Odd\n\ndef {signature}\n\n## Examples\n{lines}\n", "odd.md").spec
    assert spec is not None
    given = build_problem(spec, spec.functions[0], (), seed=0, max_evaluations=120_000, wall_seconds=0.0)
    last = messages(given)[-1]
    assert isinstance(last, Outcome)
    assert last.result in results.split()
    assert last.result == "unsolved" or last.passed == len(examples)
