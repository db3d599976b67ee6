"""Tables of examples: a column for each parameter, by name, and one for the result."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Final

from aurora.specs.document import Line
from aurora.specs.draft import Draft, DraftExample, Problems, Row, Table
from aurora.specs.examples import ExampleError, raised_name
from aurora.specs.model import Signature
from aurora.specs.syntax import NotPython, excerpt, expression
from aurora.specs.types import Type

RESULT_HEADERS: Final = ("out", "output", "result", "expected", "returns", "return", "ret", "->")
INPUT_HEADERS: Final = ("input", "inputs", "call", "example", "args", "arguments")

_DELIMITER: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*")
_BAR: Final = re.compile(r"(?<!\\)\|")
_STR: Final = Type("str")


def starts_table(lines: Sequence[Line], index: int) -> bool:
    """Whether a table's header stands at ``index``: bars here, dashes in the next line."""
    if "|" not in lines[index].text or index + 1 >= len(lines):
        return False
    below = lines[index + 1].text
    return "|" in below and is_delimiter(below)


def is_delimiter(text: str) -> bool:
    """Whether ``text`` is the ``|---|---|`` line of a table."""
    return "-" in text and _DELIMITER.fullmatch(text) is not None


def take_table(lines: Sequence[Line], index: int, scope: str, draft: Draft) -> int:
    """Read the table that starts at ``index`` into ``draft``; the index after it."""
    rows: list[Row] = []
    while index < len(lines) and lines[index].kind in ("text", "code") and "|" in lines[index].text:
        if not is_delimiter(lines[index].text):
            rows.append(Row(lines[index].number, split_cells(lines[index].text)))
        index += 1
    if rows:
        draft.tables.append(Table(scope, rows[0], tuple(rows[1:])))
    return index


def split_cells(text: str) -> tuple[str, ...]:
    """The cells of a row; ``\\|`` is a bar inside a cell."""
    inner = text.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(inner))


def read_table(
    table: Table, functions: Mapping[str, Signature], problems: Problems, draft: Draft
) -> list[DraftExample]:
    """The examples of a table, in the types of the function that it is about."""
    signature = _signature(table, functions)
    if signature is None:
        hint = (
            "put the table under a heading with the function's name, and name the columns as its parameters"
        )
        problems.add(
            "SPEC-016", table.header.line, "it is not clear which function this table is about", hint=hint
        )
        return []
    try:
        columns = _columns(table.header, signature)
    except ExampleError as error:
        draft.unreadable.add(signature.name)
        problems.add(error.code, table.header.line, str(error), hint=error.hint, owner=signature.name)
        return []
    examples: list[DraftExample] = []
    for row in table.rows:
        try:
            examples.append(_example(row, columns, len(table.header.cells), signature))
        except ExampleError as error:
            draft.unreadable.add(signature.name)
            problems.add(error.code, row.line, str(error), hint=error.hint, owner=signature.name)
    return examples


def _signature(table: Table, functions: Mapping[str, Signature]) -> Signature | None:
    if table.scope in functions:
        return functions[table.scope]
    if len(functions) == 1:
        return next(iter(functions.values()))
    headers = {_bare(cell) for cell in table.header.cells}
    fitting = [s for s in functions.values() if s.parameters and {p.name for p in s.parameters} <= headers]
    return fitting[0] if len(fitting) == 1 else None


Columns = tuple[tuple[int, ...], int]
"""The column of each parameter, and the result's. A single ``-1``: the first column holds a whole call."""


def _columns(header: Row, signature: Signature) -> Columns:
    cells = [_bare(cell) for cell in header.cells]
    names = [parameter.name for parameter in signature.parameters]
    for index, cell in enumerate(cells):
        if cell in cells[:index]:
            raise ExampleError("SPEC-016", f"two columns are called '{excerpt(cell)}'")
    results = [i for i, cell in enumerate(cells) if cell not in names and cell.lower() in RESULT_HEADERS]
    missing = [name for name in names if name not in cells]
    if not missing:
        others = [i for i, cell in enumerate(cells) if cell not in names]
        if len(results) == 1 or len(others) == 1:
            return tuple(cells.index(name) for name in names), (results or others)[0]
        raise ExampleError("SPEC-016", f"the table has no column for the result of '{signature.name}'")
    if len(cells) == 2 and cells[0].lower() in INPUT_HEADERS and results == [1]:
        return (-1,), 1
    raise ExampleError(
        "SPEC-016", f"the table has no column for parameter '{missing[0]}' of '{signature.name}'"
    )


def _example(row: Row, columns: Columns, width: int, signature: Signature) -> DraftExample:
    if len(row.cells) != width:
        raise ExampleError("SPEC-016", f"this row has {len(row.cells)} cells, the header has {width}")
    inputs, output = columns
    if inputs == (-1,):
        call = _whole(row.cells[0], signature)
    else:
        pairs = zip(inputs, signature.parameters, strict=True)
        call = _call(signature, [_cell(row.cells[i], p.type, f"parameter '{p.name}'") for i, p in pairs])
    raised = (
        raised_name(row.cells[output].strip("`")) if signature.returns != _STR else _said(row.cells[output])
    )
    if raised:
        return DraftExample(row.line, call, None, raised)
    return DraftExample(row.line, call, _cell(row.cells[output], signature.returns, "the result"), None)


def _said(cell: str) -> str | None:
    """An exception that is said outright: a text result may well be ``KeyError: x``."""
    return raised_name(cell.strip("`")) if cell.strip("`").lower().startswith("raises ") else None


def _call(signature: Signature, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(ast.Name(signature.name, ast.Load()), arguments, [])


def _whole(cell: str, signature: Signature) -> ast.Call:
    """The call in a cell that holds it, or all its arguments."""
    if len(signature.parameters) == 1 and not cell.strip("`").startswith(f"{signature.name}("):
        return _call(signature, [_cell(cell, signature.parameters[0].type, "the input")])
    text = cell.strip("`").strip()
    node = _literal(text if text.startswith(f"{signature.name}(") else f"{signature.name}({text})")
    if not isinstance(node, ast.Call):
        raise ExampleError("SPEC-016", f"'{excerpt(cell)}' is not a call of '{signature.name}'")
    return node


def _cell(cell: str, type_: Type, what: str) -> ast.expr:
    """The literal in a cell. Where text is expected, it needs no quotes, and an empty cell is empty text."""
    text = cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "`" else cell
    members = type_.args if type_.head == "|" else (type_,)
    if _STR in members:
        node = _quoted(text, optional=Type("None") in members)
        return node if node is not None else ast.Constant(text)
    if not text:
        if Type("None") in members:
            return ast.Constant(None)
        raise ExampleError("SPEC-016", f"the cell for {what} is empty", f"write a value of type {type_}")
    node = _literal(text)
    if node is None:
        raise ExampleError(
            "SPEC-016", f"'{excerpt(text)}' is not a value for {what}", f"write a value of type {type_}"
        )
    return node


def _quoted(text: str, *, optional: bool) -> ast.expr | None:
    node = _literal(text)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    is_none = optional and text in ("None", "null")
    return node if is_text or is_none else None


def _literal(text: str) -> ast.expr | None:
    try:
        return expression(text)
    except NotPython:
        return None


def _bare(cell: str) -> str:
    """A header without emphasis and without a type: ``**a**`` and ``a: int`` are ``a``."""
    return cell.strip("`*_ ").split(":")[0].strip() or cell
