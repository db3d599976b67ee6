"""Corpus code answers a spec that takes the same parameters in another order."""

from __future__ import annotations

import pytest

from aurora.learning.choosing import Candidate
from aurora.learning.permuting import ordered

REPEAT = 'def repeat(text: str, times: int) -> str:\n    """As often as asked."""\n    return text * times  # plain\n'


def candidate(snippet: str, *kinds: str, name: str = "repeat") -> Candidate:
    return Candidate("7", name, kinds, "str", 3, 3, 5.0, snippet)


def test_parameters_of_other_types_go_where_their_type_is_wanted() -> None:
    found = ordered(candidate(REPEAT, "str", "int"), [("n", "int"), ("s", "str")])
    assert found is not None
    assert found.parameters == ("int", "str")
    assert found.snippet == REPEAT.replace("text: str, times: int", "times: int, text: str")


def test_of_parameters_of_one_type_those_of_the_same_name_go_together() -> None:
    minus = "def minus(a: int, b: int) -> int:\n    return a - b\n"
    found = ordered(candidate(minus, "int", "int", name="minus"), [("b", "int"), ("a", "int")])
    assert found is not None
    assert found.snippet == "def minus(b: int, a: int) -> int:\n    return a - b\n"


def test_what_is_in_order_stays_as_it_is() -> None:
    own = candidate(REPEAT, "str", "int")
    assert ordered(own, [("s", "str"), ("n", "int")]) is own


def test_letters_of_several_bytes_and_lines_are_no_trouble() -> None:
    wide = "def repeat(\n    größe: str,\n    n: int,\n) -> str:\n    return größe * n\n"
    found = ordered(candidate(wide, "str", "int"), [("n", "int"), ("größe", "str")])
    assert found is not None
    assert found.snippet == "def repeat(\n    n: int,\n    größe: str,\n) -> str:\n    return größe * n\n"


@pytest.mark.parametrize(
    "snippet",
    [
        "def repeat(text: str, n: int) -> str:\n    return repeat(text, n - 1) if n else text\n",
        "def repeat(text: str, n: int = 2) -> str:\n    return text * n\n",
        "def repeat(text: str, *, n: int) -> str:\n    return text * n\n",
        "def repeat(:\n",
    ],
    ids=["calls itself", "has a default", "takes a name", "no Python"],
)
def test_where_the_order_matters_elsewhere_it_is_not_changed(snippet: str) -> None:
    assert ordered(candidate(snippet, "str", "int"), [("n", "int"), ("text", "str")]) is None


def test_other_types_are_no_other_order() -> None:
    assert ordered(candidate(REPEAT, "str", "int"), [("n", "int"), ("s", "int")]) is None
