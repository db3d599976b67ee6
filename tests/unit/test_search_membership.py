"""What the prose lists is a constant: texts and numbers are asked for membership in it, and examples decide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from search_problems import outcome, problem

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.pricing import Prices, alike, listed
from aurora.synthesis.search.strategies.membership import lists_of
from aurora.synthesis.search.terms import Apply, Term, program, variable

LOWER = Op("{0}.lower()", ("str",), "str", 4)
SAME = Op("{0} == {1}", ("str", "str"), "bool", 2)
A, B = variable("a", "str"), variable("b", "str")


def test_lists_are_quoted_texts_or_numbers_or_words_of_one_kind() -> None:
    prose = 'Whether a text is "yes", "on" or "1", in any case. Red, green and blue; 1, 3 or 12.'
    found = [each.values for each in lists_of(prose)]
    assert ("yes", "on", "1") in found
    assert ("Red", "green", "blue") in found
    assert (1, 3, 12) in found
    assert [*lists_of("One word after another.")] == []


FOUND: list[tuple[str, str, Callable[..., object], list[str], list[tuple[object, ...]]]] = [
    (
        "enabled(text: str) -> bool", 'Whether a setting is on: "on", "enabled" or "yes", in any case.',
        lambda t: t.lower() in ("on", "enabled", "yes"),
        ['f("on") -> True', 'f("Off") -> False', 'f("YES") -> True', 'f("disabled") -> False', 'f("no") -> False'],
        [("Enabled",), ("yes",), ("nope",), ("ON",)],
    ),
    (
        "is_long(month: int) -> bool", "Whether a month has 31 days: 1, 3, 5, 7, 8, 10 or 12.",
        lambda m: m in (1, 3, 5, 7, 8, 10, 12),
        ["f(1) -> True", "f(2) -> False", "f(4) -> False", "f(8) -> True", "f(12) -> True", "f(11) -> False"],
        [(3,), (5,), (6,), (7,), (9,), (10,)],
    ),
    (
        "is_image(path: str) -> bool", 'Whether a path ends with ".png", ".jpg" or ".gif", in any case.',
        lambda p: p.lower().endswith((".png", ".jpg", ".gif")),
        ['f("a.png") -> True', 'f("b.txt") -> False', 'f("c.JPG") -> True', 'f("png") -> False',
         'f("x.y.gif") -> True', 'f("d.gif.zip") -> False'],
        [("long.name.jpg",), ("gif",), ("A.PNG",), ("",)],
    ),
    (
        "same_word(a: str, b: str) -> bool", "Whether two words are the same, ignoring case and spaces around them.",
        lambda a, b: a.strip().lower() == b.strip().lower(),
        ['f("Hi", "hi ") -> True', 'f("a", "b") -> False', 'f("ok", "ok") -> True', 'f(" Yes", "YES") -> True',
         'f("x y", "xy") -> False'],
        [("no", " NO"), ("Ab", "aB"), ("ab", "abc"), ("abc", "ab")],
    ),
    (
        "is_mirrored(text: str) -> bool", "Whether a text reads the same in both directions, ignoring case and spaces.",
        lambda t: t.replace(" ", "").lower() == t.replace(" ", "").lower()[::-1],
        ['f("noon") -> True', 'f("python") -> False', 'f("nurses run") -> True', 'f("") -> True',
         'f("ab a b") -> False', 'f("Never odd or Even") -> True'],
        [("Step on no pets",), ("abca",), ("aBcBA",), ("ab",)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("signature", "prose", "meant", "examples", "hidden"), FOUND, ids=[each[0] for each in FOUND]
)
def test_what_is_meant_comes_first(
    signature: str,
    prose: str,
    meant: Callable[..., object],
    examples: list[str],
    hidden: list[tuple[object, ...]],
) -> None:
    found = outcome(problem(signature, *examples, prose=prose, max_evaluations=500_000)).found
    assert found is not None
    namespace: dict[str, Callable[..., object]] = {}
    exec(found.source, namespace)
    function = namespace[signature.partition("(")[0]]
    assert [function(*row) for row in hidden] == [meant(*row) for row in hidden]


def test_without_the_list_in_the_prose_no_list_is_made_of_the_examples() -> None:
    examples = [
        'f("on") -> True',
        'f("off") -> False',
        'f("yes") -> True',
        'f("no") -> False',
        'f("1") -> True',
    ]
    found = outcome(problem("enabled(text: str) -> bool", *examples, max_evaluations=300_000)).found
    assert found is None or "in (" not in found.source


def test_two_sides_in_the_same_form_say_it_once_and_one_side_alone_says_which() -> None:
    both: Term = Apply(SAME, Apply(LOWER, A), Apply(LOWER, B))
    one: Term = Apply(SAME, Apply(LOWER, A), B)
    assert (alike(both), alike(one), alike(Apply(SAME, A, B))) == (LOWER.cost, -1, 0)
    prices = Prices(problem("f(a: str, b: str) -> bool"))
    assert prices.price(both, program(both)) < prices.price(one, program(one))


def test_what_is_held_against_a_form_of_itself_leaves_no_choice_of_which() -> None:
    assert alike(Apply(SAME, A, Apply(LOWER, A))) == 0
    assert alike(Apply(SAME, Apply(LOWER, B), B)) == 0
    assert alike(Apply(SAME, Apply(LOWER, A), B)) == -1


def test_membership_in_a_list_is_known_as_such() -> None:
    within = Op("{0} in ('a', 'b')", ("str",), "bool", 4)
    assert listed(Apply(within, A))
    assert not listed(Apply(SAME, A, B))
