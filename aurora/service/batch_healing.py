"""``batch verify``: look at everything, and with ``--heal`` cut out what is damaged and compute it again."""

from __future__ import annotations

from aurora.service.batch_desk import Progress, Request
from aurora.service.batch_planning import one_batch
from aurora.service.batch_verifying import (
    ArtifactReport,
    heal,
    record_damage,
    record_healing,
    verify_batch,
)
from aurora.service.batching import run_batch
from aurora.service.workspace import Workspace


def verified_batch(workspace: Workspace, prefix: str, at: str | None = None) -> ArtifactReport:
    """What is wrong with a batch and its snapshot, of all that the log named now or then. Changes nothing."""
    found, _ = verify_batch(workspace, prefix, at)
    ok = not found.missing and not found.corrupt
    return ArtifactReport(ok, found.checked, tuple(found.missing), tuple(found.corrupt), (), 0)


def healed_batch(workspace: Workspace, prefix: str, jobs: int, progress: Progress) -> ArtifactReport:
    """Put right what can be: outputs are computed again; files come back when their folder is taken again."""
    row = one_batch(workspace, prefix)
    before, _ = verify_batch(workspace, row.id)
    record_damage(workspace, before)
    retried, _ = heal(workspace, [row])
    if retried:
        run_batch(workspace, row.id, Request(jobs), progress, resumed=True)
        workspace.views.advance(workspace.journal)
    after, _ = verify_batch(workspace, row.id)
    healed = record_healing(workspace, before, after, "batch verify --heal")
    ok = not after.missing and not after.corrupt
    return ArtifactReport(ok, after.checked, tuple(after.missing), tuple(after.corrupt), healed, retried)
