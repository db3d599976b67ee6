"""Validation by a regular expression that the accepted texts suggest and the refused ones confirm.

Order: patterns from narrow to general (see ``patterns``), for each text parameter. A pattern that matches what it
should and nothing else is an answer; any other one that tells texts apart is material for conditions. Invariant:
each pattern matches every accepted text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aurora.synthesis.cells import Raised
from aurora.synthesis.operators.op import Op
from aurora.synthesis.search.hunt import Hunt
from aurora.synthesis.search.patterns import Pattern, patterns
from aurora.synthesis.search.terms import Apply

MATCH_COST = 3
"""What a call of ``re.fullmatch`` costs, besides its pattern."""


class RegularExpressions:
    """Patterns for functions from text to bool."""

    name = "patterns"
    share = 3

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._candidates = self._all() if hunt.returns == "bool" else iter(())
        self._over = hunt.returns != "bool"

    @property
    def ready(self) -> bool:
        """Until every pattern has been tried; after the bank has had its first levels."""
        return not self._over and self._hunt.bank.cost >= 5

    def advance(self, allowance: int) -> None:
        """Try patterns."""
        for parameter, pattern in self._candidates:
            self._try(parameter, pattern)
            allowance -= len(self._hunt.lanes)
            if allowance <= 0:
                return
        self._over = True

    def _all(self) -> Iterator[tuple[int, Pattern]]:
        hunt = self._hunt
        for place, (leaf, _) in enumerate(hunt.parameters):
            if leaf.type == "str":
                accepted = [
                    str(hunt.inspector.examples[row][place])
                    for row in hunt.rows
                    if hunt.inspector.wanted[row] is True
                ]
                if len(accepted) > 1:
                    for pattern in patterns(accepted):
                        yield place, pattern

    def _try(self, parameter: int, pattern: Pattern) -> None:
        hunt = self._hunt
        leaf, texts = hunt.parameters[parameter]
        compiled = re.compile(pattern.text)
        vector = tuple(
            not isinstance(text, Raised) and compiled.fullmatch(str(text)) is not None for text in texts
        )
        braces = pattern.text.replace("{", "{{").replace("}", "}}")
        text = f"re.fullmatch({braces!r}, {{0}}) is not None"
        op = Op(text, ("str",), "bool", MATCH_COST + pattern.cost)
        hunt.spend(len(texts))
        hunt.discovered(Apply(op, leaf), vector, self.name)
