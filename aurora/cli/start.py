"""``aurora init``, ``demo``, ``status``, ``doctor``, ``restore``: beginning, and knowing where one stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.session import Session, command
from aurora.cli.text import count, near, table

if TYPE_CHECKING:
    from aurora.service.doctor import Finding
    from aurora.service.status import Status

Library = Annotated[
    str, typer.Option("--library", metavar="NAME", help="import name of the promoted functions")
]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    command(app)(init)
    command(app)(demo)
    command(app, reading=True)(status)
    command(app)(doctor)
    command(app)(restore)


def init(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="where (default: here)")] = Path(),
    library: Library = "aurora_library",
    empty: Annotated[bool, typer.Option("--empty", help="without the sample specs")] = False,
) -> int:
    """Make a workspace: settings, sample specs, journal, ledger"""
    from aurora.service.creating import create
    from aurora.service.samples import samples

    root = (session.start / folder).resolve()
    create(root, session.caller(), library=library, samples=() if empty else samples())
    place = near(root, Path.cwd())
    step = "" if root == Path.cwd() else f"cd {place} && "
    session.emit(
        {"root": str(root), "library": library},
        lambda: f"made a workspace in {place}\nnext: {step}aurora synth",
    )
    return 0


def demo(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="a new folder")] = Path("aurora-demo"),
) -> int:
    """Show the main job: sample specs, search, review queue, commit, verification"""
    from aurora.cli.demonstration import demonstrate

    return demonstrate(session, (session.start / folder).resolve())


def status(session: Session) -> int:
    """Show where the workspace stands and what to do next"""
    from aurora.service.status import status as read_status

    with session.workspace() as workspace:
        found = read_status(workspace, session.at)
    session.emit(found, lambda: _status_text(found))
    return 0


def doctor(session: Session) -> int:
    """Check the machine and the whole workspace, and say what cures what is wrong"""
    from aurora.service import doctor as examination
    from aurora.service.workspace import WorkspaceNotFound

    findings = examination.machine()
    try:
        with session.workspace() as workspace:
            findings += examination.examine(workspace)
    except WorkspaceNotFound as absent:
        findings.append(examination.Finding("workspace", "note", absent.message, absent.hint))
    broken = any(finding.level == "broken" for finding in findings)
    session.emit({"ok": not broken, "findings": findings}, lambda: _findings_text(findings, broken))
    return 5 if broken else 0


def restore(
    session: Session,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="CLONE", help="a clone of repo-state (default: the workspace's)"),
    ] = None,
) -> int:
    """Bring a lost journal back from the events in a clone of repo-state"""
    from aurora.service.restoring import restore as bring_back
    from aurora.service.workspace import WorkspaceNotFound, find_root

    try:
        root = find_root(session.start)
    except WorkspaceNotFound:
        if source is None:
            raise
        root = session.start.resolve()
    done = bring_back(root, session.caller(), source)
    session.emit(
        done,
        lambda: (
            f"restored {count(done.events, 'event')} up to position {done.position}; head {done.head[:12]}\n"
            "events after that commit were not in the clone\nnext: aurora replay --verify"
        ),
    )
    return 0


def _status_text(found: Status) -> str:
    lines = [
        f"workspace {found.workspace}, library {found.library}",
        f"log       {count(found.events, 'event')}, position {found.position:,}",
        *([] if found.head == "" else [f"ledger    {_head(found.head)}"]),
        f"specs     {found.specs} recorded, {len(found.changed)} changed since",
        f"review    {found.waiting} waiting, {found.active} active",
    ]
    if found.snapshots:
        unfinished = f", {len(found.unfinished)} unfinished" if found.unfinished else ""
        lines.append(
            f"code      {count(found.snapshots, 'snapshot')}, {count(found.batches, 'batch')}{unfinished}"
        )
    if found.damaged:
        lines.append(f"DAMAGED   {count(found.damaged, 'artifact')} (aurora doctor)")
    if found.last_run:
        run = found.last_run
        state = f"{run['solved']} solved, {run['ambiguous']} ambiguous, {run['unsolved']} unsolved"
        lines.append(f"last run  {run['run']} {run['state']}: {state}")
    lines += [f"  {change['kind']:8} specs/{change['path']}" for change in found.changed[:20]]
    if len(found.changed) > 20:
        lines.append(f"  … and {len(found.changed) - 20} more")
    lines += [f"  unreadable {where}" for where in found.unreadable]
    if found.next:
        lines.append(f"next: {', then '.join(found.next)}")
    return "\n".join(lines)


def _head(head: str | None) -> str:
    return f"head {head[:12]}" if head else "no repo-state (aurora project rebuild)"


def _findings_text(findings: list[Finding], broken: bool) -> str:
    marks = {"ok": "ok", "note": "note", "broken": "BROKEN"}
    rows = [
        (marks[each.level], each.name, each.detail + (f"  → {each.cure}" if each.cure else ""))
        for each in findings
    ]
    return table(("", "check", "finding"), rows) + ("\nFAIL" if broken else "\nPASS")
