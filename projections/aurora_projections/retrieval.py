"""Which functions of the corpus come closest to one that is asked for: by types, by evidence, by words. Pure.

The text score is BM25 (Robertson and Zaragoza 2009) with the usual constants. How it compares with the seeds' scheme,
with SQLite's FTS5 and with the order that looks at words last stands in docs/benchmarks.md.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from aurora_projections.corpus import CorpusEntry

SATURATION: Final = 1.2
LENGTH_SHARE: Final = 0.75
"""The k1 and b of BM25."""

AGREEMENT: Final = 0.3
"""What share of the best text score a function of equal types needs to come before all of other types."""

TYPES_WEIGHT: Final = 0.6
"""What equal types are worth beside the best text score, which is 1."""

_LETTER: Final = re.compile(r"\w|\*")


class Query(msgspec.Struct, frozen=True):
    """What is asked for: its types, its name, and what is said of it (prose, post-conditions). Each may be empty."""

    sig_key: str
    name: str
    words: tuple[str, ...] = ()


class Ranked(msgspec.Struct, frozen=True):
    """An entry in its place, from 1. ``text_score`` is 0 when no word is shared.

    ``permuted`` entries take the same types in another order; ``same_types`` ones in the same.
    """

    entry: CorpusEntry
    rank: int
    same_types: bool
    same_name: bool
    text_score: float
    permuted: bool


class Posting(NamedTuple):
    """How much a word counts in an entry, and how many words the entry has."""

    word: str
    id: str
    weight: int
    length: int


class Brief(NamedTuple):
    """What places an entry, apart from its words. ``perfect``: it passes everything, and that is something."""

    id: str
    sig_key: str
    perfect: bool


def bm25(
    asked: Mapping[str, int], postings: Sequence[Posting], entries: int, average: float
) -> dict[str, float]:
    """The text score of each entry that shares a word with ``asked``; ``average`` is the mean length of all.

    A word that most entries have is worth little, but never less than nothing. Sums follow the order of ``postings``.
    """
    holders = Counter(posting.word for posting in postings)
    scores: dict[str, float] = {}
    for word, id_, weight, length in postings:
        rarity = math.log(1 + (entries - holders[word] + 0.5) / (holders[word] + 0.5))
        room = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / average)
        worth = asked[word] * rarity * weight * (SATURATION + 1) / (weight + room)
        scores[id_] = scores.get(id_, 0.0) + worth
    return scores


def ordered(query: Query, briefs: Iterable[Brief], texts: Mapping[str, float]) -> list[Brief]:
    """The entries that can be of use, best first; those that are equally so stay as they stand in ``briefs``.

    First those of equal types whose words agree: what passes everything, then by words. Then all others that share
    words or take the same types in another order, by words and likeness of types together.
    """
    best = max(texts.values(), default=0.0) or 1.0

    def place(brief: Brief) -> tuple[bool, bool, float]:
        text = texts.get(brief.id, 0.0) / best
        equal = brief.sig_key == query.sig_key
        first = equal and (text >= AGREEMENT or not texts)
        return (
            not first,
            first and not brief.perfect,
            -(text + TYPES_WEIGHT * alike(query.sig_key, brief.sig_key)),
        )

    useful = (
        brief
        for brief in briefs
        if brief.id in texts or brief.sig_key == query.sig_key or permuted(query.sig_key, brief.sig_key)
    )
    return sorted(useful, key=place)


@lru_cache(maxsize=4_096)
def alike(one: str, other: str) -> float:
    """How alike two keys of types are, from 0 to 1: equal, or the same result, or parts of the parameters."""
    if one == other:
        return 1.0
    (before, _, gives), (also, _, too) = one.partition("->"), other.partition("->")
    mine, theirs = Counter(_LETTER.findall(before)), Counter(_LETTER.findall(also))
    shared = 2 * (mine & theirs).total() / ((mine + theirs).total() or 1)
    return 0.4 * shared + 0.4 * (gives == too)


@lru_cache(maxsize=4_096)
def permuted(one: str, other: str) -> bool:
    """Whether two keys differ in the order of the parameters and in nothing else."""
    (before, _, gives), (also, _, too) = one.partition("->"), other.partition("->")
    return one != other and gives == too and sorted(_parts(before)) == sorted(_parts(also))


def _parts(parameters: str) -> list[str]:
    """``(D[S,I],L[I])`` cut at the commas that stand in no brackets."""
    parts, level = [""], 0
    for letter in parameters[1:-1]:
        level += (letter == "[") - (letter == "]")
        if letter == "," and not level:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
