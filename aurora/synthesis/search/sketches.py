"""Functions of the corpus as terms, to be edited: their expressions taken apart wherever types are certain.

A sketch's operators are made from its text, so that every expression of Python can be one; where the type of a part
is not certain, the part stays inside the operator around it. Only functions that are one expression are taken.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from itertools import permutations, product

from aurora.specs.types import parse_type
from aurora.specs.values import literal
from aurora.synthesis.cells import supported
from aurora.synthesis.emission.shapes import bound_names
from aurora.synthesis.emission.typing import Scope, inside, typed
from aurora.synthesis.operators.op import Op
from aurora.synthesis.problem import Problem, Sketch
from aurora.synthesis.search.terms import Apply, Term, constant, parts, variable

OPERATOR_COST, CONSTANT_COST = 2, 2
MOST_WAYS = 6
"""Ways to give a sketch the parameters of the problem."""

LEAST_KEPT = 2
"""Operators that an edit leaves, at least, if it is to be named after what it was made from."""

_HOLE = "hole_of_sketch_"
_WHOLE = frozenset({"sum", "max", "min", "sorted", "list", "set", "tuple", "any", "all"})
_ELEMENTS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


def terms_of(sketch: Sketch, problem: Problem, *, kept: bool = False) -> Iterator[Term]:
    """The sketch over the problem's parameters, in each way that the types allow; none where it cannot be read.

    It is made ready for edits, unless it is to be ``kept`` as it is.
    """
    try:
        functions = [node for node in ast.parse(sketch.snippet).body if isinstance(node, ast.FunctionDef)]
    except SyntaxError:
        return
    if len(functions) != 1 or len(functions[0].args.args) != len(sketch.parameters):
        return
    body = [node for node in functions[0].body if not _is_text(node)]
    match body:
        case [ast.Return(value=ast.expr() as value)]:
            names = [each.arg for each in functions[0].args.args]
            for way in _ways(sketch, problem):
                swap = dict(zip(names, way, strict=True))
                scope = Scope({name: parse_type(kind) for name, kind in problem.parameters}, {})
                named = _Renamed(swap).visit(copy.deepcopy(value))
                term = _term(named if kept else _Listed().visit(named), scope)
                if term is not None:
                    yield term


def marked(term: Term, sketch: Sketch) -> Term:
    """The term under an operator that does nothing but say where it is from."""
    kind = term.type
    return Apply(Op("{0}", (kind,), kind, 0, key=f"source/{sketch.id}"), term)


def akin(edited: Term, sketch: Term) -> bool:
    """Whether an edit leaves most of a sketch: at least two operators, and no fewer than it brings.

    What binds variables counts twice: it goes through values and says what becomes of each.
    """
    known, made = _operators(sketch), _operators(edited)
    kept = (known & made).total()
    return kept >= LEAST_KEPT and 2 * kept >= made.total()


def _operators(term: Term) -> Counter[str]:
    counted: Counter[str] = Counter()
    for part in parts(term):
        if isinstance(part, Apply):
            counted[part.op.text] += 2 if part.op.binds else 1
    return counted


def _ways(sketch: Sketch, problem: Problem) -> list[tuple[str, ...]]:
    """Parameters of the problem for those of the sketch: different ones where there are enough."""
    kinds = [str(parse_type(kind)) for kind in sketch.parameters]
    own = {name: str(parse_type(kind)) for name, kind in problem.parameters}
    enough = len(kinds) <= len(own)
    choices = permutations(own, len(kinds)) if enough else product(own, repeat=len(kinds))
    fitting = (way for way in choices if [own[name] for name in way] == kinds)
    return [way for way, _ in zip(fitting, range(MOST_WAYS), strict=False)]


def _term(node: ast.expr, scope: Scope) -> Term | None:
    kind = typed(node, scope)
    if kind is None or kind.head == "iterable" or not supported(kind):
        return None
    if isinstance(node, ast.Name):
        return variable(node.id, str(kind))
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | str | bool):
        return constant(literal(node.value), str(kind), CONSTANT_COST)
    taken = _Taken(scope)
    text = ast.unparse(taken.visit(copy.deepcopy(node))).replace("{", "{{").replace("}", "}}")
    for place in range(len(taken.terms)):
        text = text.replace(f"{_HOLE}{place}_", f"{{{place}}}")
    kinds = tuple(term.type for term in taken.terms)
    op = Op(text, kinds, str(kind), OPERATOR_COST, partial=True, binds=tuple(taken.bound))
    return Apply(op, *taken.terms)


class _Taken(ast.NodeTransformer):
    """Takes the largest typed parts out of an expression, and leaves holes."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._outside = True
        self.terms: list[Term] = []
        self.bound: list[str] = []

    def visit(self, node: ast.AST) -> ast.AST:
        if self._outside:
            self._outside = False
        elif isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            term = _term(node, self._scope)
            if term is not None and len(self.terms) < 10:
                self.terms.append(term)
                return ast.Name(f"{_HOLE}{len(self.terms) - 1}_", ast.Load())
        if isinstance(node, _ELEMENTS):
            return self._elements(node)
        return node if isinstance(node, ast.Lambda) else self.generic_visit(node)

    def _elements(self, node: ast.AST) -> ast.AST:
        assert isinstance(node, _ELEMENTS)
        if len(node.generators) != 1:
            return node
        generator = node.generators[0]
        within = inside(node.generators, self._scope)
        generator.iter = self._expression(generator.iter)
        outer, self._scope = self._scope, within
        self.bound += bound_names(generator.target)
        generator.ifs = [self._expression(test) for test in generator.ifs]
        if isinstance(node, ast.DictComp):
            node.key, node.value = self._expression(node.key), self._expression(node.value)
        else:
            node.elt = self._expression(node.elt)
        self._scope = outer
        return node

    def _expression(self, node: ast.expr) -> ast.expr:
        made = self.visit(node)
        assert isinstance(made, ast.expr)
        return made


class _Listed(ast.NodeTransformer):
    """Lists in the place of generators that a call takes whole: they have a type, so that they can be taken apart."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match self.generic_visit(node):
            case ast.Call(args=[ast.GeneratorExp(elt=elt, generators=generators)]) as call if _takes_whole(
                call
            ):
                return ast.Call(call.func, [ast.ListComp(elt, generators)], call.keywords)
        return node


def _takes_whole(call: ast.Call) -> bool:
    match call.func:
        case ast.Name(id=name):
            return name in _WHOLE
        case ast.Attribute(attr="join"):
            return True
    return False


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
