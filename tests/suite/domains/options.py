"""Sets, pairs and missing values: where the hidden inputs come from."""

from __future__ import annotations

from tests.suite.makers import (
    either,
    floats,
    integers,
    lists,
    mapped,
    mostly,
    one_of,
    sentences,
    sets,
    text,
    tuples,
    words,
)

DOMAINS = {
    "divided": (floats(-20, 40), mostly(floats(-8, 8), one_of(0.0))),
    "first_even": (
        lists(
            mostly(mapped(lambda n: 2 * n + 1, integers(-5, 20)), mapped(lambda n: 2 * n, integers(-5, 20))),
            0,
            6,
        ),
    ),
    "position_of": (lists(one_of("a", "b", "c", "d"), 0, 6), one_of("a", "b", "c", "d", "e")),
    "letters_of": (either(sentences(0, 3), text("abcABC 123!", 0, 9)),),
    "only_in_one": (sets(integers(0, 9), 0, 6), sets(integers(0, 9), 0, 6)),
    "similarity": (sets(one_of("a", "b", "c", "d", "e"), 0, 5), sets(one_of("a", "b", "c", "d", "f"), 0, 5)),
    "first_long_word": (sentences(0, 6), integers(1, 9)),
    "exchanged": (tuples(integers(-20, 99), words()),),
    "value_or": (either(integers(-9, 30), one_of(None, 0)), integers(-9, 30)),
    "mean_of_known": (lists(mostly(floats(-10, 30), one_of(None)), 0, 6),),
    "count_missing": (lists(either(integers(-3, 9), one_of(None)), 0, 8),),
    "item_at": (lists(words(), 0, 6), integers(0, 7)),
    "missing_between": (sets(integers(-5, 14), 1, 6),),
    "zipped_names": (lists(words(), 0, 4), lists(words(), 0, 4)),
}
