"""What people go over that is made of one parameter: ranges up to a number, its digits, the fields of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.sources import Source, each_of
from aurora.synthesis.search.terms import Apply, Leaf, constant

LONGEST = 500
"""The longest range that is gone over before the main bank has found it."""


def digits(number: Leaf, vector: Vector, taken: Collection[str]) -> Source:
    """The digits of a number, as characters of its text."""
    texts = tuple(str(cell) for cell in vector)
    return each_of(Apply(Op("str({0})", ("int",), "str", 2), number), texts, "str", "character", taken)


_REST = Op("{0}[{1}:]", ("list[str]", "int"), "list[str]", 2)


def separated(
    text: Leaf, vector: Vector, marks: Sequence[tuple[Leaf, Cell]], taken: Collection[str]
) -> Iterator[Source]:
    """The fields of a text, at the marks that many texts have."""
    split = Op("{0}.split({1})", ("str", "str"), "list[str]", 4)
    for leaf, mark in marks:
        if isinstance(mark, str) and mark.strip() and len(mark) < 3 and not mark.isalnum():
            rows = [tuple(cell.split(mark)) for cell in vector if isinstance(cell, str)]
            if sum(len(row) > 1 for row in rows) * 3 > len(rows):
                cut = Apply(split, text, leaf)
                yield each_of(cut, tuple(rows), "str", "str", taken)
                rest = Apply(_REST, cut, constant("1", "int", 1))
                yield each_of(rest, tuple(row[1:] for row in rows), "str", "str", taken)


def pieces(text: Leaf, vector: Vector, taken: Collection[str]) -> Iterator[Source]:
    """The lines of texts of several lines, the words of texts of several words."""
    texts = [cell for cell in vector if isinstance(cell, str)]
    for method, cut in (("splitlines", str.splitlines), ("split", str.split)):
        rows = [tuple(cut(each)) for each in texts]
        if sum(len(row) > 1 for row in rows) * 2 > len(rows):
            op = Op(f"{{0}}.{method}()", ("str",), "list[str]", 2)
            yield each_of(Apply(op, text), tuple(rows), "str", "str", taken)


def everyday_ranges(number: Leaf, vector: Vector, taken: Collection[str]) -> list[tuple[Source, int]]:
    """The ranges that people go over up to a number, each with what it is worth more than its cost says."""
    one, two = constant("1", "int", 1), constant("2", "int", 2)
    numbers = [cell for cell in vector if isinstance(cell, int)]
    if max(numbers, default=0) > LONGEST:
        return []
    following = Apply(Op("{0} + {1}", ("int", "int"), "int", 2), number, one)
    up_to = Op("list(range({0}))", ("int",), "list[int]", 4)
    between = Op("list(range({0}, {1}))", ("int", "int"), "list[int]", 3)
    found = []
    for term, start, more, bonus in (
        (Apply(between, one, following), 1, 1, 4),
        (Apply(up_to, number), 0, 0, 1),
        (Apply(between, two, number), 2, 0, 1),
        (Apply(up_to, following), 0, 1, 1),
        (Apply(between, two, following), 2, 1, 2),
    ):
        rows = tuple(tuple(range(start, cell + more)) for cell in numbers)
        found.append((each_of(term, rows, "int", "index", taken), -bonus))
    return found
