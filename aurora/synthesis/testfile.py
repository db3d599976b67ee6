"""The test file that goes with a function: its examples, and its post-conditions as Hypothesis properties.

Plain ``pytest`` runs it; it needs pytest and Hypothesis and nothing of Aurora.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from aurora.specs.model import Condition, Example, Function, Signature, Spec
from aurora.specs.types import Type
from aurora.synthesis.building import rule_of
from aurora.synthesis.conditions import (
    CLOSE_SOURCE,
    calls_to,
    expression,
    fresh,
    made_inside,
    with_truths_by_identity,
)
from aurora.synthesis.modules import double_quoted, quoted_block
from aurora.synthesis.strategies import ALPHABET_SOURCE, mentions, strategy_source

_WIDTH: Final = 100
_RESERVED: Final = frozenset(
    {"pytest", "st", "string", "given", "settings", "assume", "ALPHABET", "expected", "error"}
)


def test_module(  # a maker of tests, not a test
    import_from: str,
    spec: Spec,
    function: Function,
    available: Collection[str] = (),  # noqa: PT028
) -> str:
    """The text of the test file of ``function``, which is imported from the module ``import_from``.

    ``available`` names the other functions of the spec that the module holds. Conditions that need one which
    it does not hold are left out, and a comment says so.
    """
    return _TestFile(import_from, spec, function, frozenset(available)).text()


class _TestFile:
    def __init__(self, import_from: str, spec: Spec, function: Function, available: frozenset[str]) -> None:
        self.module = import_from
        self.spec = spec
        self.function = function
        self.signature = function.signature
        self.signatures = {each.signature.name: each.signature for each in spec.functions}
        self.functions = {each.signature.name: each for each in spec.functions}
        self.available = available | {self.signature.name}
        own = {parameter.name for parameter in self.signature.parameters}
        self.close = fresh("close", {*self.signatures, *own, *_names(spec.post)})
        self.imported: dict[str, None] = {self.signature.name: None}

    def text(self) -> str:
        """Everything, top to bottom. The parts are made first: they settle what is to be imported."""
        parts = [*self._examples(), *self._raises(), *self._properties()]
        body = "\n\n\n".join(parts)
        helpers = []
        if re.search(rf"\b{self.close}\(", body):
            helpers.append(re.sub(r"\bclose\b(?!r)", self.close, CLOSE_SOURCE).rstrip())
        head = "\n\n".join(self._head(body))
        return double_quoted("\n\n\n".join([head, *helpers, body]) + "\n")

    def _head(self, body: str) -> list[str]:
        name = self.signature.name
        what = f"What the spec {self.spec.name} says about {name}: its examples and its post-conditions."
        plain = ["import string"] if "ALPHABET" in body else []
        outside = ["import pytest"]
        if "@given" in body:
            names = ["assume"] if "assume(" in body else []
            outside += [f"from hypothesis import {', '.join([*names, 'given', 'settings'])}"]
            outside += ["from hypothesis import strategies as st"] if "st." in body else []
        if "pytest." not in body:
            outside.remove("import pytest")
        own = [f"from {self.module} import {', '.join(sorted(self.imported))}"]
        head = [quoted_block(what), "from __future__ import annotations"]
        head += ["\n".join(lines) for lines in (plain, outside, own) if lines]
        return [*head, *([f"ALPHABET = {ALPHABET_SOURCE}"] if plain else [])]

    def _examples(self) -> list[str]:
        cases = [example for example in self.function.examples if example.raises is None]
        if not cases:
            return []
        names = self._parameters()
        call = f"{self.signature.name}({', '.join(names)})"
        truth = f"{call} == expected"
        if mentions(self.signature.returns, "float"):
            truth = f"{self.close}({call}, expected)"
        elif self.signature.returns.head in ("bool", "None"):
            truth = f"{call} is expected"
        rows = [[*example.arguments, str(example.expected)] for example in cases]
        types = [
            *(str(parameter.type) for parameter in self.signature.parameters),
            str(self.signature.returns),
        ]
        return [
            _parametrized("test_examples", [*names, "expected"], types, rows)
            + f'    """Every example of the spec holds."""\n    assert {truth}'
        ]

    def _raises(self) -> list[str]:
        cases = [example for example in self.function.examples if example.raises is not None]
        if not cases:
            return []
        names = self._parameters()
        rows = [[*example.arguments, _exception(example)] for example in cases]
        types = [*(str(parameter.type) for parameter in self.signature.parameters), "type[Exception]"]
        return [
            _parametrized("test_exceptions", [*names, "error"], types, rows)
            + '    """The spec says that these calls raise."""\n'
            + f"    with pytest.raises(error):\n        {self.signature.name}({', '.join(names)})"
        ]

    def _properties(self) -> list[str]:
        parts = []
        for number, condition in enumerate(self.spec.post, 1):
            if self.signature.name in condition.calls:
                reason = self._why_left_out(condition)
                parts.append(
                    _left_out(number, condition, reason) if reason else self._property(number, condition)
                )
        return parts

    def _why_left_out(self, condition: Condition) -> str:
        missing = [name for name in condition.calls if name not in self.available]
        if missing:
            return f"this module has no {', '.join(missing)}"
        outer = {*self.signatures, *(variable.name for variable in condition.variables)}
        limited = {name for name, function in self.functions.items() if function.pre}
        for name, call in calls_to(condition.text, limited | set(self._declaring())):
            if made_inside(call, outer):
                return f"not all arguments suit {name}, which is called on values made inside"
            needed = {callee for pre in self.functions[name].pre for callee in pre.calls} - self.available
            if needed:
                return f"a pre-condition of {name} needs {', '.join(sorted(needed))}"
        return ""

    def _property(self, number: int, condition: Condition) -> str:
        rule = rule_of(condition)
        self.imported.update(dict.fromkeys(condition.calls))
        renamed = {variable.name: _safe(variable.name, self.signatures) for variable in condition.variables}
        truth = _renamed(expression(rule, self._types(condition.calls), self.close), renamed)
        lines = []
        if condition.variables:
            drawn = [f"{renamed[each.name]}={strategy_source(each.type)}" for each in condition.variables]
            lines += [
                "@settings(derandomize=True, database=None, deadline=None)",
                *_fitted("@given(", drawn, ")"),
            ]
        typed = [f"{renamed[each.name]}: {each.type}" for each in condition.variables]
        lines += _fitted(f"def test_post_condition_{number}(", typed, ") -> None:")
        lines.append(quoted_block(f"{_for_all(renamed.values())}{condition.text}", "    "))
        lines += [f"    assume({text})" for text in self._assumptions(condition, renamed)]
        lines += self._exceptions(condition, renamed)
        return "\n".join([*lines, *_assertion(with_truths_by_identity(truth))])

    def _exceptions(self, condition: Condition, renamed: dict[str, str]) -> list[str]:
        """Calls that may raise what an example declares are made first: there the condition says nothing."""
        lines: dict[str, None] = {}
        for name, call in calls_to(condition.text, self._declaring()):
            names = self._declaring()[name]
            caught = names[0] if len(names) == 1 else f"({', '.join(names)})"
            lines[
                f"    try:\n        {ast.unparse(_renamed(call, renamed))}\n"
                f"    except {caught}:  # as an example says; the condition is about answers\n        return"
            ] = None
        return list(lines)

    def _declaring(self) -> dict[str, list[str]]:
        """The functions whose examples declare exceptions, and which."""
        found = {
            name: sorted({_exception(example) for example in function.examples if example.raises})
            for name, function in self.functions.items()
        }
        return {name: exceptions for name, exceptions in found.items() if exceptions}

    def _assumptions(self, condition: Condition, renamed: dict[str, str]) -> list[str]:
        """The pre-conditions of every call in the condition, with the call's arguments put in."""
        found = []
        for call, called in self._guarded_calls(condition):
            names = [parameter.name for parameter in called.signature.parameters]
            arguments = dict(zip(names, call.args, strict=False))
            for pre in called.pre:
                self.imported.update(dict.fromkeys(pre.calls))
                tree = expression(rule_of(pre), self._types(pre.calls), self.close)
                found.append(
                    ast.unparse(with_truths_by_identity(_renamed(_Put(arguments).visit(tree), renamed)))
                )
        return list(dict.fromkeys(found))

    def _guarded_calls(self, condition: Condition) -> list[tuple[ast.Call, Function]]:
        """The calls, innermost first, of functions that have pre-conditions."""
        limited = [name for name, function in self.functions.items() if function.pre]
        return [(call, self.functions[name]) for name, call in calls_to(condition.text, limited)]

    def _parameters(self) -> list[str]:
        return [_safe(parameter.name, self.signatures) for parameter in self.signature.parameters]

    def _types(self, calls: Iterable[str]) -> list[str]:
        signatures = [self.signatures[name] for name in calls]
        return [str(type_) for signature in signatures for type_ in _types(signature)]


class _Put(ast.NodeTransformer):
    """Puts expressions in the place of names."""

    def __init__(self, values: dict[str, ast.expr]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.values.get(node.id, node)


def _assertion(truth: ast.expr) -> list[str]:
    """The assertion, one for each part of an ``and``; a long one is broken up."""
    if isinstance(truth, ast.BoolOp) and isinstance(truth.op, ast.And):
        return [line for part in truth.values for line in _assertion(part)]
    text = ast.unparse(truth)
    if len(text) + 11 <= _WIDTH:
        return [f"    assert {text}"]
    if not isinstance(truth, ast.BoolOp):
        return ["    assert (", f"        {text}", "    )"]
    first, *rest = map(_operand, truth.values)
    return ["    assert (", f"        {first}", *(f"        or {part}" for part in rest), "    )"]


def _operand(value: ast.expr) -> str:
    text = ast.unparse(value)
    return f"({text})" if isinstance(value, ast.BoolOp | ast.IfExp | ast.Lambda) else text


def _renamed(tree: ast.expr, names: dict[str, str]) -> ast.expr:
    put = _Put({old: ast.Name(new, ast.Load()) for old, new in names.items() if old != new})
    changed: ast.expr = put.visit(tree)
    return ast.fix_missing_locations(changed)


def _types(signature: Signature) -> tuple[Type, ...]:
    return (*(parameter.type for parameter in signature.parameters), signature.returns)


def _safe(name: str, functions: Collection[str]) -> str:
    """A variable's name in the test file, where other names are taken."""
    return fresh(name, {*_RESERVED, *functions})


def _names(conditions: Iterable[Condition]) -> set[str]:
    return {variable.name for condition in conditions for variable in condition.variables}


def _for_all(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"For all {listed}: " if listed else ""


def _left_out(number: int, condition: Condition, reason: str) -> str:
    text = " ".join(condition.text.split())
    return f"# Post-condition {number} is left out: {reason}.\n#     assert {text}"


def _exception(example: Example) -> str:
    name = str(example.raises)
    known = getattr(builtins, name, None)
    return name if isinstance(known, type) and issubclass(known, Exception) else "Exception"


def _parametrized(
    name: str, names: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[str]]
) -> str:
    """A parametrized test up to its signature: one row for each case, broken up where it is long."""
    alone = len(names) == 1
    heading = f'"{names[0]}"' if alone else "(" + ", ".join(f'"{each}"' for each in names) + ")"
    lines = ["@pytest.mark.parametrize(", f"    {heading},", "    ["]
    for row in rows:
        text = row[0] if alone else f"({', '.join(row)})"
        if len(text) + 9 <= _WIDTH or alone:
            lines.append(f"        {text},")
        else:
            lines += ["        (", *(f"            {cell}," for cell in row), "        ),"]
    lines += ["    ],", ")"]
    typed = [f"{each}: {type_}" for each, type_ in zip(names, types, strict=True)]
    lines += _fitted(f"def {name}(", typed, ") -> None:")
    return "\n".join(lines) + "\n"


def _fitted(before: str, parts: Sequence[str], after: str) -> list[str]:
    """One line; or three where one would be too long; or one for each part."""
    inside = ", ".join(parts)
    if len(before) + len(inside) + len(after) <= _WIDTH:
        return [f"{before}{inside}{after}"]
    if len(inside) + 4 <= _WIDTH and not before.startswith("@"):
        return [before, f"    {inside}", after]
    return [before, *(f"    {part}," for part in parts), after]
