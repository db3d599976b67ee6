"""The types of expressions, as far as they are certain: what rules, names and annotations rest on.

A type is what *every* value has on inputs of the declared types. A ``float`` may be an int at run time, since specs
take ``2`` for ``2.0``; an ``int`` is never a bool. ``iterable[T]`` is what can only be gone through. ``None``: unknown.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from aurora.specs.types import Type, parse_type, union
from aurora.synthesis.cells import is_variadic
from aurora.synthesis.emission.shapes import integer
from aurora.synthesis.problem import Problem

INT: Final = Type("int")
FLOAT: Final = Type("float")
STR: Final = Type("str")
BOOL: Final = Type("bool")
NONE: Final = Type("None")
NUMBERS: Final = (INT, FLOAT)
SEQUENCES: Final = ("str", "list", "tuple", "set", "dict")


class Scope(NamedTuple):
    """The types of names, what functions of the library return, and which names are above zero for certain."""

    names: Mapping[str, Type]
    functions: Mapping[str, Type]
    positive: frozenset[str] = frozenset()

    def having(self, names: Mapping[str, Type | None]) -> Scope:
        """This scope inside something that binds ``names``."""
        known = {name: type_ for name, type_ in self.names.items() if name not in names}
        given = {name: type_ for name, type_ in names.items() if type_}
        return Scope({**known, **given}, self.functions, self.positive - set(names))


def scope_of(problem: Problem) -> Scope:
    """What a function's body may name."""
    functions = {entry.name: parse_type(entry.returns) for entry in problem.library}
    functions[problem.function] = parse_type(problem.returns)
    return Scope({name: parse_type(kind) for name, kind in problem.parameters}, functions)


def list_of(element: Type | None) -> Type | None:
    """``list[element]``."""
    return Type("list", (element,)) if element else None


def iterable(element: Type | None) -> Type | None:
    """What gives ``element`` after ``element``."""
    return Type("iterable", (element,)) if element else None


def element_of(type_: Type | None) -> Type | None:
    """What a loop over a value of ``type_`` sees."""
    if type_ is None:
        return None
    if type_.head == "str":
        return STR
    if type_.head in ("list", "set", "dict", "iterable") or is_variadic(type_):
        return type_.args[0]
    if type_.head == "tuple" and len(set(type_.args)) == 1:
        return type_.args[0]
    return None


def bindings(target: ast.expr, type_: Type | None) -> dict[str, Type | None]:
    """The names that ``target`` binds when it is given a value of ``type_``."""
    if isinstance(target, ast.Name):
        return {target.id: type_}
    found: dict[str, Type | None] = {}
    if isinstance(target, ast.Tuple | ast.List):
        fixed = type_ is not None and type_.head == "tuple" and not is_variadic(type_)
        parts = type_.args if type_ and fixed else (element_of(type_),) * len(target.elts)
        for part, kind in zip(target.elts, parts, strict=False):
            found |= bindings(part, kind)
    return found


def inside(generators: Iterable[ast.comprehension], scope: Scope) -> Scope:
    """The scope of a comprehension's element."""
    for generator in generators:
        element = element_of(typed(generator.iter, scope))
        scope = scope.having(bindings(generator.target, element))
        if isinstance(generator.target, ast.Name) and _from_one(generator.iter):
            scope = scope._replace(positive=scope.positive | {generator.target.id})
    return scope


def _from_one(source: ast.expr) -> bool:
    """Whether this counts up from a literal above zero."""
    match source:
        case ast.Call(func=ast.Name(id="range"), args=[start, _]):
            return (integer(start) or 0) > 0
    return False


def joined(types: Iterable[Type | None]) -> Type | None:
    """The type of a value that is one of several; int and float are float, X and None are optional."""
    found = list(dict.fromkeys(types))
    if not found or any(type_ is None for type_ in found):
        return None
    known = [type_ for type_ in found if type_]
    if set(known) == {INT, FLOAT}:
        return FLOAT
    others = [type_ for type_ in known if type_ != NONE and type_.head != "|"]
    if len(known) == 1:
        return known[0]
    if NONE in known and len(others) == len(known) - 1 == 1:
        return union((others[0], NONE))
    return None


def typed(node: ast.expr | None, scope: Scope) -> Type | None:
    """The type of an expression, where it is certain."""
    match node:
        case ast.Constant(value=value):
            return _of_constant(value)
        case ast.Name(id=identifier):
            return scope.names.get(identifier)
        case ast.JoinedStr():
            return STR
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return BOOL
        case ast.UnaryOp(operand=operand):
            inner = typed(operand, scope)
            return INT if inner == BOOL else inner if inner in NUMBERS else None
        case ast.BoolOp(values=values):
            return joined(typed(value, scope) for value in values)
        case ast.IfExp(body=body, orelse=orelse):
            return joined((typed(body, scope), typed(orelse, scope)))
        case ast.BinOp(left=left, op=op, right=right):
            return _of_operation(op, typed(left, scope), typed(right, scope))
        case ast.Subscript(value=value, slice=part):
            return _of_part(typed(value, scope), part)
        case ast.List(elts=elements):
            return list_of(_of_elements(elements, scope))
        case ast.Set(elts=elements):
            element = _of_elements(elements, scope)
            return Type("set", (element,)) if element else None
        case ast.Tuple(elts=elements):
            return _tuple([typed(element, scope) for element in elements])
        case ast.Dict(keys=keys, values=values) if keys and all(keys):
            return _dict(
                joined(typed(key, scope) for key in keys), joined(typed(value, scope) for value in values)
            )
        case ast.ListComp(elt=element_, generators=generators):
            return list_of(typed(element_, inside(generators, scope)))
        case ast.GeneratorExp(elt=element_, generators=generators):
            return iterable(typed(element_, inside(generators, scope)))
        case ast.SetComp(elt=element_, generators=generators):
            element = typed(element_, inside(generators, scope))
            return Type("set", (element,)) if element else None
        case ast.DictComp(key=key, value=item, generators=generators):
            within = inside(generators, scope)
            return _dict(typed(key, within), typed(item, within))
        case ast.Call():
            return _of_call(node, scope)
    return None


def _of_constant(value: object) -> Type | None:
    match value:
        case bool():
            return BOOL
        case int():
            return INT
        case float():
            return FLOAT
        case str():
            return STR
        case None:
            return NONE
    return None


def _of_elements(elements: list[ast.expr], scope: Scope) -> Type | None:
    return joined(
        element_of(typed(element.value, scope)) if isinstance(element, ast.Starred) else typed(element, scope)
        for element in elements
    )


def _tuple(parts: list[Type | None]) -> Type | None:
    known = tuple(part for part in parts if part)
    return Type("tuple", known) if len(known) == len(parts) else None


def _dict(key: Type | None, value: Type | None) -> Type | None:
    return Type("dict", (key, value)) if key and value else None


def _of_operation(op: ast.operator, left: Type | None, right: Type | None) -> Type | None:
    if left is None or right is None:
        return None
    numbers = {INT if type_ == BOOL else type_ for type_ in (left, right)}
    if numbers <= set(NUMBERS):
        if isinstance(op, ast.Div):
            return FLOAT
        if isinstance(op, ast.BitAnd | ast.BitOr | ast.BitXor) and left == right:
            return left
        return FLOAT if FLOAT in numbers else INT
    match op:
        case ast.Add() if left == right and left.head in ("str", "list"):
            return left
        case ast.Mult() if left.head in ("str", "list") and right == INT:
            return left
        case ast.Mult() if right.head in ("str", "list") and left == INT:
            return right
        case ast.Sub() | ast.BitAnd() | ast.BitXor() if left == right and left.head == "set":
            return left
        case ast.BitOr() if left == right and left.head in ("set", "dict"):
            return left
    return None


def _of_part(type_: Type | None, part: ast.expr) -> Type | None:
    if type_ is None:
        return None
    if isinstance(part, ast.Slice):
        return type_ if type_.head in ("str", "list") or is_variadic(type_) else None
    if type_.head == "dict":
        return type_.args[1]
    if type_.head == "tuple" and not is_variadic(type_):
        place = integer(part)
        inside_ = place is not None and -len(type_.args) <= place < len(type_.args)
        return type_.args[place] if inside_ and place is not None else element_of(type_)
    return element_of(type_) if type_.head in ("str", "list", "tuple") else None


Result = Callable[[list[Type | None]], Type | None]


def _always(type_: Type) -> Result:
    return lambda _: type_


def _first_element(arguments: list[Type | None]) -> Type | None:
    return element_of(arguments[0]) if arguments else None


def _list(arguments: list[Type | None]) -> Type | None:
    return list_of(_first_element(arguments))


def _pairs(arguments: list[Type | None]) -> Type | None:
    return iterable(_tuple([element_of(argument) for argument in arguments])) if arguments else None


def _sum(arguments: list[Type | None]) -> Type | None:
    element = _first_element(arguments)
    return INT if element in (INT, BOOL) else FLOAT if element == FLOAT else None


def _extreme(arguments: list[Type | None]) -> Type | None:
    return joined(arguments) if len(arguments) > 1 else _first_element(arguments)


def _same(arguments: list[Type | None]) -> Type | None:
    return arguments[0] if arguments and arguments[0] in NUMBERS else None


def _set(arguments: list[Type | None]) -> Type | None:
    element = _first_element(arguments)
    return Type("set", (element,)) if element else None


def _mapping(arguments: list[Type | None]) -> Type | None:
    if not arguments or arguments[0] is None:
        return None
    if arguments[0].head == "dict":
        return arguments[0]
    pair = element_of(arguments[0])
    return Type("dict", pair.args) if pair and pair.head == "tuple" and len(pair.args) == 2 else None


def _counter(arguments: list[Type | None]) -> Type | None:
    return _dict(_first_element(arguments), INT)


def _indexed(arguments: list[Type | None]) -> Type | None:
    return iterable(_tuple([INT, _first_element(arguments)]))


def _round(arguments: list[Type | None]) -> Type | None:
    return INT if len(arguments) == 1 and arguments[0] in NUMBERS else _same(arguments)


_FUNCTIONS: dict[str, Result] = {
    **dict.fromkeys(("len", "int", "ord"), _always(INT)),
    **dict.fromkeys(("str", "chr", "bin", "hex", "oct", "repr", "ascii"), _always(STR)),
    **dict.fromkeys(("any", "all", "bool", "isinstance"), _always(BOOL)),
    **dict.fromkeys(("max", "min"), _extreme),
    "float": _always(FLOAT), "sum": _sum, "abs": _same, "round": _round, "sorted": _list, "list": _list,
    "set": _set, "dict": _mapping, "Counter": _counter, "enumerate": _indexed, "zip": _pairs,
    "range": lambda _: iterable(INT), "reversed": lambda types: iterable(_first_element(types)),
    "divmod": lambda _: None, "accumulate": lambda types: iterable(_first_element(types)),
    "pairwise": lambda types: iterable(_tuple([_first_element(types)] * 2)),
    "groupby": lambda types: iterable(_tuple([_first_element(types), iterable(_first_element(types))])),
}  # fmt: skip

_MATH: dict[str, Type] = {
    **dict.fromkeys(("floor", "ceil", "gcd", "lcm", "isqrt", "factorial", "comb", "perm", "trunc"), INT),
    **dict.fromkeys(("sqrt", "hypot", "log", "exp", "sin", "cos", "dist", "pow"), FLOAT),
}

_TEXT: dict[str, Type | None] = {
    **dict.fromkeys(
        (
            "lower", "upper", "strip", "lstrip", "rstrip", "title", "capitalize", "swapcase", "removeprefix",
            "removesuffix", "zfill", "rjust", "ljust", "center", "replace", "join", "format", "casefold",
        ),
        STR,
    ),
    **dict.fromkeys(("split", "splitlines", "rsplit"), list_of(STR)),
    **dict.fromkeys(("partition", "rpartition"), Type("tuple", (STR, STR, STR))),
    **dict.fromkeys(("count", "find", "rfind", "index", "rindex"), INT),
    **dict.fromkeys(
        (
            "isdigit", "isalpha", "isalnum", "isupper", "islower", "isspace", "startswith", "endswith",
            "isnumeric", "isdecimal", "istitle", "isidentifier",
        ),
        BOOL,
    ),
}  # fmt: skip


def _of_call(node: ast.Call, scope: Scope) -> Type | None:
    match node.func:
        case ast.Name(id=called):
            if called in scope.functions:
                return scope.functions[called]
            match node.args:
                case [ast.Starred(value=rows)] if called == "zip":
                    cell = element_of(element_of(typed(rows, scope)))
                    return iterable(Type("tuple", (cell, Type("...")))) if cell else None
            if called in scope.names or any(isinstance(argument, ast.Starred) for argument in node.args):
                return None
            types = [typed(argument, scope) for argument in node.args]
            if called == "next":
                return joined([_first_element(types), *types[1:]])
            if called in ("max", "min") and any(keyword.arg == "default" for keyword in node.keywords):
                defaults = [typed(each.value, scope) for each in node.keywords if each.arg == "default"]
                return joined([_first_element(types), *defaults])
            return _FUNCTIONS[called](types) if called in _FUNCTIONS else None
        case ast.Attribute(value=ast.Name(id="math"), attr=attr) if "math" not in scope.names:
            if attr == "prod":
                return _sum([typed(argument, scope) for argument in node.args])
            return _MATH.get(attr)
        case ast.Attribute(value=ast.Name(id="re"), attr=attr) if "re" not in scope.names:
            return {"findall": list_of(STR), "split": list_of(STR), "sub": STR}.get(attr)
        case ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys"):
            types = [typed(argument, scope) for argument in node.args]
            return _dict(_first_element(types), types[1] if len(types) > 1 else NONE)
        case ast.Attribute(value=value, attr=attr):
            return _of_method(typed(value, scope), attr, [typed(argument, scope) for argument in node.args])
    return None


def _of_method(type_: Type | None, attr: str, arguments: list[Type | None]) -> Type | None:
    if type_ is None:
        return None
    if type_ == STR:
        return _TEXT.get(attr)
    if type_.head in ("list", "tuple") and attr in ("count", "index"):
        return INT
    if type_ == INT and attr in ("bit_count", "bit_length"):
        return INT
    if type_.head != "dict":
        return None
    key, value = type_.args
    match attr:
        case "items":
            return iterable(Type("tuple", (key, value)))
        case "keys":
            return iterable(key)
        case "values":
            return iterable(value)
        case "get":
            return joined((value, arguments[1] if len(arguments) > 1 else NONE))
        case "most_common":
            return list_of(Type("tuple", (key, value)))
    return None
