"""Why an item's program is what it is: where it came from, what it is made of, what spoke for it and against it."""

from __future__ import annotations

import json
import sqlite3

import msgspec

from aurora.service.ids import one_item
from aurora.service.reading import read
from aurora.service.workspace import Workspace
from aurora_projections import queries
from aurora_projections.attempts import NotableAttempt
from aurora_projections.review import ReviewItem
from aurora_projections.runs import RunFunction
from aurora_projections.taught import Taught
from aurora_projections.used_seeds import UsedSeed


class Rival(msgspec.Struct, frozen=True):
    """Another program that was found: its expression, its cost, and why it is not the answer."""

    program: str
    cost: int
    why: str


class Part(msgspec.Struct, frozen=True):
    """What the program is made of, and the trust in it now; null when nothing was learned about it."""

    key: str
    bias: float | None


class Explanation(msgspec.Struct, frozen=True):
    """Why this program. ``run`` is "" for an item that no search proposed; then most of the rest is empty.

    ``cost`` is the search's (lower is simpler), null when unknown; ``work`` the evaluations of each strategy.
    """

    item: str
    name: str
    spec: str
    result: str
    run: str
    strategy: str
    seed: str
    program: str
    cost: float | None
    evaluations: int
    parts: list[Part]
    offered: list[UsedSeed]
    tried: str
    prices: dict[str, int]
    shares: dict[str, float]
    work: dict[str, int]
    rivals: list[Rival]
    source: str


def explain(workspace: Workspace, prefix: str, at: str | None) -> Explanation:
    """The explanation of an item, by id or name. Raises ``NotFound``."""
    connection = read(workspace, at).connection
    item = one_item(connection, prefix)
    found = _result(connection, item)
    taught = _taught(connection, item) or Taught(item.run, item.spec, item.name)
    attempts = [each for each in queries.notable_attempts(connection, item.run) if _of(each, item)]
    answer = next((each for each in attempts if each.why == "answer"), None)
    return Explanation(
        item=item.id,
        name=item.name,
        spec=item.spec,
        result=item.result,
        run=item.run,
        strategy=found.strategy if found else "",
        seed=found.seed if found else "",
        program=answer.program if answer else "",
        cost=found.score if found else None,
        evaluations=found.evaluations if found else 0,
        parts=[Part(key, _bias(connection, key)) for key in json.loads(taught.used)],
        offered=[each for each in queries.used_seeds(connection, item.run) if _of(each, item)],
        tried=taught.tried,
        prices=json.loads(taught.prices),
        shares=json.loads(taught.shares),
        work=json.loads(taught.work),
        rivals=[Rival(each.program, each.cost, each.why) for each in attempts if each.why != "answer"],
        source=item.source,
    )


def _of(row: NotableAttempt | UsedSeed, item: ReviewItem) -> bool:
    return row.function == item.name and row.spec == item.spec


def _result(connection: sqlite3.Connection, item: ReviewItem) -> RunFunction | None:
    rows = queries.run_functions(connection, item.run)
    return next((row for row in rows if row.spec == item.spec and row.function == item.name), None)


def _taught(connection: sqlite3.Connection, item: ReviewItem) -> Taught | None:
    rows = queries.taught(connection, item.run)
    return next((row for row in rows if row.spec == item.spec and row.function == item.name), None)


def _bias(connection: sqlite3.Connection, key: str) -> float | None:
    bias = queries.bias(connection, key)
    return bias.value if bias else None
