"""What speaks for an answer: the lanes on which it is right, and how hard these are to hit upon by chance."""

from __future__ import annotations

from aurora.synthesis.cells import Cell, Vector


def agreement(vector: Vector, goal: Vector) -> int:
    """The lanes on which a vector is as wanted, as a mask."""
    mask = 0
    for lane, wanted in enumerate(goal):
        if vector[lane] == wanted:
            mask |= 1 << lane
    return mask


def information(cell: Cell) -> int:
    """About how many bits a wanted answer holds: how hard it is to hit upon by chance."""
    match cell:
        case bool():
            return 1
        case int():
            return max(2, cell.bit_length() + 1)
        case float():
            return 8
        case str():
            return 2 + 5 * len(cell)
        case tuple():
            return 2 + sum(map(information, cell))
    return 2
