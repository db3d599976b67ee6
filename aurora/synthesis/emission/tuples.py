"""Rules on tuples of any length: the search works on them as lists, and people leave them as they are."""

from __future__ import annotations

import ast

from aurora.synthesis.cells import is_variadic
from aurora.synthesis.emission.shapes import binary, called, index, method_called
from aurora.synthesis.emission.typing import Scope, typed


def without_detour(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``tuple(list(t)[::-1])`` as ``t[::-1]``, ``tuple([*list(t), x])`` as ``(*t, x)``."""
    args = called(node, "tuple")
    if not args or len(args) != 1:
        return None
    whole = _as_tuple(args[0], scope)
    return whole if whole is not None and not isinstance(args[0], ast.Tuple) else None


def counting(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``list(t).count(x)`` as ``t.count(x)``, and ``index`` likewise."""
    found = method_called(node, "count", "index")
    whole = _given(found[0], scope) if found else None
    if found and whole is not None and isinstance(node.func, ast.Attribute):
        return ast.Call(ast.Attribute(whole, node.func.attr, ast.Load()), found[1], [])
    return None


def members(node: ast.Compare, scope: Scope) -> ast.expr | None:
    """``x in list(t)`` as ``x in t``; ``list(t) == list(u)`` as ``t == u``."""
    if len(node.ops) != 1:
        return None
    [other] = node.comparators
    right = _given(other, scope)
    if isinstance(node.ops[0], ast.In | ast.NotIn) and right is not None:
        return ast.Compare(node.left, node.ops, [right])
    left = _as_tuple(node.left, scope)
    right = _as_tuple(other, scope)
    if left is not None and right is not None and isinstance(other, ast.Call | ast.Subscript):
        return ast.Compare(left, node.ops, [right])
    return None


def unpacked(node: ast.List | ast.Tuple, scope: Scope) -> ast.expr | None:
    """``[*list(t), x]`` as ``[*t, x]``."""
    made = [_spread(element, scope) for element in node.elts]
    changed = any(new is not old for new, old in zip(made, node.elts, strict=True))
    return type(node)(made, ast.Load()) if changed else None


def _spread(element: ast.expr, scope: Scope) -> ast.expr:
    if isinstance(element, ast.Starred):
        args = called(element.value, "list", "tuple")
        if args and len(args) == 1 and typed(args[0], scope) is not None:
            return ast.Starred(args[0], ast.Load())
    return element


def _as_tuple(node: ast.expr, scope: Scope) -> ast.expr | None:
    """The tuple with the items of a list that was made of tuples; nothing where a list is needed on the way."""
    whole = _given(node, scope)
    if whole is not None:
        return whole
    match node:
        case ast.Subscript(value=value, slice=ast.Slice() as part):
            inner = _as_tuple(value, scope)
            return None if inner is None else index(inner, part)
        case ast.BinOp(left=left, op=ast.Add() as op, right=right):
            one, other = _as_tuple(left, scope), _as_tuple(right, scope)
            return None if one is None or other is None else binary(one, op, other)
        case ast.BinOp(left=left, op=ast.Mult() as op, right=right):
            one = _as_tuple(left, scope)
            return None if one is None else binary(one, op, right)
        case ast.List(elts=elements):
            return ast.Tuple([_spread(element, scope) for element in elements], ast.Load())
    return None


def _given(node: ast.expr, scope: Scope) -> ast.expr | None:
    """The ``t`` of ``list(t)``, if that is a tuple of any length."""
    args = called(node, "list")
    type_ = typed(args[0], scope) if args and len(args) == 1 else None
    return args[0] if args and type_ is not None and is_variadic(type_) and type_.head == "tuple" else None
