"""The values inside the search: hashable, typed apart, and errors are values too.

Lists are tuples here, so that vectors of them can be looked up; a float parameter's ``2`` is ``2.0``.
"""

from __future__ import annotations

import math

from aurora.specs.types import Type
from aurora.specs.values import Value, literal

Cell = object
"""A value of one type on one lane: int, float, str, bool, None, a tuple or frozenset of cells, a ``Mapping``,
or ``Raised``."""

Vector = tuple[Cell, ...]
"""What an expression gives on every lane, that is, on every input the search looks at."""

MAX_LENGTH = 2_000
"""The longest string or list that an operator may build."""

MAX_INTEGER = 10**40
"""The bound of the integers that an operator may build by multiplying or raising."""


class Raised:
    """An exception as a value: the same name is the same object, so that comparing is identity."""

    __slots__ = ("name",)
    _all: dict[str, Raised] = {}

    name: str

    def __new__(cls, name: str) -> Raised:
        known = cls._all.get(name)
        if known is None:
            known = super().__new__(cls)
            known.name = name
            cls._all[name] = known
        return known

    def __repr__(self) -> str:
        return f"raises {self.name}"


class Mapping(dict["Cell", "Cell"]):
    """A dictionary as a value: nobody changes it, and equal ones have equal hashes, whatever their order."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


class TooLarge(Exception):
    """An operator would have built something beyond the limits: what it would be is unknown."""


class Unsupported(Exception):
    """A type that this engine cannot search over."""


def encode(value: Value, type_: Type) -> Cell:
    """``value`` as a cell of ``type_``. Raises ``Unsupported`` for mixed unions."""
    match type_.head:
        case "float" if isinstance(value, int | float) and not isinstance(value, bool):
            return _float(value)
        case "list" if isinstance(value, list):
            return tuple(encode(item, type_.args[0]) for item in value)
        case "tuple" if isinstance(value, tuple) and is_variadic(type_):
            return tuple(encode(item, type_.args[0]) for item in value)
        case "set" if isinstance(value, set):
            return frozenset(encode(item, type_.args[0]) for item in value)
        case "dict" if isinstance(value, dict):
            key, item = type_.args
            return Mapping({encode(k, key): encode(v, item) for k, v in value.items()})
        case "tuple" if isinstance(value, tuple):
            return tuple(encode(item, part) for item, part in zip(value, type_.args, strict=True))
        case "|" if optional(type_) is not None:
            inner = optional(type_)
            assert inner is not None
            return None if value is None else encode(value, inner)
        case "int" | "str" | "bool" | "None":
            return value
    raise Unsupported(str(type_))


def sound(cell: Cell) -> bool:
    """Whether a cell is a value through and through: NaN, infinities and floats out of range are exceptions in it."""
    if isinstance(cell, tuple | frozenset):
        return all(map(sound, cell))
    if isinstance(cell, Mapping):
        return all(sound(key) and sound(item) for key, item in cell.items())
    return not isinstance(cell, Raised)


def decode(cell: Cell, type_: Type) -> Value:
    """The Python value of a cell: the inverse of ``encode``."""
    if type_.head == "list" and isinstance(cell, tuple):
        return [decode(item, type_.args[0]) for item in cell]
    if isinstance(cell, frozenset):
        return {decode(item, type_.args[0]) for item in cell}
    if isinstance(cell, Mapping):
        key, item = type_.args
        return {decode(k, key): decode(v, item) for k, v in cell.items()}
    if type_.head == "tuple" and isinstance(cell, tuple) and is_variadic(type_):
        return tuple(decode(item, type_.args[0]) for item in cell)
    if type_.head == "tuple" and isinstance(cell, tuple):
        return tuple(decode(item, part) for item, part in zip(cell, type_.args, strict=True))
    inner = optional(type_)
    if inner is not None:
        return None if cell is None else decode(cell, inner)
    assert cell is None or isinstance(cell, int | float | str)
    return cell


def supported(type_: Type) -> bool:
    """Whether the search has values of ``type_``."""
    match type_.head:
        case "int" | "float" | "str" | "bool" | "None":
            return True
        case "list" | "set" | "dict":
            return all(map(supported, type_.args))
        case "tuple":
            return all(supported(part) for part in type_.args if part.head != "...")
    inner = optional(type_)
    return inner is not None and supported(inner)


def optional(type_: Type) -> Type | None:
    """The ``X`` of ``X | None``, else nothing."""
    if type_.head == "|" and len(type_.args) == 2 and type_.args[1].head == "None":
        return type_.args[0]
    return None


def is_variadic(type_: Type) -> bool:
    """Whether this is ``tuple[X, ...]``."""
    return len(type_.args) == 2 and type_.args[1].head == "..."


def contains_float(type_: Type) -> bool:
    """Whether values of ``type_`` are compared with a tolerance."""
    return type_.head == "float" or any(map(contains_float, type_.args))


def shown(result: Value | Raised) -> str:
    """A result as text: a literal, or ``raises NAME``."""
    return repr(result) if isinstance(result, Raised) else literal(result)


def _float(value: float) -> Cell:
    try:
        number = float(value)
    except OverflowError:
        return Raised("OverflowError")
    return number if math.isfinite(number) else Raised("NotFinite")
