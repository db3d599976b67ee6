"""What a condition means: its expression as Python, with floats compared as specs compare them.

A condition is about answers: it says nothing where a call is outside of a function's pre-conditions, or where
a function raises what one of its examples declares. Any other exception breaks it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Collection, Iterable
from typing import cast

from aurora.specs.types import parse_type
from aurora.synthesis.problem import Rule
from aurora.synthesis.strategies import mentions

CLOSE_SOURCE = '''\
def close(left: object, right: object) -> bool:
    """Equality as specs mean it: floats agree within 1e-9, relative or absolute."""
    if isinstance(left, float | int) and isinstance(right, float | int):
        if isinstance(left, int) and isinstance(right, int):
            return left == right
        if left == right or str(left) == str(right) == "nan":
            return True
        difference = abs(left - right)
        return difference <= 1e-9 or difference <= 1e-9 * min(max(abs(left), abs(right)), 1e308)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        if type(left) is not type(right) or len(left) != len(right):
            return False
        return all(map(close, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(close(left[key], right[key]) for key in left)
    return left == right
'''
"""The comparison of floats, in generated tests and in conditions alike."""

_namespace: dict[str, object] = {}
exec(CLOSE_SOURCE, _namespace)
close = cast("Callable[[object, object], bool]", _namespace["close"])


def expression(rule: Rule, types: Iterable[str], close: str = "close") -> ast.expr:
    """The rule's expression; where floats are about, comparisons go through ``close``.

    ``types`` are those of the functions that the rule calls, parameters and results.
    """
    tree = ast.parse(rule.text.strip(), mode="eval")
    if concerns_floats(rule, types):
        _Tolerant(close).visit(tree)
    return ast.fix_missing_locations(tree).body


def concerns_floats(rule: Rule, types: Iterable[str]) -> bool:
    """Whether a value of the condition may be a float."""
    texts = [*types, *(text for _, text in rule.variables)]
    if any(mentions(parse_type(text), "float") for text in texts):
        return True
    return any(
        isinstance(node, ast.Div) or (isinstance(node, ast.Constant) and isinstance(node.value, float))
        for node in ast.walk(ast.parse(rule.text.strip(), mode="eval"))
    )


def calls_to(text: str, names: Collection[str]) -> list[tuple[str, ast.Call]]:
    """The calls of functions called ``names`` in an expression, inner ones before those around them."""
    nodes = list(ast.walk(ast.parse(text.strip(), mode="eval")))
    return [
        (node.func.id, node)
        for node in reversed(nodes)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def made_inside(call: ast.Call, outer: Collection[str]) -> bool:
    """Whether a call's arguments use names that only a part of the condition has, as in a comprehension."""
    names = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
    return not names <= {*outer, *dir(builtins)}


def with_truths_by_identity(tree: ast.expr) -> ast.expr:
    """``tree`` with ``== True`` and its like as ``is True``, as linters want it in code that people keep."""
    whole = ast.Expression(tree)
    _Identity().visit(whole)
    return ast.fix_missing_locations(whole).body


def fresh(name: str, taken: Collection[str]) -> str:
    """``name``, with as many underscores after it as it takes to be new."""
    while name in taken:
        name += "_"
    return name


class _Tolerant(ast.NodeTransformer):
    """``a == b`` becomes ``close(a, b)``; ``<=`` and ``>=`` also hold where both sides are close."""

    def __init__(self, close: str) -> None:
        self.close = close

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        lefts = [node.left, *node.comparators[:-1]]
        parts = [
            self._one(left, operator, right)
            for left, operator, right in zip(lefts, node.ops, node.comparators, strict=True)
        ]
        return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts)

    def _one(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
        near = ast.Call(ast.Name(self.close, ast.Load()), [left, right], [])
        plain = ast.Compare(left, [operator], [right])
        match operator:
            case ast.Eq() if not _is_singleton(left, right):
                return near
            case ast.NotEq() if not _is_singleton(left, right):
                return ast.UnaryOp(ast.Not(), near)
            case ast.LtE() | ast.GtE():
                return ast.BoolOp(ast.Or(), [plain, near])
        return plain


class _Identity(ast.NodeTransformer):
    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) == 1 and _is_singleton(node.left, node.comparators[0]):
            left, right = node.left, node.comparators[0]
            if _is_singleton(left, left):
                left, right = right, left
            if isinstance(node.ops[0], ast.Eq):
                return ast.Compare(left, [ast.Is()], [right])
            if isinstance(node.ops[0], ast.NotEq):
                return ast.Compare(left, [ast.IsNot()], [right])
        return node


def _is_singleton(*sides: ast.expr) -> bool:
    return any(
        isinstance(side, ast.Constant) and (side.value is None or isinstance(side.value, bool))
        for side in sides
    )
