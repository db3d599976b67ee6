"""Rules on comprehensions: what they go through, what they make, and when a built-in says the same."""

from __future__ import annotations

import ast
from typing import Final

from aurora.synthesis.cells import is_variadic
from aurora.synthesis.emission.safety import total
from aurora.synthesis.emission.sequences import gone_through
from aurora.synthesis.emission.shapes import (
    COMPREHENSIONS,
    Comprehension,
    call,
    called,
    compare,
    copied,
    mentions,
    method,
    method_called,
    name,
    names_in,
    natural,
    put,
    same,
    truth,
)
from aurora.synthesis.emission.typing import BOOL, FLOAT, INT, NONE, STR, Scope, element_of, inside, typed

_LISTLESS: Final = ("sum", "max", "min", "sorted", "tuple")
"""Functions that take a generator as well as a list; ``any`` and ``all`` stop early, so that less could raise."""


def identity(node: ast.ListComp | ast.SetComp, scope: Scope) -> ast.expr | None:
    """``[x for x in xs]`` as ``list(xs)``, ``{x for x in xs}`` as ``set(xs)``."""
    match node:
        case ast.ListComp(
            elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=two), iter=source, ifs=[])]
        ) if one == two:
            return call("list", source)
        case ast.SetComp(
            elt=ast.Name(id=one), generators=[ast.comprehension(target=ast.Name(id=two), iter=source, ifs=[])]
        ) if one == two:
            return call("set", source)
    return None


def sources(node: Comprehension, scope: Scope) -> ast.expr | None:
    """``for x in list(range(n))`` as ``for x in range(n)``; filters that are ``True`` go away."""
    changed = False
    generators = []
    for place, generator in enumerate(node.generators):
        within = inside(node.generators[:place], scope)
        source = gone_through(generator.iter, within)
        tests = [test for test in generator.ifs if truth(test) is not True]
        changed = changed or source is not generator.iter or len(tests) != len(generator.ifs)
        generators.append(ast.comprehension(generator.target, source, tests, 0))
    return with_generators(node, generators) if changed else None


def with_generators(node: Comprehension, generators: list[ast.comprehension]) -> Comprehension:
    """The same comprehension over other sources."""
    if isinstance(node, ast.DictComp):
        return ast.DictComp(node.key, node.value, generators)
    return type(node)(node.elt, generators)


def merged_filters(node: Comprehension, scope: Scope) -> ast.expr | None:
    """``... for x in [y for y in ys if q]`` as ``... for y in ys if q``, where the filter cannot fail."""
    for place, outer in enumerate(node.generators):
        match outer.target, outer.iter:
            case ast.Name(id=variable), (
                ast.ListComp(elt=ast.Name(id=given), generators=[inner])
                | ast.GeneratorExp(elt=ast.Name(id=given), generators=[inner])
            ) if isinstance(inner.target, ast.Name) and inner.target.id == given:
                within = inside(node.generators[:place], scope)
                tests = [put(test, {given: name(variable)}) for test in inner.ifs]
                fits = all(total(test, inside([inner], within)) for test in inner.ifs)
                free = variable not in set().union(*map(names_in, inner.ifs)) - {given}
                if fits and free and variable not in names_in(inner.iter):
                    joined = ast.comprehension(outer.target, inner.iter, [*tests, *outer.ifs], 0)
                    return with_generators(
                        node, [*node.generators[:place], joined, *node.generators[place + 1 :]]
                    )
    return None


def mapped_twice(node: Comprehension, scope: Scope) -> ast.expr | None:
    """``f(x) for x in [g(y) for y in ys]`` as ``f(g(y)) for y in ys``, where ``g`` cannot fail and is used once."""
    match node:
        case (
            ast.ListComp(elt=element, generators=[outer]) | ast.GeneratorExp(elt=element, generators=[outer])
        ) if not outer.ifs and isinstance(outer.target, ast.Name):
            match outer.iter:
                case (
                    ast.ListComp(elt=inner, generators=[source])
                    | ast.GeneratorExp(elt=inner, generators=[source])
                ):
                    once = mentions(element, outer.target.id) == 1 and not any(
                        isinstance(part, (*COMPREHENSIONS, ast.Lambda)) for part in ast.walk(element)
                    )
                    bound = names_in(source.target)
                    if once and total(inner, inside([source], scope)) and not bound & names_in(element):
                        return type(node)(put(element, {outer.target.id: inner}), [source])
    return None


def counted_over(node: Comprehension, scope: Scope) -> ast.expr | None:
    """``f(xs[i]) for i in range(len(xs))`` as ``f(x) for x in xs``; by ``enumerate`` where ``i`` is needed."""
    if len(node.generators) != 1 or not isinstance(node.generators[0].target, ast.Name):
        return None
    [generator] = node.generators
    place = node.generators[0].target.id
    source = _measured(generator.iter)
    kind = typed(source, scope) if source is not None else None
    if source is None or kind is None or kind.head not in ("list", "str"):
        return None
    parts = [generator.ifs, [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]]
    everything = [part for each in parts for part in each]
    if not any(_Item(source, place, "").finds(part) for part in everything):
        return None
    variable = _variable(source, {name for part in everything for name in names_in(part)} | set(scope.names))
    swap = _Item(source, place, variable)
    made = [[swap.visit(part) for part in each] for each in parts]
    if any(mentions(part, place) for each in made for part in each):
        target: ast.expr = ast.Tuple([name(place), name(variable)], ast.Store())
        through: ast.expr = call("enumerate", source)
    else:
        target, through = name(variable), source
    generators = [ast.comprehension(target, through, made[0], 0)]
    if isinstance(node, ast.DictComp):
        return ast.DictComp(made[1][0], made[1][1], generators)
    return type(node)(made[1][0], generators)


class _Item(ast.NodeTransformer):
    """Puts a variable in the place of ``source[place]``."""

    def __init__(self, source: ast.expr, place: str, variable: str) -> None:
        self._source, self._place, self._variable = source, place, variable

    def finds(self, node: ast.expr) -> bool:
        """Whether there is something to replace."""
        return any(self._fits(part) for part in ast.walk(node))

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if self._fits(node):
            return name(self._variable)
        self.generic_visit(node)
        return node

    def _fits(self, node: ast.AST) -> bool:
        match node:
            case ast.Subscript(value=value, slice=ast.Name(id=place)):
                return place == self._place and same(value, self._source)
        return False


def _measured(node: ast.expr) -> ast.expr | None:
    """The ``xs`` of ``range(len(xs))``."""
    args = called(node, "range")
    inner = called(args[0], "len") if args and len(args) == 1 else None
    return inner[0] if inner and isinstance(inner[0], ast.Name) else None


def _variable(source: ast.expr, taken: set[str]) -> str:
    options = ("x", "item", "value", "each")
    return next(option for option in (*options, "element_") if option not in taken)


def without_lists(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``sum([...])`` as ``sum(...)``; ``any([...])`` only where its elements cannot fail (ruff: C419)."""
    match node:
        case ast.Call(func=ast.Name(id=function), args=[ast.ListComp(elt=element, generators=generators)]):
            safe = function in _LISTLESS
            if function in ("any", "all"):
                safe = total(ast.GeneratorExp(element, generators), scope)
            if safe:
                return ast.Call(node.func, [ast.GeneratorExp(element, generators)], node.keywords)
            if function == "set" and not node.keywords:
                return ast.SetComp(element, generators)
        case ast.Call(func=ast.Name(id="set"), args=[ast.GeneratorExp(elt=element, generators=generators)]):
            return ast.SetComp(element, generators)
        case ast.Call(func=ast.Name(id="list"), args=[ast.GeneratorExp(elt=element, generators=generators)]):
            return ast.ListComp(element, generators)
        case ast.Call(
            func=ast.Attribute(attr="join"),
            args=[ast.ListComp(elt=element, generators=generators)],
            keywords=[],
        ):
            return ast.Call(node.func, [ast.GeneratorExp(element, generators)], [])
    return None


def dictionaries(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``dict([(k, v) for ...])`` as ``{k: v for ...}``."""
    match node:
        case ast.Call(
            func=ast.Name(id="dict"),
            args=[
                ast.ListComp(elt=ast.Tuple(elts=[key, value]), generators=generators)
                | ast.GeneratorExp(elt=ast.Tuple(elts=[key, value]), generators=generators)
            ],
            keywords=[],
        ):
            return ast.DictComp(key, value, generators)
    return None


def same_values(node: ast.DictComp, scope: Scope) -> ast.expr | None:
    """``{x: 0 for x in xs}`` as ``dict.fromkeys(xs, 0)`` (ruff: C420), for values that all may share."""
    match node:
        case ast.DictComp(
            key=ast.Name(id=key),
            value=value,
            generators=[ast.comprehension(target=ast.Name(id=target), iter=source, ifs=[])],
        ) if key == target and typed(source, scope) is not None and not mentions(value, key):
            if typed(value, scope) not in (INT, STR, BOOL, FLOAT, NONE) or not total(value, scope):
                return None
            function = ast.Attribute(name("dict"), "fromkeys", ast.Load())
            return ast.Call(function, [source, value], [])
    return None


def needless_generator(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``sum(x for x in xs)`` as ``sum(xs)``, also for ``max``, ``sorted``, ``any`` and ``join``."""
    consumer = called(node, "sum", "max", "min", "any", "all", "sorted", "set", "tuple")
    found = method_called(node, "join")
    args = consumer or (found[1] if found else None)
    match args:
        case [
            ast.GeneratorExp(
                elt=ast.Name(id=one),
                generators=[ast.comprehension(target=ast.Name(id=two), iter=source, ifs=[])],
            )
        ] if one == two:
            return ast.Call(node.func, [source], [])
    return None


def counts(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``sum(1 for x in xs if x == y)`` and ``len([x for x in xs if x == y])`` as ``xs.count(y)``."""
    match node:
        case ast.Call(func=ast.Name(id="sum"), args=[ast.GeneratorExp(elt=element, generators=[generator])]):
            if natural(element) == 1 and len(generator.ifs) == 1:
                return _count(generator, generator.ifs[0], scope)
            if not generator.ifs:
                return _count(generator, element, scope)
        case ast.Call(func=ast.Name(id="len"), args=[ast.ListComp(generators=[generator], elt=element)]) if (
            len(generator.ifs) == 1 and total(element, inside([generator], scope))
        ):
            return _count(generator, generator.ifs[0], scope)
    return None


def _count(generator: ast.comprehension, test: ast.expr, scope: Scope) -> ast.expr | None:
    wanted = _equals(generator.target, test, scope)
    kind = typed(generator.iter, scope)
    if wanted is None or kind is None:
        return None
    one = isinstance(wanted, ast.Constant) and isinstance(wanted.value, str) and len(wanted.value) == 1
    if kind.head == "list" or (kind == STR and one):
        return method(generator.iter, "count", wanted)
    return None


def _equals(target: ast.expr, test: ast.expr, scope: Scope) -> ast.expr | None:
    """The ``y`` of ``x == y``, where ``x`` is the target and ``y`` can be evaluated once and cannot fail."""
    match target, test:
        case ast.Name(id=variable), ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            for one, other in ((left, right), (right, left)):
                alone = isinstance(one, ast.Name) and one.id == variable and not mentions(other, variable)
                if alone and total(other, scope):
                    return other
    return None


def contained(node: ast.Call, scope: Scope) -> ast.expr | None:
    """``any(x == y for x in xs)`` as ``y in xs``; ``all(x != y ...)`` as ``y not in xs``."""
    match node:
        case ast.Call(
            func=ast.Name(id="any" | "all" as function),
            args=[
                ast.GeneratorExp(elt=test, generators=[ast.comprehension(target=target, iter=source, ifs=[])])
            ],
        ):
            wanted: ast.cmpop = ast.In()
            if function == "all":
                match test:
                    case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[right]):
                        test, wanted = compare(left, ast.Eq(), right), ast.NotIn()
                    case _:
                        return None
            other = _equals(target, test, scope)
            kind = typed(source, scope)
            if other is not None and kind is not None and element_of(kind) in (INT, STR, BOOL):
                one = isinstance(other, ast.Constant) and len(str(other.value)) == 1
                if kind.head in ("list", "set") or (kind == STR and one):
                    return compare(other, wanted, source)
    return None


def taken_apart(node: Comprehension, scope: Scope) -> ast.expr | None:
    """``pair[0] ... for pair in pairs`` as ``first ... for first, second in pairs``, where only its parts are used."""
    for place, generator in enumerate(node.generators):
        if not isinstance(generator.target, ast.Name):
            continue
        variable = generator.target.id
        type_ = element_of(typed(generator.iter, inside(node.generators[:place], scope)))
        fixed = type_ is not None and type_.head == "tuple" and not is_variadic(type_) and len(type_.args) > 1
        if type_ is None or not fixed:
            continue
        bare = with_generators(
            node, [ast.comprehension(name("_"), each.iter, each.ifs, 0) for each in node.generators]
        )
        used = _places(bare, variable)
        if used and len(used) == mentions(bare, variable) and max(used) < len(type_.args):
            swap = _Parts(variable)
            made: Comprehension = swap.visit(copied(node))
            parts = [name(f"{variable}_{at}" if at in used else "_") for at in range(len(type_.args))]
            made.generators[place].target = ast.Tuple(list(parts), ast.Store())
            return made
    return None


def _places(node: ast.expr, variable: str) -> list[int]:
    """The literal subscripts of a variable, one for each time that it is taken apart."""
    found = []
    for part in ast.walk(node):
        match part:
            case ast.Subscript(value=ast.Name(id=owner), slice=place) if owner == variable:
                at = natural(place)
                found += [at] if at is not None else []
    return found


class _Parts(ast.NodeTransformer):
    """Puts ``pair_0`` in the place of ``pair[0]``: names that are better named later."""

    def __init__(self, variable: str) -> None:
        self._variable = variable

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        match node:
            case ast.Subscript(value=ast.Name(id=owner), slice=place) if owner == self._variable:
                at = natural(place)
                if at is not None:
                    return name(f"{owner}_{at}")
        self.generic_visit(node)
        return node


def unused_halves(node: Comprehension, scope: Scope) -> ast.expr | None:
    """``for _, v in d.items()`` as ``for v in d.values()``, ``for k, _ in d.items()`` as ``for k in d``; so too for
    an ``enumerate`` whose numbers nobody looks at."""
    for place, generator in enumerate(node.generators):
        match generator.target:
            case ast.Tuple(elts=[ast.Name(id=first), second]):
                pair = [first, second.id if isinstance(second, ast.Name) else ""]
            case _:
                continue
        unused = [bool(each) and mentions(node, each) == 1 for each in pair]
        source, target = None, generator.target.elts[unused[0]]
        found, counted = method_called(generator.iter, "items"), called(generator.iter, "enumerate")
        if found is not None and typed(found[0], scope) is not None and any(unused):
            source = method(found[0], "values") if unused[0] else found[0]
        elif counted is not None and unused[0] and len(counted) == 1:
            source = counted[0]
        if source is not None:
            made = ast.comprehension(target, source, generator.ifs, 0)
            return with_generators(node, [*node.generators[:place], made, *node.generators[place + 1 :]])
    return None
