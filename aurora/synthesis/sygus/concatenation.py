"""The strategy for strings: a concatenation of known strings and of slices of known strings.

The bank need not contain the slices: their places and lengths are found by walking backwards from the goal, see
``algorithms.slices``, and the pieces are joined by a shortest path, see ``algorithms.segments``. ``cheapest`` does
that for any subset of the active examples, which is what the leaves of a conditional need. Where the goal is an
integer, its numeral is concatenated, and ``str.to_int`` put around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from aurora.synthesis.algorithms.segments import UNREACHABLE, Edge, Positions, cheapest_path, remaining_costs
from aurora.synthesis.algorithms.slices import Known, Slice, Source, Stock
from aurora.synthesis.sygus.forms import applied
from aurora.synthesis.sygus.occurrences import occurrences
from aurora.synthesis.sygus.round import Proposal, Round
from aurora.synthesis.sygus.terms import STRING, Term

_SOURCES = 8
_STARTS = 60
_STATES = 2_000
_STATES_OF_SUBSET = 60
_STRINGS_OF_SUBSET = 3_000
_INTEGERS_OF_SUBSET = 400
_LANES_ESTIMATED = 4
"""So many lanes say what the rest of a path costs at least."""


class _Cut(NamedTuple):
    """A slice of the string at ``place`` in the bank."""

    place: int
    slice: Slice


Piece = int | _Cut
"""The place of a string in the bank, or a cut of one."""


class Subset:
    """What is known for some of the active examples: integers and whole pieces, on their lanes only."""

    def __init__(self, lanes: list[int], targets: list[str]) -> None:
        self.lanes = lanes
        self.targets = targets
        self.stock = Stock()
        self.heads: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
        self._seen: set[tuple[str, ...]] = set()

    def offer(self, vector: tuple[str, ...], cost: int, place: int) -> None:
        """Take in a string of the bank that every target contains; of equal ones the first, which is the cheapest."""
        texts = tuple([vector[lane] for lane in self.lanes])
        if texts not in self._seen and any(texts):
            self._seen.add(texts)
            self.heads.setdefault(texts[0], []).append((texts, cost, place))


class Concatenation:
    """Looks for the cheapest concatenation that is the goal."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self._targets = [str(output) for output in round_.goal]
        self._longest = max((len(str(x)) for example in round_.active for x in example.inputs), default=0)
        self._whole = Subset(list(range(round_.lanes)), self._targets)
        self._sources: list[tuple[int, int, Source]] = []
        self._integer_costs: list[dict[int, int]] = [{} for _ in round_.goal]
        self._occurrences: list[Known] = []
        self._contained: list[int] = []
        """For each string of the bank, the lanes on which the target contains it."""
        self._strings = self._integers = self._searched = 0
        self._subsets: dict[int, Subset] = {}
        self._rests: dict[int, list[int]] = {}

    def propose(self) -> Proposal | None:
        """The cheapest concatenation of what is known by now."""
        self._take_in()
        found = self._find(self._whole, most=_STATES, bound=self.round.ceiling + 1)
        return None if found is None else Proposal(*found)

    def cheapest(self, mask: int, *, bound: int) -> tuple[int, Term] | None:
        """The cheapest concatenation for the active examples in ``mask`` that costs less than ``bound``."""
        lanes = [lane for lane in range(self.round.lanes) if mask >> lane & 1]
        if max(self._rest(lane)[0] for lane in lanes[:_LANES_ESTIMATED]) - 1 >= bound:
            return None
        subset = self._subsets.get(mask)
        if subset is None:
            subset = self._subsets[mask] = self._subset(lanes)
        return self._find(subset, most=_STATES_OF_SUBSET, bound=bound)

    def _take_in(self) -> None:
        """Add what the bank has found since the last look."""
        self._subsets.clear()
        self._rests.clear()
        bank, forms, whole = self.round.bank, self.round.forms, self._whole
        strings, costs = bank.values[forms.text], bank.costs[forms.text]
        first = whole.targets[0]
        for place in range(self._strings, len(strings)):
            vector = strings[place]
            if vector[0] in first and all(map(str.__contains__, whole.targets, vector)):
                whole.offer(vector, costs[place], place)
        for place in range(self._strings, min(len(strings), 200)):
            if len(self._sources) < _SOURCES and self._is_source(strings[place]):
                self._sources.append((place, costs[place], Source(strings[place], self._targets)))
        for vector in strings[len(self._contained) : _STRINGS_OF_SUBSET]:
            within = map(str.__contains__, self._targets, vector)
            self._contained.append(sum([1 << lane for lane, inside in enumerate(within) if inside]))
        self.round.work.spend(3 * (len(strings) - self._strings))
        self._strings = len(strings)
        if forms.whole:
            self._take_in_integers()

    def _take_in_integers(self) -> None:
        bank, forms = self.round.bank, self.round.forms
        integers, costs = bank.values[forms.whole], bank.costs[forms.whole]
        fresh = [
            Known(costs[place], integers[place], place) for place in range(self._integers, len(integers))
        ]
        self._integers = len(integers)
        places = [place for place, _, _ in self._sources[self._searched :]]
        found = list(occurrences(self.round, places))
        if found:
            self._searched = len(self._sources)
        self._occurrences += found
        for known in fresh + found:
            if min(known.vector) >= 0 and max(known.vector) <= self._longest:
                self._whole.stock.add(known)
            for lane_costs, value in zip(self._integer_costs, known.vector, strict=True):
                if known.cost < lane_costs.get(value, UNREACHABLE):
                    lane_costs[value] = known.cost
        self.round.work.spend(4 * len(fresh) + 8 * len(found))

    def _is_source(self, vector: tuple[str, ...]) -> bool:
        """Whether slices of ``vector`` may be of use: it is not constant, and not a slice of a source itself."""
        if len(set(vector)) == 1 and self.round.lanes > 1:
            return False
        return not any(all(map(str.__contains__, source.texts, vector)) for _, _, source in self._sources)

    def _subset(self, lanes: list[int]) -> Subset:
        subset = Subset(lanes, [self._targets[lane] for lane in lanes])
        bank, forms = self.round.bank, self.round.forms
        strings, costs = bank.values[forms.text], bank.costs[forms.text]
        mask = sum(1 << lane for lane in lanes)
        for place, contained in enumerate(self._contained):
            if mask & ~contained == 0:
                subset.offer(strings[place], costs[place], place)
        integers = bank.values[forms.whole][:_INTEGERS_OF_SUBSET] if forms.whole else []
        known = [
            Known(bank.costs[forms.whole][place], vector, place) for place, vector in enumerate(integers)
        ]
        for each in known + self._occurrences:
            values = tuple([each.vector[lane] for lane in lanes])
            if min(values) >= 0 and max(values) <= self._longest:
                subset.stock.add(each._replace(vector=values))
        self.round.work.spend(min(len(strings), _STRINGS_OF_SUBSET) // 2 + 2 * len(known))
        return subset

    def _find(self, subset: Subset, *, most: int, bound: int) -> tuple[int, Term] | None:
        """The cheapest path, with what turns it into the goal."""
        numeral = self.round.forms.numeral
        if self.round.problem.returns == STRING:
            return self._path(subset, most=most, bound=bound)
        if numeral is None or any(target.startswith("-") for target in subset.targets):
            return None
        found = self._path(subset, most=most, bound=bound - 1)
        return None if found is None else (found[0] + 1, applied(numeral, found[1]))

    def _path(self, subset: Subset, *, most: int, bound: int) -> tuple[int, Term] | None:
        concat = self.round.forms.concat
        start = (0,) * len(subset.lanes)
        end = tuple(map(len, subset.targets))
        rests = [self._rest(lane) for lane in subset.lanes[:_LANES_ESTIMATED]]

        def at_least(state: Positions) -> int:
            return max([costs[position] for costs, position in zip(rests, state, strict=False)])

        def edges(state: Positions, below: int) -> Iterator[Edge[Piece]]:
            if concat is None and state != start:
                return iter(())
            return self._edges(subset, state, below)

        if at_least(start) - 1 >= bound:
            return None
        found = cheapest_path(start, end, edges, at_least=at_least, most=most, bound=bound)
        if found is None or not found[1]:
            return None
        cost, pieces = found
        term = self._term(pieces.pop())
        while pieces:
            assert concat is not None
            term = applied(concat, self._term(pieces.pop()), term)
        return cost, term

    def _rest(self, lane: int) -> list[int]:
        """What the rest of the goal costs at least from each position, on one lane."""
        known = self._rests.get(lane)
        if known is not None:
            return known
        bank, forms = self.round.bank, self.round.forms
        target = self._targets[lane]
        pieces: dict[str, int] = {}
        for vector, cost in zip(bank.values[forms.text], bank.costs[forms.text], strict=True):
            if vector[lane] in target:
                pieces.setdefault(vector[lane], cost)

        def steps(position: int) -> Iterator[tuple[int, int]]:
            for stop in range(position + 1, len(target) + 1):
                cost = pieces.get(target[position:stop])
                if cost is not None:
                    yield cost, stop
            if forms.slice is not None:
                for _, price, source in self._sources:
                    for cost, stop in source.steps(lane, position, self._integer_costs[lane]):
                        yield 1 + price + cost, stop

        known = self._rests[lane] = remaining_costs(len(target), steps)
        self.round.work.spend(self._strings // 3 + 2 * len(target) ** 2)
        return known

    def _edges(self, subset: Subset, state: Positions, below: int) -> Iterator[Edge[Piece]]:
        """The cheapest piece to each state: it continues all targets of ``subset`` and costs less than ``below``."""
        best: dict[Positions, tuple[int, Piece]] = {}
        head, at = subset.targets[0], state[0]
        count = 0
        for stop in range(at, len(head) + 1):
            for texts, cost, place in subset.heads.get(head[at:stop], ()):
                count += 1
                if cost < below and all(map(str.startswith, subset.targets, texts, state)):
                    after = tuple([position + len(text) for position, text in zip(state, texts, strict=True)])
                    known = best.get(after)
                    if known is None or cost < known[0]:
                        best[after] = cost, place
        for place, price, source in self._sources if self.round.forms.slice is not None else ():
            price += 1
            for cost, cut, sizes in source.slices(
                subset.lanes, state, subset.stock, below=below - price, most=_STARTS
            ):
                count += 1
                after = tuple([position + size for position, size in zip(state, sizes, strict=True)])
                known = best.get(after)
                possible = not cut.bounded or self.round.forms.minus is not None
                if possible and (known is None or price + cost < known[0]):
                    best[after] = price + cost, _Cut(place, cut)
        self.round.work.spend(40 + 4 * count)
        for after, (cost, piece) in best.items():
            if after != state:
                yield cost, after, piece

    def _term(self, piece: Piece) -> Term:
        bank, forms = self.round.bank, self.round.forms
        if isinstance(piece, int):
            return bank.term(forms.text, piece)
        start, other = self._integer(piece.slice.start), self._integer(piece.slice.other)
        if piece.slice.bounded:
            assert forms.minus is not None
            other = applied(forms.minus, other, start)
        assert forms.slice is not None
        return applied(forms.slice, bank.term(forms.text, piece.place), start, other)

    def _integer(self, known: Known) -> Term:
        if isinstance(known.origin, int):
            return self.round.bank.term(self.round.forms.whole, known.origin)
        term: Term = known.origin
        return term
