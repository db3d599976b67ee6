"""Which corpus entries a search is offered, and why: as retrieval ranks them, and trust moves them by some places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

PLACES: Final = 20


class Candidate(msgspec.Struct, frozen=True):
    """A corpus entry that might serve; ``parameters`` and ``returns`` are types as text."""

    id: str
    func_name: str
    parameters: tuple[str, ...]
    returns: str
    passed: int
    total: int
    score: float
    snippet: str


class Offer(msgspec.Struct, frozen=True):
    """A candidate with the reason why it was chosen: its place in retrieval, from 1, and the trust in it."""

    candidate: Candidate
    rank: int
    same_types: bool
    same_name: bool
    bias: float

    def reason(self, use: str) -> dict[str, bool | float | int | str]:
        """The reason as JSON-able data; ``use`` is answer, edit or operator."""
        return {
            "as": use,
            "rank": self.rank,
            "same_types": self.same_types,
            "same_name": self.same_name,
            "bias": self.bias,
        }


def preferred(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """The offers by rank, each moved forward by ``PLACES`` for each unit of trust, or backward.

    Trust alone would put what fits behind what nobody has offered yet: most of what is offered is not used, and loses.
    """
    return tuple(sorted(offers, key=lambda offer: (offer.rank - PLACES * offer.bias, offer.rank)))
