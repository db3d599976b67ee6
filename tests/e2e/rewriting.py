"""A workspace whose log is another's with some events changed, as if they had been appended so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from aurora.journal.opening import open_journal
from aurora_events.base import Event
from aurora_events.codec import decode, digest, encode
from aurora_events.record import StoredRow


def rewrite(root: Path, change: Callable[[Event], Event]) -> None:
    """Replace the journal by one with changed events; views and ledger are those that it gives."""
    path = root / ".aurora" / "journal.db"
    with open_journal(path, writable=False) as journal:
        rows = [_changed(row, change) for row in journal.rows()]
    shutil.rmtree(root / ".aurora")
    shutil.rmtree(root / "repo-state")
    path.parent.mkdir()
    with open_journal(path, create=True) as journal:
        journal.load(rows)


def _changed(row: StoredRow, change: Callable[[Event], Event]) -> StoredRow:
    event = decode(row.state)
    after = change(event)
    if after == event:
        return row
    state = encode(after)
    return row._replace(state=state, digest=digest(state))


def stored(root: Path) -> list[StoredRow]:
    """The rows of a journal."""
    with open_journal(root / ".aurora" / "journal.db", writable=False) as journal:
        return journal.rows()
