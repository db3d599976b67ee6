"""Questions to the outputs of a batch: rows by path, kind, severity, code; counts by groups; what failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import msgspec

from aurora.artifacts.port import ArtifactMissing
from aurora.batch.records import SCHEMA_NAME, SCHEMA_VERSION
from aurora.errors import AuroraError, InvalidInput, NotFound
from aurora.service.batch_planning import load_board, one_batch
from aurora.service.output_index import (
    OutputIndex,
    Standing,
    explained,
    standing_from_log,
    standing_from_tree,
)
from aurora.service.workspace import Workspace
from aurora_projections import queries

SUBJECTS: Final = ("diagnostics", "outputs", "symbols", "edges", "metrics", "failed", "stats")
_KINDS: Final = {"diagnostics": "diagnostic", "symbols": "symbol", "edges": "edge", "metrics": "metric"}
GROUPS: Final = ("kind", "severity", "code", "lang", "path", "task", "name")


class Filter(msgspec.Struct, frozen=True):
    """Which rows are wanted; "" for any. ``name`` is that of a symbol, metric, or target."""

    path: str = ""
    task: str = ""
    kind: str = ""
    severity: str = ""
    code: str = ""
    name: str = ""
    limit: int = 0
    offset: int = 0


class Count(msgspec.Struct, frozen=True):
    """How many records a group has."""

    group: str
    count: int


class FailedRow(msgspec.Struct, frozen=True):
    """A file because of which a task failed."""

    task: str
    path: str
    error: str
    shard: str


@contextmanager
def opened(
    workspace: Workspace, prefix: str, *more: str, at: str | None = None
) -> Iterator[tuple[OutputIndex, tuple[str, ...]]]:
    """An index with these batches up to date, and their ids; with ``at`` one in memory, as the log tells that moment.

    Raises ``NotFound`` for a batch that is unknown to log and store, or was not planned yet.
    """
    store = workspace.artifacts
    index = OutputIndex(workspace.paths.views / "outputs.db" if at is None else None, store)
    refresh = _refresh if at is None else partial(_refresh_at, at=at)
    try:
        yield index, tuple(refresh(workspace, index, each) for each in (prefix, *more))
    finally:
        index.close()


def _refresh(workspace: Workspace, index: OutputIndex, prefix: str) -> str:
    """Take in what the tree of a batch holds now; its id."""
    store = workspace.artifacts
    computed = False
    try:
        batch = one_batch(workspace, prefix).id
        tasks = queries.shard_tasks(workspace.views.connection, batch)
        computed = any(each.state == "done" for each in tasks)
    except NotFound:
        if not store.exists() or prefix not in store.refs("batches"):
            raise
        batch = prefix  # its events are gone, but its tree answers
    standing = standing_from_tree(store, batch)
    if standing is None and computed:
        raise ArtifactMissing(f"batch {batch}", str(store.git))
    if standing is not None:
        _take_in(index, batch, standing)
    return batch


def _refresh_at(workspace: Workspace, index: OutputIndex, prefix: str, at: str) -> str:
    """Take in the outputs that the log named at a moment: a tree has only its present."""
    row = one_batch(workspace, prefix, at)
    board, _ = load_board(workspace, row, at)
    if any(shard.done or shard.failed for shard in board.shards.values()):
        _take_in(index, row.id, standing_from_log(workspace.artifacts, board))
    return row.id


def _take_in(index: OutputIndex, batch: str, standing: Standing) -> None:
    try:
        index.refresh(batch, standing)
    except (AuroraError, msgspec.DecodeError) as error:
        raise explained(error, batch) from error


def rows(index: OutputIndex, batch: str, subject: str, wanted: Filter) -> list[dict[str, Any]]:
    """The records, by task, shard and place in the outputs."""
    kind = _KINDS.get(subject, wanted.kind)
    clauses, values = _clauses(msgspec.structs.replace(wanted, kind=kind))
    query = (
        "SELECT o.task, o.shard, r.body FROM outputs o CROSS JOIN records r ON r.lot = o.lot "
        f"WHERE o.batch = ? {clauses} ORDER BY o.task, o.shard, r.ordinal LIMIT ? OFFSET ?"
    )
    if wanted.path:  # the other way round: few records have that path, and many lots are in a batch
        query = query.replace("outputs o CROSS JOIN records r", "records r CROSS JOIN outputs o", 1).replace(
            "ON r.lot = o.lot", "ON o.lot = r.lot", 1
        )
    found = index.connection.execute(query, (batch, *values, wanted.limit or -1, wanted.offset))
    return [_row(task, shard, body) for task, shard, body in found]


def failed(index: OutputIndex, batch: str, wanted: Filter) -> list[FailedRow]:
    """The files because of which tasks failed."""
    query = (
        "SELECT task, path, error, shard FROM failures WHERE batch = ? AND (? = '' OR task = ?) "
        "AND (? = '' OR path = ?) ORDER BY task, path, shard LIMIT ? OFFSET ?"
    )
    task, path = wanted.task, wanted.path
    values = (batch, task, task, path, path, wanted.limit or -1, wanted.offset)
    return [FailedRow(*row) for row in index.connection.execute(query, values)]


def counts(index: OutputIndex, batch: str, group: str, wanted: Filter) -> list[Count]:
    """How many records there are in each group; those without (no severity, say) are in the group "none"."""
    if group not in GROUPS:
        raise InvalidInput("BATCH-010", f"no grouping by '{group}'", hint=f"one of {', '.join(GROUPS)}")
    clauses, values = _clauses(wanted)
    column = {"lang": "COALESCE(l.lang, 'unknown')", "task": "o.task"}.get(group, f"r.{group}")
    join = ""
    if group == "lang":
        join = (
            "LEFT JOIN languages l ON l.path = r.path "
            "AND l.oid = (SELECT languages FROM batches WHERE batch = o.batch)"
        )
    query = (
        f"SELECT CASE WHEN {column} = '' THEN 'none' ELSE {column} END AS word, count(*) "
        f"FROM outputs o CROSS JOIN records r ON r.lot = o.lot {join} WHERE o.batch = ? {clauses} "
        "GROUP BY word ORDER BY count(*) DESC, word"
    )
    return [Count(*row) for row in index.connection.execute(query, (batch, *values))]


def _clauses(wanted: Filter) -> tuple[str, list[str]]:
    columns = {
        "r.path": wanted.path,
        "o.task": wanted.task,
        "r.kind": wanted.kind,
        "r.severity": wanted.severity,
        "r.code": wanted.code,
        "r.name": wanted.name,
    }
    chosen = {column: value for column, value in columns.items() if value}
    return "".join(f" AND {column} = ?" for column in chosen), list(chosen.values())


def _row(task: str, shard: str, body: bytes) -> dict[str, Any]:
    record = msgspec.json.decode(body)
    first = {"task": task, "shard": shard, "path": record.pop("path"), "kind": record.pop("kind")}
    return {**first, **record, "schema_name": SCHEMA_NAME, "schema_version": SCHEMA_VERSION}


def kind_of(subject: str) -> str:
    """The kind of record that a subject is about, "" for all."""
    return _KINDS.get(subject, "")


def normal_task(name: str) -> str:
    """The name of a task, also with the number before it that older tools give (``01_parse``)."""
    return name[3:] if name[:2].isdigit() and name[2:3] == "_" else name


def columns_of(found: Sequence[dict[str, Any]]) -> list[str]:
    """Every field of these rows, in order of appearance, without what is the same in all."""
    names: dict[str, None] = {}
    for row in found:
        names.update(dict.fromkeys(row))
    return [name for name in names if name not in ("schema_name", "schema_version")]
