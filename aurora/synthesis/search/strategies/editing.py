"""Small edits of functions that were solved before: what is wanted now is often next to what was wanted then.

Order: sketch after sketch as offered, each over the parameters in every way that the types allow. As it stands; then
with other constants; then its neighbourhood: operators swapped, arguments swapped, operators around a part, and a
hole at each part filled from the bank. Its values become material of the bank, so that branches can be put around it.
Invariant: a sketch takes at most ``MOST`` evaluations, whatever it is, and what it leads to is checked like any other.
"""

from __future__ import annotations

from collections.abc import Iterator

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Raised, Vector, encode
from aurora.synthesis.problem import Sketch
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.neighbours import COMPILATION, Neighbours, places, replaced
from aurora.synthesis.search.sketches import akin, marked, terms_of
from aurora.synthesis.search.terms import Leaf, Term, constant, program

BEGIN = 5
"""The main bank's cost at which edits begin: what is simpler is found as soon without them."""

MOST = 8_000
NEXT = (-1, 1)
"""Beside the constants of the problem, numbers next to those of the sketch."""


class Editing:
    """Edits the sketches of a problem."""

    name = "editing"
    share = 8

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        sketches = hunt.problem.learned.sketches if hunt.depth == 0 and not hunt.probes else ()
        self._waiting = [(sketch, term) for sketch in sketches for term in terms_of(sketch, hunt.problem)]
        self._steps: Iterator[None] | None = None
        self._spent = 0

    @property
    def ready(self) -> bool:
        """While there are sketches, from the time on when simple expressions are done."""
        return bool(self._waiting) and self._hunt.bank.cost >= BEGIN

    def begin_anew(self) -> None:
        """Begin with the sketch in hand once more: its neighbourhood is that of the lanes."""
        self._steps = None

    def advance(self, allowance: int) -> None:
        """Go on with a sketch, or begin the next."""
        budget, start = self._hunt.budget, self._hunt.budget.spent
        while self._waiting and budget.spent - start < allowance:
            if self._steps is None:
                self._steps = self._edits(*self._waiting[0])
            before = budget.spent
            ended = next(self._steps, self) is self
            self._spent += budget.spent - before
            if ended or self._spent > MOST:
                self._waiting.pop(0)
                self._steps, self._spent = None, 0

    def _edits(self, sketch: Sketch, term: Term) -> Iterator[None]:
        hunt = self._hunt

        def offer(edited: Term) -> None:
            if edited.type == hunt.returns:
                hunt.partial(marked(edited, sketch) if akin(edited, term) else edited, self.name)

        offer(term)
        self._plant(sketch, term)
        yield
        for place in places(term):
            for other in self._constants(place.term):
                offer(replaced(term, place.path, other))
                yield
        yield from Neighbours(term, hunt, offer).look()

    def _plant(self, sketch: Sketch, term: Term) -> None:
        """Make the sketch's values material of the bank, if it has some everywhere."""
        hunt = self._hunt
        hunt.spend(COMPILATION)
        function = hunt.inspector.compiled(program(term))
        rows = [hunt.inspector.examples[lane] for lane in hunt.lanes]
        kind = parse_type(term.type)
        if term.type == hunt.returns:
            results = hunt.inspector.results(function, rows)
            found = [result for result in results if not isinstance(result, Raised)]
            vector: Vector = tuple(encode(result, kind) for result in found)
            if len(vector) == len(rows) and vector not in hunt.bank.columns[term.type].index:
                hunt.bank.offer(marked(term, sketch), vector)

    def _constants(self, term: Term) -> Iterator[Leaf]:
        """Other constants in the place of this one."""
        if isinstance(term, Leaf) and not term.variable:
            for leaf, _ in self._hunt.constants:
                if leaf.type == term.type and leaf.text != term.text:
                    yield leaf
            if term.type == "int":
                for step in NEXT:
                    yield constant(str(int(term.text) + step), "int", term.cost)
