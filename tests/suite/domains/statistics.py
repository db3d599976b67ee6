"""Statistics and geometry: where the hidden inputs come from."""

from __future__ import annotations

import random

from tests.suite.makers import either, floats, integers, lists, mapped, one_of, tuples


def weighted(chance: random.Random) -> tuple[list[float], list[float]]:
    """As many values as weights."""
    length = chance.randint(1, 6)
    return lists(floats(-10, 40), length, length)(chance), lists(floats(0, 5), length, length)(chance)


DOMAINS = {
    "mean": (lists(floats(-20, 60), 0, 7),),
    "median": (lists(floats(-20, 60), 1, 8),),
    "mode": (lists(integers(-2, 5), 1, 9),),
    "variance": (lists(floats(-20, 40), 1, 7),),
    "normalised": (lists(floats(-20, 40), 2, 7),),
    "weighted_mean": weighted,
    "percent_change": (floats(1, 200), floats(0, 300)),
    "midpoint": (tuples(floats(-20, 20), floats(-20, 20)), tuples(floats(-20, 20), floats(-20, 20))),
    "bounding_box": (lists(tuples(integers(-20, 20), integers(-20, 20)), 1, 6),),
    "letter_grade": (either(integers(0, 100), one_of(59, 61, 69, 70, 71, 79, 80, 81, 88, 91, 100, 0)),),
    "above_mean": (lists(floats(-20, 40), 0, 7),),
    "span_overlap": (
        mapped(lambda start, length: (start, start + length), integers(-10, 10), integers(0, 12)),
        mapped(lambda start, length: (start, start + length), integers(-10, 10), integers(0, 12)),
    ),
}
