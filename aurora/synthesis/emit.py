"""From an expression to a function as a person would write it: hints, docstring, ``if`` statements, PEP 8."""

from __future__ import annotations

import ast
import re
import textwrap

from aurora.synthesis.problem import Problem
from aurora.synthesis.simplify import simplified

WIDTH = 88
"""Docstring lines are wrapped here."""

_INLINE = 60
"""A conditional expression up to this length stays an expression, if it has two answers only."""


def function_source(problem: Problem, program: str) -> str:
    """The source of the function whose body is ``program``: an expression, or statements that return."""
    head = f"def {problem.function}({_parameters(problem)}) -> {problem.returns}:\n    pass\n"
    module = ast.parse(head)
    function = module.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.body = [*_docstring(problem.prose), *_body(ast.parse(program).body)]
    return _imports(program) + ast.unparse(ast.fix_missing_locations(module)) + "\n"


def renamed_source(problem: Problem, snippet: str) -> str:
    """Corpus code under the name that this problem gives it."""
    module = ast.parse(snippet)
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    if not functions:
        return snippet
    old = functions[-1].name
    return ast.unparse(_Rename(old, problem.function).visit(module)) + "\n"


def called(problem: Problem, source: str) -> tuple[str, ...]:
    """The library functions that ``source`` calls, in the library's order."""
    names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    return tuple(entry.name for entry in problem.library if entry.name in names)


class _Rename(ast.NodeTransformer):
    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self._new if node.name == self._old else node.name
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._new if node.id == self._old else node.id
        return node


def _parameters(problem: Problem) -> str:
    return ", ".join(f"{name}: {kind}" for name, kind in problem.parameters)


def _docstring(prose: str) -> list[ast.stmt]:
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", prose.strip()) if part.strip()]
    if not paragraphs:
        return []
    first, *rest = paragraphs
    sentence, _, more = re.sub(r"(?<=[.!?])\s+(?=[A-Z])", "\0", first, count=1).partition("\0")
    blocks = [sentence, *([more] if more else []), *rest]
    lines = "\n\n".join(textwrap.fill(block, WIDTH - 4) for block in blocks)
    text = lines if "\n" not in lines else textwrap.indent(lines, "    ").strip() + "\n    "
    return [ast.Expr(ast.Constant(text))]


_MODULES = {
    "math": "import math",
    "re": "import re",
    "Counter": "from collections import Counter",
    "accumulate": "from itertools import accumulate",
    "groupby": "from itertools import groupby",
}


def _imports(program: str) -> str:
    names = {node.id for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Name)}
    lines = [line for name, line in _MODULES.items() if name in names]
    return "".join(f"{line}\n" for line in lines) + ("\n" if lines else "")


def _body(statements: list[ast.stmt]) -> list[ast.stmt]:
    """The statements with their expressions simplified; a final expression is what is returned."""
    made: list[ast.stmt] = []
    for statement in statements:
        match statement:
            case ast.Expr(value=value) | ast.Return(value=ast.expr() as value):
                made += _statements(simplified(value))
            case ast.If(test=test, body=inner, orelse=other):
                made.append(ast.If(simplified(test), _body(inner), _body(other)))
            case _:
                made.append(statement)
    return made


def _statements(expression: ast.expr) -> list[ast.stmt]:
    """``return``, or a chain of ``if ...: return ...`` for a conditional that does not fit a short line."""
    if not isinstance(expression, ast.IfExp):
        return [ast.Return(expression)]
    short = not isinstance(expression.orelse, ast.IfExp) and not isinstance(expression.body, ast.IfExp)
    if short and len(ast.unparse(expression)) <= _INLINE:
        return [ast.Return(expression)]
    return [ast.If(expression.test, _statements(expression.body), []), *_statements(expression.orelse)]
