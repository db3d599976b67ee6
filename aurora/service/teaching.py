"""After a run: move the trust in seeds by what they were worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from aurora.journal.port import VersionConflict
from aurora.learning.bias import SEED_BIAS, Bias, evolve, learn_seed_bias, learn_source, source_key
from aurora.service.workspace import Workspace
from aurora_events.learning import BiasUpdated, stream
from aurora_events.record import Entry

RETRIES: Final = 100


class Lesson(msgspec.Struct, frozen=True):
    """A seed that a search was offered: the share of examples it passed, in [0, 1], and whether it won."""

    source: str
    reward: float
    won: bool


def teach(workspace: Workspace, run: str, lessons: Sequence[Sequence[Lesson]]) -> None:
    """Update each source's bias, and the global seed bias once for each search that had seeds."""
    for search in lessons:
        for lesson in search:
            _update(workspace, run, source_key(lesson.source), lesson.reward, lesson.won)
        if search:
            best = max(lesson.reward for lesson in search)
            _update(workspace, run, SEED_BIAS, best, any(lesson.won for lesson in search))


def _update(workspace: Workspace, run: str, key: str, reward: float, won: bool) -> None:
    for attempt in range(RETRIES):
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
        try:
            workspace.append_all([Entry(stream(key), len(facts) + 1, event)])
        except VersionConflict:
            if attempt == RETRIES - 1:
                raise
            continue
        return
