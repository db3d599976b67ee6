"""Validation: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations

import itertools


def looks_like_email(address: str) -> bool:
    name, at, domain = address.partition("@")
    return name != "" and at == "@" and "@" not in domain and "." in domain


def is_strong_password(password: str) -> bool:
    return (
        len(password) >= 8
        and any(c.islower() for c in password)
        and any(c.isupper() for c in password)
        and any(c.isdigit() for c in password)
    )


def luhn_valid(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def barcode_check_digit(digits: str) -> int:
    return -sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(digits)) % 10


def is_isbn(isbn: str) -> bool:
    return sum(int(digit) * (10 - place) for place, digit in enumerate(isbn)) % 11 == 0


def is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def brackets_match(text: str) -> bool:
    open_brackets = []
    for character in text:
        if character in "([{":
            open_brackets.append(character)
        elif not open_brackets or open_brackets.pop() + character not in ("()", "[]", "{}"):
            return False
    return not open_brackets


def is_triangle(a: int, b: int, c: int) -> bool:
    return a + b > c and a + c > b and b + c > a


def is_hex_color(code: str) -> bool:
    return len(code) == 7 and code[0] == "#" and all(c in "0123456789abcdef" for c in code[1:].lower())


def is_user_name(name: str) -> bool:
    return 3 <= len(name) <= 12 and name.isalnum() and not name[0].isdigit()


def is_ip_address(address: str) -> bool:
    parts = address.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) <= 255 for part in parts)


def is_clock_time(text: str) -> bool:
    hours, _, minutes = text.partition(":")
    digits = len(hours) == len(minutes) == 2 and (hours + minutes).isdigit()
    return digits and int(hours) < 24 and int(minutes) < 60


def has_duplicates(items: list[int]) -> bool:
    return len(set(items)) < len(items)


def is_safe_pin(pin: str) -> bool:
    return len(pin) == 4 and pin.isdigit() and len(set(pin)) > 1


def is_strictly_rising(numbers: list[int]) -> bool:
    return all(before < after for before, after in itertools.pairwise(numbers))


def is_license_plate(plate: str) -> bool:
    letters, _, digits = plate.partition(" ")
    return (
        len(letters) == 2
        and letters.isalpha()
        and letters.isupper()
        and len(digits) == 4
        and digits.isdigit()
    )


def is_complete_row(row: list[int]) -> bool:
    return sorted(row) == list(range(1, len(row) + 1))
