"""Counting the steps of untrusted code, so that where it is stopped does not depend on the machine.

A step is a call of a function of the code or one turn of one of its loops. ``loading`` puts ``tick()``
at each of these places of the syntax tree. That is the same on every Python version, needs no tracing (so
that coverage and Hypothesis can use it), and bounds everything but single long calls of built-in functions;
those are left to the CPU limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf


class StepLimit(BaseException):  # like KeyboardInterrupt, past ``except Exception``
    """The code made more steps than it may."""


class Steps:
    """How many steps were made, and how many may be."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.used = 0

    def check(self) -> None:
        if self.used > self.limit:
            raise StepLimit(f"more than {self.limit} steps")


_current = Steps(inf)


def tick() -> bool:
    """Count one step. True, so that it can stand as a condition of a comprehension."""
    _current.used += 1
    if _current.used > _current.limit:
        _current.check()
    return True


@contextmanager
def step_limit(limit: int) -> Iterator[Steps]:
    """Allow ``limit`` steps inside the block; they count for an outer block too."""
    global _current
    outer, _current = _current, Steps(limit)
    mine = _current
    try:
        yield mine
        # Code that swallowed the exception (``finally: return``) must not get away with an answer.
        mine.check()
    finally:
        outer.used += mine.used
        _current = outer
