"""What ``parse`` tells of a tree: statements or all nodes as rows of an outline, and where the text does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from aurora.batch.records import Diagnostic
from aurora.batch.trees.language import Language, Node
from aurora.grammars.reading import Tree

MOST: Final = 20
"""Errors that are told of one file; after these, tools and people look at the file."""

_SHOWN: Final = 30
_NAME: Final = ("name", "declarator", "declaration", "definition")
"""Fields that lead from a statement to the name that it gives, in the order in which they are tried."""

_DEEP: Final = 8

_NO_STATEMENT: Final = ("value", "condition", "pattern")
"""Fields of a case, or of a shell's ``if``, beside its statements."""

StatementRow = tuple[int, str, int, int, int, str]
NodeRow = tuple[int, str, str, int, int, int, int, dict[str, str]]


def _nodes(tree: Tree) -> Iterator[tuple[int, Any, Any]]:
    """Every node with its depth and a cursor on it, in the order of the text."""
    cursor, depth = tree.walk(), 0
    while True:
        yield depth, cursor.node, cursor
        if cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
            depth -= 1


def statements(tree: Tree, language: Language) -> list[StatementRow]:
    """What stands in a block, or in place of one: depth among statements, type, place, the name that it gives."""
    blocks, branches = language.blocks, language.branches
    rows: list[StatementRow] = []
    above: list[int] = []  # how deep in the tree the statements around are
    around: list[str] = []
    for depth, node, cursor in _nodes(tree):
        kind = node.type
        del around[depth:]
        while above and above[-1] >= depth:
            above.pop()
        parent = around[-1] if around else ""
        around.append(kind)
        if not node.is_named or node.is_extra or kind in blocks or node.is_error:
            continue
        if cursor.field_name in _NO_STATEMENT:
            continue
        if parent in blocks or (parent in branches and kind.endswith("_statement")):
            (row, column), (end, _) = node.start_point, node.end_point
            rows.append((len(above), kind, row + 1, column, end + 1, _name(tree, node)))
            above.append(depth)
    return rows


def nodes(tree: Tree) -> list[NodeRow]:
    """Every named node with the field that it is in; ``values`` holds the text of those with none below."""
    rows: list[NodeRow] = []
    for depth, node, cursor in _nodes(tree):
        if node.is_named:
            (row, column), (end_row, end_column) = node.start_point, node.end_point
            values = {} if node.child_count else {"text": _text(tree, node)}
            field = cursor.field_name or ""
            rows.append((depth, field, node.type, row + 1, column, end_row + 1, end_column, values))
    return rows


def errors(tree: Tree, language: Language, path: str) -> Iterator[Diagnostic]:
    """Where a text is not as the grammar has it: the outermost places, the first of them one by one."""
    if tree.fits:
        return
    count, within = 0, -1
    for depth, node, _ in _nodes(tree):
        if within >= 0 and depth > within:
            continue
        within = -1
        if node.is_error:
            message = f"invalid syntax: {_shown(_text(tree, node))}"
            within = depth
        elif node.is_missing:
            message = f"invalid syntax: {node.type} is missing"
        else:
            continue
        count += 1
        row, column = node.start_point
        if count <= MOST:
            yield Diagnostic(path, language.severity, "E0001", message, row + 1, column + 1)
    if count > MOST:
        yield Diagnostic(
            path, language.severity, "E0001", f"invalid syntax: {count - MOST} places more", 0, 0
        )


def _name(tree: Tree, node: Node) -> str:
    for _ in range(_DEEP):
        inner = next((found for field in _NAME if (found := node.child_by_field_name(field))), None)
        if inner is None:
            return ""
        node = inner
        if not node.named_child_count:
            return _text(tree, node)
    return ""


def _text(tree: Tree, node: Node) -> str:
    return tree.content[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _shown(text: str) -> str:
    """The beginning of a text as one line that can be printed."""
    line = " ".join(text[: 4 * _SHOWN].split())
    line = line if line.isprintable() else ascii(line)[1:-1]
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
