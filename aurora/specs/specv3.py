"""The Markdown dialects: bare SpecV3, and ``### Function`` sections with fenced signatures and tables.

One reader serves both: headings say what a line means, and the function named in them for which function.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from aurora.specs import examples
from aurora.specs.conditions import looks_like_condition
from aurora.specs.doctests import PROMPT, take_doctest
from aurora.specs.document import Line, read_lines
from aurora.specs.draft import Draft, DraftCondition, Problems
from aurora.specs.model import Signature
from aurora.specs.signatures import BARE, DEFINITION, declare
from aurora.specs.syntax import excerpt, split_arrow, without_ticks
from aurora.specs.tables import split_cells, starts_table, take_table

Section = Literal["prose", "examples", "pre", "post", "signature"]

_SECTIONS: Final[dict[str, Section]] = {
    "example": "examples",
    "examples": "examples",
    "tests": "examples",
    "testcases": "examples",
    "pre": "pre",
    "precondition": "pre",
    "preconditions": "pre",
    "requires": "pre",
    "post": "post",
    "postcondition": "post",
    "postconditions": "post",
    "ensures": "post",
    "properties": "post",
    "invariants": "post",
    "signature": "signature",
    "signatures": "signature",
}
_PROSE_TITLES: Final = frozenset(("description", "notes", "note", "about", "details", "summary", "purpose"))
_TITLE: Final = re.compile(r"(?:spec\s*v?\d*|specification)\s*:\s*", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"function\b\s*:?\s*`?(\w*)", re.IGNORECASE)
_HEADING: Final = re.compile(
    r"((?:pre|post)[- ]?conditions?|test cases|[a-z]+)\s*\d*\s*(?:$|:|\(|\bfor\b|\bof\b)"
)
_LABEL: Final = re.compile(r"(?:\*\*|__)?([A-Za-z -]+?\d*)(?:\*\*:|__:|:\*\*|:__|:|\*\*$|__$)\s*(.*)")
_BODY: Final = re.compile(r"(?:\.\.\.|pass|return\b.*|raise\b.*)")


def read_markdown(text: str, problems: Problems) -> Draft:
    """Collect a Markdown spec."""
    return _Reader(read_lines(text), problems).read()


class _Reader:
    """Walks the lines once, knowing the section, the function, and the signature that prose belongs to."""

    def __init__(self, lines: list[Line], problems: Problems) -> None:
        self._lines = lines
        self._problems = problems
        self._draft = Draft()
        self._section: Section = "prose"
        self._scope = ""
        self._scope_level = 0
        self._under = ""
        self._indent = 0
        self._heading_level = 0
        self._declared_here = 0
        self._numbered = [(line.number, line.text if line.kind in ("text", "code") else "") for line in lines]

    def read(self) -> Draft:
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            in_prose = self._section in ("examples", "prose", "signature")
            if in_prose and line.kind in ("text", "code") and self._at_table(index):
                index = take_table(self._lines, index, self._scope, self._draft)
                continue
            if line.kind in ("text", "code") and line.text.startswith(PROMPT):
                index = take_doctest(self._numbered, index, self._draft, self._problems)
                continue
            self._take(line)
            index += 1
        return self._draft

    def _at_table(self, index: int) -> bool:
        if self._section == "examples":
            return self._lines[index].text.startswith("|") or starts_table(self._lines, index)
        function = self._draft.functions.get(self._scope or self._under)
        if function is None or not starts_table(self._lines, index):
            return False
        return _fits(split_cells(self._lines[index].text), function.signature)

    def _take(self, line: Line) -> None:
        if line.kind == "heading":
            self._heading(line)
        elif line.kind == "blank":
            self._say("")
        elif line.kind != "ignored":
            self._content(line)

    def _heading(self, line: Line) -> None:
        if not self._draft.title and not self._draft.functions and self._is_title(line):
            self._draft.title = _TITLE.sub("", line.text, count=1).strip()
            return
        if line.level <= self._scope_level:
            self._scope, self._scope_level, self._under = "", 0, ""
        section = _section(line.text)
        named = self._named(line.text, section)
        if named:
            self._scope, self._scope_level, self._under = named, line.level, named
        self._section = section or "prose"
        self._heading_level, self._declared_here = line.level, 0
        if section is None and not named and not self._is_prose_title(line.text):
            self._under = ""
        self._say("")

    def _is_title(self, line: Line) -> bool:
        return _section(line.text, exact=True) is None and not _FUNCTION.match(line.text)

    def _named(self, title: str, section: Section | None) -> str:
        """The function that a heading names: ``Function add``, ``add``, ``Examples for `add```."""
        if found := _FUNCTION.match(title):
            return found[1]
        words = re.findall(r"\w+", title)[1 if section else 0 :]
        return next((word for word in words if word in self._draft.functions), "")

    def _is_prose_title(self, title: str) -> bool:
        return "".join(re.findall(r"[a-z]+", title.lower())) in _PROSE_TITLES

    def _content(self, line: Line) -> None:
        text = line.text
        if text.startswith("\\"):
            self._say(text[1:])
            return
        if (label := _LABEL.fullmatch(text)) and (section := _section(label[1], exact=True)):
            self._section = section
            if label[2]:
                self._content(line._replace(text=label[2]))
            return
        if line.kind == "code" and text.startswith("#") and self._comment(text.lstrip("# :")):
            return
        clean = without_ticks(text)
        if DEFINITION.match(clean):
            self._signature(clean, line)
        elif self._is_body(line):
            self._body(text)
        elif self._section in ("pre", "post"):
            self._condition(text, line)
        elif self._section == "examples":
            self._example(text, line)
        elif self._section == "signature" and BARE.match(clean):
            self._signature(clean, line)
        else:
            self._prose(text, line)

    def _comment(self, text: str) -> bool:
        """Whether a comment in code is a heading, as where a whole spec stands in a fence."""
        if section := _section(text):
            self._section = section
        elif _TITLE.match(text) and not self._draft.title:
            self._draft.title = _TITLE.sub("", text, count=1).strip()
        else:
            return False
        return True

    def _signature(self, text: str, line: Line) -> None:
        name = declare(text, line.number, self._draft, self._problems)
        self._under = name
        self._indent = line.indent
        self._declared_here += 1
        if self._heading_level > 1 and self._declared_here == 1:
            self._scope, self._scope_level = name, self._heading_level
        elif self._declared_here > 1:
            self._scope = ""  # the heading is over several functions, and about none
        if self._section not in ("prose", "signature"):
            self._section = "prose"

    def _is_body(self, line: Line) -> bool:
        inside = line.kind == "code" and self._under != "" and self._section in ("prose", "signature")
        return inside and line.indent > self._indent

    def _body(self, text: str) -> None:
        """Inside a fenced definition: its docstring is prose, its code is not read."""
        words = text.strip("\"'").strip()
        if words and not _BODY.fullmatch(words) and (text[0] in "\"'" or split_arrow(text) is None):
            self._say(words)

    def _condition(self, text: str, line: Line) -> None:
        clean = without_ticks(text)
        if re.match(r"assert\b", clean) or looks_like_condition(text):
            chosen = self._draft.pre if self._section == "pre" else self._draft.post
            chosen.append(DraftCondition(line.number, clean, self._scope))
        elif re.match(r"ass?ert?\w*\s+\S+.*[=<>(]", clean):
            self._problems.add("SPEC-030", line.number, f"'{excerpt(clean)}' is not an assertion")
        else:
            self._say(text)

    def _example(self, text: str, line: Line) -> None:
        span = re.match(r"`([^`]+)`(?!\s*(?:->|=>|==|→|⇒|raises?\b))", text)
        clean = span[1] if span and split_arrow(span[1]) else without_ticks(text)
        if examples.called(clean) or split_arrow(clean):
            examples.collect(clean, line.number, self._draft, self._problems)
        else:
            self._say(text)

    def _prose(self, text: str, line: Line) -> None:
        """Prose, unless it plainly is an example or a condition that lost its heading."""
        clean = without_ticks(text)
        if examples.called(clean) in self._draft.functions and split_arrow(clean):
            examples.collect(clean, line.number, self._draft, self._problems)
        elif re.match(r"assert\b.*[=<>(]", clean):
            self._problems.add("SPEC-038", line.number, f"'{excerpt(clean)}' stands outside of a section")
        else:
            self._say(text)

    def _say(self, text: str) -> None:
        function = self._draft.functions.get(self._under)
        prose = function.prose if function and self._section in ("prose", "signature") else self._draft.prose
        if function and self._scope == self._under:
            prose = function.prose
        prose.append(text)


def _section(title: str, *, exact: bool = False) -> Section | None:
    """The section that a heading opens: ``Examples``, ``Post-conditions:``, ``Pre for add``; else None."""
    found = _HEADING.match(title.lower())
    if found is None or (exact and found.end() < len(title)):
        return None
    return _SECTIONS.get("".join(re.findall(r"[a-z]+", found[1])))


def _fits(cells: tuple[str, ...], signature: Signature) -> bool:
    """Whether a table outside of an examples section is about ``signature``."""
    names = {parameter.name for parameter in signature.parameters}
    return bool(names) and names < {cell.strip("`*_ ") for cell in cells}
