"""Stands for the service between two runs of one function each, without its workspace: the log is a list.

What a search is taught is planned by ``aurora.service.offering`` from views of that log, as in a run; what it teaches
is judged by ``aurora.learning`` and appended as the same events. One call plans a problem, one takes in its solution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from aurora.learning.bias import SEED_BIAS, Bias, learn, learn_seed_bias
from aurora.learning.choosing import Candidate
from aurora.learning.exploring import Trust, rewarded
from aurora.learning.library import LibraryFunction, abstractions
from aurora.learning.rewards import Solved, Verdict, verdicts
from aurora.service.earlier import earlier
from aurora.service.offering import NOTHING, REUSE, WAYS, Knowledge, Lesson, Use, abstraction_of
from aurora.service.teaching import NO_USE, UNTRIED
from aurora.specs.model import Function, Spec
from aurora.specs.signatures import read_signature
from aurora.specs.values import literal, parse_value
from aurora.synthesis.candidates import MODULES
from aurora.synthesis.cells import Raised
from aurora.synthesis.fuel import Tank, compiled
from aurora.synthesis.modules import calls_of
from aurora.synthesis.nesting import nested
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.problem import Problem, Seed
from aurora.synthesis.records import corpus_record
from aurora.synthesis.search.learned import applicable
from aurora_events.base import Event
from aurora_events.learning import (
    AbstractionLearned,
    BiasUpdated,
    ExplorationRewarded,
    Explored,
    Exploring,
)
from aurora_events.record import Recorded
from aurora_events.runs import Effort, FunctionAmbiguous, FunctionSolved
from aurora_projections import queries
from aurora_projections.views import Views
from tests.bench.solving import Solution

RUN: Final = "bench"
ANSWERED: Final = "the spec with an answer more"
"""Stands for the hash that a spec has after its question was answered."""

SETTINGS: Final = Exploring()


class Log:
    """A log in memory: a ``Source`` of projections."""

    def __init__(self) -> None:
        self.facts: list[Recorded] = []

    def append(self, event: Event) -> None:
        """Add an event. Streams do not matter here: nothing is read by them."""
        self.facts.append(Recorded(len(self.facts) + 1, RUN, len(self.facts) + 1, event, b""))

    def scan(self, after: int, limit: int, through: int) -> list[Recorded]:
        """Up to ``limit`` events after ``after``, none after ``through``."""
        return self.facts[after : min(through, after + limit)]

    def position(self) -> int:
        """The position of the last event."""
        return len(self.facts)

    @property
    def stamp(self) -> tuple[int, str, str]:
        """When, who, why: a nanosecond for each event."""
        return len(self.facts) + 1, "bench", RUN


class Pupil:
    """What was learned so far. ``ways`` are the ways of using it that are switched on; ``seed`` is the run's."""

    def __init__(self, ways: Iterable[str] = WAYS, seed: int = 0) -> None:
        self.log = Log()
        self.views = Views.in_memory(self.log)
        self.use = Use(frozenset(ways), None, SETTINGS, seed)
        self.biases: dict[str, Bias] = {}
        self.trust: dict[str, Trust] = {}
        self.passing: dict[str, float] = {}

    def plan(self, spec: Spec, function: Function, problem: Problem) -> tuple[Problem, Lesson]:
        """The problem with what earlier functions teach, and what that is."""
        if not self.use.ways:
            return problem, NOTHING
        self.views.advance(self.log)
        lesson = Knowledge(self.views.connection, self.use).lesson(spec, function)
        tried = [(offer.candidate, _tried(offer.candidate, problem)) for offer in lesson.answers]
        self.passing = {
            candidate.id: _passing(seed, problem) for candidate, seed in tried if seed is not None
        }
        seeds = tuple(seed for _, seed in tried if seed is not None)
        if lesson.tried is not None:
            choice = lesson.tried
            self.log.append(
                Explored(
                    *self.log.stamp, RUN, spec.name, function.signature.name, choice.iteration, choice.key,
                    choice.random, True,
                )
            )  # fmt: skip
        return msgspec.structs.replace(problem, seeds=seeds, learned=lesson.learned), lesson

    def again(self, spec: Spec, function: Function, problem: Problem, solution: Solution) -> tuple[Seed, ...]:
        """What an ambiguous solution found, for the search of ``problem``, which says more than the one before."""
        if REUSE not in self.use.ways:
            return ()
        name, total = function.signature.name, len(function.examples)
        record = corpus_record(
            spec,
            function,
            solution.source,
            passed=total,
            total=total,
            cost=solution.cost,
            failing=(),
            iteration=0,
        )
        self.log.append(
            FunctionAmbiguous(
                *self.log.stamp, RUN, spec.name, name, record, solution.source, "",
                Effort(0, 0, 0.0, solution.stopped, ""), "", (), (), True, solution.distinguishing,
                solution.alternatives,
            )
        )  # fmt: skip
        self.views.advance(self.log)
        found = earlier(self.views.connection, spec.name, ANSWERED, function)
        found = tuple(msgspec.structs.replace(each, snippet=_whole(problem, each.snippet)) for each in found)
        return tuple(seed for each in found if (seed := _tried(each, problem)) is not None)

    def learn(
        self, spec: Spec, function: Function, problem: Problem, lesson: Lesson, solution: Solution
    ) -> None:
        """Take in a solution; only what was solved teaches anything."""
        if solution.result != "solved" or not self.use.ways:
            return
        self.admit(spec, function, whole(problem, solution), solution.cost, solution.seed)
        judged = verdicts(self._finding(problem, lesson, solution))
        for verdict in judged:
            self._update(verdict)
        choice = lesson.tried
        if choice is not None and choice.key:
            of_it: Mapping[str, Verdict] = {each.key: each for each in judged}
            verdict = of_it.get(choice.key, Verdict(choice.key, NO_USE, False))
            before = self.trust.get(choice.key, Trust())
            old, new = rewarded(before, choice.iteration, SETTINGS, verdict.reward, verdict.won)
            self.trust[choice.key] = Trust(new, choice.iteration)
            self.log.append(
                ExplorationRewarded(
                    *self.log.stamp, choice.key, choice.iteration, old, new, verdict.reward, verdict.won, RUN
                )
            )
        self._name_what_recurs()

    def admit(self, spec: Spec, function: Function, snippet: str, cost: int, seed: str = "") -> None:
        """Put a function into the corpus."""
        total = len(function.examples)
        record = corpus_record(
            spec, function, snippet, passed=total, total=total, cost=cost, failing=(), iteration=0
        )
        effort = Effort(0, 0, 0.0, "", "")
        name = function.signature.name
        self.log.append(
            FunctionSolved(
                *self.log.stamp, RUN, spec.name, name, record, snippet, "", effort, seed, (), (), True
            )
        )

    def _finding(self, problem: Problem, lesson: Lesson, solution: Solution) -> Solved:
        offered = {offer.candidate.id: UNTRIED for offer in lesson.edits}
        offered |= {offer.candidate.id: self.passing.get(offer.candidate.id, 0.0) for offer in lesson.answers}
        return Solved(
            strategy=solution.strategy,
            used=solution.used,
            seed=solution.seed,
            work=solution.work,
            evaluations=solution.evaluations,
            budget=problem.max_evaluations,
            offered=tuple(sorted(offered.items())),
            macros=tuple(macro.key for macro in problem.learned.macros),
        )

    def _update(self, verdict: Verdict) -> None:
        old = self.biases.get(verdict.key, Bias())
        if verdict.key == SEED_BIAS:
            new, capped = learn_seed_bias(old, verdict.won)
        else:
            new, capped = learn(old, verdict.reward, verdict.won)
        self.biases[verdict.key] = Bias(new, old.updates + 1)
        event = BiasUpdated(
            *self.log.stamp, verdict.key, old.value, new, verdict.reward, verdict.won, capped, RUN
        )
        self.log.append(event)

    def _name_what_recurs(self) -> None:
        self.views.advance(self.log)
        known = [abstraction_of(row) for row in queries.abstractions(self.views.connection, retracted=True)]
        functions = []
        for entry in queries.corpus(self.views.connection):
            signature = read_signature(entry.func_signature)
            parameters = tuple((each.name, str(each.type)) for each in signature.parameters)
            functions.append(LibraryFunction(entry.id, parameters, str(signature.returns), entry.snippet))
        for each in abstractions(functions, known):
            self.log.append(
                AbstractionLearned(
                    *self.log.stamp, each.id, each.parameters, each.returns, each.text, each.uses, each.saved,
                    RUN,
                )
            )  # fmt: skip


def whole(problem: Problem, solution: Solution) -> str:
    """The program of a solution with the taught functions that it calls inside it."""
    return _whole(problem, solution.source) if solution.source else ""


def _whole(problem: Problem, source: str) -> str:
    """The source with what it calls inside; of several of one name the search took the first that it can use."""
    called = calls_of(source)
    macros = applicable(problem).learned.macros
    needed = [macro.source for macro in macros if macro.source and macro.name in called]
    return nested(source, needed) if needed else source


def _passing(seed: Seed, problem: Problem) -> float:
    """The share of the examples that a seed passes as it is."""
    wanted = [case.expected if case.raises is None else f"raises {case.raises}" for case in problem.examples]
    return sum(map(str.__eq__, map(str, wanted), seed.outputs)) / max(1, len(wanted))


def _tried(candidate: Candidate, problem: Problem) -> Seed | None:
    """A corpus function's answers on examples and probes, with fuel; None if it cannot be run."""
    tank = Tank()
    try:
        function = compiled(candidate.snippet, candidate.func_name, MODULES, tank)
    except Exception:  # noqa: BLE001 - what cannot be run is no seed
        return None
    outputs = []
    for row in (*(case.arguments for case in problem.examples), *probe_inputs(problem)):
        tank.fill()
        try:
            outputs.append(literal(function(*map(parse_value, row))))
        except Exception as error:  # noqa: BLE001 - an exception is an answer
            outputs.append(repr(Raised(type(error).__name__)))
    return Seed(candidate.id, candidate.snippet, tuple(outputs))
