"""Text formatting: where the hidden inputs come from."""

from __future__ import annotations

from tests.suite.makers import (
    DIGITS,
    cased_words,
    either,
    floats,
    glued,
    integers,
    joined,
    lists,
    mapped,
    mostly,
    one_of,
    sentences,
    text,
    words,
)

DOMAINS = {
    "zero_padded": (either(integers(0, 99), integers(0, 99999)), integers(0, 8)),
    "slug": (
        either(
            sentences(0, 5),
            joined("  ", cased_words(), 1, 4),
            glued(one_of("", " "), sentences(1, 3), one_of(" ", "  ")),
        ),
    ),
    "camel_to_snake": (
        mapped(lambda name: name[:1].lower() + name[1:], joined("", mapped(str.capitalize, words()), 1, 4)),
    ),
    "snake_to_camel": (joined("_", words(), 1, 4),),
    "hours_minutes_seconds": (
        either(
            integers(0, 4000), integers(0, 200000), one_of(60, 3599, 3601, 7199, 7200, 35999, 36000, 86399)
        ),
    ),
    "minutes_as_clock": (integers(0, 1439),),
    "dollars": (either(integers(0, 300), integers(0, 99999)),),
    "with_thousands": (either(integers(-2000, 5000), integers(0, 10**9)),),
    "as_percent": (either(floats(0, 3, 100), floats(0, 1, 1000)),),
    "bullet_list": (lists(sentences(1, 2), 0, 5),),
    "join_with_and": (lists(words(), 0, 6),),
    "shortened": (sentences(0, 5), integers(3, 20)),
    "html_tag": (one_of("b", "i", "p", "h1", "h2", "div", "span", "li"), sentences(0, 3)),
    "ordinal": (either(integers(1, 130), one_of(12, 13, 21, 23, 31, 101, 102, 103, 111, 112, 113)),),
    "fizz_buzz": (integers(1, 150),),
    "roman": (either(integers(1, 100), integers(1, 3999)),),
    "phone_number": (text(DIGITS, 10, 10),),
    "short_name": (mapped(str.capitalize, words()), mapped(str.capitalize, words())),
    "masked": (text(DIGITS, 0, 19),),
    "plural": (mostly(integers(0, 30), one_of(1)), words()),
    "progress_bar": (integers(0, 20), integers(0, 20)),
    "title_case": (
        joined(" ", either(cased_words(), one_of("it's", "don't", "they're", "2nd", "o'clock")), 0, 5),
    ),
}
