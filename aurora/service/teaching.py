"""After a run: move trust by what its searches showed, in the order of the plan, and reward what was tried out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

import msgspec

from aurora.learning.bias import SEED_BIAS, Bias, evolve, learn, learn_seed_bias
from aurora.learning.exploring import Trust, rewarded
from aurora.learning.rewards import Solved, Verdict, verdicts
from aurora.service.answers import Answer
from aurora.service.offering import Lesson
from aurora.service.retrying import retried
from aurora.service.workspace import Workspace
from aurora_events.learning import BiasUpdated, ExplorationRewarded, Exploring, exploring_stream, stream

UNTRIED: Final = 0.5
"""The reward of code that was offered to be edited only: nobody ran it as it is, so it loses the least."""


NO_USE: Final = 0.5
"""The reward of what was tried out and is neither in the answer nor judged: half a loss."""


class Taught(msgspec.Struct, frozen=True):
    """A search that ended: what it was offered, what came of it, and whether that may teach."""

    lesson: Lesson
    answer: Answer
    solved: bool
    budget: int


def teach(workspace: Workspace, run: str, searches: Iterable[Taught], exploring: Exploring) -> None:
    """Update the bias of every key that a solved search judges, and the scheduler's trust in what it tried."""
    for search in searches:
        if not search.solved:
            continue
        judged = verdicts(_finding(search))
        for verdict in judged:
            retried(partial(_update, workspace, run, verdict))
        choice = search.lesson.tried
        if choice is not None and choice.key:
            by_key = {each.key: each for each in judged}
            verdict = by_key.get(choice.key, Verdict(choice.key, NO_USE, False))
            retried(partial(_reward, workspace, run, choice.iteration, verdict, exploring))


def _finding(search: Taught) -> Solved:
    answer = search.answer
    found = answer.outcome.found
    assert found is not None, "a solved search found something"
    passing = {offer.candidate.id: UNTRIED for offer in search.lesson.edits}
    passing |= {trial.offer.candidate.id: trial.passed / max(trial.total, 1) for trial in answer.trials}
    return Solved(
        strategy=found.strategy,
        used=found.used,
        seed=found.seed,
        work=answer.outcome.work,
        evaluations=answer.evaluations,
        budget=search.budget,
        offered=tuple(sorted(passing.items())),
        macros=tuple(macro.key for macro in search.lesson.learned.macros),
    )


def _update(workspace: Workspace, run: str, verdict: Verdict) -> None:
    facts = workspace.journal.stream(stream(verdict.key))
    state = Bias()
    for fact in facts:
        state = evolve(state, fact.event)
    if verdict.key == SEED_BIAS:
        new, capped = learn_seed_bias(state, verdict.won)
    else:
        new, capped = learn(state, verdict.reward, verdict.won)
    event = BiasUpdated(
        *workspace.engine_stamp(),
        key=verdict.key,
        old=state.value,
        new=new,
        reward=verdict.reward,
        won=verdict.won,
        capped=capped,
        run=run,
    )
    workspace.append(stream(verdict.key), len(facts) + 1, event)


def _reward(workspace: Workspace, run: str, iteration: int, verdict: Verdict, exploring: Exploring) -> None:
    name = exploring_stream(verdict.key)
    facts = workspace.journal.stream(name)
    trust = Trust()
    if facts and isinstance(last := facts[-1].event, ExplorationRewarded):
        trust = Trust(last.new, last.iteration)
    old, new = rewarded(trust, iteration, exploring, verdict.reward, verdict.won)
    event = ExplorationRewarded(
        *workspace.engine_stamp(),
        key=verdict.key,
        iteration=iteration,
        old=old,
        new=new,
        worth=verdict.reward,
        won=verdict.won,
        run=run,
    )
    workspace.append(name, len(facts) + 1, event)
