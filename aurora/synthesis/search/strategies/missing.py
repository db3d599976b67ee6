"""What is missing: ``ordered[-2] if len(ordered) > 1 else None``, a default just where an expression would raise.

As a tree the test is one among many, and any that holds on the same lanes will do. But what is looked at is too short
on just the lanes where the expression raises: to ask for its length is what people do.

Order: after each level of the bank, what raises there, by cost. Invariant: the expression is right wherever it does not
raise, on two lanes at least, and all the others want the same constant; it
raises on no probe either.
"""

from __future__ import annotations

from collections.abc import Iterator

from aurora.specs.types import parse_type
from aurora.specs.values import literal
from aurora.synthesis.cells import Cell, Raised, Vector, decode, optional
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.evidence import agreement
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import CHOICE_COST, Apply, Leaf, Term, parts, substituted, text, variable

MOST = 3_000
"""Expressions of a type that raise, at most."""

TEST_COST = 2
"""What the question for the length costs."""

LONGEST = 2
"""The greatest length that is too short."""


class Missing:
    """Looks for expressions that raise just where a default is wanted."""

    name = "missing"
    share = 4

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        inner = optional(parse_type(hunt.returns))
        self._kind = hunt.returns if inner is None else str(inner)
        self._level = -1
        self._seen = 0
        self._possible = hunt.returns != "bool" and len(hunt.lanes) > 2 and self._kind in hunt.bank.columns

    @property
    def ready(self) -> bool:
        """When the bank has grown."""
        return self._possible and self._hunt.bank.cost > self._level

    def advance(self, allowance: int) -> None:
        """Look at what is new and raises."""
        hunt = self._hunt
        self._level = hunt.bank.cost
        partials = hunt.bank.columns[self._kind].partials[:MOST]
        hunt.spend(1 + 3 * (len(partials) - self._seen))
        for derivation in partials[self._seen :]:
            raising = self._raising(hunt.bank.vector_of(derivation))
            if raising:
                for term in self._defaulted(hunt.bank.term_of(derivation), raising):
                    hunt.offer(term, self.name)
        self._seen = len(partials)

    def _raising(self, vector: Vector) -> int:
        """The lanes on which it raises, if it is right on all others and these want the same; else none."""
        goal = self._hunt.goal
        right = agreement(vector, goal)
        raising = sum(1 << lane for lane in range(len(goal)) if vector[lane].__class__ is Raised)
        if not raising or right | raising != (1 << len(goal)) - 1 or right & (right - 1) == 0:
            return 0
        wanted = {goal[lane] for lane in range(len(goal)) if raising >> lane & 1}
        return raising if len(wanted) == 1 else 0

    def _defaulted(self, term: Term, raising: int) -> Iterator[Term]:
        """The conditional that asks for the length of what the term looks at: itself, or some part of that."""
        looked = {text(part)[0]: part for part in parts(term) if part is not term and part.variable}
        own = term.arguments if isinstance(term, Apply) else ()
        for part in sorted(looked.values(), key=lambda part: (part not in own, part.cost)):
            if not part.type.startswith(("list[", "set[", "str", "dict[")):
                continue
            lengths = self._lengths(part)
            for longest in range(LONGEST + 1) if len(lengths) == len(self._hunt.lanes) else ():
                short = sum(1 << lane for lane, length in enumerate(lengths) if length <= longest)
                if short == raising:
                    made = self._conditional(term, part, longest, raising)
                    if self._averts(made):
                        yield made
                    return

    def _averts(self, conditional: Term) -> bool:
        """Whether the question averts what would be raised on inputs that no example shows.

        What is not there may be missing from long lists as well: ``xs.index(x) if len(xs) > 1 else None`` is no answer.
        """
        probes = self._hunt.inspector.probes
        self._hunt.spend(4 * len(probes))
        results = self._hunt.inspector.evaluated(text(conditional)[0], probes)
        return not any(isinstance(result, Raised) for result in results)

    def _lengths(self, part: Term) -> list[int]:
        """The lengths of a part on the lanes."""
        rows = [self._hunt.inspector.examples[lane] for lane in self._hunt.lanes]
        results = self._hunt.inspector.evaluated(text(part)[0], rows)
        self._hunt.spend(4 * len(rows))
        return [len(value) for value in results if isinstance(value, str | list | set | dict)]

    def _conditional(self, term: Term, part: Term, longest: int, raising: int) -> Term:
        hunt = self._hunt
        place = next(lane for lane in range(len(hunt.goal)) if raising >> lane & 1)
        default = _shown(hunt.goal[place], hunt.returns)
        whole = _replaced(term, part, variable("{0}", part.type))
        used = {each.text for each in parts(whole) if isinstance(each, Leaf) and each.variable}
        others = [leaf for leaf, _ in hunt.parameters if leaf.text in used]
        holes = {leaf.text: variable(f"{{{place}}}", leaf.type) for place, leaf in enumerate(others, 1)}
        shown = text(substituted(whole, holes))[0]
        test = "{0}" if longest == 0 else f"len({{0}}) > {longest}"
        kinds = (part.type, *(leaf.type for leaf in others))
        cost = CHOICE_COST + TEST_COST + term.cost - part.cost - len(others)
        op = Op(f"{shown} if {test} else {default}", kinds, hunt.returns, cost, partial=True)
        return Apply(op, part, *others)


def _replaced(term: Term, part: Term, new: Term) -> Term:
    """The term with ``new`` in every place of ``part``."""
    if text(term) == text(part):
        return new
    if isinstance(term, Leaf):
        return term
    return Apply(term.op, *(_replaced(argument, part, new) for argument in term.arguments))


def _shown(cell: Cell, returns: str) -> str:
    return literal(decode(cell, parse_type(returns))).replace("{", "{{").replace("}", "}}")
