"""``aurora doctor``: is everything as it must be, and what cures it if not."""

from __future__ import annotations

import platform
import shutil
import sqlite3

import msgspec

from aurora.batch.trees import choosing
from aurora.sandbox import available
from aurora.service.replaying import Verification, verify_workspace
from aurora.service.workspace import Workspace
from aurora_projections import queries

LOW_DISK_BYTES = 512 * 1024 * 1024


class Finding(msgspec.Struct, frozen=True):
    """One check. ``level`` is ok, note (works, could be better) or broken."""

    name: str
    level: str
    detail: str
    cure: str = ""


def machine() -> list[Finding]:
    """What does not depend on a workspace: Python, SQLite, Git, the sandbox's layers."""
    findings = [
        Finding("python", "ok", platform.python_version()),
        Finding("sqlite", "ok", sqlite3.sqlite_version),
        _git(),
        _trees(),
    ]
    for layer in available():
        findings.append(Finding(f"sandbox {layer.name}", "ok" if layer.active else "note", layer.detail))
    return findings


def examine(workspace: Workspace) -> list[Finding]:
    """Journal, views, ledger, snapshots, batches and disk of a workspace."""
    result = verify_workspace(workspace)
    free = shutil.disk_usage(workspace.paths.root).free
    low = free < LOW_DISK_BYTES
    findings = [
        Finding("disk", "note" if low else "ok", f"{free // 2**20:,} MiB free", "make room" if low else ""),
        Finding(
            "journal",
            "broken" if result.corrupt else "ok",
            f"{result.events:,} events, position {result.position:,}, chain {result.chain[:12]}",
        ),
    ]
    for problem in result.corrupt:
        findings.append(Finding("journal", "broken", f"{problem.where}: {problem.message}", problem.hint))
    for view in result.views:
        cure = "" if view.ok else f"aurora project rebuild {view.name}"
        detail = f"sha256 {view.hash[:12]}" if view.ok else "is not what the log gives"
        findings.append(Finding(f"view {view.name}", "ok" if view.ok else "broken", detail, cure))
    findings += [_ledger(result), *_artifacts(workspace, result)]
    for problem in result.problems:
        findings.append(
            Finding(
                "integrity", "broken", f"[{problem.code}] {problem.where}: {problem.message}", problem.hint
            )
        )
    return findings


def _artifacts(workspace: Workspace, result: Verification) -> list[Finding]:
    """What the log names of snapshots and batches; nothing when it names none. What is corrupt is a problem already."""
    connection = workspace.views.connection
    snapshots, batches = queries.snapshots(connection), queries.batches(connection)
    if not snapshots:
        return []
    found = [
        Finding("artifacts", "broken", f"{name} is missing", "aurora snapshot take DIR, then: aurora doctor")
        for name in result.missing
    ]
    known = f"snapshots {len(snapshots)}, batches {len(batches)}"
    if not found and not any(problem.code == "ARTIFACT-002" for problem in result.problems):
        found.append(Finding("artifacts", "ok", f"{known}, all content is there"))
    running = [batch.id for batch in batches if batch.state == "running"]
    return found + [
        Finding("batch", "note", f"{batch} is not finished", f"aurora batch run --batch {batch}")
        for batch in running
    ]


def _git() -> Finding:
    if shutil.which("git"):
        return Finding("git", "ok", "installed (only people need it)")
    return Finding("git", "note", "not installed: Aurora does without, `git log` does not", "install git")


def _trees() -> Finding:
    known = choosing.here().split()
    if known:
        return Finding("grammars", "ok", f"{known[1]}, {len(known) - 2} languages")
    detail = "not installed: batches read languages other than Python as text only"
    return Finding("grammars", "note", detail, f"pip install '{choosing.EXTRA}'")


def _ledger(result: Verification) -> Finding:
    ledger = result.ledger
    if not ledger.ok:
        return Finding("ledger", "broken", f"head {(ledger.head or 'none')[:12]} is not what the log gives")
    if ledger.behind:
        return Finding(
            "ledger",
            "note",
            f"{ledger.behind} commits behind",
            "the next writing command, or: aurora project rebuild",
        )
    return Finding("ledger", "ok", f"{ledger.commits:,} commits, head {(ledger.head or 'none')[:12]}")
