"""How trust moves: the exponential moving average of each key, and the global seed bias.

Keys are what the search chooses between: ``source/ID`` (a corpus entry, as answer or to edit), ``corpus/ID`` (as
operator), ``abstraction/ID``, ``strategy/NAME`` and ``operator/TYPE/TEXT``. Constants and update rules are those of
the seeds: they are kept exact because tests and older tables rely on them. ``seed_bias`` decides how many seeds a
search is offered, a source's bias their order.
"""

from __future__ import annotations

from typing import Final

import msgspec

from aurora_events.base import Event
from aurora_events.learning import BiasPruned, BiasRestored, BiasUpdated

ALPHA: Final = 0.2
STEP_CAP: Final = 0.15
SEED_BIAS: Final = "seed_bias"
SEED_BIAS_RANGE: Final = (0.0, 0.5)
SEED_BIAS_WIN: Final = 0.05
SEED_BIAS_LOSS: Final = -0.02
MAX_SEEDS: Final = 8


class Bias(msgspec.Struct, frozen=True):
    """The state of one bias key."""

    value: float = 0.0
    updates: int = 0


def evolve(state: Bias, event: Event) -> Bias:
    """The state after ``event``; other events leave it as it is."""
    if isinstance(event, BiasUpdated):
        return Bias(event.new, state.updates + 1)
    if isinstance(event, BiasPruned):
        return Bias(0.0, state.updates)
    if isinstance(event, BiasRestored):
        return Bias(event.new, state.updates)
    return state


def source_key(corpus_id: str) -> str:
    """The bias key of a corpus entry used as a seed."""
    return f"source/{corpus_id}"


def strategy_key(name: str) -> str:
    """The bias key of a strategy."""
    return f"strategy/{name}"


def learn(state: Bias, reward: float, won: bool) -> tuple[float, bool]:
    """The new bias of a key and whether a cap bit.

    ``new = (1 - alpha) * old + alpha * value`` with ``value = reward - 0.5``, +0.1 when it won and -0.1 when it
    did not; a step of at most 0.15; the result within [-1, 1]. ``reward`` lies in [0, 1].
    """
    value = reward - 0.5 + (0.1 if won else -0.1)
    wanted = (1 - ALPHA) * state.value + ALPHA * value
    step = max(-STEP_CAP, min(STEP_CAP, wanted - state.value))
    new = max(-1.0, min(1.0, state.value + step))
    return _tidy(new), _tidy(new) != _tidy(wanted)


def learn_seed_bias(state: Bias, won: bool) -> tuple[float, bool]:
    """The new global seed bias: +0.05 on a win, -0.02 on a loss, within [0, 0.5]; and whether a cap bit."""
    low, high = SEED_BIAS_RANGE
    wanted = state.value + (SEED_BIAS_WIN if won else SEED_BIAS_LOSS)
    new = max(low, min(high, wanted))
    return _tidy(new), _tidy(new) != _tidy(wanted)


def restored(state: Bias, pruned: float) -> float:
    """The bias after a pruning is undone: what it was before, and what was learned since."""
    return _tidy(max(-1.0, min(1.0, state.value + pruned)))


def seeds_offered(seed_bias: float) -> int:
    """How many seeds a search is offered: one at no trust, ``MAX_SEEDS`` at full trust."""
    low, high = SEED_BIAS_RANGE
    share = (max(low, min(high, seed_bias)) - low) / (high - low)
    return 1 + round(share * (MAX_SEEDS - 1))


def _tidy(value: float) -> float:
    """Twelve decimals: sums such as 0.1 + 0.2 must not make two equal histories look different."""
    return round(value, 12)
