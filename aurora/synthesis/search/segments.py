"""Concatenation as a shortest path: the cheapest way to write several targets at once, piece by piece.

The targets are cut at the same time: a state is one position in each target, an edge is a piece that continues all
of them, and a path from all fronts to all ends is a concatenation that gives every target. Dijkstra's algorithm finds
the cheapest, in order of cost, then of discovery. The idea is that of FlashFill (Gulwani, POPL 2011), which keeps all
paths; here only the best is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappop, heappush
from typing import TypeVar

Positions = tuple[int, ...]

Piece = TypeVar("Piece")

Edge = tuple[int, Positions, Piece]
"""What a piece costs, the positions behind it, and the piece."""


def cheapest_path(
    start: Positions,
    end: Positions,
    edges: Callable[[Positions], Iterable[Edge[Piece]]],
    *,
    joint: int = 1,
    most: int = 4_000,
    bound: int = 1 << 30,
) -> tuple[int, list[Piece]] | None:
    """The cost and the pieces of the cheapest path from ``start`` to ``end``, or nothing.

    ``joint`` is the price of each concatenation. At most ``most`` states are expanded, and no path that costs
    ``bound`` or more is looked at.
    """
    costs: dict[Positions, int] = {start: 0}
    origins: dict[Positions, tuple[Positions, Piece]] = {}
    done: set[Positions] = set()
    queue: list[tuple[int, int, Positions]] = [(0, 0, start)]
    pushed = 0
    while queue:
        cost, _, state = heappop(queue)
        if state == end:
            return cost, _pieces(start, end, origins)
        if state in done:
            continue
        done.add(state)
        if len(done) > most:
            return None
        before = cost + joint if state != start else cost
        for price, after, piece in edges(state):
            total = before + price
            if total < costs.get(after, bound):
                costs[after] = total
                origins[after] = state, piece
                pushed += 1
                heappush(queue, (total, pushed, after))
    return None


def _pieces(
    start: Positions, end: Positions, origins: dict[Positions, tuple[Positions, Piece]]
) -> list[Piece]:
    pieces: list[Piece] = []
    state = end
    while state != start:
        state, piece = origins[state]
        pieces.append(piece)
    pieces.reverse()
    return pieces
