"""``.gitignore``: which paths Git would leave out. Pure: the texts come from whoever walks the folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_CLASSES: Final = {
    b"alpha": rb"a-zA-Z",
    b"digit": rb"0-9",
    b"alnum": rb"a-zA-Z0-9",
    b"upper": rb"A-Z",
    b"lower": rb"a-z",
    b"space": rb"\s",
    b"blank": rb" \t",
    b"punct": rb"!-/:-@\[-`{-~",
    b"xdigit": rb"0-9a-fA-F",
}


class Rule(NamedTuple):
    """One line of a ``.gitignore``: what it matches, below which folder (with its ``/``), and what it says."""

    pattern: re.Pattern[bytes]
    below: bytes
    whole: bool
    folders_only: bool
    ignore: bool


def parse(text: bytes, below: bytes) -> list[Rule]:
    """The rules of the ``.gitignore`` in the folder ``below`` (``b""`` or ending in ``/``)."""
    rules = []
    for line in text.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        rule = _parse_line(line.removesuffix(b"\r"), below)
        if rule is not None:
            rules.append(rule)
    return rules


def ignored(rules: Sequence[Rule], path: bytes, folder: bool) -> bool:
    """Whether a path is left out; the last rule that matches decides. Folders above it were asked before."""
    name = path.rpartition(b"/")[2]
    for rule in reversed(rules):
        if rule.folders_only and not folder:
            continue
        subject = path[len(rule.below) :] if rule.whole else name
        if rule.pattern.fullmatch(subject):
            return rule.ignore
    return False


def _parse_line(line: bytes, below: bytes) -> Rule | None:
    if line.startswith(b"#"):
        return None
    line = _without_trailing_spaces(line)
    ignore = not line.startswith(b"!")
    if not ignore:
        line = line[1:]
    folders_only = line.endswith(b"/")
    if folders_only:
        line = line[:-1]
    if not line:
        return None
    whole = b"/" in line
    pattern = _translate(line.removeprefix(b"/") if whole else line)
    return None if pattern is None else Rule(pattern, below, whole, folders_only, ignore)


def _without_trailing_spaces(line: bytes) -> bytes:
    while line.endswith(b" ") and not line.endswith(b"\\ "):
        line = line[:-1]
    return line


@lru_cache(maxsize=4096)
def _translate(glob: bytes) -> re.Pattern[bytes] | None:
    """Git's wildmatch as a regular expression; None for a pattern that can match nothing."""
    out, n = bytearray(), 0
    while n < len(glob):
        char = glob[n : n + 1]
        if char == b"*":
            end = n
            while glob[end : end + 1] == b"*":
                end += 1
            begins = n == 0 or glob[n - 1 : n] == b"/"
            if end - n == 2 and begins and glob[end : end + 1] == b"/":
                out += rb"(?:.*/)?"
                n = end + 1
                continue
            if end - n == 2 and begins and end == len(glob):
                out += rb".+"
            else:
                out += rb"[^/]*"
            n = end
            continue
        if char == b"?":
            out += rb"[^/]"
        elif char == b"[":
            found = _bracket(glob, n)
            if found is None:
                return None
            expression, n = found
            out += expression
            continue
        elif char == b"\\":
            n += 1
            if n >= len(glob):
                return None
            out += re.escape(glob[n : n + 1])
        else:
            out += re.escape(char)
        n += 1
    try:
        return re.compile(bytes(out), re.DOTALL)
    except re.error:
        return None


def _bracket(glob: bytes, start: int) -> tuple[bytes, int] | None:
    n = start + 1
    negated = glob[n : n + 1] in (b"!", b"^")
    n += negated
    body, first = bytearray(), True
    while n < len(glob) and (first or glob[n : n + 1] != b"]"):
        first = False
        if glob[n : n + 2] == b"[:":
            end = glob.find(b":]", n)
            known = _CLASSES.get(glob[n + 2 : end]) if end > 0 else None
            if known is not None:
                body += known
                n = end + 2
                continue
        char = glob[n : n + 1]
        if char == b"\\":
            n += 1
            char = glob[n : n + 1]
        is_range = char == b"-" and body and glob[n + 1 : n + 2] != b"]"
        body += b"-" if is_range else re.escape(char)
        n += 1
    if n >= len(glob) or not body:
        return None
    return b"(?!/)[" + (b"^" if negated else b"") + bytes(body) + b"]", n + 1
