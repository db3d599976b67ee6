"""The ε-greedy scheduler: what a search tries out, so that what is not trusted yet gets its chance.

One iteration is one searched function. Chance chooses with probability ε; else the best of the ``top_k`` most
trusted keys that were not tried for ``cooldown`` iterations; when all of them cool down, chance again. Where
nothing has earned trust yet, nothing is tried. Chance comes in as numbers, made of the run's seed and the iteration.

The scheduler's own trust is apart from bias: a win or loss moves it by at most ``drift``, and each iteration it
keeps ``decay`` of itself, so that it never reaches ``drift / (1 - decay)``: 5 with the usual settings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from aurora_events.learning import Exploring

NEVER = -1
"""The iteration of what was never tried."""


class Trust(msgspec.Struct, frozen=True):
    """The scheduler's trust in a key: ``value`` as of iteration ``rewarded``; when the key was last tried."""

    value: float = 0.0
    rewarded: int = 0
    tried: int = NEVER

    def at(self, iteration: int, decay: float) -> float:
        """The value, decayed to ``iteration``."""
        return self.value * decay ** max(0, iteration - self.rewarded)


class Draw(NamedTuple):
    """Two numbers in [0, 1): whether chance chooses, and what."""

    whether: float
    which: float


class Choice(NamedTuple):
    """What one search tries out: a key or "", and whether chance chose it."""

    iteration: int
    key: str
    random: bool


NOBODY = Trust()


def draw(seed: int, iteration: int) -> Draw:
    """The chance of one iteration; the same for the same seed on every machine."""
    raw = hashlib.sha256(f"{seed}/{iteration}".encode()).digest()
    whether, which = (int.from_bytes(raw[n : n + 6], "big") / 2**48 for n in (0, 6))
    return Draw(whether, which)


def choose(
    trust: Mapping[str, Trust], candidates: Sequence[str], iteration: int, settings: Exploring, chance: Draw
) -> Choice:
    """What is tried in ``iteration``. Deterministic: equal values go by key."""
    if not candidates:
        return Choice(iteration, "", False)
    if chance.whether < settings.epsilon:
        return Choice(iteration, _pick(candidates, chance.which), True)

    def value(key: str) -> float:
        return trust.get(key, NOBODY).at(iteration, settings.decay)

    best = sorted((key for key in candidates if value(key) > 0), key=lambda key: (-value(key), key))
    best = best[: settings.top_k]
    warm = [key for key in best if not _cooling(trust[key], iteration, settings.cooldown)]
    if warm:
        return Choice(iteration, warm[0], False)
    if best:
        return Choice(iteration, _pick(candidates, chance.which), True)
    return Choice(iteration, "", False)


def tried(trust: Trust, iteration: int) -> Trust:
    """The trust after the key was tried."""
    return msgspec.structs.replace(trust, tried=iteration)


def rewarded(
    trust: Trust, iteration: int, settings: Exploring, reward: float, won: bool
) -> tuple[float, float]:
    """The trust before (decayed to ``iteration``) and after a try that was worth ``reward``, in [0, 1].

    A win adds up to a tenth, a loss takes up to a tenth, never more than ``drift``.
    """
    old = trust.at(iteration, settings.decay)
    step = min(settings.drift, 0.1 * (reward if won else 1 - reward))
    return round(old, 12), round(old + step if won else old - step, 12)


def _cooling(trust: Trust, iteration: int, cooldown: int) -> bool:
    return trust.tried != NEVER and iteration - trust.tried < cooldown


def _pick(candidates: Sequence[str], which: float) -> str:
    ordered = sorted(candidates)
    return ordered[int(which * len(ordered))]
