"""Text put together: ``str(a) + ":" + str(b)`` as an f-string. ``format(x, "")`` is ``str(x)`` for every type here."""

from __future__ import annotations

import ast

from aurora.synthesis.emission.layout import expression
from aurora.synthesis.emission.shapes import called, method_called, natural, size, text
from aurora.synthesis.emission.typing import INT, STR, Scope, typed

_LONGEST = 80
"""Longer f-strings stay sums, which can be broken into lines."""

_LARGEST = 14
"""Expressions of more nodes are not put between the braces."""


def interpolated(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """A sum of texts as an f-string: three parts or more, or two with a literal and a ``str``."""
    parts = _parts(node)
    if len(parts) < 2 or not any(typed(part, scope) == STR for part in parts):
        return None
    literal = any(text(part) is not None or isinstance(part, ast.JoinedStr) for part in parts)
    converted = any(_converted(part) is not None or isinstance(part, ast.JoinedStr) for part in parts)
    worth = (literal and (converted or len(parts) > 2)) or (converted and len(parts) > 2)
    if not worth or not all(map(_fits, parts)):
        return None
    made = ast.JoinedStr([value for part in parts for value in _values(part, scope)])
    return made if len(expression(made)) <= _LONGEST else None


def formatted(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``format(n, "02d")`` as an f-string; of an int, ``02d`` is ``02``."""
    args = called(node, "format")
    specification = text(args[1]) if args and len(args) == 2 else None
    if not args or specification is None or set(specification) & set('{}"\\') or not _fits(args[0]):
        return None
    if typed(args[0], scope) == INT:
        specification = specification.removesuffix("d")
    return ast.JoinedStr([_interpolation(args[0], specification)])


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [*_parts(left), *_parts(right)]
    return [node]


def _converted(node: ast.expr) -> ast.expr | None:
    """The ``x`` of ``str(x)``."""
    args = called(node, "str")
    return args[0] if args and len(args) == 1 else None


def _fits(node: ast.expr) -> bool:
    """Whether a part can stand in an f-string of every supported Python and be read there."""
    wording = text(node)
    if isinstance(node, ast.JoinedStr):
        return True
    if wording is not None:
        return '"' not in wording and wording.isprintable()
    shown = expression(node)
    hard = any(
        isinstance(part, ast.JoinedStr | ast.Lambda | ast.IfExp | ast.BoolOp) for part in ast.walk(node)
    )
    return not hard and size(node) <= _LARGEST and not set(shown) & {"\\", "'", "{", "!"}


def _values(node: ast.expr, scope: Scope) -> list[ast.expr]:
    wording = text(node)
    if isinstance(node, ast.JoinedStr):
        return node.values
    if wording is not None:
        return [ast.Constant(wording)]
    padded = method_called(node, "zfill")
    if padded is not None:
        number, width = _converted(padded[0]), natural(padded[1][0])
        if number is not None and width and typed(number, scope) == INT:
            return [_interpolation(number, f"0{width}")]
    inner = _converted(node)
    return [_interpolation(node if inner is None else inner, "")]


def _interpolation(value: ast.expr, specification: str) -> ast.FormattedValue:
    spec = ast.JoinedStr([ast.Constant(specification)]) if specification else None
    return ast.FormattedValue(value, -1, spec)
