"""Lists: where the hidden inputs come from."""

from __future__ import annotations

import random

from tests.suite.makers import either, floats, integers, lists, mapped, mostly, one_of, words


def equally_long(chance: random.Random) -> tuple[list[int], list[int]]:
    """Two lists of one length."""
    length = chance.randint(0, 7)
    return lists(integers(-9, 40), length, length)(chance), lists(integers(-9, 40), length, length)(chance)


def one_missing(chance: random.Random) -> tuple[list[int]]:
    """All numbers up to some limit in any order, except one."""
    numbers = list(range(chance.randint(2, 10)))
    chance.shuffle(numbers)
    return (numbers[1:],)


DOMAINS = {
    "second_largest": (either(lists(integers(-20, 30), 0, 8), lists(integers(0, 2), 1, 4)),),
    "running_totals": (lists(integers(-20, 50), 0, 9),),
    "running_maximum": (lists(integers(-20, 50), 0, 9),),
    "prefix_products": (lists(mostly(integers(1, 9), integers(-4, 0)), 0, 8),),
    "chunks": (lists(integers(-9, 40), 0, 11), integers(1, 6)),
    "rotated_left": (lists(integers(-9, 40), 0, 8), integers(0, 12)),
    "interleaved": equally_long,
    "without_duplicates": (lists(either(one_of("a", "b", "c", "A"), words()), 0, 8),),
    "differences": (lists(integers(-20, 50), 0, 9),),
    "moving_average": (lists(floats(-10, 40), 0, 8), integers(1, 4)),
    "value_span": (lists(integers(-30, 60), 0, 8),),
    "count_above": (lists(integers(-10, 20), 0, 9), integers(-10, 20)),
    "position_of_largest": (mostly(lists(integers(-10, 20), 1, 8), lists(integers(0, 2), 0, 6)),),
    "positive_sum": (lists(integers(-20, 30), 0, 9),),
    "every_other": (lists(words(), 0, 9),),
    "evens_and_odds": (lists(integers(-20, 50), 0, 9),),
    "merged": (mapped(sorted, lists(integers(-9, 30), 0, 6)), mapped(sorted, lists(integers(-9, 30), 0, 6))),
    "longest_run": (either(lists(integers(0, 1), 0, 10), lists(integers(3, 5), 0, 12)),),
    "dot_product": equally_long,
    "has_pair_with_sum": (lists(integers(-5, 12), 0, 6), integers(-4, 18)),
    "smallest_and_largest": (lists(integers(-30, 60), 1, 8),),
    "top": (lists(integers(-20, 50), 0, 8), integers(0, 6)),
    "peaks": (either(lists(integers(0, 5), 0, 10), lists(integers(-20, 40), 3, 10)),),
    "first_repeated": (either(lists(integers(0, 5), 0, 7), lists(integers(0, 30), 0, 8)),),
    "missing_number": one_missing,
    "in_both": (lists(integers(0, 9), 0, 7), lists(integers(0, 9), 0, 7)),
    "without_extremes": (lists(integers(-20, 40), 2, 9),),
}
