"""Calling untrusted functions and writing down what they answer. Runs inside the sandboxed child.

Nothing here trusts a value: before it is compared or written it is measured, because a list may contain
itself and a string may be a gigabyte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import cast

import msgspec

from aurora.sandbox.steps import StepLimit, step_limit
from aurora.specs.types import Type
from aurora.specs.values import MAX_DEPTH, Value, conforms, literal, parse_value, same
from aurora.synthesis.tasks import RAISES

Function = Callable[..., object]

STEP_LIMIT = "StepLimit"
NOT_A_VALUE = "NotAValue"
TOO_LARGE = "TooLarge"
"""In the place of an exception's name: the call did not end within its steps, its result is no value of the
spec language, or one too large or deep to be written.
"""

_MAX_PARTS = 20_000
_LETTERS_PER_PART = 16
_MAX_BITS = 14_000
"""About the 4,300 decimal digits that Python writes at most."""


class Answer(msgspec.Struct, frozen=True):
    """What a call gave: its literal or ``raises NAME``, and the names of the exception and its bases."""

    text: str
    value: object = None
    kinds: tuple[str, ...] = ()
    mutated: bool = False
    steps: int = 0

    @property
    def ended(self) -> bool:
        """Whether the call came to its own end, and its result could be looked at."""
        return self.kinds[:1] not in ((STEP_LIMIT,), (TOO_LARGE,))


def call(function: Function, arguments: Sequence[str], steps: int) -> Answer:
    """Call ``function`` on fresh values of the literal ``arguments``, with at most ``steps`` steps."""
    values = [parse_value(text) for text in arguments]
    used = 0
    try:
        with step_limit(steps) as counter:
            try:
                value = function(*values)
            finally:
                used = counter.used
    except StepLimit:
        return Answer(RAISES + STEP_LIMIT, kinds=(STEP_LIMIT,), steps=used)
    except BaseException as error:  # noqa: BLE001 - whatever it raises, SystemExit too, is its answer
        kinds = tuple(kind.__name__ for kind in type(error).__mro__ if kind is not object)
        return Answer(RAISES + kinds[0], kinds=kinds, steps=used)
    changed = not all(_unchanged(left, text) for left, text in zip(values, arguments, strict=True))
    unfit = why_unfit(value)
    if unfit:
        return Answer(RAISES + unfit, kinds=(unfit,), mutated=changed, steps=used)
    return Answer(literal(cast(Value, value)), value, mutated=changed, steps=used)


def why_unfit(value: object) -> str:
    """``NotAValue`` or ``TooLarge``; "" for a value of the spec language that can be compared and written."""
    parts = 0
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        kind = type(part)
        if kind is str:
            parts += len(cast(str, part)) // _LETTERS_PER_PART
        elif kind is int:
            parts += cast(int, part).bit_length() // _MAX_BITS * _MAX_PARTS
        elif kind in (list, tuple, set):
            waiting += [(item, depth + 1) for item in islice(cast("list[object]", part), _MAX_PARTS)]
        elif kind is dict:
            pairs = islice(cast("dict[object, object]", part).items(), _MAX_PARTS)
            waiting += [(item, depth + 1) for pair in pairs for item in pair]
        elif part is not None and kind not in (float, bool):
            return NOT_A_VALUE
        parts += 1
        if parts > _MAX_PARTS or depth > MAX_DEPTH:
            return TOO_LARGE
    return ""


def agrees(answer: Answer, expected: str | None, raises: str | None, returns: Type) -> bool:
    """Whether the answer is the one that an example wants."""
    if raises is not None:
        return raises in answer.kinds
    if expected is None or answer.kinds:
        return False
    return conforms(answer.value, returns) and same(answer.value, parse_value(expected))


def agree(left: str, right: str) -> bool:
    """Whether two answers, as text, are the same answer."""
    if left.startswith(RAISES) or right.startswith(RAISES):
        return left == right
    return left == right or same(parse_value(left), parse_value(right))


def shown(answer: str, limit: int = 80) -> str:
    """An answer for people: literals are ASCII already, so only its length is a danger."""
    return answer if len(answer) <= limit else answer[: limit - 3] + "..."


def _unchanged(value: object, text: str) -> bool:
    return not why_unfit(value) and same(value, parse_value(text))
