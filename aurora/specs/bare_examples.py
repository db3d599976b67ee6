"""Examples of a function that is not there yet, so without name and types: ``[1, 2, 2] -> [1, 2]``."""

from __future__ import annotations

import ast
from typing import NamedTuple

from aurora.specs.examples import ExampleError, raised_name
from aurora.specs.syntax import NotPython, excerpt, expression, split_arrow, without_ticks
from aurora.specs.types import Type
from aurora.specs.values import LiteralSyntaxError, Value, coerced, conforms, literal, value_of

HINT = "write it as '[1, 2, 2] -> [1, 2]', and several arguments as '(1, 2) -> 3' or 'f(1, 2) -> 3'"


class BareExample(NamedTuple):
    """Arguments and what they must give. ``raises`` is an exception's name; then ``expected`` means nothing."""

    arguments: tuple[Value, ...]
    expected: Value
    raises: str | None


def read_bare_example(text: str) -> BareExample:
    """The example in ``text``. Raises ``ExampleError``.

    Left of the arrow stand the only argument, several in round brackets, or a call of any function. One tuple as the
    only argument is written as a call: ``f((1, 2)) -> 3``.
    """
    clean = without_ticks(text).strip()
    parts = split_arrow(clean)
    if parts is None or not parts.left or not parts.right:
        raise ExampleError("SPEC-010", f"'{excerpt(clean)}' has no arrow with a result after it", HINT)
    arguments = tuple(map(_value, _arguments(_expression(parts.left))))
    if raised := raised_name(parts.right):
        return BareExample(arguments, None, raised)
    return BareExample(arguments, _value(_expression(parts.right)), None)


def fitted(values: tuple[Value, ...], types: tuple[Type, ...]) -> tuple[str, ...] | None:
    """The values as literals of these types; ``None`` when one is of another type."""
    written = tuple(map(coerced, values, types))
    if len(values) != len(types) or not all(map(conforms, written, types)):
        return None
    return tuple(map(literal, written))


def _arguments(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name not in ("set", "float"):
            return arguments
        case ast.Call(func=ast.Name(), keywords=[_, *_]):
            raise ExampleError(
                "SPEC-012", "an argument has a name, but nobody knows the parameters yet", HINT
            )
        case ast.Tuple(elts=elements):
            return elements
    return [node]


def _value(node: ast.expr) -> Value:
    try:
        return value_of(node)
    except LiteralSyntaxError as error:
        raise ExampleError("SPEC-013", str(error), HINT) from None


def _expression(text: str) -> ast.expr:
    try:
        return expression(text)
    except NotPython:
        raise ExampleError("SPEC-010", f"'{excerpt(text)}' cannot be read", HINT) from None
