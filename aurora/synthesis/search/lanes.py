"""Which examples become lanes: a bank evaluates every expression on each lane, so that few must say much."""

from __future__ import annotations

from collections.abc import Sequence

from aurora.specs.types import parse_type
from aurora.specs.values import Value
from aurora.synthesis.candidates import Candidate, Inspector
from aurora.synthesis.cells import Raised, encode, sound

ACTIVE = 6
"""Examples that are lanes; the others only check, and join when they catch a program out."""

LONG = 120
"""An example of more characters than this becomes a lane only when it catches a program out."""

PROBES = 6
"""Probe inputs that are lanes as well when rivals are sought."""


def active(inspector: Inspector, rows: Sequence[int]) -> list[int]:
    """The rows that become lanes: all, or of many the short ones, different outcomes first.

    Rows that want an exception are never lanes, nor are those with NaN or an infinity: a bank has values only, and no
    cell for these.
    """
    possible = [row for row in rows if in_cells(inspector, row)]
    sizes = {row: len(repr(inspector.examples[row])) + len(repr(inspector.wanted[row])) for row in possible}
    order = sorted(possible, key=lambda row: (sizes[row], row))
    short = [row for row in order if sizes[row] <= LONG]
    if len(short) <= ACTIVE:
        return sorted(short or order[:1])
    wanted = {row: repr(inspector.wanted[row]) for row in short}
    chosen: list[int] = []
    outcomes: set[str] = set()
    # The very shortest inputs say little: two of them at most before ones of middling size.
    for row in [*short[:2], *short[len(short) // 3 :], *short]:
        if len(chosen) < ACTIVE and row not in chosen and wanted[row] not in outcomes:
            outcomes.add(wanted[row])
            chosen.append(row)
    chosen += [row for row in short[len(short) // 3 :] if row not in chosen][: ACTIVE - len(chosen)]
    chosen += [row for row in short if row not in chosen][: ACTIVE - len(chosen)]
    return sorted(chosen)


def given_in_cells(inspector: Inspector, row: Sequence[Value]) -> bool:
    """Whether a bank can hold an input."""
    kinds = (parse_type(kind) for _, kind in inspector.problem.parameters)
    return all(sound(encode(value, kind)) for value, kind in zip(row, kinds, strict=True))


def in_cells(inspector: Inspector, row: int) -> bool:
    """Whether a bank can hold what an example gives and wants: such rows can be lanes."""
    wanted = inspector.wanted[row]
    if isinstance(wanted, Raised) or not given_in_cells(inspector, inspector.examples[row]):
        return False
    return sound(encode(wanted, parse_type(inspector.problem.returns)))


def probe_lanes(inspector: Inspector, candidates: Sequence[Candidate]) -> list[int]:
    """Probe inputs to use as lanes: those on which candidates have a value, different answers first."""
    indexes = range(len(inspector.probes))
    if not candidates:
        return list(indexes[:PROBES])
    answers = min(candidates, key=lambda each: each.order).answers
    count: dict[str, int] = {}
    ranked: list[tuple[int, int]] = []
    for index in indexes:
        if not answers[index].startswith("raises "):
            count[answers[index]] = count.get(answers[index], 0) + 1
            ranked.append((count[answers[index]], index))
    return sorted(index for _, index in sorted(ranked)[:PROBES])
