"""Events that no commit vouches for yet: are they what was appended?

Git notarises what is published. Between an append and the next commit the only other witness is the audit view,
which remembers each event's digest. An event that was altered before any view saw it leaves no trace.
"""

from __future__ import annotations

import sqlite3

from aurora.errors import IntegrityError
from aurora.journal.port import PAGE, Journal
from aurora_events.codec import TAGS, digest
from aurora_events.record import StoredRow
from aurora_events.runs import FrameWithheld
from aurora_projections import queries


class UnpublishedAltered(IntegrityError):
    """An event is not the one that was appended, and it was never published. Nothing was changed."""

    def __init__(self, position: int, where: str, message: str) -> None:
        super().__init__(
            "WORKSPACE-006",
            message,
            where=where,
            hint="to go back to what is published: move .aurora away, then aurora restore; to accept the journal as "
            "it is: remove .aurora/views, then aurora project rebuild",
        )
        self.position = position


def check_unpublished(journal: Journal, connection: sqlite3.Connection, vouched: int) -> None:
    """Compare every event after position ``vouched`` with its digest and with what the audit view remembers.

    Raises ``UnpublishedAltered`` for the first that differs.
    """
    # The view first: whatever it has seen by now must be in the journal when that is read afterwards.
    remembered = {row.position: row.digest for row in queries.audit_rows(connection, vouched)}
    after = vouched
    while page := journal.rows(after, PAGE):
        for row in page:
            _check(row, remembered.pop(row.position, None))
        after = page[-1].position
    gone = min(remembered, default=after)
    # What is missing at the end is a journal older than the views, which they report themselves.
    if gone < after:
        raise UnpublishedAltered(
            gone, f"position {gone}", "the event is gone, but the audit view remembers it"
        )


def _check(row: StoredRow, known: str | None) -> None:
    where = f"position {row.position}, stream {row.stream}"
    sound = isinstance(row.state, bytes) and isinstance(row.digest, bytes)  # a flipped byte can change a type
    if not sound or (row.tag != TAGS[FrameWithheld] and digest(row.state) != row.digest):
        raise UnpublishedAltered(
            row.position, where, "the event was altered: its bytes do not have the stored digest"
        )
    if known is not None and known != row.digest.hex():
        raise UnpublishedAltered(
            row.position, where, "the event was altered: the audit view remembers another one"
        )
