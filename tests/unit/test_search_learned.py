"""What earlier runs taught orders and widens a search; it decides nothing."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

from aurora.synthesis.operators.op import Op
from aurora.synthesis.problem import Learned, Macro, Message, Outcome, Problem, Sketch
from aurora.synthesis.search.learned import applicable, evidenced, medley, operator_key
from aurora.synthesis.search.neighbours import replaced
from aurora.synthesis.search.sketches import akin, terms_of
from aurora.synthesis.search.terms import Apply, variable
from tests.unit.search_problems import messages, outcome, problem, stream

LETTERS = Macro("abstraction/letters", ("str",), "str", "''.join(c for c in p0 if c.isalpha())", "", "", 4)
CLEAN = Macro(
    "corpus/clean", ("str",), "str", "", "clean", 'def clean(s: str) -> str:\n    return s.strip("-")\n', 4
)


def loud(learned: Learned) -> Problem:
    """Only the letters, in capitals."""
    made = problem(
        "f(text: str) -> str",
        'f("a1b") -> "AB"',
        'f("Hi, you!") -> "HIYOU"',
        'f("") -> ""',
        'f("x 9 Y") -> "XY"',
        max_evaluations=500_000,
    )
    return msgspec.structs.replace(made, learned=learned)


@cache
def from_nothing() -> tuple[Message, ...]:
    """What is said of ``loud`` where nothing was learned."""
    return tuple(stream(messages(loud(Learned()))))


def said(learned: Learned) -> tuple[Message, ...]:
    """What is said of ``loud`` with this."""
    return tuple(stream(messages(loud(learned))))


def trimmed(learned: Learned) -> Problem:
    """Without dashes around it, twice."""
    made = problem(
        "f(s: str) -> str",
        'f("-a-") -> "aa"',
        'f("b--") -> "bb"',
        'f("c-d") -> "c-dc-d"',
        'f("xy") -> "xyxy"',
    )
    return msgspec.structs.replace(made, learned=learned)


def test_an_operators_key_names_its_type_and_its_text_with_blanks_for_holes() -> None:
    assert operator_key(Op("{0} + {1}", ("int", "int"), "int", 2)) == "operator/int/_ + _"


def test_a_macro_that_is_an_expression_is_written_out_in_the_answer_and_named_as_used() -> None:
    found = outcome(loud(Learned(macros=(LETTERS,)))).found
    assert found is not None
    assert LETTERS.key in found.used
    assert "isalpha" in found.source
    assert "_macro_" not in found.source
    assert found.calls == ()


def test_a_macro_that_is_a_function_is_called_and_named_among_the_calls() -> None:
    found = outcome(trimmed(Learned(macros=(CLEAN,)))).found
    assert found is not None
    assert CLEAN.key in found.used
    assert found.calls == ("clean",)


def test_a_macro_makes_the_answer_cheaper_to_find() -> None:
    without = from_nothing()[-1]
    assert isinstance(without, Outcome)
    assert outcome(loud(Learned(macros=(LETTERS,)))).evaluations < without.evaluations


@pytest.mark.parametrize(
    "macro",
    [
        Macro("corpus/a", ("dict[str, int]",), "str", "str(p0)", "", "", 4),
        Macro("corpus/b", ("str",), "str", "", "f", "def f(s: str) -> str:\n    return s\n", 4),
        Macro("corpus/c", ("str",), "str", "", "len", "def len(s: str) -> str:\n    return s\n", 4),
        Macro("corpus/d", ("str",), "str", "", "g", "import os\n\ndef g(s: str) -> str:\n    return s\n", 4),
        Macro("corpus/e", ("str",), "str", "", "g", "def g(:\n", 4),
    ],
    ids=["types out of reach", "the name of the answer", "the name of a builtin", "a module", "no Python"],
)
def test_what_cannot_be_used_changes_nothing(macro: Macro) -> None:
    assert applicable(loud(Learned(macros=(macro,)))).learned.macros == ()
    assert said(Learned(macros=(macro,))) == from_nothing()


def test_prices_and_shares_of_what_is_not_there_change_nothing() -> None:
    learned = Learned(prices=(("operator/int/nothing", -1),), shares=(("nothing", 2.0),))
    assert said(learned) == from_nothing()


def test_the_same_lessons_give_the_same_search() -> None:
    learned = Learned(
        macros=(LETTERS, CLEAN), prices=(("operator/str/_.upper()", -1),), shares=(("trees", 0.5),)
    )
    assert said(learned) == said(learned)


def test_a_price_changes_the_order_and_never_makes_an_operator_free() -> None:
    learned = Learned(prices=(("operator/str/_.upper()", -50),))
    found = outcome(loud(learned)).found
    assert found is not None
    assert found.cost >= 1
    assert said(learned) != from_nothing()


def test_the_work_of_the_strategies_adds_up_to_no_more_than_the_whole() -> None:
    made = from_nothing()[-1]
    assert isinstance(made, Outcome)
    assert {"enumeration", "rivals"} <= {name for name, _ in made.work}
    assert sum(work for _, work in made.work) <= made.evaluations


def test_bound_names_of_a_macro_capture_nothing() -> None:
    pairs = Macro("abstraction/in", ("str", "str"), "str", "''.join(c for c in p0 if c in p1)", "", "", 3)
    made = problem(
        "f(c: str, d: str) -> str", 'f("abc", "cx") -> "c"', 'f("hello", "ol") -> "llo"', 'f("", "a") -> ""',
        'f("aab", "a") -> "aa"',
    )  # fmt: skip
    found = outcome(msgspec.structs.replace(made, learned=Learned(macros=(pairs,)))).found
    assert found is not None
    assert "in c" in found.source
    assert "in d" in found.source


FILTERED = Sketch(
    "7",
    ("list[int]",),
    "int",
    "def g(xs: list[int]) -> int:\n    return sum(x * x for x in xs if x % 3 == 0)\n",
)


def fives(learned: Learned) -> Problem:
    """The sum of the squares of the multiples of five."""
    made = problem(
        "f(ns: list[int]) -> int", "f([1, 2, 3, 4, 5]) -> 25", "f([]) -> 0", "f([10, 3]) -> 100", "f([2, 4]) -> 0",
        "f([-5, 5, 1]) -> 50",
    )  # fmt: skip
    return msgspec.structs.replace(made, learned=learned)


def test_a_function_with_another_constant_is_found_by_editing_and_names_its_source() -> None:
    made = outcome(fives(Learned(sketches=(FILTERED,))))
    assert made.found is not None
    assert made.found.strategy == "editing"
    assert "source/7" in made.found.used
    assert "% 5 == 0" in made.found.source


@pytest.mark.slow
def test_editing_costs_less_than_searching_from_nothing() -> None:
    assert (
        outcome(fives(Learned(sketches=(FILTERED,)))).evaluations < outcome(fives(Learned())).evaluations / 2
    )


def test_a_sketch_that_cannot_be_read_changes_nothing() -> None:
    broken = Sketch("8", ("list[int]",), "int", "def g(:\n")
    assert said(Learned(sketches=(broken,))) == from_nothing()


def test_an_answer_borrows_nothing_that_it_can_as_well_do_without() -> None:
    double = Macro(
        "corpus/1", ("int",), "int", "", "double", "def double(x: int) -> int:\n    return x + x\n", 4
    )
    given = problem("f(x: int) -> int", "f(2) -> 8", "f(5) -> 20", "f(-3) -> -12")
    found = outcome(msgspec.structs.replace(given, learned=Learned(macros=(double,)))).found
    assert found is not None
    assert "double" not in found.program


def test_an_empty_lesson_gives_the_same_bytes_as_none() -> None:
    given = problem("f(text: str) -> str", 'f("ab") -> "BA"', 'f("") -> ""', 'f("xyz") -> "ZYX"')
    assert stream(messages(msgspec.structs.replace(given, learned=Learned()))) == stream(messages(given))


CUT = Sketch(
    "9", ("list[int]",), "list[int]", "def g(xs: list[int]) -> list[int]:\n    return sorted(xs)[:2]\n"
)
LARGEST = Sketch("10", ("int",), "int", "def g(n: int) -> int:\n    return max(int(c) for c in str(n))\n")


def smallest(learned: Learned) -> Problem:
    """The smallest digit."""
    made = problem("f(n: int) -> int", "f(352) -> 2", "f(7) -> 7", "f(908) -> 0", "f(6616) -> 1")
    return msgspec.structs.replace(made, learned=learned)


def test_a_generator_that_a_call_takes_whole_can_be_edited() -> None:
    edited, without = outcome(smallest(Learned(sketches=(LARGEST,)))), outcome(smallest(Learned()))
    assert edited.found is not None
    assert edited.found.source.endswith("return min(int(c) for c in str(n))\n")
    assert edited.evaluations < without.evaluations


def test_an_answer_is_evidenced_by_one_part_that_was_taught_with_little_beside_it() -> None:
    taught = Op("clean({0})", ("str",), "str", 4, library="clean", key="corpus/1")
    upper, join = Op("{0}.upper()", ("str",), "str", 2), Op("{0} + {1}", ("str", "str"), "str", 2)
    s = variable("s", "str")
    small, large = (
        Apply(taught, Apply(upper, s)),
        Apply(join, Apply(join, Apply(taught, s), s), Apply(upper, s)),
    )
    assert (evidenced(small), medley(small)) == (True, 0)
    assert not evidenced(large)
    assert medley(large) > 0
    assert (evidenced(Apply(upper, s)), medley(Apply(upper, s))) == (False, 0)


def test_an_edit_is_akin_to_its_sketch_while_most_of_that_is_left() -> None:
    given = problem("f(xs: list[int]) -> list[int]", "f([3, 1, 2]) -> [1, 2]")
    (term,) = terms_of(CUT, given)
    assert akin(term, term)
    assert not akin(replaced(term, (), variable("xs", "list[int]")), term)
