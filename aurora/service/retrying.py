"""A machine's step, taken again when somebody else was first. A person's decision is never retried like this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from aurora.journal.port import VersionConflict

TRIES: Final = 100

Result = TypeVar("Result")


def retried(step: Callable[[], Result]) -> Result:
    """What ``step`` gives, which must load what it decides on. Raises ``VersionConflict`` if it never gets through."""
    for _ in range(TRIES - 1):
        try:
            return step()
        except VersionConflict:
            continue
    return step()
