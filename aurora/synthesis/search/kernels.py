"""Generated loops: one operator applied to every combination of entries, as fast as Python goes.

For an operator and a number of lanes the loop is unrolled (``v = (a0 + b0, a1 + b1, ...)``), which is about a
hundred times the rate of compiling each candidate. A kernel appends each vector that it has not seen to the
bank. Where an operator raises on some lane the combination is a *partial*: remembered by its derivation only,
for whoever wants an answer on the other lanes, never an argument of anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from aurora.synthesis.cells import Cell, Raised
from aurora.synthesis.operators.guards import ENVIRONMENT

UNROLLED = 10
"""Beyond so many lanes a comprehension over the lanes takes the place of the unrolled expression."""

Derivation = tuple[Any, ...]
"""``(op, index, ...)`` into the banks of the operator's argument types, or ``(term,)`` of a terminal."""

Kernel = Callable[..., None]

_LETTERS = "abcd"


@cache
def kernel_of(
    op_run: str,
    arity: int,
    lanes: int,
    same: bool,
    partial: bool,
    keep: bool,
    library: Callable[..., Cell] | None,
) -> Kernel:
    """The loop of an operator that runs as ``op_run``.

    Called with ``(op, columns, ranges, index, values, derivations, partials, room)``. ``same`` when a
    commutative operator's arguments come from one stretch; ``keep`` to remember partials, up to ``room``.
    """
    namespace: dict[str, Any] = {**ENVIRONMENT, "library": library}
    source = _source(op_run, arity, lanes, same, partial, keep)
    exec(compile(source, f"<{op_run}>", "exec"), namespace)
    made: Kernel = namespace["kernel"]
    return made


@cache
def function_of(op_run: str, arity: int, library: Callable[..., Cell] | None) -> Callable[..., Cell]:
    """The operator as a function of cells, with an exception as its value."""
    names = ", ".join(_LETTERS[:arity])
    function = eval(f"lambda {names}: {op_run.format(*_LETTERS)}", {**ENVIRONMENT, "library": library})

    def answer(*cells: Cell) -> Cell:
        for cell in cells:
            if cell.__class__ is Raised:
                return cell
        try:
            return function(*cells)
        except Exception as error:  # noqa: BLE001 - the exception is the operator's value here
            return Raised(type(error).__name__)

    return answer


def _source(run: str, arity: int, lanes: int, same: bool, partial: bool, keep: bool) -> str:
    letters = _LETTERS[:arity]
    lines = [
        "def kernel(op, columns, ranges, index, values, derivations, partials, room):",
        " keep = values.append; derive = derivations.append; remember = partials.append",
    ]
    lines += [f" B{x} = columns[{i}]; l{x}, h{x} = ranges[{i}]" for i, x in enumerate(letters)]
    indent = " "
    for position, x in enumerate(letters):
        low = "max(ia, lb)" if same and position == 1 else f"l{x}"
        lines.append(f"{indent}for i{x} in range({low}, h{x}):")
        indent += " "
        target = f"v{x}" if lanes > UNROLLED else "".join(f"{x}{lane}, " for lane in range(lanes))
        lines.append(f"{indent}{target} = B{x}[i{x}]")
    entry = f"(op, {', '.join(f'i{x}' for x in letters)})"
    vector = _vector(run, letters, lanes)
    if partial:
        lines += [f"{indent}try: v = {vector}", f"{indent}except Exception:"]
        if keep:
            lines.append(f"{indent} if len(partials) < room: remember({entry})")
        lines.append(f"{indent} continue")
    else:
        lines.append(f"{indent}v = {vector}")
    lines += [f"{indent}if v not in index: index[v] = len(values); keep(v); derive({entry})"]
    return "\n".join(lines)


def _vector(run: str, letters: str, lanes: int) -> str:
    if lanes <= UNROLLED:
        cells = (f"({run.format(*(f'{x}{lane}' for x in letters))}), " for lane in range(lanes))
        return f"({''.join(cells)})"
    names = ", ".join(letters)
    columns = ", ".join(f"v{x}" for x in letters)
    source = f"{names} in zip({columns})" if len(letters) > 1 else f"{names} in {columns}"
    return f"tuple([{run.format(*letters)} for {source}])"
