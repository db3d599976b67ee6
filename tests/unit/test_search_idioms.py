"""Idioms: what people do to whole parameters in one step is found in one step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from search_problems import outcome, problem

FOUND: list[tuple[str, Callable[..., object], list[str], list[tuple[object, ...]]]] = [
    (
        "shared_end(a: str, b: str) -> str",
        lambda a, b: next(a[i:] for i in range(len(a) + 1) if b.endswith(a[i:])),
        ['f("running", "jumping") -> "ing"', 'f("abc", "xbc") -> "bc"', 'f("a", "b") -> ""',
         'f("same", "same") -> "same"'],
        [("ending", "bending"), ("", "x"), ("abcd", "cd")],
    ),
    (
        "can_spell(word: str, letters: str) -> bool", lambda w, ls: all(w.count(c) <= ls.count(c) for c in w),
        ['f("moo", "mo") -> False', 'f("mo", "moo") -> True', 'f("aabc", "abcde") -> False',
         'f("abc", "xcybza") -> True', 'f("aab", "ab") -> False', 'f("", "") -> True', 'f("eel", "leek") -> True',
         'f("ally", "layer") -> False', 'f("tee", "sweet") -> True', 'f("", "abc") -> True',
         'f("hello", "ohel") -> False',
         'f("noon", "onon") -> True', 'f("z", "abc") -> False'],
        [("tall", "talc"), ("lit", "title"), ("b", "")],
    ),
    (
        "favourites(words: list[str], n: int) -> list[str]",
        lambda w, n: sorted(dict.fromkeys(w), key=lambda x: -w.count(x))[:n],
        ['f(["a", "b", "b"], 1) -> ["b"]', 'f(["x", "y", "y", "z", "z", "z"], 2) -> ["z", "y"]', 'f([], 3) -> []',
         'f(["p", "q", "p", "q", "q", "r"], 3) -> ["q", "p", "r"]'],
        [(["m", "n", "n", "o"], 2), (["k", "k"], 1)],
    ),
    (
        "pairings(xs: list[int]) -> list[tuple[int, int]]",
        lambda xs: [(x, y) for i, x in enumerate(xs) for y in xs[i + 1 :]],
        ["f([1, 2, 3]) -> [(1, 2), (1, 3), (2, 3)]", "f([5]) -> []", "f([4, 9]) -> [(4, 9)]"],
        [([7, 8, 9, 10],), ([],)],
    ),
    (
        "spread(xs: list[float]) -> float", lambda xs: (sum((x - sum(xs) / len(xs)) ** 2 for x in xs) / len(xs)) ** 0.5,
        ["f([1.0, 3.0]) -> 1.0", "f([2.0, 2.0, 2.0]) -> 0.0", "f([1.0, 2.0, 3.0, 4.0]) -> 1.118033988749895",
         "f([5.0]) -> 0.0"],
        [([10.0, 0.0, 5.0],)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("signature", "meant", "examples", "hidden"), FOUND, ids=[each[0].partition("(")[0] for each in FOUND]
)
def test_what_people_do_in_one_step_is_found_in_one_step(
    signature: str, meant: Callable[..., object], examples: list[str], hidden: list[tuple[object, ...]]
) -> None:
    found = outcome(problem(signature, *examples, max_evaluations=400_000)).found
    assert found is not None
    namespace: dict[str, Callable[..., object]] = {}
    exec(found.source, namespace)
    function = namespace[signature.partition("(")[0]]
    for row in hidden:
        wanted = meant(*row)
        assert function(*row) == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)
