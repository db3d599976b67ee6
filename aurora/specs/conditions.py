"""Conditions: from an ``assert`` line to a vetted expression with typed variables. Nothing is evaluated."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Final

from aurora.specs.draft import DraftCondition
from aurora.specs.grammar import violation
from aurora.specs.inference import Inference, UnknownFunction, WrongArguments
from aurora.specs.kinds import TwoTypes
from aurora.specs.model import Condition, Signature, Variable
from aurora.specs.syntax import NotPython, excerpt, statements, without_comment, without_ticks
from aurora.specs.types import Type

RESULT_NAMES: Final = ("ret", "result")
"""Names for the function's result, unless a parameter is called so."""

_CONSTANTS: Final = {"true": True, "false": False, "null": None}


class ConditionError(ValueError):
    """A condition that cannot be used: code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def looks_like_condition(text: str) -> bool:
    """Whether a line without ``assert`` means to be a condition rather than prose."""
    clean = without_ticks(without_comment(text)).strip()
    if not re.search(r"[=!<>]=|[<>]|\w\(", clean):
        return False
    try:
        body = statements(clean)
    except NotPython:
        return bool(re.search(r"[=!<>]=", clean))
    match body:
        case [ast.Expr(value=ast.Compare() | ast.BoolOp() | ast.Call() | ast.UnaryOp(op=ast.Not()))]:
            return True
    return False


def read_condition(
    draft: DraftCondition, functions: Mapping[str, Signature], scope: Signature | None
) -> Condition:
    """The condition; ``scope`` gives the known parameters and the result. Raises ``ConditionError``."""
    aliases = [alias for alias in draft.aliases if alias not in functions]
    tree = _Names(aliases, scope).visit(_expression(draft.text))
    assert isinstance(tree, ast.expr)
    if trouble := violation(tree):
        raise ConditionError("SPEC-031", f"a condition cannot use {trouble}")
    known: dict[str, Type] = {p.name: p.type for p in scope.parameters} if scope else {}
    inference = Inference(functions, known)
    try:
        inference.run(tree)
    except UnknownFunction as error:
        raise ConditionError("SPEC-032", str(error)) from None
    except WrongArguments as error:
        raise ConditionError("SPEC-035", str(error)) from None
    except TwoTypes as error:
        raise ConditionError("SPEC-034", str(error)) from None
    untyped = [name for name, kind in inference.names.items() if kind is None]
    if untyped:
        raise ConditionError(
            "SPEC-033", f"the type of '{untyped[0]}' in '{excerpt(ast.unparse(tree))}' cannot be told"
        )
    variables = tuple(Variable(name, kind) for name, kind in inference.names.items() if kind is not None)
    return Condition(ast.unparse(tree), variables, tuple(inference.calls), draft.line)


def free_names(condition: Condition) -> Sequence[str]:
    """The names that the condition ranges over."""
    return [variable.name for variable in condition.variables]


def _expression(text: str) -> ast.expr:
    clean = without_ticks(without_comment(text)).strip().rstrip(";").strip()
    try:
        body = statements(clean)
    except NotPython as error:
        code = "SPEC-018" if error.large else "SPEC-030"
        raise ConditionError(code, f"the condition cannot be read: {error}") from None
    match body:
        case [ast.Assert(test=test)] | [ast.Expr(value=test)]:
            return test
    raise ConditionError("SPEC-030", f"'{excerpt(clean)}' is not a condition")


class _Names(ast.NodeTransformer):
    """JSON constants become Python's, ``ret`` becomes the call of its function, ``f`` the function itself."""

    def __init__(self, aliases: Sequence[str], scope: Signature | None) -> None:
        self._scope = scope
        self._own = {parameter.name for parameter in scope.parameters} if scope else set()
        self._aliases = aliases

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._own:
            return node
        if node.id in _CONSTANTS:
            return ast.Constant(_CONSTANTS[node.id])
        if self._scope is None:
            return node
        if node.id in self._aliases:
            return ast.Name(self._scope.name, ast.Load())
        if node.id in RESULT_NAMES:
            arguments: list[ast.expr] = [ast.Name(p.name, ast.Load()) for p in self._scope.parameters]
            return ast.Call(ast.Name(self._scope.name, ast.Load()), arguments, [])
        return node
