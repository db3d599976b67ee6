"""What is written out does what the program did: same value, same type, same exception, on inputs of its types."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import accumulate, groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from aurora.synthesis.emission.source import function_source
from aurora.synthesis.problem import Problem

NAMES = {
    "math": math, "re": re, "Counter": Counter, "accumulate": accumulate, "groupby": groupby, "pairwise": pairwise,
}  # fmt: skip
PARAMETERS = {
    "n": "int", "m": "int", "f": "float", "g": "float", "s": "str", "t": "str", "p": "bool", "q": "bool",
    "xs": "list[int]", "ys": "list[int]", "words": "list[str]", "d": "dict[str, int]", "u": "set[int]",
}  # fmt: skip
SMALL = st.integers(-3, 4)
TEXT = st.text("ab -", max_size=4)
VALUES = {
    "int": SMALL,
    "float": st.sampled_from([0.0, -0.0, 1.5, -2.0, math.nan, 2, 0, -1]),
    "str": TEXT,
    "bool": st.booleans(),
    "list[int]": st.lists(SMALL, max_size=4),
    "list[str]": st.lists(TEXT, max_size=3),
    "dict[str, int]": st.dictionaries(TEXT, SMALL, max_size=3),
    "set[int]": st.sets(SMALL, max_size=3),
}
SHAPES: dict[str, list[str]] = {
    "int": [
        "n", "m", "0", "1", "2", "-1", "3", "{int} + {int}", "{int} - {int}", "{int} * {int}", "{int} // {int}",
        "{int} % {int}", "{int} % 3", "-{int}", "abs({int})", "max({int}, {int})", "min({int}, {int})",
        "len({list[int]})", "len({str})", "len({list[str]})", "sum({list[int]})", "max({list[int]})",
        "{list[int]}[{int}]", "{list[int]}[len(xs) - 1]", "xs[len(xs) - 1]", "xs[::-1][{int}]", "xs[1:][{int}]",
        "{int} if {bool} else {int}", "n if n > m else m", "m if n >= m else n", "n if n >= 0 else -n",
        "-n if n < 0 else n", "{str}.count({str})", "{str}.find({str})", "d[s] if s in d else {int}",
        "sum([{int} for x in {list[int]}])", "sum([1 for x in {list[int]} if {bool}])", "int({int})",
        "sum(list(range({int})))", "len([x for x in xs if x == {int}])", "sum(1 for x in xs if x == n)",
        "len(list(d.items()))", "sum(sorted({list[int]}))", "max(max({int}, {int}), {int})", "{int} ** 1",
        "max({int}, max({int}, {int}))", "(n, {int})[0]", "{int} + 0", "0 - {int}", "{int} * 1", "len(set({str}))",
        "sum([c for c in [x for x in xs if {bool}] if {bool}])", "sum([x * x for x in xs])", "len({set[int]})",
        "max([{int}, {int}])", "sum([{int}, {int}])", "format({int}, '03d').count('0')",
    ],
    "float": [
        "f", "g", "{float} + {float}", "{float} - {float}", "{float} * {float}", "{float} / {float}", "-{float}",
        "abs({float})", "{float} + 0", "{float} - 0", "0 - {float}", "{float} * 1", "{float} * -1", "1.5 + {float}",
        "max({float}, max({float}, {float}))", "max(max({float}, {float}), {float})", "f if f > g else g",
        "f if f >= 0 else -f", "{float} if {bool} else {float}", "sum({list[int]}) / len({list[int]})",
        "(f + 1) + 2", "f + (g + f)",
        "sum([(x - sum(xs) / len(xs)) ** 2 for x in xs]) / len(xs)",
        "sum([({int} - sum(xs) / len(xs)) * {int} for x in xs]) / len(xs)",
        "{float} + sum([sum(xs) / len(xs) + {int} for x in xs]) / len(xs)", "f - -1.5", "f + -g", "-f + g",
    ],
    "str": [
        "s", "t", "''", "'a'", "'b'", "'-'", "{str} + {str}", "{str}[{int}]", "{str}[{int}:]", "{str}[:{int}]",
        "{str}[::-1]", "{str}[0:{int}]", "s[:len(s) - 1]", "s[:len(s) - 2]", "s[len(s) - 2:]", "s[1:][:2]",
        "s[2:][1:]", "s[:-1][:-1]", "s[1:][:-1]", "s[:-1][1:]", "{str}[1:][:2]", "{str}[:3][1:]", "str({int})",
        "str({int}) + {str} + str({int})", "{str} + '-' + {str}", "str({int}).zfill(3) + ':'", "{str}.upper()",
        "''.join([{str} for c in {str}])", "'-'.join({list[str]})", "''.join(list({str}))", "''.join({str})",
        "{str} if {bool} else {str}", "s if s else {str}", "s if s != '' else {str}", "s if s > t else t",
        "{str} * {int}", "'a' + ('b' + {str})", "({str} + 'a') + 'b'", "{str}.strip()", "str({float}) + {str}",
        "str({bool}) + 'a'", "str({list[int]}) + '{{'", "{list[str]}[0]", "str({str})", "s[::-1][::-1]",
        "''.join([c for c in s if c == 'a' or c == 'b'])", "s.split()[0] + s.split()[-1]",
    ],
    "bool": [
        "p", "q", "True", "False", "not {bool}", "{bool} and {bool}", "{bool} or {bool}", "{int} < {int}",
        "{int} <= {int}", "{int} == {int}", "{int} > 0", "0 < {int}", "{int} >= 1", "{float} < {float}",
        "not {float} < {float}", "not {float} == {float}", "{str} == {str}", "{str} < {str}", "{str} == ''",
        "not {int} < {int}", "{int} % 2 == 0", "{int} % 2 < 1", "{int} % 3 > 0", "len({list[int]}) == 0",
        "len({str}) > 0", "len({list[int]}) < 1", "len({list[int]}) >= 1", "len({list[int]}) != 0",
        "{list[int]} == []", "{int} in {list[int]}", "{int} in [1, 2]", "{int} in sorted({list[int]})",
        "{str} in {str}", "True if {bool} else False", "False if {bool} else True", "True if {bool} else {bool}",
        "{bool} if {bool} else False", "False if {bool} else {bool}", "{bool} if {bool} else True",
        "{bool} == True", "{bool} == False", "n >= 0 and n <= {int}", "n > {int} and {int} > n", "0 < n and n < m",
        "n == 1 or n == 2", "n == 1 or n == 2 or n == {int}", "n != 1 and n != 2", "not (n == 1 or m == 2)",
        "not (f < g and n < m)", "any([{bool} for x in {list[int]}])", "all([{bool} for x in {list[int]}])",
        "any([x == {int} for x in xs])", "all([x != {int} for x in xs])", "not any([x > 0 for x in xs])",
        "not all([not x > 0 for x in xs])", "{str}.count({str}) > 0", "{str}.find({str}) != -1", "s.find(t) == -1",
        "s.find(t) == 0", "xs.count({int}) == 0", "s[:2] == 'ab'", "s[-2:] == 'ab'",
        "s.startswith('a') or s.startswith(t)",
        "{int} - {int} == 0", "{int} + 1 > {int}", "{int} <= {int} - 1", "{int} - 1 < {int}",
        "{set[int]} <= {set[int]}",
        "not {set[int]} <= {set[int]}", "bool({int})", "bool({bool})", "not {list[int]}", "not not {int}",
        "s.lower() == s.lower()[::-1]", "'a' <= s and s <= 'b'",
    ],
    "list[int]": [
        "xs", "ys", "[]", "[{int}]", "[{int}, {int}]", "{list[int]} + {list[int]}", "{list[int]} + [{int}]",
        "[{int}] + {list[int]}", "{list[int]}[{int}:]", "{list[int]}[:{int}]", "{list[int]}[::-1]",
        "sorted({list[int]})", "sorted({list[int]})[::-1]", "sorted(sorted({list[int]}))", "list({list[int]})",
        "list(sorted({list[int]}))", "sorted(list(set({list[int]})))", "[{int} for x in {list[int]}]",
        "[x for x in {list[int]}]", "[x for x in {list[int]} if {bool}]", "[xs[i] + {int} for i in range(len(xs))]",
        "[xs[i] * i for i in range(len(xs))]", "[x * y for x, y in zip(xs, ys)]",
        "[y - x for x, y in zip(xs, xs[1:])]",
        "list(range({int}))", "list(range(0, {int}))", "list(range({int}, {int}, 1))",
        "[i for i in list(range({int}))]",
        "[x + 1 for x in [y * 2 for y in xs]]", "[x for x in [y for y in xs if y > {int}] if x < {int}]",
        "{list[int]} if {bool} else {list[int]}", "[len(w) for w in {list[str]}]", "list(d.values())",
        "[v for k, v in list(d.items())]", "[p[1] for p in d.items()]", "xs[1:][:2]", "xs[:len(xs) - 1]",
        "sorted({set[int]})",
    ],
    "list[str]": [
        "words", "s.split()", "list({str})", "[{str} for x in {list[int]}]", "[w for w in words if {bool}]",
        "[w.upper() for w in {list[str]}]", "sorted({list[str]})", "{list[str]}[::-1]", "list(d)", "list(d.keys())",
        "[w for w in words if len(w) > 0]", "{str}.split('-')", "sorted(set({list[str]}))", "[c for c in {str}]",
        "[k for k in list(d.keys())]", "sorted({list[str]})[::-1]",
    ],
    "dict[str, int]": [
        "d", "dict([(w, {int}) for w in {list[str]}])", "{{w: 0 for w in words}}", "{{w: len(w) for w in words}}",
        "dict(zip(words, xs))", "d | {dict[str, int]}",
    ],
    "set[int]": [
        "u", "set({list[int]})", "set([x for x in {list[int]}])", "set([{int} for x in xs])", "u | {set[int]}",
    ],
}  # fmt: skip
HOLE = re.compile(r"(?<!\{)\{([a-z][^{}]*)\}(?!\})")
PLAIN = {"set[int]": "u", "dict[str, int]": "d", "list[str]": "words", "list[int]": "xs", "bool": "p", "str": "s",
         "float": "f", "int": "n"}  # fmt: skip


@st.composite
def programs(draw: st.DrawFn, returns: str, depth: int = 3) -> str:
    """An expression of a type, made of the shapes that the rules look for."""

    def expression(type_: str, left: int) -> str:
        if left <= 0:
            return PLAIN[type_]
        shape = draw(st.sampled_from(SHAPES[type_]))
        filled = HOLE.sub(lambda hole: f"({expression(hole[1], left - 1)})", shape)
        return filled.replace("{{", "{").replace("}}", "}")

    return expression(returns, depth)


def function_of(source: str) -> object:
    scope: dict[str, object] = dict(NAMES)
    exec(source, scope)
    return scope["function"]


def result_of(function: object, arguments: dict[str, object]) -> str:
    """The answer with its type, or the exception's name."""
    fresh = {name: list(value) if isinstance(value, list) else value for name, value in arguments.items()}
    try:
        answer = function(**fresh)  # type: ignore[operator]
        return repr(sorted(answer) if isinstance(answer, set) else answer)
    except Exception as error:  # noqa: BLE001 - an exception is an answer
        return type(error).__name__


def problem_of(returns: str) -> Problem:
    return Problem("function", tuple(PARAMETERS.items()), returns, "", (), (), (), (), (), (), 0, 0, 0.0)


INPUTS = st.lists(
    st.fixed_dictionaries({name: VALUES[kind] for name, kind in PARAMETERS.items()}), min_size=8, max_size=8
)


def check(returns: str, program: str, inputs: list[dict[str, object]], statements: bool = False) -> None:
    source = function_source(problem_of(returns), program)
    body = program if statements else f"return {program}"
    indented = "\n".join(f"    {line}" for line in body.splitlines())
    before = function_of(f"def function({', '.join(PARAMETERS)}):\n{indented}\n")
    after = function_of(source)
    for arguments in inputs:
        assert result_of(after, arguments) == result_of(before, arguments), (program, source, arguments)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_an_expression_written_out_gives_what_it_gave(data: st.DataObject) -> None:
    returns = data.draw(st.sampled_from(sorted(SHAPES)))
    program = data.draw(programs(returns))
    check(returns, program, data.draw(INPUTS))


LOOPS = [
    "total = 0\nfor v in {list[int]}:\n    total = total + {int}\nreturn total",
    "total = {int}\nfor v in {list[int]}:\n    total = total + {int} if {bool} else total\nreturn total",
    "total = {int}\nfor v in {list[int]}:\n    total = total + ({int} if {bool} else 0)\nreturn total",
    "best = {int}\nfor v in {list[int]}:\n    best = v if v > best else best\nreturn best",
    "best = {int}\nfor v in {list[int]}:\n    best = {int} if {bool} else ({int} if {bool} else best)\nreturn best",
    "best = None\nfor v in xs:\n    if best is None or v > best:\n        best = v\nreturn 0 if best is None else best",
    "for v in {list[int]}:\n    if {bool}:\n        return {int}\nreturn {int}",
    "if {bool}:\n    return {int}\nelse:\n    if {bool}:\n        return {int}\n    else:\n        return {int}",
    "if {bool}:\n    return {int}\nif {bool}:\n    return {int}\nreturn {int}",
    "v = abs({int})\ncount = 0\nwhile v > 0:\n    v = v // 2\n    count = count + 1\nreturn count",
    "total = 0\nfor v in xs:\n    for w in ys:\n        total = total + v * w + {int}\nreturn total",
    "value = {int}\nreturn value + {int}",
    "value = {int}\nif {bool}:\n    value = value + {int}\nreturn value * value",
]
LISTS = [
    "result = []\nfor v in {list[int]}:\n    result = result + [{int}]\nreturn result",
    "result = []\nfor v in {list[int]}:\n    result = result + [{int}] if {bool} else result\nreturn result",
    "result = []\ntotal = 0\nfor v in xs:\n    total = total + v\n    result = result + [total]\nreturn result",
    "seen = set()\nfor v in {list[int]}:\n    if not v in seen:\n        seen.add(v)\nreturn sorted(seen)",
    "xs = xs + [{int}]\nreturn xs",
    "result = []\nfor v in {list[int]}:\n    result = [v] + result\nreturn result",
    "result = {list[int]}\nfor v in result:\n    result = result + [v]\nreturn result",
    "row = []\nrows = []\nfor v in xs:\n    row = row + [v]\n    rows = rows + [row]\nreturn [len(r) for r in rows]",
]
TRUTHS = [
    "for v in {list[int]}:\n    if {bool}:\n        return True\nreturn False",
    "for v in {list[int]}:\n    if {bool}:\n        return False\nreturn True",
    "if {bool}:\n    return True\nreturn False",
]
STATEMENTS = {"int": LOOPS, "list[int]": LISTS, "bool": TRUTHS}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_statements_written_out_give_what_they_gave(data: st.DataObject) -> None:
    returns = data.draw(st.sampled_from(sorted(STATEMENTS)))
    shape = data.draw(st.sampled_from(STATEMENTS[returns]))
    program = HOLE.sub(lambda hole: f"({data.draw(programs(hole[1], 2))})", shape)
    check(returns, looking_at_the_variable(program), data.draw(INPUTS), statements=True)


def looking_at_the_variable(program: str) -> str:
    """The program with the loop's variable in its body in the place of ``m``."""
    lines = program.split("\n")
    return "\n".join(
        re.sub(r"\bm\b", "v", line) if line[:1] == " " and "for v " in program else line for line in lines
    )
