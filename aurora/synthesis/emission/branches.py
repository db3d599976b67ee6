"""Answers with conditions: trailing ``if ...: return ...`` joined for simplification, and parted again for reading.

Guards come first: the branch that is no conditional itself is returned early, the chain goes on without ``else``.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from aurora.synthesis.emission.layout import expression
from aurora.synthesis.emission.truth import negated
from aurora.synthesis.emission.typing import Scope

INLINE: Final = 70
"""A conditional expression up to this length stays an expression, if it has two answers only."""


def joined_returns(block: list[ast.stmt]) -> list[ast.stmt]:
    """A block's last ``if``s and ``return`` as one returned conditional, as far as they hold nothing else."""
    if not block or not isinstance(block[-1], ast.Return | ast.If):
        return block
    *before, last = block
    value = _answer([last])
    if value is None:
        return block
    while before and isinstance(before[-1], ast.If) and not before[-1].orelse:
        guarded = _answer(before[-1].body)
        if guarded is None:
            break
        value = ast.IfExp(before[-1].test, guarded, value)
        before.pop()
    return [*before, ast.Return(value)]


def _answer(block: Sequence[ast.stmt]) -> ast.expr | None:
    """The value that a block of nothing but conditions and ``return`` gives."""
    match block:
        case [ast.Return(value=ast.expr() as value)]:
            return value
        case [ast.If(test=test, body=body, orelse=orelse), *rest]:
            one, other = _answer(body), _answer(orelse or rest)
            if one is not None and other is not None and not (orelse and rest):
                return ast.IfExp(test, one, other)
    return None


def flat(block: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The block without an ``else`` after a branch that leaves, and without what is never reached."""
    made: list[ast.stmt] = []
    for statement in block:
        match statement:
            case ast.If(test=test, body=body, orelse=orelse) if orelse and leaves(body):
                made += [ast.If(test, flat(body), []), *flat(orelse)]
            case ast.If(test=test, body=body, orelse=orelse):
                made.append(ast.If(test, flat(body), flat(orelse)))
            case ast.For(target=target, iter=source, body=body):
                made.append(ast.For(target, source, flat(body), []))
            case ast.While(test=test, body=body):
                made.append(ast.While(test, flat(body), []))
            case _:
                made.append(statement)
        if leaves(made):
            break
    return made


def leaves(block: Sequence[ast.stmt]) -> bool:
    """Whether nothing after the block is reached."""
    match block:
        case [*_, ast.Return() | ast.Raise() | ast.Continue() | ast.Break()]:
            return True
        case [*_, ast.If(body=body, orelse=orelse)]:
            return leaves(body) and leaves(orelse)
    return False


def guarded(value: ast.IfExp, scope: Scope) -> tuple[ast.expr, ast.expr, ast.expr]:
    """Test, what is returned at once, and what comes after: the branch that goes on is last."""
    test, body, orelse = value.test, value.body, value.orelse
    if isinstance(body, ast.IfExp) and not isinstance(orelse, ast.IfExp):
        clean = negated(test, scope)
        if clean is not None or not isinstance(test, ast.BoolOp):
            return clean or ast.UnaryOp(ast.Not(), test), orelse, body
    return test, body, orelse


def short(value: ast.IfExp) -> bool:
    """Whether a conditional is read at a glance."""
    nested = any(isinstance(part, ast.IfExp) for part in (value.body, value.orelse))
    return not nested and len(expression(value)) <= INLINE
