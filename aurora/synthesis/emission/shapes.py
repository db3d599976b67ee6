"""Small questions about expressions, and the constructors that rules need: all on ``ast``, none about values."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Final

Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


def same(left: ast.AST | None, right: ast.AST | None) -> bool:
    """Whether two trees read the same."""
    if left is right:
        return True
    if left is None or type(left) is not type(right):
        return False
    return all(_same(getattr(left, field, None), getattr(right, field, None)) for field in left._fields)


def _same(left: object, right: object) -> bool:
    if isinstance(left, ast.AST):
        return isinstance(right, ast.AST) and same(left, right)
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(_same, left, right))
    return type(left) is type(right) and repr(left) == repr(right)


def size(node: ast.AST) -> int:
    """How many nodes a tree has, without the marks for loading and storing."""
    return sum(not isinstance(part, ast.expr_context) for part in ast.walk(node))


def names_in(node: ast.AST | None) -> set[str]:
    """Every name that occurs."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} if node is not None else set()


def mentions(node: ast.AST, name: str) -> int:
    """How often ``name`` occurs."""
    return sum(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def number(node: ast.AST | None) -> int | float | None:
    """The value of a literal number; truth values are none."""
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = number(operand) if isinstance(operand, ast.Constant) else None
            return -inner if inner is not None else None
    return None


def integer(node: ast.AST | None) -> int | None:
    """The value of a literal integer."""
    value = number(node)
    return value if isinstance(value, int) else None


def natural(node: ast.AST | None) -> int | None:
    """The value of a literal integer that is not negative."""
    value = integer(node)
    return value if value is not None and value >= 0 else None


def text(node: ast.AST | None) -> str | None:
    """The value of a literal string."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def truth(node: ast.AST | None) -> bool | None:
    """The value of ``True`` or ``False``."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, bool) else None


def is_literal(node: ast.AST | None) -> bool:
    """Whether this is a constant, a sign included."""
    return isinstance(node, ast.Constant) or number(node) is not None


def plain(node: ast.AST | None) -> bool:
    """Whether this is a name or a literal: nothing is computed, nothing can fail."""
    return isinstance(node, ast.Name) or is_literal(node)


def name(identifier: str) -> ast.Name:
    """A name that is read."""
    return ast.Name(identifier, ast.Load())


def literal(value: object) -> ast.expr:
    """A literal; negative numbers carry a sign."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    assert isinstance(value, str | int | float | bool | None)
    return ast.Constant(value)


def call(function: str | ast.expr, *arguments: ast.expr, **keywords: ast.expr) -> ast.Call:
    """A call."""
    called = name(function) if isinstance(function, str) else function
    return ast.Call(called, list(arguments), [ast.keyword(key, value) for key, value in keywords.items()])


def method(value: ast.expr, attribute: str, *arguments: ast.expr) -> ast.Call:
    """A call of a method."""
    return ast.Call(ast.Attribute(value, attribute, ast.Load()), list(arguments), [])


def binary(left: ast.expr, op: ast.operator, right: ast.expr) -> ast.BinOp:
    """An arithmetic operation."""
    return ast.BinOp(left, op, right)


def compare(left: ast.expr, op: ast.cmpop, right: ast.expr) -> ast.Compare:
    """One comparison."""
    return ast.Compare(left, [op], [right])


def index(value: ast.expr, place: ast.expr) -> ast.Subscript:
    """``value[place]``."""
    return ast.Subscript(value, place, ast.Load())


def cut(value: ast.expr, lower: ast.expr | None, upper: ast.expr | None) -> ast.Subscript:
    """``value[lower:upper]``."""
    return ast.Subscript(value, ast.Slice(lower, upper, None), ast.Load())


def called(node: ast.AST | None, *functions: str) -> list[ast.expr] | None:
    """The arguments of a call of one of ``functions`` by position, if this is one."""
    match node:
        case ast.Call(func=ast.Name(id=found), args=args, keywords=[]) if found in functions:
            return args
    return None


def method_called(node: ast.AST | None, *methods: str) -> tuple[ast.expr, list[ast.expr]] | None:
    """The object and the arguments of a call of one of ``methods``, if this is one."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args, keywords=[]) if attr in methods:
            return value, args
    return None


def is_reversal(node: ast.AST) -> bool:
    """Whether this is ``...[::-1]``."""
    match node:
        case ast.Subscript(slice=ast.Slice(lower=None, upper=None, step=step)):
            return integer(step) == -1
    return False


def bound_names(target: ast.AST) -> list[str]:
    """The names that a target of an assignment or loop binds, in order."""
    return [part.id for part in ast.walk(target) if isinstance(part, ast.Name)]


def children(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions right below a node, through the nodes that are none (slices' parts, generators, keywords)."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        else:
            yield from children(child)


class Put(ast.NodeTransformer):
    """Puts expressions in the place of names. The caller sees to it that nothing is captured."""

    def __init__(self, values: dict[str, ast.expr]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self._values.get(node.id)
        if value is None:
            return node
        return ast.Name(value.id, node.ctx) if isinstance(value, ast.Name) else value


def put(node: ast.expr, values: dict[str, ast.expr]) -> ast.expr:
    """A copy of ``node`` with expressions in the place of names."""
    made: ast.expr = Put(values).visit(copied(node))
    return made


def copied(node: ast.expr) -> ast.expr:
    """A deep copy."""
    return copy.deepcopy(node)
