"""Fitting programs: run as Python on examples and probes, held against the rules, known by their answers.

The search's vectors are only a promise. A candidate counts when its text, compiled as Python, keeps it.
"""

from __future__ import annotations

import itertools
import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from textwrap import indent
from typing import Any

import msgspec

from aurora.specs.types import parse_type
from aurora.specs.values import Value, conforms, parse_value, same
from aurora.synthesis.cells import Cell, Raised, decode, encode, shown
from aurora.synthesis.fuel import OutOfFuel, compiled
from aurora.synthesis.oracles import told
from aurora.synthesis.probes import naturalness, probe_inputs, samples
from aurora.synthesis.problem import Macro, Problem, Rule
from aurora.synthesis.rules import Conditions, Function, Violation

RULE_INPUTS = 60
"""Typed inputs on which each post-condition is tried for each candidate."""

ENDLESS = 20
"""An earlier function that so many times did not come to an end is called no more: each time costs milliseconds."""

UNUSED_PARAMETER = 6
"""What an answer is charged for a parameter that it does not look at."""


MODULES: dict[str, object] = {
    "math": math, "re": re, "Counter": Counter, "accumulate": accumulate, "groupby": groupby,
    "itertools": itertools, "statistics": statistics,
}  # fmt: skip
"""What programs name besides builtins; the finished module imports it."""

_STATEMENTS = re.compile(r"^\s*return ", re.MULTILINE)


class Candidate(msgspec.Struct, frozen=True):
    """A program that fits every example and breaks no rule.

    ``answers`` are its results on the probe inputs, as text: two candidates that behave alike there are taken
    to be the same behaviour. ``cost`` includes the charge for unused parameters; ``size`` is how much there is
    to read once the program is written out, 0 where that is not known.
    """

    program: str
    cost: int
    answers: tuple[str, ...]
    attempt: int
    strategy: str
    seed: str = ""
    size: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        """Simplest first: by cost, then by what there is to read, then by when it was found."""
        return self.cost, self.size, self.attempt

    @property
    def behaviour(self) -> tuple[str, ...]:
        """The answers, where one exception is like another: outside a domain, which it is says little."""
        return tuple("raises" if answer.startswith("raises ") else answer for answer in self.answers)


class Inspector:
    """Runs programs of one problem.

    ``examples`` and ``wanted`` are those that are stated, and after them what defining conditions tell.
    ``definitions`` are operators that earlier runs taught, as functions: a name, the macro, the source.
    """

    def __init__(self, problem: Problem, definitions: Iterable[tuple[str, Macro, str]] = ()) -> None:
        self.problem = problem
        self.conditions = Conditions(problem)
        self._taught = [
            (name, macro, compiled(source, name, MODULES, self.conditions.tank))
            for name, macro, source in definitions
        ]
        self.names = [name for name, _ in problem.parameters]
        cases = (*problem.examples, *told(problem, self.conditions))
        self.stated = len(problem.examples)
        self.examples = [tuple(map(parse_value, case.arguments)) for case in cases]
        self.probe_texts = probe_inputs(problem)
        self.probes = [tuple(map(parse_value, row)) for row in self.probe_texts]
        self.wanted: list[Value | Raised] = [
            Raised(case.raises) if case.raises is not None else parse_value(case.expected or "None")
            for case in cases
        ]
        self.naturalness = naturalness(self.probes, self.examples)
        self._returns = parse_type(problem.returns)
        self._rows: dict[Rule, list[tuple[Value, ...]]] = {}

    def compiled(self, program: str, more: tuple[str, ...] = ()) -> Function:
        """The function whose body is ``program``: an expression, or statements that return.

        ``more`` are parameters that it has after its own.
        """
        return self._function(program, (*self.names, *more))

    def compiled_source(self, source: str) -> Function:
        """The function of a finished source."""
        names = {**MODULES, **self.conditions.library}
        return compiled(source, self.problem.function, names, self.conditions.tank)

    def inline(self, expression: str, names: tuple[str, ...]) -> Function:
        """An expression as a function of ``names`` only."""
        return self._function(expression, names)

    def _function(self, program: str, names: tuple[str, ...]) -> Function:
        statements = program if _STATEMENTS.search(program) else f"return {program}"
        source = f"def {self.problem.function}({', '.join(names)}):\n{indent(statements, '    ')}\n"
        return compiled(
            source, self.problem.function, {**MODULES, **self.conditions.library}, self.conditions.tank
        )

    def results(self, function: Function, inputs: Sequence[tuple[Value, ...]]) -> list[Value | Raised]:
        """What ``function`` gives for each input."""
        return [self.result(function, row) for row in inputs]

    def evaluated(self, expression: str, inputs: Sequence[tuple[Value, ...]]) -> list[object]:
        """What an expression over the parameters, of whatever type, gives for each input."""
        function = self.compiled(expression)
        return [self._call(function, row) for row in inputs]

    def failing(self, function: Function) -> tuple[int, ...]:
        """The indexes of the examples that ``function`` fails."""
        results = self.results(function, self.examples)
        pairs = zip(results, self.wanted, strict=True)
        return tuple(index for index, (got, wanted) in enumerate(pairs) if not agrees(got, wanted))

    def answers(self, function: Function) -> tuple[str, ...]:
        """What ``function`` gives on the probe inputs."""
        return described(self.results(function, self.probes))

    def violation(self, function: Function) -> Violation | None:
        """The first rule that ``function`` breaks, with the values that show it."""
        return self.conditions.violation(function, self._inputs)

    def charge(self, mentioned: frozenset[str]) -> int:
        """The charge for parameters that a program does not mention."""
        return UNUSED_PARAMETER * sum(name not in mentioned for name in self.names)

    def library_functions(self) -> dict[str, Any]:
        """The callable functions on cells, as the operators of the bank need them."""
        made = {
            entry.name: self._on_cells(self.conditions.library[entry.name], entry.parameters, entry.returns)
            for entry in self.problem.library
        }
        for name, macro, function in self._taught:
            made[name] = self._on_cells(function, macro.parameters, macro.returns)
        return made

    def _on_cells(self, function: Function, parameters: tuple[str, ...], returns: str) -> Any:
        tank = self.conditions.tank
        kinds, result = [parse_type(text) for text in parameters], parse_type(returns)
        endless = 0

        @lru_cache(maxsize=100_000)
        def call(*cells: Cell) -> Cell:
            nonlocal endless
            if endless >= ENDLESS:
                raise OutOfFuel
            tank.fill()
            try:
                value = function(*(decode(cell, kind) for cell, kind in zip(cells, kinds, strict=True)))
            except OutOfFuel:
                endless += 1
                raise
            if not conforms(value, result):
                raise TypeError(returns)
            return encode(value, result)

        return call

    def result(self, function: Function, row: Sequence[object]) -> Value | Raised:
        """What ``function`` gives for one input; an exception is an answer."""
        value = self._call(function, row)
        if isinstance(value, Raised):
            return value
        return value if conforms(value, self._returns) else Raised("WrongType")

    def _call(self, function: Function, row: Sequence[object]) -> Any:
        self.conditions.tank.fill()
        try:
            return function(*(list(item) if isinstance(item, list) else item for item in row))
        except Exception as error:  # noqa: BLE001 - an exception is an answer
            return Raised(type(error).__name__)

    def _inputs(self, rule: Rule) -> list[tuple[Value, ...]]:
        if rule not in self._rows:
            known = [
                tuple(map(parse_value, counterexample.values))
                for counterexample in self.problem.counterexamples
                if counterexample.rule == rule.text and len(counterexample.values) == len(rule.variables)
            ]
            self._rows[rule] = known + list(samples(self.problem, rule.variables, RULE_INPUTS))
        return self._rows[rule]


def described(results: Sequence[Value | Raised]) -> tuple[str, ...]:
    """Results as text; floats that specs take for equal are equal text."""
    return tuple(_described(result) for result in results)


def _described(result: Value | Raised) -> str:
    try:
        return shown(_rounded(result))
    except (
        ValueError
    ):  # more digits than Python writes out: nobody reads that, and it took more than is allowed
        return shown(Raised(OutOfFuel.__name__))


def agrees(got: Value | Raised, wanted: Value | Raised) -> bool:
    """Whether a result is what an example wants."""
    if isinstance(got, Raised) or isinstance(wanted, Raised):
        return got is wanted
    return same(got, wanted)


def _rounded(result: Value | Raised) -> Value | Raised:
    """Floats that specs take for equal look equal; whole floats look like ints, as ``same`` takes them."""
    if isinstance(result, float):
        short = float(f"{result:.9g}")
        return int(short) if short.is_integer() and abs(short) < 1e15 else short
    if isinstance(result, list):
        return [item if isinstance(item, Raised) else _plain(item) for item in result]
    return result


def _plain(item: Value) -> Value:
    rounded = _rounded(item)
    assert not isinstance(rounded, Raised)
    return rounded
