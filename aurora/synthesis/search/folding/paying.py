"""Paying: an amount taken apart by pieces, the largest first: coins for a sum, signs of a numeral, hours and minutes.

The pieces are numbers that the prose gives in falling order, each perhaps with a sign before or after it, or a list
that is given. Nothing is searched for: few such loops exist, and each is tried once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aurora.specs.values import literal
from aurora.synthesis.cells import Cell
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, Term, constant

PAY_COST = 4
"""What such a loop costs. It says little: there are but a few, and the prose or the input gives the pieces."""

TABLE_COST = 2
"""What the pieces cost that the prose gives."""

LEAST = 2


class Way(NamedTuple):
    """What is gathered of a piece that fits so many times: the start, the turn, and the value on a lane."""

    returns: str
    start: str
    turn: str
    signed: bool = False

    def result(self, signs: Sequence[Cell], pieces: Sequence[int], amount: int) -> Cell:
        """What comes of an amount."""
        times = []
        for piece in pieces:
            times.append(amount // piece)
            amount %= piece
        if self.returns == "int":
            return sum(times)
        if self.returns == "str":
            return "".join(str(sign) * count for sign, count in zip(signs, times, strict=True))
        if self.turn == _NUMBERS:
            return tuple(times)
        return tuple(sign for sign, count in zip(signs, times, strict=True) for _ in range(count))


_NUMBERS = "{gathered} = {gathered} + [{amount} // {piece}]"
_WAYS = (
    Way("int", "0", "{gathered} = {gathered} + {amount} // {piece}"),
    Way("list[int]", "[]", _NUMBERS),
    Way("list[int]", "[]", "{gathered} = {gathered} + [{piece}] * ({amount} // {piece})"),
    Way("str", "''", "{gathered} = {gathered} + {sign} * ({amount} // {piece})", True),
    Way("list[str]", "[]", "{gathered} = {gathered} + [{sign}] * ({amount} // {piece})", True),
)


def payments(hunt: Hunt) -> Iterator[Term]:
    """The loops that give the wanted values on the lanes."""
    for amount, amounts in hunt.parameters:
        if amount.type != "int":
            continue
        for pieces, signs in _given(hunt.problem.prose):
            shown = [(sign, piece) for sign, piece in zip(signs, pieces, strict=True)]
            for way in _WAYS:
                if way.returns != hunt.returns or (way.signed and not all(signs)):
                    continue
                known: Sequence[Cell] = signs if way.signed else pieces
                if all(
                    isinstance(cell, int) and way.result(known, pieces, cell) == wanted
                    for cell, wanted in zip(amounts, hunt.goal, strict=False)
                ):
                    rows = [
                        f"({literal(sign)}, {piece})" if way.signed else str(piece) for sign, piece in shown
                    ]
                    kind = "list[tuple[str, int]]" if way.signed else "list[int]"
                    yield _program(hunt, way, amount, constant(f"({', '.join(rows)})", kind, TABLE_COST))
        for given, lanes in hunt.parameters:
            if given.type == "list[int]":
                yield from _of_list(hunt, (amount, amounts), (given, lanes))


def _of_list(
    hunt: Hunt, amount: tuple[Leaf, Sequence[Cell]], given: tuple[Leaf, Sequence[Cell]]
) -> Iterator[Term]:
    """The same with the pieces of a parameter, which are in falling order or are put there."""
    for way in _WAYS:
        if way.returns == hunt.returns and not way.signed:
            for falling in (False, True):
                results: list[Cell] = []
                for cell, row in zip(amount[1], given[1], strict=True):
                    pieces = (
                        [piece for piece in row if isinstance(piece, int)] if isinstance(row, tuple) else []
                    )
                    pieces = sorted(pieces, reverse=True) if falling else pieces
                    sound = isinstance(cell, int) and all(piece > 0 for piece in pieces)
                    results.append(
                        way.result(pieces, pieces, cell) if sound and isinstance(cell, int) else None
                    )
                if tuple(results[: len(hunt.goal)]) == hunt.goal:
                    source = Apply(_FALLING, given[0]) if falling else given[0]
                    yield _program(hunt, way, amount[0], source)
                    break


def _given(prose: str) -> Iterator[tuple[list[int], list[str]]]:
    """The longest run of falling numbers in the prose, with the texts that stand before or after each."""
    values = [int(number) if number else one or other for number, one, other in _TOKEN.findall(prose)]
    runs: list[list[int]] = [[]]
    last = 0
    for place, value in enumerate(values):
        if isinstance(value, int) and value > 0:
            if value >= last:
                runs.append([])
            runs[-1].append(place)
            last = value
    run = max(runs, key=len)
    pieces = [value for place in run if isinstance(value := values[place], int)]
    if len(pieces) < LEAST:
        return
    for step in (-1, 1):
        around = [values[place + step] if 0 <= place + step < len(values) else "" for place in run]
        yield pieces, [sign if isinstance(sign, str) else "" for sign in around]


_TOKEN = re.compile(r"""(?<![\w.])(\d+)(?![\w]|\.\d)|"([^"\n]+)"|'([^'\n]+)'""")
"""A whole number, or a text in quotation marks."""


_FALLING = Op("sorted({0}, reverse=True)", ("list[int]",), "list[int]", 5)


def _program(hunt: Hunt, way: Way, paid: Leaf, source: Term) -> Term:
    names, amount = Names(hunt.inspector.names), paid.text
    piece, sign = names.free("piece", "unit"), names.free("sign", "mark")
    gathered = names.free("count" if way.returns == "int" else "text" if way.returns == "str" else "result")
    target = f"{sign}, {piece}" if way.signed else piece
    turn = way.turn.format(gathered=gathered, amount=amount, piece=piece, sign=sign)
    # The lines name the amount themselves; as an argument it counts among what the program looks at.
    prelude = f"{gathered} = {way.start}\nfor {target} in {{1}}:\n    {turn}\n    {amount} %= {piece}"
    op = Op(gathered, (paid.type, source.type), hunt.returns, PAY_COST, prelude=prelude)
    return Apply(op, paid, source)
