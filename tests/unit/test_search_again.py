"""A search that goes on from what an ambiguous one found, once its spec says more."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from search_problems import messages, outcome, problem

from aurora.specs.values import literal, parse_value
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.problem import Outcome, Problem, Seed

LINES = (
    'f("racecar") -> True', 'f("ab") -> False', 'f("ba") -> False', 'f("abca") -> False', 'f("") -> True',
)  # fmt: skip
PALINDROME = problem("check(s: str) -> bool", *LINES)

REVERSED = ("def check(s: str) -> bool:\n    return s == s[::-1]\n", lambda s: s == s[::-1])
LONG = ("def check(s: str) -> bool:\n    return len(s) > 4\n", lambda s: len(s) > 4)
ENDS = ("def check(s: str) -> bool:\n    return s[:1] == s[-1:]\n", lambda s: s[:1] == s[-1:])
LOOP = (
    "def check(s: str) -> bool:\n    t = ''\n    for c in s:\n        t = c + t\n    return t == s\n",
    lambda s: s == s[::-1],
)


def found_before(given: Problem, *answers: tuple[str, Callable[..., object]]) -> Problem:
    """The problem with what an earlier search found for it."""
    rows = [case.arguments for case in given.examples] + list(probe_inputs(given))
    seeds = [
        Seed("", source, tuple(literal(does(*map(parse_value, row))) for row in rows))  # type: ignore[arg-type]
        for source, does in answers
    ]
    return msgspec.structs.replace(given, seeds=tuple(seeds))


def test_what_was_found_and_still_fits_is_all_that_is_left_to_be_compared() -> None:
    again, anew = outcome(found_before(PALINDROME, LONG, REVERSED)), outcome(PALINDROME)
    assert again.found is not None
    assert anew.found is not None
    assert again.result == anew.result == "solved"
    assert again.found.source == anew.found.source
    assert again.evaluations < anew.evaluations


def test_it_is_no_corpus_code_and_no_credit_is_due() -> None:
    result = outcome(found_before(PALINDROME, REVERSED))
    assert result.found is not None
    assert result.found.seed == ""


def test_the_question_is_asked_anew_while_two_of_them_fit() -> None:
    little = problem("check(s: str) -> bool", 'f("racecar") -> True', 'f("ab") -> False')
    result = outcome(found_before(little, REVERSED, ENDS))
    assert result.result == "ambiguous"
    assert result.found is not None
    assert "s == s[::-1]" in {result.found.program, *(each.program for each in result.alternatives)}


def test_where_nothing_stands_the_search_begins_from_nothing() -> None:
    assert _without_work(found_before(PALINDROME, LONG)) == _without_work(PALINDROME)


def test_what_fits_and_cannot_be_read_is_left_to_the_search() -> None:
    """Of two that fit, the one that can be read must not win because the other one cannot."""
    assert _without_work(found_before(PALINDROME, LOOP, REVERSED)) == _without_work(PALINDROME)


def _without_work(given: Problem) -> tuple[object, ...]:
    *frames, last = messages(given)
    assert isinstance(last, Outcome)
    return (last.found, last.alternatives, last.attempts, last.evaluations, frames[-1])
