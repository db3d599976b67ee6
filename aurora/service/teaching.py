"""After a run: move the trust in seeds by what they were worth."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from aurora.learning.bias import SEED_BIAS, Bias, evolve, learn_seed_bias, learn_source, source_key
from aurora.service.retrying import retried
from aurora.service.workspace import Workspace
from aurora_events.learning import BiasUpdated, stream


class Lesson(msgspec.Struct, frozen=True):
    """A seed that a search was offered: the share of examples it passed, in [0, 1], and whether it won."""

    source: str
    reward: float
    won: bool


def teach(workspace: Workspace, run: str, lessons: Sequence[Sequence[Lesson]]) -> None:
    """Update each source's bias, and the global seed bias once for each search that had seeds."""
    for search in lessons:
        for lesson in search:
            key = source_key(lesson.source)
            retried(partial(_update, workspace, run, key, lesson.reward, lesson.won))
        if search:
            best = max(lesson.reward for lesson in search)
            won = any(lesson.won for lesson in search)
            retried(partial(_update, workspace, run, SEED_BIAS, best, won))


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
