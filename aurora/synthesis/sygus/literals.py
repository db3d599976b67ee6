"""Literals of SMT-LIB: strings, integers, truth values and bit-vectors, read and written."""

from __future__ import annotations

import re

from aurora.synthesis.sygus.sexpr import Form, Sexpr
from aurora.synthesis.sygus.terms import BOOL, INT, STRING, Constant, Sort, bit_vector

_INTEGER = re.compile(r"-?\d+", re.ASCII)
LONGEST_NUMERAL = 4_000
"""Digits: Python converts up to 4,300 by default."""

WIDEST = 4_096
"""Bits of a bit-vector."""

_ESCAPE = re.compile(r"\\u(?:\{([0-9a-fA-F]{1,5})\}|([0-9a-fA-F]{4}))")


def read_literal(sexpr: Sexpr) -> Constant | None:
    """The constant that ``sexpr`` denotes, or nothing when it is no literal.

    SyGuS 1 writes negative integers as ``-1``, SyGuS 2 as ``(- 1)``; both are read.
    """
    if isinstance(sexpr, Form):
        return _read_form(sexpr)
    if sexpr.startswith('"'):
        return Constant(_unescape(sexpr[1:-1].replace('""', '"')), STRING)
    if sexpr in ("true", "false"):
        return Constant(sexpr == "true", BOOL)
    if _INTEGER.fullmatch(sexpr) and len(sexpr) <= LONGEST_NUMERAL:
        return Constant(int(sexpr), INT)
    for prefix, base, bits in (("#x", 16, 4), ("#b", 2, 1)):
        if sexpr.startswith(prefix):
            try:
                return Constant(int(sexpr[2:], base), bit_vector(bits * len(sexpr[2:])))
            except ValueError:
                return None
    return None


def write_literal(constant: Constant) -> str:
    """The text that ``read_literal`` reads as ``constant``."""
    value = constant.value
    if isinstance(value, str):
        return '"' + "".join(map(_escape, value)) + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if constant.sort == INT:
        return str(value) if value >= 0 else f"(- {-value})"
    width = constant.sort.width
    return f"#x{value:0{width // 4}x}" if width % 4 == 0 else f"#b{value:0{width}b}"


def read_sort(sexpr: Sexpr) -> Sort | None:
    """The sort that ``sexpr`` names, or nothing: ``(BitVec 64)`` in SyGuS 1, ``(_ BitVec 64)`` in SyGuS 2."""
    if isinstance(sexpr, str):
        return {"String": STRING, "Int": INT, "Bool": BOOL}.get(sexpr)
    words = sexpr[1:] if sexpr[:1] == ["_"] else sexpr
    if len(words) == 2 and words[0] == "BitVec" and isinstance(words[1], str) and _is_width(words[1]):
        return bit_vector(int(words[1]))
    return None


def write_sort(sort: Sort) -> str:
    """The name of ``sort`` in SMT-LIB."""
    return f"(_ BitVec {sort.width})" if sort.width else sort.name


def _read_form(form: Form) -> Constant | None:
    if any(isinstance(word, str) and len(word) > LONGEST_NUMERAL for word in form):
        return None
    if len(form) == 2 and form[0] == "-" and isinstance(form[1], str) and _INTEGER.fullmatch(form[1]):
        return Constant(-int(form[1]), INT)
    if len(form) == 3 and form[0] == "_" and isinstance(form[1], str) and isinstance(form[2], str):
        number, width = form[1].removeprefix("bv"), form[2]
        if form[1].startswith("bv") and _INTEGER.fullmatch(number) and _is_width(width):
            value = int(number)
            return Constant(value, bit_vector(int(width))) if 0 <= value < 1 << int(width) else None
    return None


def _is_width(word: str) -> bool:
    return bool(_INTEGER.fullmatch(word)) and len(word) <= 4 and 0 < int(word) <= WIDEST


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)


def _escape(letter: str) -> str:
    if letter == '"':
        return '""'
    return letter if " " <= letter <= "~" and letter != "\\" else f"\\u{{{ord(letter):x}}}"
