"""What happens to a workspace as a whole."""

from __future__ import annotations

from aurora_events.base import Event, File

STREAM = "workspace"


class WorkspaceCreated(Event, frozen=True, tag="workspace.created"):
    """Position 1 of every journal. ``files`` are the ledger's first files (README, the empty library package)."""

    id: str
    ledger_format: int
    library_name: str
    files: tuple[File, ...] = ()
