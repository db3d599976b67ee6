"""The search inside the sandbox: a problem comes in as bytes, messages and the outcome go out as bytes.

Here, and only here, the search meets the clock, signals and memory; all three only ever *stop* it.
"""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Callable
from types import FrameType

import msgspec

from aurora.synthesis.engine import ValueSearch
from aurora.synthesis.problem import Outcome, Problem, Progress

PROGRESS_SECONDS = 0.1
"""Between two notices of progress, at least."""

MEMORY_SHARE = 0.8
"""How much of the memory that the sandbox allows may be in use before the search stops by itself."""


class SearchTask(msgspec.Struct, frozen=True, array_like=True):
    """A problem, and the memory that the sandbox allows in bytes (0 for no limit): the child may not ask for it."""

    problem: Problem
    memory_bytes: int


def search(payload: bytes, send: Callable[[bytes], None]) -> bytes:
    """Run the search of ``payload`` (a ``SearchTask``); ``send`` every message but the outcome, which is returned."""
    task = msgspec.msgpack.decode(payload, type=SearchTask)
    problem = task.problem
    encoder = msgspec.msgpack.Encoder()
    guard = Guard(problem.wall_seconds, task.memory_bytes)
    shown = 0.0
    with guard:
        for message in ValueSearch().search(problem, guard):
            if isinstance(message, Outcome):
                return encoder.encode(message)
            if isinstance(message, Progress):
                now = time.monotonic()
                if now - shown < PROGRESS_SECONDS:
                    continue
                shown = now
            send(encoder.encode(message))
    raise AssertionError("a search ends with an outcome")


class Guard:
    """Says why a search must stop now, if it must: SIGTERM, wall clock, memory."""

    def __init__(self, wall_seconds: float, memory_bytes: int) -> None:
        self._deadline = time.monotonic() + wall_seconds if wall_seconds > 0 else None
        self._terminated = False
        self._most = memory_bytes * MEMORY_SHARE if memory_bytes else None

    def __enter__(self) -> Guard:
        self._before = signal.signal(signal.SIGTERM, self._terminate)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGTERM, self._before)

    def __call__(self) -> str:
        if self._terminated:
            return "interrupt"
        if self._deadline is not None and time.monotonic() > self._deadline:
            return "clock"
        if self._most is not None and _memory_used() > self._most:
            return "memory"
        return ""

    def _terminate(self, number: int, frame: FrameType | None) -> None:
        self._terminated = True


def _memory_used() -> int:
    """The most memory that was ever resident, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
