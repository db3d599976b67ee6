"""What a finished search says about what it chose between: who won, who lost, and with what reward.

Only a solved search teaches: of one that found nothing nobody knows what would have helped, and an ambiguous answer
may be wrong. The rule:

* The answer's strategy wins, and so does each operator, macro and source that its program is made of. The reward is
  a half for having found it, and up to another half for having done so with little work.
* A strategy that spent a tenth of the work or more, and did not find it, loses the more the more it spent.
* A source that was offered and not used loses, with the share of the examples that it passes as its reward.
* A macro that was offered and not used loses as little as a loss can be (a reward of 0.5).
* An answer that is a seed as it was needed neither strategies nor operators: it speaks of sources only.
* The seed bias wins when a seed was the answer or was edited into it. A search without seeds says nothing of it.
"""

from __future__ import annotations

from math import log
from typing import Final

import msgspec

from aurora.learning.bias import SEED_BIAS, source_key, strategy_key

NOTICEABLE: Final = 0.1
"""The share of the work from which on a strategy answers for it."""

RIVALS: Final = "rivals"
"""Work that no strategy did, for an answer that was in hand: it is judged by nobody."""


class Solved(msgspec.Struct, frozen=True):
    """A solved search. ``offered`` holds each source with the share of the examples that it passes, in [0, 1]."""

    strategy: str
    used: tuple[str, ...]
    seed: str
    work: tuple[tuple[str, int], ...]
    evaluations: int
    budget: int
    offered: tuple[tuple[str, float], ...]
    macros: tuple[str, ...]


class Verdict(msgspec.Struct, frozen=True):
    """What a search says about one bias key; ``reward`` lies in [0, 1]."""

    key: str
    reward: float
    won: bool


def verdicts(search: Solved) -> tuple[Verdict, ...]:
    """One verdict for each key that the search can judge, by key."""
    reward = earned(search.evaluations, search.budget)
    if search.seed:
        winners, losers = {source_key(search.seed)}, _sources(search)
    else:
        winners = {strategy_key(search.strategy), *search.used}
        losers = [*_strategies(search), *_sources(search), *((key, 0.5) for key in search.macros)]
    judged = {key: Verdict(key, reward, True) for key in winners}
    for key, lost in losers:
        judged.setdefault(key, Verdict(key, lost, False))
    if search.offered:
        won = any(source_key(source) in winners for source, _ in search.offered)
        best = max(share for _, share in search.offered)
        judged[SEED_BIAS] = Verdict(SEED_BIAS, best, won)
    return tuple(judged[key] for key in sorted(judged))


def earned(evaluations: int, budget: int) -> float:
    """The reward of a win: from 1 for no work at all down to 0.5 for the whole budget, by the work's logarithm."""
    part = log(1 + min(evaluations, budget)) / log(1 + budget) if budget > 0 else 1.0
    return round(1 - part / 2, 6)


def _strategies(search: Solved) -> list[tuple[str, float]]:
    work = [(name, spent) for name, spent in search.work if name != RIVALS]
    whole = sum(spent for _, spent in work)
    shares = [(name, spent / whole) for name, spent in work if spent and spent >= NOTICEABLE * whole]
    return [(strategy_key(name), round((1 - share) / 2, 6)) for name, share in shares]


def _sources(search: Solved) -> list[tuple[str, float]]:
    return [(source_key(source), round(share, 6)) for source, share in search.offered]
