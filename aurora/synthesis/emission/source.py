"""The source of a found function: imports, signature, docstring, body; and corpus code under another name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

from aurora.synthesis.emission.docstring import docstring
from aurora.synthesis.emission.layout import WIDTH, statements
from aurora.synthesis.emission.shapes import Put, name, names_in
from aurora.synthesis.emission.statements import written
from aurora.synthesis.problem import Problem

_MODULES: Final = ("itertools", "math", "re", "statistics")
_NAMES: Final = {
    "Counter": "collections",
    "accumulate": "itertools",
    "groupby": "itertools",
    "pairwise": "itertools",
}
"""What programs may name besides builtins, and the modules that have it."""


def function_source(problem: Problem, program: str) -> str:
    """The source of the function whose body is ``program``: an expression, or statements that return."""
    return _source(problem, written(problem, program))


def plain_source(problem: Problem, program: str) -> str:
    """The same without any rule of style: the program as the search has it."""
    body = ast.parse(program).body
    match body:
        case [ast.Expr(value=value)]:
            return _source(problem, [ast.Return(value)])
    return _source(problem, body)


def _source(problem: Problem, body: list[ast.stmt]) -> str:
    used = {name for statement in body for name in names_in(statement)} - {
        name for name, _ in problem.parameters
    }
    head = [*_signature(problem), *docstring(problem.prose)]
    return "\n".join([*_imports(used), *head, *statements(body, 4)]) + "\n"


def renamed_source(problem: Problem, snippet: str) -> str:
    """Corpus code under the name that this problem gives it, otherwise as it stands, comments and all."""
    functions = [node for node in ast.parse(snippet).body if isinstance(node, ast.FunctionDef)]
    if not functions or functions[-1].name == problem.function:
        return snippet
    old = functions[-1].name
    lines = snippet.encode("utf-8", "surrogatepass").split(b"\n")
    for line, column in sorted(_mentions(ast.parse(snippet), old), reverse=True):
        before, after = lines[line][:column], lines[line][column:]
        if not after.startswith(old.encode()):  # inside an f-string, where Python before 3.12 is vague
            return _rewritten(snippet, old, problem.function)
        lines[line] = before + problem.function.encode() + after.removeprefix(old.encode())
    return b"\n".join(lines).decode("utf-8", "surrogatepass").rstrip("\n") + "\n"


def called(problem: Problem, source: str) -> tuple[str, ...]:
    """The library functions that ``source`` calls, in the library's order."""
    names = names_in(ast.parse(source))
    return tuple(entry.name for entry in problem.library if entry.name in names)


def _rewritten(snippet: str, old: str, new: str) -> str:
    module = Put({old: name(new)}).visit(ast.parse(snippet))
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name == old:
            node.name = new
    return ast.unparse(module) + "\n"


def _mentions(module: ast.Module, function: str) -> Iterator[tuple[int, int]]:
    """The lines and columns, in bytes, where a function's name stands."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            yield node.lineno - 1, node.col_offset + len("def ")
        elif isinstance(node, ast.Name) and node.id == function:
            yield node.lineno - 1, node.col_offset


def _signature(problem: Problem) -> Sequence[str]:
    """``def``, on one line or with a line for each parameter."""
    parameters = [f"{name}: {kind}" for name, kind in problem.parameters]
    line = f"def {problem.function}({', '.join(parameters)}) -> {problem.returns}:"
    if len(line) <= WIDTH or not parameters:
        return [line]
    listed = [f"    {parameter}," for parameter in parameters]
    return [f"def {problem.function}(", *listed, f") -> {problem.returns}:"]


def _imports(used: set[str]) -> list[str]:
    """The import lines, as isort and ruff order them, and the space after them."""
    lines = [f"import {module}" for module in _MODULES if module in used]
    for module in sorted(set(_NAMES.values())):
        names = [name for name, home in sorted(_NAMES.items()) if home == module and name in used]
        lines += [f"from {module} import {', '.join(names)}"] if names else []
    return [*lines, "", ""] if lines else []
