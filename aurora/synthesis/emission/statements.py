"""From a program to the statements of a function: simplified, in the form a person would choose, with names.

The order of the steps: expressions, then loops and steps, then the answers' conditions joined and simplified again;
then names; at last conditions parted into guards, shared parts bound, annotations.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Final

from aurora.specs.types import Type, parse_type
from aurora.synthesis.emission import branches, loops
from aurora.synthesis.emission.bindings import Replaced, bulky, listed, shared
from aurora.synthesis.emission.layout import expression
from aurora.synthesis.emission.naming import free, value_options
from aurora.synthesis.emission.narrowing import with_guards
from aurora.synthesis.emission.renaming import renamed
from aurora.synthesis.emission.safety import first_evaluated
from aurora.synthesis.emission.sequences import gone_through
from aurora.synthesis.emission.shapes import copied, mentions, names_in, put
from aurora.synthesis.emission.simplify import finished, simplified, tested
from aurora.synthesis.emission.typing import Scope, scope_of, typed
from aurora.synthesis.emission.variables import annotated, annotation, with_locals
from aurora.synthesis.problem import Problem

_ROUNDS: Final = 6
_ONE_LINE: Final = 72
"""A variable that is used once is put where it is used, if the line stays this short."""


def written(problem: Problem, program: str) -> list[ast.stmt]:
    """The body of the function whose program is an expression, or statements that return."""
    block = ast.parse(program).body
    if isinstance(block[-1], ast.Expr):
        block[-1] = ast.Return(block[-1].value)
    given, returns = scope_of(problem), parse_type(problem.returns)
    block = with_guards(normal(block, given, returns), given, returns)
    taken = {
        *(name for name, _ in problem.parameters),
        problem.function,
        *(each.name for each in problem.library),
    }
    block = renamed(block, with_locals(block, given, returns), taken)
    scope = with_locals(block, given, returns)
    block = _Writer(taken | {name for each in block for name in names_in(each)}, returns).block(block, scope)
    return annotated(block, with_locals(block, given, returns))


def normal(block: list[ast.stmt], given: Scope, returns: Type) -> list[ast.stmt]:
    """The simplest form of the statements, reached by repetition."""
    before = ""
    for _ in range(_ROUNDS):
        now = "".join(map(ast.dump, block))
        if now == before:
            break
        before = now
        scope = with_locals(block, given, returns)
        block = _simplified(branches.flat(block), scope, loops.fresh_names(block, given.names))
        block = _inlined(loops.gathered(block, scope, ()), with_locals(block, given, returns))
        block = branches.joined_returns(branches.flat(block))
    return block


def _simplified(block: Sequence[ast.stmt], scope: Scope, fresh: frozenset[str]) -> list[ast.stmt]:
    made: list[ast.stmt] = []
    for statement in block:
        match statement:
            case ast.Return(value=ast.expr() as value):
                made.append(ast.Return(simplified(value, scope)))
            case ast.If(test=test, body=body, orelse=orelse):
                inner = _simplified(body, scope, fresh), _simplified(orelse, scope, fresh)
                made += _conditional(tested(test, scope), *inner, scope)
            case ast.For(target=target, iter=source, body=body):
                through = gone_through(simplified(source, scope), scope)
                inside = _simplified(body, scope, fresh) or [ast.Pass()]
                made.append(ast.For(target, through, loops.gathered(inside, scope, block), []))
            case ast.While(test=test, body=body):
                made.append(ast.While(tested(test, scope), _simplified(body, scope, fresh), []))
            case ast.Assign(targets=targets, value=value):
                made += loops.step(ast.Assign(targets, simplified(value, scope)), scope, fresh)
            case ast.AugAssign(target=target, op=op, value=value):
                made.append(ast.AugAssign(target, op, simplified(value, scope)))
            case ast.Expr(value=value):
                made.append(ast.Expr(simplified(value, scope)))
            case _:
                made.append(statement)
    return made


def _conditional(
    test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt], scope: Scope
) -> list[ast.stmt]:
    """An ``if`` whose branches may have become empty, or one ``if`` around another (ruff: SIM102)."""
    if not body and not orelse:
        return []
    if not body:
        return [ast.If(simplified(ast.UnaryOp(ast.Not(), test), scope), orelse, [])]
    match body:
        case [ast.If(test=inner, body=deeper, orelse=[])] if not orelse:
            return [ast.If(simplified(ast.BoolOp(ast.And(), [test, inner]), scope), deeper, [])]
    return [ast.If(test, body, orelse)]


def _inlined(block: list[ast.stmt], scope: Scope) -> list[ast.stmt]:
    """The block with a variable that is used once, in the answer right after it, put there (ruff: RET504)."""
    match block:
        case [
            *before,
            ast.Assign(targets=[ast.Name(id=target)], value=value),
            ast.Return(value=ast.expr() as answer),
        ]:
            elsewhere = any(target in names_in(each) for each in before)
            used = ast.Name(target, ast.Load())
            once = mentions(answer, target) == 1 and first_evaluated(answer, used, scope)
            whole = isinstance(answer, ast.Name)
            short = isinstance(value, ast.Call) and len(expression(answer) + expression(value)) < _ONE_LINE
            if once and not elsewhere and (whole or short):
                return [*before, ast.Return(put(answer, {target: value}))]
    return block


class _Writer:
    """The last form of a block: guards, bindings, last touches. Invariant: ``taken`` holds every name in use."""

    def __init__(self, taken: set[str], returns: Type) -> None:
        self._taken, self._returns = taken, returns

    def block(self, block: Sequence[ast.stmt], scope: Scope) -> list[ast.stmt]:
        """The statements in their last form."""
        made: list[ast.stmt] = []
        for statement in block:
            match statement:
                case ast.Return(value=ast.expr() as value):
                    made += self._returned(value, scope)
                case ast.If(test=test, body=body, orelse=orelse):
                    inner = self.block(body, scope), self.block(orelse, scope)
                    made.append(ast.If(finished(test, scope), *inner))
                case ast.For(target=target, iter=source, body=body):
                    made.append(ast.For(target, finished(source, scope), self.block(body, scope), []))
                case ast.While(test=test, body=body):
                    made.append(ast.While(finished(test, scope), self.block(body, scope), []))
                case ast.Assign(targets=targets, value=value):
                    made.append(ast.Assign(targets, finished(value, scope)))
                case ast.AugAssign(target=target, op=op, value=value):
                    made.append(ast.AugAssign(target, op, finished(value, scope)))
                case ast.Expr(value=value):
                    made.append(ast.Expr(finished(value, scope)))
                case _:
                    made.append(statement)
        return made

    def _returned(self, value: ast.expr, scope: Scope) -> list[ast.stmt]:
        """The statements that return ``value``, with what is worth a name computed first."""
        part = shared(value, scope)
        if part is not None:
            return self._bound(part, value, scope)
        if isinstance(value, ast.IfExp) and not _plain(value, scope):
            test, at_once, after = branches.guarded(value, scope)
            guard = ast.If(finished(test, scope), self._returned(at_once, scope), [])
            return [guard, *self._returned(after, scope)]
        return self._answered(value, scope)

    def _answered(self, value: ast.expr, scope: Scope) -> list[ast.stmt]:
        part = _worth_a_name(value, scope)
        if part is not None:
            return self._bound(part, value, scope)
        answer = finished(value, scope)
        if _any_to_mypy(answer):
            name = free(("result", "answer"), self._taken)
            return [
                ast.AnnAssign(ast.Name(name, ast.Store()), annotation(self._returns), answer, 1),
                ast.Return(ast.Name(name, ast.Load())),
            ]
        return [ast.Return(answer)]

    def _bound(self, part: ast.expr, value: ast.expr, scope: Scope) -> list[ast.stmt]:
        name = free(value_options(part, scope), self._taken)
        self._taken.add(name)
        rest = Replaced(part, name).visit(copied(value))
        assert isinstance(rest, ast.expr)
        inner = scope.having({name: typed(part, scope)})
        first = ast.Assign([ast.Name(name, ast.Store())], finished(part, scope))
        return [first, *self._returned(rest, inner)]


def _plain(value: ast.IfExp, scope: Scope) -> bool:
    """Whether a conditional may stay an expression: it is short, and its answers need no names for their parts."""
    answers = (value.body, value.orelse)
    return branches.short(value) and all(_worth_a_name(answer, scope) is None for answer in answers)


def _worth_a_name(value: ast.expr, scope: Scope) -> ast.expr | None:
    """The part of an answer to compute first, if there is one."""
    return shared(value, scope) or bulky(value, scope) or listed(value, scope)


def _any_to_mypy(node: ast.expr) -> bool:
    """Whether mypy sees ``Any``, as in what begins with a power whose exponent is computed: int or float."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            power = isinstance(op, ast.Pow) and not isinstance(right, ast.Constant)
            return power or _any_to_mypy(left)
        case ast.UnaryOp(operand=operand):
            return _any_to_mypy(operand)
        case ast.Compare(left=left):
            return _any_to_mypy(left)
        case ast.IfExp(body=body, orelse=orelse):
            return _any_to_mypy(body) or _any_to_mypy(orelse)
        case ast.Call(func=ast.Name(id="max" | "min" | "abs" | "round"), args=args):
            return any(map(_any_to_mypy, args))
        case ast.Call(func=ast.Name(id="max" | "min" | "sum"), args=[ast.GeneratorExp(elt=element)]):
            return _any_to_mypy(element)
    return False
