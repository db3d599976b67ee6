"""The events of one run, appended as they happen; a dry run appends none."""

from __future__ import annotations

import json
from collections import Counter

from aurora.learning.exploring import Choice
from aurora.service.answers import Answer, Trial
from aurora.service.offering import Lesson
from aurora.service.workspace import Workspace
from aurora.synthesis.problem import Frame, Learned, Outcome, Refuted
from aurora_events.base import Event
from aurora_events.learning import Explored, LearningApplied
from aurora_events.runs import CounterexampleFound, Searched, SeedUsed, search_stream, stream


class RunLog:
    """The run's own stream and those of its searches. Invariant: nobody else appends to them."""

    def __init__(self, workspace: Workspace, run: str, *, dry: bool) -> None:
        self._workspace = workspace
        self._run = run
        self._dry = dry
        self._versions: Counter[str] = Counter()

    def append(self, event: Event) -> None:
        """Append to the run's stream."""
        self._append(stream(self._run), event)

    def frame(self, spec: str, function: str, frame: Frame) -> None:
        """Append a frame to the search's own stream; its version is its number."""
        event = Searched(
            *self._workspace.engine_stamp(),
            run=self._run,
            spec=spec,
            function=function,
            first=frame.first,
            attempts=frame.attempts,
        )
        self._append(search_stream(self._run, spec, function), event)

    def refuted(self, spec: str, function: str, refuted: Refuted) -> None:
        """Append the input that broke a fitting candidate."""
        self.append(
            CounterexampleFound(
                *self._workspace.engine_stamp(),
                run=self._run,
                spec=spec,
                function=function,
                program=refuted.program,
                input=refuted.input,
                violated=refuted.violated,
            )
        )

    def used(self, spec: str, function: str, lesson: Lesson, answer: Answer) -> None:
        """Append what each piece of corpus code was worth: as an answer, to be edited, and as an operator."""
        for trial in answer.trials:
            self._used(spec, function, "answer", trial)
        found = answer.outcome.found
        parts = found.used if found is not None and answer.verified else ()
        for use, offers, key in (("edit", lesson.edits, "source"), ("operator", lesson.operators, "corpus")):
            for offer in offers:
                candidate = offer.candidate
                won = f"{key}/{candidate.id}" in parts
                self._used(spec, function, use, Trial(offer, candidate.passed, candidate.total, won))

    def taught(self, spec: str, function: str, learned: Learned, outcome: Outcome) -> None:
        """Append what the search was taught beside seeds, and what its program is made of."""
        self.append(
            LearningApplied(
                *self._workspace.engine_stamp(),
                run=self._run,
                spec=spec,
                function=function,
                macros=tuple(macro.key for macro in learned.macros),
                sketches=tuple(f"source/{sketch.id}" for sketch in learned.sketches),
                prices=learned.prices,
                shares=learned.shares,
                used=outcome.found.used if outcome.found else (),
                work=outcome.work,
            )
        )

    def explored(self, spec: str, function: str, choice: Choice, *, recorded: bool) -> None:
        """Append what the scheduler chose for a search."""
        self.append(
            Explored(
                *self._workspace.engine_stamp(),
                run=self._run,
                spec=spec,
                function=function,
                iteration=choice.iteration,
                key=choice.key,
                random=choice.random,
                recorded=recorded,
            )
        )

    def _used(self, spec: str, function: str, use: str, trial: Trial) -> None:
        candidate = trial.offer.candidate
        self.append(
            SeedUsed(
                *self._workspace.engine_stamp(),
                run=self._run,
                spec=spec,
                function=function,
                source_id=candidate.id,
                reason_json=json.dumps(trial.offer.reason(use), sort_keys=True),
                score=candidate.score,
                passed=trial.passed,
                total=trial.total,
                snippet=candidate.snippet,
                won=trial.won,
            )
        )

    def _append(self, name: str, event: Event) -> None:
        if not self._dry:
            self._versions[name] += 1
            self._workspace.append(name, self._versions[name], event)
