"""The strategy for strings: a concatenation of known strings and of slices of known strings.

The bank need not contain the slices: their places and lengths are found by walking backwards from the goal, see
``search.slices``, and the pieces are joined by a shortest path, see ``search.segments``. ``cheapest`` does that for
any subset of the active examples, which is what the leaves of a conditional need.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from aurora.synthesis.search.segments import Edge, Positions, cheapest_path, remaining_costs
from aurora.synthesis.search.slices import Known, Slice, Source, Stock
from aurora.synthesis.sygus.attempt import Attempt, Candidate
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.occurrences import occurrences
from aurora.synthesis.sygus.terms import Term

_SOURCES = 8
_STARTS = 60
_PIECES = 3_000

_LANES_ESTIMATED = 4
"""So many lanes say what the rest costs at least."""

_LEAST_SLICE = 4
"""A slice is an operator, a source, a start and a length."""


class _Letter(NamedTuple):
    start: Known


class _Cut(NamedTuple):
    """A slice or letter of the source at ``place``."""

    place: int
    slice: Slice | _Letter


Piece = int | _Cut
"""The place of a string in the bank, or a cut of one."""


class Subset:
    """What is known for some of the active examples: sources, integers and whole pieces, on their lanes only."""

    def __init__(self, attempt: Attempt, mask: int) -> None:
        self.lanes = [lane for lane in range(attempt.lanes) if mask >> lane & 1]
        self.targets = [str(attempt.goal[lane]) for lane in self.lanes]
        self.stock = Stock()
        self.sources: list[tuple[int, int, Source]] = []
        self.heads: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
        self._seen: set[tuple[str, ...]] = set()

    def project(self, vector: tuple[object, ...]) -> tuple[object, ...]:
        """``vector`` on the lanes of this subset."""
        return tuple([vector[lane] for lane in self.lanes])

    def add_piece(self, vector: tuple[str, ...], cost: int, place: int) -> None:
        """Take in a string that every target contains; the cheapest of equal ones comes first."""
        if vector not in self._seen:
            self._seen.add(vector)
            self.heads.setdefault(vector[0], []).append((vector, cost, place))


class Concatenation:
    """Looks for the cheapest concatenation that is the goal."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self._longest = max((len(str(x)) for example in attempt.active for x in example.inputs), default=0)
        self._whole = Subset(attempt, attempt.all)
        self._strings = 0
        self._integers = 0
        self._level = 0
        self._searched = 0
        self._occurrences: list[Known] = []
        self._estimated = 0
        self._rests: dict[int, list[int]] = {}

    def look(self) -> Candidate | None:
        """The cheapest concatenation of what is known by now."""
        self._take_in()
        found = self._path(self._whole, most=2_000, bound=self.attempt.ceiling + 1)
        return None if found is None else Candidate(*found)

    def _take_in(self) -> None:
        """Add what the bank has found since the last look."""
        bank, forms, whole = self.attempt.bank, self.attempt.forms, self._whole
        strings = bank.values[forms.goal]
        targets = whole.targets
        first = targets[0]
        for place in range(self._strings, len(strings)):
            vector = strings[place]
            if vector[0] in first and all(map(str.__contains__, targets, vector)) and any(vector):
                whole.add_piece(vector, bank.cost(forms.goal, place), place)
        for place in range(self._strings, min(len(strings), 200)):
            if len(whole.sources) < _SOURCES and self._is_source(strings[place]):
                source = Source(strings[place], targets)
                whole.sources.append((place, bank.cost(forms.goal, place), source))
        self._strings = len(strings)
        if forms.whole:
            self._offer_occurrences()
            integers = bank.values[forms.whole]
            for place in range(self._integers, len(integers)):
                vector = integers[place]
                if min(vector) >= 0 and max(vector) <= self._longest:
                    whole.stock.add(Known(bank.cost(forms.whole, place), vector, place))
            self._integers = len(integers)
        self.attempt.work.spend(len(strings) // 8)

    def _offer_occurrences(self) -> None:
        """Add the occurrences of delimiters in sources that were not looked at yet."""
        places = [place for place, _, _ in self._whole.sources]
        fresh = list(occurrences(self.attempt, places[self._searched :]))
        if fresh:
            self._searched = len(places)
        for known in fresh:
            if min(known.vector) >= 0:
                self._whole.stock.add(known)
        self._occurrences += fresh
        self.attempt.work.spend(4 * len(fresh))

    def _is_source(self, vector: tuple[str, ...]) -> bool:
        """Whether slices of ``vector`` may be of use: it is not constant, and not a slice of a source itself."""
        if len(set(vector)) == 1 and self.attempt.lanes > 1:
            return False
        strings = self.attempt.bank.values[self.attempt.forms.goal]
        return not any(
            all(map(str.__contains__, strings[place], vector)) for place, _, _ in self._whole.sources
        )

    def _path(self, subset: Subset, *, most: int, bound: int = 1 << 30) -> tuple[int, Term] | None:
        forms = self.attempt.forms
        start = (0,) * len(subset.lanes)
        end = tuple(map(len, subset.targets))

        def edges(state: Positions) -> Iterator[Edge[Piece]]:
            if forms.concat is None and state != start:
                return iter(())
            return self._edges(subset, state)

        rest = [self._remaining(lane) for lane in subset.lanes[:_LANES_ESTIMATED]]

        def at_least(state: Positions) -> int:
            return max([costs[position] for costs, position in zip(rest, state, strict=False)])

        if at_least(start) - 1 >= bound:
            return None

        found = cheapest_path(start, end, edges, at_least=at_least, most=most, bound=bound)
        if found is None or not found[1]:
            return None
        cost, pieces = found
        terms = [self._term(piece) for piece in pieces]
        term = terms.pop()
        while terms:
            assert forms.concat is not None
            term = applied(forms.concat, terms.pop(), term)
        return cost, term

    def _remaining(self, lane: int) -> list[int]:
        """What the rest of the goal costs at least, on one lane."""
        if self._estimated != self.attempt.bank.level:
            self._estimated = self.attempt.bank.level
            self._rests.clear()
        known = self._rests.get(lane)
        if known is None:
            bank, forms = self.attempt.bank, self.attempt.forms
            target = str(self.attempt.goal[lane])
            strings, costs = bank.values[forms.goal], bank.costs[forms.goal]
            pieces: dict[str, int] = {}
            for vector, cost in zip(strings, costs, strict=True):
                if vector[lane] in target:
                    pieces.setdefault(vector[lane], cost)
            sources = [Source([strings[place][lane]], [target]) for place, _, _ in self._whole.sources]

            def reach(position: int) -> int:
                if self.attempt.forms.slice is None:
                    return 0
                return max([max(s.matches(0, position).values(), default=0) for s in sources], default=0)

            known = self._rests[lane] = remaining_costs(target, pieces, reach, _LEAST_SLICE)
            self.attempt.work.spend(len(strings) // 4 + len(target) * 10)
        return known

    def _edges(self, subset: Subset, state: Positions) -> Iterator[Edge[Piece]]:
        best: dict[Positions, tuple[int, Piece]] = {}
        head, at = subset.targets[0], state[0]
        count = 0
        for stop in range(at, len(head) + 1):
            for vector, cost, place in subset.heads.get(head[at:stop], ()):
                count += 1
                if all(map(str.startswith, subset.targets, vector, state)):
                    after = tuple([position + len(text) for position, text in zip(state, vector, strict=True)])
                    known = best.get(after)
                    if known is None or cost < known[0]:
                        best[after] = cost, place
        if self.attempt.forms.slice is not None:
            for place, price, source in subset.sources:
                for cut, size in source.slices(state, subset.stock, most=_STARTS):
                    count += 1
                    cost = price + 1 + cut.start.cost + cut.other.cost
                    if cut.bounded:
                        if self.attempt.forms.minus is None:
                            continue
                        cost += 1 + cut.start.cost
                    after = tuple([position + length for position, length in zip(state, size, strict=True)])
                    known = best.get(after)
                    if known is None or cost < known[0]:
                        best[after] = cost, _Cut(place, cut)
        self.attempt.work.spend(20 + 2 * count)
        for after, (cost, piece) in best.items():
            if after != state:
                yield cost, after, piece

    def _term(self, piece: Piece) -> Term:
        bank, forms = self.attempt.bank, self.attempt.forms
        if isinstance(piece, int):
            return bank.term(forms.goal, piece)
        source = bank.term(forms.goal, piece.place)
        start = self._integer(piece.slice.start)
        if isinstance(piece.slice, _Letter):
            assert forms.letter is not None
            return applied(forms.letter, source, start)
        other = self._integer(piece.slice.other)
        if piece.slice.bounded:
            assert forms.minus is not None
            other = applied(forms.minus, other, start)
        assert forms.slice is not None
        return applied(forms.slice, source, start, other)

    def _integer(self, known: Known) -> Term:
        if isinstance(known.origin, int):
            return self.attempt.bank.term(self.attempt.forms.whole, known.origin)
        term: Term = known.origin
        return term

    def cheapest(self, mask: int, *, bound: int = 1 << 30) -> tuple[int, Term] | None:
        """The cheapest concatenation for the active examples in ``mask``."""
        if self._level != self.attempt.bank.level:
            self._level = self.attempt.bank.level
            self._subsets: dict[int, Subset] = {}
        subset = self._subsets.get(mask)
        if subset is None:
            subset = self._subsets[mask] = self._subset(mask)
        return self._path(subset, most=60, bound=bound)

    def _subset(self, mask: int) -> Subset:
        subset = Subset(self.attempt, mask)
        bank, forms = self.attempt.bank, self.attempt.forms
        strings = bank.values[forms.goal]
        for place in range(min(len(strings), _PIECES)):
            vector = tuple([strings[place][lane] for lane in subset.lanes])
            if all(map(str.__contains__, subset.targets, vector)) and any(vector):
                subset.add_piece(vector, bank.cost(forms.goal, place), place)
        for place, price, _ in self._whole.sources:
            texts = [strings[place][lane] for lane in subset.lanes]
            subset.sources.append((place, price, Source(texts, subset.targets)))
        if forms.whole:
            integers = bank.values[forms.whole]
            for place in range(min(len(integers), 400)):
                vector = tuple([integers[place][lane] for lane in subset.lanes])
                if min(vector) >= 0 and max(vector) <= self._longest:
                    subset.stock.add(Known(bank.cost(forms.whole, place), vector, place))
            for known in self._occurrences:
                vector = tuple([known.vector[lane] for lane in subset.lanes])
                if min(vector) >= 0:
                    subset.stock.add(known._replace(vector=vector))
        self.attempt.work.spend(_PIECES // 2)
        return subset
