"""S-expressions: text to nested lists and back, with the place of every list for error messages.

An atom is its source text (a string literal keeps its quotes), a list is a ``Form``. Lexical rules are those of
SMT-LIB 2.6, section 3.1: comments run from ``;`` to the end of the line, ``""`` inside a string is one quote.
"""

from __future__ import annotations

import re

from aurora.errors import InvalidInput

_TOKEN = re.compile(r'\s+|;[^\n]*|[()]|"(?:[^"]|"")*"|\|[^|]*\||[^\s()";|]+|["|]')
"""Every text is a sequence of these; a quote that stands alone comes last."""


DEEPEST = 200
"""Parentheses inside parentheses: far more than any problem has, far fewer than Python's stack holds."""


class Form(list["Sexpr"]):
    """A list in parentheses; ``offset`` is where its opening parenthesis stands in the text."""

    __slots__ = ("offset",)

    def __init__(self, offset: int = 0) -> None:
        super().__init__()
        self.offset = offset


Sexpr = str | Form


class Unreadable(InvalidInput):
    """The text is not what a SyGuS file must be."""


def read(text: str, name: str = "") -> list[Form]:
    """The top-level lists of ``text``. Raises ``Unreadable`` when parentheses or quotes do not match."""
    top = Form()
    stack = [top]
    offset = 0
    for word in _TOKEN.findall(text):
        if word == "(":
            form = Form(offset)
            stack[-1].append(form)
            stack.append(form)
            if len(stack) > DEEPEST:
                raise unreadable(text, name, offset, f"more than {DEEPEST} parentheses inside each other")
        elif word == ")":
            if len(stack) == 1:
                raise unreadable(text, name, offset, "a closing parenthesis too many")
            stack.pop()
        elif word == '"' or word == "|":
            raise unreadable(text, name, offset, "a quote that is never closed")
        elif not word.isspace() and word[0] != ";":
            stack[-1].append(word)
        offset += len(word)
    if len(stack) > 1:
        raise unreadable(text, name, stack[-1].offset, "a parenthesis that is never closed")
    return [_command(form, text, name) for form in top]


def write(sexpr: Sexpr) -> str:
    """The text of ``sexpr``, on one line."""
    if isinstance(sexpr, str):
        return sexpr
    return f"({' '.join(map(write, sexpr))})"


def unreadable(text: str, name: str, offset: int, what: str, hint: str = "") -> Unreadable:
    """An error at ``offset`` of ``text``, placed as ``name:line``."""
    line = text.count("\n", 0, offset) + 1
    return Unreadable("SYGUS-001", what, where=f"{name}:{line}", hint=hint or "SyGuS 1.0 and 2.1 are read")


def _command(form: Sexpr, text: str, name: str) -> Form:
    if isinstance(form, str) or not form or not isinstance(form[0], str):
        offset = text.find(form) if isinstance(form, str) else form.offset
        raise unreadable(text, name, max(offset, 0), "a command in parentheses was expected")
    return form
