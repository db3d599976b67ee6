"""The index of outputs: SQLite over the lines in the store, by content, so that equal outputs are indexed once.

It can be deleted, and is made again from the batches' trees, or from the log: both give the same rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from aurora.artifacts.port import ArtifactMissing, CacheUnwritable
from aurora.artifacts.store import ArtifactStore
from aurora.batch import index
from aurora.batch.board import Board
from aurora.batch.records import Ast, Diagnostic, Edge, Metric, Record, Symbol, decode
from aurora.errors import AuroraError, IntegrityError
from aurora.service.batch_store import INDEX, Failure

VERSION: Final = 1

_SCHEMA: Final = (
    "CREATE TABLE lots (id INTEGER PRIMARY KEY, oid TEXT NOT NULL UNIQUE)",
    """CREATE TABLE records (lot INTEGER NOT NULL, ordinal INTEGER NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL,
    severity TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (lot, ordinal)) WITHOUT ROWID""",
    "CREATE INDEX records_by_path ON records (path, lot)",
    "CREATE INDEX records_by_kind ON records (lot, kind, severity, code)",
    """CREATE TABLE outputs (batch TEXT NOT NULL, task TEXT NOT NULL, shard TEXT NOT NULL, lot INTEGER NOT NULL,
    PRIMARY KEY (batch, task, shard)) WITHOUT ROWID""",
    "CREATE INDEX outputs_by_lot ON outputs (lot)",
    """CREATE TABLE failures (batch TEXT NOT NULL, task TEXT NOT NULL, shard TEXT NOT NULL, path TEXT NOT NULL,
    error TEXT NOT NULL, PRIMARY KEY (batch, task, shard, path)) WITHOUT ROWID""",
    """CREATE TABLE languages (oid TEXT NOT NULL, path TEXT NOT NULL, lang TEXT NOT NULL,
    PRIMARY KEY (oid, path)) WITHOUT ROWID""",
    "CREATE TABLE batches (batch TEXT PRIMARY KEY, standing TEXT NOT NULL, languages TEXT NOT NULL)",
    f"PRAGMA user_version = {VERSION}",
)

_encode = msgspec.json.Encoder().encode


class Standing(msgspec.Struct, frozen=True):
    """What a batch's outputs are at one moment: Git ids by (task, shard), failures, and where its index is."""

    mark: str
    outputs: Mapping[tuple[str, str], str]
    failures: Mapping[tuple[str, str], Failure]
    index: str


def standing_from_tree(store: ArtifactStore, batch: str) -> Standing | None:
    """What the ref of a batch says, without the log. None if there is no such ref."""
    commit = store.ref(f"batches/{batch}") if store.exists() else ""
    if not commit:
        return None
    outputs: dict[tuple[str, str], str] = {}
    failures: dict[tuple[str, str], Failure] = {}
    lines = ""
    for path, leaf in store.files(commit).items():
        top, _, rest = path.decode().partition("/")
        if top == "tasks":
            task, _, name = rest.partition("/")
            outputs[task, name.removesuffix(".jsonl")] = leaf.oid
        elif top == "failures":
            task, _, name = rest.partition("/")
            failures[task, name.removesuffix(".json")] = msgspec.json.decode(
                store.read(leaf.oid), type=Failure
            )
        elif path == INDEX:
            lines = leaf.oid
    return Standing(commit, outputs, failures, lines)


def standing_from_log(store: ArtifactStore, board: Board) -> Standing:
    """What the events of a batch say, without its ref. Raises ``ArtifactMissing`` for outputs that are nowhere."""
    outputs: dict[tuple[str, str], str] = {}
    failures: dict[tuple[str, str], Failure] = {}
    for shard in board.shards.values():
        for task, output in shard.done.items():
            at = store.found(output.outputs)
            if at is None:
                raise ArtifactMissing(f"sha256:{output.outputs}")
            outputs[task, shard.name] = at.oid
        for task, failure in shard.failed.items():
            failures[task, shard.name] = Failure(failure.error, failure.paths)
    lines = store.found(board.planned.index.removeprefix("sha256:"))
    return Standing("log", outputs, failures, lines.oid if lines else "")


class OutputIndex:
    """The index. Reading from it gives what the store holds: each lot is checked when it is taken in."""

    def __init__(self, path: Path | None, store: ArtifactStore) -> None:
        self.store = store
        self.where = str(path or "memory")
        try:
            self.connection = _open(path)
        except sqlite3.OperationalError as error:
            raise CacheUnwritable(self.where, str(error)) from error

    def close(self) -> None:
        """Close the index."""
        self.connection.close()

    def refresh(self, batch: str, standing: Standing) -> None:
        """Bring one batch up to date; free when nothing about it changed."""
        row = self.connection.execute("SELECT standing FROM batches WHERE batch = ?", (batch,)).fetchone()
        if row is not None and row[0] == standing.mark:
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            self._take(batch, standing)
            self.connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._forget()
            raise CacheUnwritable(self.where, str(error)) from error
        except BaseException:
            self._forget()
            raise

    def _forget(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def _take(self, batch: str, standing: Standing) -> None:
        known = dict(self.connection.execute("SELECT oid, id FROM lots"))
        for oid in dict.fromkeys(standing.outputs.values()):
            if oid not in known:
                known[oid] = self._take_lot(oid)
        if standing.index:
            self._take_languages(standing.index)
        self.connection.execute("DELETE FROM outputs WHERE batch = ?", (batch,))
        self.connection.execute("DELETE FROM failures WHERE batch = ?", (batch,))
        self.connection.executemany(
            "INSERT INTO outputs VALUES (?, ?, ?, ?)",
            [(batch, task, shard, known[oid]) for (task, shard), oid in standing.outputs.items()],
        )
        self.connection.executemany(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?)",
            [
                (batch, task, shard, path, failure.error)
                for (task, shard), failure in standing.failures.items()
                for path in failure.paths or ("",)
            ],
        )
        self.connection.execute(
            "INSERT OR REPLACE INTO batches VALUES (?, ?, ?)", (batch, standing.mark, standing.index)
        )

    def _take_lot(self, oid: str) -> int:
        records = decode(self.store.read(oid))
        number = self.connection.execute("INSERT INTO lots (oid) VALUES (?)", (oid,)).lastrowid
        assert number is not None, "SQLite numbers what it inserts"
        self.connection.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, ordinal, *_columns(record)) for ordinal, record in enumerate(records)],
        )
        return number

    def _take_languages(self, oid: str) -> None:
        known = self.connection.execute("SELECT 1 FROM languages WHERE oid = ? LIMIT 1", (oid,)).fetchone()
        if known is None:
            self.connection.executemany(
                "INSERT INTO languages VALUES (?, ?, ?)",
                [(oid, row.path, row.lang_hint or "unknown") for row in index.decode(self.store.read(oid))],
            )

    def dump(self, batch: str) -> Iterator[str]:
        """Everything about a batch, in one order: what two ways of making the index are compared by."""
        query = (
            "SELECT o.task, o.shard, r.ordinal, r.kind, r.path, r.severity, r.code, r.name, r.body "
            "FROM outputs o CROSS JOIN records r ON r.lot = o.lot WHERE o.batch = ? ORDER BY o.task, o.shard, r.ordinal"
        )
        for row in self.connection.execute(query, (batch,)):
            yield repr(row)
        query = "SELECT task, shard, path, error FROM failures WHERE batch = ? ORDER BY task, shard, path"
        for row in self.connection.execute(query, (batch,)):
            yield repr(row)
        query = (
            "SELECT l.path, l.lang FROM languages l JOIN batches b ON b.languages = l.oid "
            "WHERE b.batch = ? ORDER BY l.path"
        )
        for row in self.connection.execute(query, (batch,)):
            yield repr(row)


def _columns(record: Record) -> tuple[Any, ...]:
    severity = code = name = ""
    match record:
        case Diagnostic():
            severity, code = record.severity, record.code
        case Metric():
            name = record.metric
        case Symbol():
            name = record.name
        case Edge():
            name = record.target
        case Ast():
            name = record.object
    kind = str(record.__struct_config__.tag)
    return kind, record.path, severity, code, name, _encode(record)


def _open(path: Path | None) -> sqlite3.Connection:
    if path is None:
        return _create(sqlite3.connect(":memory:", isolation_level=None))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == VERSION:
            connection.execute("PRAGMA synchronous=NORMAL")
            return connection
        connection.close()
    except sqlite3.DatabaseError:
        pass  # damaged: it holds nothing that the store does not hold, so it is made again
    fresh = path.with_name(f"{path.name}.new")
    for each in (fresh, path):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{each}{suffix}").unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    return _create(connection)


def _create(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("BEGIN EXCLUSIVE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != VERSION:
        for statement in _SCHEMA:
            connection.execute(statement)
    connection.execute("COMMIT")
    return connection


def explained(error: AuroraError | msgspec.DecodeError, batch: str) -> IntegrityError:
    """What to do about outputs that cannot be read."""
    return IntegrityError(
        "BATCH-009",
        f"outputs of the batch cannot be read: {error}",
        where=f"batch {batch}",
        hint=f"aurora batch verify {batch} --heal",
    )


def refreshed(index_: OutputIndex, batches: Iterable[str]) -> None:
    """Bring several batches up to date from their trees."""
    for batch in batches:
        standing = standing_from_tree(index_.store, batch)
        if standing is not None:
            index_.refresh(batch, standing)
