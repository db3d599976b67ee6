"""Templates of expressions: sub-expressions with their types, holes where two of them differ, and matching.

Variables that an expression binds itself are named in the order in which it binds them, so that equal expressions are
equal trees. A hole never stands for something that mentions such a variable.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from aurora.specs.types import Type, parse_type
from aurora.synthesis.cells import supported
from aurora.synthesis.emission.shapes import children
from aurora.synthesis.emission.typing import Scope, inside, typed
from aurora.synthesis.emission.variables import walked, with_locals

MARK: Final = "taught_"
"""A call in a rewritten corpus that stands for an abstraction begins so."""

MOST_HOLES: Final = 3
MOST_REPEATS: Final = 2
"""How often a template names one hole."""

_BOUND: Final = "b"
_OPERATORS = (
    ast.Call, ast.BinOp, ast.BoolOp, ast.Compare, ast.UnaryOp, ast.Subscript, ast.IfExp, ast.JoinedStr,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


class Part(NamedTuple):
    """An expression of a function, and the scope in which it stands."""

    node: ast.expr
    scope: Scope

    @property
    def type(self) -> str:
        """Its type as text, "" where that is not certain."""
        found = typed(self.node, self.scope)
        return str(found) if found is not None and _of_specs(found) else ""

    def within(self) -> Iterator[Part]:
        """It and every expression in it whose type is known, outermost first."""
        for part in _below(self):
            if part.type:
                yield part


class Template(NamedTuple):
    """An expression over ``p0``, ``p1``, … of the types ``parameters``."""

    body: ast.expr
    parameters: tuple[str, ...]
    returns: str

    @property
    def telling(self) -> bool:
        """Whether it says something: from one to three holes, and more than a single operator."""
        names = Counter(node.id for node in ast.walk(self.body) if isinstance(node, ast.Name))
        repeats = [names[f"p{place}"] for place in range(len(self.parameters))]
        operators = sum(isinstance(node, _OPERATORS) for node in ast.walk(self.body))
        taught = any(name.startswith(MARK) for name in names)
        holes = 1 <= len(self.parameters) <= MOST_HOLES and max(repeats, default=0) <= MOST_REPEATS
        return holes and operators >= 2 and not taught


def parts_of(snippet: str, parameters: Sequence[tuple[str, str]], returns: str) -> list[Part]:
    """The expressions in the last function of ``snippet``. Raises ``SyntaxError``."""
    functions = [node for node in ast.parse(snippet).body if isinstance(node, ast.FunctionDef)]
    if not functions:
        return []
    block = functions[-1].body
    given = Scope({name: parse_type(kind) for name, kind in parameters}, {})
    scope = with_locals(block, given, parse_type(returns))
    found = []
    for statement in walked(block):
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.expr) and isinstance(getattr(child, "ctx", ast.Load()), ast.Load):
                found.append(Part(child, scope))
    return found


def template_of(part: Part) -> Template | None:
    """The expression with its free variables as holes."""
    body = canonical(part.node)
    holes = _Holes(part.scope)
    made = _Leaves(holes).visit(copy.deepcopy(body))
    return Template(made, tuple(holes.types), part.type) if holes.sound else None


def unified(left: Part, right: Part) -> Template | None:
    """The most specific template of both: anti-unification (Plotkin 1970), with free variables as holes."""
    holes = _Holes(left.scope)
    made = _unify(canonical(left.node), canonical(right.node), holes, right.scope)
    if made is None or not isinstance(made, ast.expr) or not holes.sound:
        return None
    return Template(made, tuple(holes.types), left.type)


def matched(part: Part, template: Template) -> Iterator[tuple[ast.expr, list[ast.expr]]]:
    """The expressions in ``part`` that the template matches, outermost first and none inside another's body."""
    arguments = _arguments(part, template)
    if arguments is not None:
        yield part.node, arguments
        for argument in arguments:
            yield from matched(Part(argument, part.scope), template)
        return
    for child in _children(part):
        yield from matched(child, template)


def rewritten(part: Part, template: Template, name: str) -> Part:
    """``part`` with a call of ``name`` for each match."""
    scope = part.scope._replace(functions={**part.scope.functions, name: parse_type(template.returns)})
    calls: dict[int, list[ast.expr]] = {id(node): args for node, args in matched(part, template)}
    made: ast.expr = _Calls(calls, name).visit(_shared_copy(part.node, calls))
    return Part(made, scope)


def canonical(node: ast.expr) -> ast.expr:
    """A copy in which what it binds itself is named ``b0``, ``b1``, … in order."""
    names = {name: f"{_BOUND}{place}" for place, name in enumerate(_bound(node))}
    made: ast.expr = _Renamed(names).visit(copy.deepcopy(node))
    return made


class _Holes:
    """The holes of a template that is being made: which pair of expressions each stands for."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.types: list[str] = []
        self.sound = True
        self._known: dict[tuple[str, str], str] = {}

    def hole(self, left: ast.expr, right: ast.expr, other: Scope) -> ast.Name:
        """The hole for this pair; the template is not ``sound`` if there cannot be one."""
        kinds = typed(left, self.scope), typed(right, other)
        bound = any(
            isinstance(node, ast.Name) and node.id[:1] == _BOUND and node.id[1:].isdigit()
            for side in (left, right) for node in ast.walk(side)
        )  # fmt: skip
        if bound or kinds[0] is None or kinds[0] != kinds[1] or not _of_specs(kinds[0]):
            self.sound = False
            return ast.Name("p0", ast.Load())
        key = ast.dump(left), ast.dump(right)
        if key not in self._known:
            self._known[key] = f"p{len(self.types)}"
            self.types.append(str(kinds[0]))
        return ast.Name(self._known[key], ast.Load())


class _Leaves(ast.NodeTransformer):
    """Holes in the place of free variables."""

    def __init__(self, holes: _Holes) -> None:
        self._holes = holes

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return self._holes.hole(node, node, self._holes.scope) if node.id in self._holes.scope.names else node


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self._names.get(node.arg, node.arg))


class _Calls(ast.NodeTransformer):
    def __init__(self, calls: Mapping[int, list[ast.expr]], name: str) -> None:
        self._calls, self._name = calls, name

    def visit(self, node: ast.AST) -> Any:
        arguments = self._calls.get(id(node))
        if arguments is None:
            return self.generic_visit(node)
        inner = [self.visit(argument) for argument in arguments]
        return ast.Call(ast.Name(self._name, ast.Load()), inner, [])


def _shared_copy(node: ast.expr, calls: Mapping[int, list[ast.expr]]) -> ast.expr:
    """A copy in which the matched nodes are the same objects, so that they are found again."""
    kept = [part for part in ast.walk(node) if id(part) in calls]
    return copy.deepcopy(node, {id(part): part for part in kept})


def _unify(left: ast.AST, right: ast.AST, holes: _Holes, other: Scope) -> ast.AST | None:
    """A tree with a hole wherever the two differ, or are variables; None where they differ in what is no expression."""
    if isinstance(left, ast.Name) and isinstance(right, ast.Name):
        free = left.id in holes.scope.names or right.id in other.names
        if left.id == right.id and not free:
            return copy.deepcopy(left)
        return holes.hole(left, right, other)
    made = _unified_fields(left, right, holes, other) if type(left) is type(right) else None
    if made is None and isinstance(left, ast.expr) and isinstance(right, ast.expr):
        return holes.hole(left, right, other)
    return made


def _unified_fields(left: ast.AST, right: ast.AST, holes: _Holes, other: Scope) -> ast.AST | None:
    fields: dict[str, object] = {}
    for name, value in ast.iter_fields(left):
        against = getattr(right, name)
        pairs = list(zip(value, against, strict=False)) if isinstance(value, list) else [(value, against)]
        if isinstance(value, list) and len(value) != len(against):
            return None
        inner: list[object] = []
        for mine, theirs in pairs:
            if isinstance(mine, ast.AST) and isinstance(theirs, ast.AST):
                both = _unify(mine, theirs, holes, other)
                if both is None:
                    return None
                inner.append(both)
            elif type(mine) is not type(theirs) or mine != theirs:
                return None
            else:
                inner.append(mine)
        fields[name] = inner if isinstance(value, list) else inner[0]
    return type(left)(**fields)


def _arguments(part: Part, template: Template) -> list[ast.expr] | None:
    """What the holes stand for if the template matches this expression."""
    if type(part.node) is not type(template.body):
        return None
    names = dict(zip(_bound(template.body), _bound(part.node), strict=False))
    values: dict[str, ast.expr] = {}
    bound = set(names.values())
    if not _match(part.node, template.body, names, bound, values) or part.type != template.returns:
        return None
    arguments = [values.get(f"p{place}") for place in range(len(template.parameters))]
    found = [argument for argument in arguments if argument is not None]
    kinds = [Part(argument, part.scope).type for argument in found]
    return found if tuple(kinds) == template.parameters else None


def _match(
    node: object, pattern: object, names: Mapping[str, str], bound: set[str], values: dict[str, ast.expr]
) -> bool:
    if isinstance(pattern, ast.Name) and pattern.id[:1] == "p" and pattern.id[1:].isdigit():
        if not isinstance(node, ast.expr):
            return False
        if any(isinstance(each, ast.Name) and each.id in bound for each in ast.walk(node)):
            return False
        return ast.dump(values.setdefault(pattern.id, node)) == ast.dump(node)
    if isinstance(pattern, ast.AST):
        if isinstance(pattern, ast.Name) and isinstance(node, ast.Name):
            return node.id == names.get(pattern.id, pattern.id)
        return type(node) is type(pattern) and all(
            _match(getattr(node, name), value, names, bound, values)
            for name, value in ast.iter_fields(pattern)
            if name != "kind"
        )
    if isinstance(pattern, list):
        return (
            isinstance(node, list)
            and len(node) == len(pattern)
            and all(_match(a, b, names, bound, values) for a, b in zip(node, pattern, strict=True))
        )
    if isinstance(pattern, str) and pattern in names:
        return node == names[pattern]
    return type(node) is type(pattern) and node == pattern


def _bound(node: ast.AST) -> list[str]:
    """The names that an expression binds, in order."""
    found: dict[str, None] = {}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found[part.id] = None
        elif isinstance(part, ast.arg):
            found[part.arg] = None
    return list(found)


def _below(part: Part) -> Iterator[Part]:
    yield part
    for child in _children(part):
        yield from _below(child)


def _children(part: Part) -> Iterator[Part]:
    """The expressions right below, each in its scope."""
    node, scope = part
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        inner = inside(node.generators, scope)
        for place, generator in enumerate(node.generators):
            yield Part(generator.iter, scope if not place else inner)
            for test in generator.ifs:
                yield Part(test, inner)
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for element in elements:
            yield Part(element, inner)
    elif not isinstance(node, ast.Lambda):
        for child in children(node):
            yield Part(child, scope)


def _of_specs(type_: Type) -> bool:
    return type_.head != "iterable" and supported(type_)
