"""Entries of a sandboxed child: one post-condition, asked of CrossHair for all inputs; and a counterexample, run.

What CrossHair knows of Python is a model. So that no fault of it speaks against an answer, values that it says break
a condition count only when the condition, run as plain Python, is broken by them. What it confirms stands on its word
and the solver's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

import msgspec

from aurora.sandbox.steps import StepLimit, step_limit
from aurora.specs.types import parse_type
from aurora.specs.values import conforms, literal
from aurora.synthesis.answers import shown, why_unfit
from aurora.synthesis.holding import BROKEN, Holding, guarded, load_functions
from aurora.synthesis.strategies import ordinary
from aurora.synthesis.tasks import ConfirmTask, Counterexample, Proved, ProveTask, counterexample_of

PATH_STEPS: Final = 1_000
"""Steps of one path: a loop that symbolic values keep running would otherwise never end."""


def prove(payload: bytes, send: Callable[[bytes], None]) -> bytes:
    """A ``ProveTask`` in, a ``Proved`` out."""
    from aurora.proving.crosshair import decide

    task = msgspec.msgpack.decode(payload, type=ProveTask)
    holding = _holding(task, misled=(TypeError,))
    plain = _holding(task)
    kinds = [parse_type(type_) for _, type_ in task.rule.variables]

    def holds(*values: object) -> bool | None:
        with step_limit(PATH_STEPS):
            return holding.truth(*values)

    def counts(values: Sequence[Any]) -> bool:
        fits = all(
            not why_unfit(value) and conforms(value, kind) and ordinary(value)
            for value, kind in zip(values, kinds, strict=True)
        )
        return fits and plain.ask(tuple(map(literal, values)), task.steps)[0] == BROKEN

    decision = decide(holds, [_annotation(str(kind)) for kind in kinds], counts, (StepLimit,), task.seconds)
    return msgspec.msgpack.encode(
        Proved(
            decision.verdict,
            _row(decision.values),
            shown(", ".join(map(repr, decision.beyond))) if decision.beyond is not None else "",
            decision.told,
            decision.paths,
        )
    )


def confirm(payload: bytes, send: Callable[[bytes], None]) -> bytes:
    """A ``ConfirmTask`` in; out comes the counterexample, or nothing when the values do not break the condition."""
    task = msgspec.msgpack.decode(payload, type=ConfirmTask)
    verdict, answer = _holding(task.question).ask(task.values, task.question.steps)
    broken: Counterexample | None = None
    if verdict == BROKEN:
        broken = counterexample_of(task.question.rule, task.values, answer.text if answer.kinds else "")
    return msgspec.msgpack.encode(broken)


def _holding(task: ProveTask, misled: tuple[type[Exception], ...] = ()) -> Holding:
    subjects = {subject.name: subject for subject in task.subjects}
    functions = load_functions((*task.companions, task.source), subjects)
    within = {
        name: guarded(subjects[name], function, functions, misled) for name, function in functions.items()
    }
    return Holding(task.rule, within, subjects)


def _annotation(text: str) -> object:
    """The type as Python writes it: the text is our own, from a parsed type."""
    return cast(object, eval(text, {"__builtins__": {}}, _TYPES))


_TYPES: Final = {each.__name__: each for each in (int, float, str, bool, list, dict, tuple, set)}


def _row(values: Sequence[Any] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(map(literal, values))
