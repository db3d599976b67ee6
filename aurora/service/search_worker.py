"""One round of a search in a fresh sandboxed worker, and what the seeds offered to it answer."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol

import msgspec

from aurora.errors import AuroraError
from aurora.learning.choosing import Offer
from aurora.sandbox import Limits, Sandbox
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.problem import Frame, Message, Outcome, Problem, Progress, Refuted, Seed
from aurora.synthesis.verify import evaluate_source
from aurora.synthesis.worker import SearchTask

_message = msgspec.msgpack.Decoder(Message)


class Sink(Protocol):
    """What becomes of the parts of a search while it runs."""

    def frame(self, frame: Frame) -> None:
        """Take the next frame; ``first`` counts over all rounds."""

    def progress(self, progress: Progress) -> None:
        """Show where the search stands."""

    def refuted(self, refuted: Refuted) -> None:
        """A fitting candidate was broken by this input."""


class SearchFailed(AuroraError):
    """The search worker ended without an outcome."""

    exit_code = 70


def run_search(
    sandbox: Sandbox, problem: Problem, limits: Limits, sink: Sink, stop: threading.Event
) -> Outcome:
    """One search in a fresh sandboxed worker. Raises ``SearchFailed`` when the worker dies without an outcome."""

    def receive(data: bytes) -> None:
        message: Message = _message.decode(data)
        if isinstance(message, Frame):
            sink.frame(message)
        elif isinstance(message, Progress):
            sink.progress(message)
        elif isinstance(message, Refuted):
            sink.refuted(message)

    payload = msgspec.msgpack.encode(SearchTask(problem, limits.memory_bytes))
    verdict = sandbox.run("aurora.synthesis.worker:search", payload, limits, receive, stop)
    if verdict.status != "ok":
        raise SearchFailed(
            "SYNTH-001",
            f"the search worker ended: {verdict.status}: {verdict.message}",
            where=problem.function,
            hint="aurora doctor; or a smaller --max-evals, or more [sandbox] memory_mb",
        )
    return msgspec.msgpack.decode(verdict.value, type=Outcome)


def tried(sandbox: Sandbox, problem: Problem, offers: Sequence[Offer]) -> tuple[Seed, ...]:
    """The offered corpus code with its outputs on examples and probes, run in fresh children.

    Code that cannot be run at all is left out.
    """
    inputs = [*(case.arguments for case in problem.examples), *probe_inputs(problem)]
    seeds = []
    for offer in offers:
        candidate = offer.candidate
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
