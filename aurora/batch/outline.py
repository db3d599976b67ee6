"""The outline of a file: its statements in order, as compact JSON; every node of a Python file when asked."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

import msgspec

from aurora.batch.trees import outlining

if TYPE_CHECKING:
    from aurora.batch.trees.reading import Reading

SCHEMA_NAME: Final = "aurora.batch.ast"
SCHEMA_VERSION: Final = 1

COLUMNS: Final = ("depth", "type", "line", "column", "end_line", "name")
NODE_COLUMNS: Final = ("depth", "field", "type", "line", "column", "end_line", "end_column", "values")

_COMPOUND: Final[dict[type, tuple[str, ...]]] = {
    ast.FunctionDef: ("body",),
    ast.AsyncFunctionDef: ("body",),
    ast.ClassDef: ("body",),
    ast.If: ("body", "orelse"),
    ast.For: ("body", "orelse"),
    ast.AsyncFor: ("body", "orelse"),
    ast.While: ("body", "orelse"),
    ast.With: ("body",),
    ast.AsyncWith: ("body",),
    ast.Try: ("body", "handlers", "orelse", "finalbody"),
    **({ast.TryStar: ("body", "handlers", "orelse", "finalbody")} if hasattr(ast, "TryStar") else {}),
    ast.ExceptHandler: ("body",),
    ast.Match: ("cases",),
    ast.match_case: ("body",),
}
"""Where the statements within a statement are, in the order of the text."""

_NAMES: Final = {kind: kind.__name__ for kind in (*ast.stmt.__subclasses__(), *_COMPOUND)}

_Row = tuple[int, str, int, int, int, str]


def python_outline(tree: ast.Module) -> tuple[bytes, int]:
    """Every statement of a module, outermost first in the order of the text; and how many there are."""
    rows: list[_Row] = []
    try:
        _outline(tree.body, 0, rows)
    except RecursionError:  # thousands of elifs: slower, but as deep as it takes
        rows = _deep_outline(tree.body)
    return _encoded("python", "statements", COLUMNS, rows), len(rows)


def _outline(nodes: list[Any], depth: int, rows: list[_Row]) -> None:
    """Called for each statement that holds others only, for this is where the time of a parse goes."""
    compound, names, add = _COMPOUND, _NAMES, rows.append
    for node in nodes:
        kind = node.__class__
        parts = compound.get(kind)
        fields = node.__dict__
        if parts is None:
            add((depth, names[kind], fields["lineno"], fields["col_offset"], fields["end_lineno"], ""))
            continue
        add(_row(node, depth))
        for part in parts:
            below = fields[part]
            if below:
                _outline(below, depth + 1, rows)


def _deep_outline(body: list[Any]) -> list[_Row]:
    rows: list[_Row] = []
    stack: list[tuple[int, Any]] = [(0, node) for node in reversed(body)]
    while stack:
        depth, node = stack.pop()
        rows.append(_row(node, depth))
        for part in reversed(_COMPOUND.get(node.__class__, ())):
            stack += [(depth + 1, each) for each in reversed(getattr(node, part))]
    return rows


def _row(node: Any, depth: int) -> _Row:
    fields, type_ = node.__dict__, _NAMES[node.__class__]
    name = fields.get("name") or ""
    if node.__class__ is ast.match_case:  # it has no place of its own
        fields = node.pattern.__dict__
    return (depth, type_, fields["lineno"], fields["col_offset"], fields["end_lineno"], name)


def python_nodes(tree: ast.Module) -> tuple[bytes, int]:
    """Every node of a module, as ``ast`` has it: depth, field, type, place, and the plain values in it."""
    rows: list[tuple[int, str, str, int, int, int, int, dict[str, str]]] = []
    stack: list[tuple[int, str, Any]] = [(0, "", tree)]
    while stack:
        depth, field, node = stack.pop()
        values: dict[str, str] = {}
        below: list[tuple[int, str, Any]] = []
        for name, value in ast.iter_fields(node):
            if isinstance(value, ast.AST):
                if not isinstance(value, ast.expr_context):
                    below.append((depth + 1, name, value))
            elif isinstance(value, list) and any(isinstance(each, ast.AST) for each in value):
                below += [(depth + 1, name, each) for each in value if isinstance(each, ast.AST)]
            elif value is not None:
                values[name] = ascii(value)
        place = [getattr(node, each, 0) for each in ("lineno", "col_offset", "end_lineno", "end_col_offset")]
        rows.append((depth, field, node.__class__.__name__, place[0], place[1], place[2], place[3], values))
        stack += reversed(below)
    return _encoded("python", "nodes", NODE_COLUMNS, rows), len(rows)


def tree_outline(reading: Reading) -> tuple[bytes, int]:
    """Every statement of a file in another language, in the same columns as Python's."""
    rows = outlining.statements(reading.tree, reading.language)
    return _encoded(reading.language.name, "statements", COLUMNS, rows), len(rows)


def tree_nodes(reading: Reading) -> tuple[bytes, int]:
    """Every named node of a file in another language."""
    rows = outlining.nodes(reading.tree)
    return _encoded(reading.language.name, "nodes", NODE_COLUMNS, rows), len(rows)


def text_outline(language: str, content: bytes) -> tuple[bytes, int]:
    """What can be said of a text in any language: its lines, words and bytes."""
    lines = content.count(b"\n") + (not content.endswith(b"\n") and bool(content))
    row = (lines, len(content.split()), len(content))
    return _encoded(language, "text", ("lines", "words", "bytes"), [row]), 1


def _encoded(language: str, detail: str, columns: tuple[str, ...], rows: list[Any]) -> bytes:
    return msgspec.json.encode(
        {
            "schema_name": SCHEMA_NAME,
            "schema_version": SCHEMA_VERSION,
            "language": language,
            "detail": detail,
            "columns": columns,
            "rows": rows,
        }
    )
