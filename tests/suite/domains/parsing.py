"""Parsing: where the hidden inputs come from."""

from __future__ import annotations

import random

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


def numerals(chance: random.Random) -> tuple[str]:
    """A Roman numeral, from thousands down to ones."""
    digits = (
        "",
        "{0}",
        "{0}{0}",
        "{0}{0}{0}",
        "{0}{1}",
        "{1}",
        "{1}{0}",
        "{1}{0}{0}",
        "{1}{0}{0}{0}",
        "{0}{2}",
    )
    places = [chance.choice(digits).format(*signs) for signs in ("CDM", "XLC", "IVX")]
    return ("".join(("M" * chance.randint(0, 2), *places[:2], places[2] or "I")),)


DOMAINS = {
    "csv_fields": (
        joined(
            ",",
            glued(
                one_of("", "", " ", "  "), either(words(), one_of("", "two words", "x")), one_of("", "", " ")
            ),
            1,
            5,
        ),
    ),
    "numbers_in_list": (
        either(joined(",", glued(integers(-50, 200)), 0, 6), joined(", ", glued(integers(-50, 200)), 0, 6)),
    ),
    "key_values": (joined(";", glued(words(), "=", either(words(), integers(0, 99))), 1, 5),),
    "clock_to_minutes": (
        glued(
            mapped(lambda hour: f"{hour:02}", integers(0, 23)),
            ":",
            mapped(lambda minute: f"{minute:02}", integers(0, 59)),
        ),
    ),
    "duration_minutes": (
        either(
            glued(integers(0, 30), "h", integers(0, 59), "m"),
            glued(integers(0, 30), "h"),
            glued(integers(0, 200), "m"),
        ),
    ),
    "file_extension": (either(joined(".", words(), 1, 4), glued(words(), "_", words(), ".", words())),),
    "email_domain": (glued(joined(".", words(), 1, 2), "@", joined(".", words(), 1, 3)),),
    "version_parts": (joined(".", glued(integers(0, 40)), 1, 5),),
    "as_bool": (
        glued(
            one_of("", "", " "),
            mapped(
                lambda word, case: case(word),
                one_of("yes", "no", "true", "false", "on", "off", "1", "0", "y", "never", ""),
                one_of(str, str.upper, str.capitalize),
            ),
            one_of("", "", " "),
        ),
    ),
    "number_range": (
        mapped(lambda start, length: f"{start}-{start + length}", integers(0, 120), integers(0, 12)),
    ),
    "numbers_in_text": (
        joined("", either(words(), glued(one_of("", " "), integers(0, 500), one_of("", " "))), 0, 6),
    ),
    "hex_color": (glued("#", text("0123456789abcdef", 6, 6)),),
    "binary_value": (text("01", 1, 14),),
    "maybe_integer": (either(text(DIGITS, 1, 5), text("0123a. -", 0, 4), words()),),
    "roman_value": numerals,
    "money": (
        either(
            mapped(lambda amount: f"${amount:,.2f}", floats(0, 99999, 100)),
            mapped(lambda amount: f"${amount:,}", integers(0, 5000000)),
        ),
    ),
    "without_comment": (
        either(
            sentences(0, 4),
            glued(
                one_of("", "  "),
                sentences(0, 3),
                one_of("", " ", "   "),
                "#",
                sentences(0, 2),
                one_of("", "#x", " # y"),
            ),
        ),
    ),
    "header_field": (
        glued(
            mapped("-".join, lists(cased_words(), 1, 2)),
            one_of(":", ": ", ":  "),
            either(words(), sentences(0, 3), glued(words(), ":", integers(1, 99))),
        ),
    ),
    "number_grid": (joined(";", joined(" ", glued(integers(-20, 99)), 1, 4), 1, 4),),
    "fraction_value": (
        mostly(glued(integers(-20, 40), "/", one_of(1, 2, 4, 5, 8, 10, 16)), glued(integers(-20, 40))),
    ),
}
