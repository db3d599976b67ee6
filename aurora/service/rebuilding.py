"""``aurora project rebuild``: all tables from events alone, and the ledger with them."""

from __future__ import annotations

from collections.abc import Sequence

from aurora.service.workspace import Workspace
from aurora_projections.base import ViewReport
from aurora_projections.views import Views


def rebuild(workspace: Workspace, names: Sequence[str] | None) -> list[ViewReport]:
    """Fold the named views (default: all) anew and let the ledger catch up, whatever state the views are in."""
    with Views.open(workspace.paths.views) as views:
        reports = views.rebuild(workspace.journal, names or None)
    workspace.check_ledger()
    workspace.publish()
    return reports
