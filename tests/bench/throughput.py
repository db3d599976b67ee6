"""How fast the bank evaluates candidates, as a multiple of building, unparsing and executing each as source.

Run: python tests/bench/throughput.py. Both sides evaluate the same kind of expressions on the same four lanes, one
after another on one core. Exits 1 when the bank is less than 80 times as fast, on ints or on strings.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
import math
import re
import sys
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from aurora.synthesis.operators.tables import operators
from aurora.synthesis.search.bank import Bank
from aurora.synthesis.search.terms import constant, text, variable

SECONDS = 3.0
LIMIT = 80.0
SAMPLE = 2_000
MOST = 10_000_000
UNGUARDED = ("power", "repeat", "factorial", "padded")
"""Operators left out: without the bank's guards, as plain source, they would make giants."""

INTS = {"a": (3, -7, 12, 40), "b": (5, 2, -9, 17)}
STRINGS = {"a": ("apple pie", "x", "Stone", "one two"), "b": ("an", "xyz", "e", " ")}


class Figures(NamedTuple):
    """What a bank did in its time, and expressions out of it."""

    rate: float
    evaluations: int
    kept: int
    texts: list[str]


def bank_rate(
    kind: str, lanes: dict[str, tuple[Any, ...]], constants: Sequence[Any], seconds: float
) -> Figures:
    """Let a bank of one kind grow for so long."""
    universe = frozenset((kind, "int"))
    safe = [op for op in operators(universe) if not any(unsafe in op.run for unsafe in UNGUARDED)]
    count = len(next(iter(lanes.values())))
    bank = Bank(safe, sorted(universe), count, {}, most=MOST)
    for name, vector in lanes.items():
        bank.offer(variable(name, kind), vector)
    for value in constants:
        bank.offer(constant(repr(value), type(value).__name__, 1), (value,) * count)
    evaluations = 0
    begin = time.process_time()
    while time.process_time() - begin < seconds:
        for block in bank.grow():
            evaluations += block
            if time.process_time() - begin >= seconds:
                break
    rate = evaluations / (time.process_time() - begin)
    size = len(bank.columns[kind].values)
    places = range(size // 2, size, max(1, size // 2 // SAMPLE))
    texts = [text(bank.term(kind, place))[0] for place in places]
    return Figures(rate, evaluations, bank.size, texts)


def source_rate(lanes: dict[str, tuple[Any, ...]], texts: Sequence[str], seconds: float) -> float:
    """Build a function around each expression, unparse it, execute it, and call it on every lane."""
    trees = [ast.parse(text, mode="eval").body for text in texts]
    rows = list(zip(*lanes.values(), strict=True))
    done = 0
    begin = time.process_time()
    for tree in itertools.cycle(trees):
        namespace: dict[str, Any] = {"math": math, "re": re}
        exec(ast.unparse(_function(tree, list(lanes))), namespace)
        for row in rows:
            with contextlib.suppress(Exception):  # a candidate may raise
                namespace["f"](*row)
        done += 1
        if done % 64 == 0 and time.process_time() - begin >= seconds:
            break
    return done / (time.process_time() - begin)


def _function(body: ast.expr, names: Sequence[str]) -> ast.Module:
    arguments = ast.arguments([], [ast.arg(name) for name in names], None, [], [], None, [])
    return ast.fix_missing_locations(
        ast.Module([ast.FunctionDef("f", arguments, [ast.Return(body)], [], None)], [])
    )


def main() -> int:
    """Measure both kinds and compare."""
    enough = True
    for kind, lanes, constants in (("int", INTS, (1, 2, 10)), ("str", STRINGS, (" ", "-", 1, 2))):
        figures = bank_rate(kind, lanes, constants, SECONDS)
        plain = source_rate(lanes, figures.texts, SECONDS)
        ratio = figures.rate / plain
        enough = enough and ratio >= LIMIT
        print(
            f"{kind}: bank {figures.rate / 1e6:.2f} M evaluations/s, {figures.kept:,} distinct values kept of "
            f"{figures.evaluations:,}; AST, unparse and exec {plain / 1e3:.1f} k/s; ratio {ratio:.0f} (>= {LIMIT:.0f})"
        )
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
