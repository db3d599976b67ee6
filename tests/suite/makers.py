"""Makers of inputs: each takes a source of chance and gives one value. Small parts to build a function's domain of."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Maker = Callable[[random.Random], Any]
"""Gives a value of its kind, another one each time it is asked."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
CAPITALS = LETTERS.upper()
DIGITS = "0123456789"

WORDS = (
    "a", "an", "to", "of", "sun", "sky", "red", "dog", "cat", "map", "tea", "river", "apple", "stone", "level",
    "noon", "paper", "green", "little", "letter", "garden", "window", "market", "coffee", "yellow", "station",
    "balloon", "kitchen", "morning", "rhythm", "mountain", "umbrella", "tomorrow", "committee", "bookkeeper",
)  # fmt: skip


def integers(low: int, high: int) -> Maker:
    """Whole numbers from ``low`` to ``high``."""
    return lambda chance: chance.randint(low, high)


def floats(low: int, high: int, parts: int = 4) -> Maker:
    """Multiples of one ``parts``-th from ``low`` to ``high``."""
    return lambda chance: chance.randint(low * parts, high * parts) / parts


def booleans() -> Maker:
    """Either of two."""
    return lambda chance: chance.random() < 0.5


def one_of(*values: Any) -> Maker:
    """Any of ``values``."""
    return lambda chance: chance.choice(values)


def either(*makers: Maker) -> Maker:
    """What any of ``makers`` gives."""
    return lambda chance: chance.choice(makers)(chance)


def mostly(usual: Maker, rare: Maker) -> Maker:
    """What ``usual`` gives, and ``rare`` one time in six."""
    return lambda chance: (rare if chance.randrange(6) == 0 else usual)(chance)


def text(alphabet: str, low: int, high: int) -> Maker:
    """``low`` to ``high`` characters of ``alphabet``."""
    return lambda chance: "".join(chance.choice(alphabet) for _ in range(chance.randint(low, high)))


def words() -> Maker:
    """A lower-case word of English."""
    return one_of(*WORDS)


def cased_words() -> Maker:
    """A word in lower case, with a capital, or in capitals."""
    return lambda chance: chance.choice((str, str, str.capitalize, str.upper))(chance.choice(WORDS))


def joined(separator: str, maker: Maker, low: int, high: int) -> Maker:
    """``low`` to ``high`` texts of ``maker`` with ``separator`` between."""
    return lambda chance: separator.join(maker(chance) for _ in range(chance.randint(low, high)))


def sentences(low: int, high: int) -> Maker:
    """``low`` to ``high`` words, some with capitals, with single spaces between."""
    return joined(" ", cased_words(), low, high)


def glued(*parts: Maker | str) -> Maker:
    """The ``parts`` one after another: texts as they are, and what makers give as it prints."""
    return lambda chance: "".join(part if isinstance(part, str) else str(part(chance)) for part in parts)


def lists(maker: Maker, low: int, high: int) -> Maker:
    """Lists of ``low`` to ``high`` values."""
    return lambda chance: [maker(chance) for _ in range(chance.randint(low, high))]


def sets(maker: Maker, low: int, high: int) -> Maker:
    """Sets made of ``low`` to ``high`` values, of which some may be equal."""
    return lambda chance: {maker(chance) for _ in range(chance.randint(low, high))}


def tuples(*makers: Maker) -> Maker:
    """A tuple with a value of each of ``makers``."""
    return lambda chance: tuple(maker(chance) for maker in makers)


def dicts(keys: Maker, values: Maker, low: int, high: int) -> Maker:
    """Dicts made of ``low`` to ``high`` pairs, of which some may have equal keys."""
    return lambda chance: {keys(chance): values(chance) for _ in range(chance.randint(low, high))}


def matrices(maker: Maker, rows: tuple[int, int], columns: tuple[int, int]) -> Maker:
    """Lists of rows of equal length."""

    def make(chance: random.Random) -> list[list[Any]]:
        width = chance.randint(*columns)
        return [[maker(chance) for _ in range(width)] for _ in range(chance.randint(*rows))]

    return make


def squares(maker: Maker, low: int, high: int) -> Maker:
    """Matrices of as many rows as columns."""

    def make(chance: random.Random) -> list[list[Any]]:
        size = chance.randint(low, high)
        return [[maker(chance) for _ in range(size)] for _ in range(size)]

    return make


def mapped(function: Callable[..., Any], *makers: Maker) -> Maker:
    """``function`` of a value of each of ``makers``."""
    return lambda chance: function(*(maker(chance) for maker in makers))
