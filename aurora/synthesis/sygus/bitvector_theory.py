"""Bit-vectors: the theory FixedSizeBitVectors of SMT-LIB 2.6, operators that keep the width or compare.

A value is the unsigned integer below ``2 ** width``. What depends on the width is given it first.
"""

from __future__ import annotations

from collections.abc import Callable

from aurora.synthesis.sygus.operators import BITS, Operator
from aurora.synthesis.sygus.terms import BOOL


def signed(width: int, value: int) -> int:
    """``value`` in two's complement."""
    return value - (1 << width) if value >> (width - 1) else value


def shift_left(width: int, value: int, distance: int) -> int:
    """``bvshl``."""
    return value << distance & (1 << width) - 1 if distance < width else 0


def shift_right(width: int, value: int, distance: int) -> int:
    """``bvlshr``."""
    return value >> distance if distance < width else 0


def shift_right_signed(width: int, value: int, distance: int) -> int:
    """``bvashr``: the sign fills in."""
    return signed(width, value) >> min(distance, width) & (1 << width) - 1


def divide(width: int, dividend: int, divisor: int) -> int:
    """``bvudiv``: by zero gives all ones."""
    return dividend // divisor if divisor else (1 << width) - 1


def remainder(width: int, dividend: int, divisor: int) -> int:
    """``bvurem``: by zero gives the dividend."""
    return dividend % divisor if divisor else dividend


def divide_signed(width: int, dividend: int, divisor: int) -> int:
    """``bvsdiv``: rounds towards zero."""
    left, right = signed(width, dividend), signed(width, divisor)
    quotient = divide(width, abs(left), abs(right))
    return (-quotient if (left < 0) != (right < 0) else quotient) & (1 << width) - 1


def remainder_signed(width: int, dividend: int, divisor: int) -> int:
    """``bvsrem``: has the sign of the dividend."""
    left = signed(width, dividend)
    rest = remainder(width, abs(left), abs(signed(width, divisor)))
    return (-rest if left < 0 else rest) & (1 << width) - 1


def _binary(
    name: str,
    meaning: Callable[[int, int], int],
    inline: str,
    *,
    commutative: bool = False,
    associative: bool = False,
) -> Operator:
    """An operator that is arithmetic modulo two to the width."""

    def apply(width: int, left: int, right: int) -> int:
        return meaning(left, right) & (1 << width) - 1

    return Operator(name, (BITS, BITS), BITS, apply, inline, commutative, associative)


def _comparison(name: str, meaning: Callable[[int, int], bool], inline: str, *, by_sign: bool) -> Operator:
    def apply(width: int, left: int, right: int) -> bool:
        return meaning(signed(width, left), signed(width, right)) if by_sign else meaning(left, right)

    return Operator(name, (BITS, BITS), BOOL, apply, inline)


_FLIPPED = "({0}^{sign}){relation}({1}^{sign})"
"""Two's complement in order of the unsigned numbers: with the sign bit flipped."""

OPERATORS = (
    Operator("bvnot", (BITS,), BITS, lambda w, a: ~a & (1 << w) - 1, "{0}^{mask}"),
    Operator("bvneg", (BITS,), BITS, lambda w, a: -a & (1 << w) - 1, "-{0}&{mask}"),
    _binary("bvand", lambda a, b: a & b, "{0}&{1}", commutative=True, associative=True),
    _binary("bvor", lambda a, b: a | b, "{0}|{1}", commutative=True, associative=True),
    _binary("bvxor", lambda a, b: a ^ b, "{0}^{1}", commutative=True, associative=True),
    _binary("bvnand", lambda a, b: ~(a & b), "{0}&{1}^{mask}", commutative=True),
    _binary("bvnor", lambda a, b: ~(a | b), "({0}|{1})^{mask}", commutative=True),
    _binary("bvxnor", lambda a, b: ~(a ^ b), "{0}^{1}^{mask}", commutative=True),
    _binary("bvadd", lambda a, b: a + b, "{0}+{1}&{mask}", commutative=True, associative=True),
    _binary("bvsub", lambda a, b: a - b, "{0}-{1}&{mask}"),
    _binary("bvmul", lambda a, b: a * b, "{0}*{1}&{mask}", commutative=True, associative=True),
    Operator("bvudiv", (BITS, BITS), BITS, divide, "{0}//{1} if {1} else {mask}"),
    Operator("bvurem", (BITS, BITS), BITS, remainder, "{0}%{1} if {1} else {0}"),
    Operator("bvsdiv", (BITS, BITS), BITS, divide_signed, "divide_signed({width},{0},{1})"),
    Operator("bvsrem", (BITS, BITS), BITS, remainder_signed, "remainder_signed({width},{0},{1})"),
    Operator("bvshl", (BITS, BITS), BITS, shift_left, "{0}<<{1}&{mask} if {1}<{width} else 0"),
    Operator("bvlshr", (BITS, BITS), BITS, shift_right, "{0}>>{1} if {1}<{width} else 0"),
    Operator("bvashr", (BITS, BITS), BITS, shift_right_signed, "shift_right_signed({width},{0},{1})"),
    _comparison("bvult", lambda a, b: a < b, "{0}<{1}", by_sign=False),
    _comparison("bvule", lambda a, b: a <= b, "{0}<={1}", by_sign=False),
    _comparison("bvugt", lambda a, b: a > b, "{0}>{1}", by_sign=False),
    _comparison("bvuge", lambda a, b: a >= b, "{0}>={1}", by_sign=False),
    _comparison("bvslt", lambda a, b: a < b, _FLIPPED.replace("{relation}", "<"), by_sign=True),
    _comparison("bvsle", lambda a, b: a <= b, _FLIPPED.replace("{relation}", "<="), by_sign=True),
    _comparison("bvsgt", lambda a, b: a > b, _FLIPPED.replace("{relation}", ">"), by_sign=True),
    _comparison("bvsge", lambda a, b: a >= b, _FLIPPED.replace("{relation}", ">="), by_sign=True),
)
