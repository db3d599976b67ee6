"""Callable functions inside the search: compiled with a counter in every loop, so that each call ends.

The limit is in steps, not seconds, so that it falls at the same place on every machine. What Python does in one
step may be large all the same (``list(range(10**9))``, ``'ab' * 10**9``, ``9**9**9``): those are bounded by size.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any

STEPS = 20_000
"""Loop turns and calls that one call from the search may take."""

BUILTINS: dict[str, object] = {
    function.__name__: function
    for function in (
        abs, all, any, bin, bool, chr, dict, divmod, enumerate, filter, float, format, hex, int, isinstance, iter,
        len, list, map, max, min, next, oct, ord, range, repr, reversed, round, set, frozenset, sorted, str,
        sum, tuple, zip,
    )
} | {
    error.__name__: error
    for error in (
        ArithmeticError, AssertionError, Exception, IndexError, KeyError, LookupError, OverflowError,
        StopIteration, TypeError, ValueError, ZeroDivisionError,
    )
}  # fmt: skip
"""The builtins that compiled text may name: pure functions and exceptions."""


LARGEST = 200_000
"""The longest range that is walked outside of a metered loop, and the longest repetition."""

MOST_BITS = 20_000
"""The longest power or product of integers: in a loop that multiplies, numbers double in length with each turn."""


class OutOfFuel(Exception):
    """A called function took more steps than it may, or would have built something out of all proportion."""


class Tank:
    """Counts the steps of the calls below one call from the search."""

    def __init__(self) -> None:
        self.left = STEPS

    def step(self) -> bool:
        """Take a step. Raises ``OutOfFuel`` when there are none left."""
        self.left -= 1
        if self.left < 0:
            raise OutOfFuel
        return True

    def fill(self) -> None:
        """Begin a new call from outside."""
        self.left = STEPS


def compiled(source: str, name: str, names: Mapping[str, object], tank: Tank) -> Callable[..., Any]:
    """The function ``name`` of a module's ``source``, with ``names`` in scope; every turn counts a step."""
    tree = ast.fix_missing_locations(_Metered().visit(ast.parse(source)))
    builtins = BUILTINS | {"__import__": _import}
    namespace: dict[str, Any] = {"__builtins__": builtins, **machinery(tank), **names}
    exec(compile(tree, f"<{name}>", "exec"), namespace)
    function: Callable[..., Any] = namespace[name]
    return function


def compiled_expression(tree: ast.expr) -> CodeType:
    """An expression as code that counts its steps; it needs ``machinery`` among its names."""
    whole = ast.Expression(_Metered().visit(tree))
    return compile(ast.fix_missing_locations(whole), "<condition>", "eval")


def machinery(tank: Tank) -> dict[str, Any]:
    """What metered code calls."""
    return {"_step": tank.step, "_range": range, "_power": _power, "_times": _times, "_factorial": _factorial}


class _Metered(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._metered_body(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        self._walked(node.iter)
        return self._metered_body(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._metered_body(node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self._walked(node.iter)
        self.generic_visit(node)
        node.ifs.insert(0, _step())
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        name = _BOUNDED.get(type(node.op))
        return ast.Call(ast.Name(name, ast.Load()), [node.left, node.right], []) if name else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(value=ast.Name(id="math"), attr="factorial"):
                node.func = ast.Name("_factorial", ast.Load())
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        name = _BOUNDED.get(type(node.op))
        if name is None or not isinstance(node.target, ast.Name):
            return node
        before = ast.Name(node.target.id, ast.Load())
        return ast.Assign([node.target], ast.Call(ast.Name(name, ast.Load()), [before, node.value], []))

    def _walked(self, iterable: ast.expr) -> None:
        """A range may be as long as it likes where every turn is counted."""
        if (
            isinstance(iterable, ast.Call)
            and isinstance(iterable.func, ast.Name)
            and iterable.func.id == "range"
        ):
            iterable.func.id = "_range"

    def _metered_body(self, node: ast.FunctionDef | ast.For | ast.While) -> ast.AST:
        self.generic_visit(node)
        node.body.insert(0, ast.Expr(_step()))
        return node


_BOUNDED: dict[type[ast.operator], str] = {ast.Pow: "_power", ast.Mult: "_times"}


def _bounded_range(*bounds: int) -> range:
    numbers = range(*bounds)
    if numbers and abs(numbers[-1] - numbers[0]) // abs(numbers.step) >= LARGEST:
        raise OutOfFuel
    return numbers


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, int) and isinstance(exponent, int) and base.bit_length() * exponent > MOST_BITS:
        raise OutOfFuel
    return base**exponent


def _factorial(number: Any) -> int:
    # n! has about n * log2(n) bits, less than n times those of n.
    if isinstance(number, int) and number * number.bit_length() > MOST_BITS:
        raise OutOfFuel
    return math.factorial(number)


def _times(left: Any, right: Any) -> Any:
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() + right.bit_length() > MOST_BITS
    ):
        raise OutOfFuel
    for sized, count in ((left, right), (right, left)):
        if isinstance(sized, str | list | tuple) and isinstance(count, int) and len(sized) * count > LARGEST:
            raise OutOfFuel
    return left * right


BUILTINS["range"] = _bounded_range


def _step() -> ast.Call:
    return ast.Call(ast.Name("_step", ast.Load()), [], [])


def _import(name: str, *rest: Any) -> Any:
    """Only modules of pure functions, and only those the sandbox's audit lets through as well."""
    if name not in (
        "math",
        "functools",
        "itertools",
        "collections",
        "re",
        "string",
        "operator",
        "statistics",
        "__future__",
    ):
        raise ImportError(f"'{name}' cannot be used here")
    return __import__(name, *rest)
