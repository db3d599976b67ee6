"""The events of one run, appended as they happen; a dry run appends none."""

from __future__ import annotations

import json
from collections import Counter

from aurora.service.answers import Trial
from aurora.service.workspace import Workspace
from aurora.synthesis.problem import Frame, Refuted
from aurora_events.base import Event
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

    def tried(self, spec: str, function: str, trial: Trial) -> None:
        """Append what an offered seed was worth."""
        candidate = trial.offer.candidate
        self.append(
            SeedUsed(
                *self._workspace.engine_stamp(),
                run=self._run,
                spec=spec,
                function=function,
                source_id=candidate.id,
                reason_json=json.dumps(trial.offer.reason(), sort_keys=True),
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
