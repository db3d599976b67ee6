"""What the journal tests share: places where a journal can live, and small events to put into it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from aurora.journal.memory import MemoryJournal
from aurora.journal.opening import open_journal
from aurora.journal.port import Journal
from aurora_events.record import Entry
from aurora_events.specs import SpecEdited


class Home(Protocol):
    """A place that holds one journal and can be opened again."""

    def open(self) -> Journal: ...


class MemoryHome:
    def __init__(self) -> None:
        self._journal = MemoryJournal()

    def open(self) -> Journal:
        return self._journal


class LocatedHome:
    def __init__(self, location: str | Path) -> None:
        self.location = location

    def open(self) -> Journal:
        return open_journal(self.location, create=True)


@contextmanager
def postgres_home() -> Iterator[LocatedHome]:
    """A schema of its own on the server that PGHOST, PGPORT, PGUSER, PGPASSWORD name."""
    import psycopg

    schema = f"journal_{uuid.uuid4().hex[:12]}"
    server = "postgresql://{PGUSER}:{PGPASSWORD}@{PGHOST}:{PGPORT}/{PGDATABASE}".format(
        **{"PGPORT": "5432", "PGDATABASE": "postgres", **os.environ}
    )
    try:
        yield LocatedHome(f"{server}?schema={schema}")
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


def edited(number: int, text: str = "text") -> SpecEdited:
    return SpecEdited(number, "human:ada", "c1", "add", "add.md", "hash", text)


def entries(stream: str, first: int, count: int) -> list[Entry]:
    """``count`` consecutive entries of a stream, starting at version ``first``."""
    return [Entry(stream, version, edited(version)) for version in range(first, first + count)]
