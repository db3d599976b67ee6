"""Operators on integers, floats and truth values.

Costs are in half steps: a variable costs 1, an everyday operator 2. What is often the identity on the values
that people choose for examples (``abs``, ``max`` with a constant) costs more than the step between rivals of
comparable simplicity (see ``search.ambiguity``).
"""

from __future__ import annotations

from aurora.synthesis.operators.op import Scheme

NUMBERS: tuple[Scheme, ...] = (
    Scheme("{0} + {1}", "int, int -> int", 2, commutative=True, words="sum add plus total increment"),
    Scheme("{0} - {1}", "int, int -> int", 2, words="subtract minus differ"),
    Scheme("{0} * {1}", "int, int -> int", 2, "times({0}, {1})", True, True, words="product multipl square times area cube"),
    Scheme("{0} % {1} == 0", "int, int -> bool", 0, partial=True, words="even divisib multiple", inner=3),
    Scheme("{0} // {1}", "int, int -> int", 2, partial=True, words="divi half halve quotient whole"),
    Scheme("{0} % {1}", "int, int -> int", 2, partial=True, words="modul remainder even odd divisib multiple leap last wrap"),
    Scheme("{0} % {1} == 0", "int, int -> bool", 3, partial=True, words="even odd divisib multiple leap prime divisor"),
    Scheme("{0} ** {1}", "int, int -> int", 4, "power({0}, {1})", True, words="power square cube exponent raise"),
    Scheme("-{0}", "int -> int", 4, words="negat opposite"),
    Scheme("abs({0})", "int -> int", 4, words="abs distance differ magnitude"),
    Scheme("max({0}, {1})", "int, int -> int", 4, "{0} if {0} >= {1} else {1}", False, True, words="max larg great clamp least bigger"),
    Scheme("min({0}, {1})", "int, int -> int", 4, "{0} if {0} <= {1} else {1}", False, True, words="min small clamp most less"),
    Scheme("{0} == {1}", "int, int -> bool", 2, commutative=True, words="equal same"),
    Scheme("{0} != {1}", "int, int -> bool", 4, commutative=True, words="differ"),
    Scheme("{0} < {1}", "int, int -> bool", 2, words="less below under smaller"),
    Scheme("{0} <= {1}", "int, int -> bool", 2, words="least most between"),
    Scheme("str({0})", "int -> str", 2, partial=True, words="digit text string decimal"),
    Scheme("bin({0})[2:]", "int -> str", 6, partial=True, words="binary bit base", inner=6),
    Scheme("bin({0}).count('1')", "int -> int", 6, partial=True, words="bit ones set", inner=6),
    Scheme("hex({0})[2:]", "int -> str", 8, partial=True, words="hex", inner=8),
    Scheme("math.gcd({0}, {1})", "int, int -> int", 6, "gcd({0}, {1})", True, True, words="gcd divisor lcm common coprime", inner=6),
    Scheme("math.isqrt({0})", "int -> int", 6, "isqrt({0})", True, words="root square perfect prime", inner=6),
    Scheme("math.factorial({0})", "int -> int", 8, "factorial({0})", True, words="factorial permut", inner=8),
    Scheme("list(range({0}))", "int -> list[int]", 4, "natural_range(0, {0})", True, words="range first up count", inner=0),
    Scheme("list(range({0}, {1}))", "int, int -> list[int]", 3, "natural_range({0}, {1})", True, words="range between from divisor", inner=0),
    Scheme("list(range({0}, {1}, {2}))", "int, int, int -> list[int]", 4, "stepped_range({0}, {1}, {2})", True, words="step every chunk", inner=0),
    Scheme("list(range(1, {0} + 1))", "int -> list[int]", 5, "natural_range(1, {0} + 1)", True, words="range first up count from", inner=0),
    Scheme("divmod({0}, {1})", "int, int -> tuple[int, int]", 4, partial=True, words="quotient remainder"),
    Scheme("format({0}, ',')", "int -> str", 6, "format({0}, ',')", True, words="thousand comma separat", inner=6),
    Scheme("format({0}, '02d')", "int -> str", 5, "format({0}, '02d')", True, words="two pad zero clock digit", inner=6),
    Scheme("{0} / {1}", "int, int -> float", 2, partial=True, words="average mean ratio divi"),
    Scheme("{0} + {1}", "float, float -> float", 2, "finite({0} + {1})", True, True, words="sum add plus total"),
    Scheme("{0} - {1}", "float, float -> float", 2, "finite({0} - {1})", True, words="subtract minus differ"),
    Scheme("{0} * {1}", "float, float -> float", 2, "finite({0} * {1})", True, True, words="product multipl area times"),
    Scheme("{0} / {1}", "float, float -> float", 2, "finite({0} / {1})", True, words="divi average mean ratio"),
    Scheme("{0} ** {1}", "float, float -> float", 4, "float_power({0}, {1})", True, words="power root square", inner=6),
    Scheme("-{0}", "float -> float", 4, words="negat"),
    Scheme("abs({0})", "float -> float", 4, words="abs distance"),
    Scheme("max({0}, {1})", "float, float -> float", 4, "{0} if {0} >= {1} else {1}", False, True, words="max larg great clamp least"),
    Scheme("min({0}, {1})", "float, float -> float", 4, "{0} if {0} <= {1} else {1}", False, True, words="min small clamp most"),
    Scheme("{0} < {1}", "float, float -> bool", 2, words="less below under"),
    Scheme("{0} <= {1}", "float, float -> bool", 2, words="least most"),
    Scheme("{0} == {1}", "float, float -> bool", 4, commutative=True),
    Scheme("int({0})", "float -> int", 4, partial=True, words="whole truncat int"),
    Scheme("round({0})", "float -> int", 4, partial=True, words="round nearest"),
    Scheme("math.floor({0})", "float -> int", 6, "floor({0})", True, words="floor down", inner=6),
    Scheme("math.ceil({0})", "float -> int", 6, "ceil({0})", True, words="ceil up", inner=6),
    Scheme("math.sqrt({0})", "float -> float", 6, "sqrt({0})", True, words="root distance hypoten deviation", inner=6),
    Scheme("round({0}, {1})", "float, int -> float", 4, partial=True, words="round decimal place"),
    Scheme("format({0}, '.2f')", "float -> str", 5, "format({0}, '.2f')", True, words="decimal two price cent money dollar", inner=6),
    Scheme("format({0}, '.1f')", "float -> str", 6, "format({0}, '.1f')", True, words="decimal one", inner=6),
    Scheme("{0}", "int -> float", 1, "float({0})", True),
    Scheme("not {0}", "bool -> bool", 2, words="not"),
    Scheme("{0} and {1}", "bool, bool -> bool", 3, commutative=True, words="both and"),
    Scheme("{0} or {1}", "bool, bool -> bool", 3, commutative=True, words="either or"),
    Scheme("{0} == {1}", "bool, bool -> bool", 4, commutative=True),
)  # fmt: skip
