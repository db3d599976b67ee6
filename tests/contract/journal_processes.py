"""What the processes of the concurrency tests do; a module of its own, so that children can import it."""

from __future__ import annotations

from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from journals import edited, entries

from aurora.journal.opening import open_journal
from aurora.journal.port import VersionConflict
from aurora_events.record import Entry

SHARED = "spec/shared"


def write(location: str, name: str, rounds: int, start: Event) -> None:
    """Append batches to a stream of one's own and, after looking again on conflict, to one that all share."""
    with open_journal(location) as journal:
        start.wait()
        for number in range(rounds):
            journal.append(entries(f"spec/{name}", number * 5 + 1, 5))
            while True:
                try:
                    journal.append([Entry(SHARED, journal.version(SHARED) + 1, edited(number, name))])
                    break
                except VersionConflict:
                    continue


def tail(location: str, start: Event, done: Event, result: Connection) -> None:
    """Follow the journal as a view does, and send what was seen once the writers are done."""
    seen: list[tuple[int, str, int]] = []
    after = 0
    with open_journal(location, writable=False) as journal:
        start.wait()
        while True:
            finished = done.is_set()
            page = journal.scan(after, 100)
            if page:
                seen += [(item.position, item.stream, item.version) for item in page]
                after = page[-1].position
            elif finished:
                break
    result.send(seen)


def append_for_ever(location: str, batch: int, acknowledged: Connection) -> None:
    """Append one batch after the other and say so after each, until killed."""
    with open_journal(location) as journal:
        version = journal.version("spec/add")
        while True:
            journal.append(entries("spec/add", version + 1, batch))
            version += batch
            acknowledged.send(version)


def make(location: str, name: str, start: Event) -> None:
    """Make the journal at the same moment as others, then append."""
    start.wait()
    with open_journal(location, create=True) as journal:
        journal.append(entries(f"spec/{name}", 1, 1))
