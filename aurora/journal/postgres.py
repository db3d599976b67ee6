"""A journal on PostgreSQL, for several machines: the same seams on eventsourcing's own module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Composed, Identifier

from aurora.journal.decoding import RowTuple, checked, decoded
from aurora.journal.port import END, PAGE, Closing, JournalNotEmpty, JournalUnwritable
from aurora.journal.postgres_server import (
    CONNECT_SECONDS,
    LOCK_SECONDS,
    TABLE,
    Place,
    check_schema,
    guarded,
    refuse_unsafe,
)
from aurora.journal.store import JournalStore, Row, check_versions, heads_from
from aurora_events.record import Entry, Recorded, StoredRow


class JournalRecorder(PostgresApplicationRecorder):
    """Inserts batches as arrays. Keeps eventsourcing's table lock: it makes position order commit order."""

    def __init__(self, datastore: PostgresDatastore, place: Place) -> None:
        super().__init__(datastore, events_table_name=TABLE)
        # No composite type and no server functions: the arrays below replace both.
        datastore.db_type_names.clear()
        self.sql_create_statements = [
            SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(place.schema)),
            place.sql(
                "CREATE TABLE IF NOT EXISTS {table} ("
                "notification_id bigserial PRIMARY KEY, "
                "originator_id text NOT NULL, "
                "originator_version bigint NOT NULL, "
                "topic text NOT NULL, "
                "state bytea NOT NULL, "
                "digest bytea NOT NULL, "
                "UNIQUE (originator_id, originator_version))"
            ),
        ]
        self._heads = place.sql(
            "SELECT originator_id, MAX(originator_version) AS head FROM {table} "
            "WHERE originator_id = ANY(%s) GROUP BY originator_id"
        )
        self._insert = place.sql(
            "INSERT INTO {table} (originator_id, originator_version, topic, state, digest) "
            "SELECT stream, version, tag, state, digest "
            "FROM unnest(%b::text[], %b::bigint[], %b::text[], %b::bytea[], %b::bytea[]) "
            "WITH ORDINALITY AS batch(stream, version, tag, state, digest, place) ORDER BY place "
            "RETURNING notification_id"
        )
        self._restore = place.sql(
            "INSERT INTO {table} (notification_id, originator_id, originator_version, topic, digest, state) "
            "SELECT * FROM "
            "unnest(%b::bigint[], %b::text[], %b::bigint[], %b::text[], %b::bytea[], %b::bytea[])"
        )
        self._follow = place.sql(
            "SELECT setval(pg_get_serial_sequence(%s, 'notification_id'), MAX(notification_id)) FROM {table}"
        )
        self._table = f'"{place.schema}"."{TABLE}"'

    def _create_table(self, curs: psycopg.Cursor[DictRow]) -> None:
        # IF NOT EXISTS does not protect two creators from each other; a lock on the name does.
        curs.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (self._table,))
        super()._create_table(curs)

    def insert_events(self, stored_events: Sequence[Any], **_: Any) -> list[int]:
        """Not retried on a lost connection: the versions tell the caller whether it was stored."""
        rows: Sequence[Row] = stored_events
        with self.datastore.transaction(commit=True) as curs:
            self._lock_table(curs)
            curs.execute(self._heads, (list({row.originator_id for row in rows}),))
            check_versions(rows, heads_from({found["originator_id"]: found["head"] for found in curs}))
            self._notify_channel(curs)
            curs.execute(self._insert, [list(column) for column in zip(*rows, strict=True)])
            # The sequence ran in the order of the batch; RETURNING alone promises no order.
            return sorted(found["notification_id"] for found in curs)

    def restore(self, rows: Iterable[StoredRow], where: str) -> None:
        """All rows with their positions, in one transaction, into an empty table."""
        remaining = iter(rows)
        with self.datastore.transaction(commit=True) as curs:
            self._lock_table(curs)
            curs.execute(self.max_notification_id_statement)
            found = curs.fetchone()
            if found and found["max"]:
                raise JournalNotEmpty(where, found["max"])
            restored = False
            while page := list(islice(remaining, PAGE)):
                curs.execute(self._restore, [list(column) for column in zip(*page, strict=True)])
                restored = True
            if restored:
                curs.execute(self._follow, (self._table,))


class PostgresJournal(Closing):
    """Reads on a connection of its own, writes through the recorder."""

    def __init__(
        self, place: Place, connection: psycopg.Connection, recorder: JournalRecorder | None
    ) -> None:
        self._place = place
        self._connection = connection
        self._recorder = recorder
        row = "SELECT notification_id, originator_id, originator_version, topic, digest, state FROM {table} "
        self._rows = place.sql(
            row + "WHERE notification_id > %s AND notification_id <= %s ORDER BY notification_id LIMIT %s"
        )
        self._stream = place.sql(row + "WHERE originator_id = %s ORDER BY originator_version")
        self._version = place.sql("SELECT MAX(originator_version) FROM {table} WHERE originator_id = %s")
        self._position = place.sql("SELECT MAX(notification_id) FROM {table}")
        self._count = place.sql("SELECT COUNT(*) FROM {table}")

    def append(self, entries: Sequence[Entry]) -> list[int]:
        recorder = self._writable()
        if not entries:
            return []
        with guarded(self._place):
            return JournalStore(recorder).put(entries)

    def load(self, rows: Iterable[StoredRow]) -> None:
        recorder = self._writable()
        with guarded(self._place):
            recorder.restore(rows, self._place.name)

    def scan(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[Recorded]:
        return decoded(self._page(after, limit, through), self._place.name)

    def rows(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[StoredRow]:
        return list(map(StoredRow._make, self._page(after, limit, through)))

    def stream(self, name: str) -> list[Recorded]:
        return checked(self._select(self._stream, (name,)), self._place.name)

    def version(self, name: str) -> int:
        return self._number(self._version, name)

    def position(self) -> int:
        return self._number(self._position)

    def count(self) -> int:
        return self._number(self._count)

    def damage(self) -> list[str]:
        """The server looks after its own files."""
        return []

    def close(self) -> None:
        self._connection.close()
        if self._recorder is not None:
            self._recorder.datastore.close()

    def _page(self, after: int, limit: int, through: int | None) -> list[RowTuple]:
        return self._select(self._rows, (after, END if through is None else through, limit))

    def _number(self, statement: Composed, *parameters: str) -> int:
        return int(self._select(statement, parameters)[0][0] or 0)

    def _select(self, statement: Composed, parameters: Sequence[int | str]) -> list[Any]:
        with guarded(self._place), self._connection.cursor(binary=True) as cursor:
            return cursor.execute(statement, parameters).fetchall()

    def _writable(self) -> JournalRecorder:
        if self._recorder is None:
            raise JournalUnwritable(
                "the journal was opened for reading only",
                where=self._place.name,
                hint="this is a mistake in Aurora: a command that writes must open the journal for writing",
            )
        return self._recorder


def open_postgres(url: str, *, create: bool, writable: bool, env: Mapping[str, str]) -> PostgresJournal:
    """The journal at ``url``. ``create`` makes its table when it is missing."""
    refuse_unsafe(env)
    place = Place(url)
    with guarded(place):
        connection = psycopg.connect(**place.parameters, autocommit=True)
    try:
        recorder = recorder_for(place) if create or writable else None
        if create and recorder is not None:
            with guarded(place):
                recorder.create_table()
        check_schema(connection, place)
    except BaseException:
        connection.close()
        raise
    if recorder is not None and not writable:
        recorder.datastore.close()
        recorder = None
    return PostgresJournal(place, connection, recorder)


def recorder_for(place: Place) -> JournalRecorder:
    """Built directly, not by a factory: a factory would listen to environment variables."""
    datastore = PostgresDatastore(
        dbname="",
        host="",
        port="",
        user="",
        password="",
        schema=place.schema,
        lock_timeout=LOCK_SECONDS,
        connect_timeout=CONNECT_SECONDS,
        originator_id_type="text",
    )
    # Everything libpq understands, not only the five that the datastore knows (sslmode, sockets, ...).
    datastore.pool.kwargs = {**place.parameters, "row_factory": dict_row}
    try:
        with guarded(place):
            return JournalRecorder(datastore, place)
    except BaseException:
        datastore.close()
        raise
