"""Dicts and counting: where the hidden inputs come from."""

from __future__ import annotations

import random

from tests.suite.makers import (
    WORDS,
    dicts,
    either,
    floats,
    integers,
    joined,
    lists,
    mapped,
    one_of,
    text,
    tuples,
    words,
)


def different_values(chance: random.Random) -> tuple[dict[str, int]]:
    """A dict in which no value occurs twice."""
    names = chance.sample(WORDS, chance.randint(0, 5))
    return (dict(zip(names, chance.sample(range(-5, 40), len(names)), strict=True)),)


DOMAINS = {
    "word_counts": (
        joined(
            " ",
            mapped(
                lambda word, case: case(word),
                one_of("the", "cat", "dog", "a", "and", "sun"),
                one_of(str, str, str.upper, str.capitalize),
            ),
            0,
            9,
        ),
    ),
    "letter_counts": (either(words(), text("abcd", 0, 9)),),
    "most_common": (lists(one_of("sun", "dog", "cat", "tea"), 1, 9),),
    "inverted": different_values,
    "added_counts": (
        dicts(one_of("a", "b", "c", "d"), integers(0, 9), 0, 4),
        dicts(one_of("a", "b", "c", "e"), integers(0, 9), 0, 4),
    ),
    "with_defaults": (
        dicts(one_of("a", "b", "c", "d"), words(), 0, 3),
        dicts(one_of("a", "b", "c", "e"), words(), 0, 3),
    ),
    "grouped_by_length": (lists(words(), 0, 8),),
    "grouped_by_first_letter": (lists(words(), 0, 9),),
    "at_least": (dicts(words(), integers(-3, 12), 0, 6), integers(-3, 12)),
    "ranking": (dicts(words(), integers(0, 9), 0, 6),),
    "total_price": (
        dicts(one_of("tea", "milk", "bread", "salt"), floats(0, 9), 0, 4),
        lists(one_of("tea", "milk", "bread", "salt", "eggs"), 0, 6),
    ),
    "totals_by_name": (lists(tuples(one_of("ann", "bob", "cid", "dan"), integers(-5, 20)), 0, 8),),
    "best_name": (dicts(words(), integers(-5, 12), 0, 5),),
    "average_grades": (dicts(words(), lists(integers(1, 6), 0, 4), 0, 4),),
    "positions": (lists(either(words(), one_of("a", "to", "sun")), 0, 7),),
    "places_of_letters": (either(words(), text("abc", 0, 8)),),
    "paired": (mapped(lambda count: list("abcdefgh"[:count]), integers(0, 6)), lists(integers(-5, 20), 0, 5)),
    "known_values": (dicts(words(), either(integers(-3, 9), one_of(None, 0)), 0, 5),),
    "shared_keys": (
        dicts(one_of("a", "b", "c", "d", "e", "f"), integers(0, 9), 0, 6),
        dicts(one_of("a", "b", "c", "d", "e", "f"), integers(0, 9), 0, 6),
    ),
    "stock_after_sales": (
        dicts(one_of("tea", "milk", "bread"), integers(3, 9), 1, 5),
        lists(one_of("tea", "milk", "bread"), 0, 3),
    ),
}
