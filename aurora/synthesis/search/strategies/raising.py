"""Examples that want an exception: ``if n < 0: raise ValueError`` before a program that is right on the others.

Such examples are no lanes, since a bank has values only. First the other strategies find a program for the
rest; it may raise by itself. If it does not, it waits in ``hunt.unguarded`` for a predicate that holds exactly
where the exception is wanted: found in a small bank over all inputs, the cheapest first.

Invariant: a guard is offered only when it separates every row of the hunt.
"""

from __future__ import annotations

from collections.abc import Iterator

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Raised, Vector, encode
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.budget import CANDIDATE
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.lanes import ACTIVE, given_in_cells
from aurora.synthesis.search.predicates import negated
from aurora.synthesis.search.terms import Apply, Term, guarded, program

DEAREST = 14
"""The cost up to which predicates are sought."""

KEPT = 40_000
"""Vectors kept by the bank of one exception."""


_EMPTY = Op("not {0}", ("bool",), "bool", 2)
"""To ask whether there is anything is what most guards do; elsewhere it is dearer."""


class Raising:
    """Puts guards before programs that should raise."""

    name = "raising"
    share = 6

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        wanted = hunt.inspector.wanted
        names = dict.fromkeys(cell.name for row in hunt.rows if isinstance(cell := wanted[row], Raised))
        self._separations = {name: Separation(hunt, name) for name in names}
        self._tried: set[str] = set()

    def begin_anew(self) -> None:
        """Exceptions are about all rows: what separates them stays as it is."""

    @property
    def ready(self) -> bool:
        """When predicates are still sought, or a program waits for its guard."""
        if not self._separations:
            return False
        return any(each.ready for each in self._separations.values()) or bool(self._waiting())

    def advance(self, allowance: int) -> None:
        """Look for predicates, and guard the programs that wait."""
        self._hunt.spend(1)
        for separation in self._separations.values():
            if separation.ready:
                separation.advance(allowance)
                break
        for text, term in self._waiting():
            self._tried.add(text)
            self._offer(text, term)

    def _waiting(self) -> list[tuple[str, Term]]:
        """Unguarded programs, once it is known what there is to guard them with."""
        if any(each.ready for each in self._separations.values()):
            return []
        return [(text, term) for text, term in self._hunt.unguarded.items() if text not in self._tried]

    def _offer(self, text: str, term: Term) -> None:
        hunt, inspector = self._hunt, self._hunt.inspector
        failing = inspector.failing(inspector.compiled(text))
        hunt.spend(CANDIDATE)
        kinds = dict.fromkeys(
            wanted.name for row in failing if isinstance(wanted := inspector.wanted[row], Raised)
        )
        made = term
        for kind in reversed(kinds):
            test = self._separations[kind].found if kind in self._separations else None
            if test is None:
                return
            made = guarded(test, kind, made)
        hunt.offer(made, self.name)


class Separation:
    """The search for the predicate that holds exactly where one exception is wanted."""

    def __init__(self, hunt: Hunt, exception: str) -> None:
        self.found: Term | None = None
        self._second: Term | None = None
        self._blocks: Iterator[int] = iter(())
        self._hunt = hunt
        wanted = hunt.inspector.wanted
        self._holds = {row: wanted[row] is Raised(exception) for row in hunt.rows}
        raising = [row for row in hunt.rows if self._holds[row] and self._possible(row)]
        self._begin([*raising[:ACTIVE], *hunt.lanes])

    @property
    def ready(self) -> bool:
        """Until a predicate is found, or what is left would be too dear."""
        return self.found is None and self._bank.cost < DEAREST and not self._bank.full

    def advance(self, allowance: int) -> None:
        """Grow the bank until about ``allowance`` evaluations were done, or a predicate is found."""
        while self.ready and allowance > 0:
            for evaluations in self._blocks:
                self._hunt.spend(evaluations)
                allowance -= evaluations
                hits, self._bank.hits = self._bank.hits, []
                for kind, place in hits:
                    if self._accept(self._bank.term(kind, place), self._bank.columns[kind].values[place]):
                        return
                if allowance <= 0:
                    return
            self.found = self.found or self._second
            self._blocks = self._bank.grow()

    def _accept(self, term: Term, vector: Vector) -> bool:
        """Take a predicate that is right on every row; begin anew with a row that shows it wrong."""
        test = term if vector == self._goal else negated(term)
        rows = list(self._holds)
        inspector = self._hunt.inspector
        answers = inspector.evaluated(program(test), [inspector.examples[row] for row in rows])
        self._hunt.spend(CANDIDATE)
        for row, answer in zip(rows, answers, strict=True):
            if answer is not self._holds[row]:
                if row not in self._rows and self._possible(row):
                    self._begin([*self._rows, row])
                    return True
                return False
        if isinstance(test, Apply) and test.op.text == _EMPTY.text:
            test = Apply(Op(_EMPTY.text, test.op.arguments, "bool", _EMPTY.cost), *test.arguments)
        if vector != self._goal:
            # ``n < 0`` and ``not 0 < n`` may both do: what holds where it raises is what people write.
            self._second = self._second or test
            return False
        self.found = test
        return True

    def _possible(self, row: int) -> bool:
        """Whether the bank can hold what a row gives."""
        return given_in_cells(self._hunt.inspector, self._hunt.inspector.examples[row])

    def _begin(self, rows: list[int]) -> None:
        hunt, inspector = self._hunt, self._hunt.inspector
        self._rows = rows
        self._goal: Vector = tuple(self._holds[row] for row in rows)
        bank = Bank(hunt.operators, sorted(hunt.types), len(rows), inspector.library_functions(), most=KEPT)
        bank.goals["bool"] = {self._goal, tuple(not holds for holds in self._goal)}
        kinds = [parse_type(kind) for _, kind in hunt.problem.parameters]
        for place, ((leaf, _), kind) in enumerate(zip(hunt.parameters, kinds, strict=True)):
            bank.offer(leaf, tuple(encode(inspector.examples[row][place], kind) for row in rows))
        for leaf, cell in hunt.constants:
            bank.offer(leaf, (cell,) * len(rows))
        self._bank = bank
        self._blocks = iter(())
