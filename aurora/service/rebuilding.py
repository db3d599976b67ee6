"""``aurora project rebuild``: all tables from events alone, and the ledger with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from aurora.journal.port import JournalCorrupt
from aurora.journal.verify import verify
from aurora.service.unpublished import check_unpublished
from aurora.service.workspace import Workspace
from aurora_projections.base import ViewReport
from aurora_projections.views import Views


def rebuild(workspace: Workspace, names: Sequence[str] | None) -> list[ViewReport]:
    """Fold the named views (default: all) anew and let the ledger catch up, whatever state the views are in.

    Raises ``IntegrityError`` before anything is replaced when the journal is not the one that the ledger, or the
    audit view for what is not published yet, knows.
    """
    from aurora import ledger

    journal = workspace.journal
    if corrupt := verify(journal).corrupt:
        raise JournalCorrupt(
            f"position {corrupt[0].position} of the journal is damaged: {corrupt[0].what}",
            where=str(workspace.paths.journal),
            position=corrupt[0].position,
        )
    vouched = ledger.preflight(workspace.paths.repo, journal, intent=workspace.paths.intent)
    with Views.open(workspace.paths.views) as views:
        try:
            check_unpublished(journal, views.connection, vouched)
        except sqlite3.Error:
            pass  # damaged or empty views remember nothing; they are what is to be made again
        reports = views.rebuild(journal, names or None)
    if names is None or not names:
        _rebuild_indexes(workspace)
    workspace.publish()
    return reports


def _rebuild_indexes(workspace: Workspace) -> None:
    """The table of places and the index of outputs, from the artifact store: they hold nothing that it does not."""
    from aurora.service.batch_store import learn_from_refs

    store = workspace.artifacts
    for name in ("artifacts.db", "outputs.db"):
        for suffix in ("", "-wal", "-shm"):
            (workspace.paths.views / f"{name}{suffix}").unlink(missing_ok=True)
    if store.exists():
        learn_from_refs(store)
