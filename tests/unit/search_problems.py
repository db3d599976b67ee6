"""Problems for the search engine's tests, written as people write specs."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from aurora.specs.values import literal, parse_value, value_of
from aurora.synthesis.engine import ValueSearch
from aurora.synthesis.problem import Callable, Case, Frame, Message, Outcome, Problem, Rule, Seed

EVALUATIONS = 1_500_000


def problem(
    signature: str,
    *examples: str,
    prose: str = "",
    hints: Sequence[str] = (),
    pre: Sequence[Rule] = (),
    post: Sequence[Rule] = (),
    library: Sequence[Callable] = (),
    seeds: Sequence[Seed] = (),
    max_evaluations: int = EVALUATIONS,
) -> Problem:
    """A problem from a signature and examples such as ``f(2, 3) -> 5``; the name before ``(`` does not matter."""
    function = ast.parse(f"def {signature}: ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert function.returns is not None
    return Problem(
        function=function.name,
        parameters=tuple((a.arg, ast.unparse(a.annotation)) for a in function.args.args if a.annotation),
        returns=ast.unparse(function.returns),
        prose=prose,
        examples=tuple(map(case, examples)),
        pre=tuple(pre),
        post=tuple(post),
        library=tuple(library),
        seeds=tuple(seeds),
        hints=tuple(hints),
        seed=0,
        max_evaluations=max_evaluations,
        wall_seconds=0.0,
    )


def case(text: str) -> Case:
    """An example line as a case."""
    call, _, result = text.partition(" -> ")
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    arguments = tuple(literal(value_of(argument)) for argument in node.args)
    if result.startswith("raises "):
        return Case(arguments, None, result.removeprefix("raises "))
    return Case(arguments, literal(parse_value(result)), None)


def never() -> str:
    """Nothing stops this search from outside."""
    return ""


def messages(of: Problem, without: frozenset[str] = frozenset()) -> list[Message]:
    """Everything that a search says; ``without`` names strategies that it does not use."""
    return list(ValueSearch(without).search(of, never))


def outcome(of: Problem, without: frozenset[str] = frozenset()) -> Outcome:
    """How a search ends."""
    last = messages(of, without)[-1]
    assert isinstance(last, Outcome)
    return last


def stream(of: Sequence[Message]) -> list[Message]:
    """The part of a search that must be the same each time: frames and outcome."""
    return [message for message in of if isinstance(message, Frame | Outcome)]
