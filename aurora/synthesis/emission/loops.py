"""Loops as people write them: ``append`` and ``+=``, comprehensions and ``sum`` where a loop only gathers.

A loop becomes an expression only if its variable is used nowhere else and the gathered value plays no part in it, so
that the same things happen in the same order.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from typing import Final

from aurora.synthesis.emission.shapes import (
    bound_names,
    call,
    integer,
    literal,
    mentions,
    method,
    name,
    names_in,
    text,
    truth,
)
from aurora.synthesis.emission.truth import opposite
from aurora.synthesis.emission.typing import FLOAT, INT, STR, Scope
from aurora.synthesis.emission.variables import walked

_READERS: Final = frozenset(
    {"len", "sum", "max", "min", "sorted", "set", "any", "all", "str", "list", "tuple", "dict"}
)
"""Functions that look at a value and do not keep it."""


def step(statement: ast.stmt, scope: Scope, fresh: frozenset[str]) -> list[ast.stmt]:
    """An assignment of a variable's own value and more, said shortly. ``fresh`` lists are nobody else's."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=target)], value=ast.Name(id=value)) if target == value:
            return []
        case ast.Assign(targets=[ast.Name(id=target)], value=ast.IfExp(test=test, body=body, orelse=orelse)):
            own = [isinstance(part, ast.Name) and part.id == target for part in (body, orelse)]
            if any(own) or any(isinstance(part, ast.IfExp) for part in (body, orelse)):
                then, otherwise = (step(_assign(target, part), scope, fresh) for part in (body, orelse))
                return _branching(test, then, otherwise, scope)
        case ast.Assign(
            targets=[ast.Name(id=target)],
            value=ast.Call(func=ast.Name(id="max" | "min") as function, args=[first, ast.Name(id=own)]),
        ) if own == target and scope.names.get(target) in (INT, STR) and not mentions(first, target):
            return [_assign(target, ast.Call(function, [name(target), first], []))]
        case ast.Assign(targets=[ast.Name(id=target)], value=ast.BinOp(left=left, op=op, right=right)):
            kind = scope.names.get(target)
            if isinstance(left, ast.Name) and left.id == target and not mentions(right, target):
                if kind in (INT, FLOAT, STR):
                    return _increased(target, op, right, scope)
                if target in fresh and isinstance(op, ast.Add | ast.BitOr):
                    return [ast.AugAssign(ast.Name(target, ast.Store()), op, right)]
            commutes = isinstance(op, ast.Add | ast.Mult) and kind == INT
            if commutes and isinstance(right, ast.Name) and right.id == target and not mentions(left, target):
                return _increased(target, op, left, scope)
        case ast.Assign(targets=[ast.Name(id=target)], value=ast.List(elts=[ast.Starred(value=own), *items])):
            mine = target in fresh and isinstance(own, ast.Name) and own.id == target
            if mine and not any(isinstance(item, ast.Starred) for item in items):
                return [ast.Expr(method(name(target), "append", item)) for item in items]
    return [statement]


def _branching(
    test: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt], scope: Scope
) -> list[ast.stmt]:
    """``if`` and ``else`` without the branches in which nothing happens."""
    if then:
        return [ast.If(test, then, otherwise)]
    return [ast.If(opposite(test, scope), otherwise, [])] if otherwise else []


def _increased(target: str, op: ast.operator, by: ast.expr, scope: Scope) -> list[ast.stmt]:
    """``total += x``; ``total += x if p else 0`` only where ``p``."""
    if isinstance(by, ast.IfExp) and isinstance(op, ast.Add | ast.Sub) and scope.names.get(target) == INT:
        if integer(by.orelse) == 0:
            return [ast.If(by.test, [ast.AugAssign(ast.Name(target, ast.Store()), op, by.body)], [])]
        if integer(by.body) == 0:
            added = ast.AugAssign(ast.Name(target, ast.Store()), op, by.orelse)
            return [ast.If(opposite(by.test, scope), [added], [])]
    return [ast.AugAssign(ast.Name(target, ast.Store()), op, by)]


def fresh_names(block: Sequence[ast.stmt], given_names: Collection[str]) -> frozenset[str]:
    """Variables whose lists are made here and never stored elsewhere: nobody sees them grow in place.

    ``given_names`` are parameters, whose lists are the caller's.
    """
    given: dict[str, bool] = dict.fromkeys(given_names, False)
    for statement in walked(block):
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value):
                given[target] = given.get(target, True) and _made_here(value, target)
            case ast.For(target=target_):
                given |= dict.fromkeys(bound_names(target_), False)
    return frozenset(target for target, made in given.items() if made and not _kept(block, target))


def _made_here(value: ast.expr, target: str) -> bool:
    match value:
        case ast.List() | ast.ListComp() | ast.Dict() | ast.DictComp():
            return True
        case ast.BinOp(left=left, op=ast.Add()):
            return isinstance(left, ast.Name) and left.id == target
        case ast.IfExp(body=body, orelse=orelse):
            own = [isinstance(part, ast.Name) and part.id == target for part in (body, orelse)]
            return all(
                mine or _made_here(part, target) for mine, part in zip(own, (body, orelse), strict=True)
            )
    return False


def _kept(block: Sequence[ast.stmt], target: str) -> bool:
    """Whether the variable's value is put anywhere but into answers, operands and readers."""
    looked = 0
    everything = 0
    for statement in walked(block):
        parts = [statement.value] if isinstance(statement, ast.Return) and statement.value else []
        looked += sum(isinstance(part, ast.Name) and part.id == target for part in parts)
        for field in ast.iter_child_nodes(statement):
            if not isinstance(field, ast.stmt):
                everything += _loads(field, target)
                looked += sum(_reads(part, target) for part in ast.walk(field))
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.IfExp):
            own = (statement.value.body, statement.value.orelse)
            looked += sum(isinstance(part, ast.Name) and part.id == target for part in own)
    return looked < everything


def _loads(node: ast.AST, target: str) -> int:
    return sum(
        isinstance(part, ast.Name) and part.id == target and isinstance(part.ctx, ast.Load)
        for part in ast.walk(node)
    )


def _reads(node: ast.AST, target: str) -> int:
    """How many operands of ``node`` are the variable, read and not kept."""
    operands: list[ast.expr] = []
    match node:
        case ast.BinOp(left=left, right=right):
            operands = [left, right]
        case ast.Compare(left=left, comparators=others):
            operands = [left, *others]
        case ast.Subscript(value=value):
            operands = [value]
        case ast.Starred(value=value):
            operands = [value]
        case ast.Attribute(value=value):
            operands = [value]
        case ast.UnaryOp(operand=operand):
            operands = [operand]
        case ast.Call(func=ast.Name(id=function), args=args) if function in _READERS:
            operands = list(args)
        case ast.Call(func=ast.Attribute(attr="join"), args=args):
            operands = list(args)
        case ast.comprehension(iter=source):
            operands = [source]
    return sum(isinstance(operand, ast.Name) and operand.id == target for operand in operands)


def gathered(block: list[ast.stmt], scope: Scope, rest: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The block with loops that only gather as expressions. ``rest`` is what comes after the block, or around it."""
    for place in range(len(block) - 1):
        after = [*block[place + 2 :], *rest]
        made = _gathering(block[place], block[place + 1], after, scope) or _asking(
            block[place], block[place + 1], scope
        )
        if made is not None:
            return gathered([*block[:place], made, *block[place + 2 :]], scope, rest)
    return block


def _gathering(first: ast.stmt, second: ast.stmt, after: Sequence[ast.stmt], scope: Scope) -> ast.stmt | None:
    match first, second:
        case (
            ast.Assign(targets=[ast.Name(id=target)], value=start),
            ast.For(target=variable, iter=source, body=[only], orelse=[]),
        ):
            generators = [ast.comprehension(variable, source, [], 0)]
            while True:
                match only:
                    case ast.If(test=test, body=[inner], orelse=[]):
                        generators[-1].ifs.append(test)
                    case ast.For(target=variable, iter=source, body=[inner], orelse=[]):
                        generators.append(ast.comprehension(variable, source, [], 0))
                    case _:
                        break
                only = inner
            bound = {each for generator in generators for each in bound_names(generator.target)}
            leaks = any(bound & names_in(statement) for statement in after)
            if leaks or any(mentions(generator, target) for generator in generators):
                return None
            value = _value(target, start, only, generators, scope)
            return _assign(target, value) if value is not None else None
    return None


def _value(
    target: str, start: ast.expr, only: ast.stmt, generators: list[ast.comprehension], scope: Scope
) -> ast.expr | None:
    """What loops over ``generators`` gather by ``only``, beginning with ``start``."""
    match only:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Name(id=grown), attr="append"), args=[item])
        ):
            if (
                grown == target
                and isinstance(start, ast.List)
                and not start.elts
                and not mentions(item, target)
            ):
                return ast.ListComp(item, generators)
        case ast.AugAssign(target=ast.Name(id=grown), op=ast.Add(), value=item) if grown == target:
            if mentions(item, target):
                return None
            if integer(start) == 0 and scope.names.get(target) == INT:
                return call("sum", ast.GeneratorExp(item, generators))
            if text(start) == "" and scope.names.get(target) == STR:
                return method(literal(""), "join", ast.GeneratorExp(item, generators))
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=grown), slice=key)], value=item):
            own = grown == target and isinstance(start, ast.Dict) and not start.keys
            if own and not mentions(item, target) and not mentions(key, target):
                return ast.DictComp(key, item, generators)
    return None


def _asking(first: ast.stmt, second: ast.stmt, scope: Scope) -> ast.stmt | None:
    """``for x in xs: if p: return True`` and ``return False`` as ``return any(...)`` (ruff: SIM110)."""
    match first, second:
        case (
            ast.For(
                target=variable,
                iter=source,
                body=[ast.If(test=test, body=[ast.Return(value=one)], orelse=[])],
            ),
            ast.Return(value=other),
        ):
            generator = [ast.comprehension(variable, source, [], 0)]
            match truth(one), truth(other):
                case True, False:
                    return ast.Return(call("any", ast.GeneratorExp(test, generator)))
                case False, True:
                    return ast.Return(call("all", ast.GeneratorExp(opposite(test, scope), generator)))
    return None


def _assign(target: str, value: ast.expr) -> ast.Assign:
    return ast.Assign([ast.Name(target, ast.Store())], value)
