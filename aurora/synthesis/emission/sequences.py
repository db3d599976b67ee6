"""Rules on slices, subscripts and calls that go through sequences. Each keeps value, type and exception."""

from __future__ import annotations

import ast
from typing import Final

from aurora.specs.types import Type
from aurora.synthesis.emission.safety import total
from aurora.synthesis.emission.shapes import (
    call,
    called,
    cut,
    index,
    integer,
    is_reversal,
    literal,
    method_called,
    natural,
    same,
    text,
)
from aurora.synthesis.emission.typing import BOOL, INT, SEQUENCES, STR, Scope, typed

_CUTTABLE: Final = ("str", "list", "tuple")
_CONSUMERS: Final = ("sum", "max", "min", "any", "all", "sorted", "set", "list", "tuple", "enumerate", "zip", "dict",
                     "accumulate", "Counter", "groupby", "pairwise")  # fmt: skip
"""Functions that go through an argument once: a list made for them is made for nothing."""


# --- slices and subscripts


def bounds(node: ast.Subscript, scope: Scope) -> ast.expr | None:
    """``s[0:n]`` as ``s[:n]``, ``s[n:len(s)]`` as ``s[n:]``, ``s[:len(s) - 1]`` as ``s[:-1]``, ``s[:]`` as ``s``."""
    part = node.slice
    if not isinstance(part, ast.Slice) or part.step is not None or not _cuttable(node.value, scope):
        return None
    lower, upper = part.lower, part.upper
    if integer(lower) == 0:
        return cut(node.value, None, upper)
    if upper is not None and _is_length(upper, node.value):
        return cut(node.value, lower, None)
    back = _from_end(upper, node.value)
    if back is not None and lower is None:
        return cut(node.value, None, literal(-back))
    back = _from_end(lower, node.value)
    if back is not None and upper is None:
        return cut(node.value, literal(-back), None)
    if lower is None and upper is None:
        return node.value
    return None


def cuts_of_cuts(node: ast.Subscript, scope: Scope) -> ast.expr | None:
    """``s[a:][:m]`` as ``s[a:a + m]``, ``s[1:][:-1]`` as ``s[1:-1]``, ``s[2:][0]`` as ``s[2]``."""
    match node.value:
        case ast.Subscript(value=value, slice=ast.Slice(lower=first, upper=last, step=None)) if _cuttable(
            value, scope
        ):
            a, b = natural(first), integer(last)
        case _:
            return None
    match node.slice:
        case ast.Slice(lower=low, upper=high, step=None):
            if last is None and a is not None:
                return _cut_after(value, a, low, high)
            if first is None and b is not None and high is None and natural(low) is not None:
                return cut(value, low, last)
            if first is None and b is not None and b < 0 and low is None and (integer(high) or 0) < 0:
                return cut(value, None, literal(b + (integer(high) or 0)))
        case place if last is None and a is not None and natural(place) is not None:
            return index(value, literal(a + (natural(place) or 0)))
    return None


def _cut_after(value: ast.expr, a: int, low: ast.expr | None, high: ast.expr | None) -> ast.expr | None:
    """``value[a:][low:high]`` in one, for literal bounds."""
    start, stop = (0 if low is None else natural(low)), integer(high)
    if start is None or (high is not None and stop is None):
        return None
    if stop is None or stop < 0:
        return cut(value, literal(a + start), high)
    return cut(value, literal(a + start), literal(a + stop))


def ends(node: ast.Subscript, scope: Scope) -> ast.expr | None:
    """``s[len(s) - 1]`` as ``s[-1]``, ``s[::-1][0]`` as ``s[-1]``, ``s[::-1][::-1]`` as ``s``."""
    if isinstance(node.slice, ast.Slice):
        inner = node.value
        if is_reversal(node) and is_reversal(inner) and isinstance(inner, ast.Subscript):
            return inner.value if _cuttable(inner.value, scope) else None
        return None
    if _from_end(node.slice, node.value) == 1 and _cuttable(node.value, scope):
        return index(node.value, literal(-1))
    place = integer(node.slice)
    match node.value:
        case ast.Subscript(value=value) if (
            is_reversal(node.value) and _cuttable(value, scope) and place is not None
        ):
            return index(value, literal(-1 - place))
    args = called(node.value, "list", "tuple")
    if args and len(args) == 1 and _cuttable(args[0], scope) and place is not None:
        return index(args[0], node.slice)
    return None


def displays(node: ast.Subscript, scope: Scope) -> ast.expr | None:
    """``(a, b)[0]`` as ``a``, where nothing that goes away can fail."""
    place = natural(node.slice)
    match node.value:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) if place is not None and place < len(
            elements
        ):
            if any(isinstance(element, ast.Starred) for element in elements):
                return None
            others = [element for at, element in enumerate(elements) if at != place]
            return elements[place] if all(total(element, scope) for element in others) else None
    return None


def descending(node: ast.Subscript, scope: Scope) -> ast.expr | None:
    """``sorted(xs)[::-1]`` as ``sorted(xs, reverse=True)``: equal items are the same items for ints, text and bools
    (for floats 1 and 1.0 are not, nor has NaN a place)."""
    args = called(node.value, "sorted")
    if args and len(args) == 1 and is_reversal(node) and _atoms(typed(node.value, scope)):
        return call("sorted", args[0], reverse=literal(True))
    return None


# --- calls


def made_for_nothing(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``sum(list(range(n)))`` as ``sum(range(n))``, ``len(list(d.items()))`` as ``len(d)``, ``list(sorted(xs))``."""
    if not isinstance(node.func, ast.Name) or not node.args:
        return None
    function = node.func.id
    if function in _CONSUMERS and (len(node.args) == 1 or function in ("zip", "enumerate")):
        found = [gone_through(argument, scope) for argument in node.args]
        if any(new is not old for new, old in zip(found, node.args, strict=True)):
            return ast.Call(node.func, found, node.keywords)
    args = called(node, "len", "list")
    if args and len(args) == 1 and function == "len":
        return _counted(args[0], scope)
    if args and len(args) == 1 and (called(args[0], "sorted") or isinstance(args[0], ast.ListComp)):
        return args[0]
    if (
        args
        and isinstance(args[0], ast.Call)
        and isinstance(args[0].func, ast.Name)
        and args[0].func.id == "sorted"
    ):
        return args[0]
    return None


def _counted(node: ast.expr, scope: Scope) -> ast.expr | None:
    """``len`` of what ``node`` was made from, if that has as many items."""
    inner = called(node, "list", "tuple", "sorted")
    if inner and len(inner) == 1:
        kind = typed(inner[0], scope)
        sized = (kind is not None and kind.head in SEQUENCES) or called(inner[0], "range")
        views = method_called(inner[0], "items", "values", "keys")
        plain = called(node, "list", "tuple") or _atoms(typed(node, scope))
        if sized and plain:
            return call("len", inner[0])
        if views and typed(views[0], scope) is not None and plain:
            return call("len", views[0])
    if isinstance(node, ast.Subscript) and is_reversal(node) and _cuttable(node.value, scope):
        return call("len", node.value)
    views = method_called(node, "items", "values", "keys")
    return call("len", views[0]) if views and typed(views[0], scope) is not None else None


def gone_through(node: ast.expr, scope: Scope) -> ast.expr:
    """``node`` where a loop goes through it: without a list or tuple made for that."""
    args = called(node, "list", "tuple")
    if args and len(args) == 1 and typed(args[0], scope) is not None:
        return args[0]
    keys = method_called(node, "keys")
    return keys[0] if keys and not keys[1] and typed(keys[0], scope) is not None else node


def extremes_of_sorted(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``sum(sorted(xs))`` as ``sum(xs)``, and so for what does not depend on order, with items like each other."""
    args = called(node, "sum", "max", "min", "sorted", "set", "len")
    if not args or len(args) != 1 or not isinstance(node.func, ast.Name):
        return None
    inner = called(args[0], "sorted")
    if inner and len(inner) == 1 and _atoms(typed(args[0], scope)):
        kind = typed(inner[0], scope)
        sized = kind is not None and kind.head in SEQUENCES
        return ast.Call(node.func, inner, []) if sized or node.func.id != "len" else None
    match args[0]:
        case ast.Subscript(value=value) if is_reversal(args[0]) and node.func.id in ("sorted", "set"):
            kind = typed(value, scope)
            return ast.Call(node.func, [value], []) if kind == STR or _atoms(kind) else None
    return None


def displays_of_displays(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``set([a, b])`` as ``{a, b}``, ``list([a, b])`` as ``[a, b]``, ``set(set(xs))`` as ``set(xs)``."""
    args = called(node, "set", "list", "tuple")
    if not args or len(args) != 1 or not isinstance(node.func, ast.Name):
        return None
    function = node.func.id
    match args[0]:
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            if function == "set":
                return ast.Set(elements) if elements else call("set")
            made = ast.List if function == "list" else ast.Tuple
            return made(elements, ast.Load())
        case ast.Call(func=ast.Name(id="set")) | ast.SetComp() if function == "set":
            return args[0]
    return None


def joined_text(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``"".join(s)`` and ``"".join(list(s))`` as ``s``; ``" ".join(list(s))`` as ``" ".join(s)``."""
    found = method_called(node, "join")
    if found is None or len(found[1]) != 1 or text(found[0]) is None:
        return None
    [parts] = found[1]
    if text(found[0]) == "" and typed(parts, scope) == STR:
        return parts
    args = called(parts, "list", "tuple")
    if args and len(args) == 1 and typed(args[0], scope) is not None:
        return ast.Call(node.func, args, [])
    return None


def ranges(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``range(0, n)`` as ``range(n)``, ``range(a, b, 1)`` as ``range(a, b)``."""
    args = called(node, "range")
    if args and len(args) == 2 and integer(args[0]) == 0:
        return call("range", args[1])
    return call("range", *args[:2]) if args and len(args) == 3 and integer(args[2]) == 1 else None


def neighbours(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``zip(xs, xs[1:])`` as ``pairwise(xs)`` (ruff: RUF007)."""
    args = called(node, "zip")
    if args and len(args) == 2:
        match args[1]:
            case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=None, step=None)):
                if integer(lower) == 1 and same(value, args[0]) and _cuttable(value, scope):
                    return call("pairwise", value)
    return None


def keyed_by_values(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``max(d, key=d.get)`` as ``max(d, key=lambda key: d[key])``: ``get`` may give None, says mypy."""
    match node:
        case ast.Call(
            args=[table], keywords=[ast.keyword(arg="key", value=ast.Attribute(value=owner, attr="get"))]
        ) if same(table, owner):
            kind = typed(table, scope)
            if kind is not None and kind.head == "dict":
                name = "key" if "key" not in scope.names else "entry"
                parameter = ast.arguments([], [ast.arg(name)], None, [], [], None, [])
                looked = ast.Lambda(parameter, index(table, ast.Name(name, ast.Load())))
                return ast.Call(node.func, [table], [ast.keyword("key", looked)])
    return None


def strict_zip(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``zip(xs, ys)`` as ``zip(xs, ys, strict=False)``: what is meant, said aloud (ruff: B905)."""
    args = called(node, "zip")
    return call("zip", *args, strict=literal(False)) if args else None


def _is_length(node: ast.expr, of: ast.expr) -> bool:
    args = called(node, "len")
    return bool(args) and args is not None and same(args[0], of)


def _from_end(node: ast.expr | None, of: ast.expr) -> int | None:
    """The 1 or 2 of ``len(of) - 1``: with more, a short sequence is cut elsewhere than by a negative bound."""
    match node:
        case ast.BinOp(left=left, op=ast.Sub(), right=right) if _is_length(left, of):
            back = integer(right)
            return back if back in (1, 2) else None
    return None


def _cuttable(node: ast.expr, scope: Scope) -> bool:
    kind = typed(node, scope)
    return kind is not None and kind.head in _CUTTABLE


def _atoms(type_: Type | None) -> bool:
    """Whether equal items of a list are the same for everyone."""
    return type_ is not None and type_.head == "list" and all(_atom(each) for each in type_.args)


def _atom(type_: Type) -> bool:
    return type_ in (INT, STR, BOOL) or (type_.head == "tuple" and all(map(_atom, type_.args)))
