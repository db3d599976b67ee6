"""Nested lists and matrices: where the hidden inputs come from."""

from __future__ import annotations

import random

from tests.suite.makers import integers, lists, matrices, one_of, squares, text, words


def same_shape(chance: random.Random) -> tuple[list[list[int]], list[list[int]]]:
    """Two matrices of one shape."""
    rows, columns = chance.randint(1, 4), chance.randint(1, 4)
    make = matrices(integers(-20, 30), (rows, rows), (columns, columns))
    return make(chance), make(chance)


def multiplicable(chance: random.Random) -> tuple[list[list[int]], list[list[int]]]:
    """Two matrices that can be multiplied."""
    height, middle, width = (chance.randint(1, 3) for _ in range(3))
    first = matrices(integers(-5, 9), (height, height), (middle, middle))
    return first(chance), matrices(integers(-5, 9), (middle, middle), (width, width))(chance)


def nearly_symmetric(chance: random.Random) -> tuple[list[list[int]]]:
    """A symmetric matrix, about every second time with one number changed."""
    size = chance.randint(2, 4)
    numbers = {(row, column): chance.randint(0, 9) for row in range(size) for column in range(row + 1)}
    matrix = [[numbers[max(row, column), min(row, column)] for column in range(size)] for row in range(size)]
    if chance.random() < 0.5:
        matrix[chance.randrange(size)][chance.randrange(size)] += 1
    return (matrix,)


DOMAINS = {
    "transposed": (matrices(integers(-9, 30), (1, 4), (1, 4)),),
    "diagonal": (squares(integers(-9, 30), 1, 5),),
    "row_sums": (lists(lists(integers(-20, 30), 0, 5), 0, 5),),
    "column_sums": (matrices(integers(-20, 30), (1, 4), (1, 4)),),
    "trace": (squares(integers(-20, 30), 1, 5),),
    "scaled": (matrices(integers(-9, 30), (0, 4), (1, 4)), integers(-5, 9)),
    "flattened": (lists(lists(words(), 0, 3), 0, 5),),
    "largest_in_matrix": (lists(lists(integers(-30, 60), 1, 4), 1, 4),),
    "identity": (integers(4, 60),),
    "matrix_sum": same_shape,
    "matrix_product": multiplicable,
    "rotated_clockwise": (matrices(integers(-9, 30), (1, 4), (1, 4)),),
    "mirrored": (lists(text("#.<x", 1, 5), 0, 5),),
    "count_in_grid": (lists(lists(one_of("x", "o", "."), 0, 4), 0, 4), one_of("x", "o", ".")),
    "is_symmetric": nearly_symmetric,
    "reshaped": (lists(integers(-9, 30), 0, 12), integers(1, 5)),
    "multiplication_table": (integers(4, 60),),
    "pascal_row": (integers(3, 50),),
    "richest_row": (lists(lists(integers(-5, 9), 0, 4), 1, 6),),
    "pairs_of": (lists(integers(0, 20), 0, 4), lists(words(), 0, 4)),
    "grid_text": (matrices(integers(-20, 99), (1, 4), (1, 4)),),
    "total_depth_sum": (lists(lists(lists(integers(-9, 20), 0, 3), 0, 3), 0, 3),),
}
