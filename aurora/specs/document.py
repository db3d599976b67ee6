"""Markdown to numbered lines that know what they are: headings, code, text."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from markdown_it import MarkdownIt

from aurora.specs.syntax import nesting, without_comment

Kind = Literal["heading", "code", "text", "blank", "ignored"]

JOIN_LIMIT: Final = 60
"""A signature, example or condition spans at most so many lines."""

# Lines are read raw, so that `a*b*c` is no emphasis. Underlined headings would swallow examples.
_MARKDOWN: Final = MarkdownIt("commonmark").disable(["inline", "lheading", "reference"])
_OWN_LANGUAGES: Final = frozenset(
    (
        "",
        "python",
        "py",
        "python3",
        "pycon",
        "text",
        "txt",
        "plain",
        "spec",
        "specv3",
        "aurora",
        "md",
        "markdown",
    )
)
_MARKER: Final = re.compile(r"(?:\s|>(?!>>))*(?:(?:[-*+•]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?")
_STARTS: Final = re.compile(r"(?:async\s+)?def\s|assert\b|[^\W\d]\w*\(")
_STOPS: Final = re.compile(r"(?:async\s+)?def\s|assert\b|#")


class Line(NamedTuple):
    """One line, or several joined by open brackets: ``number`` to ``end``, from 1.

    ``text`` is without list markers, surrounding space and a heading's ``#``; ``level`` is the heading's.
    """

    number: int
    end: int
    kind: Kind
    text: str
    indent: int
    raw: str
    level: int = 0


def read_lines(text: str) -> list[Line]:
    """The lines of a Markdown document, with multi-line signatures, examples and assertions joined."""
    raw = text.split("\n")
    skipped = _front_matter(raw)
    raw = [""] * skipped + raw[skipped:]
    return _joined([_line(number, line, kind) for number, (line, kind) in enumerate(_kinds(raw), 1)])


def unmarked(line: str) -> str:
    """``line`` without quote and list markers and surrounding space."""
    found = _MARKER.match(line)
    return line[found.end() if found else 0 :].strip()


def _front_matter(raw: list[str]) -> int:
    """How many lines a leading ``---`` block takes."""
    if raw[0].rstrip() != "---":
        return 0
    ends = (number for number, line in enumerate(raw[1:], 2) if line.rstrip() in ("---", "..."))
    return next(ends, 0)


def _kinds(raw: list[str]) -> list[tuple[str, Kind | int]]:
    """Each line with its kind; a heading has its level for a kind."""
    kinds: list[Kind | int] = ["text" if line.strip() else "blank" for line in raw]
    for token in _MARKDOWN.parse("\n".join(raw)):
        if token.map is None:
            continue
        first, end = token.map[0], min(token.map[1], len(raw))
        if token.type == "heading_open":
            kinds[first] = int(token.tag[1])
        elif token.type == "fence":
            own = token.info.strip().split(" ")[0].lower().strip("{.}") in _OWN_LANGUAGES
            closed = unmarked(raw[end - 1]).startswith(token.markup) and end - 1 > first
            _fill(kinds, first, end, "code" if own else "ignored")
            kinds[first] = "ignored"
            if closed:
                kinds[end - 1] = "ignored"
        elif token.type == "code_block":
            _fill(kinds, first, end, "code")
        elif token.type == "html_block" and token.content.lstrip().startswith("<!--"):
            _fill(kinds, first, end, "ignored")
    return list(zip(raw, kinds, strict=True))


def _fill(kinds: list[Kind | int], first: int, end: int, kind: Kind) -> None:
    for index in range(first, end):
        if kinds[index] != "blank":
            kinds[index] = kind


def _line(number: int, raw: str, kind: Kind | int) -> Line:
    indent = len(raw) - len(raw.lstrip())
    if isinstance(kind, int):
        title = unmarked(raw).lstrip("#").strip()
        title = re.sub(r"(?:^|\s)#+$", "", title).strip()
        return Line(number, number, "heading", title, indent, raw, kind)
    text = raw.strip() if kind == "code" else unmarked(raw)
    return Line(number, number, kind if text or kind != "text" else "blank", text, indent, raw)


def _joined(lines: list[Line]) -> list[Line]:
    result: list[Line] = []
    index = 0
    while index < len(lines):
        line = _join(lines, index)
        result.append(line)
        index += line.end - line.number + 1
    return result


def _join(lines: list[Line], start: int) -> Line:
    """The line at ``start`` with those after it that its open brackets need; alone when they never close."""
    first = lines[start]
    if first.kind not in ("text", "code") or not _STARTS.match(first.text.lstrip("`")):
        return first
    level = nesting(first.text)
    if level <= 0:
        return first
    quoted = first.raw.lstrip().startswith(">")
    opening = first.text[: first.text.find("(") + 1]
    parts = [without_comment(first.text)]
    for line in lines[start + 1 : start + JOIN_LIMIT]:
        if line.kind not in ("text", "code") or _STOPS.match(line.text):
            return first
        if line.text.startswith(opening):  # the next example: the one before it is never closed
            return first
        text = line.raw.strip().lstrip("> ") if quoted else line.raw.strip()
        level += nesting(text)
        parts.append(without_comment(text))
        if level <= 0:
            return first._replace(end=line.end, text=" ".join(parts))
    return first
