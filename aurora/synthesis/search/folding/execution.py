"""Terms as Python functions on cells, compiled in batches: for bodies that run many times with varying values.

Variables are renamed to ``v0``, ``v1``, ...: a parameter may be named like a helper of the evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aurora.synthesis.cells import Cell
from aurora.synthesis.operators.guards import ENVIRONMENT
from aurora.synthesis.search.terms import Leaf, Term

COMPILATION = 8
"""Evaluations that take as long as compiling one term."""

Function = Callable[..., Any]

_EMPTY = {"[]": "()", "{}": "Mapping()", "set()": "frozenset()"}


def functions(
    terms: Sequence[Term], variables: Sequence[Leaf], library: Mapping[str, Callable[..., Cell]]
) -> list[Function]:
    """Each term as a function of ``variables``."""
    names = {leaf.text: f"v{place}" for place, leaf in enumerate(variables)}
    head = f"lambda {', '.join(names.values())}: "
    source = f"[{', '.join(head + _source(term, names) for term in terms)}]"
    made: list[Function] = eval(source, {**ENVIRONMENT, **library})
    return made


def _source(term: Term, names: Mapping[str, str]) -> str:
    if isinstance(term, Leaf):
        if term.variable:
            return names[term.text]
        return f"({_EMPTY.get(term.text, term.text)})"
    arguments = [_source(argument, names) for argument in term.arguments]
    if term.op.library:
        return f"{term.op.library}({', '.join(arguments)})"
    return f"({term.op.run.format(*arguments)})"
