"""Whether fitting programs agree: rivals of comparable simplicity, and the smallest inputs that tell them so.

Comparable means exactly this. Let ``c`` be the cost of the simplest program that fits every example and
breaks no rule (see ``ops`` for costs; every ignored parameter adds ``UNUSED_PARAMETER``). A rival is a
program that fits as well, costs at most ``c + MARGIN``, and gives another answer on some probe input, where
raising an exception is an answer too (which exception it is does not matter). ``MARGIN`` is less than the
price of one more method call, ``abs`` or ``sorted``: a program with one step more than needed is no rival.
For a conditional it counts once for each of its leaves, since each was a choice of its own; its rivals are
the conditionals that differ from it in one leaf or predicate, or in the first division. Where a seed and an
enumerated program behave alike, the seed stands for both.

A single example whose answer is no string or list of more than two says so little that ``LONE_MARGIN``
takes the place of ``MARGIN``: 3 -> 9 may be a square, but as well three times, or six more.
"""

from __future__ import annotations

from collections.abc import Sequence

from aurora.specs.values import parse_value
from aurora.synthesis.candidates import Candidate
from aurora.synthesis.probes import probe_inputs
from aurora.synthesis.problem import Problem
from aurora_events.base import Distinguishing

MARGIN = 1
"""How much dearer than the simplest fitting program a rival may be."""

LONE_MARGIN = 3
"""``MARGIN`` where a single example with a small answer is all the evidence there is."""

MOST = 5
"""Alternatives reported."""


def margin(problem: Problem) -> int:
    """How much dearer a rival may be in this problem."""
    if len(problem.examples) > 1:
        return MARGIN
    answer = None if problem.examples[0].expected is None else parse_value(problem.examples[0].expected)
    return MARGIN if isinstance(answer, str | list | tuple) and len(answer) > 2 else LONE_MARGIN


def rivals(candidates: Sequence[Candidate], margin: int) -> tuple[Candidate, ...]:
    """The simplest candidate of each behaviour of comparable simplicity, the simplest of all first."""
    ordered = sorted(candidates, key=lambda candidate: (candidate.cost, candidate.attempt))
    kept: dict[tuple[str, ...], Candidate] = {}
    for candidate in ordered:
        if candidate.cost <= bound(ordered, margin):
            kept.setdefault(candidate.behaviour, candidate)
    recalled = {candidate.behaviour: candidate for candidate in ordered if candidate.seed}
    return tuple(recalled.get(behaviour, candidate) for behaviour, candidate in kept.items())[: MOST + 1]


def bound(candidates: Sequence[Candidate], margin: int) -> int:
    """The highest cost that is comparable with the simplest of ``candidates``."""
    simplest = min(candidates, key=lambda candidate: (candidate.cost, candidate.attempt))
    return simplest.cost + margin * simplest.leaves


def distinguishing(problem: Problem, candidates: Sequence[Candidate]) -> tuple[Distinguishing, ...]:
    """Few inputs that tell the first candidate from each other one: the shortest for each, no input twice."""
    rows = probe_inputs(problem)
    order = sorted(range(len(rows)), key=lambda index: (len(", ".join(rows[index])), rows[index]))
    chosen: dict[int, None] = {}
    for rival in candidates[1:]:
        differing = [index for index in order if rival.behaviour[index] != candidates[0].behaviour[index]]
        if not any(index in chosen for index in differing):
            chosen[differing[0]] = None
    calls = [(f"{problem.function}({', '.join(rows[index])})", index) for index in order if index in chosen]
    return tuple(
        Distinguishing(call, tuple(candidate.answers[index] for candidate in candidates))
        for call, index in calls
    )
