"""Functions defined inside the one that calls them: what an answer borrows from the corpus, it brings along.

So an answer stays one function, which can be run, promoted, offered as a seed and invalidated by itself, whatever
becomes of the corpus entry it borrowed from.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Sequence

import msgspec

from aurora.synthesis.modules import FunctionNode, split_functions
from aurora.synthesis.problem import Found, Learned, Outcome


def self_contained(outcome: Outcome, learned: Learned) -> Outcome:
    """The outcome, in which each program holds the definitions of the taught functions that it calls."""

    def whole(found: Found) -> Found:
        needed = [
            m.source for m in learned.macros if m.source and m.key in found.used and m.name in found.calls
        ]
        return msgspec.structs.replace(found, source=nested(found.source, needed)) if needed else found

    return msgspec.structs.replace(
        outcome,
        found=whole(outcome.found) if outcome.found else None,
        best=whole(outcome.best) if outcome.best else None,
        alternatives=tuple(map(whole, outcome.alternatives)),
    )


def nested(source: str, definitions: Sequence[str]) -> str:
    """The last function of ``source`` with the functions of ``definitions`` inside it, their imports beside its own.

    Each definition is a self-contained source. A function that two of them bring is defined once.
    """
    tree = ast.parse(source)
    function = next(node for node in reversed(tree.body) if isinstance(node, FunctionNode))
    lines = source.splitlines()
    documented = ast.get_docstring(function) is not None
    first = function.body[1] if documented and len(function.body) > 1 else function.body[0]
    at = first.lineno - 1
    blocks: dict[str, None] = {}
    imports: dict[str, None] = {}
    for definition in definitions:
        for node in ast.parse(definition).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                imports[ast.unparse(node)] = None
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                blocks[ast.unparse(node)] = None
        blocks.update(dict.fromkeys(split_functions(definition).values()))
    inner = "\n\n".join(textwrap.indent(block, "    ") for block in blocks).splitlines()
    gap = [""] if documented else []
    body = "\n".join([*lines[:at], *gap, *inner, "", *lines[at:]])
    own = {ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)}
    fresh = [line for line in imports if line not in own]
    head = "\n".join(fresh) + ("\n" if own else "\n\n\n") if fresh else ""
    return head + body + ("\n" if source.endswith("\n") else "")
