"""Lint rules L001 to L005, on the bytes of any text file. What a well-kept linter does better is left to it (ruff).

Each rule first asks in one search of the whole file whether there is anything to find: most files are clean.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aurora.batch.records import Diagnostic

_WORDS: Final = (b"TODO", b"FIXME", b"XXX", b"HACK")

Found = tuple[int, int, str, str, str]
"""Line, column, code, severity, message."""


def lint(path: str, content: bytes, encoding: str, max_line: int) -> list[Diagnostic]:
    """What the rules say about a file, by place, then by code."""
    if not content:
        return []
    lines = content.split(b"\n")
    found: list[Found] = []
    tabs = b"\t" in content
    returns = b"\r" in content
    ends_blank = b" \n" in content or (tabs and b"\t\n" in content) or (returns and b"\r\n" in content)
    if ends_blank or content[-1:] in (b" ", b"\t"):
        found += _trailing(lines)
    if max(map(len, lines)) > max_line:
        found += _too_long(lines, encoding, max_line)
    marks = _marks(content)
    if marks:
        found += _at_marks(marks, content, encoding)
    if tabs and (b"\n\t" in content or content.startswith(b"\t")):
        found += _tabs(lines)
    if not content.endswith(b"\n"):
        found.append((len(lines), len(lines[-1]) + 1, "L005", "warning", "no newline at the end of the file"))
    found.sort()
    return [
        Diagnostic(path, severity, code, message, line, column)  # type: ignore[arg-type]  # literals above
        for line, column, code, severity, message in found
    ]


def _trailing(lines: list[bytes]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        line = line.removesuffix(b"\r")
        if line[-1:] in (b" ", b"\t"):
            bare = line.rstrip(b" \t")
            yield number, len(bare) + 1, "L001", "warning", "whitespace at the end of the line"


def _too_long(lines: list[bytes], encoding: str, most: int) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        if len(line) > most:
            length = len(line.removesuffix(b"\r").decode(encoding, "replace"))
            if length > most:
                yield number, most + 1, "L002", "warning", f"{length} characters, more than {most}"


def _marks(content: bytes) -> list[tuple[int, str]]:
    """Where the words stand, as words of their own."""
    found = []
    for word in _WORDS:
        at = content.find(word)
        while at >= 0:
            end = at + len(word)
            if not (_in_word(content[at - 1 : at]) or _in_word(content[end : end + 1])):
                found.append((at, word.decode()))
            at = content.find(word, end)
    return sorted(found)


def _in_word(byte: bytes) -> bool:
    return byte.isalnum() or byte == b"_"


def _at_marks(marks: list[tuple[int, str]], content: bytes, encoding: str) -> Iterator[Found]:
    number, counted, last = 1, 0, 0
    for at, word in marks:
        number += content.count(b"\n", counted, at)
        counted = at
        if number != last:  # one for a line
            last = number
            start = content.rfind(b"\n", 0, at) + 1
            column = len(content[start:at].decode(encoding, "replace")) + 1
            yield number, column, "L003", "info", f"{word} left in the text"


def _tabs(lines: list[bytes]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        if line.startswith(b"\t"):
            yield number, 1, "L004", "warning", "the line is indented with a tab"
