"""How an operator's text takes the texts of its arguments, with parentheses only where Python needs them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from string import Formatter, ascii_lowercase

Text = tuple[str, str]
"""An expression's text: as it is, and in parentheses where it needs them as an operand."""

_LETTERS = ascii_lowercase

_ATOMS = (
    ast.Call, ast.Subscript, ast.List, ast.Tuple, ast.Name, ast.ListComp, ast.SetComp, ast.DictComp,
)  # fmt: skip


@cache
def renderer(text: str, arity: int) -> Callable[..., Text]:
    """The function from the arguments' texts to the operator's text."""
    names = [f"_{letter}" for letter in _LETTERS[:arity]]
    tree = ast.parse(text.format(*names), mode="eval").body
    bare = set(_bare_names(tree))
    owners = set(_owning_names(tree))
    holes = [
        f"{{owner({name}[1])}}" if name in owners else f"{{{name}[{0 if name in bare else 1}]}}"
        for name in names
    ]
    pattern = "".join(
        literal.replace("{", "{{").replace("}", "}}") + (holes[int(field)] if field else "")
        for literal, field, _, _ in Formatter().parse(text)
    )
    atom = isinstance(tree, _ATOMS)
    second = "t" if atom else "f'({t})'"
    source = f"lambda {', '.join(names)}: (lambda t: (t, {second}))(f{pattern!r})"
    made: Callable[..., Text] = eval(
        source, {"__builtins__": {}, "owner": _owner}
    )  # made from the operator table only
    return made


def _owner(text: str) -> str:
    """A text before a dot: Python would read that of ``1.bit_count()`` as a decimal point."""
    return f"({text})" if text.isdigit() else text


def _owning_names(tree: ast.expr) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name)):
                yield name


def _bare_names(tree: ast.expr) -> Iterator[str]:
    for node in ast.walk(tree):
        places: list[ast.expr] = []
        match node:
            case ast.Call(args=args):
                places = list(args)
            case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
                places = [element]
            case ast.DictComp(key=key, value=value):
                places = [key, value]
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                places = list(elements)
            case ast.ListComp(elt=element) | ast.SetComp(elt=element) | ast.GeneratorExp(elt=element):
                places = [element]
            case ast.DictComp(key=key, value=value):
                places = [key, value]
            case ast.Subscript(slice=ast.Slice(lower=lower, upper=upper, step=step)):
                places = [part for part in (lower, upper, step) if part is not None]
            case ast.Subscript(slice=index):
                places = [index]
        yield from (place.id for place in places if isinstance(place, ast.Name))
    if isinstance(tree, ast.Name):
        yield tree.id
