"""What tells the lanes of a hunt apart: for each set of lanes the cheapest predicate that holds on just these.

Predicates come from the bank, as it grows, and from comparisons of simple *features* (a parameter, its length)
with constants and each other: those are tried at once, since the bank reaches ``score < 90`` late. Where two
neighbouring values of a feature have different outcomes, the value between them is a constant as well: the
one that the words of the spec give, or else the one with the fewest digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, Raised, Vector, encode, sound
from aurora.synthesis.constants import FROM_PROSE
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant, parts, program

FEATURE_COST = 3
"""Expressions up to this cost are compared with constants."""

DIGIT_COST = 4
"""Constants up to this cost are taken for the base of digits."""

FEATURES = 24
"""So many of them at most."""

LEARNED_COST = 8
"""The cost of a constant that only the examples suggest."""

STEP_COST = 2
"""The cost of a threshold where the outcome is a step function of the feature: nothing else is as likely."""

ROWS = 60
"""Rows on which features are looked at for thresholds."""


class Predicate(NamedTuple):
    """A predicate with the lanes on which it holds, and what it costs; a place in the bank stands for its term."""

    mask: int
    cost: int
    origin: Term | int


class Predicates:
    """The cheapest predicate for each division of the lanes. Invariant: none is always true or always false."""

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._full = (1 << len(hunt.lanes)) - 1
        self._found: dict[int, Predicate] = {}
        self._seen = 0
        self._begun = False
        self._features: dict[tuple[str, Vector], Term] = {}

    def refresh(self) -> bool:
        """Take in what the bank has found since; whether any division is new or has become cheaper."""
        hunt = self._hunt
        changed = False
        values = hunt.bank.columns["bool"].values
        hunt.spend(1 + (len(values) - self._seen) // 2)
        for place in range(self._seen, len(values)):
            mask = mask_of(values[place])
            if mask not in self._found:
                changed |= self._take(mask, hunt.bank.cost_of("bool", place), place)
        self._seen = len(values)
        if not self._begun:
            self._begun = True
            for leaf, vector in hunt.parameters:
                if leaf.type == "str" or leaf.type.startswith(("list[", "dict[", "set[")):
                    empty = Apply(Op("not {0}", (leaf.type,), "bool", 4), leaf)
                    changed |= self._take(mask_of(tuple([not cell for cell in vector])), empty.cost, empty)
        for feature, vector in self._new_features():
            for test, cells in self._comparisons(feature, vector):
                changed |= self._take(mask_of(cells), test.cost, test)
                hunt.spend(1)
        return changed

    def ordered(self) -> list[Predicate]:
        """All of them, the cheapest first; of equals, those that compare arguments before those with constants."""
        return sorted(self._found.values(), key=lambda each: (each.cost, _constants_in(self.term(each))))

    def cheapest(self, mask: int) -> Predicate | None:
        """The one that holds on just these lanes, if there is one."""
        return self._found.get(mask)

    def term(self, predicate: Predicate) -> Term:
        """The expression of a predicate."""
        if isinstance(predicate.origin, int):
            return self._hunt.bank.term("bool", predicate.origin)
        return predicate.origin

    def _take(self, mask: int, cost: int, origin: Term | int) -> bool:
        known = self._found.get(mask)
        if mask in (0, self._full) or (known is not None and known.cost <= cost):
            return False
        self._found[mask] = Predicate(mask, cost, origin)
        return True

    def _new_features(self) -> Iterator[tuple[Term, Vector]]:
        bank = self._hunt.bank
        for kind in ("int", "float", "str"):
            column = bank.columns.get(kind)
            for cost, (start, stop) in column.levels.items() if column is not None else ():
                for place in range(start, stop) if cost <= FEATURE_COST else ():
                    assert column is not None
                    vector = column.values[place]
                    if len(set(vector)) > 1 and self._is_new(kind, vector):
                        term = self._features[kind, vector] = bank.term(kind, place)
                        yield term, vector
                        if kind == "int" and term.cost == 1:
                            yield from self._digits(term, vector)

    def _is_new(self, kind: str, vector: Vector) -> bool:
        return len(self._features) < FEATURES and (kind, vector) not in self._features

    def _digits(self, parameter: Term, vector: Vector) -> Iterator[tuple[Term, Vector]]:
        """Remainders and quotients of a parameter: the last digit and what is before it, and their like."""
        numbers = [cell for cell in vector if isinstance(cell, int)]
        for leaf, cell in self._constants("int"):
            if isinstance(cell, int) and cell > 2 and leaf.cost <= DIGIT_COST:
                for op, results in (
                    (_REMAINDER, tuple([number % cell for number in numbers])),
                    (_QUOTIENT, tuple([number // cell for number in numbers])),
                ):
                    if len(set(results)) > 1 and self._is_new("int", results):
                        term = self._features["int", results] = Apply(op, parameter, leaf)
                        yield term, results

    def _comparisons(self, feature: Term, vector: Vector) -> Iterator[tuple[Term, Vector]]:
        if feature.type == "str":
            yield from _text_tests(feature, vector, self._hunt)
            return
        for leaf, cell in (*self._thresholds(feature), *self._constants(feature.type)):
            for op in _ORDER[feature.type]:
                yield Apply(op, feature, leaf), tuple([_COMPARE[op.text](value, cell) for value in vector])
            if feature.type == "int" and isinstance(cell, int) and cell > 1:
                remainders = tuple([value % cell == 0 for value in vector if isinstance(value, int)])
                yield Apply(_DIVISIBLE, feature, leaf), remainders
        for (kind, other), term in self._features.items():
            for op in _ORDER[feature.type] if kind == feature.type and term is not feature else ():
                pairs = zip(other, vector, strict=True)
                yield (
                    Apply(op, term, feature),
                    tuple([_COMPARE[op.text](left, right) for left, right in pairs]),
                )

    def _constants(self, kind: str) -> list[tuple[Leaf, Cell]]:
        """The constants of a type, the cheapest and roundest first."""
        known = [(leaf, cell) for leaf, cell in self._hunt.constants if leaf.type == kind]
        return sorted(known, key=lambda each: (each[0].cost, len(each[0].text.rstrip("0."))))

    def _thresholds(self, feature: Term) -> Iterator[tuple[Leaf, Cell]]:
        """Constants between neighbouring values with different outcomes."""
        inspector = self._hunt.inspector
        rows, kind = self._hunt.rows[:ROWS], parse_type(feature.type)
        results = inspector.evaluated(program(feature), [inspector.examples[row] for row in rows])
        pairs = sorted(
            (value, repr(inspector.wanted[row]))
            for value, row in zip(results, rows, strict=True)
            if isinstance(value, int | float) and sound(encode(value, kind))
            if not isinstance(inspector.wanted[row], Raised)
        )
        changes = [
            (low, high) for (low, before), (high, after) in pairwise(pairs) if low < high and before != after
        ]
        outcomes = {outcome for _, outcome in pairs}
        stepwise = len(changes) == len(outcomes) - 1 and 2 * len(outcomes) <= len(pairs)
        known = set() if stepwise else {cell for _, cell in self._constants(feature.type)}
        for low, high in changes:
            for number in self._plainest((high, *roundest(low, high), low)):
                if number not in known:
                    known.add(number)
                    cell = float(number) if feature.type == "float" else number
                    shown = repr(int(number) if number == int(number) else number)
                    yield constant(shown, feature.type, STEP_COST if stepwise else LEARNED_COST), cell

    def _plainest(self, numbers: Sequence[float]) -> list[float]:
        """The numbers once, those first that the words of the spec give, of equals those with the fewest digits."""
        given = {cell for leaf, cell in self._hunt.constants if leaf.cost <= FROM_PROSE}
        return sorted(
            dict.fromkeys(numbers), key=lambda number: (number not in given, len(repr(number).rstrip("0.")))
        )


def mask_of(vector: Vector) -> int:
    """The lanes on which a vector of truth values is true."""
    mask = 0
    for lane, cell in enumerate(vector):
        if cell:
            mask |= 1 << lane
    return mask


def negated(test: Term) -> Term:
    """The opposite of a predicate, at the same cost: comparisons are turned round."""
    if isinstance(test, Apply):
        if test.op.text == "not {0}":
            return test.arguments[0]
        opposite = _OPPOSITE.get(test.op.text)
        if opposite is not None and len(test.arguments) == 2:
            text, swap = opposite
            op = Op(text, test.op.arguments[::-1] if swap else test.op.arguments, "bool", test.op.cost)
            return Apply(op, *(test.arguments[::-1] if swap else test.arguments))
    return Apply(_NOT, test)


def _constants_in(term: Term) -> int:
    return sum(isinstance(part, Leaf) and not part.variable for part in parts(term))


def roundest(low: float, high: float) -> Iterator[int]:
    """The integer above ``low`` and up to ``high`` with most factors of ten, if that is one."""
    for step in (1000, 100, 50, 10, 5):
        multiple = int(high // step * step)
        if low < multiple <= high and abs(multiple) < 10**9:
            yield multiple
            return


def _text_tests(feature: Term, vector: Vector, hunt: Hunt) -> Iterator[tuple[Term, Vector]]:
    texts = [cell for cell in vector if isinstance(cell, str)]
    known = [(leaf, cell) for leaf, cell in hunt.constants if leaf.type == "str" and isinstance(cell, str)]
    marks = {cell for _, cell in known}
    ends = dict.fromkeys(text[-size:] for size in (1, 2) for text in texts if len(text) > size)
    starts = dict.fromkeys(text[:size] for size in (1, 2) for text in texts if len(text) > size)
    for leaf, cell in known:
        if cell:
            yield Apply(_WITHIN, leaf, feature), tuple([cell in text for text in texts])
        yield Apply(_SAME, feature, leaf), tuple([text == cell for text in texts])
    for cell in ends:
        leaf = constant(repr(cell), "str", LEARNED_COST - (cell in marks) * 2)
        yield Apply(_ENDS, feature, leaf), tuple([text.endswith(cell) for text in texts])
    for cell in starts:
        leaf = constant(repr(cell), "str", LEARNED_COST - (cell in marks) * 2)
        yield Apply(_STARTS, feature, leaf), tuple([text.startswith(cell) for text in texts])


# Of tests that divide the lanes alike the first counts: ``==`` rather than ``<=`` for the value in the middle.
_COMPARE = {
    "{0} < {1}": lambda left, right: left < right,
    "{0} == {1}": lambda left, right: left == right,
    "{0} <= {1}": lambda left, right: left <= right,
}
_ORDER = {
    "int": [Op(text, ("int", "int"), "bool", 2) for text in _COMPARE],
    "float": [
        Op(text, ("float", "float"), "bool", cost) for text, cost in zip(_COMPARE, (2, 4, 2), strict=True)
    ],
}
_REMAINDER = Op("{0} % {1}", ("int", "int"), "int", 2, partial=True)
_QUOTIENT = Op("{0} // {1}", ("int", "int"), "int", 2, partial=True)
_DIVISIBLE = Op("{0} % {1} == 0", ("int", "int"), "bool", 3, partial=True)
_SAME = Op("{0} == {1}", ("str", "str"), "bool", 2)
_WITHIN = Op("{0} in {1}", ("str", "str"), "bool", 3)
_ENDS = Op("{0}.endswith({1})", ("str", "str"), "bool", 4)
_STARTS = Op("{0}.startswith({1})", ("str", "str"), "bool", 4)
_NOT = Op("not {0}", ("bool",), "bool", 2)
_OPPOSITE = {
    "{0} < {1}": ("{0} <= {1}", True),
    "{0} <= {1}": ("{0} < {1}", True),
    "{0} == {1}": ("{0} != {1}", False),
    "{0} != {1}": ("{0} == {1}", False),
    "{0} % {1} == 0": ("{0} % {1} != 0", False),
}
"""Opposites of comparisons, and whether the sides change places."""
