"""Solve one problem in a child with limits, and judge what was found on inputs that it never saw.

The child is forked, so that a runaway or a crash costs one problem and not the bench. The engine is named in one
place: ``engine``.
"""

from __future__ import annotations

import ast
import copy
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import FrameType
from typing import Any, TypeVar

import msgspec

from aurora.specs.values import same
from aurora.synthesis.engine import BottomUp
from aurora.synthesis.problem import Engine, Found, Outcome, Problem, Progress
from aurora_events.base import Distinguishing

SECONDS = 10.0
GRACE = 3.0
"""How long after its time a child may still take to say what it has; then it is killed."""

BUSY = 8
"""By how much the wall clock may run faster than work is done, where work is what counts."""

MEMORY_BYTES = 3 << 30
BUDGET = 10**10
"""Evaluations: out of reach, so that the clock decides; ``--budget`` sets a lower one."""

INPUT_SECONDS = 1.0
"""What one call of a found function may take."""

JUDGING_SECONDS = 20.0

Answer = Any
Item = TypeVar("Item")
Result = TypeVar("Result")


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

    @property
    def fits(self) -> bool:
        """Whether a program that passes every example was found."""
        return bool(self.source)

    @property
    def answered(self) -> bool:
        """Whether the search stands by its program, alone or among alternatives."""
        return self.result in ("solved", "ambiguous")


class Judgement(msgspec.Struct, frozen=True):
    """How a program did on hidden inputs: ``first_wrong`` shows the first input it fails, and what it gives."""

    passed: int
    total: int
    first_wrong: str = ""

    @property
    def right(self) -> bool:
        """Whether every hidden input was answered as meant."""
        return self.total > 0 and self.passed == self.total


class UnsupportedAblation(SystemExit):
    """This engine cannot leave out strategies."""


def engine(without: frozenset[str] = frozenset()) -> Engine:
    """The engine under test, without the strategies named. Raises ``UnsupportedAblation``."""
    if not without:
        return BottomUp()
    try:
        made: Engine = BottomUp(without=without)  # type: ignore[call-arg,unused-ignore]
    except (TypeError, ValueError) as error:
        raise UnsupportedAblation(
            f"--without {','.join(sorted(without))}: {BottomUp.version}: {error}"
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
    longest = (seconds + GRACE) * (BUSY if cpu else 1)
    started = time.monotonic()
    reply = in_child(lambda: _searched(problem, _Clock(seconds, cpu), without), longest, MEMORY_BYTES)
    spent = time.monotonic() - started
    if reply is None:
        return _nothing("killed", len(problem.examples), spent, "the child took too long and was killed")
    if isinstance(reply, Failure):
        return _nothing("crashed", len(problem.examples), spent, reply.text)
    return msgspec.convert(reply, Solution)


def judge(
    source: str, name: str, rows: Sequence[tuple[Any, ...]], wanted: Sequence[Answer], setup: str = ""
) -> Judgement:
    """Run the program on every row, in a child, with a limit for each call.

    ``wanted`` are values, or exception types where a raise is the right answer.
    """
    if not source:
        return Judgement(0, len(rows))
    reply = in_child(lambda: _judged(source, name, rows, wanted, setup), JUDGING_SECONDS, MEMORY_BYTES)
    if reply is None or isinstance(reply, Failure):
        return Judgement(0, len(rows), "killed" if reply is None else reply.text)
    return msgspec.convert(reply, Judgement)


def passes(program: str) -> bool:
    """Whether a whole program, with assertions in it, ends without an exception in time."""

    def run() -> bool:
        exec(program, {"__name__": "checked"})
        return True

    return in_child(run, JUDGING_SECONDS, MEMORY_BYTES) is True


def answer(function: Callable[..., Any], row: Sequence[Any]) -> Answer:
    """What a function gives for its own copy of ``row``, or the type of what it raises."""
    try:
        return function(*copy.deepcopy(row))
    except Exception as error:  # noqa: BLE001 - an exception is an answer
        return type(error)


def size(source: str) -> int:
    """The nodes of a function's body, without docstring, annotations and contexts: how much there is to read."""
    tree = ast.parse(source)
    total = 0
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            body = function.body
            if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and len(body) > 1:
                body = body[1:]
            total += sum(_counts(node) for statement in body for node in _nodes(statement))
    return total


def in_order(items: Sequence[Item], work: Callable[[Item], Result], jobs: int) -> Iterator[Result]:
    """The results of ``work``, in the order of ``items``, ``jobs`` at a time."""
    if jobs <= 1:
        yield from map(work, items)
        return
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(work, items)


class Failure(msgspec.Struct, frozen=True):
    """An exception in a child."""

    text: str


def in_child(work: Callable[[], Any], seconds: float, memory_bytes: int) -> Any:
    """What ``work`` gives when run in a forked child, as plain data; ``None`` when it had to be killed."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
            try:
                reply = {"reply": msgspec.to_builtins(work())}
            except BaseException as error:  # noqa: BLE001 - the parent is told; the child ends either way
                reply = {"failure": f"{type(error).__name__}: {error}"[:300]}
            _write_all(writing, msgspec.msgpack.encode(reply))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    try:
        data = _read_all(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if data is None:
        return None
    if not data:
        return Failure("the child ended without an answer")
    reply = msgspec.msgpack.decode(data)
    return Failure(reply["failure"]) if "failure" in reply else reply["reply"]


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
    )


def _fitting(outcome: Outcome) -> Found | None:
    if outcome.found is not None:
        return outcome.found
    return outcome.best if outcome.best is not None and outcome.passed == outcome.total else None


def _nothing(result: str, total: int, seconds: float, message: str) -> Solution:
    return Solution(result, "", (), (), "", -1, 0, total, 0, 0, seconds, -1.0, "", message)


def _judged(
    source: str, name: str, rows: Sequence[tuple[Any, ...]], wanted: Sequence[Answer], setup: str
) -> Judgement:
    signal.signal(signal.SIGALRM, _too_long)
    namespace: dict[str, Any] = {}
    exec(setup + "\n" + source, namespace)
    passed, first_wrong = 0, ""
    for row, meant in zip(rows, wanted, strict=True):
        signal.setitimer(signal.ITIMER_REAL, INPUT_SECONDS)
        got = answer(namespace[name], row)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if got is meant or (not isinstance(meant, type) and same(got, meant)):
            passed += 1
        elif not first_wrong:
            first_wrong = f"{name}({', '.join(map(repr, row))}) -> {got!r}, not {meant!r}"[:300]
    return Judgement(passed, len(rows), first_wrong)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def _counts(node: ast.AST) -> bool:
    return isinstance(node, ast.stmt | ast.expr | ast.comprehension | ast.excepthandler)


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is below it, without annotations of variables."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns"):
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, ast.AST):
                yield from _nodes(item)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(len(data).to_bytes(8, "big") + data)
    while view:
        view = view[os.write(handle, view) :]


def _read_all(handle: int, deadline: float) -> bytes | None:
    """The message of ``_write_all``, or as much of it as came; ``None`` when that takes too long.

    Its length goes first: the end of the file may never come while another child holds this pipe too.
    """
    data = b""
    while len(data) < 8 or len(data) < 8 + int.from_bytes(data[:8], "big"):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([handle], [], [], left)[0]:
            return None
        part = os.read(handle, 1 << 16)
        if not part:
            return b""
        data += part
    return data[8:]
