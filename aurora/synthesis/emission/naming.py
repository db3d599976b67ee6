"""Names for what a function binds: by type and role, never one that is taken, a builtin or hard to tell from a digit.

A name that says something stays. One letter, or one with digits, is what a search writes: it gets a name from what
it goes through (``word`` in ``words``), from its role (``i`` in ``range``), or from its type.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Iterable, Iterator
from typing import Final

from aurora.synthesis.emission.shapes import called, integer, method_called, natural
from aurora.synthesis.emission.typing import STR, Scope, element_of, typed

_RESERVED: Final = frozenset({*dir(builtins), *keyword.kwlist, *keyword.softkwlist, "math", "re", "Counter",
                              "itertools", "accumulate", "groupby", "pairwise", "statistics", "l", "O",
                              "I"})  # fmt: skip

_EMPTY: Final = frozenset({"acc", "res", "tmp", "ret", "val", "out", "lst", "arr", "elem", "obj"})

_TOGETHER: Final = frozenset("abcxyzij")
"""Letters that say enough where they stand side by side."""

_BY_TYPE: Final = {
    "int": ("x", "n", "number"), "float": ("x", "value"), "str": ("word", "item"), "bool": ("flag",),
    "list": ("row", "items"), "tuple": ("pair", "entry"), "dict": ("entry", "table"), "set": ("group",),
}  # fmt: skip


def free(options: Iterable[str], taken: Iterable[str]) -> str:
    """The first of ``options`` that is free, else the last one with a number."""
    used = set(taken)
    last = "value"
    for last in options:
        if last == "_" or (last not in used and last not in _RESERVED):
            return last
    return next(f"{last}_{number}" for number in range(2, 1000) if f"{last}_{number}" not in used)


def says_nothing(name: str, *, alone: bool = True) -> bool:
    """Whether a name was made up by a search: numbered, an empty word, or one letter that stands ``alone``."""
    made_up = bool(re.search(r"\d|^_.|_$", name)) or name in _EMPTY or name in _RESERVED
    return made_up or (len(name) < 2 and (alone or name not in _TOGETHER))


def item_options(source: ast.expr, scope: Scope) -> Iterator[str]:
    """Names for one item of what a loop goes through, best first."""
    type_ = element_of(typed(source, scope))
    if called(source, "range") is not None:
        yield from ("i", "j", "k")
    split = method_called(source, "split")
    if split is not None:
        yield from ("part",) if split[1] else ("word",)
    if method_called(source, "splitlines") is not None:
        yield "line"
    if method_called(source, "values") is not None:
        yield "value"
    match source:
        case ast.Call(func=ast.Name(id="zip"), args=[ast.Starred()]):
            yield "column"
    if type_ == STR and _letters(source, scope):
        yield from ("c", "char")
    match source:
        case ast.Name(id=name):
            yield from _singular(name)
    kind = typed(source, scope)
    if kind is not None and kind.head == "dict":
        yield "key"
    if type_ is not None:
        yield from _BY_TYPE.get(type_.head, ())
    yield from ("item", "each", "value")


def pair_options(source: ast.expr, scope: Scope) -> list[list[str]]:
    """Names for the parts of what a loop goes through: one list for each part, as far as the source tells."""
    if method_called(source, "items") is not None:
        return [["key", "name"], ["value", "number"]]
    args = called(source, "enumerate")
    if args:
        return [["i", "j", "k"], list(item_options(args[0], scope))]
    match source:
        case ast.Call(func=ast.Name(id="zip"), args=args):
            return [_in_parallel(each, letter) for each, letter in zip(args, "abcdefgh", strict=False)]
    if called(source, "groupby") is not None:
        return [["key", "first"], ["group", "run"]]
    unordered = called(source, "sorted", "list", "reversed", "tuple")
    if unordered:
        return pair_options(unordered[0], scope)
    if called(source, "pairwise") is not None:
        return [["a", "before"], ["b", "after"]]
    element = element_of(typed(source, scope))
    if element is not None and len(element.args) == 2 and element.args[0] != element.args[1]:
        return [["key", "first"], ["value", "second"]]
    return [["first", "left"], ["second", "right"], ["third"]]


def gives_pairs(source: ast.expr) -> bool:
    """Whether a loop sees keys with what belongs to them, for which there are better names than letters."""
    inner = called(source, "sorted", "list", "reversed", "tuple")
    if inner:
        return gives_pairs(inner[0])
    return method_called(source, "items") is not None or called(source, "groupby") is not None


def _in_parallel(source: ast.expr, letter: str) -> list[str]:
    """Names for an item of one of several sequences: of a plural the singular, else letters in order."""
    return [*(_singular(source.id) if isinstance(source, ast.Name) else ()), letter, f"{letter}_item"]


def _letters(source: ast.expr, scope: Scope) -> bool:
    """Whether a loop over ``source`` sees characters: it is text, or was text just now."""
    args = called(source, "sorted", "set", "list", "reversed", "Counter")
    return STR in (typed(source, scope), typed(args[0], scope) if args else None)


def _singular(name: str) -> Iterator[str]:
    if name.endswith("ies") and len(name) > 4:
        yield f"{name[:-3]}y"
    elif re.search(r"(sses|xes|ches|shes)$", name):
        yield name[:-2]
    elif name.endswith("s") and not name.endswith("ss") and len(name) > 1:
        yield name[:-1]


def value_options(node: ast.expr, scope: Scope) -> Iterator[str]:
    """Names for the value of an expression, best first."""
    yield from _by_shape(node, scope)
    type_ = typed(node, scope)
    heads = {"int": "value", "float": "value", "str": "text", "bool": "holds", "list": "items", "dict": "table",
             "set": "distinct", "tuple": "pair"}  # fmt: skip
    yield heads.get(type_.head, "value") if type_ else "value"


_FUNCTIONS: Final = {
    "sum": "total", "len": "length", "sorted": "ordered", "max": "largest", "min": "smallest", "set": "distinct",
    "abs": "distance", "str": "digits", "int": "number", "float": "number", "Counter": "counts", "round": "rounded",
    "range": "numbers", "ord": "code", "chr": "letter", "bin": "bits", "hex": "digits",
}  # fmt: skip
_METHODS: Final = {
    "split": "words", "splitlines": "lines", "lower": "lowered", "upper": "uppered", "strip": "stripped",
    "find": "position", "rfind": "position", "index": "position", "count": "count", "replace": "replaced",
    "partition": "parts", "rpartition": "parts", "join": "joined", "sqrt": "root", "isqrt": "root", "gcd": "divisor",
    "get": "found", "items": "pairs", "values": "values", "findall": "found", "title": "titled",
    "capitalize": "capitalized", "zfill": "padded", "rjust": "padded", "ljust": "padded",
}  # fmt: skip


def _by_shape(node: ast.expr, scope: Scope) -> Iterator[str]:
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right) if called(left, "sum") and called(right, "len"):
            yield "mean"
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right) if (
            called(left, "len") and natural(right) == 2
        ):
            yield "middle"
        case ast.BinOp(op=ast.Mod()):
            yield "remainder"
        case ast.BinOp(op=ast.Sub()):
            yield "difference"
        case ast.Subscript(slice=ast.Slice(lower=low, upper=high, step=None)):
            yield "rest" if high is None else "start" if low is None else "middle"
        case ast.Subscript(slice=ast.Slice()):
            yield "backwards"
        case ast.Subscript(slice=place):
            number = integer(place)
            yield {0: "first", 1: "second", -1: "last"}.get(9 if number is None else number, "item")
        case ast.Call(func=ast.Attribute(attr="split"), args=[_, *_]):
            yield "parts"
        case ast.Call(func=ast.Name(id=function)):
            yield _FUNCTIONS.get(function, "value")
        case ast.Call(func=ast.Attribute(attr=attr)):
            yield _METHODS.get(attr, "value")
        case ast.ListComp(elt=ast.Name(), generators=[ast.comprehension(ifs=[_, *_])]):
            yield "chosen"
        case ast.ListComp() | ast.List():
            kind = element_of(typed(node, scope))
            yield {"int": "numbers", "float": "numbers", "str": "parts", "list": "rows"}.get(
                kind.head if kind else "", "items"
            )
        case ast.DictComp():
            yield "table"
        case ast.Compare() | ast.BoolOp():
            yield "holds"
