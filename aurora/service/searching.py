"""One function's search: search, check the answer in a fresh child, and search on with what the check found.

The same code serves ``aurora synth`` and ``aurora replay --rerun``: a ``Sink`` says what happens to the frames.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Final

import msgspec

from aurora.sandbox import Limits
from aurora.service.answers import Answer, companions, module_source, notable_of, trial_of
from aurora.service.offering import Lesson
from aurora.service.sandboxing import Sandboxes
from aurora.service.search_worker import Shifted, Sink, run_search, tried
from aurora.specs.model import Function, Spec
from aurora.specs.names import module_name
from aurora.synthesis.building import build_problem
from aurora.synthesis.modules import split_functions
from aurora.synthesis.nesting import self_contained
from aurora.synthesis.problem import Callable, Counterexample, Outcome, Refuted, Seed
from aurora.synthesis.prove import Prover, with_proof
from aurora.synthesis.records import corpus_record
from aurora.synthesis.testfile import test_module
from aurora.synthesis.verify import Evidence, verify_candidate
from aurora_events.base import Check
from aurora_events.corpus import CorpusRecord
from aurora_events.runs import Notable

ROUNDS: Final = 8
"""At most so many counterexamples of the final check are fed back into one search."""


class Settings(msgspec.Struct, frozen=True):
    """The parameters of a search that do not come from the spec.

    ``max_evaluations`` are for each time that a function is searched; ``most``, if not 0, is for all times together.
    """

    seed: int
    max_evaluations: int
    wall_seconds: float
    limits: Limits
    most: int = 0


def recheck(
    sandboxes: Sandboxes,
    spec: Spec,
    function: Function,
    answer: Answer,
    library: Sequence[Callable],
    prover: Prover | None = None,
) -> Answer:
    """The answer, checked once more when all functions of the spec have been searched.

    A condition that ties it to a later function could not be asked before. If it still cannot, because that
    function was not found, the answer does not stand: it would claim more than was checked.
    """
    if not answer.verified or not answer.unchecked:
        return answer
    evidence = gathered(sandboxes, spec, function, answer.source, library, prover)
    checked = msgspec.structs.replace(answer, evidence=evidence.checks)
    return msgspec.structs.replace(checked, verified=evidence.verdict == "passed" and not checked.unchecked)


def gathered(
    sandboxes: Sandboxes,
    spec: Spec,
    function: Function,
    source: str,
    library: Sequence[Callable],
    prover: Prover | None,
) -> Evidence:
    """Every check of ``source``, and if it passes them, what a prover says of its post-conditions."""
    beside = companions(source, library)
    evidence = verify_candidate(
        sandboxes.main, spec, function, source, companions=beside, other=sandboxes.other
    )
    if prover is None or evidence.verdict != "passed":
        return evidence
    return with_proof(evidence, prover.prove(spec, function, source, beside))


class FunctionSearch:
    """The rounds of one function's search, with what they have cost so far. Frames and attempts count over all."""

    def __init__(
        self,
        sandboxes: Sandboxes,
        spec: Spec,
        function: Function,
        lesson: Lesson,
        settings: Settings,
        sink: Sink,
        prover: Prover | None = None,
    ) -> None:
        self.sandboxes = sandboxes
        self.sandbox = sandboxes.main
        self.spec = spec
        self.function = function
        self.library: Sequence[Callable] = ()
        self.lesson = lesson
        self.settings = settings
        self.sink = sink
        self.prover = prover
        self.counterexamples: tuple[Counterexample, ...] = ()
        self.evaluations = 0
        self.begun = 0
        self.attempts = 0
        self.frames = 0
        self.notable: list[Notable] = []
        self.seeds: tuple[Seed, ...] = ()

    def run(self, library: Sequence[Callable], stop: threading.Event) -> Answer:
        """Search and check until an answer stands, the budget ends, or ``ROUNDS`` answers were refuted.

        To run again, with more in the library, goes on counting and keeps the counterexamples.
        """
        self.library = library
        self.begun = self.evaluations
        while True:
            outcome = self.round(stop)
            if outcome.found is None:
                return self.unanswered(outcome)
            source = module_source(self.spec, self.function, library, outcome.found)
            evidence = gathered(self.sandboxes, self.spec, self.function, source, library, self.prover)
            broken = evidence.counterexample
            if evidence.verdict == "passed" or broken is None or self.exhausted:
                return self.answered(outcome, source, evidence)
            self.sink.refuted(Refuted(outcome.found.program, broken.input, broken.violated))
            self.counterexamples += (Counterexample(broken.rule, broken.values),)

    @property
    def left(self) -> int:
        """The evaluations that may still be done."""
        settings = self.settings
        left = settings.max_evaluations - (self.evaluations - self.begun)
        return min(left, settings.most - self.evaluations) if settings.most else left

    @property
    def exhausted(self) -> bool:
        """Whether there is neither budget nor patience for another round."""
        return len(self.counterexamples) >= ROUNDS or self.left <= 0

    def round(self, stop: threading.Event) -> Outcome:
        """One search in a fresh worker, with the counterexamples of the earlier ones."""
        settings = self.settings
        problem = build_problem(
            self.spec,
            self.function,
            self.library,
            seed=settings.seed,
            max_evaluations=self.left,
            wall_seconds=settings.wall_seconds,
            counterexamples=self.counterexamples,
        )
        offered = [offer.candidate for offer in self.lesson.answers]
        if not self.counterexamples:  # what was refuted would only be refuted again
            offered += self.lesson.earlier
        self.seeds = tried(self.sandbox, problem, offered) if offered else ()
        problem = msgspec.structs.replace(problem, seeds=self.seeds, learned=self.lesson.learned)
        shifted = Shifted(self.sink, self.attempts)
        outcome = run_search(self.sandbox, problem, settings.limits, shifted, stop)
        outcome = self_contained(outcome, problem.learned)
        self.notable += notable_of(outcome, self.frames, len(problem.examples))
        self.evaluations += outcome.evaluations
        self.attempts += outcome.attempts
        self.frames += shifted.frames
        return outcome

    def answered(self, outcome: Outcome, source: str, evidence: Evidence) -> Answer:
        """The answer of a round whose candidate was checked."""
        found = outcome.found
        assert found is not None
        checked = {check.name for check in evidence.checks}
        total = len(self.function.examples)
        record = corpus_record(
            self.spec,
            self.function,
            found.source,
            passed=total - len(evidence.failing),
            total=total,
            cost=found.cost,
            failing=tuple(f"example {number + 1}" for number in evidence.failing),
            iteration=max(found.attempt, 0),
        )
        return self._answer(
            outcome,
            source=source,
            test=test_module(module_name(self.spec.name), self.spec, self.function, split_functions(source)),
            record=record,
            evidence=(*evidence.checks, *(check for check in outcome.evidence if check.name not in checked)),
            verified=evidence.verdict == "passed",
            alternatives=tuple(
                module_source(self.spec, self.function, self.library, each) for each in outcome.alternatives
            ),
        )

    def unanswered(self, outcome: Outcome) -> Answer:
        """The end of a search without a fitting program."""
        best = outcome.best
        source = ""
        if best is not None:
            note = f"# PARTIAL: passes {outcome.passed} of {outcome.total} examples; not a solution.\n"
            source = note + module_source(self.spec, self.function, self.library, best)
        return self._answer(
            outcome,
            source=source,
            test="",
            record=None,
            evidence=outcome.evidence,
            verified=False,
            alternatives=(),
        )

    def _answer(
        self,
        outcome: Outcome,
        *,
        source: str,
        test: str,
        record: CorpusRecord | None,
        evidence: tuple[Check, ...],
        verified: bool,
        alternatives: tuple[str, ...],
    ) -> Answer:
        won = outcome.found.seed if outcome.found and verified else ""
        return Answer(
            outcome=outcome,
            trials=tuple(trial_of(offer, self.seeds, self.function, won) for offer in self.lesson.answers),
            source=source,
            test=test,
            record=record,
            evidence=evidence,
            verified=verified,
            notable=tuple(self.notable),
            alternatives=alternatives,
            attempts=self.attempts,
            evaluations=self.evaluations,
        )
