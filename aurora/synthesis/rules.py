"""Pre- and post-conditions inside the search: compiled once, tried on typed values, violations shown.

The caller has audited the texts; here they see nothing but pure builtins, the library and the candidate.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from types import CodeType
from typing import Any, NamedTuple

from aurora.specs.values import Value, literal
from aurora.synthesis.conditions import close, expression
from aurora.synthesis.fuel import BUILTINS, OutOfFuel, Tank, compiled, compiled_expression, machinery
from aurora.synthesis.problem import Problem, Rule

Function = Callable[..., Any]


class Violation(NamedTuple):
    """A broken rule: its variables as text, its own text, and the inputs on which the function was called."""

    shown: str
    text: str
    inputs: tuple[tuple[Value, ...], ...]


class Conditions:
    """The conditions of one problem, with its library compiled beside them."""

    def __init__(self, problem: Problem) -> None:
        self.tank = Tank()
        self.library: dict[str, Function] = {}
        for entry in problem.library:
            self.library[entry.name] = compiled(entry.source, entry.name, dict(self.library), self.tank)
        self._parameters = [name for name, _ in problem.parameters]
        self._function = problem.function
        self._declared = {case.raises for case in problem.examples if case.raises is not None}
        types = _types(problem)
        self._pre = [(rule, _code(rule, types)) for rule in problem.pre]
        self._post = [(rule, _code(rule, types)) for rule in problem.post]
        self._names = {
            "__builtins__": BUILTINS,
            _CLOSE: close,
            "math": math,
            **machinery(self.tank),
            **self.library,
        }

    def admits(self, arguments: Sequence[Value]) -> bool:
        """Whether an input satisfies every pre-condition."""
        scope = dict(zip(self._parameters, arguments, strict=True))
        return all(self._holds(code, scope) == "" for _, code in self._pre)

    def violation(
        self, candidate: Function, inputs: Callable[[Rule], Sequence[tuple[Value, ...]]]
    ) -> Violation | None:
        """The first rule that ``candidate`` breaks, and where."""
        for rule, code in self._post:
            names = [name for name, _ in rule.variables]
            for row in inputs(rule):
                scope: dict[str, Any] = dict(zip(names, row, strict=True))
                asked: list[tuple[Value, ...]] = []
                broken = self._holds(code, {**scope, self._function: self._guarded(candidate, asked)})
                if broken and broken != _OUTSIDE:
                    shown = ", ".join(f"{name} = {literal(value)}" for name, value in scope.items())
                    text = rule.text if broken == _FALSE else f"{rule.text} ({broken})"
                    return Violation(shown, text, tuple(asked))
        return None

    def value(self, code: CodeType, scope: dict[str, Any]) -> Any:
        """What an expression over the library gives; raises what it raises."""
        self.tank.fill()
        return eval(code, {**self._names, **copy.deepcopy(scope)})

    def _guarded(self, candidate: Function, asked: list[tuple[Value, ...]]) -> Function:
        """The candidate as conditions see it; ``asked`` notes what it is called with.

        They say nothing outside its pre-conditions, nor where it raises what an example declares.
        """

        def call(*arguments: Any) -> Any:
            if not self.admits(arguments):
                raise _OutsideError
            asked.append(copy.deepcopy(arguments))
            try:
                return candidate(*copy.deepcopy(arguments))
            except Exception as error:
                if type(error).__name__ in self._declared:
                    raise _OutsideError from None
                raise

        return call

    def _holds(self, code: CodeType, scope: dict[str, Any]) -> str:
        """Why a condition does not hold, or nothing."""
        self.tank.fill()
        try:
            return "" if eval(code, {**self._names, **copy.deepcopy(scope)}) else _FALSE
        except (_OutsideError, OutOfFuel):
            return _OUTSIDE  # of what takes too long to tell, nothing is known
        except Exception as error:  # noqa: BLE001 - whatever a candidate raises is its answer
            return f"raises {type(error).__name__}"


class _OutsideError(Exception):
    """A condition called the function where it says nothing."""


def _code(rule: Rule, types: list[str]) -> CodeType:
    return compiled_expression(expression(rule, types, _CLOSE))


def _types(problem: Problem) -> list[str]:
    """Every type that a condition of the problem may meet."""
    own = [*(kind for _, kind in problem.parameters), problem.returns]
    return own + [kind for entry in problem.library for kind in (*entry.parameters, entry.returns)]


_CLOSE = "_close"
_FALSE = "false"
_OUTSIDE = "outside"
