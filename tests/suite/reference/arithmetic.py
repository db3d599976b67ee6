"""Arithmetic: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations

import math


def clamp(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))


def middle_of_three(a: int, b: int, c: int) -> int:
    return sorted([a, b, c])[1]


def round_to_multiple(number: int, step: int) -> int:
    return (2 * number + step) // (2 * step) * step


def percentage(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def celsius_to_fahrenheit(celsius: float) -> float:
    return celsius * 9 / 5 + 32


def manhattan_distance(start: tuple[int, int], end: tuple[int, int]) -> int:
    return abs(start[0] - end[0]) + abs(start[1] - end[1])


def hypotenuse(a: float, b: float) -> float:
    return math.sqrt(a * a + b * b)


def minutes_of(days: int, hours: int, minutes: int) -> int:
    return (days * 24 + hours) * 60 + minutes


def simple_interest(principal: float, percent: float, years: int) -> float:
    return principal * percent * years / 100


def years_to_reach(balance: float, percent: float, goal: float) -> int:
    years = 0
    while balance < goal:
        balance += balance * percent / 100
        years += 1
    return years


def discounted(price: float, percent: int) -> float:
    return round(price * (100 - percent) / 100, 2)


def boxes_needed(items: int, per_box: int) -> int:
    return (items + per_box - 1) // per_box


def quadrant(x: int, y: int) -> int:
    if x == 0 or y == 0:
        return 0
    if y > 0:
        return 1 if x > 0 else 2
    return 3 if x < 0 else 4


def shipping_cost(weight: float) -> int:
    if weight <= 1:
        return 4
    return 7 if weight <= 5 else 12


def weekly_pay(hours: float, rate: float) -> float:
    return rate * (hours + max(0, hours - 40) / 2)


def coins_for(cents: int) -> int:
    count = 0
    for coin in (25, 10, 5, 1):
        count += cents // coin
        cents %= coin
    return count
