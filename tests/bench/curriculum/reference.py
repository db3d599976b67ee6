"""What the functions of the curriculum are meant to do, and inputs that their specs do not show."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any


def letters_only(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


def initials(name: str) -> str:
    return "".join(w[0] for w in name.split())


def swap_words(text: str) -> str:
    return " ".join(text.split()[::-1])


def is_palindrome(text: str) -> bool:
    return text == text[::-1]


def is_letter_palindrome(text: str) -> bool:
    return "".join(c for c in text if c.isalpha()) == "".join(c for c in text if c.isalpha())[::-1]


def count_vowels(text: str) -> int:
    return sum(1 for c in text if c in "aeiou")


def only_digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def digit_count(text: str) -> int:
    return len([c for c in text if c.isdigit()])


def capitals_only(text: str) -> str:
    return "".join(c for c in text if c.isupper())


def title_words(text: str) -> str:
    return " ".join(w.capitalize() for w in text.split())


def reverse_each_word(text: str) -> str:
    return " ".join(w[::-1] for w in text.split())


def longest_word(text: str) -> str:
    return max(text.split(), key=len)


def shortest_word(text: str) -> str:
    return min(text.split(), key=len)


def longest_length(text: str) -> int:
    return len(max(text.split(), key=len))


def shout(text: str) -> str:
    return text.upper() + "!"


def shout_initials(name: str) -> str:
    return "".join(w[0] for w in name.split()).upper()


def shout_letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha()).upper()


def letter_count(text: str) -> int:
    return len("".join(c for c in text if c.isalpha()))


def squares(numbers: list[int]) -> list[int]:
    return [x * x for x in numbers]


def evens(numbers: list[int]) -> list[int]:
    return [x for x in numbers if x % 2 == 0]


def multiples_of_three(numbers: list[int]) -> list[int]:
    return [x for x in numbers if x % 3 == 0]


def sum_of_squares(numbers: list[int]) -> int:
    return sum([x * x for x in numbers])


def sum_of_evens(numbers: list[int]) -> int:
    return sum([x for x in numbers if x % 2 == 0])


def count_evens(numbers: list[int]) -> int:
    return len([x for x in numbers if x % 2 == 0])


def spread(numbers: list[int]) -> int:
    return max(numbers) - min(numbers)


def top_three(numbers: list[int]) -> list[int]:
    return sorted(numbers, reverse=True)[:3]


def top_two(numbers: list[int]) -> list[int]:
    return sorted(numbers, reverse=True)[:2]


def second_largest(numbers: list[int]) -> int:
    return sorted(numbers, reverse=True)[1]


def sum_of_top_two(numbers: list[int]) -> int:
    return sum(sorted(numbers, reverse=True)[:2])


def distinct_sorted(numbers: list[int]) -> list[int]:
    return sorted(set(numbers))


def count_distinct(numbers: list[int]) -> int:
    return len(set(numbers))


def squares_of_evens(numbers: list[int]) -> list[int]:
    return [x * x for x in numbers if x % 2 == 0]


def sum_of_squares_of_evens(numbers: list[int]) -> int:
    return sum([x * x for x in numbers if x % 2 == 0])


def without_negatives(numbers: list[int]) -> list[int]:
    return [x for x in numbers if x >= 0]


def average(numbers: list[int]) -> float:
    return sum(numbers) / len(numbers)


def total_length(words: list[str]) -> int:
    return sum(len(w) for w in words)


def join_capitalized(words: list[str]) -> str:
    return " ".join(w.capitalize() for w in words)


def digit_sum(n: int) -> int:
    return sum(int(d) for d in str(n))


def digit_product(n: int) -> int:
    return math.prod(int(d) for d in str(n))


def largest_digit(n: int) -> int:
    return max(int(d) for d in str(n))


def smallest_digit(n: int) -> int:
    return min(int(d) for d in str(n))


def digit_spread(n: int) -> int:
    return max(int(d) for d in str(n)) - min(int(d) for d in str(n))


def reverse_number(n: int) -> int:
    return int(str(n)[::-1])


def is_number_palindrome(n: int) -> bool:
    return str(n) == str(n)[::-1]


def sum_up_to(n: int) -> int:
    return n * (n + 1) // 2


def clamp_percent(n: int) -> int:
    return max(0, min(100, n))


def is_even_sum(a: int, b: int) -> bool:
    return (a + b) % 2 == 0


def minutes_of(hours: int, minutes: int) -> int:
    return hours * 60 + minutes


def seconds_of(hours: int, minutes: int) -> int:
    return (hours * 60 + minutes) * 60


def clock_hours(minutes: int) -> int:
    return minutes // 60 % 24


def square_digit_sum(n: int) -> int:
    return sum(int(d) for d in str(n * n))


def double_digit_sum(n: int) -> int:
    return sum(int(d) for d in str(2 * n))


def sum_of_digit_squares(n: int) -> int:
    return sum(int(d) ** 2 for d in str(n))


def is_harshad(n: int) -> bool:
    return n % sum(int(d) for d in str(n)) == 0


def check_digit(n: int) -> int:
    return sum(int(d) for d in str(n)) % 10


def numbers_in(text: str) -> list[int]:
    return [int(t) for t in text.split(",")]


def sum_csv(text: str) -> int:
    return sum([int(t) for t in text.split(",")])


def max_csv(text: str) -> int:
    return max([int(t) for t in text.split(",")])


def min_csv(text: str) -> int:
    return min([int(t) for t in text.split(",")])


def sum_semicolons(text: str) -> int:
    return sum([int(t) for t in text.split(";")])


def sum_lines(text: str) -> int:
    return sum([int(t) for t in text.split("\n")])


def key_of(pair: str) -> str:
    return pair.split("=")[0]


def value_of(pair: str) -> str:
    return pair.split("=")[1]


def number_value(pair: str) -> int:
    return int(pair.split("=")[1])


def keys_of(text: str) -> list[str]:
    return [t.split("=")[0] for t in text.split(";")]


def values_of(text: str) -> list[str]:
    return [t.split("=")[1] for t in text.split(";")]


def sum_values(text: str) -> int:
    return sum([int(t.split("=")[1]) for t in text.split(";")])


def clock_minutes(time: str) -> int:
    return int(time.split(":")[0]) * 60 + int(time.split(":")[1])


def clock_seconds(time: str) -> int:
    return (int(time.split(":")[0]) * 60 + int(time.split(":")[1])) * 60


def minutes_between(start: str, end: str) -> int:
    return (int(end.split(":")[0]) * 60 + int(end.split(":")[1])) - (
        int(start.split(":")[0]) * 60 + int(start.split(":")[1])
    )


def file_extension(name: str) -> str:
    return name.split(".")[-1]


def loud_extension(name: str) -> str:
    return name.split(".")[-1].upper()


def domain_of(address: str) -> str:
    return address.split("@")[1]


HIDDEN: Mapping[str, list[tuple[Any, ...]]] = {
    "letters_only": [("q9 W?",), ("already",), ("3.14 pi",)],
    "initials": [("a b c d",), ("Two  Spaces",)],
    "swap_words": [("x  y",), ("to be or not",)],
    "is_palindrome": [("abcb",), ("x",), ("racecars",), ("abba",)],
    "is_letter_palindrome": [("nurses run",), ("(ab)(ba)",), ("a1b2",)],
    "count_vowels": [("aeiou",), ("xyz a",)],
    "only_digits": [("x9y8z7",), ("(12)",)],
    "digit_count": [("x9y8z7",), ("(12)",)],
    "capitals_only": [("XYz",), ("iOS 9",)],
    "title_words": [("mIxEd cAse",), ("one",)],
    "reverse_each_word": [("level up",), ("one two",)],
    "longest_word": [("x yy zzz",), ("tie now",)],
    "shortest_word": [("zzz yy x",), ("now tie",)],
    "longest_length": [("x yyyyyy zzz",), ("tie now",)],
    "shout": [("now",), ("wow 3",)],
    "shout_initials": [("a b c d",), ("light year",)],
    "shout_letters": [("q9 w?",), ("dot.com",)],
    "letter_count": [("q9 w?",), ("dot.com",)],
    "squares": [([4, 4],), ([-1, -3],)],
    "evens": [([10, 11, 12],), ([-3, 8],)],
    "multiples_of_three": [([10, 12, 15],), ([-6, 8],)],
    "sum_of_squares": [([4, 4],), ([-1, -3],)],
    "sum_of_evens": [([10, 11, 12],), ([-3, 8],)],
    "count_evens": [([10, 11, 12],), ([-3, 8],)],
    "spread": [([100, 1],), ([-5, -9],)],
    "top_three": [([10, 30, 20, 40],), ([6],)],
    "top_two": [([10, 30, 20, 40],), ([6],)],
    "second_largest": [([8, 6, 9, 1],), ([0, 0],)],
    "sum_of_top_two": [([8, 6, 9, 1],), ([4],)],
    "distinct_sorted": [([2, 2, 1, 1],), ([10],)],
    "count_distinct": [([2, 2, 1, 1, 0],), ([10],)],
    "squares_of_evens": [([10, 11, 12],), ([-3, 8],)],
    "sum_of_squares_of_evens": [([10, 11, 12],), ([-3, 8],)],
    "without_negatives": [([10, -11, 12],), ([-3, 8],)],
    "average": [([5, 5],), ([7, 8],)],
    "total_length": [(["four", "five"],), ([""],)],
    "join_capitalized": [(["mIx", "up"],), (["one", "two"],)],
    "digit_sum": [(456,), (2048,)],
    "digit_product": [(456,), (248,)],
    "largest_digit": [(456,), (2088,)],
    "smallest_digit": [(456,), (2788,)],
    "digit_spread": [(456,), (2788,), (9034,)],
    "reverse_number": [(321,), (600,)],
    "is_number_palindrome": [(9009,), (2012,), (300,), (414,)],
    "sum_up_to": [(100,), (25,)],
    "clamp_percent": [(1000,), (-1,), (7,)],
    "is_even_sum": [(2, 2), (-1, 4), (10, 3)],
    "minutes_of": [(24, 0), (7, 7)],
    "seconds_of": [(24, 0), (7, 7)],
    "clock_hours": [(3000,), (100,)],
    "square_digit_sum": [(45,), (16,)],
    "double_digit_sum": [(45,), (58,)],
    "sum_of_digit_squares": [(456,), (20,)],
    "is_harshad": [(37,), (81,), (24,), (25,)],
    "check_digit": [(7,), (4568,)],
    "numbers_in": [("9,99",), ("-1,-2",)],
    "sum_csv": [("9,99",), ("-1,-2",)],
    "max_csv": [("9,99",), ("-1,-2",)],
    "min_csv": [("9,99",), ("-1,-2",)],
    "sum_semicolons": [("9;99",), ("-1;-2",)],
    "sum_lines": [("9\n99",), ("-1\n-2",)],
    "key_of": [("b=22",), ("q=z",)],
    "value_of": [("b=22",), ("q=z",)],
    "number_value": [("b=22",), ("q=0",)],
    "keys_of": [("b=22;c=3",), ("one=two",)],
    "values_of": [("b=22;c=3",), ("one=two",)],
    "sum_values": [("b=22;c=3",), ("one=2",)],
    "clock_minutes": [("10:00",), ("07:45",)],
    "clock_seconds": [("10:00",), ("07:45",)],
    "minutes_between": [("10:00", "11:45"), ("07:45", "09:05")],
    "file_extension": [("b.c",), ("read.me.now",)],
    "loud_extension": [("b.c",), ("read.me.now",)],
    "domain_of": [("q@w.e",), ("first.last@mail.net",)],
}
"""Arguments of calls, by function."""
