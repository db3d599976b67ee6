"""The words that a text is found by: no case, no joints of names, no endings. Pure, and meant for English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

NAME_WEIGHT: Final = 2
"""How often a name counts: it was chosen to say what the function is for, prose says much else."""

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_ENDINGS: Final = ("ing", "ed", "es", "s")
_SHORTEST: Final = 3


def words_of(text: str) -> Iterator[str]:
    """The stems of the words of ``text`` in order; ``totalPrice`` and ``total_price`` are two words each."""
    for word in _WORD.findall(_HUMP.sub(" ", text)):
        if len(word) > 1:
            yield _stem(word.lower())


def bag(name: str, texts: Iterable[str]) -> Counter[str]:
    """How much each word counts for a function called ``name`` of which ``texts`` are said."""
    counts = Counter(dict.fromkeys(words_of(name), NAME_WEIGHT))
    for text in texts:
        counts.update(words_of(text))
    return counts


def _stem(word: str) -> str:
    """The word without a common ending, so that *sorted*, *sorts* and *sorting* meet."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _SHORTEST and word.endswith("e") else word
