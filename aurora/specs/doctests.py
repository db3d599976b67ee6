"""Doctest examples: ``>>> f(2)`` with its result in the lines below. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from aurora.specs.draft import Draft, Problems
from aurora.specs.examples import collect
from aurora.specs.syntax import nesting

PROMPT: Final = ">>>"
TRACEBACK: Final = "Traceback (most recent call last)"

_RAISED: Final = re.compile(r"([A-Za-z_][\w.]*)\s*(?::.*)?")

_ENDS: Final = (PROMPT, '"""', "'''", "```")
Numbered = tuple[int, str]
"""A line with its number in the file."""


def take_doctest(lines: Sequence[Numbered], index: int, draft: Draft, problems: Problems) -> int:
    """Read one ``>>>`` example with its result; the index after it."""
    number, first = lines[index]
    call = first.strip().removeprefix(PROMPT).strip()
    index += 1
    while index < len(lines) and lines[index][1].strip().startswith("..."):
        call += " " + lines[index][1].strip().removeprefix("...").strip()
        index += 1
    output: list[str] = []
    while index < len(lines) and (text := lines[index][1].strip()) and not text.startswith(_ENDS):
        output.append(text)
        index += 1
    collect(_arrow(call, output), number, draft, problems)
    return index


def _arrow(call: str, output: list[str]) -> str:
    """A doctest as one line. No output means None, a traceback means what it ends with."""
    if not output:
        return f"{call} -> None"
    if output[0].startswith(TRACEBACK):
        found = _RAISED.fullmatch(output[-1])
        return f"{call} raises {found[1] if found else output[-1]}"
    if output == ["True"] and "==" in call and nesting(call) == 0:
        return call
    return f"{call} -> {' '.join(output)}"
