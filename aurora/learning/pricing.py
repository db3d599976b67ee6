"""What trust changes in a search: prices of operators and shares of strategies.

Trust orders and widens a search and decides nothing: a price moves by two half steps at most, a share by a factor
of two, and few of them move at all, so that what was learned wrongly costs little.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FEW: Final = 12
"""At most so many operators have another price: cheap is what is cheaper than the others."""

CHEAPER: Final = ((0.2, -2), (0.1, -1))
"""From which bias on an operator costs how many half steps less."""

Prices = tuple[tuple[str, int], ...]
Shares = tuple[tuple[str, float], ...]


def prices(biases: Mapping[str, float], tried: str = "") -> Prices:
    """Half steps by operator, by key: the most trusted become cheaper; ``tried`` by one step more, at most two.

    None becomes dearer: an operator that did not serve the last answers may be what the next one needs.
    """
    operators = [(key, value) for key, value in biases.items() if key.startswith("operator/")]
    trusted = sorted(operators, key=lambda each: (-each[1], each[0]))[:FEW]
    found = {key: step for key, value in trusted if (step := price(value))}
    if tried.startswith("operator/"):
        found[tried] = max(-2, found.get(tried, 0) - 1)
    return tuple(sorted(found.items()))


def price(bias: float) -> int:
    """The half steps of an operator with this bias, 0 to -2."""
    return next((step for least, step in CHEAPER if bias >= least), 0)


def shares(biases: Mapping[str, float], tried: str = "") -> Shares:
    """Factors in [0.5, 2] by strategy, by name: ``4 ** bias``, so half for -0.5 and double for 0.5.

    ``tried`` gets half as much again.
    """
    found = {
        key.removeprefix("strategy/"): 4.0**value
        for key, value in biases.items()
        if key.startswith("strategy/")
    }
    if tried.startswith("strategy/"):
        name = tried.removeprefix("strategy/")
        found[name] = 1.5 * found.get(name, 1.0)
    bounded = {name: round(max(0.5, min(2.0, factor)), 3) for name, factor in found.items()}
    return tuple((name, factor) for name, factor in sorted(bounded.items()) if factor != 1.0)
