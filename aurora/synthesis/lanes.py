"""Which inputs become lanes: a bank evaluates every expression on each lane, so that few must say much."""

from __future__ import annotations

from collections.abc import Sequence

from aurora.synthesis.candidates import Candidate, Inspector

PROBE_LANES = 8
ACTIVE = 16
"""Examples that are lanes; the others only check, and join when they catch a program out."""


def active_examples(inspector: Inspector) -> list[int]:
    """The examples that become lanes: all, or of many the short ones, different outcomes first."""
    wanted = [repr(value) for value in inspector.wanted]
    order = sorted(range(len(wanted)), key=lambda index: (len(repr(inspector.examples[index])), index))
    if len(order) <= ACTIVE:
        return sorted(order)
    chosen: list[int] = []
    outcomes: set[str] = set()
    for index in order:
        if wanted[index] not in outcomes and len(chosen) < ACTIVE * 3 // 4:
            outcomes.add(wanted[index])
            chosen.append(index)
    chosen += [index for index in order if index not in chosen][: ACTIVE - len(chosen)]
    return sorted(chosen)


def probe_lanes(inspector: Inspector, candidates: Sequence[Candidate]) -> list[int]:
    """Probe inputs to use as lanes: different answers of the candidate first, two of them exceptions at most."""
    indexes = range(len(inspector.probes))
    if not candidates:
        return list(indexes[:PROBE_LANES])
    answers = candidates[0].answers
    count: dict[str, int] = {}
    ranked: list[tuple[int, int]] = []
    for index in indexes:
        count[answers[index]] = count.get(answers[index], 0) + 1
        ranked.append((count[answers[index]], index))
    order = [index for _, index in sorted(ranked)]
    raising = [index for index in order if answers[index].startswith("raises ")][:2]
    sound = [index for index in order if not answers[index].startswith("raises ")]
    return sorted(sound[: PROBE_LANES - len(raising)] + raising)
