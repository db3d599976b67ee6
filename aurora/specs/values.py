"""Values of the spec language: literal text to value and back, conformance to a type, and equality."""

from __future__ import annotations

import ast
import math

from aurora.specs.types import Type

Value = (
    int
    | float
    | str
    | bool
    | None
    | list["Value"]
    | dict["Value", "Value"]
    | tuple["Value", ...]
    | set["Value"]
)

MAX_DEPTH = 40
"""Deepest nesting of a literal; deeper ones are refused rather than risking the interpreter's stack."""

MAX_DIGITS = 4300
"""Longest integer, in decimal digits: what Python itself is willing to print."""

_TOO_LARGE = 10**MAX_DIGITS
_JSON_NAMES = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}
_FLOAT_NAMES = {"nan": math.nan, "inf": math.inf, "NaN": math.nan, "Infinity": math.inf}


class LiteralSyntaxError(ValueError):
    """Text that is not a literal of the spec language."""


def parse_value(text: str) -> Value:
    """The value of a Python or JSON literal. Raises ``LiteralSyntaxError``; evaluates nothing."""
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise LiteralSyntaxError(f"'{_shorten(text.strip())}' is not a literal") from None
    return value_of(node)


def value_of(node: ast.expr, depth: int = 0) -> Value:
    """The value of a literal node. Raises ``LiteralSyntaxError``."""
    if depth > MAX_DEPTH:
        raise LiteralSyntaxError(f"nested deeper than {MAX_DEPTH} levels")
    inner = depth + 1
    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None as constant):
            if isinstance(constant, int) and abs(constant) >= _TOO_LARGE:
                raise LiteralSyntaxError(f"an integer of more than {MAX_DIGITS} digits")
            return constant
        case ast.Name(id=name) if name in _JSON_NAMES:
            return _JSON_NAMES[name]
        case ast.Name(id=name) if name in _FLOAT_NAMES:
            return _FLOAT_NAMES[name]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            number = value_of(operand, inner)
            if isinstance(number, int | float) and not isinstance(number, bool):
                return -number if isinstance(sign, ast.USub) else number
        case ast.List(elts=elements):
            return [value_of(element, inner) for element in elements]
        case ast.Tuple(elts=elements):
            return tuple(value_of(element, inner) for element in elements)
        case ast.Set(elts=elements):
            return {_hashable(value_of(element, inner), element) for element in elements}
        case ast.Call(func=ast.Name(id="set"), args=[], keywords=[]):
            return set()
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=str(special))], keywords=[]):
            if special.lstrip("+-").lower() in ("nan", "inf", "infinity"):
                return float(special)
        case ast.Dict(keys=keys, values=values) if None not in keys:
            pairs = [(key, value) for key, value in zip(keys, values, strict=True) if key is not None]
            return {_hashable(value_of(k, inner), k): value_of(v, inner) for k, v in pairs}
    raise LiteralSyntaxError(f"'{_source(node)}' is not a literal")


def literal(value: Value) -> str:
    """The canonical literal of a value: ASCII only, sets and NaN included; ``parse_value`` reads it back."""
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else f"float('{value}')"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(literal, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, set):
        return "{" + ", ".join(sorted(map(literal, value))) + "}" if value else "set()"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    return ascii(value)


def coerced(value: Value, type_: Type) -> Value:
    """``value`` as ``type_`` writes it: an int as a float, a JSON list as a tuple or set; else unchanged.

    The result need not conform: ``conforms`` is still the judge.
    """
    if type_.head == "|":
        if conforms(value, type_):
            exact = [member for member in type_.args if conforms(value, member)]
            return value if any(member.head != "float" for member in exact) else coerced(value, exact[0])
        fitting = (coerced(value, member) for member in type_.args)
        return next((item for item in fitting if conforms(item, type_)), value)
    match value, type_.head:
        case int(), "float" if not isinstance(value, bool):
            return _as_float(value)
        case list(), "list":
            return [coerced(item, type_.args[0]) for item in value]
        case list(), "set":
            return _as_set(value, type_.args[0])
        case set(), "set":
            return {coerced(item, type_.args[0]) for item in value}
        case dict(), "set" if not value:
            return set()
        case dict(), "dict":
            key, item_type = type_.args
            return {coerced(k, key): coerced(item, item_type) for k, item in value.items()}
        case ((list() | tuple()), "tuple"):
            return _as_tuple(value, type_.args)
    return value


def conforms(value: object, type_: Type) -> bool:
    """Whether ``value`` is of ``type_``. An int is a float here (``2`` for ``2.0``); a bool is not an int."""
    match type_.head:
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "str":
            return isinstance(value, str)
        case "bool":
            return isinstance(value, bool)
        case "None":
            return value is None
        case "list":
            return isinstance(value, list) and all(conforms(item, type_.args[0]) for item in value)
        case "set":
            return isinstance(value, set) and all(conforms(item, type_.args[0]) for item in value)
        case "dict":
            key, item_type = type_.args
            return isinstance(value, dict) and all(
                conforms(k, key) and conforms(v, item_type) for k, v in value.items()
            )
        case "tuple":
            return isinstance(value, tuple) and _tuple_conforms(value, type_.args)
        case _:
            return any(conforms(value, member) for member in type_.args)


def same(left: object, right: object) -> bool:
    """Equality as specs mean it: ``True`` is not ``1``; floats within rel or abs 1e-9; NaN equals NaN."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, float) or isinstance(right, float):
        if not (isinstance(left, int | float) and isinstance(right, int | float)):
            return False
        return _close(left, right)
    if type(left) is not type(right):
        return False
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return left == right


def _as_float(value: int) -> Value:
    try:
        return float(value)
    except OverflowError:
        return value


def _as_set(value: list[Value], element: Type) -> Value:
    items = [coerced(item, element) for item in value]
    try:
        return set(items)
    except TypeError:  # an element that cannot be hashed: the list stays, and does not conform
        return value


def _as_tuple(value: list[Value] | tuple[Value, ...], args: tuple[Type, ...]) -> Value:
    variadic = len(args) == 2 and args[1].head == "..."
    types = (args[0],) * len(value) if variadic else args
    if len(types) != len(value):
        return value
    return tuple(map(coerced, value, types))


def _close(left: float, right: float) -> bool:
    try:
        if math.isnan(left) or math.isnan(right):
            return math.isnan(left) and math.isnan(right)
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    except OverflowError:  # an int too large for a float
        return left == right


def _tuple_conforms(value: tuple[object, ...], args: tuple[Type, ...]) -> bool:
    if len(args) == 2 and args[1].head == "...":
        return all(conforms(item, args[0]) for item in value)
    return len(value) == len(args) and all(map(conforms, value, args))


def _hashable(value: Value, node: ast.expr) -> Value:
    try:
        hash(value)
    except TypeError:
        raise LiteralSyntaxError(f"'{_source(node)}' cannot be a key or set element") from None
    return value


def _source(node: ast.expr) -> str:
    try:
        return _shorten(ast.unparse(node))
    except (RecursionError, ValueError):  # too deep, or an integer too long to print
        return "..."


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
