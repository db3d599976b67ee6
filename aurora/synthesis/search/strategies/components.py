"""Answers of several parts: each part is a goal of its own, with a hunt of its own.

The parts of a fixed tuple; the fields of texts that all have one shape, such as ``05/03/2024``; what is left of
texts that begin or end with an argument. A sub-hunt sees the same inputs, and one part as the wanted answer.

Order: whoever has done least work goes next, parts without a program before the others. Invariant: a program is
offered only when every part has one, put together from the likeliest of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from aurora.specs.types import parse_type
from aurora.specs.values import Value, literal
from aurora.synthesis.candidates import Inspector, agrees
from aurora.synthesis.cells import Raised, is_variadic
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.budget import CANDIDATE
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.lifting import SIDE_BY_SIDE
from aurora.synthesis.search.pieces import LITERAL_COST
from aurora.synthesis.search.pricing import Prices
from aurora.synthesis.search.terms import Apply, Term, constant, program

PARTS = 6
"""Parts of one answer that differ between examples, at most."""

KEPT = 60_000
"""Vectors that the bank of a part's hunt keeps."""

PATIENCE = 1
PATIENCE_START = 30_000
"""A part that has a program goes on for so much work, in the hope of a simpler one."""


class Part(NamedTuple):
    """A part of each answer: its type, and its value on each row."""

    type: str
    wanted: dict[int, Value]


class Shape(NamedTuple):
    """How answers fall into parts, in order: an expression that is known, or a part to be found."""

    type: str
    parts: tuple[Term | Part, ...]

    def whole(self, found: Iterator[Term]) -> Term:
        """The answer, with what was found in the place of its parts."""
        terms = [next(found) if isinstance(part, Part) else part for part in self.parts]
        if self.type == "str":
            return _concatenated(terms)
        holes = ", ".join(f"{{{place}}}" for place in range(len(terms)))
        return Apply(Op(f"({holes})", tuple(term.type for term in terms), self.type, 1), *terms)


class Components:
    """Hunts for the parts of an answer."""

    name = "components"
    share = 14

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._shapes: list[Shape] = []
        self._assemblies: list[Assembly] = []
        wanted = hunt.inspector.wanted
        rows = [row for row in hunt.rows if not isinstance(wanted[row], Raised)]
        if hunt.depth == 0 and len(rows) > 1:
            self._shapes = list(shapes(hunt, rows))

    def begin_anew(self) -> None:
        """Parts are about all rows: they stay as they are."""

    @property
    def ready(self) -> bool:
        """When a shape waits to be begun, or a part can go on."""
        return bool(self._shapes) or any(assembly.ready for assembly in self._assemblies)

    def advance(self, allowance: int) -> None:
        """Begin with the next shape, or let the part that has done least go on."""
        hunt = self._hunt
        hunt.spend(1)
        if self._shapes:
            self._assemblies.append(Assembly(hunt, self._shapes.pop(0)))
        active = [assembly for assembly in self._assemblies if assembly.ready]
        if active:
            assembly = min(active, key=lambda each: each.spent)
            term = assembly.advance(allowance)
            if term is not None:
                hunt.offer(term, self.name)


class Assembly:
    """The hunts for the parts of one shape."""

    def __init__(self, hunt: Hunt, shape: Shape) -> None:
        self._shape = shape
        self._parts = [PartHunt(hunt, part) for part in shape.parts if isinstance(part, Part)]
        self._offered: list[Term] = []

    @property
    def spent(self) -> int:
        """The work of all parts."""
        return sum(part.spent for part in self._parts)

    @property
    def ready(self) -> bool:
        """Whether there is a part that can go on, and none that is given up."""
        open_ = [part for part in self._parts if part.best is None]
        return all(part.ready for part in open_) and any(part.ready for part in self._parts)

    def advance(self, allowance: int) -> Term | None:
        """Let one part go on; the whole, if it is new."""
        ready = [part for part in self._parts if part.ready]
        part = min(ready, key=lambda each: (each.best is not None, each.spent))
        part.advance(allowance)
        terms = [part.best for part in self._parts]
        found = [term for term in terms if term is not None]
        if len(found) < len(terms):
            return None
        if found == self._offered:
            return None
        self._offered = found
        return self._shape.whole(iter(found))


class PartHunt:
    """The hunt for one part. ``best`` is its likeliest program so far: the one of the lowest price."""

    def __init__(self, hunt: Hunt, part: Part) -> None:
        self.best: Term | None = None
        self.spent = 0
        self._hunt = hunt
        wanted = part.wanted
        self._rows = list(wanted)
        self._tried: dict[str, int | None] = {}
        self._deadline = 1 << 60
        examples = tuple(
            msgspec.structs.replace(case, expected=literal(wanted[row])) if row in wanted else case
            for row, case in enumerate(hunt.problem.examples)
        )
        problem = msgspec.structs.replace(hunt.problem, returns=part.type, examples=examples, post=())
        self._inspector = Inspector(problem)
        self._prices = Prices(problem)
        self._price = 1 << 30
        self._inner = Hunt(
            self._inspector, self._rows, hunt.budget, self._offer, hunt.makers, depth=hunt.depth + 1, most=KEPT
        )  # fmt: skip

    @property
    def ready(self) -> bool:
        """Until it is exhausted, or has looked long enough for something simpler."""
        return self.spent < self._deadline and not self._inner.exhausted

    def advance(self, allowance: int) -> None:
        """Let the hunt go on."""
        before = self._hunt.budget.spent
        self._inner.advance(allowance)
        self.spent += max(1, self._hunt.budget.spent - before)
        if self.best is not None and self._deadline == 1 << 60:
            self._deadline = self.spent + PATIENCE_START + PATIENCE * self.spent

    def _offer(self, term: Term, strategy: str) -> int | None:
        text = program(term)
        price = self._prices.price(term, text)
        if price >= self._price:
            return None
        if text not in self._tried:
            self._hunt.spend(CANDIDATE)
            inspector = self._inspector
            inputs = [inspector.examples[row] for row in self._rows]
            results = inspector.results(inspector.compiled(text), inputs)
            pairs = zip(self._rows, results, strict=True)
            failing = [row for row, got in pairs if not agrees(got, inspector.wanted[row])]
            self._tried[text] = failing[0] if failing else None
            if not failing:
                self.best, self._price = term, price
        return self._tried[text]


def shapes(hunt: Hunt, rows: Sequence[int]) -> Iterator[Shape]:
    """The ways in which the answers of the rows fall into parts."""
    returns = parse_type(hunt.returns)
    answers = [hunt.inspector.wanted[row] for row in rows]
    if returns.head == "tuple" and 1 < len(returns.args) <= 4 and not is_variadic(returns):
        columns = zip(*(answer for answer in answers if isinstance(answer, tuple)), strict=True)
        kinds = zip(returns.args, columns, strict=True)
        parts = tuple(Part(str(kind), dict(zip(rows, column, strict=True))) for kind, column in kinds)
        yield Shape(hunt.returns, parts)
    texts = [answer for answer in answers if isinstance(answer, str)]
    if returns.head == "str" and len(texts) == len(rows):
        fields = [_FIELD.findall(text) for text in texts]
        if len({len(field) for field in fields}) == 1 and fields[0]:
            fixed = list(zip(*fields, strict=True))
            yield from _fielded(rows, fixed)
            paired = [pair for column in fixed for pair in _pairs_of(column)]
            if len(paired) > len(fixed):
                yield from _fielded(rows, paired)
        yield from _rests(hunt, rows, texts)


def _pairs_of(column: Sequence[str]) -> list[Sequence[str]]:
    """A field of two, three or four pairs of digits, also in base 16, as so many fields; others as they are."""
    size = len(column[0])
    if size not in (4, 6, 8) or not all(
        len(text) == size and _HEXADECIMAL.fullmatch(text) for text in column
    ):
        return [column]
    return [[text[place : place + 2] for text in column] for place in range(0, size, 2)]


def _concatenated(terms: Sequence[Term]) -> Term:
    whole = terms[0]
    for term in terms[1:]:
        whole = Apply(SIDE_BY_SIDE, whole, term)
    return whole


def _rests(hunt: Hunt, rows: Sequence[int], texts: Sequence[str]) -> Iterator[Shape]:
    """What is left of texts that begin or end with an argument."""
    for place, (leaf, _) in enumerate(hunt.parameters):
        if leaf.type not in ("str", "int"):
            continue
        shown: Term = leaf if leaf.type == "str" else Apply(_SHOWN, leaf)
        arguments = [str(hunt.inspector.examples[row][place]) for row in rows]
        pairs = list(zip(texts, arguments, strict=True))
        if all(argument and text.startswith(argument) and text != argument for text, argument in pairs):
            rest = [text[len(argument) :] for text, argument in pairs]
            yield Shape("str", (shown, Part("str", dict(zip(rows, rest, strict=True)))))
        elif all(argument and text.endswith(argument) and text != argument for text, argument in pairs):
            rest = [text[: -len(argument)] for text, argument in pairs]
            yield Shape("str", (Part("str", dict(zip(rows, rest, strict=True))), shown))


def _fielded(rows: Sequence[int], columns: Sequence[Sequence[str]]) -> Iterator[Shape]:
    """Fields between marks, if the marks are the same in all texts."""
    parts: list[Term | Part] = []
    for column in columns:
        if len(set(column)) == 1:
            parts.append(constant(repr(column[0]), "str", LITERAL_COST))
        elif all(text.isalnum() for text in column):
            parts.append(Part("str", dict(zip(rows, column, strict=True))))
        else:
            return
    if len(parts) > 1 and 0 < sum(isinstance(part, Part) for part in parts) <= PARTS:
        yield Shape("str", tuple(parts))


_FIELD = re.compile(r"[^\W_]+|[\W_]+")
_HEXADECIMAL = re.compile(r"[0-9a-f]+")
_SHOWN = Op("str({0})", ("int",), "str", 2)
