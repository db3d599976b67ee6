"""Corpus code as an answer for parameters in another order: its own parameters, put into the order that is wanted.

Parameters of the same name and type go together; what is left goes together by type, in order. Everything else of
the code stays as it is written.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

import msgspec

from aurora.learning.choosing import Candidate

Parameters = Sequence[tuple[str, str]]
"""Names with their types as text."""


def ordered(candidate: Candidate, wanted: Parameters) -> Candidate | None:
    """The candidate with its parameters in the order of ``wanted``; None where the types are not the same ones.

    None as well for code that calls itself, or has parameters of other kinds: there the order matters elsewhere.
    """
    function = _function(candidate)
    if function is None:
        return None
    args = [*function.args.posonlyargs, *function.args.args]
    if len(args) != len(candidate.parameters):
        return None
    own = [(arg.arg, kind) for arg, kind in zip(args, candidate.parameters, strict=True)]
    order = _order(own, wanted)
    if order is None:
        return None
    if order == list(range(len(own))):
        return candidate
    if not _plain(function, candidate):
        return None
    return msgspec.structs.replace(
        candidate,
        parameters=tuple(candidate.parameters[place] for place in order),
        snippet=_rewritten(candidate.snippet, args, order),
    )


def _function(candidate: Candidate) -> ast.FunctionDef | None:
    try:
        tree = ast.parse(candidate.snippet)
    except SyntaxError:
        return None
    named = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return next((node for node in named if node.name == candidate.func_name), None)


def _order(own: Parameters, wanted: Parameters) -> list[int] | None:
    """For each wanted parameter the place of its own one, if all find one and none is left."""
    if sorted(kind for _, kind in own) != sorted(kind for _, kind in wanted):
        return None
    found = [own.index(each) if each in own else -1 for each in wanted]
    left = [place for place in range(len(own)) if place not in found]
    for number, (_, kind) in enumerate(wanted):
        if found[number] < 0:
            found[number] = next(place for place in left if own[place][1] == kind)
            left.remove(found[number])
    return found


def _plain(function: ast.FunctionDef, candidate: Candidate) -> bool:
    """Whether nothing but the head says in which order the parameters are."""
    a = function.args
    if a.posonlyargs or a.kwonlyargs or a.vararg or a.kwarg or a.defaults or function.decorator_list:
        return False
    tree = ast.parse(candidate.snippet)
    return not any(isinstance(node, ast.Name) and node.id == candidate.func_name for node in ast.walk(tree))


def _rewritten(snippet: str, args: Sequence[ast.arg], order: Sequence[int]) -> str:
    """The snippet with its parameters in this order; columns of ``ast`` count bytes."""
    lines = snippet.encode("utf-8", "surrogatepass").splitlines(keepends=True)
    starts = [sum(map(len, lines[:line])) for line in range(len(lines))]
    source = b"".join(lines)
    spans = [
        (
            starts[arg.lineno - 1] + arg.col_offset,
            starts[(arg.end_lineno or arg.lineno) - 1] + (arg.end_col_offset or 0),
        )
        for arg in args
    ]
    made = source
    for place in reversed(range(len(args))):
        (start, stop), (low, high) = spans[place], spans[order[place]]
        made = made[:start] + source[low:high] + made[stop:]
    return made.decode("utf-8", "surrogatepass")
