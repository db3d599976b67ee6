"""Local rewriting of expressions to what a person would have written; every rule keeps the value.

Rules that hold for numbers only look at numeric constants, so that no rule needs types.
"""

from __future__ import annotations

import ast

_NEGATED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.Eq, ast.NotEq: ast.NotEq, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.Gt: ast.Lt, ast.LtE: ast.GtE,
}  # fmt: skip


def simplified(expression: ast.expr) -> ast.expr:
    """``expression`` rewritten until no rule applies."""
    before = ""
    while (now := ast.dump(expression)) != before:
        before = now
        expression = _Rules().visit(expression)
    return ast.fix_missing_locations(expression)


class _Rules(ast.NodeTransformer):
    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        left, op, right = node.left, node.ops[0], node.comparators[0]
        if isinstance(op, ast.Eq | ast.NotEq):
            for side, other in ((left, right), (right, left)):
                if isinstance(side, ast.Constant) and isinstance(side.value, bool):
                    return other if side.value == isinstance(op, ast.Eq) else _not(other)
        if _is_constant(left) and not _is_constant(right) and type(op) in _MIRRORED:
            return ast.Compare(right, [_MIRRORED[type(op)]()], [left])
        if isinstance(op, ast.Lt) and _number(right) == 1 and _natural(left):
            return ast.Compare(left, [ast.Eq()], [ast.Constant(0)])
        if isinstance(op, ast.Gt) and _number(right) == 0 and _remainder(left):
            return ast.Compare(left, [ast.NotEq()], [ast.Constant(0)])
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not):
            return _not(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.UnaryOp):
            inner = node.operand
            return inner.operand if isinstance(inner.op, ast.USub) and not _is_constant(inner) else node
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        left, right = _number(node.left), _number(node.right)
        match node.op:
            case ast.Add() if left == 0 and not _is_text(node.right):
                return node.right
            case ast.Add() | ast.Sub() if right == 0:
                return node.left
            case ast.Sub() if left == 0 and right is None:
                return ast.UnaryOp(ast.USub(), node.right)
            case ast.Mult() if left == 1 or right == 1:
                return node.right if left == 1 else node.left
            case ast.Add() | ast.Mult() if left is not None and right is None:
                return ast.BinOp(node.right, node.op, node.left)
            case ast.Add() if right is not None and right < 0:
                return ast.BinOp(node.left, ast.Sub(), _constant(-right))
            case ast.Sub() if right is not None and right < 0:
                return ast.BinOp(node.left, ast.Add(), _constant(-right))
        return _folded(node, left, right)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        part = node.slice
        if isinstance(part, ast.Slice) and part.step is None:
            if part.lower is not None and _number(part.lower) == 0:
                part = ast.Slice(None, part.upper, None)
            if part.lower is None and part.upper is None:
                return node.value
            return ast.Subscript(node.value, part, node.ctx)
        if _reversed(node.value) and _number(part) in (0, 1) and isinstance(node.value, ast.Subscript):
            return ast.Subscript(node.value.value, _constant(-1 - int(_number(part) or 0)), node.ctx)
        if _reversed(node) and _reversed(node.value) and isinstance(node.value, ast.Subscript):
            return node if isinstance(node.value.value, ast.List) else node.value.value
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        match node.body, node.orelse:
            case ast.Constant(value=True), ast.Constant(value=False) if _is_truth(node.test):
                return node.test
            case ast.Constant(value=False), ast.Constant(value=True):
                return _not(node.test)
        match node.test:
            case ast.Call(func=ast.Name(id="bool"), args=[tested]):
                return ast.IfExp(tested, node.body, node.orelse)
        joined = _joined(node)
        if joined is not None:
            return joined
        if (
            isinstance(node.test, ast.UnaryOp)
            and isinstance(node.test.op, ast.Not)
            and not _chain(node.orelse)
        ):
            return ast.IfExp(node.test.operand, node.orelse, node.body)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="max" | "min" as name), args=[first, second], keywords=[]):
                return ast.Call(node.func, [*_same_call(name, first), *_same_call(name, second)], [])
        return node


def _not(node: ast.expr) -> ast.expr:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _NEGATED:
            return ast.Compare(left, [_NEGATED[type(op)]()], [right])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand if _is_truth(operand) else ast.Call(ast.Name("bool", ast.Load()), [operand], [])
        case ast.Call(func=ast.Name(id="bool"), args=[operand]):
            return ast.UnaryOp(ast.Not(), operand)
        case ast.Constant(value=bool() as value):
            return ast.Constant(not value)
    return ast.UnaryOp(ast.Not(), node)


def _joined(node: ast.IfExp) -> ast.expr | None:
    """``True if p else q`` and its like as ``p or q``, where p and q are bools for certain."""
    if _is_truth(node.test):
        match node.body, node.orelse:
            case ast.Constant(value=True), other if _is_truth(other):
                return ast.BoolOp(ast.Or(), [node.test, other])
            case ast.Constant(value=False), other if _is_truth(other):
                return ast.BoolOp(ast.And(), [_not(node.test), other])
            case other, ast.Constant(value=False) if _is_truth(other):
                return ast.BoolOp(ast.And(), [node.test, other])
            case other, ast.Constant(value=True) if _is_truth(other):
                return ast.BoolOp(ast.Or(), [_not(node.test), other])
    return None


def _same_call(name: str, node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=inner), args=[_, _, *_] as args, keywords=[]) if inner == name:
            return list(args)
    return [node]


def _folded(node: ast.BinOp, left: int | float | None, right: int | float | None) -> ast.expr:
    if isinstance(left, int) and isinstance(right, int):
        match node.op:
            case ast.Add():
                return _constant(left + right)
            case ast.Sub():
                return _constant(left - right)
            case ast.Mult():
                return _constant(left * right)
    return node


def _is_truth(node: ast.expr) -> bool:
    """Whether this is a bool for certain."""
    return isinstance(node, ast.Compare) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))


def _number(node: ast.expr) -> int | float | None:
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return -value
    return None


def _constant(value: float) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or _number(node) is not None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _remainder(node: ast.expr) -> bool:
    """A remainder by a positive constant: never negative."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and (_number(node.right) or 0) > 0


def _natural(node: ast.expr) -> bool:
    """An integer that is never negative."""
    match node:
        case ast.Call(func=ast.Name(id="len")) | ast.Call(func=ast.Attribute(attr="count")):
            return True
    return _remainder(node) and isinstance(_number(node.right), int) if isinstance(node, ast.BinOp) else False


def _reversed(node: ast.expr) -> bool:
    match node:
        case ast.Subscript(
            slice=ast.Slice(lower=None, upper=None, step=ast.UnaryOp(operand=ast.Constant(value=1)))
        ):
            return True
    return False


def _chain(node: ast.expr) -> bool:
    return isinstance(node, ast.IfExp)
