"""Typing the free names of a condition from where they are used.

A type flows down (an argument has its parameter's type) and up (a call has its function's result type), again
and again until nothing new is learned.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Final

from aurora.specs.grammar import FUNCTIONS
from aurora.specs.kinds import (
    ARGUMENTS,
    BOOL,
    FLOAT,
    INT,
    NONE,
    RESULTS,
    STR,
    TEXT_METHODS,
    constant,
    element_of,
    narrower,
    wider,
)
from aurora.specs.model import Signature
from aurora.specs.types import Type

ROUNDS: Final = 8

Scope = dict[str, Type | None]
"""Names bound by comprehensions and lambdas, with their types where known."""


class UnknownFunction(ValueError):
    """A call of something that is neither the spec's nor an allowed built-in."""


class WrongArguments(ValueError):
    """A call of a spec's function that does not fit its signature."""


class TwoTypes(ValueError):
    """A name used as two types."""


class Inference:
    """The free names of one expression, in order of first use, with their types where known."""

    def __init__(self, functions: Mapping[str, Signature], known: Mapping[str, Type]) -> None:
        self._functions = functions
        self._parameters = known
        self._known = dict(known)
        self.names: dict[str, Type | None] = {}
        self.calls: dict[str, None] = {}

    def run(self, tree: ast.expr) -> None:
        """Learn until nothing changes. Raises ``UnknownFunction``, ``WrongArguments`` or ``TwoTypes``."""
        self._learn_arguments(tree)
        for _ in range(ROUNDS):
            before = dict(self.names)
            self._visit(tree, BOOL if isinstance(tree, ast.Name) else None, {})
            if self.names == before:
                return

    def _learn_arguments(self, tree: ast.expr) -> None:
        """A name given straight to a spec's function has that parameter's type, whatever else is said."""
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=function), args=args) if function in self._functions:
                    for argument, parameter in zip(args, self._functions[function].parameters, strict=False):
                        if isinstance(argument, ast.Name):
                            self._learn(argument.id, parameter.type)

    def _learn(self, name: str, type_: Type) -> None:
        kind = narrower(name, self._known.get(name), type_)
        if kind is not None and name not in self._parameters:
            self._known[name] = kind

    def _visit(self, node: ast.expr, want: Type | None, scope: Scope) -> Type | None:
        """Learn from ``node`` where a ``want`` is expected; its own type, where known."""
        match node:
            case ast.Name(id=name):
                return self._name(name, want, scope)
            case ast.Constant(value=value):
                return constant(value)
            case ast.Call():
                return self._call(node, want, scope)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(left, op, right, want, scope)
            case ast.UnaryOp(op=op, operand=operand):
                is_not = isinstance(op, ast.Not)
                inner = self._visit(
                    operand, BOOL if is_not and isinstance(operand, ast.Name) else want, scope
                )
                return BOOL if is_not else inner
            case ast.BoolOp(values=values):
                return self._alike(values, want, scope)
            case ast.Compare(left=left, ops=ops, comparators=comparators):
                self._compare([left, *comparators], ops, scope)
                return BOOL
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self._visit(test, None, scope)
                return self._alike([body, orelse], want, scope)
            case ast.Subscript(value=value, slice=index):
                return self._subscript(value, index, want, scope)
            case ast.List(elts=elements) | ast.Set(elts=elements) as display:
                head = "list" if isinstance(display, ast.List) else "set"
                element = self._alike(elements, element_of(want), scope)
                return Type(head, (element,)) if element else None
            case ast.Tuple(elts=elements):
                parts = [self._visit(element, None, scope) for element in elements]
                return Type("tuple", tuple(part for part in parts if part)) if all(parts) else None
            case ast.Dict(keys=keys, values=values):
                key = self._alike([k for k in keys if k is not None], None, scope)
                item = self._alike(values, None, scope)
                return Type("dict", (key, item)) if key and item else None
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node, scope)
            case ast.Lambda(args=arguments, body=body):
                self._visit(body, None, scope | {argument.arg: None for argument in arguments.args})
        return None

    def _name(self, name: str, want: Type | None, scope: Scope) -> Type | None:
        if name in scope:
            return scope[name]
        if name not in self._parameters and name in FUNCTIONS:
            return None  # as in isinstance(x, int) or map(str, xs)
        if name not in self._parameters and name in self._functions:
            raise UnknownFunction(f"the function '{name}' is mentioned without being called")
        known = self._known.get(name) or self.names.get(name)
        self.names[name] = self._known.get(name) or narrower(name, known, want)
        return self.names[name]

    def _call(self, node: ast.Call, want: Type | None, scope: Scope) -> Type | None:
        for keyword in node.keywords:
            self._visit(keyword.value, None, scope)
        match node.func:
            case ast.Name(id=name) if name in scope or name in self._parameters:
                raise UnknownFunction(f"'{name}' is a value here, not a function")
            case ast.Name(id=name) if name in self._functions:
                return self._spec_call(name, node, scope)
            case ast.Name(id=name) if name in FUNCTIONS:
                return self._builtin(name, node.args, want, scope)
            case ast.Name(id=name):
                raise UnknownFunction(f"'{name}' is not a function of this spec")
            case ast.Attribute(value=receiver, attr=method):
                return self._method(receiver, method, node.args, scope)
        raise UnknownFunction(f"'{ast.unparse(node.func)}' cannot be called")

    def _spec_call(self, name: str, node: ast.Call, scope: Scope) -> Type:
        signature = self._functions[name]
        if node.keywords or len(node.args) != len(signature.parameters):
            raise WrongArguments(f"'{ast.unparse(node)}' does not fit the signature: {signature}")
        self.calls[name] = None
        for argument, parameter in zip(node.args, signature.parameters, strict=True):
            self._visit(argument, parameter.type, scope)
        return signature.returns

    def _builtin(self, name: str, args: Sequence[ast.expr], want: Type | None, scope: Scope) -> Type | None:
        if name in ("abs", "round", "divmod", "pow") or (name in ("min", "max") and len(args) > 1):
            inner = self._alike(args, want if name in ("abs", "min", "max") else None, scope)
            return INT if name == "round" and len(args) == 1 else inner if name != "divmod" else None
        if name in ("min", "max", "sum") and args:
            return element_of(
                self._visit(args[0], Type("list", (want,)) if want and want.head != "|" else None, scope)
            )
        kinds = [self._visit(argument, ARGUMENTS.get(name), scope) for argument in args]
        if name == "range":
            return Type("list", (INT,))
        element = element_of(kinds[0]) if kinds else None
        if name in ("sorted", "list", "reversed", "set"):
            if want and want.head == "list" and element is None and name in ("sorted", "reversed"):
                element = element_of(self._visit(args[0], want, scope)) if args else None
            return Type("set" if name == "set" else "list", (element,)) if element else None
        if name == "enumerate" and element:
            return Type("list", (Type("tuple", (INT, element)),))
        if name == "zip" and all(map(element_of, kinds)):
            return Type("list", (Type("tuple", tuple(e for kind in kinds if (e := element_of(kind)))),))
        return RESULTS.get(name)

    def _method(self, receiver: ast.expr, method: str, args: Sequence[ast.expr], scope: Scope) -> Type | None:
        result = TEXT_METHODS.get(method)
        kind = self._visit(receiver, STR if result else None, scope)
        for argument in args:
            takes_text = result is not None and method in (
                "startswith",
                "endswith",
                "find",
                "replace",
                "split",
            )
            self._visit(argument, STR if takes_text and isinstance(argument, ast.Name) else None, scope)
        if method in ("count", "index", "bit_length"):
            for argument in args[:1]:
                self._visit(argument, element_of(kind), scope)
            return INT
        if kind and kind.head == "dict":
            key, item = kind.args
            shape = {"keys": key, "values": item, "items": Type("tuple", (key, item))}.get(method)
            return Type("list", (shape,)) if shape else item if method == "get" else None
        return result or (kind if method in ("copy", "union", "difference", "intersection") else None)

    def _binary(
        self, left: ast.expr, op: ast.operator, right: ast.expr, want: Type | None, scope: Scope
    ) -> Type | None:
        if isinstance(op, ast.Div):
            kind = self._alike([left, right], None, scope)
            return FLOAT if kind in (INT, FLOAT, None) else kind
        if isinstance(op, ast.Mult):
            number = want if want in (INT, FLOAT) else None
            first, second = self._visit(left, number, scope), self._visit(right, number, scope)
            for kind, other in ((first, right), (second, left)):
                if kind and kind.head in ("str", "list"):
                    self._visit(other, INT, scope)
                    return kind
            if first is None or second is None:
                known = first or second
                single = known == FLOAT or number is not None or isinstance(want, Type)
                return (
                    self._alike([left, right], known, scope) if known and (single or want is None) else known
                )
            return wider(first, second)
        if isinstance(op, ast.Mod) and isinstance(left, ast.Constant) and isinstance(left.value, str):
            self._visit(right, None, scope)
            return STR
        if isinstance(op, ast.LShift | ast.RShift | ast.BitXor):
            want = INT if want is None or want == FLOAT else want
        return self._alike([left, right], want, scope)

    def _compare(self, parts: Sequence[ast.expr], ops: Sequence[ast.cmpop], scope: Scope) -> None:
        for left, op, right in zip(parts, ops, parts[1:], strict=False):
            if isinstance(op, ast.In | ast.NotIn):
                container = self._visit(right, None, scope)
                item = self._visit(left, element_of(container), scope)
                if container is None and item is not None and item != STR:
                    self._visit(right, Type("list", (item,)), scope)
            elif isinstance(op, ast.Is | ast.IsNot):
                self._visit(left, None, scope)
                self._visit(right, None, scope)
            else:
                self._alike([left, right], None, scope)

    def _alike(self, nodes: Sequence[ast.expr], want: Type | None, scope: Scope) -> Type | None:
        """The nodes stand in for each other, so that what is known of one holds for all."""
        kinds = [self._visit(node, want, scope) for node in nodes]
        known = [kind for kind in kinds if kind is not None and kind != NONE]
        if not known:
            return want
        shared = known[0]
        for other in known[1:]:
            shared = wider(shared, other)
        for node, kind in zip(nodes, kinds, strict=True):
            if kind is None:
                self._visit(node, shared, scope)
        return shared

    def _subscript(self, value: ast.expr, index: ast.expr, want: Type | None, scope: Scope) -> Type | None:
        if isinstance(index, ast.Slice):
            for bound in (index.lower, index.upper, index.step):
                if bound is not None:
                    self._visit(bound, INT, scope)
            return self._visit(value, want if want and want.head in ("str", "list") else None, scope)
        kind = self._visit(value, None, scope)
        if kind and kind.head == "dict":
            self._visit(index, kind.args[0], scope)
            return kind.args[1]
        self._visit(index, INT if kind else None, scope)
        if kind and kind.head == "tuple" and isinstance(index, ast.Constant) and isinstance(index.value, int):
            return kind.args[index.value] if -len(kind.args) <= index.value < len(kind.args) else None
        return element_of(kind)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope
    ) -> Type | None:
        inner = dict(scope)
        for generator in node.generators:
            element = element_of(self._visit(generator.iter, None, inner))
            inner |= _bound(generator.target, element)
            for condition in generator.ifs:
                self._visit(condition, None, inner)
        if isinstance(node, ast.DictComp):
            key, item = self._visit(node.key, None, inner), self._visit(node.value, None, inner)
            return Type("dict", (key, item)) if key and item else None
        kind = self._visit(node.elt, None, inner)
        head = "set" if isinstance(node, ast.SetComp) else "list"
        return Type(head, (kind,)) if kind else None


def _bound(target: ast.expr, element: Type | None) -> Scope:
    if isinstance(target, ast.Name):
        return {target.id: element}
    parts = target.elts if isinstance(target, ast.Tuple | ast.List) else []
    fits = element is not None and element.head == "tuple" and len(element.args) == len(parts)
    kinds: Sequence[Type | None] = element.args if fits and element else [None] * len(parts)
    scope: Scope = {}
    for part, kind in zip(parts, kinds, strict=True):
        scope |= _bound(part, kind)
    return scope
