"""``aurora init``: a new workspace, without overwriting anything that a person has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aurora.errors import InvalidInput
from aurora.journal.opening import open_journal
from aurora.review.library import initial_files
from aurora.service.config import TEMPLATE
from aurora.service.workspace import Caller, Paths, Workspace
from aurora_events.record import Entry
from aurora_events.workspace import STREAM, WorkspaceCreated

LEDGER_FORMAT: Final = 1
IGNORED: Final = (
    "# Aurora's own: journal and views, and the ledger (a Git repository of its own)\n.aurora/\nrepo-state/\n"
)


def create(root: Path, caller: Caller, *, library: str, samples: Sequence[tuple[str, str]]) -> None:
    """Make a workspace: settings, sample specs (path, text), journal with event 1, views, first commit.

    Never overwrites: existing specs and settings stay. Raises ``InvalidInput`` when there is a workspace already or
    ``library`` is not an importable name.
    """
    paths = Paths(root)
    _require_room(paths, library)
    _write_files(paths, samples)
    event = WorkspaceCreated(
        caller.clock(),
        caller.actor,
        caller.cause,
        id=caller.new_id(),
        ledger_format=LEDGER_FORMAT,
        library_name=library,
        files=initial_files(library),
    )
    location = caller.journal_location or paths.journal
    with open_journal(location, create=True, env=caller.environment) as journal:
        journal.append([Entry(STREAM, 1, event)])
    with Workspace(root, caller, writable=True) as workspace:
        workspace.publish()


def is_blank(path: Path) -> bool:
    """Whether a journal has no event: a killed ``init`` or ``restore`` left it. Raises ``IntegrityError``."""
    with open_journal(path, writable=False) as journal:
        return journal.position() == 0


def _require_room(paths: Paths, library: str) -> None:
    if paths.journal.exists() and not is_blank(paths.journal):
        raise InvalidInput(
            "WORKSPACE-004", "there is a workspace here already", where=str(paths.root), hint="aurora status"
        )
    if not library.isidentifier() or library.startswith("_"):
        raise InvalidInput(
            "WORKSPACE-005", f"'{library}' is not an importable name", hint="--library my_functions"
        )
    if paths.repo.exists():
        raise InvalidInput(
            "WORKSPACE-004", "there is a ledger here already", where=str(paths.repo), hint="aurora restore"
        )


def _write_files(paths: Paths, samples: Sequence[tuple[str, str]]) -> None:
    paths.root.mkdir(parents=True, exist_ok=True)
    paths.private.mkdir(exist_ok=True)
    if not paths.config.exists():
        paths.config.write_text(TEMPLATE, encoding="utf-8")
    ignored = paths.root / ".gitignore"
    if not ignored.exists():  # the workspace may lie in a repository of the person's own
        ignored.write_text(IGNORED, encoding="utf-8")
    if not paths.specs.exists():
        for name, text in samples:
            target = paths.specs / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        paths.specs.mkdir(exist_ok=True)
