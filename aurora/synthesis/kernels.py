"""Generated loops: one operator applied to every combination of entries, as fast as Python goes.

For an operator and a number of lanes the loop is unrolled (``v = (a0 + b0, a1 + b1, ...)``), which is about a
hundred times the rate of compiling each candidate. A kernel puts each vector it has not seen into ``fresh``:
vectors without errors on one side, those with some ``Raised`` lanes on the other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from aurora.synthesis.cells import Cell, Raised, Vector
from aurora.synthesis.guards import ENVIRONMENT
from aurora.synthesis.ops import Op

UNROLLED = 24
"""Beyond so many lanes a comprehension over the lanes takes the place of the unrolled expression."""


class Fresh(NamedTuple):
    """What a level adds to one type, without errors and with some, in order of discovery."""

    values: list[Vector]
    derivations: list[Derivation]
    flawed_values: list[Vector]
    flawed_derivations: list[Derivation]


Derivation = tuple[Any, ...]
"""``(op, index, ...)`` into the banks of the operator's argument types, or ``(text,)`` of a terminal."""

Kernel = Callable[..., None]

_LETTERS = "abcd"


@cache
def kernel_of(
    op: Op, lanes: int, same: bool, flawed: bool, hopeless: bool, library: Callable[..., Cell] | None
) -> Kernel:
    """The loop of ``op``.

    ``same`` when a commutative operator's arguments come from one stretch; ``flawed`` when an argument's
    stretch holds vectors with errors; ``hopeless`` to keep vectors of nothing but errors.
    """
    names = ", ".join(_LETTERS[: len(op.arguments)])
    namespace: dict[str, Any] = {**ENVIRONMENT, "library": library, "Raised": Raised}
    function = eval(f"lambda {names}: {op.run.format(*_LETTERS)}", namespace)
    namespace |= {"safe": _safe(function), "useful": _anything if hopeless else _useful}
    exec(compile(_source(op, lanes, same, flawed), f"<{op.text}>", "exec"), namespace)
    made: Kernel = namespace["kernel"]
    return made


def _safe(function: Callable[..., Cell]) -> Callable[..., Cell]:
    """``function``, with an exception as its value."""

    def answer(*cells: Cell) -> Cell:
        try:
            return function(*cells)
        except Exception as error:  # noqa: BLE001 - the exception is the operator's value here
            return Raised(type(error).__name__)

    return answer


def _useful(vector: Vector) -> bool:
    return any(cell.__class__ is not Raised for cell in vector)


def _anything(vector: Vector) -> bool:
    return True


def _source(op: Op, lanes: int, same: bool, flawed: bool) -> str:
    letters = _LETTERS[: len(op.arguments)]
    lines = [
        "def kernel(op, banks, ranges, seen, fresh):",
        " seen_add = seen.add; keep = fresh.values.append; derive = fresh.derivations.append",
        " flaw = fresh.flawed_values.append; flaw_derive = fresh.flawed_derivations.append",
    ]
    lines += [f" B{x} = banks[{i}]; l{x}, h{x} = ranges[{i}]" for i, x in enumerate(letters)]
    indent = " "
    for position, x in enumerate(letters):
        low = "max(ia, lb)" if same and position == 1 else f"l{x}"
        lines.append(f"{indent}for i{x} in range({low}, h{x}):")
        indent += " "
        target = f"v{x}" if lanes > UNROLLED else "".join(f"{x}{lane}, " for lane in range(lanes))
        lines.append(f"{indent}{target} = B{x}[i{x}]")
    entry = f"(op, {', '.join(f'i{x}' for x in letters)})"
    good = [f"if v not in seen: seen_add(v); keep(v); derive({entry})"]
    bad = ["if v not in seen:", " seen_add(v)", f" if useful(v): flaw(v); flaw_derive({entry})"]
    plain = _vector(op.run, letters, lanes)
    careful = _vector(_careful(op), letters, lanes)
    if flawed:
        body = [f"v = {careful}", *bad]
    elif op.partial:
        body = [f"try: v = {plain}", "except Exception:", f" v = {careful}", *(f" {line}" for line in bad)]
        body += [" continue", *good]
    else:
        body = [f"v = {plain}", *good]
    return "\n".join(lines + [indent + line for line in body])


def _careful(op: Op) -> str:
    """The operator where arguments may be errors, which pass through, and where it may raise."""
    holes = [f"{{{index}}}" for index in range(len(op.arguments))]
    passed = "".join(f"{hole} if {hole}.__class__ is Raised else " for hole in holes)
    return passed + (f"safe({', '.join(holes)})" if op.partial else f"({op.run})")


def _vector(run: str, letters: str, lanes: int) -> str:
    if lanes <= UNROLLED:
        return (
            "(" + "".join(f"{run.format(*(f'{x}{lane}' for x in letters))}, " for lane in range(lanes)) + ")"
        )
    names = ", ".join(letters)
    source = (
        f"{names} in zip({', '.join(f'v{x}' for x in letters)})"
        if len(letters) > 1
        else f"{names} in v{names}"
    )
    return f"tuple([{run.format(*letters)} for {source}])"
