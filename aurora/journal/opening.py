"""Open a journal by its location: a path for SQLite, a URL for PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from aurora.journal.port import Journal, JournalUnusable

_NOTHING: Mapping[str, str] = MappingProxyType({})


def open_journal(
    location: str | Path, *, create: bool = False, writable: bool = True, env: Mapping[str, str] = _NOTHING
) -> Journal:
    """The journal at ``location``. ``create`` makes a missing one; without it nothing is ever created.

    ``env`` is the environment as the caller sees it; a setting in it that would lose events is refused.
    Databases are imported here, so that reading a SQLite journal loads neither eventsourcing nor psycopg.
    """
    if isinstance(location, str) and location.startswith(("postgresql://", "postgres://")):
        return _open_postgres(location, create=create, writable=writable, env=env)
    path = Path(location)
    if create:
        from aurora.journal.sqlite_file import make

        make(path)
    if not writable:
        from aurora.journal.reader import SqliteReader

        return SqliteReader(path)
    from aurora.journal.sqlite import SqliteJournal

    return SqliteJournal(path)


def _open_postgres(url: str, *, create: bool, writable: bool, env: Mapping[str, str]) -> Journal:
    try:
        from aurora.journal.postgres import open_postgres
    except ImportError as error:
        raise JournalUnusable(
            f"a journal on PostgreSQL needs psycopg, which is not installed ({error})",
            where="AURORA_JOURNAL",
            hint="pip install aurora-synth[postgres]",
        ) from error
    return open_postgres(url, create=create, writable=writable, env=env)
