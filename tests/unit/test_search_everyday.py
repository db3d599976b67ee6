"""Everyday functions: each is found from a few examples, and what is claimed is right on inputs nobody showed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from search_problems import outcome, problem

from aurora.specs.values import same
from aurora.synthesis.problem import Rule

ORDERED = Rule("lo <= hi", (("lo", "int"), ("hi", "int")), ())
NOT_EMPTY = Rule("len(xs) > 0", (("xs", "list[int]"),), ())


class Everyday:
    """A function to be found: signature, examples, and what is meant."""

    def __init__(
        self,
        signature: str,
        reference: Callable[..., Any],
        *examples: str,
        slow: bool = False,
        asks: bool = False,
        **more: Any,
    ):
        """``asks`` where the examples leave something open: then the first answer must be what is meant."""
        self.signature, self.reference, self.examples = signature, reference, examples
        self.slow, self.asks, self.more = slow, asks, more


EVERYDAY = [
    Everyday("add(a: int, b: int) -> int", lambda a, b: a + b, "f(2, 3) -> 5", "f(-1, 1) -> 0"),
    Everyday(
        "clamp(x: int, lo: int, hi: int) -> int", lambda x, lo, hi: max(lo, min(x, hi)),
        "f(5, 0, 10) -> 5", "f(-3, 0, 10) -> 0", "f(42, 3, 10) -> 10", "f(7, 8, 9) -> 8",
        "f(-9, -7, 7) -> -7", "f(6, 3, 10) -> 6", pre=[ORDERED],
    ),
    Everyday(
        "is_even(n: int) -> bool", lambda n: n % 2 == 0,
        "f(2) -> True", "f(3) -> False", "f(0) -> True", "f(-7) -> False", "f(10) -> True", "f(21) -> False",
    ),
    Everyday(
        "last(xs: list[int]) -> int", lambda xs: xs[-1],
        "f([1, 2, 3]) -> 3", "f([7]) -> 7", "f([4, 9, 2, 5]) -> 5", "f([9, 1]) -> 1",
    ),
    Everyday(
        "longest_of_two(a: str, b: str) -> str", lambda a, b: a if len(a) >= len(b) else b,
        'f("ab", "abc") -> "abc"', 'f("hello", "hi") -> "hello"', 'f("x", "") -> "x"', 'f("aa", "bb") -> "aa"',
        'f("zz", "yyy") -> "yyy"', 'f("abc", "z") -> "abc"', 'f("", "q") -> "q"', asks=True, slow=True,
    ),
    Everyday(
        "slugify(title: str) -> str", lambda s: "-".join(s.lower().split()),
        'f("Hello World") -> "hello-world"', 'f("  A Quick Test ") -> "a-quick-test"', 'f("One") -> "one"', slow=True,
    ),
    Everyday("swap(s: str) -> str", str.swapcase, 'f("Hello") -> "hELLO"', 'f("aBc") -> "AbC"'),
    Everyday(
        "grade(score: int) -> str", lambda n: "A" if n >= 90 else "B" if n >= 80 else "C",
        'f(95) -> "A"', 'f(90) -> "A"', 'f(89) -> "B"', 'f(80) -> "B"', 'f(79) -> "C"', 'f(50) -> "C"',
        asks=True, slow=True,
    ),
    Everyday(
        "initials(name: str) -> str", lambda s: "".join(w[0] for w in s.split()).upper(),
        'f("ada lovelace") -> "AL"', 'f("Grace Brewster Hopper") -> "GBH"', 'f("x") -> "X"', slow=True,
    ),
    Everyday(
        "sum_ends(xs: list[int]) -> int", lambda xs: xs[0] + xs[-1],
        "f([1, 2, 3]) -> 4", "f([5]) -> 10", "f([2, 9, 9, 7]) -> 9", "f([8, 1, 4]) -> 12", "f([6, 3]) -> 9",
    ),
    Everyday(
        "first_or(xs: list[int], default: int) -> int", lambda xs, d: xs[0] if xs else d,
        "f([], 9) -> 9", "f([3, 1], 9) -> 3", "f([], 4) -> 4", "f([5, 8], 0) -> 5", "f([8, 2, 1], 1) -> 8",
    ),
    Everyday(
        "distance(a: int, b: int) -> int", lambda a, b: abs(a - b),
        "f(3, 10) -> 7", "f(10, 3) -> 7", "f(-2, 2) -> 4", "f(5, 5) -> 0",
    ),
    Everyday(
        "sign(n: int) -> int", lambda n: (n > 0) - (n < 0),
        "f(5) -> 1", "f(-3) -> -1", "f(0) -> 0", "f(12) -> 1", "f(-9) -> -1", "f(1) -> 1", "f(2) -> 1", "f(-1) -> -1",
    ),
    Everyday("word_count(s: str) -> int", lambda s: len(s.split()),
             'f("a b c") -> 3', 'f("hello") -> 1', 'f("") -> 0', 'f("  two  words ") -> 2'),
    Everyday(
        "vowels(s: str) -> int", lambda s: sum(c in "aeiou" for c in s),
        'f("hello") -> 2', 'f("sky") -> 0', 'f("aeiou") -> 5', 'f("banana") -> 3', 'f("education") -> 5', slow=True,
    ),
    Everyday(
        "celsius(f: float) -> float", lambda f: (f - 32) * 5 / 9,
        "f(32.0) -> 0.0", "f(212.0) -> 100.0", "f(98.6) -> 37.0", "f(-40.0) -> -40.0",
        hints=["32", "5", "9"], slow=True,
    ),
    Everyday(
        "mean(xs: list[float]) -> float", lambda xs: sum(xs) / len(xs),
        "f([1.0, 2.0, 3.0]) -> 2.0", "f([5.5]) -> 5.5", "f([1.5, 2.0]) -> 1.75", "f([4.0, 4.0, 1.0]) -> 3.0",
    ),
    Everyday(
        "truncate(s: str, n: int) -> str", lambda s, n: s[:n] + "..." if len(s) > n else s,
        'f("hello world", 5) -> "hello..."', 'f("hi", 5) -> "hi"', 'f("abcdef", 3) -> "abc..."', 'f("abc", 3) -> "abc"',
        'f("", 2) -> ""', asks=True, slow=True,
    ),
    Everyday("greet(name: str) -> str", lambda s: f"Hello, {s}!",
             'f("Ada") -> "Hello, Ada!"', 'f("Bob") -> "Hello, Bob!"', asks=True, slow=True),
    Everyday("dedupe(xs: list[int]) -> list[int]", lambda xs: list(dict.fromkeys(xs)),
             "f([1, 1, 2]) -> [1, 2]", "f([3, 1, 3]) -> [3, 1]", "f([]) -> []", "f([5, 4, 4, 5, 2]) -> [5, 4, 2]"),
    Everyday(
        "evens(xs: list[int]) -> list[int]", lambda xs: [x for x in xs if x % 2 == 0],
        "f([1, 2, 3, 4]) -> [2, 4]", "f([5]) -> []", "f([0, -2, 7]) -> [0, -2]",
        "f([6, 1, 8, 3, 2]) -> [6, 8, 2]", slow=True,
    ),
    Everyday("titled(s: str) -> str", str.title, 'f("hello world") -> "Hello World"', 'f("a b") -> "A B"'),
    Everyday("repeated(s: str, n: int) -> str", lambda s, n: s * n,
             'f("ab", 3) -> "ababab"', 'f("x", 0) -> ""', 'f("yo", 1) -> "yo"'),
    Everyday("doubled(xs: list[int]) -> list[int]", lambda xs: [x * 2 for x in xs],
             "f([1, 2]) -> [2, 4]", "f([]) -> []", "f([-3]) -> [-6]", slow=True),
    Everyday("digit_sum(n: int) -> int", lambda n: sum(map(int, str(n))), "f(123) -> 6", "f(9) -> 9", "f(5005) -> 10"),
    Everyday("is_sorted(xs: list[int]) -> bool", lambda xs: xs == sorted(xs),
             "f([1, 1, 2]) -> True", "f([1, 2, 3]) -> True", "f([3, 1]) -> False", "f([]) -> True", "f([2, 2]) -> True",
             "f([1, 3, 2]) -> False"),
    Everyday("span(xs: list[int]) -> int", lambda xs: max(xs) - min(xs),
             "f([1, 5, 3]) -> 4", "f([7]) -> 0", "f([8, -2, 3]) -> 10", "f([4, 6, 1, 5]) -> 5"),
    Everyday("parse(s: str) -> int", int, 'f("12") -> 12', 'f("-4") -> -4', 'f("x") -> raises ValueError'),
    Everyday("head(xs: list[str]) -> str | None", lambda xs: xs[0] if xs else None,
             'f(["cd", "b", "azy"]) -> "cd"', "f([]) -> None", 'f(["zab", "x"]) -> "zab"', 'f(["q", "a", "b"]) -> "q"',
             'f([""]) -> ""', 'f(["", "k"]) -> ""', slow=True),
]  # fmt: skip


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(e, id=e.signature.partition("(")[0], marks=pytest.mark.slow if e.slow else ())
        for e in EVERYDAY
    ],
)
def test_an_everyday_function_is_solved_and_right_on_inputs_nobody_showed(wanted: Everyday) -> None:
    given = problem(wanted.signature, *wanted.examples, **wanted.more)
    result = outcome(given)
    expected = ("solved", "ambiguous") if wanted.asks else ("solved",)
    assert result.result in expected, (result.found, result.alternatives, result.distinguishing)
    assert result.found is not None
    function = loaded(result.found.source, given.function)
    for row in hidden([kind for _, kind in given.parameters]):
        if "clamp" in wanted.signature and row[1] > row[2]:
            continue
        assert same(answer(function, row), answer(wanted.reference, row)), (result.found.program, row)


def loaded(source: str, name: str) -> Callable[..., Any]:
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    function: Callable[..., Any] = namespace[name]
    return function


def answer(function: Callable[..., Any], row: Sequence[Any]) -> Any:
    """What a function gives, or the name of what it raises."""
    try:
        return function(*copy.deepcopy(row))
    except Exception as error:  # noqa: BLE001 - an exception is an answer
        return type(error)


def hidden(kinds: Sequence[str]) -> list[list[Any]]:
    chance = random.Random(7)
    return [[value(kind, chance) for kind in kinds] for _ in range(60)]


def value(kind: str, chance: random.Random) -> Any:
    match kind:
        case "int":
            return chance.randrange(-30, 130)
        case "float":
            return chance.randrange(-300, 900) / 4
        case "str":
            words = "".join(chance.choice("abcxyzAEIO ") for _ in range(chance.randrange(1, 14)))
            return words if chance.randrange(6) else str(chance.randrange(100))
    inner = kind.removeprefix("list[").removesuffix("]")
    return [value(inner, chance) for _ in range(chance.randrange(1, 7))]
