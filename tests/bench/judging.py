"""Whether a program is right: run on inputs that the search never saw, in a child with limits."""

from __future__ import annotations

import ast
import copy
import signal
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any

import msgspec

from aurora.specs.values import same
from tests.bench.children import Failure, in_child

Answer = Any

INPUT_SECONDS = 1.0
"""What one call of a found function may take."""

JUDGING_SECONDS = 20.0


class Judgement(msgspec.Struct, frozen=True):
    """How a program did on hidden inputs: ``first_wrong`` shows the first input it fails, and what it gives."""

    passed: int
    total: int
    first_wrong: str = ""

    @property
    def right(self) -> bool:
        """Whether every hidden input was answered as meant."""
        return self.total > 0 and self.passed == self.total


def judge(
    source: str, name: str, rows: Sequence[tuple[Any, ...]], wanted: Sequence[Answer], setup: str = ""
) -> Judgement:
    """Run the program on every row, in a child, with a limit for each call.

    ``wanted`` are values, or exception types where a raise is the right answer.
    """
    if not source:
        return Judgement(0, len(rows))
    reply = in_child(lambda: _judged(source, name, rows, wanted, setup), JUDGING_SECONDS)
    if reply is None or isinstance(reply, Failure):
        return Judgement(0, len(rows), "killed" if reply is None else reply.text)
    return msgspec.convert(reply, Judgement)


def passes(program: str) -> bool:
    """Whether a whole program, with assertions in it, ends without an exception in time."""

    def run() -> bool:
        exec(program, {"__name__": "checked"})
        return True

    return in_child(run, JUDGING_SECONDS) is True


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
