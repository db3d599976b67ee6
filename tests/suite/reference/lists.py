"""Lists: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations

import itertools


def second_largest(numbers: list[int]) -> int | None:
    different = sorted(set(numbers))
    return different[-2] if len(different) > 1 else None


def running_totals(numbers: list[int]) -> list[int]:
    totals = []
    total = 0
    for number in numbers:
        total += number
        totals.append(total)
    return totals


def running_maximum(numbers: list[int]) -> list[int]:
    return [max(numbers[: end + 1]) for end in range(len(numbers))]


def prefix_products(numbers: list[int]) -> list[int]:
    products = []
    product = 1
    for number in numbers:
        product *= number
        products.append(product)
    return products


def chunks(items: list[int], size: int) -> list[list[int]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def rotated_left(items: list[int], places: int) -> list[int]:
    cut = places % len(items) if items else 0
    return items[cut:] + items[:cut]


def interleaved(first: list[int], second: list[int]) -> list[int]:
    return [item for pair in zip(first, second, strict=True) for item in pair]


def without_duplicates(items: list[str]) -> list[str]:
    return list(dict.fromkeys(items))


def differences(numbers: list[int]) -> list[int]:
    return [after - before for before, after in itertools.pairwise(numbers)]


def moving_average(numbers: list[float], width: int) -> list[float]:
    return [sum(numbers[start : start + width]) / width for start in range(len(numbers) - width + 1)]


def value_span(numbers: list[int]) -> int:
    return max(numbers) - min(numbers) if numbers else 0


def count_above(numbers: list[int], limit: int) -> int:
    return sum(number > limit for number in numbers)


def position_of_largest(numbers: list[int]) -> int:
    return numbers.index(max(numbers)) if numbers else -1


def positive_sum(numbers: list[int]) -> int:
    return sum(number for number in numbers if number > 0)


def every_other(items: list[str]) -> list[str]:
    return items[::2]


def evens_and_odds(numbers: list[int]) -> tuple[list[int], list[int]]:
    evens = [number for number in numbers if number % 2 == 0]
    odds = [number for number in numbers if number % 2 == 1]
    return evens, odds


def merged(first: list[int], second: list[int]) -> list[int]:
    return sorted(first + second)


def longest_run(items: list[int]) -> int:
    longest = length = 0
    previous = None
    for item in items:
        length = length + 1 if item == previous else 1
        longest = max(longest, length)
        previous = item
    return longest


def dot_product(first: list[int], second: list[int]) -> int:
    return sum(a * b for a, b in zip(first, second, strict=True))


def has_pair_with_sum(numbers: list[int], total: int) -> bool:
    return any(number + other == total for place, number in enumerate(numbers) for other in numbers[:place])


def smallest_and_largest(numbers: list[int]) -> tuple[int, int]:
    return min(numbers), max(numbers)


def top(numbers: list[int], count: int) -> list[int]:
    return sorted(numbers, reverse=True)[:count]


def peaks(numbers: list[int]) -> list[int]:
    return [
        numbers[place]
        for place in range(1, len(numbers) - 1)
        if numbers[place - 1] < numbers[place] > numbers[place + 1]
    ]


def first_repeated(items: list[int]) -> int | None:
    seen = set()
    for item in items:
        if item in seen:
            return item
        seen.add(item)
    return None


def missing_number(numbers: list[int]) -> int:
    return len(numbers) * (len(numbers) + 1) // 2 - sum(numbers)


def in_both(first: list[int], second: list[int]) -> list[int]:
    return [item for item in first if item in second]


def without_extremes(numbers: list[int]) -> list[int]:
    return sorted(numbers)[1:-1]
