"""Strings: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def reverse_words(sentence: str) -> str:
    return " ".join(reversed(sentence.split()))


def is_palindrome(text: str) -> bool:
    letters = text.replace(" ", "").lower()
    return letters == letters[::-1]


def count_vowels(text: str) -> int:
    return sum(letter in "aeiou" for letter in text.lower())


def without_vowels(text: str) -> str:
    return "".join(letter for letter in text if letter not in "aeiouAEIOU")


def initials(name: str) -> str:
    return "".join(word[0].upper() for word in name.split())


def caesar(text: str, shift: int) -> str:
    return "".join(
        chr((ord(letter) - ord("a") + shift) % 26 + ord("a")) if "a" <= letter <= "z" else letter
        for letter in text
    )


def longest_word(sentence: str) -> str:
    return max(sentence.split(), key=len)


def are_anagrams(first: str, second: str) -> bool:
    return sorted(first.lower()) == sorted(second.lower())


def first_unique_letter(word: str) -> str | None:
    for letter in word:
        if word.count(letter) == 1:
            return letter
    return None


def run_length_encode(text: str) -> str:
    encoded = ""
    count = 0
    for position, letter in enumerate(text):
        count += 1
        if position + 1 == len(text) or text[position + 1] != letter:
            encoded += f"{letter}{count}"
            count = 0
    return encoded


def run_length_decode(code: str) -> str:
    return "".join(letter * int(count) for letter, count in zip(code[::2], code[1::2], strict=True))


def common_prefix(first: str, second: str) -> str:
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return first[:length]


def rotate_text(text: str, places: int) -> str:
    cut = places % len(text)
    return text[cut:] + text[:cut]


def squeeze(text: str) -> str:
    return "".join(letter for position, letter in enumerate(text) if text[position - 1 : position] != letter)


def is_pangram(text: str) -> bool:
    return all(letter in text.lower() for letter in "abcdefghijklmnopqrstuvwxyz")


def hamming_distance(first: str, second: str) -> int:
    return sum(a != b for a, b in zip(first, second, strict=True))


def middle_characters(text: str) -> str:
    return text[(len(text) - 1) // 2 : len(text) // 2 + 1]


def alternate_case(text: str) -> str:
    return "".join(letter.lower() if place % 2 else letter.upper() for place, letter in enumerate(text))


def most_frequent_letter(word: str) -> str:
    return max(word, key=word.count)


def is_subsequence(short: str, long: str) -> bool:
    position = 0
    for letter in long:
        if position < len(short) and short[position] == letter:
            position += 1
    return position == len(short)


def count_overlapping(text: str, part: str) -> int:
    return sum(text.startswith(part, start) for start in range(len(text)))
