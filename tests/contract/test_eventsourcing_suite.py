"""Our recorders pass the conformance suite that eventsourcing ships for every recorder.

The suite stores its own StoredEvents, with UUIDs and versions from 0; a thin adapter gives them digests, text
ids and versions from 1, and takes these off again.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent
from eventsourcing.tests.persistence import ApplicationRecorderTestCase
from journals import postgres_home

from aurora.journal import sqlite_file
from aurora.journal.sqlite import JournalDatastore, JournalRecorder
from aurora.journal.store import Row
from aurora_events.codec import digest


class Adapted(ApplicationRecorder):
    """A recorder of ours, spoken to in the suite's terms."""

    def __init__(self, recorder: ApplicationRecorder) -> None:
        self._recorder = recorder

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        rows: list[Any] = [
            Row(str(e.originator_id), e.originator_version + 1, e.topic, e.state, digest(e.state))
            for e in stored_events
        ]
        return self._recorder.insert_events(rows)

    def select_events(self, originator_id: UUID | str, **limits: Any) -> Sequence[StoredEvent]:
        found = self._recorder.select_events(str(originator_id), **limits)
        return [
            StoredEvent(UUID(str(e.originator_id)), e.originator_version - 1, e.topic, e.state) for e in found
        ]

    def select_notifications(self, *args: Any, **kwargs: Any) -> Sequence[Notification]:
        found = self._recorder.select_notifications(*args, **kwargs)
        return [
            replace(n, originator_id=UUID(str(n.originator_id)), originator_version=n.originator_version - 1)
            for n in found
        ]

    def max_notification_id(self) -> int | None:
        return self._recorder.max_notification_id()

    def subscribe(self, *args: Any, **kwargs: Any) -> Any:
        return self._recorder.subscribe(*args, **kwargs)


def let_readers_finish() -> None:
    """The suite stops its reading threads but does not wait for them; closing under them would crash SQLite."""
    for thread in threading.enumerate():
        if "read_continuously" in thread.name:
            thread.join()


class TestSqliteRecorder(ApplicationRecorderTestCase[ApplicationRecorder]):
    INITIAL_VERSION = 0

    def create_recorder(self) -> ApplicationRecorder:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name, "journal.db")
        sqlite_file.make(path)
        datastore = JournalDatastore(path)
        self.addCleanup(datastore.close)
        self.addCleanup(let_readers_finish)
        return Adapted(JournalRecorder(datastore))


@pytest.mark.postgres
class TestPostgresRecorder(ApplicationRecorderTestCase[ApplicationRecorder]):
    INITIAL_VERSION = 0

    def create_recorder(self) -> ApplicationRecorder:
        from aurora.journal.postgres import recorder_for
        from aurora.journal.postgres_server import Place

        home = self.enterContext(postgres_home())
        recorder = recorder_for(Place(str(home.location)))
        self.addCleanup(recorder.datastore.close)
        self.addCleanup(let_readers_finish)
        recorder.create_table()
        return Adapted(recorder)


del ApplicationRecorderTestCase  # or pytest would collect the abstract suite itself
