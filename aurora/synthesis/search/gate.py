"""What can be said of a problem without a search."""

from __future__ import annotations

from aurora.specs.types import parse_type
from aurora.specs.values import literal, parse_value
from aurora.synthesis.cells import supported
from aurora.synthesis.problem import Outcome, Problem


def answer_at_once(problem: Problem) -> Outcome | None:
    """The outcome where nothing is to be searched: examples that clash, none at all, types without cells."""
    wanted: dict[tuple[str, ...], str] = {}
    for index, case in enumerate(problem.examples):
        result = f"raises {case.raises}" if case.raises is not None else _canonical(case.expected)
        key = tuple(_canonical(text) for text in case.arguments)
        if wanted.setdefault(key, result) != result:
            return _empty(
                problem,
                "contradictory",
                f"example {index + 1} wants {result} where another wants {wanted[key]}",
            )
    if not problem.examples and not problem.post:
        return _empty(problem, "unsolved", "there is neither an example nor a post-condition to search with")
    for text in (*(kind for _, kind in problem.parameters), problem.returns):
        if not supported(parse_type(text)):
            return _empty(problem, "unsolved", f"this engine does not search over '{text}'")
    return None


def _empty(problem: Problem, result: str, message: str) -> Outcome:
    total = len(problem.examples)
    return Outcome(
        result=result, found=None, alternatives=(), distinguishing=(), best=None, passed=0, total=total,
        failing=tuple(range(total)), evidence=(), attempts=0, evaluations=0, stopped="", message=message,
    )  # fmt: skip


def _canonical(text: str | None) -> str:
    return literal(parse_value(text or "None"))
