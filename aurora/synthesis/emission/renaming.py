"""Better names for what a found program binds: comprehensions' variables, loops' variables, and accumulators."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from aurora.synthesis.emission.naming import (
    free,
    gives_pairs,
    item_options,
    pair_options,
    says_nothing,
    value_options,
)
from aurora.synthesis.emission.shapes import (
    COMPREHENSIONS,
    Comprehension,
    Put,
    bound_names,
    mentions,
    name,
    names_in,
    put,
)
from aurora.synthesis.emission.typing import Scope, bindings, element_of, typed
from aurora.synthesis.emission.variables import walked

_ACCUMULATORS: Final = {"int": "total", "float": "total", "str": "result", "bool": "found", "dict": "result"}


def renamed(block: Sequence[ast.stmt], scope: Scope, taken: set[str]) -> list[ast.stmt]:
    """The block with better names. ``scope`` has its variables, ``taken`` are names that it must not bind."""
    made = list(block)
    for old, options in _variables(block, scope):
        if old in taken:
            continue
        used = taken | {each for statement in made for each in names_in(statement) if each != old}
        new = free(options, used)
        if new != old:
            swap = Put({old: name(new)})
            made = [swap.visit(statement) for statement in made]
            scope = Scope(
                {new if key == old else key: kind for key, kind in scope.names.items()}, scope.functions
            )
    inner = _Inner(scope, taken | {each for statement in made for each in _bound_by(statement)})
    for statement in made:
        inner.visit(statement)
    return made


def _bound_by(statement: ast.stmt) -> set[str]:
    """The names that a statement binds in the function itself."""
    parts = list(ast.walk(statement))
    stored = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    generators = [part for part in parts if isinstance(part, ast.comprehension)]
    return stored - {each for generator in generators for each in bound_names(generator.target)}


def _variables(block: Sequence[ast.stmt], scope: Scope) -> Iterator[tuple[str, list[str]]]:
    """The variables of the function that need names, with options, in order of first mention."""
    seen: set[str] = set()
    for statement in walked(block):
        match statement:
            case ast.For(target=target, iter=source, body=body):
                unused = [
                    each for each in bound_names(target) if not any(mentions(part, each) for part in body)
                ]
                for old, options in _items(target, source, scope):
                    alone = isinstance(target, ast.Name) or gives_pairs(source)
                    if old not in seen and (says_nothing(old, alone=alone) or old in unused) and old != "_":
                        seen.add(old)
                        yield old, (["_"] if old in unused else options)
            case ast.Assign(targets=[ast.Name(id=old)], value=value) if old not in seen and says_nothing(old):
                seen.add(old)
                yield old, _roles(block, old, value, scope)


def _items(target: ast.expr, source: ast.expr, scope: Scope) -> Iterator[tuple[str, list[str]]]:
    if isinstance(target, ast.Name):
        yield target.id, list(item_options(source, scope))
    elif isinstance(target, ast.Tuple):
        options = pair_options(source, scope)
        for place, part in enumerate(target.elts):
            if isinstance(part, ast.Name):
                yield part.id, options[place] if place < len(options) else ["item", "each", "value"]


def _roles(block: Sequence[ast.stmt], old: str, value: ast.expr, scope: Scope) -> list[str]:
    """Options for a variable that is assigned: what it adds up to, or what it is."""
    grown = [
        statement
        for statement in walked(block)
        if isinstance(statement, ast.AugAssign)
        and isinstance(statement.target, ast.Name)
        and statement.target.id == old
    ]
    kind = scope.names.get(old)
    if grown and isinstance(grown[0].value, ast.Constant) and grown[0].value.value == 1:
        return ["count", "total", "number"]
    again = sum(isinstance(each, ast.Assign) and old in _bound_by(each) for each in walked(block)) > 1
    if isinstance(value, ast.List) or (kind is not None and kind.head in ("list", "dict", "set")):
        return ["result", "items", "found"]
    if kind is not None and (grown or again):
        return [_ACCUMULATORS.get(kind.head, "result"), "current", "value"]
    return [*value_options(value, scope), "value"]


class _Inner(ast.NodeTransformer):
    """Renames the variables of comprehensions, outer ones first; each knows what is taken where it stands."""

    def __init__(self, scope: Scope, taken: set[str]) -> None:
        self._scope, self._taken = scope, taken

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, COMPREHENSIONS):
            return self._comprehension(node)
        if isinstance(node, ast.Call) and node.args:
            for keyword in node.keywords:
                self._key(keyword, node.args[0])
        return self.generic_visit(node)

    def _key(self, keyword: ast.keyword, source: ast.expr) -> None:
        """Rename the variable of a key such as ``key=lambda x: x[-1]``."""
        match keyword.value:
            case ast.Lambda(args=ast.arguments(args=[parameter]), body=body) if says_nothing(parameter.arg):
                used = self._taken | (names_in(body) - {parameter.arg})
                new = free(item_options(source, self._scope), used)
                keyword.value = ast.Lambda(
                    ast.arguments([], [ast.arg(new)], None, [], [], None, []),
                    put(body, {parameter.arg: name(new)}),
                )

    def _comprehension(self, node: Comprehension) -> ast.AST:
        scope, taken = self._scope, set(self._taken)
        first = _Inner(scope, taken).visit(node.generators[0].iter)
        assert isinstance(first, ast.expr)
        node.generators[0].iter = ast.Constant(None)  # out of reach: it does not see the variables
        source = first
        for place in range(len(node.generators)):
            if place:
                source = node.generators[place].iter
            for old, options in list(_items(node.generators[place].target, source, scope)):
                used = taken | (names_in(node) - {old})
                if mentions(node, old) == 1:
                    node = _swapped(node, old, "_")
                    continue
                alone = isinstance(node.generators[place].target, ast.Name) or gives_pairs(source)
                if old != "_" and (says_nothing(old, alone=alone) or old in taken):
                    node = _swapped(node, old, free(options, used))
            bound = bindings(node.generators[place].target, element_of(typed(source, scope)))
            scope, taken = scope.having(bound), taken | set(bound)
        node.generators[0].iter = first
        within = _Inner(scope, taken)
        for place, generator in enumerate(node.generators):
            if place:
                generator.iter = _expression(within.visit(generator.iter))
            generator.ifs = [_expression(within.visit(test)) for test in generator.ifs]
        if isinstance(node, ast.DictComp):
            node.key, node.value = _expression(within.visit(node.key)), _expression(within.visit(node.value))
        else:
            node.elt = _expression(within.visit(node.elt))
        return node


def _swapped(node: Comprehension, old: str, new: str) -> Comprehension:
    swapped = put(node, {old: name(new)}) if new != old else node
    assert isinstance(swapped, COMPREHENSIONS)
    return swapped


def _expression(node: ast.AST) -> ast.expr:
    assert isinstance(node, ast.expr)
    return node
