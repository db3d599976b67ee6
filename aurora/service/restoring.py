"""Bringing a lost journal back from the events that every commit carries."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from aurora.errors import IntegrityError, Refused
from aurora.journal.memory import MemoryJournal
from aurora.journal.opening import open_journal
from aurora.service.config import TEMPLATE
from aurora.service.creating import is_blank
from aurora.service.workspace import Caller, Paths, Workspace


class Restored(msgspec.Struct, frozen=True):
    """What came back: up to which position, the head then, and the spec files that were written."""

    position: int
    events: int
    head: str
    specs: tuple[str, ...]


def restore(root: Path, caller: Caller, source: Path | None) -> Restored:
    """Fill a missing (or still empty) journal from a clone of ``repo-state`` (default: the workspace's own).

    Raises ``Refused`` when there is a journal already, and before anything is written ``IntegrityError`` when the
    clone is damaged or the workspace's own ledger goes further than it.
    Afterwards views and ledger stand at the clone's head; events after it are not in the clone.
    """
    from aurora import ledger

    paths = Paths(root)
    if not caller.journal_location and _holds_events(paths.journal):
        raise Refused(
            "RESTORE-001",
            "there is a journal already; restoring never overwrites one",
            where=str(paths.journal),
            hint="move it away first if it is really to be replaced",
        )
    clone = ledger.read_clone(source or paths.repo)
    with MemoryJournal() as rehearsal:
        rehearsal.load(clone.rows)
        ledger.preflight(paths.repo, rehearsal, intent=paths.intent)
    root.mkdir(parents=True, exist_ok=True)
    paths.private.mkdir(exist_ok=True)
    if not paths.config.exists():
        paths.config.write_text(TEMPLATE, encoding="utf-8")
    # The views were folded from the journal that was lost, perhaps further than the clone goes.
    if paths.views.exists():
        shutil.rmtree(paths.views)
    # Specs before the journal: beside a journal, missing files would be removed specs.
    written = _write_specs(paths, clone.specs)
    location = caller.journal_location or paths.journal
    with open_journal(location, create=True, env=caller.environment) as journal:
        journal.load(clone.rows)
    with Workspace(root, caller, writable=True) as workspace:
        published = workspace.publish()
        return Restored(published.position, workspace.journal.count(), published.head, written)


def _write_specs(paths: Paths, specs: Mapping[str, str]) -> tuple[str, ...]:
    """Bring the spec files back, all or none, if there are none; the paths written."""
    from aurora.ledger import checked_path

    if any(paths.specs.glob("*")):
        return ()
    draft = paths.private / "specs.new"
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir()
    for path, text in specs.items():
        target = draft / checked_path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    if paths.specs.exists():
        paths.specs.rmdir()
    draft.rename(paths.specs)
    return tuple(specs)


def _holds_events(path: Path) -> bool:
    """Whether there is a journal to lose; a damaged one may hold events that can still be read."""
    try:
        return path.exists() and not is_blank(path)
    except IntegrityError:
        return True
