"""Rewriting to what a person would have written: local rules, from the inside out, until none applies.

Every rule keeps the value, its type and the exception on all inputs of the declared types; the modules of the rules
say why. A rule is a function of a node and the types in scope; it gives another expression, or None. Rules either
make an expression smaller or bring it nearer to one fixed form, so that they come to an end.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, Final

from aurora.synthesis.emission import (
    arithmetic,
    comparisons,
    comprehending,
    conditionals,
    sequences,
    templates,
    truth,
    tuples,
)
from aurora.synthesis.emission.shapes import COMPREHENSIONS, Comprehension
from aurora.synthesis.emission.typing import Scope, element_of, inside, typed

Rule = Callable[[Any, Scope], ast.expr | None]
Rules = Mapping[type[ast.expr], tuple[Rule, ...]]

ROUNDS: Final = 30
"""Passes over an expression before it is left as it is: far more than any needs."""

_EACH: tuple[Rule, ...] = (
    comprehending.sources, comprehending.counted_over, comprehending.merged_filters, comprehending.mapped_twice,
    comprehending.taken_apart, comprehending.unused_halves,
)  # fmt: skip

RULES: Final[Rules] = {
    ast.BinOp: (
        arithmetic.folded, arithmetic.neutral, arithmetic.constant_last, arithmetic.signs, arithmetic.gathered,
        arithmetic.cancelled, arithmetic.associated, arithmetic.unfolded_lists,
    ),
    ast.UnaryOp: (truth.negation, arithmetic.negated_number),
    ast.Compare: (
        comparisons.constant_right, comparisons.against_truth, comparisons.remainders, comparisons.emptiness,
        comparisons.differences,
        comparisons.membership, comparisons.affixes, tuples.members,
    ),
    ast.BoolOp: (truth.flattened, truth.several_affixes, truth.alternatives, truth.chained),
    ast.IfExp: (
        conditionals.decided, conditionals.inner_conditions, conditionals.of_truths, conditionals.equal_branches,
        conditionals.extremes,
        conditionals.looked_up, conditionals.positive, conditionals.either,
    ),
    ast.Subscript: (
        sequences.displays, sequences.bounds, sequences.cuts_of_cuts, sequences.ends, sequences.descending,
    ),
    ast.Call: (
        arithmetic.needless_conversion, arithmetic.flat_extremes,
        arithmetic.of_displays, conditionals.without_none, sequences.ranges, sequences.made_for_nothing,
        sequences.extremes_of_sorted, sequences.displays_of_displays, sequences.joined_text, comprehending.dictionaries,
        comprehending.counts, comprehending.without_lists, comprehending.needless_generator,
        comprehending.contained, sequences.neighbours, tuples.without_detour, tuples.counting,
    ),
    ast.List: (tuples.unpacked,),
    ast.Tuple: (tuples.unpacked,),
    ast.ListComp: (*_EACH, comprehending.identity),
    ast.SetComp: (*_EACH, comprehending.identity),
    ast.GeneratorExp: _EACH,
    ast.DictComp: (*_EACH, comprehending.same_values),
}  # fmt: skip

FINISH: Final[Rules] = {
    ast.BinOp: (templates.interpolated,),
    ast.Call: (sequences.keyed_by_values, sequences.strict_zip, templates.formatted),
}
"""What is said another way at the very end, since it hides what the rules look for."""


def simplified(expression: ast.expr, scope: Scope) -> ast.expr:
    """``expression`` rewritten until no rule applies."""
    return _until_stable(expression, RULES, scope)


def tested(expression: ast.expr, scope: Scope) -> ast.expr:
    """``expression`` simplified where only its truth counts."""
    return simplified(comparisons.tested(simplified(expression, scope), scope), scope)


def finished(expression: ast.expr, scope: Scope) -> ast.expr:
    """The last touches."""
    return _pass(expression, FINISH, scope)


def _until_stable(expression: ast.expr, rules: Rules, scope: Scope) -> ast.expr:
    before = ""
    for _ in range(ROUNDS):
        now = ast.dump(expression)
        if now == before:
            break
        before = now
        expression = _pass(expression, rules, scope)
    return expression


def _pass(node: ast.expr, rules: Rules, scope: Scope) -> ast.expr:
    """Rewrite the parts, then the whole by the first rule that applies."""
    node = _parts_rewritten(node, rules, scope)
    if isinstance(node, ast.IfExp):
        node = ast.IfExp(comparisons.tested(node.test, scope), node.body, node.orelse)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node = ast.UnaryOp(node.op, comparisons.tested(node.operand, scope))
    for rule in rules.get(type(node), ()):
        made = rule(node, scope)
        if made is not None:
            return made
    return node


def _parts_rewritten(node: ast.expr, rules: Rules, scope: Scope) -> ast.expr:
    if isinstance(node, COMPREHENSIONS):
        return _comprehension(node, rules, scope)
    if isinstance(node, ast.Lambda):
        names = [argument.arg for argument in node.args.args]
        return ast.Lambda(node.args, _pass(node.body, rules, scope.having(dict.fromkeys(names))))
    if isinstance(node, ast.Call) and node.args:
        _type_keys(node, rules, scope)
    made: ast.expr = _Parts(rules, scope).generic_visit(node)  # type: ignore[assignment]
    return made


def _type_keys(node: ast.Call, rules: Rules, scope: Scope) -> None:
    """Rewrite the keys of ``sorted`` and its like knowing what they are asked about."""
    for keyword in node.keywords:
        match keyword.value:
            case ast.Lambda(args=ast.arguments(args=[ast.arg(arg=parameter)]), body=body):
                inner = scope.having({parameter: element_of(typed(node.args[0], scope))})
                keyword.value = ast.Lambda(keyword.value.args, _pass(body, rules, inner))


class _Parts(ast.NodeTransformer):
    """Rewrites the expressions right below a node, and those below slices, keywords and interpolations."""

    def __init__(self, rules: Rules, scope: Scope) -> None:
        self._rules, self._scope = rules, scope

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.Slice | ast.keyword | ast.FormattedValue | ast.Starred):
            return self.generic_visit(node)
        return _pass(node, self._rules, self._scope) if isinstance(node, ast.expr) else node


def _comprehension(node: Comprehension, rules: Rules, scope: Scope) -> ast.expr:
    generators = []
    for generator in node.generators:
        source = _pass(generator.iter, rules, scope)
        scope = inside([ast.comprehension(generator.target, source, [], 0)], scope)
        tests = [comparisons.tested(_pass(test, rules, scope), scope) for test in generator.ifs]
        generators.append(ast.comprehension(generator.target, source, tests, 0))
    if isinstance(node, ast.DictComp):
        return ast.DictComp(_pass(node.key, rules, scope), _pass(node.value, rules, scope), generators)
    return type(node)(_pass(node.elt, rules, scope), generators)
