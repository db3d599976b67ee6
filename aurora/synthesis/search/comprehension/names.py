"""The names of bound variables, as people choose them: ``c`` of a text, ``word`` of words, ``x`` of numbers."""

from __future__ import annotations

from collections.abc import Collection

from aurora.specs.types import parse_type
from aurora.synthesis.cells import optional

_CHOICES: dict[str, tuple[str, ...]] = {
    "character": ("c", "ch", "letter", "mark"),
    "str": ("word", "w", "part", "piece"),
    "int": ("x", "y", "z", "number"),
    "float": ("x", "y", "z", "number"),
    "bool": ("flag", "bit", "mark"),
    "row": ("row", "line", "group", "items"),
    "column": ("column", "row", "line", "group"),
    "pair": ("pair", "entry", "item", "each"),
    "index": ("i", "j", "k", "place"),
    "left": ("a", "p", "left", "first"),
    "right": ("b", "q", "right", "second"),
    "third": ("d", "r", "third", "other"),
    "key": ("key", "k", "name", "label"),
    "value": ("value", "v", "amount", "held"),
    "group": ("groups", "grouped", "found", "made"),
    "total": ("totals", "sums", "tally", "counts"),
}


def role(type_: str) -> str:
    """What elements of a type are called."""
    parsed = parse_type(type_)
    head = (optional(parsed) or parsed).head
    if head == "tuple":
        return "pair"
    return head if head in ("str", "int", "float", "bool") else "row"


def named(role: str, taken: Collection[str]) -> str:
    """The first usual name of a role that is not taken."""
    return next((name for name in _CHOICES[role] if name not in taken), f"{_CHOICES[role][0]}_")
