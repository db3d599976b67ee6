"""Values that may be missing: where a program needs ``x`` of ``X | None``, it says first what happens without one.

Python would raise anyway, at the first operation; mypy wants it said. Only a parameter that is certainly needed is
looked after: a program that tests for ``None`` itself is narrowed by its tests.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from aurora.specs.types import Type
from aurora.synthesis.cells import optional
from aurora.synthesis.emission.safety import order
from aurora.synthesis.emission.shapes import call, compare, literal, name, names_in
from aurora.synthesis.emission.typing import Scope

_NEEDING: Final = frozenset(
    {
        "len",
        "sum",
        "max",
        "min",
        "abs",
        "sorted",
        "int",
        "float",
        "round",
        "list",
        "set",
        "ord",
        "chr",
        "range",
    }
)


def with_guards(block: list[ast.stmt], given: Scope, returns: Type) -> list[ast.stmt]:
    """The block after a guard for each parameter that it needs and that may be ``None``."""
    guards: list[ast.stmt] = []
    for parameter, type_ in given.names.items():
        error = _error(block, parameter, returns) if optional(type_) is not None else ""
        if error:
            message = literal(f"{parameter} must not be None")
            test = compare(name(parameter), ast.Is(), ast.Constant(None))
            guards.append(ast.If(test, [ast.Raise(call(error, message), None)], []))
    return [*guards, *block]


def _error(block: Sequence[ast.stmt], parameter: str, returns: Type) -> str:
    """What the block raises without the parameter, as far as it gets without testing it; else nothing."""
    for statement in block:
        for value in _evaluated(statement):
            if isinstance(value, ast.Name) and value.id == parameter and isinstance(statement, ast.Return):
                return "TypeError" if optional(returns) is None else ""
            for part, certain in order(value):
                found = _need(part, parameter)
                if found and certain:
                    return found
        if isinstance(statement, ast.If | ast.While) and parameter in names_in(statement.test):
            return ""
    return ""


def _evaluated(statement: ast.stmt) -> Iterator[ast.expr]:
    """The expressions that a statement evaluates at once."""
    for field in ("test", "iter", "value"):
        value = getattr(statement, field, None)
        if isinstance(value, ast.expr):
            yield value


def _need(node: ast.expr, parameter: str) -> str:
    """What this raises itself when the parameter is ``None``."""
    operands: list[ast.expr] = []
    match node:
        case ast.Attribute(value=ast.Name(id=owner)) if owner == parameter:
            return "AttributeError"
        case ast.BinOp(left=left, right=right):
            operands = [left, right]
        case ast.Compare(
            left=left, ops=[ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE(), *_], comparators=others
        ):
            operands = [left, *others]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            operands = [operand]
        case ast.Subscript(value=value, slice=part):
            operands = [value, part]
        case ast.Call(func=ast.Name(id=function), args=args) if function in _NEEDING:
            operands = list(args)
    needed = any(isinstance(operand, ast.Name) and operand.id == parameter for operand in operands)
    return "TypeError" if needed else ""
