"""Generated loops: one production applied to every combination of entries, for vectors of values or packed ones.

The loop over the examples is unrolled, ``v = (a0 + b0, a1 + b1, ...)``, and nothing is called for one proposal:
that is about a hundred times the rate of an interpreter of terms. A vector not seen before is kept with its
derivation; everything else is forgotten at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from aurora.synthesis.sygus.problem import Production
from aurora.synthesis.sygus.terms import Hole, Sort, Term, Value, Variable
from aurora.synthesis.sygus.theories import ENVIRONMENT, OPERATORS, python_source

Vector = Any
"""A tuple of values, one for each active example, or one packed integer. Never looked into by the bank."""

Columns = Mapping[str, Sequence[Value]]
"""For each parameter of the function sought, its values on the active examples."""

Kernel = Callable[..., int]

_LETTERS = "abcdef"


def source_on_lanes(
    production: Production, lanes: int, columns: Columns, sorts: Callable[[Term], Sort]
) -> str:
    """The production as an expression over the lanes ``a0, a1, ...`` of its first hole, ``b0, ...`` and so on.

    A parameter inside the production is its value on each lane, from ``columns``.
    """

    def on_lane(lane: int) -> str:
        def name(leaf: Term) -> str:
            if isinstance(leaf, Hole):
                return f"{_LETTERS[leaf.number]}{lane}"
            assert isinstance(leaf, Variable)
            return repr(columns[leaf.name][lane])

        return python_source(production.meaning, name, sorts)

    return "(" + "".join(f"{on_lane(lane)}, " for lane in range(lanes)) + ")"


def idle_on_lanes(production: Production, lanes: int) -> str:
    """When the production gives what fills its first hole, over the lanes of the first two; empty where unknown.

    Then nothing new can come of it, whatever fills the other holes.
    """
    operator = OPERATORS.get(production.operator)
    if operator is None or not operator.idle or production.holes[0] != production.nonterminal:
        return ""
    return " and ".join(operator.idle.format(f"a{lane}", f"b{lane}") for lane in range(lanes))


@cache
def kernel_of(expression: str, arity: int, lanes: int, same: bool, idle: str = "") -> Kernel:
    """The loop that evaluates ``expression``; it returns how many evaluations it could skip.

    ``lanes`` is 0 for packed vectors, whose one name is the letter itself. ``same``: both holes range over the same
    entries and their order does not matter. ``idle``: see ``idle_on_lanes``.
    """
    letters = _LETTERS[:arity]
    lines = [
        "def kernel(production, banks, ranges, places, values, derivations):",
        " keep = values.append; derive = derivations.append; count = len(values); skipped = 0",
    ]
    lines += [f" B{x} = banks[{number}]; l{x}, h{x} = ranges[{number}]" for number, x in enumerate(letters)]
    indent = " "
    for number, x in enumerate(letters):
        low = "max(ia, lb)" if same and number == 1 else f"l{x}"
        lines.append(f"{indent}for i{x} in range({low}, h{x}):")
        indent += " "
        names = "".join(f"{x}{lane}, " for lane in range(lanes)) if lanes else x
        lines.append(f"{indent}{names} = B{x}[i{x}]")
        if idle and number == 1:
            lines += [f"{indent}if {idle}:", f"{indent} skipped += hc - lc", f"{indent} continue"]
    lines += [
        f"{indent}v = {expression}",
        f"{indent}if v not in places:",
        f"{indent} places[v] = count; count += 1; keep(v)",
        f"{indent} derive((production, {', '.join(f'i{x}' for x in letters)}))",
        " return skipped",
    ]
    namespace: dict[str, Any] = dict(ENVIRONMENT)
    exec(compile("\n".join(lines), f"<{expression[:40]}>", "exec"), namespace)
    made: Kernel = namespace["kernel"]
    return made
