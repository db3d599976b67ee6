"""Evaluation helpers of the operators: Python's own behaviour, with a limit on what may be built."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate, combinations, groupby
from typing import TypeVar

from aurora.synthesis.cells import MAX_INTEGER, MAX_LENGTH, Cell, Mapping, TooLarge

Item = TypeVar("Item")


def times(left: int, right: int) -> int:
    """``left * right``, unless one of them is out of all proportion."""
    if -MAX_INTEGER < left < MAX_INTEGER and -MAX_INTEGER < right < MAX_INTEGER:
        return left * right
    raise TooLarge


def power(base: int, exponent: int) -> int:
    """``base ** exponent`` for a natural exponent; a negative one would give a float."""
    if exponent < 0:
        raise TooLarge
    if abs(base) > 1 and (base.bit_length() * exponent > 140 or exponent > 140):
        raise TooLarge
    result: int = base**exponent
    return result


def repeat_text(text: str, count: int) -> str:
    """``text * count``."""
    if count > 0 and len(text) * count > MAX_LENGTH:
        raise TooLarge
    return text * count


def repeat_list(items: tuple[Item, ...], count: int) -> tuple[Item, ...]:
    """``items * count``."""
    if count > 0 and len(items) * count > MAX_LENGTH:
        raise TooLarge
    return items * count


def replaced(text: str, old: str, new: str) -> str:
    """``text.replace(old, new)``; an empty ``old`` is a trick, not a program."""
    if not old or text.count(old) * len(new) + len(text) > MAX_LENGTH:
        raise TooLarge
    return text.replace(old, new)


def joined(separator: str, parts: Sequence[str]) -> str:
    """``separator.join(parts)``."""
    if len(separator) * len(parts) + sum(map(len, parts)) > MAX_LENGTH:
        raise TooLarge
    return separator.join(parts)


def natural_range(start: int, stop: int) -> tuple[int, ...]:
    """``list(range(start, stop))``."""
    if stop - start > MAX_LENGTH // 4:
        raise TooLarge
    return tuple(range(start, stop))


def present(value: Item | None) -> Item:
    """``value`` where it is known not to be None."""
    if value is None:
        raise TypeError
    return value


def finite(number: float) -> float:
    """``number``, unless it left the real line."""
    if number - number != 0:
        raise TooLarge
    return number


def float_power(base: float, exponent: float) -> float:
    """``base ** exponent`` on the real line."""
    result = base**exponent
    if not isinstance(result, float) or result - result != 0:
        raise TooLarge
    return result


def gcd(left: int, right: int) -> int:
    """``math.gcd``, for numbers of a size that people use."""
    return math.gcd(left, right)


def isqrt(number: int) -> int:
    """``math.isqrt``."""
    return math.isqrt(number)


def factorial(number: int) -> int:
    """``math.factorial`` of a small number."""
    if number > 60:
        raise TooLarge
    return math.factorial(number)


def stepped_range(start: int, stop: int, step: int) -> tuple[int, ...]:
    """``list(range(start, stop, step))``."""
    numbers = range(start, stop, step)
    if len(numbers) > MAX_LENGTH // 4:
        raise TooLarge
    return tuple(numbers)


def floor(number: float) -> int:
    """``math.floor``."""
    return math.floor(number)


def ceil(number: float) -> int:
    """``math.ceil``."""
    return math.ceil(number)


def sqrt(number: float) -> float:
    """``math.sqrt``."""
    return math.sqrt(number)


def read_int(text: str, base: int = 10) -> int:
    """``int(text, base)`` of a short text."""
    if len(text) > 60:
        raise TooLarge
    return int(text, base)


def read_float(text: str) -> float:
    """``float(text)`` of a short text that is a finite number."""
    if len(text) > 60:
        raise TooLarge
    return finite(float(text))


def padded_zero(text: str, width: int) -> str:
    """``text.zfill(width)``."""
    if width > MAX_LENGTH // 4:
        raise TooLarge
    return text.zfill(width)


def padded(method: Callable[..., str], width: int, fill: str = " ") -> str:
    """``text.rjust(width, fill)`` and its like."""
    if width > MAX_LENGTH // 4:
        raise TooLarge
    return method(width, fill)


def runs(text: str) -> tuple[str, ...]:
    """Maximal runs of one character."""
    return tuple(["".join(group) for _, group in groupby(text)])


def list_runs(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], ...]:
    """Maximal runs of equal items."""
    return tuple([tuple(group) for _, group in groupby(items)])


def digit_runs(text: str) -> tuple[str, ...]:
    """Runs of digits."""
    return tuple(re.findall(r"\d+", text))


def letter_runs(text: str) -> tuple[str, ...]:
    """Runs of ASCII letters."""
    return tuple(re.findall(r"[A-Za-z]+", text))


def other_runs(text: str, replacement: str) -> str:
    """Runs of anything but lower-case letters and digits, replaced. A backslash would be an escape."""
    if "\\" in replacement or len(text) * (1 + len(replacement)) > MAX_LENGTH:
        raise TooLarge
    return re.sub(r"[^a-z0-9]+", replacement, text)


def product(numbers: tuple[int, ...]) -> int:
    """``math.prod``, unless it grows out of all proportion."""
    result = 1
    for number in numbers:
        result = times(result, number)
    return result


def flattened(rows: tuple[tuple[Item, ...], ...]) -> tuple[Item, ...]:
    """The items of all rows."""
    if sum(map(len, rows)) > MAX_LENGTH:
        raise TooLarge
    return tuple([item for row in rows for item in row])


def transposed(rows: tuple[tuple[Item, ...], ...]) -> tuple[tuple[Item, ...], ...]:
    """Rows as columns; ragged rows would lose items without a word."""
    if len({len(row) for row in rows}) > 1:
        raise TooLarge
    return tuple(zip(*rows, strict=True))


def chunks(items: tuple[Item, ...], size: int) -> tuple[tuple[Item, ...], ...]:
    """Consecutive pieces of ``size`` items, the last one shorter."""
    return tuple([items[i : i + size] for i in range(0, len(items), size)])


def windows(items: tuple[Item, ...], size: int) -> tuple[tuple[Item, ...], ...]:
    """Every run of ``size`` consecutive items."""
    if size < 1:
        raise TooLarge
    return tuple([items[i : i + size] for i in range(len(items) - size + 1)])


def running(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Running totals."""
    return tuple(accumulate(numbers))


def largest_so_far(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """For each item the largest up to it."""
    return tuple(accumulate(items, max))  # type: ignore[arg-type]  # of types that have an order


def smallest_so_far(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """For each item the smallest up to it."""
    return tuple(accumulate(items, min))  # type: ignore[arg-type]  # of types that have an order


def counted(items: Iterable[Hashable]) -> Mapping:
    """How often each item occurs, in order of first occurrence."""
    return Mapping(Counter(items))


def composite(number: int) -> bool:
    """Whether a number of a size that people use has a divisor between 1 and itself."""
    if number > 10_000:
        raise TooLarge
    return any(number % divisor == 0 for divisor in range(2, number))


def common_start(text: str, other: str) -> str:
    """The longest beginning that two texts share."""
    return next(text[:size] for size in range(len(text), -1, -1) if other.startswith(text[:size]))


def common_end(text: str, other: str) -> str:
    """The longest end that two texts share."""
    return next(text[start:] for start in range(len(text) + 1) if other.endswith(text[start:]))


def counts_within(items: Sequence[Item], others: Sequence[Item]) -> bool:
    """Whether each item is there as often, at least."""
    return all(items.count(item) <= others.count(item) for item in items)


def in_order(letters: str, text: str) -> bool:
    """Whether letters stand in a text in this order, with others between."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def overlapping(text: str, part: str) -> int:
    """How often a part begins in a text."""
    return sum(text.startswith(part, start) for start in range(len(text)))


def pairs_of(items: Sequence[Item], others: Sequence[Item]) -> tuple[tuple[Item, Item], ...]:
    """Each of the one with each of the other."""
    if len(items) * len(others) > MAX_LENGTH:
        raise TooLarge
    return tuple([(item, other) for item in items for other in others])


def couples(items: Sequence[Item]) -> tuple[tuple[Item, Item], ...]:
    """Each item with each that follows it."""
    if len(items) ** 2 > MAX_LENGTH:
        raise TooLarge
    return tuple(combinations(items, 2))


def frequent(items: Iterable[Hashable], count: int) -> tuple[Hashable, ...]:
    """The most common items."""
    return tuple([item for item, _ in Counter(items).most_common(count)])


def combinations_of(number: int, count: int) -> int:
    """``math.comb``, for numbers of a size that people use."""
    if number > 200:
        raise TooLarge
    return math.comb(number, count)


def orders_of(number: int, count: int) -> int:
    """``math.perm``, for numbers of a size that people use."""
    if number > 60:
        raise TooLarge
    return math.perm(number, count)


def prime(number: int) -> bool:
    """Whether a number of a size that people use is prime."""
    return number > 1 and not composite(number)


def aliquot(number: int) -> int:
    """The sum of the divisors of a number other than itself."""
    if number > 10_000:
        raise TooLarge
    return sum(divisor for divisor in range(1, number) if number % divisor == 0)


def longest_run(items: Sequence[Cell]) -> int:
    """The length of the longest run of equal items."""
    longest = length = 0
    for place, item in enumerate(items):
        length = length + 1 if place and items[place - 1] == item else 1
        longest = max(longest, length)
    return longest


ENVIRONMENT: dict[str, Callable[..., Cell]] = {
    function.__name__: function
    for function in (
        times, power, repeat_text, repeat_list, replaced, joined, natural_range, present, finite,
        float_power, gcd, isqrt, factorial, stepped_range, floor, ceil, sqrt, read_int, read_float, padded_zero,
        padded, runs, list_runs, digit_runs, letter_runs, other_runs, product, flattened, transposed, chunks,
        windows, running, largest_so_far, smallest_so_far, counted, composite, Mapping, common_start, common_end,
        counts_within, in_order, overlapping, pairs_of, couples, frequent, combinations_of, orders_of,
        statistics.median, statistics.pvariance, statistics.pstdev, statistics.stdev,
        prime, aliquot, longest_run,
    )
}  # fmt: skip
"""What the generated loops can name besides Python's builtins."""
