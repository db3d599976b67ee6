"""Examples: reading ``call -> literal``, and fitting it to the signature."""

from __future__ import annotations

import ast
import builtins
import re
from typing import Final

from aurora.specs.draft import Draft, DraftExample, Problems
from aurora.specs.model import Example, Parameter, Signature
from aurora.specs.syntax import NotPython, excerpt, expression, split_arrow, without_comment, without_ticks
from aurora.specs.types import Type
from aurora.specs.values import LiteralSyntaxError, Value, coerced, conforms, literal, value_of

EXCEPTIONS: Final = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type)
    and issubclass(kind, Exception)
    and not issubclass(kind, Warning)
    and kind not in (Exception, StopIteration, StopAsyncIteration)
)
"""What an example may raise: one definite built-in exception."""

_CURLY: Final = frozenset("“”‘’„«»")
_CALL: Final = re.compile(r"(?:assert\s+)?([^\W\d]\w*)\s*\(")
_RAISES: Final = re.compile(r"(?:raises?|throws)\b:?\s*(.*)", re.IGNORECASE | re.DOTALL)
_EXCEPTION: Final = re.compile(
    r"([A-Za-z]\w*(?:Error|Exception|Interrupt|Exit|Iteration))\s*(?:[(:].*)?", re.DOTALL
)


class ExampleError(ValueError):
    """An example that cannot be used: code, message and hint (or "")."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def called(text: str) -> str:
    """The name of the function that a line starts to call, or ""."""
    found = _CALL.match(text)
    return found[1] if found else ""


def collect(
    text: str, line: int, draft: Draft, problems: Problems, *, equals: bool = False, alias: str = ""
) -> None:
    """Read one example into ``draft``, or report it. ``alias`` is the function that ``f`` stands for."""
    name = called(text)
    owner = alias if name == "f" and alias and "f" not in draft.functions else name
    try:
        example = read_example(text, line, equals=equals)
    except ExampleError as error:
        draft.unreadable.add(owner)
        problems.add(
            error.code, line, str(error), hint=error.hint, owner=owner if owner in draft.functions else ""
        )
        return
    if owner != name:
        assert isinstance(example.call.func, ast.Name)
        example.call.func.id = owner
    draft.examples.append(example)


def read_example(text: str, line: int, *, equals: bool = False) -> DraftExample:
    """The example in ``text``: ``f(1) -> 2`` or ``f(1) raises ValueError``. Raises ``ExampleError``."""
    clean = without_ticks(without_comment(text)).strip().removeprefix("assert ").rstrip(";,").strip()
    parts = split_arrow(clean, equals=equals)
    if parts is None:
        return _raising(clean, line)
    call = _call(parts.left)
    if raised := raised_name(parts.right):
        return DraftExample(line, call, None, raised)
    if not parts.right:
        raise ExampleError("SPEC-010", f"'{excerpt(clean)}' has no result")
    return DraftExample(line, call, _expression(parts.right), None)


def raised_name(text: str) -> str | None:
    """The exception in ``raises ValueError`` or ``ValueError: why``; None when ``text`` is no exception."""
    prefixed = _RAISES.fullmatch(text)
    found = _EXCEPTION.fullmatch(prefixed[1] if prefixed else text)
    if prefixed is None and found is None:
        return None
    name = found[1] if found else prefixed[1] if prefixed else text
    if name not in EXCEPTIONS:
        raise ExampleError(
            "SPEC-015", f"'{excerpt(name)}' is not a built-in exception that an example can name"
        )
    return name


def bind(example: DraftExample, signature: Signature) -> Example:
    """The example with its values fitted to ``signature``. Raises ``ExampleError``."""
    nodes = _in_order(example.call, signature)
    pairs = zip(nodes, signature.parameters, strict=True)
    arguments = tuple(literal(argument_value(node, parameter, signature.name)) for node, parameter in pairs)
    if example.expected is None:
        return Example(arguments, None, example.raises, example.line)
    return Example(arguments, literal(result_value(example.expected, signature)), None, example.line)


def argument_value(node: ast.expr, parameter: Parameter, function: str) -> Value:
    """The value of an argument, as its parameter's type writes it. Raises ``ExampleError``."""
    return _fit(node, parameter.type, "SPEC-013", f"argument '{parameter.name}' of '{function}'")


def result_value(node: ast.expr, signature: Signature) -> Value:
    """The value of an expected result, as the result type writes it. Raises ``ExampleError``."""
    return _fit(node, signature.returns, "SPEC-014", f"the result of '{signature.name}'")


def _fit(node: ast.expr, type_: Type, code: str, what: str) -> Value:
    try:
        value = coerced(value_of(node), type_)
    except LiteralSyntaxError as error:
        large = "deeper" in str(error) or "digits" in str(error)
        hint = "" if large else f"write a literal of type {type_}, such as {_SAMPLES.get(type_.head, 'None')}"
        raise ExampleError("SPEC-018" if large else code, f"{what}: {error}", hint) from None
    if not conforms(value, type_):
        shown = excerpt(literal(value))
        raise ExampleError(code, f"{what} is {shown}, which is not of type {type_} as the signature says")
    return value


_SAMPLES: Final = {
    "int": "3",
    "float": "2.5",
    "str": '"text"',
    "bool": "true",
    "list": "[...]",
    "dict": "{...}",
    "set": "{1, 2}",
    "tuple": "(1, 2)",
}


def _in_order(call: ast.Call, signature: Signature) -> list[ast.expr]:
    """The arguments in the order of the parameters. Raises ``ExampleError``."""
    names = [parameter.name for parameter in signature.parameters]
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        raise ExampleError(
            "SPEC-012", f"an example of '{signature.name}' uses '*'", "write the arguments out"
        )
    if len(call.args) + len(call.keywords) != len(names):
        given = f"{len(call.args) + len(call.keywords)} argument(s) for '{signature.name}'"
        message = f"{given}, but the signature has {len(names)}: {signature}"
        raise ExampleError("SPEC-012", message)
    if not call.keywords:
        return call.args
    bound = dict(zip(names, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg not in names or keyword.arg in bound:
            raise ExampleError("SPEC-012", f"'{keyword.arg or '**'}' does not fit the signature: {signature}")
        bound[keyword.arg] = keyword.value
    return [bound[name] for name in names]


def _raising(text: str, line: int) -> DraftExample:
    """``f(-1) raises ValueError``, which has no arrow."""
    found = re.fullmatch(r"(.*\))\s*:?\s*((?:raises?|throws)\b.*)", text, re.DOTALL | re.IGNORECASE)
    raised = raised_name(found[2]) if found else None
    if found is None or raised is None:
        raise ExampleError("SPEC-010", f"'{excerpt(text)}' has no arrow with a result after it")
    return DraftExample(line, _call(found[1]), None, raised)


def _call(text: str) -> ast.Call:
    node = _expression(text)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise ExampleError("SPEC-010", f"'{excerpt(text)}' is not a call of a function")
    return node


def _expression(text: str) -> ast.expr:
    try:
        return expression(text)
    except NotPython as error:
        if error.large:
            raise ExampleError("SPEC-018", f"the example cannot be read: {error}") from None
        hint = "use straight quotes" if _CURLY.intersection(text) else ""
        raise ExampleError("SPEC-010", f"'{excerpt(text)}' cannot be read", hint) from None
