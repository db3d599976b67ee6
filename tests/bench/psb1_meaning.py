"""What the PSB1 problems mean, and where inputs for them come from, after Helmuth and Spector's technical report."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

VISIBLE = "".join(map(chr, range(32, 127)))
SPACED = VISIBLE + "\n\t" * 4
LETTERS = "abcdefghijklmnopqrstuvwxyz"

SCRABBLE = {
    **dict.fromkeys("aeilnorstu", 1), **dict.fromkeys("dg", 2), **dict.fromkeys("bcmp", 3),
    **dict.fromkeys("fhvwy", 4), "k": 5, **dict.fromkeys("jx", 8), **dict.fromkeys("qz", 10),
}  # fmt: skip

Inputs = Callable[[random.Random], tuple[Any, ...]]


class Problem(NamedTuple):
    """A problem: its name in the data, its types, what is meant, and a maker of inputs."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    returns: str
    meaning: Callable[..., Any]
    inputs: Inputs


def checksum(text: str) -> str:
    return "Check sum is " + chr(sum(map(ord, text)) % 64 + 32)


def collatz_numbers(n: int) -> int:
    count = 1
    while n != 1:
        n = 3 * n + 1 if n % 2 else n // 2
        count += 1
    return count


def digits(n: int) -> str:
    lines = list(str(abs(n))[::-1])
    if n < 0:
        lines[-1] = "-" + lines[-1]
    return "\n".join(lines)


def double_letters(text: str) -> str:
    return "".join(c * 2 if c.isalpha() else c * 3 if c == "!" else c for c in text)


def even_squares(n: int) -> str:
    return "\n".join(str(root * root) for root in range(2, n, 2) if root * root < n)


def for_loop_index(start: int, end: int, step: int) -> str:
    return "\n".join(map(str, range(start, end, step)))


def grade(a: int, b: int, c: int, d: int, score: int) -> str:
    letter = next((name for limit, name in ((a, "A"), (b, "B"), (c, "C"), (d, "D")) if score >= limit), "F")
    return f"Student has a {letter} grade."


def last_index_of_zero(xs: list[int]) -> int:
    return len(xs) - 1 - xs[::-1].index(0)


def pig_latin(text: str) -> str:
    return " ".join(word + "ay" if word[0] in "aeiou" else word[1:] + word[0] + "ay" for word in text.split())


def replace_space_with_newline(text: str) -> tuple[str, int]:
    return text.replace(" ", "\n"), sum(not c.isspace() for c in text)


def small_or_large(n: int) -> str:
    return "small" if n < 1000 else "large" if n >= 2000 else ""


def string_differences(a: str, b: str) -> str:
    pairs = enumerate(zip(a, b, strict=False))
    return "\n".join(f"{place} {x} {y}" for place, (x, y) in pairs if x != y)


def super_anagrams(a: str, b: str) -> bool:
    return all(a.count(c) <= b.count(c) for c in a)


def syllables(text: str) -> str:
    return f"The number of syllables is {sum(c in 'aeiouy' for c in text)}"


def wallis_pi(n: int) -> float:
    product = 1.0
    for term in range(n):
        product *= ((term + 1) // 2 * 2 + 2) / (term // 2 * 2 + 3)
    return round(product, 5)


def word_stats(text: str) -> str:
    words = text.split()
    longest = max(map(len, words), default=0)
    lines = [
        f"words of length {length}: {sum(len(w) == length for w in words)}"
        for length in range(1, longest + 1)
    ]
    sentences = sum(c in ".!?" for c in text)
    lines += [
        f"number of sentences: {sentences}",
        f"average sentence length: {round(len(words) / sentences, 10)}",
    ]
    return "\n".join(lines)


def x_word_lines(text: str, width: int) -> str:
    words = text.split()
    return "\n".join(" ".join(words[start : start + width]) for start in range(0, len(words), width))


def whole(low: int, high: int) -> Inputs:
    """One whole number."""
    return lambda chance: (chance.randint(low, high),)


def one_text(alphabet: str, low: int, high: int) -> Inputs:
    """One text."""
    return lambda chance: (_text(chance, alphabet, low, high),)


def one_list(low: int, high: int, longest: int) -> Inputs:
    """One list of whole numbers."""
    return lambda chance: (_numbers(chance, low, high, chance.randint(0, longest)),)


def _text(chance: random.Random, alphabet: str, low: int, high: int) -> str:
    return "".join(chance.choice(alphabet) for _ in range(chance.randint(low, high)))


def _numbers(chance: random.Random, low: int, high: int, length: int) -> list[int]:
    return [chance.randint(low, high) for _ in range(length)]


def _number(chance: random.Random) -> tuple[int]:
    number = int(_text(chance, "123456789", 1, 1) + _text(chance, "0123456789", 0, 9))
    return (chance.choice((number, -number)),)


def _four(chance: random.Random) -> tuple[int, ...]:
    return tuple(_numbers(chance, -100, 100, 4))


def _three_texts(chance: random.Random) -> tuple[str, str, str]:
    first, second, third = sorted((_text(chance, VISIBLE, 0, 49) for _ in range(3)), key=len)
    return (first, second, third) if chance.random() < 0.5 else (third, first, second)


def _loop(chance: random.Random) -> tuple[int, int, int]:
    start, step = chance.randint(-500, 499), chance.randint(1, 10)
    return start, start + 1 + chance.randrange(20) * step, step


def _grades(chance: random.Random) -> tuple[int, ...]:
    limits = sorted(chance.sample(range(101), 4), reverse=True)
    return (*limits, chance.randint(0, 100))


def _with_zero(chance: random.Random) -> tuple[list[int]]:
    numbers = _numbers(chance, -50, 50, chance.randint(1, 49))
    for _ in range(chance.randint(1, 4)):
        numbers[chance.randrange(len(numbers))] = 0
    return (numbers,)


def _mirrors(chance: random.Random) -> tuple[list[int], list[int]]:
    first = _numbers(chance, -1000, 1000, chance.randint(0, 49))
    other = first[::-1]
    if other and chance.random() < 0.4:
        other[chance.randrange(len(other))] += chance.choice((-1, 1, 500))
    return first, other if chance.random() < 0.8 else first[:]


def _words(chance: random.Random) -> tuple[str]:
    return (" ".join(_text(chance, LETTERS, 1, 8) for _ in range(chance.randint(1, 7)))[:50].rstrip(),)


def _two_texts(chance: random.Random) -> tuple[str, str]:
    first = _text(chance, VISIBLE.replace(" ", ""), 1, 10)
    second = "".join(chance.choice(VISIBLE[1:]) if chance.random() < 0.4 else c for c in first)
    return first, second[: chance.randint(1, 10)]


def _anagrams(chance: random.Random) -> tuple[str, str]:
    second = _text(chance, LETTERS, 1, 20)
    first = chance.sample(second, chance.randint(1, len(second)))
    if chance.random() < 0.4:
        first[chance.randrange(len(first))] = chance.choice(LETTERS)
    return "".join(first), second


def _two_lists(chance: random.Random) -> tuple[list[int], list[int]]:
    length = chance.randint(0, 49)
    return _numbers(chance, -1000, 1000, length), _numbers(chance, -1000, 1000, length)


def _sentences(chance: random.Random) -> tuple[str]:
    text = " ".join(
        _text(chance, LETTERS, 1, 9) + chance.choice(("", "", ".", "!", "?"))
        for _ in range(chance.randint(1, 12))
    )
    return (text[:98] + chance.choice(".!?"),)


def _lines(chance: random.Random) -> tuple[str, int]:
    gaps = [chance.choice((" ", " ", "  ", "\n")) for _ in range(chance.randint(1, 15))]
    return "".join(_text(chance, VISIBLE[1:], 1, 6) + gap for gap in gaps), chance.randint(1, 10)


PROBLEMS = (
    Problem("checksum", (("text", "str"),), "str", checksum, one_text(SPACED, 2, 50)),
    Problem("collatz-numbers", (("n", "int"),), "int", collatz_numbers, whole(1, 10_000)),
    Problem(
        "compare-string-lengths", (("a", "str"), ("b", "str"), ("c", "str")), "bool",
        lambda a, b, c: len(a) < len(b) < len(c), _three_texts,
    ),
    Problem("count-odds", (("xs", "list[int]"),), "int", lambda xs: sum(x % 2 for x in xs), one_list(-1000, 1000, 50)),
    Problem("digits", (("n", "int"),), "str", digits, _number),
    Problem("double-letters", (("text", "str"),), "str", double_letters, one_text(SPACED + "!" * 12, 0, 20)),
    Problem("even-squares", (("n", "int"),), "str", even_squares, whole(1, 9999)),
    Problem("for-loop-index", (("start", "int"), ("end", "int"), ("step", "int")), "str", for_loop_index, _loop),
    Problem("grade", (("a", "int"), ("b", "int"), ("c", "int"), ("d", "int"), ("score", "int")), "str", grade, _grades),
    Problem("last-index-of-zero", (("xs", "list[int]"),), "int", last_index_of_zero, _with_zero),
    Problem(
        "mirror-image", (("xs", "list[int]"), ("ys", "list[int]")), "bool",
        lambda xs, ys: xs == ys[::-1], _mirrors,
    ),
    Problem(
        "negative-to-zero", (("xs", "list[int]"),), "list[int]",
        lambda xs: [max(x, 0) for x in xs], one_list(-1000, 1000, 50),
    ),
    Problem("pig-latin", (("text", "str"),), "str", pig_latin, _words),
    Problem(
        "replace-space-with-newline", (("text", "str"),), "tuple[str, int]",
        replace_space_with_newline, one_text(VISIBLE + " " * 20, 2, 20),
    ),
    Problem(
        "scrabble-score", (("text", "str"),), "int",
        lambda text: sum(SCRABBLE.get(c, 0) for c in text.lower()), one_text(SPACED, 2, 20),
    ),
    Problem("small-or-large", (("n", "int"),), "str", small_or_large, whole(-10_000, 10_000)),
    Problem("smallest", (("a", "int"), ("b", "int"), ("c", "int"), ("d", "int")), "int", min, _four),
    Problem("string-differences", (("a", "str"), ("b", "str")), "str", string_differences, _two_texts),
    Problem(
        "string-lengths-backwards", (("xs", "list[str]"),), "str",
        lambda xs: "\n".join(str(len(x)) for x in reversed(xs)),
        lambda chance: ([_text(chance, VISIBLE, 0, 50) for _ in range(chance.randint(0, 50))],),
    ),
    Problem("sum-of-squares", (("n", "int"),), "int", lambda n: sum(k * k for k in range(1, n + 1)), whole(1, 100)),
    Problem("super-anagrams", (("a", "str"), ("b", "str")), "bool", super_anagrams, _anagrams),
    Problem("syllables", (("text", "str"),), "str", syllables, one_text(SPACED.lower() + "aeiouy" * 5, 2, 20)),
    Problem(
        "vector-average", (("xs", "list[float]"),), "float", lambda xs: sum(xs) / len(xs),
        lambda chance: ([float(x) for x in _numbers(chance, -1000, 1000, chance.randint(1, 50))],),
    ),
    Problem(
        "vectors-summed", (("xs", "list[int]"), ("ys", "list[int]")), "list[int]",
        lambda xs, ys: [x + y for x, y in zip(xs, ys, strict=True)], _two_lists,
    ),
    Problem("wallis-pi", (("n", "int"),), "float", wallis_pi, whole(1, 200)),
    Problem("word-stats", (("text", "str"),), "str", word_stats, _sentences),
    Problem("x-word-lines", (("text", "str"), ("width", "int")), "str", x_word_lines, _lines),
)  # fmt: skip
"""All problems that have edge cases in the data."""
