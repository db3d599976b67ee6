"""Which key of learning a search tries out: ε-greedy over keys, with cooldown, drift and decay.

The rule is that of the seeds (research/aurora.md 1.4, rows 57 to 63). One iteration is one searched function: choose,
reward what was chosen, tick. Pure: chance comes in as numbers, so that equal seeds make equal choices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Final

import msgspec

NEVER: Final = -1


class Exploration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings, within the bounds that the seeds gave them.

    ``epsilon`` is the share of choices by chance, ``decay`` what is left of every value after an iteration,
    ``cooldown`` the iterations that a chosen key rests, ``drift`` the most that a value moves in one, and ``top_k``
    how many of the best keys a choice by value looks at.
    """

    epsilon: Annotated[float, msgspec.Meta(ge=0.0, le=0.5)] = 0.15
    decay: Annotated[float, msgspec.Meta(ge=0.9, le=1.0)] = 0.98
    cooldown: Annotated[int, msgspec.Meta(ge=1, le=50)] = 5
    drift: Annotated[float, msgspec.Meta(ge=0.01, le=0.2)] = 0.10
    top_k: Annotated[int, msgspec.Meta(ge=1, le=50)] = 10


class Arm(msgspec.Struct, frozen=True):
    """What is known of a key: its value, the iteration that last chose it, and how it fared."""

    value: float = 0.0
    last_used: int = NEVER
    wins: int = 0
    losses: int = 0


class Scheduler(msgspec.Struct, frozen=True):
    """All keys that were ever chosen, none forgotten, and how many iterations there have been."""

    iteration: int = 0
    arms: Mapping[str, Arm] = {}


class Choice(msgspec.Struct, frozen=True):
    """The chosen key, "" where there was none to choose; ``explored`` if chance chose it, not its value."""

    key: str
    explored: bool


def choose(
    state: Scheduler, keys: Sequence[str], settings: Exploration, chance: float, pick: float
) -> Choice:
    """Choose one of ``keys``. ``chance`` and ``pick`` are uniform in [0, 1): whether to explore, and what.

    By value, of keys that do not rest; among equals the first by name. By chance if all of them rest.
    """
    known = sorted(set(keys))
    if not known:
        return Choice("", explored=False)
    if chance < settings.epsilon:
        return Choice(_picked(known, pick), explored=True)
    ready = [key for key in known if not _rests(state, key, settings)]
    if not ready:
        return Choice(_picked(known, pick), explored=True)
    best = sorted(ready, key=lambda key: -_arm(state, key).value)[: settings.top_k]
    return Choice(best[0], explored=False)


def evolve(state: Scheduler, key: str, won: bool, settings: Exploration, magnitude: float = 1.0) -> Scheduler:
    """The state after one iteration that chose ``key`` ("" for none): used, rewarded, and every value decayed.

    ``magnitude`` in [0, 1] says how much of a win or loss it was. With drift d and decay r no value passes
    d·r / (1 − r), which is 4.9 by default.
    """
    arms = dict(state.arms)
    if key:
        arm = _arm(state, key)
        delta = settings.drift * max(0.0, min(1.0, magnitude))
        arms[key] = Arm(
            arm.value + (delta if won else -delta), state.iteration, arm.wins + won, arm.losses + (not won)
        )
    decayed = {
        name: msgspec.structs.replace(arm, value=round(arm.value * settings.decay, 12))
        for name, arm in arms.items()
    }
    return Scheduler(state.iteration + 1, decayed)


def _arm(state: Scheduler, key: str) -> Arm:
    return state.arms.get(key, Arm())


def _rests(state: Scheduler, key: str, settings: Exploration) -> bool:
    last = _arm(state, key).last_used
    return last != NEVER and state.iteration - last < settings.cooldown


def _picked(keys: Sequence[str], pick: float) -> str:
    return keys[min(len(keys) - 1, int(pick * len(keys)))]
