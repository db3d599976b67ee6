"""Names for parts: what is computed twice, or makes a line too long, is computed first and called something.

A part is moved in front only if the whole evaluates it in any case and nothing before it can raise, or if it cannot
raise itself; and if it looks at no variable that the whole binds.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import Final

from aurora.synthesis.emission.layout import WIDTH, expression
from aurora.synthesis.emission.naming import value_options
from aurora.synthesis.emission.safety import first_evaluated, order, total
from aurora.synthesis.emission.shapes import COMPREHENSIONS, bound_names, call, integer, names_in, same, size
from aurora.synthesis.emission.typing import Scope, inside, typed

_WORK: Final = frozenset(
    {"split", "sorted", "sum", "set", "Counter", "lower", "upper", "strip", "replace", "splitlines"}
)
"""Calls that go through their argument: twice is once too often, however short they are."""

_BLAND: Final = frozenset({"value", "text", "items", "item", "table", "pair", "holds", "difference"})

_COMFORTABLE: Final = 88
"""Longer lines are parted if there is a good name for a part; others stay up to the full width."""

_ROOM: Final = 8
"""What ``return `` and an indent take of a line."""


def shared(value: ast.expr, scope: Scope) -> ast.expr | None:
    """The part of ``value`` that is worth a name because it occurs again; the one that saves most."""
    counts = Counter[str]()
    _count(value, counts)
    found: dict[str, ast.expr] = {}
    for part in ast.walk(value):
        if isinstance(part, ast.expr) and part is not value and counts[ast.dump(part)] > 1:
            found.setdefault(ast.dump(part), part)
    worths = {key: _worth(part, counts[key], scope) for key, part in found.items()}
    for key in sorted(found, key=lambda key: -worths[key]):
        if worths[key] > 0 and _movable(found[key], value, scope) and _branchless(value, key):
            return found[key]
    return None


def _count(node: ast.AST, counts: Counter[str], weight: int = 1) -> None:
    """How often each expression occurs; what a loop does again and again counts twice."""
    if isinstance(node, ast.expr):
        counts[ast.dump(node)] += weight
    inner = weight
    for child in ast.iter_child_nodes(node):
        if isinstance(node, COMPREHENSIONS):
            inner = 2 * weight
            if child is node.generators[0]:
                _count(node.generators[0].iter, counts, weight)
                rest = [node.generators[0].target, *node.generators[0].ifs]
                for part in rest:
                    _count(part, counts, inner)
                continue
        _count(child, counts, inner)


def _worth(part: ast.expr, count: int, scope: Scope) -> int:
    """The nodes that a name for ``part`` saves, and more for work that is not done twice; 0 if it is not worth it."""
    saved = (count - 1) * size(part) - 3
    worth = saved + (4 if any(_works(each) for each in ast.walk(part)) else 0)
    least = 2 if telling(part, scope) else 6
    return worth if size(part) > 2 and worth >= least else 0


def telling(part: ast.expr, scope: Scope) -> bool:
    """Whether there is a name for the value that says more than its type."""
    return next(value_options(part, scope)) not in _BLAND


def bulky(value: ast.expr, scope: Scope, indent: int = 4) -> ast.expr | None:
    """The part of an expression too long for a line that brings both halves nearest to equal length."""
    whole = len(expression(value))
    if whole + _ROOM + indent - 4 <= _COMFORTABLE:
        return None
    parts = [part for part in _parts(value, scope, 6) if not isinstance(part, ast.IfExp)]
    fair = [part for part in parts if _length(part) * 4 >= whole and _length(part) + _ROOM + 6 < WIDTH]
    named = [part for part in fair if telling(part, scope)]
    chosen = fair if whole + _ROOM + indent - 4 > WIDTH and not named else named
    return min(chosen, key=lambda part: abs(2 * _length(part) - whole), default=None)


def listed(value: ast.expr, scope: Scope) -> ast.expr | None:
    """A list that linters want gone though it must be made: all of it for ``any``, one item of it for ``[0]``.

    A generator would stop early and so raise less (ruff: C419), ``next`` would raise something else (RUF015).
    """
    wanted: list[ast.expr] = []
    for part in ast.walk(value):
        match part:
            case ast.Call(func=ast.Name(id="any" | "all"), args=[ast.ListComp() as made]):
                wanted.append(made)
            case ast.Subscript(
                value=ast.ListComp() | ast.Call(func=ast.Name(id="list" | "tuple")) as made, slice=place
            ) if integer(place) == 0:
                wanted.append(made)
    return next((part for part in wanted if _movable(part, value, scope)), None)


def _length(node: ast.expr) -> int:
    return len(expression(node))


def _parts(value: ast.expr, scope: Scope, least: int) -> Iterator[ast.expr]:
    """The parts of ``least`` nodes or more, other than the whole, that may be computed first; each once."""
    seen: set[str] = set()
    for part in ast.walk(value):
        if isinstance(part, ast.expr) and part is not value and size(part) >= least:
            key = ast.dump(part)
            if key not in seen and _movable(part, value, scope):
                yield part
            seen.add(key)


def _movable(part: ast.expr, value: ast.expr, scope: Scope) -> bool:
    """Whether ``part`` may be computed before the whole ``value``."""
    unfit = ast.Starred | ast.Slice | ast.Lambda | ast.JoinedStr | ast.Attribute | ast.GeneratorExp
    if isinstance(part, unfit) or not names_in(part):
        return False
    kind = typed(part, scope)
    if kind is None or kind.head == "iterable":
        return False
    if names_in(part) & {name for each in ast.walk(value) for name in _bound(each)}:
        return False
    return total(part, scope) or first_evaluated(value, part, scope) or _mean(part, value, scope)


def _mean(part: ast.expr, value: ast.expr, scope: Scope) -> bool:
    """Whether ``part`` is ``sum(xs) / len(xs)`` in ``sum(... for x in xs) / len(xs)``, first in each turn of the loop.

    With items, the first turn would compute it first of all; without, both divide by zero.
    """
    match part:
        case ast.BinOp(left=ast.Call(func=ast.Name(id="sum")) as whole, op=ast.Div(), right=length):
            for each, certain in order(value):
                match each:
                    case ast.BinOp(
                        left=ast.Call(
                            func=ast.Name(id="sum"),
                            args=[ast.GeneratorExp(elt=turn, generators=[generator])],
                            keywords=[],
                        ) as summed,
                        op=ast.Div(),
                        right=divisor,
                    ) if certain and same(divisor, length):
                        over = isinstance(generator.iter, ast.Name) and same(
                            length, call("len", generator.iter)
                        )
                        inner = inside([generator], scope)
                        if over and not generator.ifs and first_evaluated(turn, part, inner):
                            added = same(whole, call("sum", generator.iter))
                            return added and first_evaluated(value, summed, scope)
    return False


def _bound(node: ast.AST) -> list[str]:
    if isinstance(node, ast.comprehension):
        return bound_names(node.target)
    return [argument.arg for argument in node.args.args] if isinstance(node, ast.Lambda) else []


def _works(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=called)) | ast.Call(func=ast.Attribute(attr=called)):
            return called in _WORK
    return isinstance(node, ast.ListComp | ast.DictComp | ast.SetComp)


def _branchless(value: ast.expr, key: str) -> bool:
    """Whether a part is not the business of one branch only, where it would better be computed."""
    if not isinstance(value, ast.IfExp):
        return True
    places = [any(ast.dump(each) == key for each in ast.walk(part)) for part in (value.body, value.orelse)]
    return all(places) or any(ast.dump(each) == key for each in ast.walk(value.test))


class Replaced(ast.NodeTransformer):
    """Puts a name in the place of a part."""

    def __init__(self, part: ast.expr, name: str) -> None:
        self._part, self._name = part, name

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr) and same(node, self._part):
            return ast.Name(self._name, ast.Load())
        return self.generic_visit(node)
