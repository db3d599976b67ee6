"""Stretches of a list that comprehensions go over: runs of equal items, windows and chunks of so many.

Few functions want them, and lists of lists would double the work of the main bank for all others: so they are known
here alone, as something to go over.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from aurora.specs.types import parse_type
from aurora.synthesis.cells import Cell, TooLarge, Vector
from aurora.synthesis.operators.guards import chunks, list_runs, windows
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.comprehension.sources import Source, each_of
from aurora.synthesis.search.terms import Apply, Leaf, Term

RUNS: Final = "[list(group) for _, group in groupby({0})]"
RUNS_COST: Final = 4
OF_SIZE: Final[tuple[tuple[str, Callable[..., Cell], int], ...]] = (
    ("[{0}[i:i + {1}] for i in range(len({0}) - {1} + 1)]", windows, 5),
    ("[{0}[i:i + {1}] for i in range(0, len({0}), {1})]", chunks, 5),
)


def runs(items: Leaf, vector: Vector, taken: Collection[str]) -> Iterator[Source]:
    """The runs of equal items next to each other."""
    yield from _source(RUNS, RUNS_COST, list_runs, ((items, vector),), taken)


def of_size(
    items: Leaf, vector: Vector, size: Leaf, sizes: Vector, taken: Collection[str]
) -> Iterator[Source]:
    """The windows and the chunks of ``size`` items."""
    for text, cut, cost in OF_SIZE:
        yield from _source(text, cost, cut, ((items, vector), (size, sizes)), taken)


def _source(
    text: str,
    cost: int,
    cut: Callable[..., Cell],
    given: tuple[tuple[Leaf, Vector], ...],
    taken: Collection[str],
) -> Iterator[Source]:
    leaves: list[Term] = [leaf for leaf, _ in given]
    type_ = leaves[0].type
    if parse_type(type_).head != "list":
        return
    try:
        cells = tuple(cut(*row) for row in zip(*(vector for _, vector in given), strict=True))
    except (TooLarge, ValueError, TypeError):
        return
    term = Apply(Op(text, tuple(leaf.type for leaf in leaves), f"list[{type_}]", cost), *leaves)
    yield each_of(term, cells, type_, "row", taken)
