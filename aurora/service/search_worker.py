"""One round of a search in a fresh sandboxed worker, and what the seeds offered to it answer."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from aurora.learning.choosing import Candidate
from aurora.sandbox import Limits, Sandbox
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.problem import Frame, Message, Outcome, Problem, Progress, Refuted, Seed
from aurora.synthesis.verify import evaluate_source
from aurora.synthesis.worker import SearchTask

WORKER_LOST: Final = "worker"
"""Why a search stopped when its worker was killed or failed."""

_message = msgspec.msgpack.Decoder(Message)


class Sink(Protocol):
    """What becomes of the parts of a search while it runs."""

    def frame(self, frame: Frame) -> None:
        """Take the next frame; ``first`` counts over all rounds."""

    def progress(self, progress: Progress) -> None:
        """Show where the search stands."""

    def refuted(self, refuted: Refuted) -> None:
        """A fitting candidate was broken by this input."""


def run_search(
    sandbox: Sandbox, problem: Problem, limits: Limits, sink: Sink, stop: threading.Event
) -> Outcome:
    """One search in a fresh sandboxed worker. One that ends without an outcome is unsolved, stopped by its death.

    A condition such as ``sum(range(10**12)) > f(x)`` can hold a worker until the sandbox kills it. That is the end
    of one function, not of the run.
    """
    attempts = evaluations = 0

    def receive(data: bytes) -> None:
        nonlocal attempts, evaluations
        message: Message = _message.decode(data)
        if isinstance(message, Frame):
            attempts += len(message.attempts)
            sink.frame(message)
        elif isinstance(message, Progress):
            evaluations = message.evaluations
            sink.progress(message)
        elif isinstance(message, Refuted):
            sink.refuted(message)

    payload = msgspec.msgpack.encode(SearchTask(problem, limits.memory_bytes))
    verdict = sandbox.run("aurora.synthesis.worker:search", payload, limits, receive, stop)
    if verdict.status != "ok":
        message = f"the search worker ended without an answer: {verdict.status}: {verdict.message}"
        return lost_search(problem, message, attempts, evaluations)
    return msgspec.msgpack.decode(verdict.value, type=Outcome)


def lost_search(problem: Problem, message: str, attempts: int, evaluations: int) -> Outcome:
    """The outcome of a search whose worker died: nothing is claimed, what was logged is counted."""
    total = len(problem.examples)
    return Outcome(
        result="unsolved",
        found=None,
        alternatives=(),
        distinguishing=(),
        best=None,
        passed=0,
        total=total,
        failing=tuple(range(total)),
        evidence=(),
        attempts=attempts,
        evaluations=evaluations,
        stopped=WORKER_LOST,
        message=message,
    )


def tried(sandbox: Sandbox, problem: Problem, candidates: Sequence[Candidate]) -> tuple[Seed, ...]:
    """The offered code with its outputs on examples and probes, run in fresh children.

    Code that cannot be run at all is left out.
    """
    inputs = [*(case.arguments for case in problem.examples), *probe_inputs(problem)]
    seeds = []
    for candidate in candidates:
        outputs = evaluate_source(sandbox, candidate.snippet, candidate.func_name, inputs)
        if outputs is not None:
            seeds.append(Seed(candidate.id, candidate.snippet, outputs))
    return tuple(seeds)


class Shifted:
    """Passes frames on, counted from the first attempt of the first round."""

    def __init__(self, sink: Sink, offset: int) -> None:
        self.sink = sink
        self.offset = offset
        self.frames = 0

    def frame(self, frame: Frame) -> None:
        self.frames += 1
        self.sink.frame(Frame(frame.first + self.offset, frame.attempts))

    def progress(self, progress: Progress) -> None:
        self.sink.progress(progress)

    def refuted(self, refuted: Refuted) -> None:
        self.sink.refuted(refuted)
