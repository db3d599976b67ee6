"""The difference of two batches: outputs that are the same bytes are passed over, the rest compared by record."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any, Final, Literal

import msgspec

from aurora.service.output_queries import opened
from aurora.service.workspace import Workspace

_PLACES: Final = ("line", "column", "end_line")
"""Fields that move when lines are added above; a diagnostic that only moved is neither new nor gone."""


class Changed(msgspec.Struct, frozen=True):
    """A record that only one of the batches has."""

    change: Literal["gone", "new"]
    task: str
    path: str
    kind: str
    text: str
    record: dict[str, Any]


class Comparison(msgspec.Struct, frozen=True):
    """The difference of two batches."""

    old: str
    new_batch: str
    gone: int
    new: int
    rows: tuple[Changed, ...]


def compare(workspace: Workspace, old: str, new: str, which: str, at: str | None = None) -> Comparison:
    """Records gone and new (``all``), or of the diagnostics those that are ``new`` or ``gone``. Raises ``NotFound``."""
    with opened(workspace, old, new, at=at) as (index, (first, second)):
        only_diagnostics = which != "all"
        before = _differing(index.connection, first, second, only_diagnostics)
        after = _differing(index.connection, second, first, only_diagnostics)
    kept = before & after
    gone = _rows("gone", before - kept) if which != "new" else []
    fresh = _rows("new", after - kept) if which != "gone" else []
    found = sorted(gone + fresh, key=lambda row: (row.path, row.task, row.change, row.text))
    return Comparison(first, second, len(gone), len(fresh), tuple(found))


def _differing(
    connection: sqlite3.Connection, batch: str, other: str, only_diagnostics: bool
) -> Counter[tuple[str, bytes]]:
    """The records of outputs that the other batch has not, with how often each is there."""
    kind = "AND r.kind = 'diagnostic'" if only_diagnostics else ""
    query = (
        "SELECT o.task, r.body FROM outputs o CROSS JOIN records r ON r.lot = o.lot WHERE o.batch = ? AND o.lot NOT IN "
        f"(SELECT lot FROM outputs WHERE batch = ? AND task = o.task) {kind}"
    )
    found: Counter[tuple[str, bytes]] = Counter()
    for task, body in connection.execute(query, (batch, other)):
        if only_diagnostics:
            record = msgspec.json.decode(body)
            body = msgspec.json.encode({k: v for k, v in record.items() if k not in _PLACES})
        found[task, body] += 1
    return found


def _rows(change: Literal["gone", "new"], counted: Counter[tuple[str, bytes]]) -> list[Changed]:
    found = []
    for (task, body), number in counted.items():
        record = msgspec.json.decode(body)
        path, kind = record.pop("path"), record.pop("kind")
        text = " ".join(f"{key}={value}" for key, value in record.items())
        found += [Changed(change, task, path, kind, text, record)] * number
    return found
