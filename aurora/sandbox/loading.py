"""Loading audited code inside a child: counted steps, few built-ins, and of modules only the listed names.

Use it in entries of the sandbox only: what passes the audit can still use up time and memory.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

from aurora.errors import Refused
from aurora.sandbox.audit import audit_code, audit_expression
from aurora.sandbox.steps import tick
from aurora.sandbox.vocabulary import BUILTINS, MODULES

_FILE = "<candidate>"
_TICK = "__tick__"  # audited code cannot name it


class CodeRefused(Refused):
    """The audit does not allow this code."""


def load_module(source: str) -> dict[str, object]:
    """The namespace of a module after its top level has run; ``CodeRefused`` before anything has."""
    _insist(audit_code(source))
    namespace = _namespace()
    tree = _Counting().visit(ast.parse(source))
    exec(compile(ast.fix_missing_locations(tree), _FILE, "exec", dont_inherit=True), namespace)
    return namespace


def load_expression(
    source: str, parameters: Sequence[str], names: Mapping[str, object]
) -> Callable[..., object]:
    """An expression as a function of its variables; ``names`` are the functions that it may call."""
    _insist(audit_expression(source, {*parameters, *names}))
    body = _Counting().visit(ast.parse(source, mode="eval")).body
    arguments = ast.arguments(
        posonlyargs=[],
        args=[ast.arg(name) for name in parameters],
        kwonlyargs=[],
        kw_defaults=[],
        defaults=[],
    )
    tree = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, body)))
    namespace = _namespace() | dict(names)
    function: Callable[..., object] = eval(compile(tree, _FILE, "eval", dont_inherit=True), namespace)
    return function


def _insist(violations: Sequence[str]) -> None:
    if violations:
        raise CodeRefused("SANDBOX-004", "; ".join(violations), hint="the code must keep to the allow-list")


def _namespace() -> dict[str, object]:
    return {"__builtins__": _safe_builtins(), "__name__": "candidate", _TICK: tick}


def _safe_builtins() -> dict[str, object]:
    safe: dict[str, object] = {name: getattr(builtins, name) for name in BUILTINS}
    safe["__import__"] = _import
    return safe


def _import(
    name: str,
    _globals: object = None,
    _locals: object = None,
    fromlist: Sequence[str] | None = None,
    level: int = 0,
) -> ModuleType:
    """``import a.b`` gives ``a`` with ``b`` in it, ``from a.b import c`` gives ``a.b``."""
    if name == "__future__":
        return import_module(name)
    if level or name not in MODULES:
        raise ImportError(f"import of {name} is not allowed")
    return _facade(name if fromlist else name.partition(".")[0])


@cache
def _facade(name: str) -> ModuleType:
    real = import_module(name)
    facade = ModuleType(name)
    for public in MODULES[name]:
        if hasattr(real, public):  # some names are newer than the oldest Python we support
            setattr(facade, public, getattr(real, public))
    for inner in MODULES:
        outer, _, last = inner.rpartition(".")
        if outer == name:
            setattr(facade, last, _facade(inner))
    return facade


class _Counting(ast.NodeTransformer):
    """Puts a tick at the start of every function and of every turn of every loop; changes nothing else."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        has_docstring = ast.get_docstring(node, clean=False) is not None
        node.body.insert(1 if has_docstring else 0, _counted(node))
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        # tick() is True, so ``tick() and body`` is the body.
        node.body = ast.copy_location(ast.BoolOp(ast.And(), [_tick(), node.body]), node.body)
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, _counted(node))
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, _counted(node))
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.ifs.insert(0, _tick())
        return node


def _tick() -> ast.Call:
    return ast.Call(ast.Name(_TICK, ast.Load()), [], [])


def _counted(near: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.Expr(_tick()), near)
