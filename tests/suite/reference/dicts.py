"""Dicts and counting: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def word_counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in text.lower().split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def letter_counts(word: str) -> dict[str, int]:
    return {letter: word.count(letter) for letter in word}


def most_common(items: list[str]) -> str:
    return max(items, key=items.count)


def inverted(numbers: dict[str, int]) -> dict[int, str]:
    return {number: name for name, number in numbers.items()}


def added_counts(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    total = dict(first)
    for key, count in second.items():
        total[key] = total.get(key, 0) + count
    return total


def with_defaults(settings: dict[str, str], defaults: dict[str, str]) -> dict[str, str]:
    return {**defaults, **settings}


def grouped_by_length(words: list[str]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups


def grouped_by_first_letter(words: list[str]) -> dict[str, list[str]]:
    return {word[0]: [other for other in words if other[0] == word[0]] for word in words}


def at_least(scores: dict[str, int], limit: int) -> dict[str, int]:
    return {name: score for name, score in scores.items() if score >= limit}


def ranking(scores: dict[str, int]) -> list[str]:
    return sorted(scores, key=lambda name: -scores[name])


def total_price(prices: dict[str, float], basket: list[str]) -> float:
    return sum((prices.get(thing, 0.0) for thing in basket), 0.0)


def totals_by_name(entries: list[tuple[str, int]]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for name, amount in entries:
        totals[name] = totals.get(name, 0) + amount
    return totals


def best_name(scores: dict[str, int]) -> str | None:
    return max(scores, key=lambda name: scores[name]) if scores else None


def average_grades(grades: dict[str, list[int]]) -> dict[str, float]:
    return {name: sum(marks) / len(marks) for name, marks in grades.items() if marks}


def positions(items: list[str]) -> dict[str, int]:
    return {item: place for place, item in enumerate(items)}


def places_of_letters(word: str) -> dict[str, list[int]]:
    return {letter: [place for place, other in enumerate(word) if other == letter] for letter in word}


def paired(keys: list[str], values: list[int]) -> dict[str, int]:
    return {key: values[place] if place < len(values) else 0 for place, key in enumerate(keys)}


def known_values(readings: dict[str, int | None]) -> dict[str, int]:
    return {name: reading for name, reading in readings.items() if reading is not None}


def shared_keys(first: dict[str, int], second: dict[str, int]) -> list[str]:
    return sorted(key for key in first if key in second)


def stock_after_sales(stock: dict[str, int], sold: list[str]) -> dict[str, int]:
    return {thing: count - sold.count(thing) for thing, count in stock.items()}
