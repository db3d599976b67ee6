"""``aurora spec``: what was asked for, and how it changed."""

from __future__ import annotations

from typing import Annotated

import typer

from aurora.cli.completion import specs
from aurora.cli.session import Session, command, group
from aurora.cli.text import count, table

app = group("Specs: Markdown files in specs/ that say what functions must do")

Name = Annotated[str, typer.Argument(metavar="SPEC", help="name or file", autocompletion=specs)]
Names = Annotated[list[str] | None, typer.Argument(metavar="[SPEC]...", autocompletion=specs)]


@command(app, "list", reading=True)
def list_(session: Session) -> int:
    """List the recorded specs, and the files that changed since"""
    from aurora.service.spec_queries import overview

    with session.workspace() as workspace:
        rows = overview(workspace, session.at)
    session.emit(
        rows,
        lambda: (
            table(
                ("spec", "file", "hash", "versions", "state"),
                [(row.name, row.path, row.spec_hash[:12], row.version, row.state) for row in rows],
            )
            or "no specs yet: write one in specs/, then: aurora synth"
        ),
    )
    return 0


@command(app, reading=True)
def show(session: Session, name: Name) -> int:
    """Show a recorded spec and what Aurora reads in it"""
    from aurora.service.spec_queries import detail

    with session.workspace() as workspace:
        found = detail(workspace, name, session.at)
    session.emit(found, lambda: found.text.rstrip() + "\n\n" + "\n".join(found.reading))
    return 0


@command(app)
def check(session: Session, names: Names = None) -> int:
    """Read the spec files and report every error at its line; record nothing"""
    from msgspec.structs import asdict

    from aurora.service.spec_queries import check as check_files
    from aurora.specs.codes import shown

    with session.workspace() as workspace:
        diagnostics, files = check_files(workspace, tuple(names or ()))
    session.emit(
        {"files": files, "diagnostics": [asdict(each) for each in diagnostics]},
        lambda: "\n".join(map(shown, diagnostics)) or f"{count(files, 'spec')} fine",
    )
    return 2 if any(d.code < "SPEC-1" for d in diagnostics) else 1 if diagnostics else 0


@command(app)
def record(session: Session) -> int:
    """Record the spec files that changed, without searching"""
    from msgspec.structs import asdict

    from aurora.service.recording import record as record_changes

    with session.workspace(writable=True) as workspace:
        workspace.check_ledger()
        seen = record_changes(workspace)
        head = workspace.publish().head
    changes = [{"kind": change.kind, "name": change.name, "path": change.path} for change in seen.changes]
    session.emit(
        {
            "changes": changes,
            "diagnostics": [asdict(each) for each in seen.diagnostics],
            "commit": head,
        },
        lambda: (
            "\n".join(
                [f"{change['kind']} {change['name']}" for change in changes]
                + [f"error[{each.code}]: {each.where}: {each.message}" for each in seen.diagnostics]
            )
            or "nothing changed"
        ),
    )
    return 2 if seen.diagnostics else 0


@command(app, reading=True)
def history(session: Session, name: Name) -> int:
    """Show how a spec changed, version by version"""
    from aurora.service.spec_queries import versions

    with session.workspace() as workspace:
        found = versions(workspace, name, session.at)
    session.emit(found, lambda: "\n".join(each.text for each in found))
    return 0


@command(app)
def answer(
    session: Session,
    name: Name,
    example: Annotated[str, typer.Argument(metavar="EXAMPLE", help="such as 'gcd(12, 18) -> 6'")],
) -> int:
    """Append an example to a spec and record it: the answer to a distinguishing input"""
    from aurora.service.answering import answer as append

    with session.workspace(writable=True) as workspace:
        workspace.check_ledger()
        path = append(workspace, name, example)
        head = workspace.publish().head
    session.emit(
        {"spec": name, "path": path, "example": example, "commit": head},
        lambda: f"added to {path}: {example}\nnext: aurora synth {name}",
    )
    return 0
