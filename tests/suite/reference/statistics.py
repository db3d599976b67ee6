"""Statistics and geometry: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def median(numbers: list[float]) -> float:
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def mode(numbers: list[int]) -> int:
    return min(numbers, key=lambda number: (-numbers.count(number), number))


def variance(numbers: list[float]) -> float:
    middle = sum(numbers) / len(numbers)
    return sum((number - middle) ** 2 for number in numbers) / len(numbers)


def normalised(numbers: list[float]) -> list[float]:
    low, high = min(numbers), max(numbers)
    return [(number - low) / (high - low) for number in numbers]


def weighted_mean(values: list[float], weights: list[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)


def percent_change(before: float, after: float) -> float:
    return (after - before) / before * 100


def midpoint(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2


def bounding_box(points: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), max(xs), min(ys), max(ys)


def letter_grade(score: int) -> str:
    for limit, grade in ((90, "A"), (80, "B"), (70, "C"), (60, "D")):
        if score >= limit:
            return grade
    return "F"


def above_mean(numbers: list[float]) -> list[float]:
    return [number for number in numbers if number > sum(numbers) / len(numbers)]


def span_overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
