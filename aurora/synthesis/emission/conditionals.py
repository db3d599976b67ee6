"""Rules on conditional expressions and look-ups. Each keeps value, type and exception."""

from __future__ import annotations

import ast

from aurora.synthesis.emission.safety import total
from aurora.synthesis.emission.shapes import (
    call,
    index,
    integer,
    method,
    method_called,
    same,
    size,
    truth,
)
from aurora.synthesis.emission.truth import opposite
from aurora.synthesis.emission.typing import BOOL, INT, STR, Scope, typed


def decided(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """A conditional whose test is a constant, or whose branches are the same and whose test cannot fail."""
    value = truth(node.test)
    if value is not None:
        return node.body if value else node.orelse
    return node.body if same(node.body, node.orelse) and total(node.test, scope) else None


def of_truths(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """``True if p else q`` and its like as ``p or q``, where the result is a bool in any case."""
    test, body, orelse = node.test, node.body, node.orelse
    sure = typed(test, scope) == BOOL
    match truth(body), truth(orelse):
        case True, False:
            return test if sure else call("bool", test)
        case False, True:
            return opposite(test, scope)
    if typed(body, scope) != BOOL or typed(orelse, scope) != BOOL:
        return None
    if truth(body) is True and sure:
        return ast.BoolOp(ast.Or(), [test, orelse])
    if truth(body) is False:
        return ast.BoolOp(ast.And(), [opposite(test, scope), orelse])
    if truth(orelse) is False and sure:
        return ast.BoolOp(ast.And(), [test, body])
    if truth(orelse) is True:
        return ast.BoolOp(ast.Or(), [opposite(test, scope), body])
    return None


def equal_branches(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """``a if p else (a if q else b)`` as ``a if p or q else b``, and its three like."""
    test, body, orelse = node.test, node.body, node.orelse
    made: ast.IfExp | None = None
    if isinstance(orelse, ast.IfExp):
        if same(body, orelse.body):
            made = ast.IfExp(ast.BoolOp(ast.Or(), [test, orelse.test]), body, orelse.orelse)
        elif same(body, orelse.orelse):
            both = ast.BoolOp(ast.And(), [opposite(test, scope), orelse.test])
            made = ast.IfExp(both, orelse.body, body)
    if made is None and isinstance(body, ast.IfExp):
        if same(body.orelse, orelse):
            made = ast.IfExp(ast.BoolOp(ast.And(), [test, body.test]), body.body, orelse)
        elif same(body.body, orelse):
            both = ast.BoolOp(ast.And(), [test, opposite(body.test, scope)])
            made = ast.IfExp(both, body.orelse, orelse)
    return made if made is not None and size(made) <= size(node) else None


def positive(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """``a if not p else b`` as ``b if p else a``, unless that takes a chain apart."""
    match node.test:
        case ast.UnaryOp(op=ast.Not(), operand=operand) if not isinstance(node.orelse, ast.IfExp):
            return ast.IfExp(operand, node.orelse, node.body)
    return None


def either(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """``x if x else y`` as ``x or y``."""
    return ast.BoolOp(ast.Or(), [node.test, node.orelse]) if same(node.test, node.body) else None


def extremes(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """``x if x > y else y`` as ``max(x, y)``, ``x if x >= 0 else -x`` as ``abs(x)``: ints, and text for max."""
    match node.test:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            kinds = {typed(part, scope) for part in (left, right)}
            if kinds not in ({INT}, {STR}) or not isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
                return None
            larger = isinstance(op, ast.Gt | ast.GtE)
            if same(node.body, left) and same(node.orelse, right):
                return call("max" if larger else "min", left, right)
            if same(node.body, right) and same(node.orelse, left):
                return call("min" if larger else "max", left, right)
            if integer(right) == 0 and kinds == {INT}:
                ways = (left, ast.UnaryOp(ast.USub(), left))
                if same(node.body, ways[not larger]) and same(node.orelse, ways[larger]):
                    return call("abs", left)
    return None


def looked_up(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """``d[k] if k in d else v`` as ``d.get(k, v)``, where ``v`` cannot fail (ruff: SIM401)."""
    match node.test:
        case ast.Compare(left=key, ops=[ast.In() | ast.NotIn() as op], comparators=[table]):
            kind = typed(table, scope)
            found, missing = (node.body, node.orelse) if isinstance(op, ast.In) else (node.orelse, node.body)
            if kind is None or kind.head != "dict" or not same(found, index(table, key)):
                return None
            return method(table, "get", key, missing) if total(missing, scope) else None
    return None


def inner_conditions(node: ast.IfExp, scope: Scope) -> ast.expr | None:
    """A conditional inside a branch that the test decides already: ``(a if p else b) if p else c``."""
    if isinstance(node.body, ast.IfExp) and same(node.body.test, node.test):
        return ast.IfExp(node.test, node.body.body, node.orelse)
    if isinstance(node.orelse, ast.IfExp) and same(node.orelse.test, node.test):
        return ast.IfExp(node.test, node.body, node.orelse.orelse)
    return None


def without_none(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``d.get(k, None)`` as ``d.get(k)`` (ruff: SIM910)."""
    found = method_called(node, "get")
    match found:
        case value, [key, ast.Constant(value=None)]:
            kind = typed(value, scope)
            return method(value, "get", key) if kind is not None and kind.head == "dict" else None
    return None
