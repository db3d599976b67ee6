"""The types of local variables, from everything that is assigned to them, and the annotations that mypy needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from aurora.specs.types import Type
from aurora.synthesis.emission.shapes import bound_names, copied, mentions
from aurora.synthesis.emission.typing import (
    Scope,
    bindings,
    element_of,
    joined,
    list_of,
    typed,
)

_ROUNDS: Final = 4
"""A variable's type may rest on another's: so many deep."""


def walked(block: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Every statement of a block, in order."""
    for statement in block:
        yield statement
        for inner in ("body", "orelse"):
            yield from walked(getattr(statement, inner, []))


def with_locals(block: Sequence[ast.stmt], scope: Scope, returns: Type) -> Scope:
    """``scope`` with the variables that ``block`` assigns; those of mixed types are left out."""
    known: dict[str, Type | None] = {}
    for _ in range(_ROUNDS):
        inner = scope.having(known)
        given = _given(block, inner)
        known = {name: joined(type_ for type_ in types if type_) for name, types in given.items()}
        for name in known:
            if known[name] is None and None in given[name] and _returned(block, name):
                known[name] = returns
    final = _given(block, scope.having(known))
    return scope.having({name: known[name] if known[name] else None for name in final})


def _given(block: Sequence[ast.stmt], scope: Scope) -> dict[str, list[Type | None]]:
    """For each variable the types of what it is given."""
    found: dict[str, list[Type | None]] = {}

    def give(name: str, type_: Type | None) -> None:
        found.setdefault(name, []).append(type_)

    for statement in walked(block):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                give(name, _grown(name, value, scope) or typed(value, scope))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                give(name, typed(value, scope))
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                give(name, typed(ast.BinOp(ast.Name(name, ast.Load()), op, value), scope))
            case ast.Assign(targets=[ast.Tuple() as target], value=ast.Tuple() as value):
                for one, part in zip(target.elts, value.elts, strict=False):
                    if isinstance(one, ast.Name):
                        give(one.id, typed(part, scope))
            case ast.Assign(targets=[ast.Tuple() as target], value=value):
                for name, type_ in bindings(target, typed(value, scope)).items():
                    give(name, type_)
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=key)], value=value):
                if name in found:
                    table = scope.names.get(name)
                    if table is None or table.head == "dict":
                        give(
                            name, _table(typed(key, scope), typed(_Missing(name).visit(copied(value)), scope))
                        )
            case ast.For(target=target, iter=source):
                for name, type_ in bindings(target, element_of(typed(source, scope))).items():
                    give(name, type_)
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(
                        value=ast.Call(
                            func=ast.Attribute(value=ast.Name(id=name), attr="setdefault"),
                            args=[key, ast.List(elts=[])],
                        ),
                        attr="append",
                    ),
                    args=[item],
                )
            ):
                give(name, _table(typed(key, scope), list_of(typed(item, scope))))
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr), args=[item])
            ):
                if attr == "append":
                    give(name, list_of(typed(item, scope)))
                elif attr == "add":
                    element = typed(item, scope)
                    give(name, Type("set", (element,)) if element else None)
    return found


class _Missing(ast.NodeTransformer):
    """Puts the default in the place of ``table.get(key, default)``: what it is before anything is known."""

    def __init__(self, table: str) -> None:
        self._table = table

    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="get"), args=[_, default]):
                if owner == self._table:
                    return default
        self.generic_visit(node)
        return node


def _table(key: Type | None, value: Type | None) -> Type | None:
    return Type("dict", (key, value)) if key and value else None


def _grown(name: str, value: ast.expr, scope: Scope) -> Type | None:
    """What ``result = result + [x]`` says about a ``result`` that began empty."""
    match value:
        case ast.BinOp(left=ast.Name(id=left), op=ast.Add(), right=right) if left == name:
            return typed(right, scope) if isinstance(right, ast.List) else None
        case ast.List(elts=[*_] as elements) if mentions(value, name):
            own = [each for each in elements if not isinstance(each, ast.Starred)]
            return list_of(joined(typed(each, scope) for each in own)) if own else None
    return None


def _returned(block: Sequence[ast.stmt], name: str) -> bool:
    """Whether the variable is an answer as it is."""
    for statement in walked(block):
        match statement:
            case ast.Return(value=ast.Name(id=returned)) if returned == name:
                return True
    return False


def annotated(block: Sequence[ast.stmt], scope: Scope) -> list[ast.stmt]:
    """The block with annotations at the first assignments that need one: an empty list, ``None``, a later float."""
    seen: set[str] = set()
    return _annotated(block, scope, seen)


def _annotated(block: Sequence[ast.stmt], scope: Scope, seen: set[str]) -> list[ast.stmt]:
    made: list[ast.stmt] = []
    for statement in block:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=value) if name not in seen:
                seen.add(name)
                wanted = scope.names.get(name)
                if wanted is not None and typed(value, scope) != wanted:
                    statement = ast.AnnAssign(target, annotation(wanted), value, 1)
            case ast.AnnAssign(target=target):
                seen.update(bound_names(target))
            case ast.Assign(targets=targets):
                seen.update(name for target in targets for name in bound_names(target))
            case ast.If(test=test, body=body, orelse=orelse):
                statement = ast.If(test, _annotated(body, scope, seen), _annotated(orelse, scope, seen))
            case ast.For(target=target_, iter=source, body=body):
                statement = ast.For(target_, source, _annotated(body, scope, seen), [])
            case ast.While(test=test, body=body):
                statement = ast.While(test, _annotated(body, scope, seen), [])
        made.append(statement)
    return made


def annotation(type_: Type) -> ast.expr:
    """A type as it is written."""
    return ast.parse(str(type_), mode="eval").body
