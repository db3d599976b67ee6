"""Strings: where the hidden inputs come from."""

from __future__ import annotations

import random

from tests.suite.makers import (
    LETTERS,
    cased_words,
    either,
    glued,
    integers,
    joined,
    one_of,
    sentences,
    text,
    words,
)


def palindromes(chance: random.Random) -> tuple[str]:
    """A text of few letters, which is a palindrome up to case and spaces about every second time."""
    half = text("abcR ", 1, 5)(chance)
    middle = chance.choice(("", "x", "Y"))
    other = half[::-1] if chance.random() < 0.6 else text("abcR ", 1, 5)(chance)
    return (half + middle + chance.choice((other, other.swapcase(), " " + other)),)


def anagrams(chance: random.Random) -> tuple[str, str]:
    """Two words, about every second time of the same letters."""
    first = cased_words()(chance)
    letters = list(first.lower())
    chance.shuffle(letters)
    second = "".join(letters)
    if chance.random() < 0.45:
        second = (
            second.replace(second[0], chance.choice(LETTERS)) if chance.random() < 0.7 else second + second[0]
        )
    return first, second.capitalize() if chance.random() < 0.3 else second


def beginnings(chance: random.Random) -> tuple[str, str]:
    """Two words that often begin alike."""
    start = text("abc", 0, 5)(chance)
    return start + text("abx", 0, 4)(chance), start + text("aby", 0, 4)(chance)


def alphabets(chance: random.Random) -> tuple[str]:
    """All letters in some order with spaces between, or all but a few."""
    letters = list(LETTERS + chance.choice(("", "  ", " aeiou ", "?!. 12")))
    chance.shuffle(letters)
    if chance.random() < 0.5:
        missing = chance.choice(LETTERS)
        letters = [letter for letter in letters if letter != missing]
    return ("".join(letter.upper() if chance.random() < 0.3 else letter for letter in letters),)


def equally_long(chance: random.Random) -> tuple[str, str]:
    """Two texts of one length and few letters."""
    length = chance.randint(0, 12)
    return text("abc", length, length)(chance), text("abc", length, length)(chance)


DOMAINS = {
    "reverse_words": (joined(" ", cased_words(), 0, 7),),
    "is_palindrome": palindromes,
    "count_vowels": (either(sentences(1, 5), text("aeiouAEIOUxyzt ", 0, 12)),),
    "without_vowels": (either(sentences(1, 4), text("aeiouAEIOUxyzt ", 0, 12)),),
    "initials": (sentences(0, 6),),
    "caesar": (text("abcdefghijklmnopqrstuvwxyz ,.!17", 0, 14), integers(0, 25)),
    "longest_word": (sentences(1, 7),),
    "are_anagrams": anagrams,
    "first_unique_letter": (either(text("abcd", 0, 8), words()),),
    "run_length_encode": (either(text("ab", 0, 10), text("xyz", 3, 14)),),
    "run_length_decode": (joined("", glued(text("abcxyz", 1, 1), text("123456789", 1, 1)), 0, 6),),
    "common_prefix": beginnings,
    "rotate_text": (words(), integers(0, 14)),
    "squeeze": (
        either(
            text("ab ", 0, 10),
            one_of("bookkeeper", "committee", "balloon", "coffee", "yellow", "little"),
            text("xyz", 3, 14),
        ),
    ),
    "is_pangram": alphabets,
    "hamming_distance": equally_long,
    "middle_characters": (either(words(), text(LETTERS, 1, 12)),),
    "alternate_case": (sentences(1, 3),),
    "most_frequent_letter": (either(words(), text("abcd", 1, 9)),),
    "is_subsequence": (text("abc", 0, 4), text("abcd", 1, 9)),
    "count_overlapping": (text("ab", 0, 12), text("ab", 1, 3)),
}
