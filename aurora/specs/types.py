"""The types of the spec language, and the signature keys that ignore names."""

from __future__ import annotations

import ast
from functools import lru_cache

import msgspec

ATOMS = ("int", "float", "str", "bool", "None")
"""Types without arguments."""

ARITY = {"list": 1, "set": 1, "dict": 2}
"""Containers with a fixed number of arguments; ``tuple`` takes any number, or one and ``...``."""

_SYNONYMS = {
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "number": "float",
    "List": "list",
    "Dict": "dict",
    "Set": "set",
    "Tuple": "tuple",
    "none": "None",
    "null": "None",
}
_KEYS = {"int": "I", "float": "F", "str": "S", "bool": "B", "None": "0", "list": "L", "dict": "D", "set": "T"}
_KEYS |= {"tuple": "P", "|": "U", "...": "*"}


class Type(msgspec.Struct, frozen=True):
    """A type term. ``head`` is an atom, ``list``, ``dict``, ``set``, ``tuple``, ``...`` (the rest of a
    variadic tuple) or ``|`` (a union, members in canonical order, no duplicates, ``None`` last).
    """

    head: str
    args: tuple[Type, ...] = ()

    def __str__(self) -> str:
        if self.head == "|":
            return " | ".join(map(str, self.args))
        if self.head == "tuple" and not self.args:
            return "tuple[()]"
        return f"{self.head}[{', '.join(map(str, self.args))}]" if self.args else self.head

    @property
    def key(self) -> str:
        """The canonical short form: ``I F S B``, ``L[I]``, ``D[S,I]``, ``U[I,0]``."""
        head = _KEYS[self.head]
        return f"{head}[{','.join(arg.key for arg in self.args)}]" if self.args else head


class TypeSyntaxError(ValueError):
    """A type that the spec language does not have. The message names the offending part."""


@lru_cache(maxsize=4_096)
def parse_type(text: str) -> Type:
    """The type written as ``text`` (Python annotation syntax). Raises ``TypeSyntaxError``."""
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise TypeSyntaxError(f"'{text.strip()}' is not a type") from None
    return type_of(node)


def type_of(node: ast.expr) -> Type:
    """The type in an annotation node. Raises ``TypeSyntaxError``."""
    match _plain(node):
        case ast.Constant(value=None):
            return Type("None")
        case ast.Constant(value=str(inner)):
            return parse_type(inner)
        case ast.Name(id=name):
            head = _SYNONYMS.get(name, name)
            if head in ATOMS:
                return Type(head)
            if head in ARITY or head == "tuple":
                raise TypeSyntaxError(f"'{head}' needs the types of its elements, as in {_hint(head)}")
            raise TypeSyntaxError(f"unknown type '{name}'")
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return union((type_of(left), type_of(right)))
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner_node):
            return union((type_of(inner_node), Type("None")))
        case ast.Subscript(value=ast.Name(id="Union"), slice=inner_node):
            members = inner_node.elts if isinstance(inner_node, ast.Tuple) else [inner_node]
            if members:
                return union(tuple(map(type_of, members)))
        case ast.Subscript(value=ast.Name(id=name), slice=inner_node):
            return _container(_SYNONYMS.get(name, name), inner_node)
    raise TypeSyntaxError(f"'{ast.unparse(node)}' is not a type")


def _plain(node: ast.expr) -> ast.expr:
    """``typing.List[int]`` as ``List[int]``: where a name was imported from does not matter."""
    match node:
        case ast.Attribute(value=ast.Name(id="typing" | "t"), attr=name):
            return ast.Name(name)
        case ast.Subscript(value=ast.Attribute() as value, slice=inner):
            return ast.Subscript(_plain(value), inner)
    return node


def union(members: tuple[Type, ...]) -> Type:
    """The union of ``members``: flattened, without duplicates, in canonical order; one member is itself."""
    flat: dict[Type, None] = {}
    for member in members:
        for part in member.args if member.head == "|" else (member,):
            flat[part] = None
    ordered = tuple(sorted(flat, key=lambda part: (part.head == "None", str(part))))
    return ordered[0] if len(ordered) == 1 else Type("|", ordered)


def signature_key(parameters: tuple[Type, ...], returns: Type) -> str:
    """The key under which functions of equal types meet: ``(I,L[S])->B``; no names, no spaces."""
    return f"({','.join(parameter.key for parameter in parameters)})->{returns.key}"


def _container(head: str, inner: ast.expr) -> Type:
    nodes = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if head == "tuple":
        if len(nodes) == 2 and isinstance(nodes[1], ast.Constant) and nodes[1].value is Ellipsis:
            return Type("tuple", (type_of(nodes[0]), Type("...")))
        return Type("tuple", tuple(map(type_of, nodes)))
    if head not in ARITY:
        raise TypeSyntaxError(f"unknown type '{head}[...]'")
    if len(nodes) != ARITY[head]:
        raise TypeSyntaxError(f"'{head}' takes {ARITY[head]} type argument(s), as in {_hint(head)}")
    return Type(head, tuple(map(type_of, nodes)))


def _hint(head: str) -> str:
    return {"list": "list[int]", "set": "set[int]", "dict": "dict[str, int]", "tuple": "tuple[int, str]"}[
        head
    ]
