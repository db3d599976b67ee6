"""Sets, pairs and missing values: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def divided(a: float, b: float) -> float | None:
    return a / b if b else None


def first_even(numbers: list[int]) -> int | None:
    return next((number for number in numbers if number % 2 == 0), None)


def position_of(items: list[str], wanted: str) -> int | None:
    return items.index(wanted) if wanted in items else None


def letters_of(text: str) -> set[str]:
    return {character.lower() for character in text if character.isalpha()}


def only_in_one(first: set[int], second: set[int]) -> set[int]:
    return first ^ second


def similarity(first: set[str], second: set[str]) -> float:
    return len(first & second) / len(first | second) if first | second else 1.0


def first_long_word(sentence: str, length: int) -> str | None:
    return next((word for word in sentence.split() if len(word) >= length), None)


def exchanged(pair: tuple[int, str]) -> tuple[str, int]:
    return pair[1], pair[0]


def value_or(value: int | None, default: int) -> int:
    return default if value is None else value


def mean_of_known(readings: list[float | None]) -> float | None:
    known = [reading for reading in readings if reading is not None]
    return sum(known) / len(known) if known else None


def count_missing(readings: list[int | None]) -> int:
    return readings.count(None)


def item_at(items: list[str], position: int) -> str | None:
    return items[position] if position < len(items) else None


def missing_between(numbers: set[int]) -> set[int]:
    return set(range(min(numbers), max(numbers))) - numbers


def zipped_names(first: list[str], last: list[str]) -> list[tuple[str, str]]:
    return list(zip(last, first, strict=False))
