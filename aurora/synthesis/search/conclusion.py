"""What a search says at its end: its result, the programs that stand, and the evidence for them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from aurora.synthesis.candidates import RULE_INPUTS, Candidate, Inspector
from aurora.synthesis.emission.source import called, function_source, renamed_source
from aurora.synthesis.problem import Found, Outcome, Problem
from aurora.synthesis.search.ambiguity import distinguishing
from aurora.synthesis.search.attempts import Attempts
from aurora_events.base import Check


class Ending(msgspec.Struct, frozen=True):
    """Where a search stood when it ended.

    ``complete`` says that rivals were looked for to the end, ``reached`` up to which cost every program was
    looked at; ``refuted`` counts programs that fit the examples and broke a rule.
    """

    evaluations: int
    stopped: str
    complete: bool
    reached: int
    refuted: int


def conclude(inspector: Inspector, kept: Sequence[Candidate], attempts: Attempts, ending: Ending) -> Outcome:
    """The outcome of a search that ended with ``kept``: the simplest fitting program and its rivals."""
    total = len(inspector.wanted)
    if len(kept) > 1:
        result, message = "ambiguous", ""
    elif kept and ending.complete:
        result, message = "solved", ""
    elif kept:
        result = "unsolved"
        message = f"a program fits all {total} examples, but the search stopped before ruling rivals out"
    else:
        result, message = "unsolved", _why_unsolved(ending)
    problem = inspector.problem
    found = [_found(problem, candidate) for candidate in kept]
    best = found[0] if found and result == "unsolved" else None if found else _best(problem, attempts)
    failing = inspector.failing(inspector.compiled(best.program)) if best and not found else ()
    return Outcome(
        result=result,
        found=found[0] if result != "unsolved" else None,
        alternatives=tuple(found[1:]),
        distinguishing=distinguishing(problem, kept),
        best=best,
        passed=total - len(failing) if best or found else 0,
        total=total,
        failing=failing if best or found else tuple(range(total)),
        evidence=_evidence(problem, kept, ending.reached),
        attempts=attempts.count,
        evaluations=ending.evaluations,
        stopped=ending.stopped,
        message=message,
    )


def _found(problem: Problem, candidate: Candidate) -> Found:
    if candidate.strategy == "recall":
        source = renamed_source(problem, candidate.program)
    else:
        source = function_source(problem, candidate.program)
    return Found(
        source, candidate.program, candidate.cost, candidate.attempt, candidate.strategy, candidate.seed,
        called(problem, source),
    )  # fmt: skip


def _best(problem: Problem, attempts: Attempts) -> Found | None:
    """The attempt that passes most examples; not a seed, since seeds are not run here."""
    best = attempts.best
    if best is None or not best[0].passed or "\n" in best[0].program:
        return None
    attempt, index = best
    return _found(problem, Candidate(attempt.program, attempt.cost, (), index, "enumeration"))


def _why_unsolved(ending: Ending) -> str:
    reason = f"no program found in {ending.evaluations} evaluations"
    if ending.refuted:
        reason += f"; {ending.refuted} that fit the examples break a post-condition"
    return reason


def _evidence(problem: Problem, kept: Sequence[Candidate], reached: int) -> tuple[Check, ...]:
    if not kept:
        return ()
    total, posts = len(problem.examples), len(problem.post)
    checks = [Check("examples", total, total)]
    if posts and kept[0].strategy != "recall":
        checks.append(Check("post-conditions", posts, posts, f"tried on {RULE_INPUTS} inputs each"))
    columns = list(zip(*(candidate.answers for candidate in kept), strict=True))
    same = sum(len(set(answers)) == 1 for answers in columns)
    looked = f"every program up to cost {reached} was looked at; the answer costs {kept[0].cost}"
    return (*checks, Check("rivals agree", same, len(columns), looked))
