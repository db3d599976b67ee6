"""``aurora synth``: record what changed, run the searches, publish, report."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import msgspec

from aurora.service.planning import make_plan
from aurora.service.proving import open_prover
from aurora.service.recording import record, scan
from aurora.service.rows import Row, refused_file, standing
from aurora.service.running import Request, Run, Watcher
from aurora.service.sandboxing import open_sandboxes
from aurora.service.targets import select
from aurora.service.workspace import Workspace
from aurora.synthesis.engine import ValueSearch
from aurora.synthesis.prove import require_prover
from aurora_projections import queries


class Report(msgspec.Struct, frozen=True):
    """The result document of a run; ``run`` is null when there was nothing to search, or with ``--dry-run``."""

    run: str | None
    position: int
    commit: str | None
    functions: tuple[Row, ...]
    stopped: str = ""

    @property
    def exit_code(self) -> int:
        """130 when a person stopped it, else 2 when a spec is invalid, else 1 when one is not solved, else 0."""
        results = {row.result for row in self.functions}
        if self.stopped:
            return 130
        if "invalid" in results:
            return 2
        return 1 if results - {"solved"} else 0


def synthesize(workspace: Workspace, request: Request, watcher: Watcher, stop: threading.Event) -> Report:
    """Run a synthesis and publish it. With ``dry_run`` search only: nothing is recorded, queued or published.

    Raises ``NotFound`` for an unknown spec name, ``ProverMissing`` without CrossHair when proofs are asked for, and the
    errors of the ledger, before anything is written.
    """
    if request.prove:
        require_prover()
    if not request.dry_run:
        workspace.check_ledger()
    seen = scan(workspace) if request.dry_run else record(workspace)
    connection = workspace.views.connection
    settled = set() if request.specs else queries.settled(connection, ValueSearch.version)
    targets, blocked = select(seen, request.specs, settled)
    rows = tuple(map(refused_file, blocked)) + standing(connection, seen, settled)
    run_id = None
    stopped = ""
    if targets:
        plan = make_plan(workspace.views, targets, request.use)
        with ExitStack() as opened:
            sandboxes = opened.enter_context(open_sandboxes(workspace))
            prover = opened.enter_context(open_prover(workspace, stop)) if request.prove else None
            run = Run(workspace, request, watcher, stop, sandboxes, targets, plan, prover)
            rows += run.execute()
        run_id, stopped = run.id, run.stopped
    if request.dry_run:
        return Report(None, workspace.journal.position(), None, rows, stopped)
    head = workspace.publish().head
    return Report(run_id, workspace.journal.position(), head, rows, stopped)
