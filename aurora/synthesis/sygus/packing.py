"""Many bit-vectors in one integer: an operator on all examples at once is a few operations on long integers.

Each value has a lane of its width and one guard bit above it, which is clear in every vector. The guard bit takes the
carry of an addition and the borrow of a comparison, so that lanes never touch. A truth value is the guard bit alone.
This is SIMD within a register (Lamport, 1975), with a register as long as need be; Python's integers do the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from aurora.synthesis.sygus.problem import Problem
from aurora.synthesis.sygus.terms import BOOL, Apply, Constant, Hole, Sort, Term, Value, Variable

_TEMPLATES: Mapping[str, str] = {
    "bvnot": "{0}^{all}",
    "bvneg": "({0}^{all})+{ones}&{all}",
    "bvand": "{0}&{1}",
    "bvor": "{0}|{1}",
    "bvxor": "{0}^{1}",
    "bvnand": "{0}&{1}^{all}",
    "bvnor": "({0}|{1})^{all}",
    "bvxnor": "{0}^{1}^{all}",
    "bvadd": "{0}+{1}&{all}",
    "bvsub": "{0}+({1}^{all})+{ones}&{all}",
    "bvult": "(({0}|{guard})-{1}&{guard})^{guard}",
    "bvuge": "({0}|{guard})-{1}&{guard}",
    "bvugt": "(({1}|{guard})-{0}&{guard})^{guard}",
    "bvule": "({1}|{guard})-{0}&{guard}",
    "=": "(({0}^{1})+{all}&{guard})^{guard}",
    "distinct": "({0}^{1})+{all}&{guard}",
    "not": "{0}^{guard}",
    "and": "{0}&{1}",
    "or": "{0}|{1}",
    "xor": "{0}^{1}",
}


class Unpackable(Exception):
    """The term has an operator without a packed form."""


class Packing:
    """The layout of ``lanes`` bit-vectors of ``width`` in one integer."""

    def __init__(self, width: int, lanes: int) -> None:
        self.width = width
        self.lanes = lanes
        self.ones = sum(1 << lane * (width + 1) for lane in range(lanes))
        self.all = self.ones * ((1 << width) - 1)
        self.guard = self.ones << width

    def pack(self, values: Sequence[Value]) -> int:
        """The integer that holds ``values``."""
        packed = 0
        for value in reversed(values):
            packed = packed << (self.width + 1) | int(value)
        return packed

    def constant(self, constant: Constant) -> int:
        """The same value on every lane."""
        if constant.sort == BOOL:
            return self.guard if constant.value else 0
        return self.ones * int(constant.value)

    def equal(self, left: int, right: int) -> int:
        """The guard bits of the lanes on which both hold the same value."""
        return (left ^ right) + self.all & self.guard ^ self.guard

    def lane(self, guard_bit: int) -> int:
        """The lane of the lowest guard bit of a truth vector."""
        return ((guard_bit & -guard_bit).bit_length() - 1) // (self.width + 1)

    def source(self, term: Term, leaf: Callable[[Term], str]) -> str:
        """``term``, with defined functions expanded, as a Python expression. Raises ``Unpackable``."""
        if isinstance(term, Constant):
            return hex(self.constant(term))
        if not isinstance(term, Apply):
            return leaf(term)
        if term.operator in ("bvshl", "bvlshr"):
            return self._shift(term, leaf)
        arguments = [self.source(argument, leaf) for argument in term.arguments]
        if term.operator == "ite":
            test, then, other = arguments
            return f"({other}^({then}^{other})&{test}-({test}>>{self.width}))"
        template = _TEMPLATES.get(term.operator)
        if template is None:
            raise Unpackable(term.operator)
        masks = {"all": hex(self.all), "ones": hex(self.ones), "guard": hex(self.guard)}

        def apply(*parts: str) -> str:
            return f"({template.format(*parts, **masks)})"

        return reduce(apply, arguments) if len(arguments) > 2 else apply(*arguments)

    def _shift(self, term: Apply, leaf: Callable[[Term], str]) -> str:
        """Shifts by a constant only: what would leave the lane is masked out."""
        value, distance = term.arguments
        if not isinstance(distance, Constant):
            raise Unpackable(f"{term.operator} by what varies")
        count = min(int(distance.value), self.width)
        kept = hex(self.ones * ((1 << self.width - count) - 1))
        shifted = self.source(value, leaf)
        return (
            f"(({shifted}&{kept})<<{count})" if term.operator == "bvshl" else f"({shifted}>>{count}&{kept})"
        )


def packing_of(problem: Problem, lanes: int) -> Packing | None:
    """The packing for ``problem``, or nothing where something is not a bit-vector of one width, or not packable."""
    grammar = problem.grammar
    sorts: list[Sort] = [problem.returns, *(sort for _, sort in problem.parameters), *grammar.sorts.values()]
    widths = {sort.width for sort in sorts if sort != BOOL}
    if (
        len(widths) != 1
        or 0 in widths
        or problem.returns == BOOL
        or BOOL in dict(problem.parameters).values()
    ):
        return None
    packing = Packing(widths.pop(), lanes)
    try:
        for production in grammar.productions:
            packing.source(production.meaning, _letter)
    except Unpackable:
        return None
    return packing


def _letter(leaf: Term) -> str:
    assert isinstance(leaf, Hole | Variable)
    return "abcdef"[leaf.number] if isinstance(leaf, Hole) else "x"
