"""Bringing a lost journal back from the events that every commit carries."""

from __future__ import annotations

from pathlib import Path

import msgspec

from aurora.errors import Refused
from aurora.journal.opening import open_journal
from aurora.service.config import TEMPLATE
from aurora.service.replaying import write_specs
from aurora.service.workspace import Caller, Paths, Workspace


class Restored(msgspec.Struct, frozen=True):
    """What came back: up to which position, the head then, and the spec files that were written."""

    position: int
    events: int
    head: str
    specs: tuple[str, ...]


def restore(root: Path, caller: Caller, source: Path | None) -> Restored:
    """Fill a missing journal from a clone of ``repo-state`` (default: the workspace's own).

    Raises ``Refused`` when there is a journal already, and the ledger's errors when the clone is damaged.
    Afterwards views and ledger stand at the clone's head; events after it are not in the clone.
    """
    from aurora import ledger

    paths = Paths(root)
    if paths.journal.exists() and not caller.journal_location:
        raise Refused(
            "RESTORE-001",
            "there is a journal already; restoring never overwrites one",
            where=str(paths.journal),
            hint="move it away first if it is really to be replaced",
        )
    clone = ledger.read_clone(source or paths.repo)
    root.mkdir(parents=True, exist_ok=True)
    paths.private.mkdir(exist_ok=True)
    if not paths.config.exists():
        paths.config.write_text(TEMPLATE, encoding="utf-8")
    location = caller.journal_location or paths.journal
    with open_journal(location, create=True, env=caller.environment) as journal:
        journal.load(clone.rows)
    with Workspace(root, caller, writable=True) as workspace:
        written = write_specs(workspace) if not any(paths.specs.glob("*")) else []
        published = workspace.publish()
        return Restored(published.position, workspace.journal.count(), published.head, tuple(written))
