"""From a spec to the problem that the search is given. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from aurora.specs.model import Condition, Function, Spec
from aurora.specs.values import literal
from aurora.synthesis.conditions import calls_to, made_inside
from aurora.synthesis.problem import Callable, Case, Counterexample, Problem, Rule, Seed
from aurora.synthesis.records import conditions_of

MAX_HINTS: Final = 64

_TOKEN: Final = re.compile(
    r"""(?P<text>"[^"\n]{0,20}"|(?<!\w)'[^'\n]{0,20}'(?!\w))"""
    r"""|(?P<number>(?<![\w.])-?\d{1,18}(?:\.\d{1,9})?(?![\w.]*\w))"""
    r"""|(?P<word>[A-Za-z]{2,})"""
)


def build_problem(
    spec: Spec,
    function: Function,
    library: Sequence[Callable],
    *,
    seed: int,
    max_evaluations: int,
    wall_seconds: float,
    seeds: Sequence[Seed] = (),
    counterexamples: Sequence[Counterexample] = (),
) -> Problem:
    """The problem of finding ``function``, which may call the functions in ``library``."""
    signature = function.signature
    known = {signature.name, *(entry.name for entry in library)}
    post = [
        condition for condition in conditions_of(spec, signature.name) if known.issuperset(condition.calls)
    ]
    pre = [condition for condition in function.pre if known.issuperset(condition.calls)]
    return Problem(
        function=signature.name,
        parameters=tuple((parameter.name, str(parameter.type)) for parameter in signature.parameters),
        returns=str(signature.returns),
        prose=prose_of(spec, function),
        examples=cases_of(function),
        pre=tuple(map(rule_of, pre)),
        post=(*map(rule_of, post), *_defined_where(spec, signature.name, post, known)),
        library=tuple(library),
        seeds=tuple(seeds),
        hints=_hints(spec, function, [*pre, *post]),
        seed=seed,
        max_evaluations=max_evaluations,
        wall_seconds=wall_seconds,
        counterexamples=tuple(counterexamples),
    )


def _defined_where(
    spec: Spec, name: str, askable: Sequence[Condition], known: Collection[str]
) -> Iterator[Rule]:
    """What conditions that cannot be asked yet say of ``name`` alone: where they call it, it has an answer.

    ``decode(encode(s)) == s`` breaks if ``encode(s)`` raises, whatever ``decode`` may be.
    """
    for condition in conditions_of(spec, name):
        if condition in askable:
            continue
        types = {variable.name: str(variable.type) for variable in condition.variables}
        for _, call in calls_to(condition.text, {name}):
            inner = {
                node.func.id
                for node in ast.walk(call)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            unknown = inner & set(condition.calls) - set(known)
            if not unknown and not made_inside(call, {*types, *condition.calls}):
                text = ast.unparse(call)
                names = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
                variables = tuple((each, kind) for each, kind in types.items() if each in names)
                yield Rule(
                    f"{text} == {text}", variables, tuple(each for each in condition.calls if each in inner)
                )


def search_order(spec: Spec) -> tuple[Function, ...]:
    """The functions as they are searched: those with examples in the order of writing, then the others."""
    return tuple(sorted(spec.functions, key=lambda function: not function.examples))


def cases_of(function: Function) -> tuple[Case, ...]:
    """The function's examples as the search and the checks take them."""
    return tuple(Case(example.arguments, example.expected, example.raises) for example in function.examples)


def rule_of(condition: Condition) -> Rule:
    """The condition as the search and the checks take it."""
    variables = tuple((variable.name, str(variable.type)) for variable in condition.variables)
    return Rule(condition.text, variables, condition.calls)


def prose_of(spec: Spec, function: Function) -> str:
    """What becomes the docstring. A title speaks for the function only where there is one function."""
    alone = len(spec.functions) == 1 and spec.title != spec.name
    return function.prose or (spec.title if alone else "")


def _hints(spec: Spec, function: Function, conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Constants of the conditions, then constants and words of title and prose, each once, in order."""
    found = [text for condition in conditions for text in _constants(condition.text)]
    for prose in (spec.title, spec.prose, function.prose):
        found += _tokens(prose)
    return tuple(dict.fromkeys(found))[:MAX_HINTS]


def _constants(expression: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(expression, mode="eval")):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str):
            yield literal(node.value)


def _tokens(prose: str) -> Iterator[str]:
    for token in _TOKEN.finditer(prose):
        text = token[0]
        if token.lastgroup == "text":
            yield literal(text[1:-1])
        elif token.lastgroup == "number":
            yield text
        else:
            yield text.lower()
