"""What a turn does to the accumulator: an assignment, one under a condition, or one of two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aurora.synthesis.search.folding.execution import Function
from aurora.synthesis.search.folding.programs import Line
from aurora.synthesis.search.terms import Apply, Leaf, Term, substituted

IF_COST = 3
"""What ``if`` costs as a statement, and ``else`` once more a step."""

OPPOSITE_COST = 2
"""What two tests cost that are opposites: one idea, written twice."""


class Branch(NamedTuple):
    """A term with the function that computes it and its values on the sampled points."""

    term: Term
    function: Function
    vector: Sequence[object]


class Update(NamedTuple):
    """``state = then``, or that under ``test``, with ``otherwise`` in its place where the test fails.

    ``otherwise`` may be under a test of its own, ``other_test``; where that fails too the state stays.
    """

    then: Branch
    test: Branch | None = None
    otherwise: Branch | None = None
    other_test: Branch | None = None

    @property
    def cost(self) -> int:
        """The cost of all its parts."""
        parts = (self.then, self.test, self.otherwise, self.other_test)
        return sum(part.term.cost for part in parts if part is not None) + self.branching

    @property
    def branching(self) -> int:
        """The cost of ``if`` and ``else``."""
        if self.other_test is not None:
            return OPPOSITE_COST
        return 0 if self.test is None else IF_COST if self.otherwise is None else IF_COST + 1

    @property
    def function(self) -> Function:
        """The next state as a function of the state and the turn."""
        if self.test is None:
            return self.then.function
        test, then = self.test.function, self.then.function
        if self.otherwise is None:
            return lambda state, *turn: then(state, *turn) if test(state, *turn) else state
        other = self.otherwise.function
        if self.other_test is not None:
            second = self.other_test.function
            return lambda state, *turn: (
                then(state, *turn)
                if test(state, *turn)
                else other(state, *turn)
                if second(state, *turn)
                else state
            )
        return lambda state, *turn: then(state, *turn) if test(state, *turn) else other(state, *turn)

    def lines(self, state: Leaf, name: Leaf, *, fresh: bool) -> list[Line]:
        """The statements, with ``name`` for ``state``. ``fresh`` where a list may be changed in place."""
        then = _assignment(self.then.term, state, name, fresh=fresh)
        if self.test is None:
            return [then]
        test = Line("if {}:", (substituted(self.test.term, {state.text: name}),))
        lines = [test, then._replace(inside=1)]
        if self.otherwise is not None:
            other = _assignment(self.otherwise.term, state, name, fresh=fresh)
            second = Line("else:")
            if self.other_test is not None:
                second = Line("elif {}:", (substituted(self.other_test.term, {state.text: name}),))
            lines += [second, other._replace(inside=1)]
        return lines

    def discount(self, state: Leaf) -> int:
        """How much less the branches cost than their terms."""
        branches = [branch for branch in (self.then, self.otherwise) if branch is not None]
        return sum(branch.term.cost - price(branch.term, state) for branch in branches)

    def role(self, state: Leaf) -> str:
        """What the accumulator is for: ``count``, or the operator that updates it."""
        for branch in (self.then, self.otherwise):
            if branch is not None and isinstance(branch.term, Apply):
                texts = [term.text for term in branch.term.arguments if isinstance(term, Leaf)]
                if state.text in texts:
                    counts = branch.term.op.text == "{0} + {1}" and "1" in texts
                    return "count" if counts else branch.term.op.text
        return ""


def price(term: Term, state: Leaf) -> int:
    """The cost of a branch; counting up or down, or appending, is as easy as naming something."""
    match term:
        case Apply(op=op, arguments=(Leaf(text=state.text), Leaf(text="1"))) if op.text in _COUNTING:
            return 2
        case Apply(op=op, arguments=(Leaf(text="1"), Leaf(text=state.text))) if op.text == "{0} + {1}":
            return 2
        case Apply(op=op, arguments=(Leaf(text=state.text), Apply(op=single, arguments=(item,)))) if (
            op.text == "{0} + {1}" and single.text == "[{0}]"
        ):
            return 1 + item.cost
    return term.cost


_COUNTING = ("{0} + {1}", "{0} - {1}")


def _assignment(term: Term, state: Leaf, name: Leaf, *, fresh: bool) -> Line:
    replacements: dict[str, Term] = {state.text: name}
    match term:
        case Apply(op=op, arguments=(Leaf(text=text), Apply(op=single, arguments=(item,)))) if (
            fresh and text == state.text and op.text == "{0} + {1}" and single.text == "[{0}]"
        ):
            return Line(f"{name.text}.append({{}})", (substituted(item, replacements),))
    return Line(f"{name.text} = {{}}", (substituted(term, replacements),))
