"""Sorts, values and terms of SyGuS problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

Value = str | int | bool
"""A value of one sort; a bit-vector is its unsigned integer."""


class Sort(msgspec.Struct, frozen=True):
    """``String``, ``Int``, ``Bool``, or ``BitVec`` with a width."""

    name: str
    width: int = 0


STRING = Sort("String")
INT = Sort("Int")
BOOL = Sort("Bool")


def bit_vector(width: int) -> Sort:
    """The sort of bit-vectors with ``width`` bits."""
    return Sort("BitVec", width)


class Variable(msgspec.Struct, frozen=True):
    """A parameter of the function sought, or of a defined function."""

    name: str


class Constant(msgspec.Struct, frozen=True):
    """A literal. The sort keeps ``true`` and ``1`` apart, which Python takes for equal."""

    value: Value
    sort: Sort


class Hole(msgspec.Struct, frozen=True):
    """A place of a production that any term of ``nonterminal`` may fill; ``number`` counts from the left."""

    nonterminal: str
    number: int


class Apply(msgspec.Struct, frozen=True):
    """An operator or defined function, applied."""

    operator: str
    arguments: tuple[Term, ...]


Term = Variable | Constant | Hole | Apply


def walk(term: Term) -> Iterator[Term]:
    """``term`` and everything inside it, from left to right."""
    yield term
    if isinstance(term, Apply):
        for argument in term.arguments:
            yield from walk(argument)


def size(term: Term) -> int:
    """The number of operators, variables and constants."""
    return sum(1 for _ in walk(term))


def conditionals(term: Term) -> int:
    """How many ``ite`` there are; a defined function counts where it is one by itself, see ``expand``."""
    return sum(isinstance(part, Apply) and part.operator == "ite" for part in walk(term))


def replace_leaves(term: Term, replacement: Callable[[Term], Term]) -> Term:
    """``term`` with every leaf replaced."""
    if isinstance(term, Apply):
        arguments = tuple(replace_leaves(argument, replacement) for argument in term.arguments)
        return Apply(term.operator, arguments)
    return replacement(term)


def fill(term: Term, fillings: Sequence[Term]) -> Term:
    """``term`` with each hole replaced by the filling of its number."""
    return replace_leaves(term, lambda leaf: fillings[leaf.number] if isinstance(leaf, Hole) else leaf)


def holes(term: Term) -> tuple[str, ...]:
    """The nonterminals of the holes, by number."""
    found = {part.number: part.nonterminal for part in walk(term) if isinstance(part, Hole)}
    return tuple(found[number] for number in sorted(found))


class Function(msgspec.Struct, frozen=True):
    """A function that a problem defines for use in its grammar."""

    name: str
    parameters: tuple[tuple[str, Sort], ...]
    returns: Sort
    body: Term


def expand(term: Term, functions: Mapping[str, Function]) -> Term:
    """``term`` with defined functions replaced by their bodies."""
    if not isinstance(term, Apply):
        return term
    arguments = tuple(expand(argument, functions) for argument in term.arguments)
    function = functions.get(term.operator)
    if function is None:
        return Apply(term.operator, arguments)
    bound = {name: value for (name, _), value in zip(function.parameters, arguments, strict=True)}
    body = expand(function.body, functions)
    return replace_leaves(body, lambda leaf: bound[leaf.name] if isinstance(leaf, Variable) else leaf)
