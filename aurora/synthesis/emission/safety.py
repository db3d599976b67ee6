"""What cannot raise, and what is evaluated before what: when an expression may be moved.

Programs here have no effects, so that only exceptions, and which one comes first, can tell orders apart.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from aurora.specs.types import Type
from aurora.synthesis.emission.shapes import is_literal, natural, number, same
from aurora.synthesis.emission.typing import BOOL, FLOAT, INT, STR, Scope, element_of, inside, typed
from aurora.synthesis.operators.op import ordered

_SAFE_METHODS: Final = frozenset(
    {
        "lower", "upper", "title", "capitalize", "swapcase", "isdigit", "isalpha", "isalnum", "isupper", "islower",
        "isspace", "startswith", "endswith", "splitlines", "find", "rfind", "count", "removeprefix", "removesuffix",
        "strip", "lstrip", "rstrip", "items", "keys", "values", "get", "bit_count", "bit_length",
    }
)  # fmt: skip
_SAFE_OPERATIONS: Final = (ast.Add, ast.Sub, ast.Mult, ast.BitAnd, ast.BitOr, ast.BitXor)


def total(node: ast.expr | None, scope: Scope) -> bool:
    """Whether evaluating this raises nothing, whatever the inputs. Memory aside."""
    if node is None:
        return True
    match node:
        case ast.Constant() | ast.Name():
            return True
        case ast.UnaryOp(operand=operand):
            known = isinstance(node.op, ast.Not) or typed(operand, scope) in (INT, FLOAT)
            return known and total(operand, scope)
        case ast.BoolOp(values=values):
            return all(total(value, scope) for value in values)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return all(total(part, scope) for part in (test, body, orelse))
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return all(total(element, scope) for element in elements)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _comparable(left, ops, others, scope) and all(
                total(each, scope) for each in (left, *others)
            )
        case ast.BinOp(left=left, op=op, right=right):
            return _operable(op, left, right, scope) and total(left, scope) and total(right, scope)
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            type_ = typed(value, scope)
            fixed = step is None or (number(step) or 0) != 0
            bounds = all(each is None or typed(each, scope) == INT for each in (lower, upper))
            return type_ is not None and fixed and bounds and all(
                total(each, scope) for each in (value, lower, upper)
            )  # fmt: skip
        case ast.Subscript(value=value, slice=part):
            type_ = typed(value, scope)
            place = natural(part)
            fixed = type_ is not None and type_.head == "tuple" and place is not None
            return fixed and _within(type_, place) and total(value, scope)
        case ast.Call(func=ast.Name(id=called), args=args, keywords=keywords):
            known = not keywords or [each.arg for each in keywords] == ["reverse"]
            return known and _callable(called, args, scope) and all(total(each, scope) for each in args)
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args, keywords=[]):
            return _method(value, attr, args, scope) and all(total(each, scope) for each in (value, *args))
        case (
            ast.ListComp(elt=element, generators=generators)
            | ast.GeneratorExp(elt=element, generators=generators)
        ):
            return _generators(generators, scope) and total(element, inside(generators, scope))
        case ast.JoinedStr(values=values):
            return all(isinstance(value, ast.Constant) for value in values)
    return False


def first_evaluated(root: ast.expr, wanted: ast.expr, scope: Scope) -> bool:
    """Whether ``wanted`` is evaluated whenever ``root`` is, and nothing before it can raise, its own parts aside."""
    before: list[ast.expr] = []
    for part, certain in order(root):
        if same(part, wanted):
            own = {id(each) for each in ast.walk(part)}
            others = [each for each in before if id(each) not in own]
            return certain and all(_raises_nothing_itself(each, scope) for each in others)
        before.append(part)
    return False


def order(root: ast.expr, certain: bool = True) -> Iterator[tuple[ast.expr, bool]]:
    """The sub-expressions in order of evaluation, operands first, and whether each is evaluated at all events."""
    match root:
        case ast.BoolOp(values=[first, *rest]):
            yield from order(first, certain)
            for value in rest:
                yield from order(value, False)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield from order(test, certain)
            yield from order(body, False)
            yield from order(orelse, False)
        case ast.Compare(left=left, comparators=[first, *rest]):
            yield from order(left, certain)
            yield from order(first, certain)
            for value in rest:
                yield from order(value, False)
        case (
            ast.ListComp(generators=[first, *_])
            | ast.SetComp(generators=[first, *_])
            | ast.GeneratorExp(generators=[first, *_])
            | ast.DictComp(generators=[first, *_])
        ):
            yield from order(first.iter, certain)
        case ast.Lambda():
            pass
        case _:
            for child in _operands(root):
                yield from order(child, certain)
    yield root, certain


def _operands(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Slice | ast.keyword | ast.FormattedValue):
            yield from _operands(child)
        elif isinstance(child, ast.expr):
            yield child


def _raises_nothing_itself(node: ast.expr, scope: Scope) -> bool:
    """Whether this node raises nothing when its operands did not: they came before it."""
    match node:
        case ast.BoolOp() | ast.IfExp() | ast.JoinedStr() | ast.Lambda() | ast.Attribute():
            return True
        case ast.GeneratorExp():  # it is the function it is given to that goes through it
            return True
        case _:
            return total(node, scope) or _operands_aside(node, scope)


def _operands_aside(node: ast.expr, scope: Scope) -> bool:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _operable(op, left, right, scope)
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _comparable(left, ops, others, scope)
        case ast.Call(args=args) if any(
            isinstance(each, ast.GeneratorExp) and not total(each, scope) for each in args
        ):
            return False
        case ast.Call(func=ast.Name(id=called), args=args, keywords=[]):
            return _callable(called, args, scope)
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args, keywords=[]):
            return _method(value, attr, args, scope)
        case ast.List() | ast.Tuple():
            return True
    return False


def _comparable(left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr], scope: Scope) -> bool:
    if all(isinstance(op, ast.Eq | ast.NotEq | ast.Is | ast.IsNot) for op in ops):
        return True
    types = [typed(each, scope) for each in (left, *others)]
    if any(type_ is None for type_ in types):
        return False
    if all(isinstance(op, ast.In | ast.NotIn) for op in ops):
        known = [type_ for type_ in types if type_]
        return known[1].head in ("list", "tuple") or (known[0] == STR and known[1] == STR)
    heads = {type_ for type_ in types if type_}
    return heads <= {INT, FLOAT, BOOL} or (len(heads) == 1 and all(map(ordered, heads)))


def _operable(op: ast.operator, left: ast.expr, right: ast.expr, scope: Scope) -> bool:
    types = typed(left, scope), typed(right, scope)
    if isinstance(op, ast.Mod | ast.FloorDiv) and types == (INT, INT):
        positive = isinstance(right, ast.Name) and right.id in scope.positive
        return positive or (is_literal(right) and number(right) != 0)
    if isinstance(op, ast.Pow):
        return types[0] == INT and (natural(right) or 99) <= 9
    if FLOAT in types:  # an int too large for a float raises
        return False
    return isinstance(op, _SAFE_OPERATIONS) and typed(ast.BinOp(left, op, right), scope) is not None


def _callable(called: str, args: list[ast.expr], scope: Scope) -> bool:
    types = [typed(argument, scope) for argument in args]
    if called in scope.functions or called in scope.names or not types or types[0] is None:
        return False
    first: Type = types[0]
    match called:
        case "len" | "list" | "enumerate" | "any" | "all" | "bool":
            return len(types) == 1
        case "range":
            return set(types) == {INT} and (len(args) < 3 or bool(number(args[2])))
        case "abs":
            return first == INT
        case "sum":
            return element_of(first) in (INT, BOOL)  # among floats an int may be too large
        case "sorted":
            element = typed(args[0], scope)
            return element == STR or (bool(element and element.args) and ordered(first.args[0]))
        case "set" | "Counter":
            return bool(first == STR or (first.args and first.args[0] in (INT, FLOAT, STR, BOOL)))
        case "max" | "min":
            return len(types) > 1 and (set(types) <= {INT, FLOAT} or set(types) == {STR})
        case "zip":
            return True
    return False


def _method(value: ast.expr, attr: str, args: list[ast.expr], scope: Scope) -> bool:
    type_ = typed(value, scope)
    if type_ is None:
        return False
    if type_ == STR and attr == "split":
        return not args or bool(isinstance(args[0], ast.Constant) and args[0].value)
    if type_ == STR and attr == "join":
        element = typed(args[0], scope) if args else None
        return bool(element and (element == STR or element.args == (STR,)))
    return type_.head in ("str", "list", "dict", "int") and attr in _SAFE_METHODS and attr != "index"


def _generators(generators: list[ast.comprehension], scope: Scope) -> bool:
    for place, generator in enumerate(generators):
        within = inside(generators[:place], scope)
        if typed(generator.iter, within) is None or not total(generator.iter, within):
            return False
        if isinstance(generator.target, ast.Tuple) and None in inside([generator], within).names.values():
            return False
        if not all(total(test, inside([generator], within)) for test in generator.ifs):
            return False
    return True


def _within(type_: Type | None, place: int | None) -> bool:
    return (
        type_ is not None and place is not None and place < len(type_.args) and type_.args[-1].head != "..."
    )
