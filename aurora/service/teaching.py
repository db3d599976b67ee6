"""After a run: move the trust in seeds by what they were worth."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from aurora.learning.bias import SEED_BIAS, Bias, evolve, learn_seed_bias, learn_source, source_key
from aurora.service.answers import Trial
from aurora.service.retrying import retried
from aurora.service.workspace import Workspace
from aurora_events.learning import BiasUpdated, stream


def teach(workspace: Workspace, run: str, searches: Sequence[Sequence[Trial]]) -> None:
    """Update each source's bias, and the global seed bias once for each search that had seeds."""
    for trials in searches:
        for trial in trials:
            key = source_key(trial.offer.candidate.id)
            retried(partial(_update, workspace, run, key, _reward(trial), trial.won))
        if trials:
            won = any(trial.won for trial in trials)
            retried(partial(_update, workspace, run, SEED_BIAS, max(map(_reward, trials)), won))


def _reward(trial: Trial) -> float:
    """The share of examples that the seed passes as it is."""
    return trial.passed / max(trial.total, 1)


def _update(workspace: Workspace, run: str, key: str, reward: float, won: bool) -> None:
    facts = workspace.journal.stream(stream(key))
    state = Bias()
    for fact in facts:
        state = evolve(state, fact.event)
    new, capped = learn_seed_bias(state, won) if key == SEED_BIAS else learn_source(state, reward, won)
    event = BiasUpdated(
        *workspace.engine_stamp(),
        key=key,
        old=state.value,
        new=new,
        reward=reward,
        won=won,
        capped=capped,
        run=run,
    )
    workspace.append(stream(key), len(facts) + 1, event)
