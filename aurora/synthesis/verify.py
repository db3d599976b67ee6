"""Evidence about code, gathered in fresh sandboxed children: the parent's side of ``check``, ``evaluate``,
``consistency``.

Whatever happens to a child becomes a failed check that says so; only a sandbox that cannot be started raises.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib import metadata
from typing import Final

import msgspec

from aurora.sandbox import Limits, Sandbox, Verdict
from aurora.specs.codes import diagnostic
from aurora.specs.model import Condition, Function, Spec
from aurora.synthesis.answers import agree, shown
from aurora.synthesis.building import cases_of, rule_of
from aurora.synthesis.modules import split_functions
from aurora.synthesis.tasks import (
    CheckReport,
    CheckTask,
    Clash,
    ConsistencyTask,
    Counterexample,
    EvaluateTask,
    Findings,
    Numbered,
    Subject,
    verdict_of,
)
from aurora_events.base import Check, Diagnostic

PRELOAD: Final = ("aurora.synthesis.check", "aurora.synthesis.evaluate", "aurora.synthesis.consistency")
"""What a sandbox imports before it forks, so that a check does not pay for importing Hypothesis."""

OTHER_HASH_SEED: Final = 1
STEPS: Final = 100_000
"""Loop turns and calls that one call of a function may take: the same on every machine."""

_TOTAL_STEPS: Final = 3_000_000
_INPUTS: Final = 100
_SAMPLES: Final = 40
_LIGHT: Final = ("aurora.synthesis.evaluate",)
_LIMITS: Final = Limits(cpu_seconds=10.0, wall_seconds=30.0, output_bytes=8 * 1024 * 1024)


class Evidence(msgspec.Struct, frozen=True):
    """Why a candidate may be believed, or not. ``failing`` are the indexes of the examples that it fails.

    ``counterexample`` broke a post-condition. ``python`` and ``hypothesis`` are "" when the check did not
    come to its end.
    """

    checks: tuple[Check, ...]
    verdict: str
    failing: tuple[int, ...]
    counterexample: Counterexample | None
    python: str
    hypothesis: str
    layers: tuple[str, ...]


def verify_candidate(
    sandbox: Sandbox,
    spec: Spec,
    function: Function,
    module_source: str,
    *,
    companions: Sequence[str] = (),
    other: Sandbox | None = None,
) -> Evidence:
    """Every check of ``function`` in the self-contained module ``module_source``.

    ``companions`` are sources of other functions of the spec that post-conditions need and the module does
    not hold; a condition that needs a function which is nowhere is listed as not checked. ``other`` is a
    sandbox with another hash seed; without one, a second is started for this call.
    """
    task = check_task(spec, function, module_source, tuple(companions))
    if task is None:
        detail = f"this is not a Python module that defines {function.signature.name}"
        return _broken(sandbox, function, Check("loading", 0, 1, detail))
    verdict = sandbox.run("aurora.synthesis.check:check_candidate", msgspec.msgpack.encode(task), _LIMITS)
    if verdict.status != "ok":
        return _broken(sandbox, function, _failure("check", verdict))
    report = msgspec.msgpack.decode(verdict.value, type=CheckReport)
    if other is None:
        with Sandbox(preload=_LIGHT, floor=sandbox.layers, hash_seed=OTHER_HASH_SEED) as second:
            steady = _same_elsewhere(second, task, report)
    else:
        steady = _same_elsewhere(other, task, report)
    checks = (*report.checks, steady, *_unchecked(spec, function, task))
    return Evidence(
        checks=checks,
        verdict=verdict_of(checks),
        failing=report.failing,
        counterexample=report.counterexample,
        python=report.python,
        hypothesis=report.hypothesis,
        layers=sandbox.layers,
    )


def evaluate_source(
    sandbox: Sandbox, source: str, function: str, inputs: Sequence[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """What ``function`` of the module ``source`` answers to each input: a literal or ``raises NAME``.

    An endless call is cut after ``STEPS`` steps, at the same place on every machine, as ``raises StepLimit``.
    Nothing when the module cannot be run, or one step takes more time or memory than there is.
    """
    task = EvaluateTask(source, function, tuple(inputs), STEPS)
    verdict = _evaluate(sandbox, task)
    return msgspec.msgpack.decode(verdict.value, type=tuple[str, ...]) if verdict.status == "ok" else None


def contradictions(sandbox: Sandbox, spec: Spec) -> tuple[Diagnostic, ...]:
    """The post-conditions that are false by the spec's own examples, and examples outside of the
    pre-conditions.
    """
    task = ConsistencyTask(
        tuple(map(subject_of, spec.functions)),
        tuple(tuple(example.line for example in function.examples) for function in spec.functions),
        tuple(Numbered(number, rule_of(condition)) for number, condition in enumerate(spec.post, 1)),
    )
    verdict = sandbox.run("aurora.synthesis.consistency:consistency", msgspec.msgpack.encode(task), _LIMITS)
    if verdict.status == "refused":
        return (diagnostic("SPEC-031", spec.path, _first_line(spec), verdict.message),)
    if verdict.status != "ok":
        return ()  # a condition too heavy to be evaluated contradicts nothing that is known
    findings = msgspec.msgpack.decode(verdict.value, type=Findings)
    outside = [
        diagnostic(
            "SPEC-103",
            spec.path,
            found.line,
            f"{_example(spec, found.line)} lies outside of the pre-conditions of {found.function}",
        )
        for found in findings.outsiders
    ]
    return tuple(outside) + tuple(_contradiction(spec, clash) for clash in findings.clashes)


def versions() -> tuple[str, str]:
    """The versions of Python and Hypothesis that checks depend on, without importing the latter."""
    return platform.python_version(), metadata.version("hypothesis")


def subject_of(function: Function) -> Subject:
    """The function as conditions see it."""
    signature = function.signature
    return Subject(
        name=signature.name,
        parameters=tuple((parameter.name, str(parameter.type)) for parameter in signature.parameters),
        returns=str(signature.returns),
        pre=tuple(map(rule_of, function.pre)),
        examples=cases_of(function),
    )


def check_task(spec: Spec, function: Function, source: str, companions: tuple[str, ...]) -> CheckTask | None:
    """The task of a check, with every post-condition about the function whose callees are all at hand."""
    name = function.signature.name
    at_hand = _defined(source).union(*map(_defined, companions))
    if name not in _defined(source):
        return None
    numbered = enumerate(spec.post, 1)
    return CheckTask(
        source=source,
        companions=companions,
        function=name,
        subjects=tuple(subject_of(each) for each in spec.functions if each.signature.name in at_hand),
        post=tuple(
            Numbered(number, rule_of(condition))
            for number, condition in numbered
            if name in condition.calls and at_hand.issuperset(condition.calls)
        ),
        inputs=_INPUTS,
        samples=_SAMPLES,
        steps=STEPS,
        total_steps=_TOTAL_STEPS,
    )


def _defined(source: str) -> set[str]:
    """The functions of a module; none when it is no Python."""
    try:
        return set(split_functions(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()


def _unchecked(spec: Spec, function: Function, task: CheckTask) -> tuple[Check, ...]:
    """A row for each condition about the function that could not be checked: 0 of 0, and why."""
    checked = {numbered.number for numbered in task.post}
    known = {subject.name for subject in task.subjects}
    return tuple(
        Check(f"post-condition {number}", 0, 0, f"not checked: needs {', '.join(_missing(condition, known))}")
        for number, condition in enumerate(spec.post, 1)
        if function.signature.name in condition.calls and number not in checked
    )


def _missing(condition: Condition, known: set[str]) -> list[str]:
    return [name for name in condition.calls if name not in known]


def _same_elsewhere(other: Sandbox, task: CheckTask, report: CheckReport) -> Check:
    """Whether the answers stay the same where Python hashes strings, and so orders sets, differently."""
    name = "same answer under another hash seed"
    verdict = _evaluate(other, EvaluateTask(task.source, task.function, report.inputs, task.steps))
    if verdict.status != "ok":
        return _failure(name, verdict)
    answers = msgspec.msgpack.decode(verdict.value, type=tuple[str, ...])
    rows = list(zip(report.inputs, report.answers, answers, strict=True))
    changed = [row for row in rows if not agree(row[1], row[2])]
    detail = ""
    if changed:
        arguments, left, right = changed[0]
        detail = f"{task.function}({', '.join(arguments)}) gives {shown(left)} or {shown(right)}"
    return Check(name, len(rows) - len(changed), len(rows), detail)


def _evaluate(sandbox: Sandbox, task: EvaluateTask) -> Verdict:
    return sandbox.run("aurora.synthesis.evaluate:evaluate", msgspec.msgpack.encode(task), _LIMITS)


def _broken(sandbox: Sandbox, function: Function, check: Check) -> Evidence:
    """Evidence that is only a failure: nothing is known to hold."""
    total = len(function.examples)
    checks = (Check("examples", 0, total, "not run to the end"), check)
    return Evidence(checks, "failed", tuple(range(total)), None, "", "", sandbox.layers)


def _failure(name: str, verdict: Verdict) -> Check:
    return Check(name, 0, 1, f"{verdict.status}: {verdict.message}" if verdict.message else verdict.status)


def _contradiction(spec: Spec, clash: Clash) -> Diagnostic:
    condition = spec.post[clash.number - 1]
    first, *rest = clash.lines
    also = f" (with line{'s' if len(rest) > 1 else ''} {', '.join(map(str, rest))})" if rest else ""
    values = ", ".join(f"{name} = {text}" for name, text in clash.values)
    shown_values = f" for {values}" if values else ""
    message = (
        f"{_example(spec, first)}{also} contradicts post-condition {clash.number} on line {condition.line}: "
        f"'{condition.text}' is false{shown_values}"
    )
    return diagnostic("SPEC-102", spec.path, first, message)


def _example(spec: Spec, line: int) -> str:
    for function in spec.functions:
        for example in function.examples:
            if example.line == line:
                answer = example.expected if example.raises is None else f"raises {example.raises}"
                return f"{function.signature.name}({', '.join(example.arguments)}) -> {answer}"
    return f"the example on line {line}"


def _first_line(spec: Spec) -> int:
    lines = [condition.line for condition in spec.post]
    lines += [condition.line for function in spec.functions for condition in function.pre]
    return min(lines, default=1)
