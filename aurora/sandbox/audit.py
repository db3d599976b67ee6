"""The first wall: code whose every node, name and attribute is on the list may be loaded, other code not.

The audit does not try to find what is bad; it refuses what it does not know. It bounds neither time nor
memory, which is the work of the layers.
"""

from __future__ import annotations

import ast
import string
import warnings
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from aurora.sandbox.vocabulary import ATTRIBUTES, BUILTINS, DECORATORS, FORMATTING, MODULES, NODES

LONGEST_SOURCE = 64 * 1024
DEEPEST = 100  # levels of the tree; parsing, walking and compiling stay far from the interpreter's limits
_MOST_BRACKETS = 60


class _Seen(NamedTuple):
    """What the rules for one node need to know of the whole code."""

    names: frozenset[str]
    plain_formats: frozenset[ast.AST]  # nodes are equal only to themselves


def audit_code(code: str) -> list[str]:
    """Why this module must not be loaded, each reason with its line; nothing if it may be."""
    return _audit(code, "exec", frozenset())


def audit_expression(code: str, names: Collection[str]) -> list[str]:
    """The same for one expression in which ``names`` (variables, functions of the spec) are known."""
    return _audit(code, "eval", frozenset(names))


def _audit(code: str, mode: str, names: frozenset[str]) -> list[str]:
    problem = _too_large(code)
    if problem:
        return [problem]
    with warnings.catch_warnings():
        # Warnings about untrusted text are neither printed nor, under -W error, violations.
        warnings.simplefilter("ignore")
        return _audit_text(code, mode, names)


def _audit_text(code: str, mode: str, names: frozenset[str]) -> list[str]:
    try:
        tree = ast.parse(code, mode=mode)
    except SyntaxError as error:
        return [_at(error.lineno or 1, f"not valid Python: {error.msg}")]
    except (ValueError, RecursionError, MemoryError) as error:
        return [_at(1, f"cannot be parsed: {error}")]
    problem = _too_deep(tree)
    if problem:
        return [problem]
    seen = _Seen(names | BUILTINS | _bound_names(tree), frozenset(_plain_formats(tree)))
    found = sorted({violation for node in ast.walk(tree) for violation in _violations(node, seen)})
    return [_at(line, text) for line, text in found] or _does_not_compile(tree, mode)


def _at(line: int, text: str) -> str:
    return f"line {line}: {text}"


# Size: looked at before anything else, so that the parser itself cannot be hurt


def _too_large(code: str) -> str:
    if len(code) > LONGEST_SOURCE:
        return _at(1, f"longer than {LONGEST_SOURCE} characters")
    depth = 0
    for line, text in enumerate(code.split("\n"), 1):
        for char in text:
            # Brackets in strings count too: simple, and wrong only on the safe side.
            depth += (char in "([{") - (char in ")]}" and depth > 0)
            if depth > _MOST_BRACKETS:
                return _at(line, f"more than {_MOST_BRACKETS} open brackets")
    return ""


def _too_deep(tree: ast.AST) -> str:
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [inner for node in level for inner in ast.iter_child_nodes(node)]
        if not level:
            return ""
    return _at(_line(level[0]), f"nested deeper than {DEEPEST} levels")


def _does_not_compile(tree: ast.AST, mode: str) -> list[str]:
    try:
        compile(tree, "<candidate>", mode, dont_inherit=True)  # type: ignore[call-overload]
    except SyntaxError as error:  # such as ``return`` outside a function
        return [_at(error.lineno or 1, f"not valid Python: {error.msg}")]
    except (ValueError, RecursionError, MemoryError) as error:
        return [_at(1, f"cannot be compiled: {error}")]
    return []


# One node at a time


def _violations(node: ast.AST, seen: _Seen) -> Iterator[tuple[int, str]]:
    line = _line(node)
    if type(node) not in NODES:
        yield line, f"{type(node).__name__} is not allowed"
        return
    for name in _identifiers(node):
        if name.startswith("__"):
            yield line, f"the name {name} is not allowed"
    for rule in _RULES.get(type(node), ()):
        for text in rule(node, seen):
            yield line, text


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 1)


def _identifiers(node: ast.AST) -> Iterator[str]:
    """All names that a node introduces or uses, except attributes, which are stricter."""
    match node:
        case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            yield name
        case ast.keyword(arg=str(name)) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.alias(asname=str(name)):
            yield name


def _bound_names(tree: ast.AST) -> frozenset[str]:
    """Names bound anywhere in the code: a wrong scope is a NameError when it runs, not a danger."""
    bound = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                bound.add(name)
            case ast.ExceptHandler(name=str(name)):
                bound.add(name)
            case ast.alias(name=name, asname=asname):
                bound.add(asname or name.partition(".")[0])
    return frozenset(bound)


def _plain_formats(tree: ast.AST) -> Iterator[ast.AST]:
    """The ``.format`` of calls on a literal text whose fields walk nowhere."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
                if _fields_are_plain(text):
                    yield node.func


def _name(node: ast.Name, seen: _Seen) -> Iterator[str]:
    if node.id not in seen.names:
        yield f"the name {node.id} is not allowed"


def _attribute(node: ast.Attribute, seen: _Seen) -> Iterator[str]:
    if not isinstance(node.ctx, ast.Load):
        yield f"changing the attribute {node.attr} is not allowed"
    if node.attr in FORMATTING:
        if node not in seen.plain_formats:
            yield f"{node.attr} is allowed only on a literal without attributes or indexes in its fields"
    elif node.attr not in ATTRIBUTES:
        yield f"the attribute {node.attr} is not allowed"


def _fields_are_plain(text: str) -> bool:
    try:
        for _, field, spec, _ in string.Formatter().parse(text):
            if field is not None and ("." in field or "[" in field):
                return False
            if spec and not _fields_are_plain(spec):
                return False
    except ValueError:
        return False
    return True


def _import(node: ast.Import, _: _Seen) -> Iterator[str]:
    for alias in node.names:
        if alias.name not in MODULES:
            yield f"import of {alias.name} is not allowed"


def _import_from(node: ast.ImportFrom, _: _Seen) -> Iterator[str]:
    module = node.module or ""
    if module == "__future__" and [alias.name for alias in node.names] == ["annotations"]:
        return
    if node.level or module not in MODULES:
        yield f"import of {'.' * node.level}{module} is not allowed"
        return
    for alias in node.names:
        if alias.name not in MODULES[module]:
            yield f"import of {alias.name} from {module} is not allowed"


def _function(node: ast.FunctionDef, _: _Seen) -> Iterator[str]:
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        match called:
            case ast.Name(id=name) if name in DECORATORS:
                pass
            case ast.Attribute(value=ast.Name(id="functools"), attr=name) if name in DECORATORS:
                pass
            case _:
                yield "decorators other than functools.cache and functools.lru_cache are not allowed"


def _handler(node: ast.ExceptHandler, _: _Seen) -> Iterator[str]:
    if node.type is None:
        yield "except without an exception is not allowed"


_Rule = Callable[..., Iterator[str]]
_RULES: dict[type[ast.AST], tuple[_Rule, ...]] = {
    ast.Name: (_name,),
    ast.Attribute: (_attribute,),
    ast.Import: (_import,),
    ast.ImportFrom: (_import_from,),
    ast.FunctionDef: (_function,),
    ast.ExceptHandler: (_handler,),
}
