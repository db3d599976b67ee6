"""What a run will search, decided once from the log as of its start, so that a rerun decides the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from aurora.service.offering import NOTHING, Knowledge, Lesson, Use
from aurora.service.targets import Target
from aurora_projections.views import Views


class Plan(msgspec.Struct, frozen=True):
    """What each function is offered, by (spec, function) in the order of the targets, and the trust they start from."""

    corpus_position: int
    seed_bias: float
    lessons: Mapping[tuple[str, str], Lesson]

    def lesson(self, spec: str, function: str) -> Lesson:
        """What that search is offered."""
        return self.lessons.get((spec, function), NOTHING)


def make_plan(views: Views, targets: Sequence[Target], use: Use) -> Plan:
    """Read what was learned in one transaction: other processes may move the views on while we read."""
    connection = views.connection
    connection.execute("BEGIN")
    try:
        position = min(views.positions().values())
        knowledge = Knowledge(connection, use)
        lessons = {}
        if use.ways:
            for target in targets:
                if target.spec is not None and not target.diagnostics:
                    for function in target.spec.functions:
                        lessons[target.name, function.signature.name] = knowledge.lesson(
                            target.spec, function
                        )
    finally:
        connection.execute("COMMIT")
    return Plan(position, knowledge.seed_bias, lessons)
