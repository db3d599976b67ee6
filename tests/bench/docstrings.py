"""The examples in docstrings, as people write them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aurora.specs.values import LiteralSyntaxError, Value, parse_value, value_of

_ARROW = re.compile(
    r"\s*(?:==+>?|=>|-+>|=|➞|➡|→|:|,?\s*(?:should )?returns?\b:?|should be(?: equal to)?\b|is\b|#\s*(?:=>|returns))\s*",
    re.IGNORECASE,
)
_INPUT = re.compile(r"\s*(?:input|for)\s*:?\s*(.+?)\s*$", re.IGNORECASE)
_OUTPUT = re.compile(r"\s*(?:output|result|return)\s*:?\s*(.+?)\s*$", re.IGNORECASE)


class Shown(NamedTuple):
    """An example in a docstring, and the lines that it takes up."""

    given: tuple[Value, ...]
    answer: Value
    lines: tuple[int, ...]


def examples(docstring: str, function: str, parameters: Sequence[str]) -> Iterator[Shown]:
    """The examples of a docstring: doctests, ``f(1) == 2`` and the like, and lines of input and output."""
    lines = docstring.splitlines()
    calls = re.compile(rf"\b{function}\s*\(")
    number = 0
    while number < len(lines):
        found = calls.search(lines[number])
        if found is not None:
            shown = _call(lines, number, found.end() - 1, len(parameters))
        else:
            shown = _input(lines, number, parameters)
        if shown is not None:
            yield shown
            number = shown.lines[-1]
        number += 1


def _call(lines: Sequence[str], number: int, start: int, arity: int) -> Shown | None:
    """The example of a line that calls the function; the arguments begin at ``start``."""
    line = lines[number]
    for end in range(start + 1, len(line) + 1):
        if line[end - 1] != ")":
            continue
        given = _arguments(line[start:end])
        if given is None:
            continue
        if len(given) != arity:
            return None
        rest = line[end:]
        arrow = _ARROW.match(rest)
        if arrow is not None:
            answer = _leading_value(rest[arrow.end() :])
            return Shown(given, answer[0], (number,)) if answer else None
        if not rest.strip() and number + 1 < len(lines):
            following = lines[number + 1]
            arrow = _ARROW.match(following)
            answer = _leading_value(following[arrow.end() :] if arrow else following)
            return Shown(given, answer[0], (number, number + 1)) if answer else None
        return None
    return None


def _input(lines: Sequence[str], number: int, parameters: Sequence[str]) -> Shown | None:
    """The example of a line ``Input: a = 1, b = 2`` and the line ``Output: 3`` that follows."""
    found = _INPUT.match(lines[number])
    if found is None:
        return None
    inputs = found[1]
    taken: tuple[int, ...] = (number,)
    here = re.split(
        r"\s*(?:=>|➞|->|,?\s+output\s*:|,?\s*the (?:output|result) should be)\s*",
        inputs,
        maxsplit=1,
        flags=re.IGNORECASE,
    )
    if len(here) == 2:
        inputs, output = here
    else:
        following = next(
            (
                place
                for place in range(number + 1, min(number + 3, len(lines)))
                if _OUTPUT.match(lines[place])
            ),
            None,
        )
        if following is None:
            return None
        matched = _OUTPUT.match(lines[following])
        output, taken = matched[1] if matched else "", (number, following)
    given = _named(inputs, parameters)
    answer = _leading_value(output)
    if given is None or answer is None:
        return None
    return Shown(given, answer[0], taken)


def _named(text: str, parameters: Sequence[str]) -> tuple[Value, ...] | None:
    """The values of ``a = 1, b = 2``, in the order of the parameters where the names are theirs, or of ``1, 2``."""
    keywords = re.sub(r"(?<=\w)\s*:\s*", "=", text) if "=" not in text else text
    try:
        call = ast.parse(f"f({keywords})", mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(call, ast.Call) or len(call.args) + len(call.keywords) != len(parameters):
        return None
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    nodes = [*call.args, *call.keywords]
    chosen = [named[name] for name in parameters] if named.keys() == set(parameters) else [
        node.value if isinstance(node, ast.keyword) else node for node in nodes
    ]  # fmt: skip
    try:
        return tuple(value_of(node) for node in chosen)
    except LiteralSyntaxError:
        return None


def _arguments(text: str) -> tuple[Value, ...] | None:
    try:
        call = ast.parse(f"f{text}", mode="eval").body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(call, ast.Call) or call.keywords:
        return None
    try:
        return tuple(value_of(node) for node in call.args)
    except LiteralSyntaxError:
        return None


def _leading_value(text: str) -> tuple[Value] | None:
    """The value that a text begins with, as the longest literal; in a tuple, since it may be ``None``."""
    clean = re.split(r"\s+#", text.strip())[0].rstrip(" .;,")
    worked_out = re.match(r"[\d ()*/+-]+[*/+-][\d ()*/+-]+ = (.+)", clean)  # 19 - 5 - 6 = 8
    clean = worked_out[1] if worked_out else clean
    for end in range(len(clean), 0, -1):
        if end < len(clean) and (clean[end].isalnum() or clean[end] in "_'\""):
            continue
        try:
            return (parse_value(clean[:end]),)
        except LiteralSyntaxError:
            continue
    return None
