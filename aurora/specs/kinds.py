"""How types of conditions relate: elements, constants, and which of two types a name has."""

from __future__ import annotations

from typing import Final

from aurora.specs.grammar import TEXT_TO_BOOL, TEXT_TO_INT, TEXT_TO_LIST, TEXT_TO_PARTS, TEXT_TO_TEXT
from aurora.specs.types import Type, union

INT, FLOAT, STR, BOOL, NONE = map(Type, ("int", "float", "str", "bool", "None"))

TEXT_METHODS: Final[dict[str, Type]] = {
    **dict.fromkeys(TEXT_TO_TEXT, STR),
    **dict.fromkeys(TEXT_TO_BOOL, BOOL),
    **dict.fromkeys(TEXT_TO_INT, INT),
    **dict.fromkeys(TEXT_TO_LIST, Type("list", (STR,))),
    **dict.fromkeys(TEXT_TO_PARTS, Type("tuple", (STR, STR, STR))),
}
"""What the methods of text give."""

RESULTS: Final[dict[str, Type]] = {
    "len": INT,
    "ord": INT,
    "int": INT,
    "float": FLOAT,
    "str": STR,
    "chr": STR,
    **dict.fromkeys(("all", "any", "bool", "isinstance"), BOOL),
}
"""What built-in functions give."""

ARGUMENTS: Final = {"ord": STR, "chr": INT, "range": INT}
"""What built-in functions take."""


class TwoTypes(ValueError):
    """A name used as two types."""


def constant(value: object) -> Type | None:
    """The type of a constant."""
    for kind, type_ in ((bool, BOOL), (int, INT), (float, FLOAT), (str, STR)):
        if isinstance(value, kind):
            return type_
    return NONE if value is None else None


def element_of(kind: Type | None) -> Type | None:
    """What iterating over ``kind`` gives."""
    if kind is None:
        return None
    if kind.head in ("list", "set", "dict"):
        return kind.args[0]
    if kind.head == "tuple" and kind.args:
        return union(tuple(part for part in kind.args if part.head != "..."))
    return STR if kind == STR else None


def wider(left: Type, right: Type) -> Type:
    """The type that holds both: of different types the first, except that an int is also a float."""
    return FLOAT if {left, right} == {INT, FLOAT} else left


def narrower(name: str, known: Type | None, want: Type | None) -> Type | None:
    """The type that satisfies both uses of ``name``. An int may stand where a float is wanted."""
    if known is None or want is None or known == want:
        return known or want
    if {known, want} == {INT, FLOAT}:
        return INT
    for wide, narrow in ((known, want), (want, known)):
        if wide.head == "|" and narrow in wide.args:
            return narrow
    raise TwoTypes(f"'{name}' is used as {known} and as {want}")
