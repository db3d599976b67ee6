"""Concatenation as a shortest path: the cheapest way to write several targets at once, piece by piece.

The targets are cut at the same time: a state is one position in each target, an edge is a piece that continues all
of them, and a path from all fronts to all ends is a concatenation that gives every target. The idea is that of FlashFill
(Gulwani, POPL 2011), which keeps all paths; here only the cheapest is wanted, and A* finds it: a target by itself,
with everything else forgotten, says what writing the rest of it costs at least (``remaining_costs``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush
from typing import TypeVar

Positions = tuple[int, ...]

Piece = TypeVar("Piece")

UNREACHABLE = 1 << 30
"""A cost beyond all costs."""

Edge = tuple[int, Positions, Piece]
"""What a piece costs, the positions behind it, and the piece."""


def cheapest_path(
    start: Positions,
    end: Positions,
    edges: Callable[[Positions], Iterable[Edge[Piece]]],
    *,
    at_least: Callable[[Positions], int] = lambda positions: 0,
    joint: int = 1,
    most: int = 4_000,
    bound: int = UNREACHABLE,
) -> tuple[int, list[Piece]] | None:
    """The cost and the pieces of the cheapest path from ``start`` to ``end``, or nothing.

    ``joint`` is the price of each concatenation. ``at_least`` never exceeds what the rest of a path costs with the
    joint before it. At most ``most`` states are expanded, and no path that costs ``bound`` or more is looked at.
    """
    costs: dict[Positions, int] = {start: 0}
    origins: dict[Positions, tuple[Positions, Piece]] = {}
    done: set[Positions] = set()
    queue: list[tuple[int, int, Positions]] = [(0, 0, start)]
    pushed = 0
    while queue:
        _, _, state = heappop(queue)
        if state == end:
            return costs[end], _pieces(start, end, origins)
        if state in done:
            continue
        done.add(state)
        if len(done) > most:
            return None
        before = costs[state] + joint if state != start else 0
        for price, after, piece in edges(state):
            total = before + price
            if total < costs.get(after, bound):
                estimate = total + at_least(after)
                if estimate < bound:
                    costs[after] = total
                    origins[after] = state, piece
                    pushed += 1
                    heappush(queue, (estimate, -pushed, after))
    return None


def remaining_costs(
    target: str, pieces: Mapping[str, int], reach: Callable[[int], int], slice_cost: int, joint: int = 1
) -> list[int]:
    """For each position the least that writing the rest of ``target`` costs, each piece with a joint before it.

    ``pieces`` are texts with their costs; from each position slices of up to ``reach`` letters cost ``slice_cost``
    at least. What cannot be written costs ``UNREACHABLE``.
    """
    size = len(target)
    longest = max(map(len, pieces), default=0)
    costs = [UNREACHABLE] * size + [0]
    for position in range(size - 1, -1, -1):
        best = UNREACHABLE
        for stop in range(position + 1, min(size, position + longest) + 1):
            price = pieces.get(target[position:stop])
            if price is not None and price + costs[stop] < best:
                best = price + costs[stop]
        furthest = reach(position)
        if furthest:
            best = min(best, slice_cost + min(costs[position + 1 : position + furthest + 1]))
        costs[position] = min(best + joint, UNREACHABLE)
    return costs


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
