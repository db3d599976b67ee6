"""Rules on comparisons, and on what only its truth counts of. Each keeps value, type and exception."""

from __future__ import annotations

import ast

from aurora.synthesis.emission.safety import total
from aurora.synthesis.emission.shapes import (
    called,
    compare,
    integer,
    is_literal,
    literal,
    method,
    method_called,
    text,
    truth,
)
from aurora.synthesis.emission.truth import MIRRORED, opposite
from aurora.synthesis.emission.typing import BOOL, INT, SEQUENCES, STR, Scope, typed


def constant_right(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``0 < x`` as ``x > 0``."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in MIRRORED:
            if is_literal(left) and not is_literal(right):
                return compare(right, MIRRORED[type(op)](), left)
    return None


def against_truth(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``p == True`` as ``p``, ``p == False`` as ``not p``."""
    match node:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq() as op], comparators=[right]):
            value = truth(right)
            if value is not None and typed(left, scope) == BOOL:
                return left if value == isinstance(op, ast.Eq) else opposite(left, scope)
            if right is not None and isinstance(right, ast.Constant) and right.value is None:
                return compare(left, ast.Is() if isinstance(op, ast.Eq) else ast.IsNot(), right)
    return None


def remainders(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``n % 3 < 1`` as ``n % 3 == 0``, ``len(xs) >= 1`` as ``len(xs) > 0``: what cannot be negative."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if _never_negative(left, scope):
            bound = integer(right)
            zero = literal(0)
            remainder = isinstance(left, ast.BinOp)
            match op, bound:
                case (ast.Lt(), 1) | (ast.LtE(), 0):
                    return compare(left, ast.Eq(), zero)
                case (ast.Gt(), 0) | (ast.GtE(), 1) if remainder:
                    return compare(left, ast.NotEq(), zero)
                case ast.GtE(), 1:
                    return compare(left, ast.Gt(), zero)
                case ast.NotEq(), 0 if not remainder:
                    return compare(left, ast.Gt(), zero)
    return None


def differences(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``a - b == 0`` as ``a == b``, ``a + 1 > b`` as ``a >= b`` and their like, for integers."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            if typed(left, scope) != INT or typed(right, scope) != INT:
                return None
            match left:
                case ast.BinOp(left=a, op=ast.Sub(), right=b) if integer(right) == 0 and type(op) in MIRRORED:
                    return compare(a, op, b)
            closer = {ast.Gt: ast.GtE, ast.LtE: ast.Lt} if _next(left) else {}
            if _next(left) and type(op) in closer and isinstance(left, ast.BinOp):
                return compare(left.left, closer[type(op)](), right)
            closer = {ast.Lt: ast.LtE, ast.GtE: ast.Gt}
            if _previous(left) and type(op) in closer and isinstance(left, ast.BinOp):
                return compare(left.left, closer[type(op)](), right)
            if _next(right) and type(op) in closer and isinstance(right, ast.BinOp):
                return compare(left, closer[type(op)](), right.left)
            closer = {ast.Gt: ast.GtE, ast.LtE: ast.Lt}
            if _previous(right) and type(op) in closer and isinstance(right, ast.BinOp):
                return compare(left, closer[type(op)](), right.left)
    return None


def emptiness(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``len(xs) == 0``, ``xs == []`` and ``s == ""`` as ``not xs``."""
    match node:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            args = called(left, "len")
            if args and integer(right) == 0 and _sized(args[0], scope):
                return ast.UnaryOp(ast.Not(), args[0])
            kind = typed(left, scope)
            if _empty(right) and kind is not None and kind.head == _kind_of(right):
                return ast.UnaryOp(ast.Not(), left)
    return None


def membership(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``s.count(x) > 0`` and ``s.find(x) != -1`` as ``x in s``; ``x in [1, 2]`` as ``x in (1, 2)``."""
    match node:
        case ast.Compare(
            left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[ast.List(elts=elements)]
        ):
            if elements and not any(isinstance(each, ast.Starred) for each in elements):
                return compare(left, op, ast.Tuple(elements, ast.Load()))
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[right]):
            args = called(right, "list", "sorted", "tuple")
            kind = typed(args[0], scope) if args and len(args) == 1 else None
            if args and kind is not None and kind.head == "list" and total(right, scope):
                return compare(left, op, args[0])
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _sought(left, op, integer(right), scope)
    return None


def _sought(left: ast.expr, op: ast.cmpop, bound: int | None, scope: Scope) -> ast.expr | None:
    counted, found = method_called(left, "count"), method_called(left, "find")
    here = counted or found
    if here is None or len(here[1]) != 1:
        return None
    where, [what] = here
    kind = typed(where, scope)
    if kind is None or kind.head not in (("str", "list") if counted else ("str",)):
        return None
    if not (total(where, scope) or total(what, scope)):
        return None
    yes = (
        [(ast.Gt, 0), (ast.NotEq, 0), (ast.GtE, 1)]
        if counted
        else [(ast.NotEq, -1), (ast.GtE, 0), (ast.Gt, -1)]
    )
    no = [(ast.Eq, 0), (ast.Lt, 1), (ast.LtE, 0)] if counted else [(ast.Eq, -1), (ast.Lt, 0)]
    if (type(op), bound) in yes:
        return compare(what, ast.In(), where)
    if (type(op), bound) in no:
        return compare(what, ast.NotIn(), where)
    if found and (type(op), bound) == (ast.Eq, 0):
        return method(where, "startswith", what)
    return None


def affixes(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``s[:2] == "ab"`` as ``s.startswith("ab")``, ``s[-2:] == "ab"`` as ``s.endswith("ab")``."""
    match node:
        case ast.Compare(
            left=ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=None)),
            ops=[ast.Eq()],
            comparators=[right],
        ) if typed(value, scope) == STR:
            wanted = text(right)
            if wanted and lower is None and integer(upper) == len(wanted):
                return method(value, "startswith", right)
            if wanted and upper is None and integer(lower) == -len(wanted):
                return method(value, "endswith", right)
    return None


def _next(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and integer(node.right) == 1


def _previous(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and integer(node.right) == 1


def _never_negative(node: ast.expr, scope: Scope) -> bool:
    if isinstance(node, ast.BinOp):
        divisor = integer(node.right)
        return (
            isinstance(node.op, ast.Mod)
            and typed(node.left, scope) == INT
            and divisor is not None
            and divisor > 0
        )
    return called(node, "len") is not None


def _sized(node: ast.expr, scope: Scope) -> bool:
    kind = typed(node, scope)
    return kind is not None and kind.head in SEQUENCES


def _empty(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value="") | ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
    return False


def _kind_of(node: ast.expr) -> str:
    return {ast.Constant: "str", ast.List: "list", ast.Dict: "dict"}[type(node)]


def tested(node: ast.expr, scope: Scope) -> ast.expr:
    """``node`` where only its truth counts: ``bool(x)`` as ``x``, ``len(xs) > 0`` and ``s != ""`` as what is asked."""
    inner = called(node, "bool")
    if inner and len(inner) == 1:
        return tested(inner[0], scope)
    match node:
        case ast.Compare(left=left, ops=[ast.Gt() | ast.NotEq()], comparators=[right]):
            args = called(left, "len")
            if args and integer(right) == 0 and _sized(args[0], scope):
                return args[0]
        case ast.BoolOp(op=op, values=values):
            return ast.BoolOp(op, [tested(value, scope) for value in values])
    match node:
        case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[right]) if _empty(right):
            kind = typed(left, scope)
            if kind is not None and kind.head == _kind_of(right):
                return left
    return node
