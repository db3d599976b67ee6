"""``aurora snapshot``: folders frozen as Git trees."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aurora.cli.session import Session, command, group
from aurora.cli.text import count, table

app = group("Snapshots: folders frozen as Git trees, on which batches run")

Id = Annotated[str, typer.Argument(metavar="SNAPSHOT", help="id or the beginning of one")]


@command(app)
def take(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="the folder to freeze")],
    label: Annotated[
        str | None, typer.Option("--id", metavar="LABEL", help="its id (default: from its content)")
    ] = None,
) -> int:
    """Freeze a folder: every file that Git would take, by content"""
    from aurora.service.snapshotting import take_snapshot

    with session.workspace(writable=True) as workspace:
        workspace.check_ledger()
        report = take_snapshot(workspace, folder, label)
        workspace.publish()
    for each in report.warnings:
        session.note(f"warning[{each.code}]: {each.path!a}: {each.message}")
    if report.healed:
        session.note(f"{count(report.healed, 'damaged object')} cut out and stored again")
    session.emit(
        report,
        lambda: (
            f"{'took' if report.new else 'unchanged:'} snapshot {report.id}: "
            f"{count(report.files, 'file')}, {report.bytes:,} bytes, tree {report.tree[:12]}"
        ),
    )
    session.note(f"next: aurora batch run --snapshot {report.id} --pipeline full")
    return 0


@command(app, "list", reading=True)
def list_(session: Session) -> int:
    """List the snapshots, newest first"""
    from aurora.service.snapshot_queries import listing

    with session.workspace() as workspace:
        rows = listing(workspace, session.at)
    session.emit(
        rows,
        lambda: (
            table(
                ("snapshot", "files", "bytes", "tree", "taken", "source"),
                [
                    (row.id, f"{row.files:,}", f"{row.bytes:,}", row.tree[:12], row.at[:19], row.source)
                    for row in rows
                ],
            )
            or "no snapshots yet: aurora snapshot take DIR"
        ),
    )
    return 0


@command(app, reading=True)
def show(session: Session, snapshot: Id) -> int:
    """Show a snapshot: what it holds, and what was odd about it"""
    from aurora.service.snapshot_queries import detail

    with session.workspace() as workspace:
        found = detail(workspace, snapshot, session.at)
    lines = [
        f"snapshot {found.id} of {found.source}, taken {found.at[:19]} by {found.actor}",
        f"{count(found.files, 'file')}, {found.bytes:,} bytes",
        f"tree  {found.tree} ({found.object_format})",
        f"index {found.index}",
    ]
    lines += [f"warning[{each.code}]: {each.path!a}: {each.message}" for each in found.warnings]
    session.emit(found, lambda: "\n".join(lines))
    return 0


@command(app, reading=True)
def files(session: Session, snapshot: Id) -> int:
    """List the files of a snapshot, in the order of its index"""
    from aurora.service.snapshot_queries import files_of

    with session.workspace() as workspace:
        rows = files_of(workspace, snapshot, session.at)
    session.emit(
        rows,
        lambda: table(
            ("object", "size", "language", "path"),
            [(row.object[7:19], f"{row.size:,}", row.lang_hint or "", _shown(row.path)) for row in rows],
        ),
    )
    return 0


@command(app, reading=True)
def diff(session: Session, old: Id, new: Id) -> int:
    """Compare the files of two snapshots"""
    from aurora.service.snapshot_queries import difference

    with session.workspace() as workspace:
        found = difference(workspace, old, new, session.at)
    session.emit(
        found,
        lambda: (
            "\n".join(f"{each.change[0].upper()} {_shown(each.path)}" for each in found.files)
            or "no difference"
        ),
    )
    session.note(
        f"the text of it: git --git-dir {found.git} diff {found.old_tree[:12]} {found.new_tree[:12]}"
    )
    return 0


def _shown(path: str) -> str:
    """A path that cannot disturb a terminal."""
    return path if path.isprintable() else ascii(path)[1:-1]
