"""Strings: the theory Strings of SMT-LIB 2.6, without regular expressions."""

from __future__ import annotations

from aurora.synthesis.sygus.operators import Operator
from aurora.synthesis.sygus.terms import BOOL, INT, STRING

LONGEST_NUMERAL = 4_000
"""Python converts up to 4,300 digits by default; no search builds so many."""


def at(text: str, index: int) -> str:
    """``str.at``: the letter there, or the empty string where there is none."""
    return text[index] if 0 <= index < len(text) else ""


def substring(text: str, start: int, length: int) -> str:
    """``str.substr``: empty where the start is outside or the length is not positive; cut at the end."""
    if not 0 <= start < len(text) or length <= 0:
        return ""
    return text[start : start + length]


def index_of(text: str, pattern: str, start: int) -> int:
    """``str.indexof``: the first place at or after ``start``, else -1; the empty pattern is everywhere."""
    return text.find(pattern, start) if 0 <= start <= len(text) else -1


def replace_first(text: str, pattern: str, replacement: str) -> str:
    """``str.replace``: of the first occurrence; the empty pattern occurs at the front."""
    before, found, after = text.partition(pattern) if pattern else ("", "found", text)
    return before + replacement + after if found else text


def replace_all(text: str, pattern: str, replacement: str) -> str:
    """``str.replace_all``: of every occurrence; the empty pattern changes nothing."""
    return text.replace(pattern, replacement) if pattern else text


def to_int(text: str) -> int:
    """``str.to_int``: the number that ASCII digits denote, else -1."""
    if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMERAL:
        return int(text)
    return -1


def from_int(number: int) -> str:
    """``str.from_int``: the decimal numeral, or the empty string for a negative number."""
    return str(number) if number >= 0 else ""


def is_digit(text: str) -> bool:
    """``str.is_digit``: one ASCII digit."""
    return len(text) == 1 and text in "0123456789"


def to_code(text: str) -> int:
    """``str.to_code``: the code point of a single letter, else -1."""
    return ord(text) if len(text) == 1 else -1


def from_code(code: int) -> str:
    """``str.from_code``: the letter with that code point, or the empty string; SMT-LIB ends at 0x2ffff."""
    return chr(code) if 0 <= code <= 0x2FFFF else ""


OPERATORS = (
    Operator("str.++", (STRING, STRING), STRING, lambda a, b: a + b, "{0}+{1}", associative=True),
    Operator("str.at", (STRING, INT), STRING, at, '{0}[{1}:{1}+1] if {1}>=0 else ""'),
    Operator(
        "str.substr",
        (STRING, INT, INT),
        STRING,
        substring,
        '{0}[{1}:{1}+{2}] if {1}>=0 and {2}>0 else ""',
    ),
    Operator(
        "str.replace",
        (STRING, STRING, STRING),
        STRING,
        replace_first,
        "{0}.replace({1},{2},1)",
        idle="{1} not in {0}",
    ),
    Operator(
        "str.replace_all",
        (STRING, STRING, STRING),
        STRING,
        replace_all,
        "{0}.replace({1},{2}) if {1} else {0}",
        idle="{1} not in {0}",
    ),
    Operator("str.from_int", (INT,), STRING, from_int, 'str({0}) if {0}>=0 else ""'),
    Operator("str.from_code", (INT,), STRING, from_code, "from_code({0})"),
    Operator("str.len", (STRING,), INT, lambda a: len(a), "len({0})"),
    Operator("str.to_int", (STRING,), INT, to_int, "to_int({0})"),
    Operator("str.to_code", (STRING,), INT, to_code, "to_code({0})"),
    Operator(
        "str.indexof",
        (STRING, STRING, INT),
        INT,
        index_of,
        "{0}.find({1},{2}) if 0<={2}<=len({0}) else -1",
    ),
    Operator("str.prefixof", (STRING, STRING), BOOL, lambda a, b: b.startswith(a), "{1}.startswith({0})"),
    Operator("str.suffixof", (STRING, STRING), BOOL, lambda a, b: b.endswith(a), "{1}.endswith({0})"),
    Operator("str.contains", (STRING, STRING), BOOL, lambda a, b: b in a, "{1} in {0}"),
    Operator("str.is_digit", (STRING,), BOOL, is_digit, "is_digit({0})"),
    Operator("str.<", (STRING, STRING), BOOL, lambda a, b: a < b, "{0}<{1}"),
    Operator("str.<=", (STRING, STRING), BOOL, lambda a, b: a <= b, "{0}<={1}"),
)
