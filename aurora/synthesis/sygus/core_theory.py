"""Truth values and integers: the theories Core and Ints of SMT-LIB 2.6."""

from __future__ import annotations

from aurora.synthesis.sygus.operators import ANY, Operator
from aurora.synthesis.sygus.terms import BOOL, INT


def divide(dividend: int, divisor: int) -> int:
    """``div``: rounds so that the remainder is never negative. By zero: 0, one of the answers SMT-LIB allows."""
    if divisor == 0:
        return 0
    quotient = dividend // abs(divisor)
    return quotient if divisor > 0 else -quotient


def remainder(dividend: int, divisor: int) -> int:
    """``mod``: what ``div`` leaves; never negative. By zero: the dividend, as cvc5 has it."""
    return dividend % abs(divisor) if divisor else dividend


OPERATORS = (
    Operator("not", (BOOL,), BOOL, lambda a: not a, "not {0}"),
    Operator(
        "and", (BOOL, BOOL), BOOL, lambda a, b: a and b, "{0} and {1}", commutative=True, associative=True
    ),
    Operator("or", (BOOL, BOOL), BOOL, lambda a, b: a or b, "{0} or {1}", commutative=True, associative=True),
    Operator("xor", (BOOL, BOOL), BOOL, lambda a, b: a != b, "{0}!={1}", commutative=True, associative=True),
    Operator("=>", (BOOL, BOOL), BOOL, lambda a, b: b or not a, "{1} or not {0}"),
    Operator("=", (ANY, ANY), BOOL, lambda a, b: a == b, "{0}=={1}", commutative=True),
    Operator("distinct", (ANY, ANY), BOOL, lambda a, b: a != b, "{0}!={1}", commutative=True),
    Operator("ite", (BOOL, ANY, ANY), ANY, lambda c, a, b: a if c else b, "{1} if {0} else {2}"),
    Operator("+", (INT, INT), INT, lambda a, b: a + b, "{0}+{1}", commutative=True, associative=True),
    Operator("-", (INT, INT), INT, lambda a, b: a - b, "{0}-{1}"),
    Operator("*", (INT, INT), INT, lambda a, b: a * b, "{0}*{1}", commutative=True, associative=True),
    Operator("div", (INT, INT), INT, divide, "divide({0},{1})"),
    Operator("mod", (INT, INT), INT, remainder, "remainder({0},{1})"),
    Operator("abs", (INT,), INT, lambda a: abs(a), "abs({0})"),
    Operator("<=", (INT, INT), BOOL, lambda a, b: a <= b, "{0}<={1}"),
    Operator("<", (INT, INT), BOOL, lambda a, b: a < b, "{0}<{1}"),
    Operator(">=", (INT, INT), BOOL, lambda a, b: a >= b, "{0}>={1}"),
    Operator(">", (INT, INT), BOOL, lambda a, b: a > b, "{0}>{1}"),
)
