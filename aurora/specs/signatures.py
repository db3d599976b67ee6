"""Function signatures: ``def add(a: int, b: int) -> int``, with or without ``def``, colon and body."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from typing import Final

from aurora.specs.draft import Draft, DraftFunction, Problems
from aurora.specs.model import Parameter, Signature
from aurora.specs.syntax import NotPython, excerpt, statements, without_comment
from aurora.specs.types import Type, TypeSyntaxError, type_of

DEFINITION: Final = re.compile(r"(?:async\s+)?def\b\s*(\w*)")
BARE: Final = re.compile(r"(\w+)\s*\(\s*(?:\w+\s*:.*)?\)\s*(?:->|→|:|$)", re.DOTALL)

_SITE: Final = {"copyright", "credits", "exit", "help", "license", "quit"}
_BUILTINS: Final = frozenset(n for n in dir(builtins) if n.islower() and not n.startswith("_")) - _SITE


class SignatureError(ValueError):
    """A signature that cannot be used: code, message and hint (or "")."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def declare(text: str, line: int, draft: Draft, problems: Problems) -> str:
    """Read the signature in ``text`` into ``draft``; report what is wrong. The function's name, or ""."""
    found = DEFINITION.match(text) or BARE.match(text)
    name = found[1] if found else ""
    try:
        signature = read_signature(text)
    except SignatureError as error:
        problems.add(error.code, line, str(error), hint=error.hint)
        draft.broken.add(name)
        return name
    draft.declare(DraftFunction(signature, line), problems)
    return signature.name


def read_signature(text: str) -> Signature:
    """The signature in ``text``. Raises ``SignatureError``."""
    return signature_of(_definition(text))


def signature_of(node: ast.stmt) -> Signature:
    """The signature of a function definition. Raises ``SignatureError``."""
    if isinstance(node, ast.AsyncFunctionDef):
        raise SignatureError("SPEC-004", f"'{node.name}' is async", "write a plain 'def'")
    if not isinstance(node, ast.FunctionDef):
        raise SignatureError("SPEC-004", "this is not a function signature")
    check_name(node.name)
    parameters = tuple(_parameter(node.name, argument) for argument in _plain(node))
    names = [parameter.name for parameter in parameters]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise SignatureError("SPEC-009", f"'{node.name}' has two parameters called '{name}'")
        if name == node.name:
            raise SignatureError("SPEC-009", f"a parameter of '{name}' has the function's own name")
    if node.returns is None:
        raise SignatureError(
            "SPEC-005", f"'{node.name}' has no result type", f"write: def {node.name}(...) -> int"
        )
    return Signature(node.name, parameters, _type(node.returns, f"the result of '{node.name}'"))


def check_name(name: str) -> None:
    """Refuse names that would hide what generated code itself needs. Raises ``SignatureError``."""
    if not name.isidentifier() or keyword.iskeyword(name):
        raise SignatureError("SPEC-008", f"'{excerpt(name)}' is not a name for a function")
    if name in _BUILTINS or keyword.issoftkeyword(name):
        message = f"'{name}' is a built-in of Python"
        raise SignatureError("SPEC-008", message, f"choose another name, such as my_{name}")
    if name.startswith("__"):
        raise SignatureError("SPEC-008", f"'{name}' is reserved", "choose a name without leading underscores")


def _definition(text: str) -> ast.stmt:
    clean = without_comment(text).strip()
    source = clean if DEFINITION.match(clean) else f"def {clean}"
    if found := DEFINITION.match(source):
        if keyword.iskeyword(found[1]):
            raise SignatureError("SPEC-008", f"'{found[1]}' is a keyword of Python")
        if not found[1]:
            raise SignatureError("SPEC-004", f"'{excerpt(text)}' names no function")
    trouble = NotPython("")
    for ending in (": ...", " ...", ""):
        try:
            body = statements(source + ending)
        except NotPython as error:
            trouble = trouble if trouble.large else error
            continue
        if len(body) == 1:
            return body[0]
    if trouble.large:
        raise SignatureError("SPEC-018", f"the signature cannot be read: {trouble}")
    raise SignatureError("SPEC-004", f"'{excerpt(clean)}' is not a signature")


def _plain(node: ast.FunctionDef) -> list[ast.arg]:
    """The parameters, all of them plain. Raises ``SignatureError``."""
    spec = node.args
    if spec.defaults or any(default is not None for default in spec.kw_defaults):
        hint = "remove it, and give every argument in the examples"
        raise SignatureError("SPEC-007", f"a parameter of '{node.name}' has a default value", hint)
    if spec.vararg or spec.kwarg:
        star = f"*{spec.vararg.arg}" if spec.vararg else f"**{spec.kwarg.arg if spec.kwarg else ''}"
        hint = "take a list, as in: values: list[int]"
        raise SignatureError("SPEC-007", f"'{node.name}' takes any number of arguments ('{star}')", hint)
    if spec.kwonlyargs or spec.posonlyargs:
        hint = "remove the '*' or '/'"
        raise SignatureError(
            "SPEC-007", f"'{node.name}' has keyword-only or positional-only parameters", hint
        )
    return spec.args


def _parameter(function: str, argument: ast.arg) -> Parameter:
    if argument.annotation is None:
        hint = f"write its type, as in: {argument.arg}: int"
        raise SignatureError("SPEC-005", f"parameter '{argument.arg}' of '{function}' has no type", hint)
    if argument.arg.startswith("__"):
        raise SignatureError("SPEC-008", f"parameter '{argument.arg}' of '{function}' is a reserved name")
    return Parameter(argument.arg, _type(argument.annotation, f"parameter '{argument.arg}' of '{function}'"))


def _type(node: ast.expr, what: str) -> Type:
    try:
        return type_of(node)
    except TypeSyntaxError as error:
        raise SignatureError("SPEC-006", f"{what}: {error}") from None
