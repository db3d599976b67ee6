"""One walk over a Python syntax tree that tells everything tasks ask: symbols, edges, complexity, counts.

Without recursion, since trees may be deeper than Python's stack, and without a visitor class, since the standard
library has over a million nodes. Complexity counts as radon does: branches, loops and their ``else``, handlers,
boolean operators, comprehensions and their conditions, assertions, cases.
"""

from __future__ import annotations

import ast
from typing import Any, Final

from aurora.batch.facts import Facts, Scope
from aurora.batch.records import MODULE_SCOPE

_LEAVES: Final = frozenset(
    (
        *(ast.Constant, ast.Load, ast.Store, ast.Del, ast.Pass, ast.Break, ast.Continue),
        *ast.operator.__subclasses__(),
        *ast.unaryop.__subclasses__(),
        *ast.cmpop.__subclasses__(),
        *ast.boolop.__subclasses__(),
        *(ast.MatchSingleton, type(None), str, int, bool, bytes, float, complex, type(...)),
    )
)


def walk(tree: ast.Module) -> Facts:
    """Everything about a module."""
    facts = Facts()
    waiting: list[tuple[Scope, list[Any]]] = [(Scope(MODULE_SCOPE, "module", 1), list(tree.body))]
    while waiting:
        scope, nodes = waiting.pop()
        facts.scopes.append(scope)
        for node in nodes:  # before the definitions that they concern: the walk goes backwards
            if node.__class__ is ast.Global and scope.kind != "module":
                scope.outside.update(node.names)
        _walk_scope(facts, scope, nodes, waiting)
    module = facts.scopes[0]
    for scope in facts.scopes:
        for name in scope.around:
            scope.names.pop(name, None)
        for name in scope.outside:
            place = scope.names.pop(name, None)
            if place is not None and (name not in module.names or place < module.names[name]):
                module.names[name] = place
    return facts


def _walk_scope(facts: Facts, scope: Scope, stack: list[Any], waiting: list[tuple[Scope, list[Any]]]) -> None:
    """Walk what belongs to one scope; functions and classes in it wait for their turn."""
    leaves, actions, plain = _LEAVES, _ACTIONS, ast.AST
    while stack:
        node = stack.pop()
        kind = node.__class__
        if kind in leaves:
            continue
        action = actions.get(kind)
        if action is not None and action(facts, scope, node, stack, waiting):
            continue
        for value in node.__dict__.values():
            if value.__class__ is list:
                stack.extend(value)
            elif isinstance(value, plain):
                stack.append(value)


Waiting = list[tuple[Scope, list[Any]]]


def _function(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    facts.functions += 1
    arguments = node.args
    qualname = scope.inside + node.name
    if node.name in scope.outside:
        qualname = node.name
    facts.defined.append(
        (node.lineno, node.col_offset + 1, node.end_lineno, node.name, qualname, "function", scope.name)
    )
    stack += node.decorator_list
    stack += arguments.defaults
    stack += arguments.kw_defaults
    for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if each.annotation is not None:
            stack.append(each.annotation)
    for each in (arguments.vararg, arguments.kwarg):
        if each is not None and each.annotation is not None:
            stack.append(each.annotation)
    if node.returns is not None:
        stack.append(node.returns)
    waiting.append((Scope(qualname, "function", node.lineno), list(node.body)))
    return True


def _class(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    facts.classes += 1
    qualname = node.name if node.name in scope.outside else scope.inside + node.name
    facts.defined.append(
        (node.lineno, node.col_offset + 1, node.end_lineno, node.name, qualname, "class", scope.name)
    )
    stack += node.decorator_list
    stack += node.bases
    stack += node.keywords
    waiting.append((Scope(qualname, "class", node.lineno), list(node.body)))
    return True


def _name(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    if node.ctx.__class__ is ast.Store:
        scope.bind(node.id, _place(node))
    return True


def _place(node: Any) -> tuple[int, int, int]:
    return node.lineno, node.col_offset + 1, node.end_lineno


def _call(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    function = node.func
    if function.__class__ is ast.Name:
        target = function.id
    else:
        parts = []
        while function.__class__ is ast.Attribute:
            parts.append(function.attr)
            function = function.value
        if function.__class__ is not ast.Name:
            return False
        parts.append(function.id)
        parts.reverse()
        target = ".".join(parts)
    scope.link("calls", target, node.lineno, ())
    stack += node.args
    stack += node.keywords
    return True


def _import(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    facts.imports += 1
    for each in node.names:
        scope.link("imports", each.name, node.lineno, ())
    return True


def _import_from(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    facts.imports += 1
    target = "." * node.level + (node.module or "")
    scope.link("imports", target, node.lineno, tuple(sorted({each.name for each in node.names})))
    return True


def _one_more(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    scope.complexity += 1
    return False


def _assert(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    # radon counts an assertion as one decision, whatever conditions are written inside it
    scope.complexity += 1
    before = scope.complexity
    _walk_scope(facts, scope, [node.test] if node.msg is None else [node.test, node.msg], waiting)
    scope.complexity = before
    return True


def _boolean(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    scope.complexity += len(node.values) - 1
    return False


def _loop(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    scope.complexity += 1 + bool(node.orelse)
    return False


def _try(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    scope.complexity += len(node.handlers) + bool(node.orelse)
    return False


def _handler(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    if node.name:
        scope.bind(node.name, _place(node))
    return False


def _match(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    caught = any(isinstance(c.pattern, ast.MatchAs) and c.pattern.pattern is None for c in node.cases)
    scope.complexity += max(0, len(node.cases) - caught)
    return False


def _capture(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    if node.name:
        scope.bind(node.name, _place(node))
    return False


def _mapping(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    if node.rest:
        scope.bind(node.rest, _place(node))
    return False


def _comprehension(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    """Its targets live in the expression only: they are no variables of the scope."""
    scope.complexity += len(node.ifs) + 1
    stack.append(node.iter)
    stack += node.ifs
    return True


def _outside(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    if scope.kind != "module":
        scope.outside.update(node.names)
    return True


def _enclosing(facts: Facts, scope: Scope, node: Any, stack: list[Any], waiting: Waiting) -> bool:
    scope.around.update(node.names)
    return True


_ACTIONS: Final[dict[type, Any]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Name: _name,
    ast.Call: _call,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.If: _one_more,
    ast.IfExp: _one_more,
    ast.Assert: _assert,
    ast.BoolOp: _boolean,
    ast.For: _loop,
    ast.AsyncFor: _loop,
    ast.While: _loop,
    ast.Try: _try,
    ast.ExceptHandler: _handler,
    ast.Match: _match,
    ast.MatchAs: _capture,
    ast.MatchStar: _capture,
    ast.MatchMapping: _mapping,
    ast.comprehension: _comprehension,
    ast.Global: _outside,
    ast.Nonlocal: _enclosing,
}
if hasattr(ast, "TryStar"):
    _ACTIONS[ast.TryStar] = _try
