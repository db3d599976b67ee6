"""What the prose of a spec gives besides words: its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from aurora.specs.values import LiteralSyntaxError, parse_value


def numbers(hints: Sequence[str]) -> list[float]:
    """The numbers that the prose gives, in its order."""
    found: list[float] = []
    for hint in hints:
        try:
            value = parse_value(hint)
        except LiteralSyntaxError:
            continue
        if isinstance(value, int | float) and not isinstance(value, bool):
            found.append(value)
    return found
