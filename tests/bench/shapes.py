"""The types that values show, where nobody wrote them down."""

from __future__ import annotations

from collections.abc import Sequence

from aurora.specs.types import Type
from aurora.specs.values import Value, coerced, conforms


def fitting(type_: Type | None, values: Sequence[Value]) -> Type | None:
    """The annotated type if the values are of it, else the type that the values show."""
    if type_ is not None and all(conforms(coerced(value, type_), type_) for value in values):
        return type_
    return _common([_shape(value) for value in values])


def _shape(value: Value) -> Type | None:
    """The type of a value; ``None`` where its elements have none in common."""
    match value:
        case None:
            return Type("None")
        case list() | set():
            element = _common([_shape(item) for item in value]) if value else Type("?")
            return Type(type(value).__name__, (element,)) if element else None
        case tuple():
            members = [_shape(item) for item in value]
            known = tuple(member for member in members if member)
            return Type("tuple", known) if len(known) == len(members) else None
        case dict():
            keys = _common([_shape(key) for key in value]) if value else Type("?")
            items = _common([_shape(item) for item in value.values()]) if value else Type("?")
            return Type("dict", (keys, items)) if keys and items else None
    return Type(type(value).__name__)


def _common(types: Sequence[Type | None]) -> Type | None:
    """The type that covers all: equal ones, int with float, empty containers, and ``None`` with another."""
    found: Type | None = Type("?")
    for type_ in types:
        if type_ is None or found is None:
            return None
        found = _joined(found, type_)
    return _settled(found) if found else None


def _joined(left: Type, right: Type) -> Type | None:
    if left == right or right.head == "?":
        return left
    if left.head == "?":
        return right
    if {left.head, right.head} == {"int", "float"}:
        return Type("float")
    if left.head == right.head and len(left.args) == len(right.args):
        members = [_joined(a, b) for a, b in zip(left.args, right.args, strict=True)]
        known = tuple(member for member in members if member)
        return Type(left.head, known) if len(known) == len(members) else None
    none = Type("None")
    if none in (left, right):
        other = right if left == none else left
        return other if other.head == "|" else Type("|", (other, none))
    if none in left.args and left.head == "|":
        inner = _joined(left.args[0], right)
        return Type("|", (inner, none)) if inner else None
    return None


def _settled(type_: Type) -> Type:
    """The type with ``int`` for what no value showed."""
    if type_.head == "?":
        return Type("int")
    return Type(type_.head, tuple(map(_settled, type_.args)))
