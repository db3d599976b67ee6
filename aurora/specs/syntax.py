"""Python text to syntax trees, safely: nothing is evaluated, and every tree is shallow enough to recurse."""

from __future__ import annotations

import ast
import re
from typing import Final, NamedTuple

MAX_DEPTH: Final = 60
"""Deepest syntax tree. Recursive visitors and ``ast.unparse`` need a few interpreter frames per level."""

EXCERPT: Final = 60
"""The length to which a message cuts what it quotes."""

_LONG_NUMBER: Final = re.compile(r"\d[\d_]{4300}")

# Strings first, so that nothing inside them counts; an unterminated one runs to the end: this stays linear.
_TOKEN: Final = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*(?:"|$)|'(?:\\.|[^'\\])*(?:'|$))"""
    r"""|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comment>\#)|(?P<tick>`)"""
    r"""|(?P<arrow>->|=>|==|→|⇒)|(?P<other>[<>!:]=|=)|(?P<cut>;|,(?=\s*[^\W\d]\w*\())""",
    re.DOTALL,
)


_QUOTING: Final = re.compile("[\"'#]")


class NotPython(ValueError):
    """Text that is not the Python asked for, from ``line`` on; ``large`` when only its size is at fault."""

    def __init__(self, message: str, *, large: bool = False, line: int = 1) -> None:
        super().__init__(message)
        self.large = large
        self.line = line


class Split(NamedTuple):
    """A line cut at its arrow."""

    left: str
    right: str


def expression(text: str) -> ast.expr:
    """The expression in ``text``. Raises ``NotPython``."""
    tree = _tree(text.strip(), "eval")
    assert isinstance(tree, ast.Expression)
    return tree.body


def statements(text: str) -> list[ast.stmt]:
    """The statements in ``text``. Raises ``NotPython``."""
    tree = _tree(text, "exec")
    assert isinstance(tree, ast.Module)
    return tree.body


def excerpt(text: str) -> str:
    """``text`` on one short line, with control characters made visible."""
    flat = " ".join(text.split()) if text.strip() else text
    short = flat if len(flat) <= EXCERPT else flat[: EXCERPT - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short)


def nesting(text: str) -> int:
    """How many brackets ``text`` leaves open; negative when it closes more than it opens."""
    if not _QUOTING.search(text):
        return sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))
    level = 0
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "comment":
            break
        level += (token.lastgroup == "open") - (token.lastgroup == "close")
    return level


def without_comment(text: str) -> str:
    """``text`` up to a ``#`` outside of strings."""
    if "#" not in text:
        return text
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "comment":
            return text[: token.start()].rstrip()
    return text


def without_ticks(text: str) -> str:
    """``text`` without the backticks that stand outside of strings."""
    return (
        _TOKEN.sub(lambda token: "" if token.lastgroup == "tick" else token[0], text) if "`" in text else text
    )


def split_arrow(text: str, *, equals: bool = False) -> Split | None:
    """``text`` cut at its first arrow (``->``, ``=>``, ``==``, ``→``; with ``equals`` also ``=``)."""
    level = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            level += 1
        elif kind == "close":
            level -= 1
        elif level == 0 and (kind == "arrow" or (equals and token[0] == "=")):
            return Split(text[: token.start()].strip(), text[token.end() :].strip())
    return None


def split_pieces(text: str) -> list[str]:
    """``text`` up to a comment, cut outside of brackets at each ``;`` and at each ``,`` before a call."""
    clean = without_comment(text)
    pieces: list[str] = []
    level = start = 0
    for token in _TOKEN.finditer(clean):
        level += (token.lastgroup == "open") - (token.lastgroup == "close")
        if token.lastgroup == "cut" and level == 0:
            pieces.append(clean[start : token.start()])
            start = token.end()
    pieces.append(clean[start:])
    return [stripped for piece in pieces if (stripped := piece.strip())]


def _tree(text: str, mode: str) -> ast.AST:
    try:
        tree: ast.AST = ast.parse(text, mode=mode)
    except (RecursionError, MemoryError):
        raise NotPython("it is nested too deeply", large=True) from None
    except (SyntaxError, ValueError) as error:
        if _LONG_NUMBER.search(text):
            raise NotPython("it holds an integer of more than 4300 digits", large=True) from None
        if "too many nested" in str(error):
            raise NotPython("it is nested too deeply", large=True) from None
        line = error.lineno or 1 if isinstance(error, SyntaxError) else 1
        raise NotPython(f"'{excerpt(text)}' is not Python", line=line) from None
    if len(text) > MAX_DEPTH and _too_deep(tree):
        raise NotPython("it is nested too deeply", large=True)
    return tree


def _too_deep(tree: ast.AST) -> bool:
    """Whether the tree is deeper than ``MAX_DEPTH``, found level by level."""
    level = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True
