"""Which values stand for "all values of a type" when a condition is tested, as the source text of a strategy.

There is one table, and it is text: ``strategy`` evaluates what ``strategy_source`` writes, so the generated
test files draw from exactly what the check drew from. Sizes are bounded because found functions may loop as
often as an argument says. Strings are printable ASCII, and a few letters beyond whose upper and lower case
are one letter each: conditions such as ``swap(swap(s)) == s`` mean those, and fail on ``ß`` only by an
accident of Unicode.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final, cast

from aurora.specs.types import Type

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

ALPHABET: Final = string.ascii_letters + string.digits + string.punctuation + " \n\téñЖ中"
ALPHABET_SOURCE: Final = 'string.ascii_letters + string.digits + string.punctuation + " \\n\\téñЖ中"'
"""The same as ``ALPHABET``, as a test file writes it."""

LARGEST_FLOAT: Final = 1e6

_ATOMS: Final = {
    "int": "st.integers(-1000, 1000)",
    "float": "st.floats(-1e6, 1e6)",
    "str": "st.text(ALPHABET, max_size=20)",
    "bool": "st.booleans()",
    "None": "st.none()",
}
_SIZE: Final = "max_size=8"
_UNHASHABLE: Final = frozenset({"list", "dict", "set"})


def strategy_source(type_: Type) -> str:
    """The Hypothesis strategy for values of ``type_``, as an expression over ``st`` and ``ALPHABET``."""
    inner = [strategy_source(arg) for arg in type_.args if arg.head != "..."]
    match type_.head:
        case "list":
            return f"st.lists({inner[0]}, {_SIZE})"
        case "set":
            return f"st.sets({inner[0]}, {_SIZE})" if hashable(type_.args[0]) else "st.builds(set)"
        case "dict":
            pairs = f"st.dictionaries({inner[0]}, {inner[1]}, {_SIZE})"
            return pairs if hashable(type_.args[0]) else "st.builds(dict)"
        case "tuple" if type_.args[-1:] == (Type("..."),):
            return f"st.lists({inner[0]}, {_SIZE}).map(tuple)"
        case "tuple":
            return f"st.tuples({', '.join(inner)})"
        case "|":
            return f"st.one_of({', '.join(inner)})"
        case atom:
            return _ATOMS[atom]


def strategy(type_: Type) -> SearchStrategy[object]:
    """The strategy itself. Imports Hypothesis, which takes a third of a second the first time."""
    from hypothesis import strategies as st

    made = eval(strategy_source(type_), {"st": st, "ALPHABET": ALPHABET})
    return cast("SearchStrategy[object]", made)


def ordinary(value: object) -> bool:
    """Whether conditions are held to ``value``: its letters are in ``ALPHABET``, its floats are in the table's range.

    Any int is: only for the time that loops take are they drawn from a small range.
    """
    match value:
        case str():
            return all(letter in ALPHABET for letter in value)
        case float():
            return abs(value) <= LARGEST_FLOAT
        case list() | tuple() | set():
            return all(map(ordinary, value))
        case dict():
            return all(ordinary(key) and ordinary(item) for key, item in value.items())
    return True


def hashable(type_: Type) -> bool:
    """Whether all values of ``type_`` can be keys of a dict or elements of a set."""
    return type_.head not in _UNHASHABLE and all(map(hashable, type_.args))


def mentions(type_: Type, head: str) -> bool:
    """Whether ``head`` occurs anywhere in ``type_``."""
    return type_.head == head or any(mentions(arg, head) for arg in type_.args)
