"""Rules on arithmetic. Each keeps value, type and exception; what holds for integers only asks for them."""

from __future__ import annotations

import ast

from aurora.synthesis.emission.safety import total
from aurora.synthesis.emission.shapes import (
    binary,
    integer,
    is_literal,
    literal,
    number,
    plain,
    same,
    text,
)
from aurora.synthesis.emission.shapes import called as called_with
from aurora.synthesis.emission.typing import FLOAT, INT, NUMBERS, STR, Scope, typed

_MOST_DIGITS = 10**12
"""Constants are folded up to this: beyond it ``10 ** 15`` reads better than its digits."""


def folded(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``2 + 3`` as ``5``, ``"a" + "b"`` as ``"ab"``."""
    left, right = integer(node.left), integer(node.right)
    first, second = text(node.left), text(node.right)
    if first is not None and second is not None and isinstance(node.op, ast.Add):
        return literal(first + second)
    if left is None or right is None:
        return None
    value = None
    match node.op:
        case ast.Add():
            value = left + right
        case ast.Sub():
            value = left - right
        case ast.Mult():
            value = left * right
        case ast.FloorDiv() if right:
            value = left // right
        case ast.Mod() if right:
            value = left % right
    return literal(value) if value is not None and abs(value) < _MOST_DIGITS else None


def neutral(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``x + 0``, ``x - 0``, ``x * 1``, ``x // 1``, ``x ** 1``, ``"" + s``; adding 0 turns -0.0 into 0.0."""
    left, right = typed(node.left, scope), typed(node.right, scope)
    first, second = integer(node.left), integer(node.right)
    match node.op:
        case ast.Add() if second == 0 and left == INT:
            return node.left
        case ast.Add() if first == 0 and right == INT:
            return node.right
        case ast.Add() if text(node.right) == "" and left == STR:
            return node.left
        case ast.Add() if text(node.left) == "" and right == STR:
            return node.right
        case ast.Sub() if second == 0 and left in NUMBERS:
            return node.left
        case ast.Mult() if second == 1 and left in (*NUMBERS, STR):
            return node.left
        case ast.Mult() if first == 1 and right in (*NUMBERS, STR):
            return node.right
        case ast.FloorDiv() if second == 1 and left == INT:
            return node.left
        case ast.Pow() if second == 1 and left in NUMBERS:
            return node.left
    return None


def signs(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``0 - x``, ``x * -1``, ``a + -b``, ``a - -b``, ``-a + b``."""
    left, right = typed(node.left, scope), typed(node.right, scope)
    if isinstance(node.op, ast.Sub) and integer(node.left) == 0 and right == INT:
        return ast.UnaryOp(ast.USub(), node.right)
    if isinstance(node.op, ast.Mult) and integer(node.right) == -1 and left in NUMBERS:
        return ast.UnaryOp(ast.USub(), node.left)
    if isinstance(node.op, ast.Add | ast.Sub) and left in NUMBERS and right in NUMBERS:
        other: ast.operator = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        value = number(node.right)
        whole = left == right == INT  # among floats, 0 and -0.0 would change places
        if value is not None and value < 0:
            return binary(node.left, other, literal(-value))
        match node.right:
            case ast.UnaryOp(op=ast.USub(), operand=operand) if value is None and whole:
                return binary(node.left, other, operand)
        match node.left:
            case ast.UnaryOp(op=ast.USub(), operand=operand) if isinstance(node.op, ast.Add) and whole:
                swapped = number(node.left) is None and (total(operand, scope) or total(node.right, scope))
                if swapped:
                    return binary(node.right, ast.Sub(), operand)
    return None


def constant_last(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``1 + n`` as ``n + 1``: a constant raises nothing, so that order is free. Factors stay: both orders read well."""
    if isinstance(node.op, ast.Add) and number(node.left) is not None and not is_literal(node.right):
        return binary(node.right, node.op, node.left)
    return None


def gathered(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``(n + 1) + 2`` as ``n + 3``, ``(n * 2) * 3`` as ``n * 6``, ``(s + "a") + "b"`` as ``s + "ab"``."""
    match node:
        case ast.BinOp(
            left=ast.BinOp(left=inner, op=ast.Add() | ast.Sub() as first, right=one),
            op=ast.Add() | ast.Sub() as second,
            right=two,
        ):
            a, b = integer(one), integer(two)
            if a is not None and b is not None and typed(inner, scope) == INT:
                value = (a if isinstance(first, ast.Add) else -a) + (b if isinstance(second, ast.Add) else -b)
                sign: ast.operator = ast.Add() if value >= 0 else ast.Sub()
                return binary(inner, sign, literal(abs(value)))
            words = text(one), text(two)
            if None not in words and isinstance(first, ast.Add) and isinstance(second, ast.Add):
                return binary(inner, ast.Add(), literal(f"{words[0]}{words[1]}"))
        case ast.BinOp(left=ast.BinOp(left=inner, op=ast.Mult(), right=one), op=ast.Mult(), right=two) if (
            typed(inner, scope) == INT
        ):
            a, b = integer(one), integer(two)
            if a is not None and b is not None and abs(a * b) < _MOST_DIGITS:
                return binary(inner, ast.Mult(), literal(a * b))
    return None


def associated(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``a + (b + c)`` and ``a + (b - c)`` without brackets, for integers and text; floats round differently."""
    match node:
        case ast.BinOp(
            left=left, op=ast.Add(), right=ast.BinOp(left=b, op=ast.Add() | ast.Sub() as op, right=c)
        ):
            types = {typed(part, scope) for part in (left, b, c)}
            if types == {INT} or (types == {STR} and isinstance(op, ast.Add)):
                return binary(binary(left, ast.Add(), b), op, c)
        case ast.BinOp(left=left, op=ast.Mult(), right=ast.BinOp(left=b, op=ast.Mult(), right=c)):
            if {typed(part, scope) for part in (left, b, c)} == {INT}:
                return binary(binary(left, ast.Mult(), b), ast.Mult(), c)
    return None


def cancelled(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``a - b + b`` and ``a + b - b`` as ``a``, for integers."""
    match node:
        case ast.BinOp(
            left=ast.BinOp(left=a, op=ast.Add() | ast.Sub() as first, right=b),
            op=ast.Add() | ast.Sub() as second,
            right=c,
        ) if type(first) is not type(second) and same(b, c):
            if typed(a, scope) == INT and typed(b, scope) == INT and total(b, scope):
                return a
    return None


def unfolded_lists(node: ast.BinOp, scope: Scope) -> ast.expr | None:
    """``xs + [x]`` as ``[*xs, x]``, the other way round, and two displays as one (ruff: RUF005)."""
    if not isinstance(node.op, ast.Add):
        return None
    left, right = node.left, node.right
    if isinstance(left, ast.List) and isinstance(right, ast.List):
        return ast.List([*left.elts, *right.elts], ast.Load())
    if isinstance(left, ast.List) and _is_list(right, scope):
        return ast.List([*left.elts, ast.Starred(right, ast.Load())], ast.Load()) if left.elts else right
    if isinstance(right, ast.List) and _is_list(left, scope):
        return ast.List([ast.Starred(left, ast.Load()), *right.elts], ast.Load()) if right.elts else left
    return None


def negated_number(node: ast.UnaryOp, scope: Scope) -> ast.expr | None:
    """``-(-x)`` as ``x``, ``-(a - b)`` as ``b - a``."""
    if not isinstance(node.op, ast.USub):
        return None
    match node.operand:
        case ast.UnaryOp(op=ast.USub(), operand=inner) if typed(inner, scope) in NUMBERS:
            return inner
        case ast.BinOp(left=a, op=ast.Sub(), right=b) if typed(node.operand, scope) == INT:
            if total(a, scope) or total(b, scope):
                return binary(b, ast.Sub(), a)
    return None


def needless_conversion(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``int(n)`` of an int, ``str(s)`` of a string, ``abs(abs(n))``."""
    match node:
        case ast.Call(func=ast.Name(id=called), args=[value], keywords=[]):
            kind = typed(value, scope)
            if (called, kind) in (("int", INT), ("str", STR), ("round", INT)):
                return value
            if called == "abs" and called_with(value, "abs"):
                return value
            if (
                called == "abs"
                and kind in (INT, FLOAT)
                and isinstance(value, ast.UnaryOp)
                and not plain(value)
            ):
                return ast.Call(node.func, [value.operand], [])
    return None


def of_displays(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``max([a, b])`` as ``max(a, b)``, with a key as well; ``sum([a, b])`` as ``a + b``, for integers."""
    match node:
        case ast.Call(func=ast.Name(id=function), args=[ast.List(elts=[first, second, *rest]) as listed]):
            if any(isinstance(each, ast.Starred) for each in listed.elts):
                return None
            if function in ("max", "min") and all(each.arg == "key" for each in node.keywords):
                return ast.Call(node.func, [first, second, *rest], node.keywords)
            if function == "sum" and not rest and not node.keywords:
                whole = typed(first, scope) == typed(second, scope) == INT
                return binary(first, ast.Add(), second) if whole else None
    return None


def flat_extremes(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``max(max(a, b), c)`` as ``max(a, b, c)``; to the right only without floats, since NaN compares as nothing."""
    match node:
        case ast.Call(func=ast.Name(id="max" | "min" as called), args=[_, _, *_] as args, keywords=[]):
            made: list[ast.expr] = []
            for place, argument in enumerate(args):
                inner = called_with(argument, called) or []
                flat = len(inner) > 1 and (place == 0 or typed(argument, scope) in (INT, STR))
                made += inner if flat else [argument]
            if len(made) > len(args):
                return ast.Call(node.func, made, [])
    return None


def _is_list(node: ast.expr, scope: Scope) -> bool:
    """Whether this is a list for certain and not one that a loop over operators will unfold."""
    type_ = typed(node, scope)
    return type_ is not None and type_.head == "list" and not isinstance(node, ast.BinOp)
