"""Which corpus entries a search is offered as seeds, and why: exact types first, then trust, then quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from aurora.learning.bias import source_key


class Candidate(msgspec.Struct, frozen=True):
    """A corpus entry that might serve."""

    id: str
    func_name: str
    sig_key: str
    passed: int
    total: int
    score: float
    snippet: str


class Offer(msgspec.Struct, frozen=True):
    """A seed with the reason why it was chosen."""

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


def choose(
    candidates: Sequence[Candidate],
    sig_key: str,
    name: str,
    biases: Mapping[str, float],
    most: int,
) -> tuple[Offer, ...]:
    """The seeds to offer, best first, at most ``most``.

    Only entries of the same types can be tested as they are. Order: the source's bias (higher first), the same
    name, perfect evidence, score (lower is better), id. Deterministic.
    """
    fitting = [candidate for candidate in candidates if candidate.sig_key == sig_key]

    def order(candidate: Candidate) -> tuple[float, bool, bool, float, str]:
        perfect = candidate.total > 0 and candidate.passed == candidate.total
        bias = biases.get(source_key(candidate.id), 0.0)
        return (-bias, candidate.func_name != name, not perfect, candidate.score, candidate.id)

    chosen = sorted(fitting, key=order)[:most]
    return tuple(
        Offer(candidate, rank, True, candidate.func_name == name, biases.get(source_key(candidate.id), 0.0))
        for rank, candidate in enumerate(chosen, start=1)
    )
