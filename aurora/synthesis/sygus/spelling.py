"""Fixed texts, spelled from the constants of the bank: the cheapest concatenation of a text that never changes."""

from __future__ import annotations

from collections.abc import Iterator

from aurora.synthesis.algorithms.segments import Edge, Positions, cheapest_path
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.round import Round
from aurora.synthesis.sygus.terms import Term

_STRINGS = 3_000


class Spelling:
    """Spells texts; what was found is remembered until the bank has grown."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self._level = 0
        self._constants: dict[str, int] = {}
        self._found: dict[str, tuple[int, Term] | None] = {}

    def spell(self, text: str, bound: int) -> tuple[int, Term] | None:
        """The cheapest term that is ``text`` everywhere, if it costs less than ``bound``."""
        if self._level != self.round.bank.level:
            self._level = self.round.bank.level
            self._constants = self._fixed()
            self._found.clear()
        if text not in self._found:
            self._found[text] = self._spell(text)
        found = self._found[text]
        return found if found is not None and found[0] < bound else None

    def _fixed(self) -> dict[str, int]:
        """The strings of the bank that are the same on all active examples, with their places."""
        round_ = self.round
        strings = round_.bank.values[round_.forms.text][:_STRINGS]
        round_.work.spend(len(strings))
        fixed: dict[str, int] = {}
        for place, vector in enumerate(strings):
            if vector[0] and vector.count(vector[0]) == len(vector):
                fixed.setdefault(vector[0], place)
        return fixed

    def _spell(self, text: str) -> tuple[int, Term] | None:
        bank, forms = self.round.bank, self.round.forms
        concat = forms.concat

        def edges(state: Positions, below: int) -> Iterator[Edge[int]]:
            (at,) = state
            for stop in range(at + 1, len(text) + 1):
                place = self._constants.get(text[at:stop])
                if place is not None:
                    yield bank.cost(forms.text, place), (stop,), place

        found = cheapest_path((0,), (len(text),), edges)
        self.round.work.spend(20 + 4 * len(text))
        if found is None or not found[1] or (len(found[1]) > 1 and concat is None):
            return None
        cost, places = found
        term = bank.term(forms.text, places.pop())
        while places:
            assert concat is not None
            term = applied(concat, bank.term(forms.text, places.pop()), term)
        return cost, term
