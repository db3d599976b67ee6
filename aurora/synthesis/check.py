"""Entry of a sandboxed child: every check of a candidate that needs it to run."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from typing import TypeVar

import hypothesis
import msgspec

from aurora.specs.types import parse_type
from aurora.specs.values import conforms
from aurora.synthesis.answers import NOT_A_VALUE, Answer, agree, agrees, call, shown
from aurora.synthesis.falsify import Falsified, draw, falsify
from aurora.synthesis.holding import (
    BROKEN,
    HOLDS,
    Holding,
    assignments,
    domain,
    guarded,
    load_functions,
    pool,
)
from aurora.synthesis.problem import Rule
from aurora.synthesis.tasks import CheckReport, CheckTask, Counterexample, Numbered, counterexample_of
from aurora_events.base import Check

ASSIGNMENTS = 300
"""So many combinations of values from the examples are tried on each condition."""

Row = tuple[str, ...]
Item = TypeVar("Item")


def check_candidate(payload: bytes, send: Callable[[bytes], None]) -> bytes:
    """Entry: a ``CheckTask`` in, a ``CheckReport`` out."""
    task = msgspec.msgpack.decode(payload, type=CheckTask)
    return msgspec.msgpack.encode(_Candidate(task).report())


class _Candidate:
    """A loaded candidate with the functions around it."""

    def __init__(self, task: CheckTask) -> None:
        self.task = task
        self.subjects = {subject.name: subject for subject in task.subjects}
        self.subject = self.subjects[task.function]
        self.functions = load_functions((*task.companions, task.source), self.subjects)
        self.inside = domain(self.subject, self.functions)
        self.guarded = {
            name: guarded(self.subjects[name], function, self.functions)
            for name, function in self.functions.items()
        }

    def report(self) -> CheckReport:
        """Every check, each on as much as it can say something about."""
        cases = self.subject.examples
        inputs = list(dict.fromkeys([*(case.arguments for case in cases), *self._samples()]))
        first = {row: self._call(row) for row in inputs}
        second = {row: self._call(row) for row in inputs}
        returns = parse_type(self.subject.returns)
        failing = tuple(
            index
            for index, case in enumerate(cases)
            if not agrees(first[case.arguments], case.expected, case.raises, returns)
        )
        checks = [
            *([self._examples(failing, first)] if cases else []),
            _counted(
                "arguments left unchanged",
                inputs,
                lambda row: not first[row].mutated,
                self._on("changed by", first),
            ),
            _counted(
                "same answer when asked again",
                inputs,
                lambda row: agree(first[row].text, second[row].text),
                self._on("another answer from", second),
            ),
            _counted(
                f"answers are of type {self.subject.returns}",
                [row for row in inputs if not first[row].kinds or first[row].kinds == (NOT_A_VALUE,)],
                lambda row: _conforms(first[row], self.subject.returns),
                self._on("not by", first),
            ),
        ]
        counterexample = None
        for numbered in self.task.post:
            found, broken = self._condition(numbered)
            checks += found
            counterexample = counterexample or broken
        return CheckReport(
            tuple(checks),
            failing,
            counterexample,
            tuple(inputs),
            tuple(first[row].text for row in inputs),
            platform.python_version(),
            hypothesis.__version__,
        )

    def _samples(self) -> list[Row]:
        types = [type_ for _, type_ in self.subject.parameters]
        pools = [pool(self.task.subjects, type_) for type_ in types]

        def inside(row: Row) -> bool:
            return call(self.inside, row, self.task.steps).text == "True"

        return draw(types, pools, inside, self.task.samples) if types else []

    def _call(self, row: Row) -> Answer:
        return call(self.functions[self.task.function], row, self.task.steps)

    def _shown(self, row: Row) -> str:
        return shown(f"{self.subject.name}({', '.join(row)})", 120)

    def _on(self, what: str, answers: dict[Row, Answer]) -> Callable[[Row], str]:
        return lambda row: f"{what} {self._shown(row)} ({shown(answers[row].text)})"

    def _examples(self, failing: Sequence[int], answers: dict[Row, Answer]) -> Check:
        cases = self.subject.examples
        detail = ""
        if failing:
            case = cases[failing[0]]
            wanted = case.expected if case.raises is None else f"raises {case.raises}"
            got = shown(answers[case.arguments].text)
            detail = f"{self._shown(case.arguments)} gives {got}, not {shown(str(wanted))}"
        return Check("examples", len(cases) - len(failing), len(cases), detail)

    def _condition(self, numbered: Numbered) -> tuple[list[Check], Counterexample | None]:
        rule = numbered.rule
        holding = Holding(rule, self.guarded, self.subjects)
        rows = assignments(rule, self.task.subjects, ASSIGNMENTS)
        verdicts = [(row, *holding.ask(row, self.task.steps)) for row in rows]
        known = [(row, answer) for row, verdict, answer in verdicts if verdict == BROKEN]
        held = sum(verdict == HOLDS for _, verdict, _ in verdicts)
        name = f"post-condition {numbered.number}"
        broken = None
        checks = []
        if rows:
            if known:
                broken = _counterexample(rule, *known[0])
            detail = f"{broken.input} breaks it" if broken else rule.text
            checks.append(Check(f"{name} on the examples", held, held + len(known), detail))
        if rule.variables:
            hunt = self._hunt(holding)
            if hunt.row is not None and hunt.answer is not None:
                broken = _counterexample(rule, hunt.row, hunt.answer)
            tried = hunt.held + (hunt.row is not None)
            checks.append(Check(f"{name} on random inputs", hunt.held, tried, _told(rule, hunt, broken)))
        return checks, broken

    def _hunt(self, holding: Holding) -> Falsified:
        types = [type_ for _, type_ in holding.rule.variables]
        pools = [pool(self.task.subjects, type_) for type_ in types]
        return falsify(
            lambda row: holding.ask(row, self.task.steps),
            types,
            pools,
            self.task.inputs,
            self.task.total_steps,
        )


def _counterexample(rule: Rule, row: Row, answer: Answer) -> Counterexample:
    return counterexample_of(rule, row, answer.text if answer.kinds else "")


def _told(rule: Rule, hunt: Falsified, broken: Counterexample | None) -> str:
    notes = [f"{broken.input} breaks {broken.violated}" if hunt.row is not None and broken else rule.text]
    if hunt.silent:
        notes.append(f"{hunt.silent} inputs outside the pre-conditions")
    if hunt.cut:
        notes.append(f"{hunt.cut} took too many steps to tell")
    if hunt.spent:
        notes.append("ended early: too many steps in all")
    return "; ".join(notes)


def _counted(
    name: str, items: Sequence[Item], good: Callable[[Item], bool], told: Callable[[Item], str]
) -> Check:
    bad = [item for item in items if not good(item)]
    return Check(name, len(items) - len(bad), len(items), told(bad[0]) if bad else "")


def _conforms(answer: Answer, returns: str) -> bool:
    return not answer.kinds and conforms(answer.value, parse_type(returns))
