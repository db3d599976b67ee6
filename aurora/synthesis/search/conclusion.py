"""What a search says at its end: its result, the programs that stand, and the evidence for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from aurora.synthesis.candidates import RULE_INPUTS, Candidate, Inspector
from aurora.synthesis.emission.source import called, function_source, plain_source, renamed_source
from aurora.synthesis.problem import Found, Outcome
from aurora.synthesis.search.ambiguity import Standing, distinguishing
from aurora.synthesis.search.attempts import Attempts
from aurora.synthesis.search.confidence import SURE
from aurora_events.base import Check

RIVALS, CONFIDENCE = "rivals agree", "confidence"

OPINIONS: Final = (RIVALS, CONFIDENCE)
"""The rows of the evidence that say how sure the answer is: less than all of them is no failure."""


class Ending(msgspec.Struct, frozen=True):
    """Where a search stood when it ended.

    ``complete`` says that rivals were looked for to the end, ``reached`` up to which cost every program was
    looked at; ``refuted`` counts programs that fit the examples and broke a rule; ``work`` is who did how much.
    """

    evaluations: int
    stopped: str
    complete: bool
    reached: int
    refuted: int
    work: tuple[tuple[str, int], ...] = ()


def conclude(
    inspector: Inspector,
    stands: Standing | None,
    attempts: Attempts,
    ending: Ending,
    used: Callable[[str], tuple[str, ...]],
) -> Outcome:
    """The outcome of a search that ended with ``stands``: the answer and its rivals.

    ``used`` gives the keys of what a program is made of.
    """
    result, message = _result(inspector, stands, ending)
    kept = _kept(stands, result)
    total = inspector.stated
    found = [_found(inspector, candidate, used(candidate.program)) for candidate in kept]
    best = found[0] if found and result == "unsolved" else None if found else _best(inspector, attempts)
    failing: tuple[int, ...] = ()
    if best and not found:
        failing = tuple(
            row for row in inspector.failing(inspector.compiled(best.program)) if row < inspector.stated
        )
    return Outcome(
        result=result,
        found=found[0] if result != "unsolved" else None,
        alternatives=tuple(found[1:]),
        distinguishing=distinguishing(inspector, kept),
        best=best,
        passed=total - len(failing) if best or found else 0,
        total=total,
        failing=failing if best or found else tuple(range(total)),
        evidence=_evidence(inspector, stands, ending.reached),
        attempts=attempts.count,
        evaluations=ending.evaluations,
        stopped=ending.stopped,
        message=message,
        work=ending.work,
    )


def _result(inspector: Inspector, stands: Standing | None, ending: Ending) -> tuple[str, str]:
    """The result, and what is to be said about it."""
    if stands is None:
        return "unsolved", _why_unsolved(ending)
    if ending.complete and stands.confidence >= SURE:
        return "solved", ""
    if stands.rivals:
        return "ambiguous", ""
    what = f"fits all {inspector.stated} examples" if inspector.stated else "satisfies the post-conditions"
    fits = f"a program {what}, but"
    if not ending.complete:
        return "unsolved", f"{fits} the search stopped before ruling rivals out"
    return "unsolved", f"{fits} they tell too little ({stands.told:.0f} bits) to be sure of it: add examples"


def _kept(stands: Standing | None, result: str) -> tuple[Candidate, ...]:
    if stands is None:
        return ()
    return (stands.answer, *stands.rivals) if result == "ambiguous" else (stands.answer,)


def _found(inspector: Inspector, candidate: Candidate, used: tuple[str, ...] = ()) -> Found:
    problem = inspector.problem
    if candidate.strategy == "recall":
        source = renamed_source(problem, candidate.program)
    else:
        source = function_source(problem, candidate.program)
        if not _behaves(inspector, source, candidate.program):
            source = plain_source(problem, candidate.program)
    return Found(
        source, candidate.program, candidate.cost, candidate.attempt, candidate.strategy, candidate.seed,
        called(problem, source), used,
    )  # fmt: skip


def _behaves(inspector: Inspector, source: str, program: str) -> bool:
    """Whether what was written does what was found: rules of style are tested, this is the net below them."""
    written, found = inspector.compiled_source(source), inspector.compiled(program)
    return (
        inspector.failing(written) == inspector.failing(found)
        and inspector.answers(written) == inspector.answers(found)
    )  # fmt: skip


def _best(inspector: Inspector, attempts: Attempts) -> Found | None:
    """The attempt that passes most examples; not a seed, since seeds are not run here."""
    best = attempts.best
    if best is None or not best[0].passed or best[0].program.startswith(("def ", "import ", "from ")):
        return None
    attempt, index = best
    return _found(inspector, Candidate(attempt.program, attempt.cost, (), index, "enumeration"))


def _why_unsolved(ending: Ending) -> str:
    reason = f"no program found in {ending.evaluations} evaluations"
    if ending.refuted:
        reason += f"; {ending.refuted} that fit the examples break a post-condition"
    return reason


def _evidence(inspector: Inspector, stands: Standing | None, reached: int) -> tuple[Check, ...]:
    if stands is None:
        return ()
    stated, posts = inspector.stated, len(inspector.problem.post)
    answer = stands.answer
    checks = [Check("examples", stated, stated)] if stated else []
    if len(inspector.wanted) > stated:
        more = len(inspector.wanted) - stated
        checks.append(Check("defining post-conditions", more, more, "their answers served as examples"))
    if posts and answer.strategy != "recall":
        checks.append(Check("post-conditions", posts, posts, f"tried on {RULE_INPUTS} inputs each"))
    columns = list(zip(*(each.answers for each in (answer, *stands.rivals)), strict=True))
    if columns:
        same = sum(len(set(answers)) == 1 for answers in columns)
        looked = f"every program up to cost {reached} was looked at; the answer costs {answer.cost}"
        checks.append(Check(RIVALS, same, len(columns), looked))
    told = f"examples and conditions tell {stands.told:.0f} bits; {len(stands.rivals)} rivals weigh in"
    checks.append(Check(CONFIDENCE, round(100 * stands.confidence), 100, told))
    return tuple(checks)
