"""``aurora status``: where the workspace stands, and what to do next. Imports nothing heavy."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from aurora.service.reading import read
from aurora.service.recording import Scan, scan
from aurora.service.workspace import Workspace
from aurora_projections import queries


class Status(msgspec.Struct, frozen=True):
    """Counts and changes; ``next`` names the commands that a person would most likely want now.

    ``head`` is null when there is no ledger, and "" for an earlier moment. ``unfinished`` are ids of batches, newest
    first; ``damaged`` counts the artifacts that were found missing or corrupt, and are not healed.
    """

    workspace: str
    library: str
    position: int
    events: int
    head: str | None
    specs: int
    changed: tuple[dict[str, str], ...]
    unreadable: tuple[str, ...]
    waiting: int
    active: int
    last_run: dict[str, object] | None
    next: tuple[str, ...]
    snapshots: int = 0
    batches: int = 0
    unfinished: tuple[str, ...] = ()
    damaged: int = 0


def status(workspace: Workspace, at: str | None = None) -> Status:
    """Read the views and, for now, the spec files. Records nothing. Raises as ``reading.read`` for a bad ``at``."""
    reading = read(workspace, at)
    connection = reading.connection
    seen = scan(workspace) if at is None else Scan((), (), ())
    changed = tuple({"kind": each.kind, "name": each.name, "path": each.path} for each in seen.changes)
    counts = Counter(item.status for item in queries.review_items(connection))
    runs = queries.runs(connection, 1)
    batches = queries.batches(connection)
    unfinished = tuple(batch.id for batch in batches if batch.state == "running")
    waiting = counts["candidate"]
    return Status(
        workspace=workspace.created.id,
        library=workspace.library,
        position=reading.position,
        events=queries.event_count(connection),
        head=head_of(workspace.paths.repo) if at is None else "",
        specs=len(queries.specs(connection)),
        changed=changed,
        unreadable=tuple(diagnostic.where for diagnostic in seen.diagnostics),
        waiting=waiting,
        active=counts["active"],
        last_run=msgspec.to_builtins(runs[0]) if runs else None,
        next=_next(bool(changed), waiting, bool(runs), unfinished) if at is None else (),
        snapshots=len(queries.snapshots(connection)),
        batches=len(batches),
        unfinished=unfinished,
        damaged=len(queries.damage(connection)),
    )


def head_of(repo: Path) -> str | None:
    """The commit of ``main``, read as Git stores it: loose first, then packed. None when there is none."""
    loose = repo / ".git" / "refs" / "heads" / "main"
    if loose.is_file():
        return loose.read_text(encoding="ascii").strip()
    packed = repo / ".git" / "packed-refs"
    if packed.is_file():
        for line in packed.read_text(encoding="utf-8").splitlines():
            if line.endswith(" refs/heads/main"):
                return line.split(" ", 1)[0]
    return None


def _next(changed: bool, waiting: int, ran: bool, unfinished: tuple[str, ...]) -> tuple[str, ...]:
    hints = []
    if changed or not ran:
        hints.append("aurora synth")
    if waiting:
        hints.append("aurora review next")
    if unfinished:
        hints.append(f"aurora batch run --batch {unfinished[0]}")
    return tuple(hints)
