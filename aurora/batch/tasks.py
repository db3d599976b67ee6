"""Aurora's own tasks: parse, analyze, symbols, lint. They share what is found out about a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aurora.batch import linting, outline, ruffing
from aurora.batch.facts import Facts
from aurora.batch.records import Ast, Diagnostic, Edge, Metric, Record, Symbol
from aurora.batch.source import Fault, Source
from aurora.batch.task import Keep, Settings, Task
from aurora.batch.trees import choosing, outlining
from aurora.errors import InvalidInput


def parse_file(source: Source, settings: Settings, keep: Keep) -> Iterator[Record]:
    """The outline of a text, or what keeps it from being read."""
    if source.content is None:
        message = f"{source.size} bytes are more than largest_source: measured, not parsed"
        yield Diagnostic(source.path, "warning", "E0002", message, 0, 0)
        return
    if source.is_python:
        tree = source.parsed
        if isinstance(tree, Fault):
            yield Diagnostic(source.path, "error", tree.code, tree.message, tree.line, tree.column)
            return
        content, nodes = (
            outline.python_nodes(tree) if settings["ast"] == "full" else outline.python_outline(tree)
        )
    elif choosing.used(source.language, settings):
        reading = source.tree
        if isinstance(reading, Fault):
            yield Diagnostic(
                source.path, "error", reading.code, reading.message, reading.line, reading.column
            )
            return
        yield from outlining.errors(reading.tree, reading.language, source.path)
        content, nodes = (
            outline.tree_nodes(reading) if settings["ast"] == "full" else outline.tree_outline(reading)
        )
    elif source.is_text:
        content, nodes = outline.text_outline(source.language or "unknown", source.content)
    else:
        return
    threshold = int(settings["chunk_threshold"])
    format_ = "json+chunks" if len(content) > threshold else "json"
    language = source.language or "unknown"
    yield Ast(source.path, keep(content), format_, len(content), nodes, language, source.encoding)


def analyze_file(source: Source, settings: Settings, keep: Keep) -> Iterator[Record]:
    """What can be measured of a file."""
    path = source.path
    yield Metric(path, "bytes", source.size)
    yield Metric(path, "lang", source.language or "unknown")
    if source.content is None:
        yield Metric(path, "loc", _count_loc(source))
        return
    if source.is_text:
        yield Metric(
            path, "loc", sum(1 for line in source.content.split(b"\n") if line and not line.isspace())
        )
    facts = _facts(source, settings)
    if facts is None:
        return
    measured = facts.measured
    yield Metric(path, "complexity", facts.complexity)
    yield Metric(path, "max_complexity", max((each for _, _, each in measured), default=0))
    yield Metric(path, "function_count", facts.functions)
    yield Metric(path, "class_count", facts.classes)
    yield Metric(path, "import_count", facts.imports)
    for line, qualname, complexity in measured:
        yield Metric(path, "function_complexity", complexity, qualname, line)


def find_symbols(source: Source, settings: Settings, keep: Keep) -> Iterator[Record]:
    """What a file defines, imports and calls."""
    facts = _facts(source, settings)
    if facts is None:
        return
    path = source.path
    for line, column, end, name, qualname, kind, scope in facts.symbols():
        yield Symbol(path, name, qualname, kind, scope, line, end, column)  # type: ignore[arg-type]
    for line, kind, target, scope, names in facts.edges():
        yield Edge(path, kind, target, scope, line, names)  # type: ignore[arg-type]


def lint_file(source: Source, settings: Settings, keep: Keep) -> Iterator[Record]:
    """What the rules L001 to L005 say about a text."""
    if source.content is not None and source.is_text:
        encoding = source.encoding if source.encoding != "utf-8-sig" else "utf-8"
        yield from linting.lint(source.path, source.content, encoding, int(settings["max_line"]))


def _facts(source: Source, settings: Settings) -> Facts | None:
    """What a walk over the tree tells; None where there is no tree."""
    if source.content is not None and choosing.used(source.language, settings):
        return source.tree_facts
    return source.facts


def _count_loc(source: Source) -> int:
    """Lines that are not blank, at constant memory: a line may end in a later piece."""
    count, open_line = 0, False
    for piece in source.pieces():
        first, *rest = piece.split(b"\n")
        open_line = open_line or bool(first.strip())
        for line in rest:
            count += open_line
            open_line = bool(line.strip())
    return count + open_line


def _check_numbers(settings: Settings) -> None:
    for key, least in (("chunk_threshold", 64), ("largest_source", 0), ("max_line", 1)):
        text = settings.get(key, "0" if key == "largest_source" else "64")
        if not text.isdecimal() or len(text) > 18 or int(text) < least:
            raise InvalidInput("TASK-006", f"{key} must be a number of at least {least}, not {text!a}")
    if settings.get("ast", "statements") not in ("statements", "full"):
        raise InvalidInput("TASK-006", f"ast must be statements or full, not {settings['ast']!a}")


def _check(settings: dict[str, str]) -> None:
    _check_numbers(settings)
    choosing.resolve(settings)


_LARGEST: Final = {"largest_source": "16777216"}
_READING: Final = {**_LARGEST, choosing.SETTING: choosing.AUTO}

PARSE: Final = Task(
    "parse",
    "1",
    (),
    {"ast": "statements", "chunk_threshold": "16777216", **_READING},
    each=parse_file,
    check=_check,
)
ANALYZE: Final = Task("analyze", "1", ("parse",), _READING, each=analyze_file, check=_check)
SYMBOLS: Final = Task("symbols", "1", ("parse",), _READING, each=find_symbols, check=_check)
LINT: Final = Task(
    "lint", "1", ("parse",), {"max_line": "120", **_LARGEST}, each=lint_file, check=_check_numbers
)

BUILT_IN: Final[dict[str, Task]] = {task.name: task for task in (PARSE, ANALYZE, SYMBOLS, LINT, ruffing.RUFF)}
