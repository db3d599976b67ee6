"""Programs as trees: leaves and operators applied to terms; how they read, what they cost.

Comprehensions, folds and loops are operators as well: their text names the variables that they bind, and the
later arguments mention them. An operator with a *prelude* stands for statements and an expression over the
names that those give; ``body`` puts the statements where they belong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from aurora.synthesis.operators.notation import Text
from aurora.synthesis.operators.op import Op


class Leaf:
    """A variable or constant: source text, type and cost. ``variable`` says which, and of a term whether it has one."""

    __slots__ = ("cost", "text", "type", "variable")

    def __init__(self, text: str, type_: str, cost: int, *, variable: bool) -> None:
        self.text: Final = text
        self.type: Final = type_
        self.cost: Final[int] = cost
        self.variable: Final = variable


class Apply:
    """An operator applied to terms."""

    __slots__ = ("arguments", "cost", "op", "type", "variable")

    def __init__(self, op: Op, *arguments: Term) -> None:
        self.op: Final = op
        self.arguments: Final = arguments
        self.type: Final = op.returns
        self.variable: Final[bool] = any(argument.variable for argument in arguments)
        self.cost: Final[int] = op.cost + sum(argument.cost for argument in arguments) + self._odd

    @property
    def _odd(self) -> int:
        """The charge for what people hardly ever write: a formula of constants, or one to divide by."""
        if not self.arguments:
            return 0
        divides = self.op.text in _DIVIDING and not isinstance(self.arguments[1], Leaf)
        return DIVISOR_CHARGE * divides + CONSTANT_CHARGE * (not self.variable)


Term = Leaf | Apply

CHOICE_COST: Final = 4
"""What ``if`` and ``else`` cost, besides test and branches."""


DIVISOR_CHARGE: Final = 3
CONSTANT_CHARGE: Final = 2
_DIVIDING: Final = frozenset({"{0} % {1}", "{0} // {1}", "{0} ** {1}", "{0} % {1} == 0"})


def variable(name: str, type_: str, cost: int = 1) -> Leaf:
    """A parameter or bound variable."""
    return Leaf(name, type_, cost, variable=True)


def constant(text: str, type_: str, cost: int) -> Leaf:
    """A literal."""
    return Leaf(text, type_, cost, variable=False)


def choice(test: Term, then: Term, otherwise: Term) -> Apply:
    """``then if test else otherwise``."""
    return Apply(_choice(then.type), then, test, otherwise)


def is_choice(term: Term) -> bool:
    """Whether this is a conditional made by ``choice``."""
    return isinstance(term, Apply) and term.op.text == _CHOICE


def guarded(test: Term, exception: str, rest: Term) -> Apply:
    """``rest``, unless ``test`` holds: then ``exception`` is raised."""
    return Apply(_guard(exception, rest.type), test, rest)


def is_guarded(term: Term) -> bool:
    """Whether this was made by ``guarded``."""
    return isinstance(term, Apply) and term.op.text == _GUARDED and bool(term.op.prelude)


def text(term: Term) -> Text:
    """The expression: bare, and as an operand. Preludes are not part of it."""
    if isinstance(term, Leaf):
        return term.text, term.text if not term.text.startswith("-") else f"({term.text})"
    return term.op.render(*map(text, term.arguments))


def body(term: Term) -> str:
    """The statements of a function that returns ``term``: the last line of each branch is a ``return``."""
    return "\n".join(_body(term))


def program(term: Term) -> str:
    """The term as an attempt is logged: an expression, or statements where it needs them."""
    return body(term) if has_prelude(term) else text(term)[0]


def has_prelude(term: Term) -> bool:
    """Whether statements belong to the term."""
    return any(isinstance(part, Apply) and part.op.prelude for part in parts(term))


def parts(term: Term) -> Iterator[Term]:
    """The term and everything in it, outermost first."""
    yield term
    if isinstance(term, Apply):
        for argument in term.arguments:
            yield from parts(argument)


def mentions(term: Term) -> frozenset[str]:
    """The variables in a term, bound ones included."""
    return frozenset(part.text for part in parts(term) if isinstance(part, Leaf) and part.variable)


def embeds(small: Term, large: Term) -> bool:
    """Whether ``large`` is ``small`` and more: some of its operators left out give ``small`` (as in Kruskal)."""
    if isinstance(large, Leaf):
        return isinstance(small, Leaf) and small.text == large.text
    if any(embeds(small, argument) for argument in large.arguments):
        return True
    return (
        isinstance(small, Apply)
        and small.op.text == large.op.text
        and len(small.arguments) == len(large.arguments)
        and all(map(embeds, small.arguments, large.arguments))
    )


def substituted(term: Term, replacements: Mapping[str, Term]) -> Term:
    """The term with variables replaced by terms. Bound names must not occur in the replacements."""
    if isinstance(term, Leaf):
        return replacements.get(term.text, term) if term.variable else term
    return Apply(term.op, *(substituted(argument, replacements) for argument in term.arguments))


def _body(term: Term) -> list[str]:
    if is_guarded(term):
        assert isinstance(term, Apply)
        test, rest = term.arguments
        return [*_preludes(test), *term.op.prelude.format(text(test)[0]).splitlines(), *_body(rest)]
    if is_choice(term) and has_prelude(term):
        assert isinstance(term, Apply)
        then, test, otherwise = term.arguments
        return [*_preludes(test), f"if {text(test)[0]}:", *_indented(_body(then)), *_body(otherwise)]
    return [*_preludes(term), f"return {text(term)[0]}"]


def _preludes(term: Term) -> list[str]:
    """The statements that must come before the expression, inner ones first."""
    if isinstance(term, Leaf):
        return []
    lines = [line for argument in term.arguments for line in _preludes(argument)]
    if term.op.prelude:
        lines += term.op.prelude.format(*(text(argument)[0] for argument in term.arguments)).splitlines()
    return lines


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]


_CHOICE: Final = "{0} if {1} else {2}"


_RAISE_COST: Final = 0
"""An example asks for the exception, so that only the test is a choice."""

_GUARDED: Final = "{1}"


@cache
def _guard(exception: str, type_: str) -> Op:
    return Op(
        _GUARDED, ("bool", type_), type_, _RAISE_COST, prelude=f"if {{0}}:\n    raise {exception}", partial=True
    )  # fmt: skip


@cache
def _choice(type_: str) -> Op:
    return Op(_CHOICE, (type_, "bool", type_), type_, CHOICE_COST)
