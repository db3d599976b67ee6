"""Rules on negation, ``and`` and ``or``. Each keeps value, type and exception.

Negating an order is safe only where order is total: not for floats, whose NaN compares as nothing, nor for sets.
"""

from __future__ import annotations

import ast
from typing import Final

from aurora.specs.types import Type
from aurora.synthesis.emission.safety import total
from aurora.synthesis.emission.shapes import (
    call,
    called,
    compare,
    is_literal,
    literal,
    method,
    method_called,
    number,
    same,
    truth,
)
from aurora.synthesis.emission.typing import BOOL, INT, STR, Scope, inside, typed

NEGATED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
MIRRORED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.Eq, ast.NotEq: ast.NotEq, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.Gt: ast.Lt, ast.LtE: ast.GtE,
}  # fmt: skip


def negated(node: ast.expr, scope: Scope) -> ast.expr | None:
    """The opposite of a truth value without ``not``, where there is one."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in NEGATED:
            if not isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) or _totally_ordered(
                left, right, scope
            ):
                return compare(left, NEGATED[type(op)](), right)
        case ast.UnaryOp(op=ast.Not(), operand=operand) if typed(operand, scope) == BOOL:
            return operand
        case ast.Constant(value=bool() as value):
            return literal(not value)
        case ast.BoolOp(op=op, values=values):
            opposite = [negated(value, scope) for value in values]
            if all(typed(value, scope) == BOOL for value in values):
                clean = [value for value in opposite if value]
                if len(clean) == len(values):
                    return ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), clean)
    return None


def opposite(node: ast.expr, scope: Scope) -> ast.expr:
    """The opposite of a truth value."""
    return negated(node, scope) or ast.UnaryOp(ast.Not(), node)


def negation(node: ast.UnaryOp, scope: Scope) -> ast.expr | None:
    """``not a == b``, ``not not p``, ``not bool(x)``, ``not (a and b)`` where the opposites are clean."""
    if not isinstance(node.op, ast.Not):
        return None
    inner = called(node.operand, "bool")
    if inner and len(inner) == 1:
        return ast.UnaryOp(ast.Not(), inner[0])
    match node.operand:
        case ast.UnaryOp(op=ast.Not(), operand=operand) if typed(operand, scope) != BOOL:
            return call("bool", operand)
    for one, other in (("any", "all"), ("all", "any")):
        swapped = _opposite_elements(called(node.operand, one), other, scope)
        if swapped is not None:
            return swapped
    return negated(node.operand, scope)


def _opposite_elements(args: list[ast.expr] | None, other: str, scope: Scope) -> ast.expr | None:
    """``not any(x < 0 ...)`` as ``all(x >= 0 ...)``: both stop at the same element."""
    match args:
        case [ast.GeneratorExp(elt=element, generators=generators)]:
            clean = negated(element, inside(generators, scope))
            return call(other, ast.GeneratorExp(clean, generators)) if clean is not None else None
    return None


def _totally_ordered(left: ast.expr, right: ast.expr, scope: Scope) -> bool:
    types = typed(left, scope), typed(right, scope)
    return all(type_ is not None and _has_total_order(type_) for type_ in types)


def _has_total_order(type_: Type) -> bool:
    return type_ in (INT, STR, BOOL) or (
        type_.head in ("list", "tuple") and all(map(_has_total_order, type_.args))
    )


def flattened(node: ast.BoolOp, scope: Scope) -> ast.expr | None:
    """``(a and b) and c`` as one chain, without repetitions and neutral constants."""
    absorbing = isinstance(node.op, ast.Or)
    values: list[ast.expr] = []
    for value in node.values:
        inner = value.values if isinstance(value, ast.BoolOp) and type(value.op) is type(node.op) else [value]
        values += [each for each in inner if not any(same(each, known) for known in values)]
    if all(typed(value, scope) == BOOL for value in values):
        values = [value for value in values if truth(value) is not (not absorbing)] or [
            literal(not absorbing)
        ]
        values = _decided(values, absorbing, scope)
        for place, value in enumerate(values):
            if truth(value) is absorbing:
                values = values[: place + 1]
                break
    if len(values) == 1:
        return values[0]
    changed = len(values) != len(node.values) or not all(map(same, values, node.values))
    return ast.BoolOp(node.op, values) if changed else None


def _decided(values: list[ast.expr], absorbing: bool, scope: Scope) -> list[ast.expr]:
    """The values, or the one that ``p or not p`` comes to."""
    for value in values:
        other = opposite(value, scope)
        if any(same(other, each) for each in values) and all(total(each, scope) for each in values):
            return [literal(absorbing)]
    return values


def chained(node: ast.BoolOp, scope: Scope) -> ast.expr | None:
    """``a <= x and x <= b`` as ``a <= x <= b``; ``x >= a`` is turned round for it if that changes no exception."""
    if not isinstance(node.op, ast.And):
        return None
    for place, (one, two) in enumerate(zip(node.values, node.values[1:], strict=False)):
        made = _chain(one, two, scope)
        if made is None and total(one, scope) and total(two, scope):
            made = _chain(two, one, scope)
        if made is not None:
            values = [*node.values[:place], made, *node.values[place + 2 :]]
            return ast.BoolOp(node.op, values) if len(values) > 1 else made
    return None


def _chain(one: ast.expr, two: ast.expr, scope: Scope) -> ast.expr | None:
    for left in _ways(one, scope):
        for right in _ways(two, scope):
            equal = isinstance(left.ops[0], ast.Eq) and isinstance(right.ops[0], ast.Eq)
            rising = equal or (
                _direction(left.ops[0]) and _direction(left.ops[0]) == _direction(right.ops[0])
            )
            constant = is_literal(left.comparators[0])
            if rising and same(left.comparators[0], right.left) and not constant:
                return ast.Compare(
                    left.left, [*left.ops, *right.ops], [*left.comparators, *right.comparators]
                )
    return None


def _ways(node: ast.expr, scope: Scope) -> list[ast.Compare]:
    """A comparison as it is, and turned round where that is all the same; the rising one first."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in MIRRORED:
            turned = ast.Compare(right, [MIRRORED[type(op)]()], [left])
            if not (total(left, scope) or total(right, scope)):
                return [node]
            rising = isinstance(op, ast.Lt | ast.LtE)
            return [node, turned] if rising else [turned, node]
    return []


def _direction(op: ast.cmpop) -> int:
    return 1 if isinstance(op, ast.Lt | ast.LtE) else 0


def alternatives(node: ast.BoolOp, scope: Scope) -> ast.expr | None:
    """``x == 1 or x == 2`` as ``x in (1, 2)``; ``x != 1 and x != 2`` as ``x not in (1, 2)``."""
    wanted: type[ast.cmpop] = ast.Eq if isinstance(node.op, ast.Or) else ast.NotEq
    inside: type[ast.cmpop] = ast.In if isinstance(node.op, ast.Or) else ast.NotIn
    for place, (one, two) in enumerate(zip(node.values, node.values[1:], strict=False)):
        first, second = _options(one, wanted, inside), _options(two, wanted, inside)
        if first and second and same(first[0], second[0]):
            options = ast.Tuple([*first[1], *second[1]], ast.Load())
            values = [*node.values[:place], compare(first[0], inside(), options), *node.values[place + 2 :]]
            return ast.BoolOp(node.op, values) if len(values) > 1 else values[0]
    return None


def _options(
    node: ast.expr, single: type[ast.cmpop], several: type[ast.cmpop]
) -> tuple[ast.expr, list[ast.expr]] | None:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            if isinstance(op, single) and isinstance(right, ast.Constant) and right.value is not None:
                return left, [right]
            if isinstance(op, single) and number(right) is not None:
                return left, [right]
            if isinstance(op, several) and isinstance(right, ast.Tuple) and all(map(is_literal, right.elts)):
                return left, right.elts
    return None


def several_affixes(node: ast.BoolOp, scope: Scope) -> ast.expr | None:
    """``s.startswith(a) or s.startswith(b)`` as ``s.startswith((a, b))`` (ruff: PIE810)."""
    if not isinstance(node.op, ast.Or):
        return None
    for place, (one, two) in enumerate(zip(node.values, node.values[1:], strict=False)):
        for attribute in ("startswith", "endswith"):
            first, second = method_called(one, attribute), method_called(two, attribute)
            if first and second and same(first[0], second[0]) and total(second[1][0], scope):
                options = [*_several(first[1][0]), *_several(second[1][0])]
                made = method(first[0], attribute, ast.Tuple(options, ast.Load()))
                values = [*node.values[:place], made, *node.values[place + 2 :]]
                return ast.BoolOp(node.op, values) if len(values) > 1 else made
    return None


def _several(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]
