"""Post-conditions that define the function: they tell its answer to any input.

``f(xs) == sorted(xs)[-1]`` has nothing but a call on one side and nothing of the function on the other; where the
answer is a truth value, ``is_odd(n) != is_even(n)`` defines it as well. Such a condition answers like an example,
for as many inputs as one likes; the search takes a few typed ones, in the order of ``samples``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from types import CodeType
from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.specs.values import Value, coerced, conforms, literal, parse_value
from aurora.synthesis.conditions import calls_to
from aurora.synthesis.fuel import compiled_expression
from aurora.synthesis.probes import samples
from aurora.synthesis.problem import Case, Problem, Rule
from aurora.synthesis.rules import Conditions

COUNT = 24
"""Inputs for which a defining condition is asked."""

_LONGEST = 400
"""Characters of an input and its answer, at most."""


class Oracle(NamedTuple):
    """A rule ``f(arguments) == answer``, both sides compiled: neither calls ``f``.

    ``negated`` for ``f(arguments) != answer`` of a truth value.
    """

    rule: Rule
    arguments: CodeType
    answer: CodeType
    negated: bool


def told(problem: Problem, conditions: Conditions) -> tuple[Case, ...]:
    """What defining conditions tell, for inputs that the examples do not have; nothing if they disagree."""
    returns = parse_type(problem.returns)
    kinds = [parse_type(kind) for _, kind in problem.parameters]
    stated = {tuple(literal(parse_value(text)) for text in case.arguments) for case in problem.examples}
    found: dict[tuple[str, ...], str] = {}
    for oracle in oracles(problem):
        names = [name for name, _ in oracle.rule.variables]
        for row in samples(problem, oracle.rule.variables, COUNT):
            scope = dict(zip(names, row, strict=True))
            try:
                arguments: tuple[Value, ...] = conditions.value(oracle.arguments, scope)
                answer: Value = conditions.value(oracle.answer, scope)
            except Exception:  # noqa: BLE001, S112 - where a side raises, it says nothing about the function
                continue
            fit = len(arguments) == len(kinds) and all(map(conforms, arguments, kinds))
            if not fit or not conforms(answer, returns) or not conditions.admits(arguments):
                continue
            answer = not answer if oracle.negated else answer
            key, text = tuple(map(literal, arguments)), literal(coerced(answer, returns))
            if key in stated or sum(map(len, key)) + len(text) > _LONGEST:
                continue
            if found.setdefault(key, text) != text:
                return ()
    return tuple(Case(key, text, None) for key, text in found.items())


def oracles(problem: Problem) -> Iterator[Oracle]:
    """The defining conditions of a problem."""
    for rule in problem.post:
        tree = ast.parse(rule.text.strip(), mode="eval").body
        if isinstance(tree, ast.Compare) and len(tree.ops) == 1:
            sides = (tree.left, tree.comparators[0])
            negated = isinstance(tree.ops[0], ast.NotEq)
            if not isinstance(tree.ops[0], ast.Eq | ast.Is) and not (negated and problem.returns == "bool"):
                continue
            for call, answer in (sides, sides[::-1]):
                if _is_call(call, problem.function) and not _calls(answer, problem.function):
                    assert isinstance(call, ast.Call)
                    if not any(_calls(argument, problem.function) for argument in call.args):
                        arguments = compiled_expression(ast.Tuple(list(call.args), ast.Load()))
                        yield Oracle(rule, arguments, compiled_expression(answer), negated)


def _is_call(node: ast.expr, name: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == name
        and not node.keywords
        and not any(isinstance(argument, ast.Starred) for argument in node.args)
    )


def _calls(node: ast.expr, name: str) -> bool:
    return bool(calls_to(ast.unparse(node), {name}))
