"""Rules on comparisons, truth values and conditionals. Each keeps value, type and exception.

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
    index,
    integer,
    is_literal,
    literal,
    method,
    method_called,
    number,
    same,
    size,
    text,
    truth,
)
from aurora.synthesis.emission.typing import BOOL, INT, SEQUENCES, STR, Scope, inside, typed

NEGATED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
MIRRORED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.Eq, ast.NotEq: ast.NotEq, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.Gt: ast.Lt, ast.LtE: ast.GtE,
}  # fmt: skip


# --- negation


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


# --- comparisons


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


# --- and, or


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


# --- conditionals


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


# --- tests: only whether something is true counts


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
