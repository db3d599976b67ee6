"""What a search claims: solved, ambiguous, unsolved, contradictory; what shows it; what must not change it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import msgspec
import pytest
from search_problems import messages, never, outcome, problem, stream

from aurora.specs.values import literal
from aurora.synthesis.engine import ValueSearch
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.problem import (
    Callable,
    Case,
    Counterexample,
    Frame,
    Outcome,
    Problem,
    Refuted,
    Rule,
    Seed,
)

ADD = problem("add(a: int, b: int) -> int", "f(2, 3) -> 5", "f(-1, 1) -> 0")
ONE_PALINDROME = problem("check(s: str) -> bool", 'f("racecar") -> True')
PALINDROME = problem(
    "check(s: str) -> bool",
    'f("racecar") -> True', 'f("ab") -> False', 'f("ba") -> False', 'f("abca") -> False', 'f("") -> True',
)  # fmt: skip
GRADE = problem(
    "mark(score: int) -> str",
    'f(95) -> "A"', 'f(90) -> "A"', 'f(89) -> "B"', 'f(80) -> "B"', 'f(79) -> "C"', 'f(50) -> "C"',
    max_evaluations=60_000,
)  # fmt: skip


def test_one_palindrome_is_ambiguous_and_reversible_is_among_what_it_may_mean() -> None:
    result = outcome(ONE_PALINDROME)
    assert result.result == "ambiguous"
    assert result.found is not None
    programs = [result.found.program, *(alternative.program for alternative in result.alternatives)]
    assert "s == s[::-1]" in programs
    assert len(programs) > 3
    assert len(result.distinguishing[0].outputs) == len(programs)
    assert len(set(result.distinguishing[0].outputs)) > 1


def test_every_alternative_differs_from_the_answer_on_a_distinguishing_input() -> None:
    result = outcome(ONE_PALINDROME)
    for place in range(1, len(result.alternatives) + 1):
        assert any(shown.outputs[place] != shown.outputs[0] for shown in result.distinguishing)


def test_five_palindromes_are_solved() -> None:
    result = outcome(PALINDROME)
    assert result.result == "solved"
    assert result.found is not None
    assert result.found.source.endswith("return s == s[::-1]\n")


def test_one_reversed_word_is_enough() -> None:
    result = outcome(problem("turned(s: str) -> str", 'f("hello") -> "olleh"'))
    assert result.result == "solved"
    assert result.found is not None
    assert result.found.program == "s[::-1]"


@pytest.mark.parametrize(
    ("signature", "example"),
    [
        ("f(n: int) -> int", "f(3) -> 9"),
        ("f(a: int, b: int) -> int", "f(12, 18) -> 6"),
        ("f(s: str) -> str", 'f("abc") -> "c"'),
    ],
)  # fmt: skip
def test_a_single_small_answer_is_ambiguous(signature: str, example: str) -> None:
    assert outcome(problem(signature, example)).result == "ambiguous"


def test_a_contradiction_is_answered_at_once() -> None:
    result = outcome(problem("f(s: str) -> str", 'f("a") -> "b"', 'f("a") -> "c"'))
    assert (result.result, result.evaluations) == ("contradictory", 0)


def test_true_and_one_are_different_answers() -> None:
    result = outcome(problem("f(n: int) -> int | None", "f(1) -> 1", "f(1) -> 1"))
    assert result.result != "contradictory"


def test_random_answers_are_not_tabulated() -> None:
    examples = [f"f({n}) -> {answer}" for n, answer in [(3, 8141), (11, 27), (5, 9390), (7, 512077), (2, 66)]]
    result = outcome(problem("f(n: int) -> int", *examples, max_evaluations=300_000))
    assert result.result == "unsolved"
    assert result.passed < 5


def test_types_beyond_the_engine_are_said_to_be_so() -> None:
    given = problem("f(d: int | str) -> int", "f(3) -> 1")
    result = outcome(given)
    assert result.result == "unsolved"
    assert "int | str" in result.message


def test_an_unsolved_search_names_its_best_attempt_and_the_examples_that_fail() -> None:
    result = outcome(
        problem("f(n: int) -> int", "f(1) -> 1", "f(2) -> 2", "f(9) -> 123457", max_evaluations=20_000)
    )
    assert result.result == "unsolved"
    assert result.best is not None
    assert (result.passed, result.failing) == (2, (2,))


@pytest.mark.parametrize("names", [("a", "b"), ("x", "y"), ("haystack", "needle"), ("b", "a")])
@pytest.mark.parametrize("prose", ["", "Subtract one from the other.", "Nothing to do with it: 7, 13."])
def test_names_and_prose_do_not_matter(names: tuple[str, str], prose: str) -> None:
    first, second = names
    given = problem(
        f"anything({first}: int, {second}: int) -> int", "f(2, 3) -> 5", "f(-1, 1) -> 0", prose=prose
    )
    result = outcome(given)
    assert result.result == "solved"
    assert result.found is not None
    assert result.found.program == f"{first} + {second}"


@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_a_search_repeated_gives_the_same_bytes(times: int) -> None:
    first = msgspec.msgpack.encode(stream(messages(PALINDROME)))
    assert all(msgspec.msgpack.encode(stream(messages(PALINDROME))) == first for _ in range(times - 1))


def test_frames_are_consecutive_and_cut_at_1024() -> None:
    said = messages(GRADE)
    frames = [message for message in said if isinstance(message, Frame)]
    assert [frame.first for frame in frames] == [1024 * number for number in range(len(frames))]
    assert all(len(frame.attempts) == 1024 for frame in frames[:-1])
    last = said[-1]
    assert isinstance(last, Outcome)
    assert sum(len(frame.attempts) for frame in frames) == last.attempts


@dataclass
class After:
    """Stops a search at the n-th time of asking."""

    times: int

    def __call__(self) -> str:
        self.times -= 1
        return "clock" if self.times < 0 else ""


@pytest.mark.parametrize("times", [0, 1, 7, 30, 90, 150])
@pytest.mark.parametrize("given", [PALINDROME, GRADE], ids=["palindrome", "grade"])
def test_a_rerun_bounded_by_the_count_stops_at_the_same_attempts(given: Problem, times: int) -> None:
    cut = stream(list(ValueSearch().search(given, After(times))))
    ended = cut[-1]
    assert isinstance(ended, Outcome)
    again = stream(messages(msgspec.structs.replace(given, max_evaluations=ended.evaluations)))
    if ended.stopped == "clock":
        assert again[:-1] == cut[:-1]
        assert again[-1] == msgspec.structs.replace(ended, stopped="budget")


def test_a_fit_whose_rivals_were_not_looked_for_is_not_claimed() -> None:
    full = outcome(PALINDROME)
    early = outcome(msgspec.structs.replace(PALINDROME, max_evaluations=full.evaluations - 100))
    assert full.result == "solved"
    assert (early.result, early.stopped, early.passed) == ("unsolved", "budget", 5)


def test_a_rule_refutes_and_the_search_goes_on() -> None:
    rule = Rule("f(x) >= 0", (("x", "int"),), ("f",))
    given = problem("f(x: int) -> int", "f(3) -> 3", "f(5) -> 5", "f(0) -> 0", post=[rule])
    said = messages(given)
    refuted = [message for message in said if isinstance(message, Refuted)]
    assert refuted[0].program == "x"
    assert refuted[0].input.startswith("x = -")
    ended = said[-1]
    assert isinstance(ended, Outcome)
    assert ended.found is not None
    assert ended.found.program in ("abs(x)", "max(x, 0)", "max(0, x)")


def test_counterexamples_of_earlier_rounds_refute() -> None:
    rule = Rule("f(x) != 123456789", (("x", "int"),), ("f",))
    known = Counterexample(rule.text, ("123456789",))
    given = problem("f(x: int) -> int", "f(3) -> 3", "f(5) -> 5", post=[rule], max_evaluations=60_000)
    assert outcome(given).found is not None
    said = messages(msgspec.structs.replace(given, counterexamples=(known,)))
    assert any(isinstance(message, Refuted) and message.program == "x" for message in said)


def test_a_precondition_bounds_the_probes_and_settles_what_lies_outside() -> None:
    examples = ['f("hello") -> "h"', 'f("abc") -> "a"', 'f("Zoe q") -> "Z"']
    open_ended = problem("f(s: str) -> str", *examples)
    bounded = msgspec.structs.replace(open_ended, pre=(Rule("len(s) > 0", (("s", "str"),), ()),))
    assert ("''",) in probe_inputs(open_ended)
    assert ("''",) not in probe_inputs(bounded)
    assert outcome(bounded).result == "solved"


def test_an_earlier_function_is_an_operator_and_named_as_called() -> None:
    earlier = Callable(
        "turned", ("str",), "str", "def turned(s: str) -> str:\n    return s.swapcase()[::-1] + '#'\n"
    )
    given = problem("f(s: str) -> str", 'f("aB") -> "bA#!"', 'f("xyz") -> "ZYX#!"', library=[earlier])
    result = outcome(given)
    assert result.found is not None
    assert "turned(s)" in result.found.program
    assert result.found.calls == ("turned",)


def test_an_endless_earlier_function_does_not_hang_the_search() -> None:
    endless = Callable("spin", ("int",), "int", "def spin(n: int) -> int:\n    while True:\n        n += 1\n")
    given = problem(
        "f(n: int) -> int", "f(2) -> 4", "f(5) -> 7", "f(-3) -> -1", library=[endless], max_evaluations=60_000
    )
    assert outcome(given).found is not None


def seeded(snippet: str, function: object, given: Problem) -> Problem:
    rows = [case.arguments for case in given.examples] + list(probe_inputs(given))
    outputs = []
    for row in rows:
        outputs.append(repr(function(*map(eval, row))))  # type: ignore[operator]
    return msgspec.structs.replace(given, seeds=(Seed("c-1", snippet, tuple(outputs)),))


def test_a_seed_that_fits_is_recalled_as_the_first_attempt() -> None:
    given = seeded("def plus(p, q):\n    return p + q\n", lambda p, q: p + q, ADD)
    said = messages(given)
    result = said[-1]
    assert isinstance(result, Outcome)
    assert result.result == "solved"
    assert result.found is not None
    assert (result.found.seed, result.found.strategy, result.found.attempt) == ("c-1", "recall", 0)
    assert result.found.source.startswith("def add(")


def test_a_seed_that_fits_in_a_roundabout_way_gives_way_to_the_simpler_program() -> None:
    given = seeded("def plus(p, q):\n    return abs(p + q)\n", lambda p, q: abs(p + q), ADD)
    result = outcome(given)
    assert result.found is not None
    assert (result.found.program, result.found.seed) == ("a + b", "")


def test_what_must_raise_raises() -> None:
    result = outcome(
        problem("f(s: str) -> int", 'f("12") -> 12', 'f("-4") -> -4', 'f("x") -> raises ValueError')
    )
    assert result.found is not None
    assert result.found.program == "int(s)"


def test_what_is_not_a_number_is_an_example_like_any_other() -> None:
    given = problem("f(x: float) -> float", "f(2.0) -> 4.0", max_evaluations=30_000)
    strange = Case((literal(math.nan),), literal(math.nan), None)
    given = msgspec.structs.replace(given, examples=(strange, *given.examples))
    assert outcome(given).total == 2


@pytest.mark.parametrize("digits", [300, 4200])
def test_giant_numbers_do_no_harm(digits: int) -> None:
    given = problem(
        "f(n: int) -> int", f"f({'9' * digits}) -> 1", f"f(-{'8' * digits}) -> 0", max_evaluations=30_000
    )
    assert outcome(given).total == 2


def test_thousands_of_examples_are_all_checked() -> None:
    examples = [f"f({n}) -> {n % 7}" for n in range(2_000)]
    result = outcome(problem("f(n: int) -> int", *examples, hints=["7"]))
    assert result.result == "solved"
    assert result.passed == 2_000


def test_no_search_is_stopped_that_nobody_stops() -> None:
    assert never() == ""
    assert outcome(ADD).stopped == ""


def test_an_answer_is_not_claimed_when_time_was_up_before_rivals_were_looked_for_to_the_end() -> None:
    turned = problem(
        "turned(words: list[str]) -> str",
        'f(["quick", "brown", "fox"]) -> "fox+brown+quick"', 'f(["lazy", "dog"]) -> "dog+lazy"',
        'f(["jumps", "over", "the", "moon"]) -> "moon+the+over+jumps"',
    )  # fmt: skip
    full = outcome(turned)
    early = outcome(msgspec.structs.replace(turned, max_evaluations=full.evaluations - 100))
    assert (full.result, early.result) == ("solved", "unsolved")
    assert early.stopped == "budget"
    assert early.best is not None
    assert early.passed == early.total
    assert "stopped before ruling rivals out" in early.message
