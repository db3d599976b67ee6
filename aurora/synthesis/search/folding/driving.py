"""While loops that use a number up: digit by digit, halving, or as Collatz did. What they visit is a walk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from aurora.synthesis.cells import Cell, Vector
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.folding.naming import Names
from aurora.synthesis.search.folding.walks import MOST_TURNS, Walk
from aurora.synthesis.search.folding.wording import Wording
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.terms import Apply, Leaf, constant, variable

_FACTORS_COST = 7
_FACTORS_WORDS = "prime factor"
_LARGEST = 100_000
"""The cost of a walk over prime factors, and the largest number that is taken apart."""

_EAGER = 3
"""How much earlier a drive by cases has its turn: that it comes to an end at all says a lot for it."""

_SPOKEN = 6
"""How much earlier one of which the prose speaks has its turn."""


class Drive(NamedTuple):
    """How a number is used up: the test to go on, the step, and the divisor whose remainder is a digit.

    ``@`` stands for the number in ``head`` and ``after``, ``{}`` for the other parameter, if there is one.
    """

    head: str
    after: str
    goes_on: Callable[[int, int], bool]
    step: Callable[[int, int], int]
    divisor: int
    cost: int
    words: str = ""


_FIXED = (
    Drive("while @ > 0:", "@ = @ // 10", lambda n, _: n > 0, lambda n, _: n // 10, 10, 1, "digit"),
    Drive("while @ > 0:", "@ = @ // 2", lambda n, _: n > 0, lambda n, _: n // 2, 2, 2, "binary bit"),
    Drive("while @ > 1:", "@ = @ // 2", lambda n, _: n > 1, lambda n, _: n // 2, 2, 5),
    Drive("while @ % 10 == 0:", "@ = @ // 10", lambda n, _: n % 10 == 0, lambda n, _: n // 10, 0, 5, "trailing zero"),
    Drive("while @ % 2 == 0:", "@ = @ // 2", lambda n, _: n % 2 == 0, lambda n, _: n // 2, 0, 5, "odd power two"),
    Drive("while @ % 5 == 0:", "@ = @ // 5", lambda n, _: n % 5 == 0, lambda n, _: n // 5, 0, 9),
    Drive("while @ > 0:", "@ = @ // 5", lambda n, _: n > 0, lambda n, _: n // 5, 5, 7, "factorial zero"),
    Drive(
        "while @ != 1:", "@ = @ // 2 if @ % 2 == 0 else 3 * @ + 1",
        lambda n, _: n != 1, lambda n, _: n // 2 if n % 2 == 0 else 3 * n + 1, 0, 8, "collatz hailstone",
    ),
    Drive(
        "while @ > 0:", "@ = @ // 2 if @ % 2 == 0 else @ - 1",
        lambda n, _: n > 0, lambda n, _: n // 2 if n % 2 == 0 else n - 1, 0, 8, "halv step",
    ),
)  # fmt: skip
_BY_ANOTHER = (
    Drive("while @ > 0:", "@ = @ // {}", lambda n, _: n > 0, lambda n, k: n // k, -1, 1, "base"),
    Drive("while @ % {} == 0:", "@ = @ // {}", lambda n, k: n % k == 0, lambda n, k: n // k, 0, 5),
    Drive("while @ >= {}:", "@ = @ // {}", lambda n, k: n >= k, lambda n, k: n // k, 0, 6),
    Drive("while @ >= {}:", "@ = @ - {}", lambda n, k: n >= k, lambda n, k: n - k, 0, 6),
)


class Driven(NamedTuple):
    """A walk of a number that is used up, and what is left of it on each lane."""

    walk: Walk
    rest: Vector


def driven(hunt: Hunt) -> Iterator[Driven]:
    """The walks that use up a parameter, cheapest first for each."""
    numbers = [(leaf, vector) for leaf, vector in hunt.parameters if leaf.type == "int"]
    for leaf, vector in numbers:
        yield from _factors(hunt, leaf, vector)
        for drive in _FIXED:
            yield from _walk(hunt, leaf, vector, drive, None, (0,) * len(vector))
        for other, others in numbers:
            if other is not leaf:
                for drive in _BY_ANOTHER:
                    yield from _walk(hunt, leaf, vector, drive, other, others)


def _factors(hunt: Hunt, leaf: Leaf, vector: Vector) -> Iterator[Driven]:
    """The walk over the prime factors of a number: it is divided by the least divisor as long as there is one."""
    names, wording = Names(hunt.inspector.names), Wording(hunt.problem)
    stand_in = variable(names.free("remaining", "rest"), "int")
    divisor = variable(names.free("divisor", "factor"), "int")
    lanes = [_divided(number) for number in vector]
    turns = tuple([tuple([(each,) for each in lane]) for lane in lanes if lane is not None])
    walk = Walk(
        head=("while @ > 1:",),
        sources=(),
        variables=(divisor,),
        turns=turns,
        cost=wording.cost(_FACTORS_COST, _FACTORS_WORDS),
        before=(f"@ = {leaf.text}", f"{divisor.text} = 2"),
        start=(f"while @ % {divisor.text} != 0:", f"    {divisor.text} = {divisor.text} + 1"),
        after=(f"@ //= {divisor.text}",),
        driver=(leaf, stand_in),
        eager=_SPOKEN * wording.spoken(_FACTORS_WORDS),
    )
    if len(turns) == len(lanes) and walk.useful:
        yield Driven(walk, tuple([cell if isinstance(cell, int) and cell < 1 else 1 for cell in vector]))


def _divided(number: Cell) -> list[int] | None:
    """The prime factors of a number, the least first; nothing if it is too large."""
    assert isinstance(number, int)
    if number > _LARGEST:
        return None
    factors, divisor = [], 2
    while number > 1:
        while number % divisor:
            divisor += 1
        factors.append(divisor)
        number //= divisor
    return factors


def _walk(
    hunt: Hunt, leaf: Leaf, vector: Vector, drive: Drive, other: Leaf | None, others: Vector
) -> Iterator[Driven]:
    names, wording = Names(hunt.inspector.names), Wording(hunt.problem)
    stand_in = variable(names.free("remaining", "rest"), "int")
    digit = variable(names.free("digit", "last"), "int")
    lanes = [_visited(drive, number, by) for number, by in zip(vector, others, strict=True)]
    visited = [lane for lane in lanes if lane is not None]
    if len(visited) < len(lanes):
        return
    divisor = other if other is not None and drive.divisor else constant(str(drive.divisor), "int", 1)
    name = "" if other is None else other.text
    # What is left of the number says nothing that its digits do not.
    variables = (digit,) if drive.divisor else (stand_in,)
    shorthand = ((digit, Apply(_REMAINDER, stand_in, divisor)),) if drive.divisor else ()
    turns = []
    for numbers, by in zip(visited, others, strict=True):
        divides = drive.divisor if drive.divisor > 0 else by
        assert isinstance(divides, int)
        turns.append(tuple((number % divides,) if drive.divisor else (number,) for number in numbers[:-1]))
    walk = Walk(
        head=(drive.head.replace("{}", name),),
        sources=(),
        variables=variables,
        turns=tuple(turns),
        cost=wording.cost(drive.cost, drive.words) + (other is not None),
        before=(f"@ = {leaf.text}",),
        after=(drive.after.replace("{}", name),),
        driver=(leaf, stand_in),
        shorthand=shorthand,
        eager=(_EAGER if " if " in drive.after else 0) + _SPOKEN * wording.spoken(drive.words),
    )
    if walk.useful:
        yield Driven(walk, tuple(numbers[-1] for numbers in visited))


_REMAINDER = Op("{0} % {1}", ("int", "int"), "int", 2)


def _visited(drive: Drive, number: Cell, by: Cell) -> list[int] | None:
    """The numbers from the first to what is left, or nothing where that does not end."""
    assert isinstance(number, int)
    assert isinstance(by, int)
    numbers = [number]
    try:
        while drive.goes_on(numbers[-1], by):
            numbers.append(drive.step(numbers[-1], by))
            if len(numbers) > MOST_TURNS:
                return None
    except ZeroDivisionError:
        return None
    return numbers
