"""Expressions as steps of a grammar: what stands at each place, and what it stands in.

A *production* names what an expression is on the outside: ``Add``, ``len/1`` (a call with one argument),
``slice:x__`` (from a start on), ``var`` for whatever has a name of its own. A *place* is the production around and
the role in it. What people name themselves, and literals in detail, are no part of a production.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final, NamedTuple

BUILTINS: Final = frozenset(
    {
        "len", "abs", "min", "max", "sum", "sorted", "reversed", "range", "enumerate", "zip", "map", "filter",
        "any", "all", "int", "float", "str", "bool", "list", "set", "dict", "tuple", "frozenset", "round", "ord",
        "chr", "divmod", "pow", "bin", "hex", "next", "iter", "Counter", "accumulate", "groupby", "pairwise",
        "isinstance",
    }
)  # fmt: skip
MODULES: Final = frozenset({"math", "re", "string", "itertools"})
METHODS: Final = frozenset(
    {
        "split", "join", "replace", "find", "rfind", "strip", "lstrip", "rstrip", "lower", "upper", "title",
        "capitalize", "swapcase", "startswith", "endswith", "isdigit", "isalpha", "isalnum", "isupper", "islower",
        "isspace", "count", "index", "get", "items", "keys", "values", "append", "partition", "rpartition",
        "zfill", "rjust", "ljust", "center", "splitlines", "removeprefix", "removesuffix", "fromkeys", "format",
        "most_common",
    }
)  # fmt: skip
VARIABLE: Final = "var"
UNKNOWN: Final = "?"


class Step(NamedTuple):
    """One step: in the role ``role`` of ``parent`` stands ``production``, which is ``node``."""

    parent: str
    role: str
    production: str
    node: ast.expr


def steps(tree: ast.AST) -> Iterator[Step]:
    """The steps of every expression in a module or statement. What has no production is passed over."""
    for statement in ast.walk(tree):
        for role, value in _stated(statement):
            yield from _steps(value, "", role)


def production(node: ast.expr) -> str | None:
    """What an expression is on the outside; None for what the grammar does not speak of."""
    match node:
        case ast.Constant():
            return _literal(node.value)
        case ast.Name():
            return VARIABLE if node.id not in BUILTINS else f"fn:{node.id}"
        case ast.Attribute():
            return VARIABLE if node.attr not in METHODS else f"fn:.{node.attr}"
        case ast.Call():
            return _call(node)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return "negative"
        case ast.BinOp() | ast.UnaryOp() | ast.BoolOp():
            return type(node.op).__name__
        case ast.Compare():
            return "cmp:" + ",".join(type(op).__name__ for op in node.ops)
        case ast.IfExp():
            return "if"
        case ast.Subscript(slice=ast.Slice() as cut):
            return "slice:" + "".join(
                "_" if part is None else "x" for part in (cut.lower, cut.upper, cut.step)
            )
        case ast.Subscript():
            return "item"
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            filtered = "f" if any(each.ifs for each in node.generators) else ""
            return f"{type(node).__name__}:{len(node.generators)}{filtered}"
        case ast.List() | ast.Tuple() | ast.Set():
            return f"{type(node).__name__}:{min(4, len(node.elts))}"
        case ast.Dict():
            return f"Dict:{min(4, len(node.keys))}"
        case ast.JoinedStr():
            return "fstring"
        case ast.Lambda():
            return "lambda"
    return None


def _steps(node: ast.expr, parent: str, role: str) -> Iterator[Step]:
    name = production(node)
    if name is not None:
        yield Step(parent, role, name, node)
    for inner_role, child in _children(node):
        yield from _steps(child, name or UNKNOWN, inner_role)


def _stated(statement: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """The expressions that a statement is about, with what it does with them."""
    match statement:
        case ast.Return(value=ast.expr() as value):
            yield "return", value
        case ast.If() | ast.While():
            yield type(statement).__name__, statement.test
        case ast.For():
            yield "For", statement.iter
        case ast.Assign():
            yield "Assign", statement.value
        case ast.AugAssign():
            yield f"Aug{type(statement.op).__name__}", statement.value
        case ast.Expr(value=ast.Call() as value):
            yield "Expr", value


def _literal(value: object) -> str | None:
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return "text" if len(value) > 1 else "letter" if value else "blank"
    return type(value).__name__ if isinstance(value, int | float) else None


def _call(node: ast.Call) -> str | None:
    count = f"/{len(node.args)}" + "".join(sorted(f",{each.arg or '**'}" for each in node.keywords))
    match node.func:
        case ast.Name(id=name) if name in BUILTINS:
            return name + count
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in MODULES:
            return f"{module}.{name}{count}"
        case ast.Attribute(attr=name) if name in METHODS:
            return f".{name}{count}"
    return None


def _children(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """The expressions right inside one, with their roles."""
    match node:
        case ast.Call():
            if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value):
                yield "self", node.func.value
            yield from ((f"arg{place}", each) for place, each in enumerate(node.args))
            yield from ((f"{each.arg or '*'}=", each.value) for each in node.keywords)
        case ast.BinOp():
            yield from (("left", node.left), ("right", node.right))
        case ast.UnaryOp() if production(node) != "negative":
            yield "of", node.operand
        case ast.BoolOp():
            yield from (("of", each) for each in node.values)
        case ast.Compare():
            yield "left", node.left
            yield from (("right", each) for each in node.comparators)
        case ast.IfExp():
            yield from (("test", node.test), ("then", node.body), ("else", node.orelse))
        case ast.Subscript():
            yield "of", node.value
            if isinstance(node.slice, ast.Slice):
                bounds = (("start", node.slice.lower), ("stop", node.slice.upper), ("step", node.slice.step))
                yield from ((role, each) for role, each in bounds if each is not None)
            else:
                yield "at", node.slice
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            yield "each", node.elt
            yield from _loops(node.generators)
        case ast.DictComp():
            yield from (("key", node.key), ("value", node.value))
            yield from _loops(node.generators)
        case ast.List() | ast.Tuple() | ast.Set():
            yield from (("each", each) for each in node.elts)
        case ast.Dict():
            yield from (("key", each) for each in node.keys if each is not None)
            yield from (("value", each) for each in node.values)
        case ast.JoinedStr():
            yield from (("shown", each.value) for each in node.values if isinstance(each, ast.FormattedValue))
        case ast.Lambda():
            yield "of", node.body


def _loops(generators: list[ast.comprehension]) -> Iterator[tuple[str, ast.expr]]:
    for each in generators:
        yield "in", each.iter
        yield from (("if", test) for test in each.ifs)


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in MODULES
