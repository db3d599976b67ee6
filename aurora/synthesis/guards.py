"""Evaluation helpers of the operators: Python's own behaviour, with a limit on what may be built."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from aurora.synthesis.cells import MAX_INTEGER, MAX_LENGTH, TooLarge

Item = TypeVar("Item")


def times(left: int, right: int) -> int:
    """``left * right``, unless one of them is out of all proportion."""
    if -MAX_INTEGER < left < MAX_INTEGER and -MAX_INTEGER < right < MAX_INTEGER:
        return left * right
    raise TooLarge


def power(base: int, exponent: int) -> int:
    """``base ** exponent`` for a natural exponent; a negative one would give a float."""
    if exponent < 0:
        raise TooLarge
    if abs(base) > 1 and (base.bit_length() * exponent > 140 or exponent > 140):
        raise TooLarge
    result: int = base**exponent
    return result


def repeat_text(text: str, count: int) -> str:
    """``text * count``."""
    if count > 0 and len(text) * count > MAX_LENGTH:
        raise TooLarge
    return text * count


def repeat_list(items: tuple[Item, ...], count: int) -> tuple[Item, ...]:
    """``items * count``."""
    if count > 0 and len(items) * count > MAX_LENGTH:
        raise TooLarge
    return items * count


def replaced(text: str, old: str, new: str) -> str:
    """``text.replace(old, new)``; an empty ``old`` is a trick, not a program."""
    if not old or text.count(old) * len(new) + len(text) > MAX_LENGTH:
        raise TooLarge
    return text.replace(old, new)


def joined(separator: str, parts: Sequence[str]) -> str:
    """``separator.join(parts)``."""
    if len(separator) * len(parts) + sum(map(len, parts)) > MAX_LENGTH:
        raise TooLarge
    return separator.join(parts)


def concatenated(left: str, right: str) -> str:
    """``left + right``."""
    if len(left) + len(right) > MAX_LENGTH:
        raise TooLarge
    return left + right


def natural_range(start: int, stop: int) -> tuple[int, ...]:
    """``list(range(start, stop))``."""
    if stop - start > MAX_LENGTH // 4:
        raise TooLarge
    return tuple(range(start, stop))


def present(value: Item | None) -> Item:
    """``value`` where it is known not to be None."""
    if value is None:
        raise TypeError
    return value


def finite(number: float) -> float:
    """``number``, unless it left the real line."""
    if number - number != 0:
        raise TooLarge
    return number


ENVIRONMENT = {
    function.__name__: function
    for function in (
        times, power, repeat_text, repeat_list, replaced, joined, concatenated, natural_range, present,
        finite,
    )
}  # fmt: skip
"""What the generated loops can name besides Python's builtins."""
