"""Proofs of post-conditions, sought in fresh sandboxed children: the parent's side of ``proof``.

A proof is evidence beside the other checks, with three words. *proved*: CrossHair followed every path and the
condition held on each. *refuted*: it found values that break the condition, and a child without CrossHair saw them do
it. *open*: neither, within its limits; that is said, and never held against the answer.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from importlib import metadata
from importlib.util import find_spec
from typing import Final, Protocol

import msgspec

from aurora.errors import Refused
from aurora.sandbox import Limits, Sandbox
from aurora.specs.model import Function, Spec
from aurora.synthesis.tasks import ConfirmTask, Counterexample, Numbered, Proved, ProveTask, verdict_of
from aurora.synthesis.verify import Evidence, check_task
from aurora_events.base import Check

PRELOAD: Final = ("aurora.proving.crosshair", "aurora.synthesis.proof")
NAME: Final = "proof of post-condition"
"""How the name of every row of evidence begins that a proof gives."""

SECONDS: Final = 10.0
"""CPU time for one condition, looked at between two paths."""

_LIMITS: Final = Limits(cpu_seconds=15.0, wall_seconds=45.0, memory_bytes=2 * 1024**3)
_CONFIRMING: Final = Limits(cpu_seconds=10.0, wall_seconds=30.0)


class ProverMissing(Refused):
    """CrossHair is not installed."""


class Proof(msgspec.Struct, frozen=True):
    """What became of the post-conditions: a row for each, and what breaks the first that is refuted."""

    checks: tuple[Check, ...] = ()
    counterexample: Counterexample | None = None


class Prover(Protocol):
    """Whoever can be asked for proofs: CrossHair, or the log of a run that asked it."""

    def prove(self, spec: Spec, function: Function, source: str, companions: Sequence[str]) -> Proof:
        """Every post-condition about ``function`` whose callees are at hand, in their order."""


class CrossHair:
    """Asks CrossHair, in children of ``sandbox``, which is to have ``PRELOAD`` imported."""

    def __init__(self, sandbox: Sandbox, stop: threading.Event | None = None) -> None:
        self._sandbox = sandbox
        self._stop = stop

    def prove(self, spec: Spec, function: Function, source: str, companions: Sequence[str]) -> Proof:
        """Ask for each condition until one is refuted: what comes after it will be another function's."""
        checks: list[Check] = []
        for number, question in questions(spec, function, source, companions):
            check, broken = self._ask(f"{NAME} {number}", question)
            checks.append(check)
            if broken is not None:
                return Proof(tuple(checks), broken)
        return Proof(tuple(checks))

    def _ask(self, name: str, question: ProveTask) -> tuple[Check, Counterexample | None]:
        payload = msgspec.msgpack.encode(question)
        verdict = self._sandbox.run("aurora.synthesis.proof:prove", payload, _LIMITS, stop=self._stop)
        if verdict.status != "ok":
            why = f"{verdict.status}: {verdict.message}" if verdict.message else verdict.status
            return Check(name, 0, 0, f"open: {why}"), None
        found = msgspec.msgpack.decode(verdict.value, type=Proved)
        if found.verdict == "proved":
            return Check(name, 1, 1, f"proved: {version()} followed all paths ({found.paths})"), None
        broken = self._confirmed(question, found.values) if found.values is not None else None
        if broken is not None:
            return Check(name, 0, 1, f"refuted: {broken.input} breaks {broken.violated}"), broken
        return Check(name, 0, 0, f"open: {_why_open(found)}"), None

    def _confirmed(self, question: ProveTask, values: tuple[str, ...]) -> Counterexample | None:
        payload = msgspec.msgpack.encode(ConfirmTask(question, values))
        verdict = self._sandbox.run("aurora.synthesis.proof:confirm", payload, _CONFIRMING)
        if verdict.status != "ok":
            return None
        return msgspec.msgpack.decode(verdict.value, type=Counterexample | None)


def questions(
    spec: Spec, function: Function, source: str, companions: Sequence[str]
) -> Iterable[tuple[int, ProveTask]]:
    """What can be asked about ``function`` of the module ``source``: conditions with variables, by number."""
    task = check_task(spec, function, source, tuple(companions))
    asked: tuple[Numbered, ...] = task.post if task is not None else ()
    for numbered in asked:
        assert task is not None, "only a task has conditions"
        if numbered.rule.variables:
            yield (
                numbered.number,
                ProveTask(task.source, task.companions, task.subjects, numbered.rule, task.steps, SECONDS),
            )


def with_proof(evidence: Evidence, proof: Proof) -> Evidence:
    """The evidence and what was proved or refuted besides."""
    checks = (*evidence.checks, *proof.checks)
    return msgspec.structs.replace(
        evidence,
        checks=checks,
        verdict=verdict_of(checks),
        counterexample=evidence.counterexample or proof.counterexample,
    )


def is_proof(check: Check) -> bool:
    """Whether a row of evidence comes from a proof. One of 0 of 0 is open, and no condition that was not asked."""
    return check.name.startswith(NAME)


def require_prover() -> None:
    """Raise ``ProverMissing`` (exit 6) when CrossHair is not installed, before anything else is done."""
    if find_spec("crosshair") is None:
        raise ProverMissing(
            "PROVE-001", "CrossHair is not installed", hint="pip install 'aurora-synth[prove]'"
        )


def version() -> str:
    """The prover and its version, as evidence names it."""
    return f"CrossHair {metadata.version('crosshair-tool')}"


def _why_open(found: Proved) -> str:
    if found.beyond:
        return f"breaks on {found.beyond}, which conditions are not held to"
    if found.paths and not found.told:
        return "no path was found on which the condition says something"
    return f"not decided by {version()} within {SECONDS:g} s ({found.paths} paths held)"
