"""Concatenation as a shortest path: the cheapest way to write several targets at once, piece by piece.

The targets are cut at the same time: a state is one position in each target, an edge is a piece that continues all
of them, and a path from all fronts to all ends is a concatenation that gives every target. The idea is that of
FlashFill (Gulwani, POPL 2011), which keeps all paths; here only the cheapest is wanted, and A* finds it: a target by
itself, with everything else forgotten, says what writing the rest of it costs at least (``remaining_costs``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    edges: Callable[[Positions, int], Iterable[Edge[Piece]]],
    *,
    at_least: Callable[[Positions], int] = lambda positions: 0,
    joint: int = 1,
    most: int = 4_000,
    bound: int = UNREACHABLE,
) -> tuple[int, list[Piece]] | None:
    """The cost and the pieces of the cheapest path from ``start`` to ``end``, or nothing.

    ``edges`` is given a state and what its pieces must cost less than. ``joint`` is the price of each concatenation.
    ``at_least`` never exceeds what the rest of a path costs with the joint before it. At most ``most`` states are
    expanded, and no path that costs ``bound`` or more is looked at.
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
        for price, after, piece in edges(state, bound - before):
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
    size: int, steps: Callable[[int], Iterable[tuple[int, int]]], joint: int = 1
) -> list[int]:
    """For each position of a target of ``size`` letters, the least that writing the rest of it costs.

    ``steps`` gives the costs of pieces from a position with the position behind them. Each piece is taken to have a
    joint before it. What cannot be written costs ``UNREACHABLE``.
    """
    costs = [UNREACHABLE] * size + [0]
    for position in range(size - 1, -1, -1):
        best = min([price + costs[stop] for price, stop in steps(position)], default=UNREACHABLE)
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
