"""How long a program is once it is written out: what decides between programs of equal cost.

A search's cost says how likely a person is to mean a program; this says how it reads. Of two programs that cost the
same, the one with the smaller body is what a reader would rather have.
"""

from __future__ import annotations

import ast

from aurora.synthesis.emission.shapes import size
from aurora.synthesis.emission.statements import written
from aurora.synthesis.problem import Problem


def written_size(problem: Problem, program: str) -> int:
    """The nodes in the body of the function that ``program`` becomes, docstring aside."""
    return sum(map(size, written(problem, program)))


def reference_size(source: str) -> int:
    """The same measure of the last function in ``source``, as a person wrote it."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    body = functions[-1].body
    if ast.get_docstring(functions[-1]) is not None:
        body = body[1:]
    return sum(map(size, body))
