"""The execution of one run: searches go on in threads, everything that writes or shows happens in one."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable as Step
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from typing import Protocol

import msgspec

from aurora.service.answers import Answer
from aurora.service.library_learning import learn_library
from aurora.service.offering import WAYS, Use
from aurora.service.planning import Plan
from aurora.service.proposing import propose, was_rejected
from aurora.service.proving import Telling, disproved
from aurora.service.rows import Row, not_searched, outcome_of, row_of
from aurora.service.run_log import RunLog
from aurora.service.sandboxing import Sandboxes, search_limits
from aurora.service.search_worker import WORKER_LOST
from aurora.service.searching import Settings
from aurora.service.spec_search import Order, search_spec
from aurora.service.targets import Target
from aurora.service.teaching import Taught, teach
from aurora.service.workspace import Workspace
from aurora.specs.model import Function, Spec
from aurora.synthesis.engine import ValueSearch
from aurora.synthesis.problem import Frame, Progress, Refuted
from aurora.synthesis.prove import Prover
from aurora.synthesis.tasks import Counterexample
from aurora.synthesis.verify import contradictions, versions
from aurora_events.learning import Exploring, LearningChosen
from aurora_events.runs import (
    FunctionOutcome,
    FunctionSolved,
    FunctionUnsolved,
    RunFinished,
    RunStarted,
    RunTarget,
)


class Request(msgspec.Struct, frozen=True):
    """What a person asked for. ``max_evaluations`` and ``wall_seconds`` (0 for none) are per function.

    ``learning`` are the ways in which earlier runs may help, ``seed_bias`` a trust in seeds to use for the learned one.
    ``prove`` asks CrossHair about every answer; the time for that is none of ``wall_seconds``.
    """

    specs: tuple[str, ...]
    max_evaluations: int
    wall_seconds: float
    jobs: int
    seed: int
    learning: frozenset[str] = WAYS
    seed_bias: float | None = None
    exploring: Exploring = Exploring()
    recording: bool = True
    dry_run: bool = False
    prove: bool = False

    @property
    def use(self) -> Use:
        """What the run may use of what was learned."""
        return Use(self.learning, self.seed_bias, self.exploring, self.seed)


class Watcher(Protocol):
    """What a person sees while a run goes on."""

    def started(self, targets: Sequence[Target]) -> None:
        """The run begins."""

    def searching(self, spec: str, function: str) -> None:
        """A search begins."""

    def progress(self, spec: str, function: str, progress: Progress) -> None:
        """A search goes on."""

    def finished(self, row: Row) -> None:
        """A function has its result."""


class Run:
    """One run over ``targets``. Invariant: only the thread that calls ``execute`` touches journal, views and watcher.

    Searching threads put steps on a queue; ``execute`` takes them in turn.
    """

    def __init__(
        self,
        workspace: Workspace,
        request: Request,
        watcher: Watcher,
        stop: threading.Event,
        sandboxes: Sandboxes,
        targets: Sequence[Target],
        plan: Plan,
        prover: Prover | None = None,
    ) -> None:
        self.workspace = workspace
        self.request = request
        self.watcher = watcher
        self.stop = stop
        self.sandboxes = sandboxes
        self.targets = targets
        self.plan = plan
        self.prover = Telling(prover, self._disproved) if prover is not None else None
        self.id = workspace.caller.new_id()
        self.log = RunLog(workspace, self.id, dry=request.dry_run)
        self.taught: dict[tuple[str, str], Taught] = {}
        self.rows: list[Row] = []
        self.skipped = False
        self.steps: SimpleQueue[Step[[], None]] = SimpleQueue()

    @property
    def stopped(self) -> str:
        """Why the run ended before its time: interrupt, or "" when every search came to its end."""
        return "interrupt" if self.skipped or any(row.stopped == "interrupt" for row in self.rows) else ""

    def execute(self) -> tuple[Row, ...]:
        """Search every target; the rows in the order of the targets and of their functions."""
        began = time.monotonic()
        self.watcher.started(self.targets)
        self.log.append(self._start())
        self._choose()
        with ThreadPoolExecutor(self.request.jobs, thread_name_prefix="search") as pool:
            searches = [pool.submit(self._search_spec, target) for target in self.targets]
            for search in searches:
                search.add_done_callback(lambda _: self.steps.put(_wake))
            try:
                while not (all(search.done() for search in searches) and self.steps.empty()):
                    self.steps.get()()
            except BaseException:
                self.stop.set()  # so that the pool's threads end and the error comes out
                raise
            for search in searches:
                search.result()
        if self.request.recording and not self.request.dry_run:
            ended = (self.taught[place] for place in self.plan.lessons if place in self.taught)
            teach(self.workspace, self.id, ended, self.request.exploring)
            if any(row.result == "solved" for row in self.rows):
                learn_library(self.workspace, self.id)
        self.log.append(self._finish(time.monotonic() - began))
        return self._ordered()

    def _search_spec(self, target: Target) -> None:
        """In a searching thread: the functions of one spec."""
        spec = target.spec
        if spec is not None and not target.diagnostics:
            found = contradictions(self.sandboxes.main, spec)
            target = msgspec.structs.replace(target, diagnostics=found)
        if spec is None or target.diagnostics:
            self.steps.put(partial(self._cannot_search, target))
            return
        concluded = 0
        for function, answer, seconds in search_spec(
            self.sandboxes, spec, partial(self._begin, spec.name), self.stop, self.prover
        ):
            concluded += 1
            if answer.outcome.stopped == WORKER_LOST and self.stop.is_set():
                self.skipped = True  # it did not end when asked to, and was killed
            self.steps.put(partial(self._conclude, spec, function, answer, seconds))
        self.skipped = self.skipped or concluded < len(spec.functions)

    def _begin(self, spec: str, function: Function) -> Order:
        """In a searching thread: a search begins; how it is to be done."""
        name = function.signature.name
        self.steps.put(partial(self.watcher.searching, spec, name))
        return Order(self.plan.lesson(spec, name), self._settings(), _ToQueue(self, spec, name))

    def _disproved(self, spec: Spec, function: Function, hash_: str, broken: Counterexample) -> None:
        """In a searching thread: a prover refuted an answer, which the search will do without."""
        event = disproved(self.workspace, self.id, spec, function, hash_, broken)
        self.steps.put(partial(self.log.append, event))

    def _conclude(self, spec: Spec, function: Function, answer: Answer, seconds: float) -> None:
        """Log what the search was taught and its outcome, queue the answer, show the row."""
        name = function.signature.name
        lesson = self.plan.lesson(spec.name, name)
        self.log.used(spec.name, name, lesson, answer)
        self.log.taught(spec.name, name, lesson.learned, answer.outcome)
        event = outcome_of(
            self.workspace.engine_stamp(),
            self.id,
            spec,
            function,
            answer,
            round(seconds, 6),
            self.request.recording and not was_rejected(self.workspace, answer),
        )
        self.log.append(event)
        solved = isinstance(event, FunctionSolved) and event.recorded
        self.taught[spec.name, name] = Taught(lesson, answer, solved, self.request.max_evaluations)
        item = ""
        if not isinstance(event, FunctionUnsolved) and not self.request.dry_run:
            item = propose(self.workspace, self.id, answer)
        self._show(event, item)

    def _cannot_search(self, target: Target) -> None:
        for event in not_searched(self.workspace.engine_stamp(), self.id, target):
            self.log.append(event)
            self._show(event, "")

    def _show(self, event: FunctionOutcome, item: str) -> None:
        row = row_of(event, item)
        self.rows.append(row)
        self.watcher.finished(row)

    def _settings(self) -> Settings:
        request = self.request
        limits = search_limits(self.workspace, request.wall_seconds)
        return Settings(request.seed, request.max_evaluations, request.wall_seconds, limits)

    def _choose(self) -> None:
        """Log what the run may use, and what each search is to try out."""
        request = self.request
        self.log.append(
            LearningChosen(
                *self.workspace.stamp(),
                run=self.id,
                ways=tuple(sorted(request.learning)),
                seed_bias=request.seed_bias,
                exploring=request.exploring,
            )
        )
        for (spec, function), lesson in self.plan.lessons.items():
            if lesson.tried is not None:
                self.log.explored(spec, function, lesson.tried, recorded=request.recording)

    def _start(self) -> RunStarted:
        request = self.request
        python, hypothesis = versions()
        return RunStarted(
            *self.workspace.stamp(),
            run=self.id,
            targets=tuple(RunTarget(target.name, target.spec_hash) for target in self.targets),
            seed=request.seed,
            max_evaluations=request.max_evaluations,
            wall_seconds=request.wall_seconds,
            jobs=request.jobs,
            seeding=bool(request.learning),
            recording=request.recording,
            seed_bias=self.plan.seed_bias,
            corpus_position=self.plan.corpus_position,
            engine=ValueSearch.version,
            python=python,
            hypothesis=hypothesis,
            sandbox=self.sandboxes.main.layers,
        )

    def _finish(self, seconds: float) -> RunFinished:
        results = Counter(row.result for row in self.rows)
        return RunFinished(
            *self.workspace.engine_stamp(),
            run=self.id,
            solved=results["solved"],
            ambiguous=results["ambiguous"],
            unsolved=results["unsolved"],
            contradictory=results["contradictory"],
            invalid=results["invalid"],
            attempts=sum(row.attempts for row in self.rows),
            evaluations=sum(row.evaluations for row in self.rows),
            seconds=round(seconds, 6),
            stopped=self.stopped,
        )

    def _ordered(self) -> tuple[Row, ...]:
        places: dict[tuple[str, str], int] = {}
        for target in self.targets:
            names = [function.signature.name for function in target.spec.functions] if target.spec else [""]
            for name in names or [""]:
                places[target.name, name] = len(places)
        return tuple(sorted(self.rows, key=lambda row: places[row.spec, row.name]))


class _ToQueue:
    """Hands what a search yields to the thread that writes."""

    def __init__(self, run: Run, spec: str, function: str) -> None:
        self.run = run
        self.spec = spec
        self.function = function

    def frame(self, frame: Frame) -> None:
        self.run.steps.put(partial(self.run.log.frame, self.spec, self.function, frame))

    def progress(self, progress: Progress) -> None:
        self.run.steps.put(partial(self.run.watcher.progress, self.spec, self.function, progress))

    def refuted(self, refuted: Refuted) -> None:
        self.run.steps.put(partial(self.run.log.refuted, self.spec, self.function, refuted))


def _wake() -> None:
    """An empty step: a search is done, look whether all are."""
