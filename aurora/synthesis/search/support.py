"""How much more the examples tell than a program says: its *margin*, in bits, at the part where it is least.

A program that says more than the examples tell fits by accident, or nearly so: there are as many others. What one
branch explains does not speak for another, and what is told about the first part of a pair does not speak for the
second. So a conditional is held, branch by branch, against the examples that come there, and its tests against what
it takes to sort the examples into the branches; a tuple is held against its parts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from aurora.specs.values import Value
from aurora.synthesis.candidates import Candidate, Inspector
from aurora.synthesis.cells import Raised
from aurora.synthesis.search.pricing import Prices, discount
from aurora.synthesis.search.telling import information
from aurora.synthesis.search.terms import Apply, Term, has_prelude, is_choice, program

KEPT = 0.5
"""What somebody wrote and kept says less for its size than what a search has put together."""


class Support:
    """What speaks for programs: examples, and conditions that have refuted others."""

    def __init__(self, inspector: Inspector, prices: Prices, refuted: int) -> None:
        self._inspector = inspector
        self._prices = prices
        self._refuted = refuted
        self.told = information(inspector.examples, inspector.wanted, refuted)

    def margin(self, candidate: Candidate, cost: int, term: Term | None) -> float:
        """The least margin of a candidate with this plain cost and term."""
        if term is None:
            return self.told - cost * KEPT
        whole = self.told - cost
        if self._refuted:
            return whole
        return min(whole, *self._parts(term, range(len(self._inspector.wanted)), self._inspector.wanted))

    def _parts(self, term: Term, rows: Sequence[int], wanted: Sequence[Value | Raised]) -> Iterator[float]:
        """The margins of a term on some rows, of which ``wanted`` are the answers, and of what it is made of."""
        yield math.inf
        if not isinstance(term, Apply) or has_prelude(term):
            return
        if is_choice(term):
            yield from self._branches(term, rows, wanted)
        elif term.op.text.startswith("{{") or " if {0} " in term.op.text:
            # A table's results are what the examples say; that they stand where numbers say is evidence for those.
            numbers = [part for part in term.arguments if part.variable]
            results = len(dict.fromkeys(map(repr, wanted)))
            said = sum(self._prices.price(part, program(part)) for part in numbers)
            yield len(rows) * math.log2(max(1, results)) - said
        elif term.op.text.startswith("({0}, {1}"):
            for place, part in enumerate(term.arguments):
                column = [value[place] if isinstance(value, tuple) else value for value in wanted]
                yield from self._held(part, rows, column)

    def _held(self, term: Term, rows: Sequence[int], wanted: Sequence[Value | Raised]) -> Iterator[float]:
        inputs = [self._inspector.examples[row] for row in rows]
        cost = self._prices.price(term, program(term)) + discount(term)
        yield information(inputs, wanted, 0) - cost
        yield from self._parts(term, rows, wanted)

    def _branches(
        self, term: Apply, rows: Sequence[int], wanted: Sequence[Value | Raised]
    ) -> Iterator[float]:
        tests, leaves = self._tree(term, rows, wanted)
        yield len(rows) * math.log2(len(leaves)) - tests
        for leaf, chosen, answers in leaves:
            yield from self._held(leaf, chosen, answers)

    def _tree(
        self, term: Term, rows: Sequence[int], wanted: Sequence[Value | Raised]
    ) -> tuple[float, list[tuple[Term, Sequence[int], Sequence[Value | Raised]]]]:
        """What the tests of a conditional say, and each leaf with its rows and their answers."""
        if not (isinstance(term, Apply) and is_choice(term)):
            return 0.0, [(term, rows, wanted)]
        then, test, other = term.arguments
        text = program(test)
        holds = self._inspector.evaluated(text, [self._inspector.examples[row] for row in rows])
        total, leaves = float(self._prices.price(test, text) + discount(test)), []
        for side, branch in ((True, then), (False, other)):
            places = [place for place, value in enumerate(holds) if bool(value) is side]
            said, more = self._tree(
                branch, [rows[place] for place in places], [wanted[place] for place in places]
            )
            total += said
            leaves += more
        return total, leaves
