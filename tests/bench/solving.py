"""Solve one problem in a child with limits. The engine is named in one place of the benches: here, in ``engine``."""

from __future__ import annotations

import resource
import time

import msgspec

from aurora.synthesis.engine import ValueSearch
from aurora.synthesis.problem import Engine, Found, Outcome, Problem, Progress
from aurora_events.base import Distinguishing
from tests.bench.children import MEMORY_BYTES, Failure, in_child

SECONDS = 10.0
GRACE = 3.0
"""How long after its time a child may still take to say what it has, or a tenth of its time; then it is killed."""

BUSY = 8
"""Where work is what counts: how many times the seconds may pass on the wall."""

BUDGET = 10**10
"""Evaluations: out of reach, so that the clock decides; ``--budget`` sets a lower one."""


class Solution(msgspec.Struct, frozen=True):
    """What came of one problem. ``result`` is the outcome's, or ``crashed`` or ``killed``.

    ``source`` is the simplest fitting program, also where the search was stopped before it could rule out others.
    ``first_fit`` is when the search first reported that all examples pass, -1 if it never did. ``seconds`` is
    the child's time, by the clock that limits it.
    """

    result: str
    source: str
    alternatives: tuple[str, ...]
    distinguishing: tuple[Distinguishing, ...]
    strategy: str
    cost: int
    passed: int
    total: int
    evaluations: int
    attempts: int
    seconds: float
    first_fit: float
    stopped: str
    message: str
    seed: str = ""
    used: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    work: tuple[tuple[str, int], ...] = ()

    @property
    def fits(self) -> bool:
        """Whether a program that passes every example was found."""
        return bool(self.source)

    @property
    def answered(self) -> bool:
        """Whether the search stands by its program, alone or among alternatives."""
        return self.result in ("solved", "ambiguous")


class UnsupportedAblation(SystemExit):
    """This engine cannot leave out strategies."""


def engine(without: frozenset[str] = frozenset()) -> Engine:
    """The engine under test, without the strategies named. Raises ``UnsupportedAblation``."""
    if not without:
        return ValueSearch()
    try:
        made: Engine = ValueSearch(without=without)  # type: ignore[call-arg,unused-ignore]
    except (TypeError, ValueError) as error:
        raise UnsupportedAblation(
            f"--without {','.join(sorted(without))}: {ValueSearch.version}: {error}"
        ) from None
    return made


def solve(
    problem: Problem,
    seconds: float = SECONDS,
    without: frozenset[str] = frozenset(),
    *,
    cpu: bool = False,
) -> Solution:
    """Search for the problem's function in a child with a limit of memory and ``seconds`` of time.

    With ``cpu`` the seconds are the child's own work instead of wall time: the same where the machine is quiet, and
    comparable where it is not.
    """
    engine(without)
    problem = msgspec.structs.replace(problem, wall_seconds=0.0 if cpu else seconds)
    longest = (seconds + max(GRACE, seconds / 10)) * (BUSY if cpu else 1)
    started = time.monotonic()
    reply = in_child(lambda: _searched(problem, _Clock(seconds, cpu), without), longest, MEMORY_BYTES)
    spent = time.monotonic() - started
    if reply is None:
        return _nothing("killed", len(problem.examples), spent, "the child took too long and was killed")
    if isinstance(reply, Failure):
        return _nothing("crashed", len(problem.examples), spent, reply.text)
    return msgspec.convert(reply, Solution)


class _Clock:
    """Says when the time is up, or memory nearly."""

    def __init__(self, seconds: float, cpu: bool) -> None:
        self._now = time.process_time if cpu else time.monotonic
        self._seconds = seconds
        self._most = MEMORY_BYTES * 0.8
        self._started = 0.0

    def start(self) -> None:
        """Begin to count, in this process."""
        self._started = self._now()

    def spent(self) -> float:
        """Seconds since the start."""
        return self._now() - self._started

    def __call__(self) -> str:
        if self.spent() > self._seconds:
            return "clock"
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > self._most:
            return "memory"
        return ""


def _searched(problem: Problem, clock: _Clock, without: frozenset[str]) -> Solution:
    clock.start()
    first_fit = -1.0
    outcome: Outcome | None = None
    for message in engine(without).search(problem, clock):
        if isinstance(message, Outcome):
            outcome = message
        elif isinstance(message, Progress) and first_fit < 0 and message.best_passed >= len(problem.examples):
            first_fit = clock.spent()
    if outcome is None:
        raise AssertionError("a search ends with an outcome")
    spent = clock.spent()
    program = _fitting(outcome)
    if program is not None and first_fit < 0:
        first_fit = spent
    return Solution(
        result=outcome.result,
        source=program.source if program else "",
        alternatives=tuple(found.source for found in outcome.alternatives),
        distinguishing=outcome.distinguishing,
        strategy=program.strategy if program else "",
        cost=program.cost if program else -1,
        passed=outcome.passed,
        total=outcome.total,
        evaluations=outcome.evaluations,
        attempts=outcome.attempts,
        seconds=spent,
        first_fit=first_fit,
        stopped=outcome.stopped,
        message=outcome.message,
        seed=program.seed if program else "",
        used=program.used if program else (),
        calls=program.calls if program else (),
        work=outcome.work,
    )


def _fitting(outcome: Outcome) -> Found | None:
    if outcome.found is not None:
        return outcome.found
    return outcome.best if outcome.best is not None and outcome.passed == outcome.total else None


def _nothing(result: str, total: int, seconds: float, message: str) -> Solution:
    return Solution(result, "", (), (), "", -1, 0, total, 0, 0, seconds, -1.0, "", message)
