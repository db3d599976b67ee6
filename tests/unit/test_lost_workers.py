"""A search worker that dies ends one function, honestly: what it logged is counted, nothing is claimed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

import msgspec
from search_problems import problem

from aurora.sandbox import Limits, Sandbox
from aurora.sandbox.protocol import Verdict
from aurora.service.search_worker import WORKER_LOST, run_search
from aurora.synthesis.problem import Frame, Progress, Refuted
from aurora_events.runs import Attempt

PROBLEM = problem("f(x: int) -> int", "f(1) -> 2", "f(11) -> 12")


class Dying:
    """A sandbox whose task sends a frame and a notice, and is then killed."""

    def run(
        self,
        entry: str,
        payload: bytes,
        limits: Limits,
        on_message: Callable[[bytes], None],
        stop: threading.Event,
    ) -> Verdict:
        for message in (
            Frame(0, (Attempt("x", 1, 0), Attempt("1", 1, 0))),
            Progress(40, 2, 2, 0, 1, "enumerate"),
        ):
            on_message(msgspec.msgpack.encode(message))
        return Verdict("timeout", message="35 seconds of time ran out")


class Kept:
    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def frame(self, frame: Frame) -> None:
        self.frames.append(frame)

    def progress(self, progress: Progress) -> None:
        pass

    def refuted(self, refuted: Refuted) -> None:
        pass


def test_a_worker_that_dies_leaves_an_unsolved_function() -> None:
    sink = Kept()
    ended = run_search(cast("Sandbox", Dying()), PROBLEM, Limits(), sink, threading.Event())
    assert (ended.result, ended.found, ended.best, ended.stopped) == ("unsolved", None, None, WORKER_LOST)
    assert (ended.passed, ended.total, ended.failing) == (0, 2, (0, 1))
    assert (ended.attempts, ended.evaluations, len(sink.frames)) == (2, 40, 1)
    assert "timeout: 35 seconds of time ran out" in ended.message
