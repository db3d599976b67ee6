"""What a program that fits costs beside others that fit: how it is built, and how usual it is among people's programs.

The search builds by the costs of operators, one by one, since banks grow so. That says little about how operators
stand together: nobody takes ``sum(range(n)) % n`` for less than ``(n - 1) % 12``. So what fits is priced anew, by
its cost and by the bits that it takes to tell somebody who knows how people write (see ``aurora.synthesis.usage``).
Prices are in half steps, like costs, and about as large.
"""

from __future__ import annotations

import re
from typing import Final

from aurora.specs.types import parse_type
from aurora.synthesis.constants import constants
from aurora.synthesis.operators.op import Op
from aurora.synthesis.operators.tables import universe
from aurora.synthesis.problem import Problem
from aurora.synthesis.search.terms import Apply, Term, parts, program, variable
from aurora.synthesis.usage.model import bits

USAGE: Final = 0.4
"""The share of a price that usage decides."""

BITS_PER_STEP: Final = 3.0
"""Bits that half a step of cost comes to, in programs that people wrote."""

BITS_OF_CONSTANT: Final = 0.8
"""Bits of a constant that the problem gives, for each half step that it costs."""


_IDIOM: Final = re.compile(
    r"\(.*\(|\)\[|\}\}\[| for |^(math|re|statistics)\.|key=|Counter|accumulate|^\{0\}( in |\.(ends|starts)with\()\("
)
"""Rows of the operator table that people know as one thing, though they are several."""


class Prices:
    """The prices of programs for one problem."""

    def __init__(self, problem: Problem) -> None:
        types = universe([parse_type(kind) for _, kind in problem.parameters], parse_type(problem.returns))
        self._parameters = len(problem.parameters)
        self._bits: dict[str, float] = {}
        self._known = {each.text: BITS_OF_CONSTANT * each.cost for each in constants(problem, types)}

    def price(self, term: Term, text: str) -> int:
        """The price of ``term``, which reads ``text``."""
        usual = self._told(term) / BITS_PER_STEP - discount(term)
        return max(1, round((1 - USAGE) * term.cost + USAGE * usual) - alike(term))

    def _told(self, term: Term) -> float:
        """The bits of a term; idioms take what the table says."""
        idioms = sum(part.op.plain for part in parts(term) if isinstance(part, Apply) and _is_idiom(part.op))
        named = program(_named(term))
        if named not in self._bits:
            self._bits[named] = bits(named, self._parameters, self._known)
        return self._bits[named] + BITS_PER_STEP * idioms


def _named(term: Term) -> Term:
    """The term with a name for each idiom, which is not told piece by piece, and one for all variables.

    So a parameter that is called ``string`` or ``sum`` is not taken for what people's code means by that. A tuple of
    constants was copied from the prose as a whole.
    """
    if not isinstance(term, Apply):
        copied = term.text.startswith("(")
        return variable("it", term.type, term.cost) if term.variable or copied else term
    op = term.op
    if _is_idiom(op):
        holes = ", ".join(f"{{{place}}}" for place in range(len(op.arguments)))
        op = Op(f"idiom({holes})", op.arguments, op.returns, op.cost)
    return Apply(op, *map(_named, term.arguments))


def _is_idiom(op: Op) -> bool:
    twice = any(op.text.count(f"{{{place}}}") > 1 for place in range(len(op.arguments)))
    return not op.binds and not op.prelude and (twice or _IDIOM.search(op.text) is not None)


def alike(term: Term) -> int:
    """What a comparison of two things in the same form says only once; one alone in a form says which as well.

    What is held against a form of itself, ``xs == sorted(xs)``, leaves no choice of which.
    """
    if not isinstance(term, Apply) or term.op.text not in _COMPARISONS:
        return sum(map(alike, term.arguments)) if isinstance(term, Apply) else 0
    (left, one), (right, other) = (_form(argument) for argument in term.arguments)
    if [op.text for op in left] == [op.text for op in right]:
        return sum(op.cost for op in left)
    return -1 if (not left or not right) and program(one) != program(other) else 0


def _form(term: Term) -> tuple[tuple[Op, ...], Term]:
    """The operators of one argument around something, and what they are around."""
    if not isinstance(term, Apply):
        return (), term
    *others, inner = [argument for argument in term.arguments if argument.variable] or [term]
    if others or inner is term:
        return (), term
    ops, within = _form(inner)
    return (term.op, *ops), within


_LISTED: Final = re.compile(r"\{0\}( in |\.(ends|starts)with\()\(")
_COMPARISONS: Final = frozenset({"{0} == {1}", "{0} != {1}", "sorted({0}) == sorted({1})"})


def listed(term: Term) -> bool:
    """Whether a term asks for membership in a list, which inputs out of nowhere are hardly ever in."""
    return any(isinstance(part, Apply) and _LISTED.match(part.op.text) for part in parts(term))


def discount(term: Term) -> int:
    """By how much the words of the prose make a term cheaper."""
    return sum(part.op.plain - part.op.cost for part in parts(term) if isinstance(part, Apply))
