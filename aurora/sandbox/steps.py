"""Counting the steps of untrusted code, so that where it is stopped does not depend on the machine.

A step is a call of a function of the code or one turn of one of its loops. ``loading`` puts ``STEPS.tick()``
at each of these places of the syntax tree. That is the same on every Python version, needs no tracing (so
that coverage and Hypothesis can use it), and bounds everything but single long calls of built-in functions;
those are left to the CPU limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class StepLimit(BaseException):  # like KeyboardInterrupt, past ``except Exception``
    """The code made more steps than it may."""


class Steps:
    """How many steps are left; ``None`` for any number."""

    def __init__(self) -> None:
        self.limit: int | None = None
        self.used = 0

    def tick(self) -> bool:
        """Count one step. True, so that it can stand as a condition of a comprehension."""
        self.used += 1
        if self.limit is not None and self.used > self.limit:
            raise StepLimit(f"more than {self.limit} steps")
        return True


STEPS = Steps()


@contextmanager
def step_limit(limit: int) -> Iterator[Steps]:
    """Allow ``limit`` steps inside the block; ``used`` of the yielded counter tells how many were made."""
    before, STEPS.limit, STEPS.used = (STEPS.limit, STEPS.used), limit, 0
    try:
        yield STEPS
        # Code that swallowed the exception (``finally: return``) must not get away with an answer.
        if STEPS.used > limit:
            raise StepLimit(f"more than {limit} steps")
    finally:
        STEPS.limit, STEPS.used = before
