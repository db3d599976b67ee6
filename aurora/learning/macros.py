"""Macros and sketches from what was learned: what a corpus function or an abstraction is to a search.

A function whose body is one short expression that names each parameter once is written out where it is used; any
other one is called. Both are made of plain Python that changes nothing but its own variables.

A macro's price, in half steps: ``FRESH`` before it proved of use, a half step less once its bias is above
``PROVEN``, a half step more once it is below minus that; never below the price of an everyday operator.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from aurora.learning.library import Abstraction, size
from aurora.synthesis.modules import calls_of, split_functions
from aurora.synthesis.problem import Macro, Sketch

FRESH: Final = 4
CHEAPEST: Final = 2
DEAREST: Final = 6
PROVEN: Final = 0.15
MOST_PARAMETERS: Final = 4
WRITTEN_OUT: Final = 9
"""An expression of more nodes is better called than written out again."""

_CHANGING: Final = frozenset({
    "append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "add", "discard", "update",
    "setdefault", "popitem",
})  # fmt: skip
"""Methods that change what they are called on."""

_LASTING: Final = (ast.Global, ast.Nonlocal, ast.ClassDef, ast.Yield, ast.YieldFrom, ast.Await)


def price(bias: float = 0.0) -> int:
    """What a macro of such a bias costs: from ``CHEAPEST`` to ``DEAREST`` half steps, ``FRESH`` at a bias of 0."""
    steps = 0 if abs(bias) < PROVEN else 1 if abs(bias) < 2 * PROVEN else 2
    return max(CHEAPEST, min(DEAREST, FRESH - steps if bias > 0 else FRESH + steps))


def macro_of_function(
    corpus_id: str, name: str, parameters: tuple[str, ...], returns: str, snippet: str, cost: int
) -> Macro | None:
    """The corpus function ``name`` as an operator; ``parameters`` are types, ``snippet`` is self-contained source.

    None where it cannot be one: no parameters or more than four, code that does not parse or has no such function,
    calls of what the snippet does not define, or a parameter that it changes.
    """
    try:
        tree = ast.parse(snippet)
    except SyntaxError:
        return None
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    function = next((node for node in functions if node.name == name), None)
    if function is None or not 0 < len(parameters) <= MOST_PARAMETERS:
        return None
    names = _parameters(function)
    if names is None or len(names) != len(parameters) or any(map(_changes, functions)) or _unknown(snippet):
        return None
    text = _expression(function, names) if len(functions) == 1 else ""
    key = f"corpus/{corpus_id}"
    if text:
        return Macro(key, parameters, returns, text, "", "", cost)
    return Macro(key, parameters, returns, "", name, snippet, cost)


def macro_of_abstraction(abstraction: Abstraction, cost: int) -> Macro:
    """An abstraction as an operator that is written out."""
    key = f"abstraction/{abstraction.id}"
    return Macro(key, abstraction.parameters, abstraction.returns, abstraction.text, "", "", cost)


def sketch_of(corpus_id: str, parameters: tuple[str, ...], returns: str, snippet: str) -> Sketch:
    """A corpus function as a starting point of small edits; ``parameters`` are types."""
    return Sketch(corpus_id, parameters, returns, snippet)


def _parameters(function: ast.FunctionDef) -> list[str] | None:
    """The names of plain parameters; None where there are others, or decorators."""
    a = function.args
    if a.posonlyargs or a.kwonlyargs or a.vararg or a.kwarg or a.defaults or function.decorator_list:
        return None
    return [each.arg for each in a.args]


def _unknown(snippet: str) -> bool:
    """Whether a function of the snippet uses a name that the snippet does not have."""
    own = split_functions(snippet)
    tree = ast.parse(snippet)
    given = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)
             for alias in node.names}  # fmt: skip
    given |= {node.id for statement in tree.body if isinstance(statement, ast.Assign | ast.AnnAssign)
              for node in ast.walk(statement) if isinstance(node, ast.Name)}  # fmt: skip
    return any(set(calls_of(text)) - own.keys() - given for text in own.values())


def _changes(function: ast.FunctionDef) -> bool:
    """Whether a function may change a parameter, or a variable that outlives it."""
    names = {each.arg for each in function.args.args if each.annotation is None or _mutable(each.annotation)}
    return any(_roots(node) & names or isinstance(node, _LASTING) for node in ast.walk(function))


def _mutable(annotation: ast.expr) -> bool:
    return any(head in ast.unparse(annotation) for head in ("list", "dict", "set"))


def _roots(node: ast.AST) -> set[str]:
    """The names whose values a node changes."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=attribute)) if attribute in _CHANGING:
            return set(_root(value))
        case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
            return set(_root(value))
        case ast.AugAssign(target=ast.Name(id=name)):
            return {name}
    return set()


def _root(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id


def _expression(function: ast.FunctionDef, names: list[str]) -> str:
    """The body over ``p0``, ``p1``, … if it is one short expression that names each parameter once, else nothing."""
    body = function.body
    if len(body) > 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    match body:
        case [ast.Return(value=ast.expr() as value)] if size(value) <= WRITTEN_OUT:
            nodes = [node for node in ast.walk(value) if isinstance(node, ast.Name)]
            counts = [sum(node.id == name for node in nodes) for name in names]
            bound = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
            if set(counts) == {1} and not bound & set(names) and function.name not in {n.id for n in nodes}:
                places = {name: f"p{place}" for place, name in enumerate(names)}
                if not {node.id for node in nodes} & set(places.values()) - places.keys():
                    for node in nodes:
                        node.id = places.get(node.id, node.id)
                    return ast.unparse(value)
    return ""
