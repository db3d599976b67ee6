"""A docstring from a spec's prose: the first sentence, a blank line, the rest; wrapped, and safe whatever is in it."""

from __future__ import annotations

import re
import textwrap
from typing import Final

WIDTH: Final = 88
"""Prose is read best in lines that are not too long."""

_INDENT: Final = "    "
_UNSAFE: Final = re.compile(r'\\|"{3,}|[^ -~]')
"""What may not stand in a docstring as it is: backslashes, quotes in a row, what does not print."""
_LAST: Final = re.compile(r'"+$')
"""What may not stand before the closing quotes."""


def docstring(prose: str) -> list[str]:
    """The lines of the docstring; none for empty prose."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", prose.strip()) if part.strip()]
    if not paragraphs:
        return []
    first, *rest = paragraphs
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z])", first, maxsplit=1)
    blocks = [_safe(block) for block in (*sentences, *rest)]
    # A quote at the start is kept apart from those before it, as a backslash would ask for a raw text.
    apart = " " * blocks[0].startswith('"')
    closed = apart + _LAST.sub(_escaped, blocks[0])
    if len(blocks) == 1 and len(closed) + len(_INDENT) + 6 <= WIDTH:
        return [f'{_INDENT}"""{closed}"""']
    lines = []
    for number, block in enumerate(blocks):
        lines += [""] * bool(number)
        lines += textwrap.wrap(
            block, WIDTH - len(_INDENT) - 3, break_long_words=False, break_on_hyphens=False
        )  # fmt: skip
    shown = [f"{_INDENT}{line}" if line else "" for line in lines]
    return [f'{_INDENT}"""{apart}{lines[0]}', *shown[1:], f'{_INDENT}"""']


def _safe(block: str) -> str:
    return _UNSAFE.sub(_escaped, block)


def _escaped(found: re.Match[str]) -> str:
    text = found[0]
    if text[0] == '"':
        return '\\"' * len(text)
    return text if text.isprintable() and text != "\\" else text.encode("unicode_escape").decode("ascii")
