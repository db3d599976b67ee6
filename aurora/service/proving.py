"""Provers for a run and its rerun: CrossHair, whose refutations go into the log, and the log itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from aurora.sandbox import Sandbox
from aurora.service.workspace import Workspace
from aurora.specs.model import Function, Spec
from aurora.synthesis.modules import code_hash
from aurora.synthesis.prove import (
    NAME,
    PRELOAD,
    CrossHair,
    Proof,
    Prover,
    questions,
    require_prover,
    version,
)
from aurora.synthesis.tasks import Counterexample, counterexample_of
from aurora_events.base import Check
from aurora_events.runs import CandidateDisproved


@contextmanager
def open_prover(workspace: Workspace, stop: threading.Event | None = None) -> Iterator[CrossHair]:
    """CrossHair in a sandbox of its own, with the configured floor. Raises ``ProverMissing``, ``SandboxTooWeak``.

    It is apart from the sandbox of the checks, because CrossHair changes the interpreter that imports it.
    """
    require_prover()
    with Sandbox(preload=PRELOAD, floor=workspace.config.sandbox.floor) as sandbox:
        yield CrossHair(sandbox, stop)


class Telling:
    """A prover that says each refutation, with what it refuted, before the search goes on with it."""

    def __init__(self, prover: Prover, tell: Callable[[Spec, Function, str, Counterexample], None]) -> None:
        self._prover = prover
        self._tell = tell

    def prove(self, spec: Spec, function: Function, source: str, companions: Sequence[str]) -> Proof:
        """What the prover says."""
        proof = self._prover.prove(spec, function, source, companions)
        if proof.counterexample is not None:
            self._tell(spec, function, code_hash(source), proof.counterexample)
        return proof


class Remembered:
    """The refutations of a run, for its rerun: the same code meets the same counterexample, and nothing is proved.

    So a search is led on as it was, on any machine, whether or not CrossHair is there.
    """

    def __init__(self, disproved: Iterable[CandidateDisproved]) -> None:
        self._found = {
            (event.spec, event.function, event.code_hash, event.rule): event for event in disproved
        }

    def prove(self, spec: Spec, function: Function, source: str, companions: Sequence[str]) -> Proof:
        """The recorded refutation of this code, if it was refuted."""
        if not self._found:
            return Proof()
        about = (spec.name, function.signature.name, code_hash(source))
        for number, question in questions(spec, function, source, companions):
            event = self._found.get((*about, question.rule.text))
            if event is not None:
                shown = counterexample_of(question.rule, event.values, "").input
                broken = Counterexample(event.rule, event.values, shown, event.violated)
                detail = f"refuted: {broken.input} breaks {broken.violated}"
                return Proof((Check(f"{NAME} {number}", 0, 1, detail),), broken)
        return Proof()


def disproved(
    workspace: Workspace, run: str, spec: Spec, function: Function, hash_: str, broken: Counterexample
) -> CandidateDisproved:
    """The event that a run appends for a refutation."""
    return CandidateDisproved(
        *workspace.engine_stamp(),
        run=run,
        spec=spec.name,
        function=function.signature.name,
        code_hash=hash_,
        rule=broken.rule,
        values=broken.values,
        violated=broken.violated,
        prover=version(),
    )
