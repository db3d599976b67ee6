"""What a dialect's reader collects before anything is checked, and the list of what is wrong."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import NamedTuple

from aurora.specs.codes import diagnostic
from aurora.specs.model import Signature
from aurora_events.base import Diagnostic


class Problems:
    """Collects diagnostics of one file, each with the function that it is about."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: list[tuple[int, Diagnostic, str]] = []

    def add(self, code: str, line: int, message: str, *, hint: str = "", owner: str = "") -> None:
        """Report ``message`` at ``line``; ``owner`` is the function it is about, "" for the whole spec."""
        self._found.append((line, diagnostic(code, self._path, line, message, hint), owner))

    def place(self, line: int) -> str:
        """``file:line``, for messages that name a second place."""
        return f"{self._path}:{line}"

    def listed(self) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
        """All diagnostics in order of their lines, and their owners."""
        ordered = sorted(self._found, key=lambda entry: entry[0])
        return tuple(entry[1] for entry in ordered), tuple(entry[2] for entry in ordered)


class DraftExample(NamedTuple):
    """``call -> expected``, or ``call raises NAME``, as syntax."""

    line: int
    call: ast.Call
    expected: ast.expr | None
    raises: str | None


class Row(NamedTuple):
    """One line of a table."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table of examples; ``scope`` is the function it stands under, "" when only the headers can tell."""

    scope: str
    header: Row
    rows: tuple[Row, ...]


class DraftCondition(NamedTuple):
    """A condition's text with the function it stands under (or ""), and other names for that function."""

    line: int
    text: str
    scope: str
    aliases: tuple[str, ...] = ()


@dataclass
class DraftFunction:
    """A declared function. ``prose`` holds lines; an empty one ends a paragraph."""

    signature: Signature
    line: int
    prose: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """A spec as written."""

    title: str = ""
    prose: list[str] = field(default_factory=list)
    functions: dict[str, DraftFunction] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Names of functions whose signatures could not be read: already reported, so no further blame."""
    examples: list[DraftExample] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    """Functions with examples that could not be read: they lack no examples, only readable ones."""
    tables: list[Table] = field(default_factory=list)
    pre: list[DraftCondition] = field(default_factory=list)
    post: list[DraftCondition] = field(default_factory=list)

    def declare(self, function: DraftFunction, problems: Problems) -> None:
        """Add a function; saying the same signature twice is allowed, saying two under one name is not."""
        name = function.signature.name
        known = self.functions.setdefault(name, function)
        if known.signature != function.signature:
            message = f"'{name}' is declared a second time; the first is at {problems.place(known.line)}"
            problems.add("SPEC-009", function.line, message, owner=name)
