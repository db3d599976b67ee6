"""The language of conditions: which Python a pre- or post-condition may use. Nothing here is evaluated."""

from __future__ import annotations

import ast
from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


FUNCTIONS: Final = words(
    "abs all any bool chr dict divmod enumerate filter float int isinstance len list map max min ord pow"
    " range reversed round set sorted str sum tuple zip"
)
"""Built-in functions that a condition may call, or pass on as in ``map(str, xs)``."""

TEXT_TO_TEXT: Final = words(
    "capitalize casefold center expandtabs join ljust lower lstrip removeprefix removesuffix replace rjust"
    " rstrip strip swapcase title upper zfill"
)
TEXT_TO_BOOL: Final = words(
    "endswith startswith isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable"
    " isspace istitle isupper"
)
TEXT_TO_INT: Final = words("find rfind rindex")
TEXT_TO_LIST: Final = words("split rsplit splitlines")
TEXT_TO_PARTS: Final = words("partition rpartition")
OTHER_METHODS: Final = words(
    "count index copy get items keys values difference intersection isdisjoint issubset issuperset"
    " symmetric_difference union is_integer bit_length"
)

METHODS: Final = TEXT_TO_TEXT | TEXT_TO_BOOL | TEXT_TO_INT | TEXT_TO_LIST | TEXT_TO_PARTS | OTHER_METHODS
"""Methods that a condition may call: those of the spec's types that change nothing and format nothing."""

_NODES: Final = (
    ast.BoolOp,
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.keyword,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.List,
    ast.Tuple,
    ast.Set,
    ast.Dict,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.comprehension,
    ast.Lambda,
    ast.arguments,
    ast.arg,
    ast.expr_context,
    ast.boolop,
    ast.operator,
    ast.unaryop,
    ast.cmpop,
)
_NAMES: Final = {
    ast.Await: "await",
    ast.Yield: "yield",
    ast.YieldFrom: "yield",
    ast.NamedExpr: "':='",
    ast.JoinedStr: "an f-string",
    ast.Starred: "'*'",
}


def violation(tree: ast.expr) -> str:
    """What in ``tree`` is outside the language of conditions, in words; "" when nothing is."""
    for node in ast.walk(tree):
        if trouble := _violation(node):
            return trouble
    return ""


def _violation(node: ast.AST) -> str:
    match node:
        case ast.Constant(value=value):
            return "" if isinstance(value, bool | int | float | str | None) else f"the constant {value!r}"
        case ast.Attribute(attr=name) if name not in METHODS:
            return f"the attribute '.{name}'"
        case ast.Name(id=name) | ast.arg(arg=name) if name.startswith("__"):
            return f"the name '{name}'"
        case ast.BinOp(op=ast.MatMult()):
            return "the operator '@'"
        case ast.comprehension(is_async=1):
            return "an async comprehension"
        case ast.Lambda(args=ast.arguments(vararg=None, kwarg=None, kwonlyargs=[], defaults=[])):
            return ""
        case ast.Lambda():
            return "a lambda with other than plain parameters"
        case _ if isinstance(node, _NODES):
            return ""
    return _NAMES.get(type(node), f"'{type(node).__name__}'")
