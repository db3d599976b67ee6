"""Names of the variables that loops bind: by what they hold, and never a name that the function has already."""

from __future__ import annotations

from collections.abc import Iterable

_BUILTIN = frozenset(dir(__builtins__) if not isinstance(__builtins__, dict) else __builtins__)

_ELEMENTS = {"int": "number", "float": "value", "bool": "flag", "str": "word"}


class Names:
    """Gives out names that are not ``taken``."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = frozenset(taken)

    def free(self, *wishes: str) -> str:
        """The first wish that is free, else the first with a number."""
        for wish in wishes:
            if wish not in self._taken:
                return wish
        number = 2
        while f"{wishes[0]}{number}" in self._taken:
            number += 1
        return f"{wishes[0]}{number}"

    def element(self, source: str, type_: str, *, letters: bool = False) -> str:
        """A name for the elements of ``source``: its singular, or a word for what they are."""
        singular = source[:-1]
        plural = source.isidentifier() and source.endswith("s") and not source.endswith("ss")
        if plural and singular and singular not in _BUILTIN:
            return self.free(singular, "item")
        if letters:
            return self.free("char", "letter")
        if type_.startswith("list["):
            return self.free("row", "items")
        if type_.startswith("tuple["):
            return self.free("pair", "item")
        return self.free(_ELEMENTS.get(type_, "item"), "item")


def accumulator(names: Names, kind: str, body: str) -> str:
    """A name for an accumulator of type ``kind`` that a body with this operator updates."""
    if kind == "int" and body == "count":
        return names.free("count", "total")
    if body in ("max({0}, {1})", "min({0}, {1})"):
        return names.free("best", "result")
    if kind in ("int", "float"):
        return (
            names.free("total", "result")
            if body in ("{0} + {1}", "{0} - {1}")
            else names.free("result", "answer")
        )
    if kind == "bool":
        return names.free("holds", "result")
    if kind.startswith("dict["):
        return names.free("groups" if kind.endswith("]]") else "counts", "result")
    return names.free("result", "answer")
