"""Nested lists and matrices: what is meant. Each function is described in the spec of its name."""

from __future__ import annotations


def transposed(matrix: list[list[int]]) -> list[list[int]]:
    return [list(column) for column in zip(*matrix, strict=True)]


def diagonal(matrix: list[list[int]]) -> list[int]:
    return [row[place] for place, row in enumerate(matrix)]


def row_sums(matrix: list[list[int]]) -> list[int]:
    return [sum(row) for row in matrix]


def column_sums(matrix: list[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*matrix, strict=True)]


def trace(matrix: list[list[int]]) -> int:
    return sum(matrix[place][place] for place in range(len(matrix)))


def scaled(matrix: list[list[int]], factor: int) -> list[list[int]]:
    return [[number * factor for number in row] for row in matrix]


def flattened(rows: list[list[str]]) -> list[str]:
    return [item for row in rows for item in row]


def largest_in_matrix(matrix: list[list[int]]) -> int:
    return max(max(row) for row in matrix)


def identity(size: int) -> list[list[int]]:
    return [[int(row == column) for column in range(size)] for row in range(size)]


def matrix_sum(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
    return [
        [a + b for a, b in zip(row, other, strict=True)] for row, other in zip(first, second, strict=True)
    ]


def matrix_product(first: list[list[int]], second: list[list[int]]) -> list[list[int]]:
    columns = list(zip(*second, strict=True))
    return [[sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in first]


def rotated_clockwise(matrix: list[list[int]]) -> list[list[int]]:
    return [list(column) for column in zip(*matrix[::-1], strict=True)]


def mirrored(picture: list[str]) -> list[str]:
    return [line[::-1] for line in picture]


def count_in_grid(grid: list[list[str]], mark: str) -> int:
    return sum(row.count(mark) for row in grid)


def is_symmetric(matrix: list[list[int]]) -> bool:
    return matrix == [list(column) for column in zip(*matrix, strict=True)]


def reshaped(items: list[int], columns: int) -> list[list[int]]:
    return [items[start : start + columns] for start in range(0, len(items) - columns + 1, columns)]


def multiplication_table(size: int) -> list[list[int]]:
    return [[row * column for column in range(1, size + 1)] for row in range(1, size + 1)]


def pascal_row(index: int) -> list[int]:
    row = [1]
    for _ in range(index):
        row = [a + b for a, b in zip([0, *row], [*row, 0], strict=True)]
    return row


def richest_row(matrix: list[list[int]]) -> int:
    sums = [sum(row) for row in matrix]
    return sums.index(max(sums))


def pairs_of(first: list[int], second: list[str]) -> list[tuple[int, str]]:
    return [(item, other) for item in first for other in second]


def grid_text(grid: list[list[int]]) -> str:
    return "\n".join(" ".join(str(number) for number in row) for row in grid)


def total_depth_sum(rows: list[list[list[int]]]) -> int:
    return sum(number for block in rows for row in block for number in row)
