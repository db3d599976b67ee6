"""The operators of SMT-LIB that are understood: their sorts, their exact meaning, and their fast form.

``apply`` is the meaning, written for reading; it checks solutions. ``inline`` is the same as a Python expression
over ``{0}``, ``{1}``, ... for the generated loops of the search; tests hold the two together. Everything is total,
as SMT-LIB demands: an index out of range has an answer too.

Sources: SMT-LIB 2.6 theories Core, Ints, Strings (Unicode) and FixedSizeBitVectors.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from aurora.synthesis.sygus.terms import Sort, Value

ANY = Sort("Any")
"""In a signature: any sort, the same wherever it occurs."""

BITS = Sort("BitVec")
"""In a signature: bit-vectors of any width, the same wherever it occurs."""

Meaning = Callable[..., Value]


class Operator(NamedTuple):
    """One operator."""

    name: str
    parameters: tuple[Sort, ...]
    returns: Sort
    apply: Meaning
    inline: str
    commutative: bool = False
    associative: bool = False
    """Whether more arguments than ``parameters`` mean a fold from the left."""
    idle: str = ""
    """Over the first two arguments: where it holds, the value is the first one, whatever the others are."""

    def accepts(self, sorts: list[Sort]) -> bool:
        """Whether arguments of these sorts are well-sorted."""
        wanted = self.parameters
        if self.associative and len(sorts) > len(wanted):
            wanted = (*wanted, *[wanted[-1]] * (len(sorts) - len(wanted)))
        if len(wanted) != len(sorts):
            return False
        bound: dict[str, Sort] = {}
        return all(
            want == sort
            or (want in (ANY, BITS) and _alike(want, sort) and bound.setdefault(want.name, sort) == sort)
            for want, sort in zip(wanted, sorts, strict=True)
        )

    def result(self, sorts: list[Sort]) -> Sort:
        """The sort of the application to arguments of these sorts."""
        for want, sort in zip(self.parameters, sorts, strict=False):
            if want == self.returns:
                return sort
        return self.returns


def width_of(sorts: list[Sort]) -> int:
    """The width of the bit-vectors among the arguments, 0 where there are none."""
    return max((sort.width for sort in sorts), default=0)


def evaluate_operator(operator: Operator, width: int, arguments: list[Value]) -> Value:
    """The value of ``operator`` on values; operators on bit-vectors are given their ``width`` first."""
    meaning = operator.apply
    if BITS in operator.parameters:
        if len(arguments) > len(operator.parameters):
            return reduce(lambda left, right: meaning(width, left, right), arguments)
        return meaning(width, *arguments)
    if len(arguments) > len(operator.parameters):
        return reduce(meaning, arguments)
    return meaning(*arguments)


def inline(operator: Operator, arguments: list[str], width: int = 0) -> str:
    """The Python expression of ``operator`` applied to Python expressions that are atoms or in parentheses."""
    numbers = {"mask": (1 << width) - 1, "sign": 1 << width >> 1, "width": width}

    def apply(*parts: str) -> str:
        return f"({operator.inline.format(*parts, **numbers)})"

    return reduce(apply, arguments) if len(arguments) > len(operator.parameters) else apply(*arguments)


def _alike(want: Sort, sort: Sort) -> bool:
    return want == ANY or (sort.name == BITS.name and sort.width > 0)
