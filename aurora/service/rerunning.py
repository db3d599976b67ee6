"""``replay --rerun``: search again what a run searched, and compare every attempt with the log."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import msgspec

from aurora.errors import IntegrityError, NotFound, Refused
from aurora.service import spec_texts
from aurora.service.answers import Answer
from aurora.service.offering import BIAS, REUSE, Use
from aurora.service.planning import Plan, make_plan
from aurora.service.proving import Remembered
from aurora.service.sandboxing import Sandboxes, open_sandboxes, search_limits
from aurora.service.search_worker import WORKER_LOST
from aurora.service.searching import Settings
from aurora.service.spec_search import Order, search_spec
from aurora.service.targets import Target
from aurora.service.workspace import Workspace
from aurora.specs.model import Function, Spec
from aurora.specs.parser import parse
from aurora.synthesis.engine import ValueSearch
from aurora.synthesis.problem import Frame, Progress, Refuted
from aurora.synthesis.verify import versions
from aurora_events.base import Event
from aurora_events.codec import digest, encode
from aurora_events.learning import Exploring, LearningChosen
from aurora_events.record import Recorded
from aurora_events.runs import (
    CandidateDisproved,
    FrameWithheld,
    FunctionOutcome,
    FunctionUnsolved,
    RunStarted,
    Searched,
    search_stream,
    stream,
)
from aurora_projections.views import Views


class Repeated(msgspec.Struct, frozen=True):
    """One function searched again: how many frames and attempts were the same, and the first that was not."""

    spec: str
    name: str
    frames: int
    attempts: int
    same: bool
    difference: str


class Rerun(msgspec.Struct, frozen=True):
    """The result of ``replay --rerun``."""

    run: str
    ok: bool
    functions: tuple[Repeated, ...]


def rerun(workspace: Workspace, run: str) -> Rerun:
    """Repeat every search of a run from the log as of its start. Writes nothing.

    Raises ``NotFound`` for an unknown run and ``Refused`` when engine, Python or Hypothesis are not the run's.
    """
    facts = workspace.journal.stream(stream(run))
    if not facts or not isinstance(facts[0].event, RunStarted):
        raise NotFound("RUN-001", f"no run '{run}'", hint="aurora run list")
    started = facts[0].event
    _require_same_versions(started)
    outcomes = {
        (fact.event.spec, fact.event.function): fact.event
        for fact in facts
        if isinstance(fact.event, FunctionOutcome)
    }
    with Views.in_memory(workspace.journal, through=started.corpus_position) as views:
        targets = [_target(workspace, target.spec, target.spec_hash) for target in started.targets]
        plan = make_plan(views, targets, _use(started, facts))
    prover = Remembered(fact.event for fact in facts if isinstance(fact.event, CandidateDisproved))
    repeated: list[Repeated] = []
    with open_sandboxes(workspace) as sandboxes:
        for target in targets:
            if target.spec is not None and not target.diagnostics:
                repeated += _repeat_spec(workspace, sandboxes, started, target.spec, plan, outcomes, prover)
    return Rerun(run, all(each.same for each in repeated), tuple(repeated))


class _Comparison:
    """A sink that compares each frame with the recorded one. Digests suffice: withheld frames compare as well."""

    def __init__(self, recorded: Sequence[Recorded]) -> None:
        self.recorded = recorded
        self.frames = 0
        self.attempts = 0
        self.difference = ""

    def frame(self, frame: Frame) -> None:
        self.frames += 1
        self.attempts += len(frame.attempts)
        if self.difference:
            return
        if self.frames > len(self.recorded):
            self.difference = f"frame {self.frames} is not in the log"
            return
        fact = self.recorded[self.frames - 1]
        if digest(encode(_as_recorded(fact, frame))) != fact.digest:
            self.difference = f"frame {self.frames} differs (position {fact.position})"

    def progress(self, progress: Progress) -> None:
        """Nobody watches a rerun."""

    def refuted(self, refuted: Refuted) -> None:
        """Refutations follow from the frames and the rules; the frames are what is compared."""


def _as_recorded(fact: Recorded, frame: Frame) -> Event:
    """The frame as the event that the log would hold, with the recorded stamp."""
    event = fact.event
    if not isinstance(event, Searched | FrameWithheld):
        raise IntegrityError(
            "REPLAY-003",
            "a search stream holds something else than frames",
            where=f"position {fact.position}",
        )
    return Searched(
        event.at, event.actor, event.cause, event.run, event.spec, event.function, frame.first, frame.attempts
    )


def _repeat_spec(
    workspace: Workspace,
    sandboxes: Sandboxes,
    started: RunStarted,
    spec: Spec,
    plan: Plan,
    outcomes: Mapping[tuple[str, str], FunctionOutcome],
    prover: Remembered,
) -> list[Repeated]:
    comparisons: dict[str, _Comparison] = {}

    def begin(function: Function) -> Order | None:
        name = function.signature.name
        outcome = outcomes.get((spec.name, name))
        if outcome is None or not outcome.effort.evaluations or outcome.effort.stopped == WORKER_LOST:
            return None  # where a worker was killed depends on the machine
        recorded = workspace.journal.stream(search_stream(started.run, spec.name, name))
        comparisons[name] = _Comparison(recorded)
        return Order(plan.lesson(spec.name, name), _settings(workspace, started, outcome), comparisons[name])

    repeated = []
    for function, answer, _ in search_spec(sandboxes, spec, begin, threading.Event(), prover):
        name = function.signature.name
        comparison = comparisons[name]
        difference = comparison.difference or _compare(comparison, answer, outcomes[spec.name, name])
        repeated.append(
            Repeated(spec.name, name, comparison.frames, comparison.attempts, not difference, difference)
        )
    return repeated


def _compare(comparison: _Comparison, answer: Answer, outcome: FunctionOutcome) -> str:
    if comparison.frames < len(comparison.recorded):
        return f"frame {comparison.frames + 1} of the log was not searched again"
    if answer.attempts != outcome.effort.attempts:
        return f"{answer.attempts} attempts instead of {outcome.effort.attempts}"
    if answer.evaluations != outcome.effort.evaluations:
        return f"{answer.evaluations} evaluations instead of {outcome.effort.evaluations}"
    solved = not isinstance(outcome, FunctionUnsolved)
    if solved and answer.source != outcome.source:
        return "the source differs"
    return ""


def _use(started: RunStarted, facts: Sequence[Recorded]) -> Use:
    """What the run might use of what was learned. Runs older than that choice might test seeds, if anything."""
    for fact in facts:
        if isinstance(fact.event, LearningChosen):
            chosen = fact.event
            return Use(frozenset(chosen.ways), chosen.seed_bias, chosen.exploring, started.seed)
    return Use(frozenset((REUSE, BIAS) if started.seeding else ()), None, Exploring(), started.seed)


def _settings(workspace: Workspace, started: RunStarted, outcome: FunctionOutcome) -> Settings:
    """The budget that makes the search end where it ended: what stopped it from outside is replaced by its count."""
    outside = outcome.effort.stopped in ("clock", "interrupt", "memory")
    most = outcome.effort.evaluations if outside else 0
    return Settings(started.seed, started.max_evaluations, 0.0, search_limits(workspace, 0.0), most)


def _target(workspace: Workspace, name: str, spec_hash: str) -> Target:
    """The spec as the run saw it, from its own stream."""
    event = spec_texts.with_hash(workspace, name, spec_hash)
    if event is None:
        raise IntegrityError(
            "REPLAY-004",
            f"the text that the run searched ({spec_hash[:12]}) is not in the log",
            where=f"spec/{name}",
        )
    parsed = parse(event.text, f"specs/{event.path}", name)
    return Target(name, event.path, spec_hash, parsed.spec, parsed.diagnostics)


def _require_same_versions(started: RunStarted) -> None:
    python, hypothesis = versions()
    now = {"engine": ValueSearch.version, "Python": python, "Hypothesis": hypothesis}
    then = {"engine": started.engine, "Python": started.python, "Hypothesis": started.hypothesis}
    other = [f"{name} {then[name]} (here {now[name]})" for name in now if now[name] != then[name]]
    if other:
        raise Refused(
            "REPLAY-005",
            f"the run used {', '.join(other)}: its attempts cannot be compared",
            where=f"run {started.run}",
            hint="rerun with the same versions",
        )
