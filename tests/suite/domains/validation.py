"""Validation: where the hidden inputs come from."""

from __future__ import annotations

import random

from tests.suite.makers import (
    CAPITALS,
    DIGITS,
    LETTERS,
    either,
    glued,
    integers,
    joined,
    lists,
    mapped,
    mostly,
    one_of,
    text,
    words,
)


def addresses(chance: random.Random) -> tuple[str]:
    """Addresses, of which about every second is good."""
    name = chance.choice(("", words()(chance), words()(chance), joined(".", words(), 2, 2)(chance)))
    at = chance.choice(("@", "@", "@", "@", "", "@@", "@x@"))
    return (name + at + joined(".", words(), 1, 3)(chance),)


def passwords(chance: random.Random) -> tuple[str]:
    """Passwords in which one thing is missing about every second time."""
    alphabet = chance.choice(
        (LETTERS + CAPITALS, LETTERS + DIGITS, CAPITALS + DIGITS, *[LETTERS + CAPITALS + DIGITS] * 2)
    )
    length = chance.choice((0, 4, 7, 7, 8, 8, 8, 9, 10, 11, 12, 14))
    return ("".join(chance.sample(alphabet, length)),)


def card_numbers(chance: random.Random) -> tuple[str]:
    """Numbers of which about every second passes."""
    digits = text(DIGITS, 1, 12)(chance)
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    check = -sum(value - 9 if value > 9 else value for value in doubled) % 10
    return (digits + str(check if chance.random() < 0.5 else chance.randint(0, 9)),)


def book_numbers(chance: random.Random) -> tuple[str]:
    """Ten digits, about every second time valid."""
    while True:
        digits = text(DIGITS, 9, 9)(chance)
        check = -sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
        if check < 10:
            return (digits + str(check if chance.random() < 0.5 else chance.randint(0, 9)),)


def brackets(chance: random.Random) -> tuple[str]:
    """Nested brackets, about every second time with a flaw."""
    whole = ""
    for _ in range(chance.randint(1, 5)):
        pair = chance.choice(("()", "[]", "{}"))
        whole = chance.choice((pair + whole, whole + pair, pair[0] + whole + pair[1]))
    if chance.random() < 0.45:
        place = chance.randrange(len(whole))
        whole = whole[:place] + chance.choice(("", "(", "]", "}")) + whole[place + 1 :]
    return (whole,)


def clocks(chance: random.Random) -> tuple[str]:
    """Times, about every second time with a flaw."""
    hour, minute = mostly(integers(0, 23), one_of(23))(chance), mostly(integers(0, 59), one_of(59))(chance)
    good = f"{hour:02}:{minute:02}"
    flawed = (
        f"{hour}:{minute}",
        f"{hour + 24}:{minute:02}",
        f"{hour:02}:{minute + 60}",
        f"{hour:02}{minute:02}",
        words()(chance),
        f"{hour:02}:x{minute % 10}",
    )
    return (good if chance.random() < 0.5 else chance.choice(flawed),)


def puzzle_rows(chance: random.Random) -> tuple[list[int]]:
    """Rows of which about every second is complete."""
    row = list(range(1, chance.randint(2, 9) + 1))
    chance.shuffle(row)
    if chance.random() < 0.5:
        row[chance.randrange(len(row))] += chance.choice((-1, 1))
    return (row,)


DOMAINS = {
    "looks_like_email": addresses,
    "is_strong_password": passwords,
    "luhn_valid": card_numbers,
    "barcode_check_digit": (text(DIGITS, 1, 12),),
    "is_isbn": book_numbers,
    "is_balanced": (
        either(
            text("()", 0, 8),
            text("()a", 2, 9),
            one_of(
                "(())()",
                "((()))",
                "()()()",
                "(a)((b))",
                "()(())",
                "x(y)z",
                "(()())",
                "()",
                "(((())))",
                "((a)b)",
                "no",
                "(a(b)c)()",
                "()()",
                "(())(())",
            ),
        ),
    ),
    "brackets_match": brackets,
    "is_triangle": (
        either(integers(1, 14), integers(1, 5)),
        either(integers(1, 14), integers(1, 5)),
        either(integers(1, 14), integers(1, 5)),
    ),
    "is_hex_color": (
        either(
            glued("#", text("0123456789abcdefABCDEF", 6, 6)),
            glued(one_of("#", "#", ""), text("09afAFgz", 5, 7)),
        ),
    ),
    "is_user_name": (
        either(
            text(LETTERS + DIGITS, 1, 16),
            glued(text(LETTERS, 1, 1), text(LETTERS + DIGITS, 2, 11)),
            text(LETTERS, 2, 3),
            text(LETTERS, 12, 13),
            text(LETTERS + " _", 3, 12),
        ),
    ),
    "is_ip_address": (
        either(
            joined(".", glued(mostly(integers(0, 255), one_of(255))), 4, 4),
            joined(".", glued(mostly(integers(0, 255), one_of(256, 256, 300, "x", "", "-1"))), 3, 5),
        ),
    ),
    "is_clock_time": clocks,
    "has_duplicates": (lists(integers(0, 15), 0, 8),),
    "is_safe_pin": (
        either(
            text(DIGITS, 4, 4),
            text("01", 4, 4),
            text("7", 3, 5),
            text(DIGITS, 2, 6),
            text(DIGITS + "abc", 4, 4),
            mapped(lambda digit: str(digit) * 4, integers(0, 9)),
        ),
    ),
    "is_strictly_rising": (
        mostly(mapped(sorted, lists(integers(-20, 40), 0, 6)), lists(integers(0, 9), 0, 5)),
    ),
    "is_license_plate": (
        either(
            glued(text(CAPITALS, 2, 2), " ", text(DIGITS, 4, 4)),
            glued(text(CAPITALS + "x1", 1, 3), one_of(" ", " ", "-", ""), text(DIGITS, 3, 5)),
        ),
    ),
    "is_complete_row": puzzle_rows,
}
