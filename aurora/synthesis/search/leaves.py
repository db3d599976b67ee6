"""The leaves of conditionals: for each set of lanes the cheapest expression that is right on it.

Expressions come from the bank, as it grows, from what raises on some lanes and is right on others, and from the
constants. Invariant: no leaf says more than the answers that it explains; one that a single lane speaks for is
charged.
"""

from __future__ import annotations

from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.cells import optional
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.evidence import agreement, information
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Term, is_choice

SINGLE_COST = 4
"""The charge for a leaf that only one lane speaks for."""

BITS_PER_COST = 1
"""A leaf says as much as this for each unit of its cost; its lanes must say at least as much."""

PARTIALS = 3_000
"""Expressions of a type that raise on some lanes, at most."""

Found = tuple[int, Term] | None
"""A leaf with its cost and charges, if there is one."""


class Answer(NamedTuple):
    """An expression with the lanes it is right on, and what it costs."""

    mask: int
    cost: int
    term: Term


class Answers:
    """The cheapest expression of the wanted type for each set of lanes it is right on."""

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._found: dict[int, Answer] = {}
        self._seen = 0
        self._partials: dict[str, int] = {}
        self._partial_kinds: list[tuple[str, Op | None]] = [(hunt.returns, None)]
        inner = optional(parse_type(hunt.returns))
        if inner is not None:
            self._partial_kinds.append((str(inner), Op("{0}", (str(inner),), hunt.returns, 1)))
        self._ordered: list[Answer] = []
        self.information = [information(cell) for cell in hunt.goal]
        # Constants are leaves before the bank comes to their cost.
        for leaf, cell in hunt.constants:
            mask = agreement((cell,) * len(hunt.goal), hunt.goal) if leaf.type == hunt.returns else 0
            if mask:
                self.take(mask, leaf)

    def refresh(self) -> bool:
        """Take in what the bank has found since; whether there is anything new."""
        hunt = self._hunt
        bank, kind = hunt.bank, hunt.returns
        column = bank.columns[kind]
        changed = not self._ordered and bool(self._found)
        hunt.spend(1 + (len(column.values) - self._seen) // 2)
        for place in range(self._seen, len(column.values)):
            mask = agreement(column.values[place], hunt.goal)
            if mask and mask not in self._found:
                changed |= self.take(mask, bank.term(kind, place))
        self._seen = len(column.values)
        for source, lift in self._partial_kinds:
            changed |= self._scan_partials(source, lift)
        if changed:
            self._ordered = sorted(self._found.values(), key=lambda answer: answer.cost)
        return changed

    def _scan_partials(self, kind: str, lift: Op | None) -> bool:
        """What raises on some lanes can still be the answer on others."""
        bank, goal = self._hunt.bank, self._hunt.goal
        partials = bank.columns[kind].partials[:PARTIALS]
        start = self._partials.get(kind, 0)
        self._hunt.spend(3 * (len(partials) - start))
        changed = False
        for derivation in partials[start:]:
            mask = agreement(bank.vector_of(derivation), goal)
            if mask and mask not in self._found:
                term = bank.term_of(derivation)
                changed |= self.take(mask, term if lift is None else Apply(lift, term))
        self._partials[kind] = len(partials)
        return changed

    def take(self, mask: int, term: Term) -> bool:
        """Take in an expression that is right on ``mask``; whether it is the cheapest there."""
        known = self._found.get(mask)
        if is_choice(term) or (known is not None and known.cost <= term.cost):
            return False
        self._found[mask] = Answer(mask, term.cost, term)
        return True

    def ordered(self) -> list[Answer]:
        """All of them, the cheapest first."""
        return self._ordered

    def leaf(self, mask: int, below: int) -> Found:
        """The cheapest answer on all of ``mask`` that says no more than is explained, with its charge.

        It costs less than ``below``.
        """
        bits = sum(bits for lane, bits in enumerate(self.information) if mask >> lane & 1)
        single = SINGLE_COST if mask & (mask - 1) == 0 else 0
        for answer in self._ordered:
            if answer.cost * BITS_PER_COST > bits or answer.cost + single >= below:
                return None
            if mask & ~answer.mask == 0:
                return answer.cost + single, answer.term
        return None
