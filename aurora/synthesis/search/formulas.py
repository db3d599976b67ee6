"""Truth values put together: the cheapest formula of up to three predicates that holds on just the wanted lanes.

Over masks of a few lanes this is exact: all pairs under ``and`` and ``or``, then a third beside each pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.predicates import Predicates, negated
from aurora.synthesis.search.terms import Apply, Term, text

AND = Op("{0} and {1}", ("bool", "bool"), "bool", 3, commutative=True)
OR = Op("{0} or {1}", ("bool", "bool"), "bool", 3, commutative=True)

ATOMS = 120
"""Predicates and their opposites, cheapest first, that a formula may have."""

Masked = tuple[int, Term]


def cheapest_formula(hunt: Hunt, predicates: Predicates, atoms: int) -> Term | None:
    """The cheapest formula for the hunt's goal, of one predicate or up to ``atoms``."""
    goal = sum(1 << lane for lane, holds in enumerate(hunt.goal) if holds)
    full = (1 << len(hunt.lanes)) - 1
    known = _atoms(predicates, full)
    for masked in _best([(mask, term) for mask, term in known if mask == goal]):
        return masked[1]
    if atoms < 2:
        return None
    pairs = _pairs(known)
    hunt.spend(len(known) ** 2)
    found = [masked for masked in pairs if masked[0] == goal]
    if not found and atoms > 2:
        found = _joined(goal, known, pairs)
        hunt.spend(len(known) * len(pairs))
    return next((term for _, term in _best(found)), None)


def _atoms(predicates: Predicates, full: int) -> list[Masked]:
    """Every division of the lanes once, by its cheapest predicate or the opposite of one."""
    cheapest: dict[int, Term] = {}
    for predicate in predicates.ordered()[:ATOMS]:
        term = predicates.term(predicate)
        for mask, test in ((predicate.mask, term), (full & ~predicate.mask, negated(term))):
            if mask not in cheapest or test.cost < cheapest[mask].cost:
                cheapest[mask] = test
    return sorted(cheapest.items(), key=lambda each: each[1].cost)[:ATOMS]


def _pairs(known: Sequence[Masked]) -> list[Masked]:
    cheapest: dict[int, Term] = {}
    for (first, left), (second, right) in combinations(known, 2):
        for mask, op in ((first & second, AND), (first | second, OR)):
            if mask not in (first, second):
                term = (_between(left, right) if op is AND else None) or Apply(op, left, right)
                if mask not in cheapest or term.cost < cheapest[mask].cost:
                    cheapest[mask] = term
    return list(cheapest.items())


def _between(left: Term, right: Term) -> Term | None:
    """Two comparisons in a row as one: ``low <= x <= high``."""
    for first, second in ((left, right), (right, left)):
        if isinstance(first, Apply) and isinstance(second, Apply):
            signs = _SIGNS.get(first.op.text), _SIGNS.get(second.op.text)
            if all(signs) and text(first.arguments[1]) == text(second.arguments[0]):
                low, middle, high = *first.arguments, second.arguments[1]
                op = Op(f"{{0}} {signs[0]} {{1}} {signs[1]} {{2}}", (low.type,) * 3, "bool", 4)
                return Apply(op, low, middle, high)
    return None


_SIGNS = {"{0} < {1}": "<", "{0} <= {1}": "<="}


def _joined(goal: int, known: Sequence[Masked], pairs: Sequence[Masked]) -> list[Masked]:
    found: list[Masked] = []
    for mask, term in known:
        for other, pair in pairs:
            if mask & other == goal:
                found.append((goal, Apply(AND, term, pair)))
            elif mask | other == goal:
                found.append((goal, Apply(OR, term, pair)))
    return found


def _best(found: Sequence[Masked]) -> list[Masked]:
    return sorted(found, key=lambda each: each[1].cost)[:1]
