"""Entry of a sandboxed child: whether a spec's examples alone break its conditions.

The functions are replaced by the tables of their examples. A condition is judged only where the tables answer
every call, so whatever is reported is a real contradiction; what is not reported may still be one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from aurora.specs.types import Type, parse_type
from aurora.specs.values import Value, coerced, conforms, literal, parse_value
from aurora.synthesis.answers import Function, call, why_unfit
from aurora.synthesis.holding import BROKEN, Holding, Outside, assignments, domain
from aurora.synthesis.tasks import Clash, ConsistencyTask, Findings, Outsider, Subject

ASSIGNMENTS = 4_000
"""So many combinations of values from the examples are tried on each condition."""

_STEPS = 100_000


def consistency(payload: bytes, send: Callable[[bytes], None]) -> bytes:
    """A ``ConsistencyTask`` in, ``Findings`` out."""
    task = msgspec.msgpack.decode(payload, type=ConsistencyTask)
    used: list[int] = []
    tables = {
        subject.name: _table(subject, lines, used)
        for subject, lines in zip(task.subjects, task.lines, strict=True)
    }
    return msgspec.msgpack.encode(Findings(_clashes(task, tables, used), _outsiders(task, tables)))


def _clashes(task: ConsistencyTask, tables: dict[str, Function], used: list[int]) -> tuple[Clash, ...]:
    """The contradictions, fewest examples first; each names an example that none before it did."""
    subjects = {subject.name: subject for subject in task.subjects}
    found = []
    for numbered in task.post:
        rule = numbered.rule
        holding = Holding(rule, tables, subjects)
        for row in assignments(rule, task.subjects, ASSIGNMENTS):
            used.clear()
            verdict, answer = holding.ask(row, _STEPS)
            if verdict == BROKEN and not answer.kinds and used:
                values = tuple((name, text) for (name, _), text in zip(rule.variables, row, strict=True))
                found.append(Clash(numbered.number, tuple(sorted(set(used))), values))
    kept: list[Clash] = []
    told: set[tuple[int, int]] = set()
    for clash in sorted(found, key=lambda clash: (clash.number, len(clash.lines))):
        lines = {(clash.number, line) for line in clash.lines}
        if not lines <= told:
            told |= lines
            kept.append(clash)
    return tuple(kept)


def _outsiders(task: ConsistencyTask, tables: dict[str, Function]) -> tuple[Outsider, ...]:
    """The examples with a result that lie outside of their function's pre-conditions."""
    return tuple(
        Outsider(subject.name, line)
        for subject, lines in zip(task.subjects, task.lines, strict=True)
        for case, line in zip(subject.examples, lines, strict=True)
        if case.expected is not None
        and subject.pre
        and call(domain(subject, tables), case.arguments, _STEPS).text == "False"
    )


def _table(subject: Subject, lines: Sequence[int], used: list[int]) -> Function:
    """The function as far as its examples tell it; each answer leaves its line in ``used``."""
    types = [parse_type(type_) for _, type_ in subject.parameters]
    answers = {case.arguments: (case, line) for case, line in zip(subject.examples, lines, strict=True)}

    def answer(*arguments: object) -> object:
        found = answers.get(_key(arguments, types))
        if found is None or found[0].expected is None:
            raise Outside
        used.append(found[1])
        return parse_value(found[0].expected)

    return answer


def _key(arguments: Sequence[object], types: Sequence[Type]) -> tuple[str, ...]:
    if len(arguments) != len(types) or any(map(why_unfit, arguments)):
        raise Outside
    return tuple(_literal(value, type_) for value, type_ in zip(arguments, types, strict=True))


def _literal(value: object, type_: Type) -> str:
    if not conforms(value, type_):
        raise Outside
    plain: Value = value  # type: ignore[assignment]  # it conforms
    return literal(coerced(plain, type_))
