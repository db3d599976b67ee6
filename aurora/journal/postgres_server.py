"""A PostgreSQL server as the place of a journal: its address, its settings, what its errors mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, LiteralString
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import psycopg
from eventsourcing.persistence import OperationalError, PersistenceError
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Composed, Identifier

from aurora.journal.port import (
    JournalBusy,
    JournalCorrupt,
    JournalMissing,
    JournalUnusable,
    JournalUnwritable,
)
from aurora.journal.store import StaleVersion

TABLE: Final = "stored_events"
COLUMNS: Final = (
    "notification_id",
    "originator_id",
    "originator_version",
    "topic",
    "state",
    "digest",
)
CONNECT_SECONDS: Final = 10
LOCK_SECONDS: Final = 30
UNSAFE: Final = "POSTGRES_ENABLE_DB_FUNCTIONS"
_OFF: Final = frozenset({"", "0", "n", "no", "f", "false", "off"})


class Place:
    """Where a journal lives: libpq's parameters, the schema (``?schema=NAME``), a name without password."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        self.schema = options.pop("schema", "public")
        try:
            parsed = conninfo_to_dict(urlunsplit(parts._replace(query=urlencode(options))))
        except psycopg.ProgrammingError as error:
            raise JournalUnusable(
                f"this is not a PostgreSQL URL: {error}".strip(),
                where="AURORA_JOURNAL",
                hint="write postgresql://user:password@host:port/database (and ?schema=NAME if not public)",
            ) from error
        self.parameters: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **parsed}
        self.name = f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}?schema={self.schema}"

    def sql(self, statement: LiteralString) -> Composed:
        """A statement on the table of events, written ``{table}``."""
        return SQL(statement).format(table=Identifier(self.schema, TABLE))


def refuse_unsafe(env: Mapping[str, str]) -> None:
    """With server functions eventsourcing inserts without the table lock, and tailing readers miss events."""
    if env.get(UNSAFE, "").strip().lower() not in _OFF:
        raise JournalUnusable(
            f"{UNSAFE} is set: eventsourcing would then insert without the table lock, and views lose events",
            where="environment",
            hint=f"unset {UNSAFE}",
        )


def check_schema(connection: psycopg.Connection, place: Place) -> None:
    with guarded(place):
        found = connection.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position",
            (place.schema, TABLE),
        ).fetchall()
    names = tuple(name for (name,) in found)
    if not names:
        raise JournalMissing(place.name)
    if names != COLUMNS:
        raise JournalCorrupt(f"its table {TABLE} has columns {', '.join(names)}", where=place.name)


@contextmanager
def guarded(place: Place) -> Iterator[None]:
    """Errors of psycopg and eventsourcing, met here, in words that say what to do."""
    try:
        yield
    except StaleVersion as error:
        raise error.conflict from None
    except (psycopg.Error, PersistenceError) as error:
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        if isinstance(cause, psycopg.errors.DiskFull):
            raise JournalUnwritable(
                "the server's disk is full; nothing was written or lost",
                where=place.name,
                hint="free some space on the server, then run again",
            ) from error
        if isinstance(cause, psycopg.errors.InsufficientPrivilege):
            raise JournalUnwritable(
                f"the server does not allow it: {str(cause).strip()}",
                where=place.name,
                hint="ask for the right to read and write the schema",
            ) from error
        if isinstance(cause, psycopg.IntegrityError):
            raise JournalCorrupt(
                f"these rows do not form a journal: {str(cause).strip()}", where=place.name
            ) from error
        if isinstance(error, OperationalError | psycopg.OperationalError):
            raise JournalBusy(f"the server did not do it: {str(error).strip()}", where=place.name) from error
        raise JournalCorrupt(f"this is no journal: {str(error).strip()}", where=place.name) from error
