"""Every call from the search ends soon, whatever was found: loops are counted, and what grows is bounded."""

from __future__ import annotations

import math

import pytest

from aurora.synthesis.candidates import MODULES, described
from aurora.synthesis.fuel import MOST_BITS, OutOfFuel, Tank, compiled

ENDLESS = {
    "a loop": "while True:\n            n += 1",
    "products in a loop": "for _ in range(100):\n            n = n * n",
    "products in place": "for _ in range(100):\n            n *= n",
    "powers in place": "for _ in range(100):\n            n **= 3",
    "a factorial": "n = math.factorial(n * 100000)",
    "a long text": "n = len('ab' * 10**9)",
    "a long list": "n = len(list(range(10**9)))",
}


@pytest.mark.parametrize("line", ENDLESS.values(), ids=ENDLESS)
def test_what_would_take_too_long_runs_out_of_fuel(line: str) -> None:
    source = f"def f(n):\n    if n > 1:\n        {line}\n    return n\n"
    tank = Tank()
    function = compiled(source, "f", MODULES, tank)
    with pytest.raises(OutOfFuel):
        function(3)
    tank.fill()
    assert function(1) == 1


@pytest.mark.parametrize(
    ("line", "value"),
    [("n *= 3", 15), ("n **= 3", 125), ("n = math.factorial(n)", 120), ("n = [n] * 2", [5, 5])],
)
def test_what_ends_gives_what_python_gives(line: str, value: object) -> None:
    assert compiled(f"def f(n):\n    {line}\n    return n\n", "f", MODULES, Tank())(5) == value


def test_a_factorial_of_no_integer_raises_what_python_raises() -> None:
    function = compiled("def f(x):\n    return math.factorial(x)\n", "f", MODULES, Tank())
    with pytest.raises(TypeError):
        function("3")
    with pytest.raises(ValueError, match="negative"):
        function(-3)


def test_an_answer_with_more_digits_than_python_writes_out_can_be_told_all_the_same() -> None:
    huge = 1 << MOST_BITS
    assert described([huge, [huge, 1], 7]) == ("raises OutOfFuel", "raises OutOfFuel", "7")
    assert math.log10(2) * MOST_BITS > 4300
