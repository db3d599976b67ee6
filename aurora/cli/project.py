"""``aurora project``: fold the log onto its views, and Git with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.session import Session, command, group
from aurora.cli.text import table

if TYPE_CHECKING:
    from aurora_projections.base import ViewReport

app = group("The views: tables folded from the log, which can be deleted and come back the same")

Names = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="views (default: all)")]


@command(app, "list")
def list_(session: Session) -> int:
    """List the views and the events that they fold"""
    from aurora_events.codec import TAGS
    from aurora_projections.catalogue import PROJECTIONS

    rows = [
        {"name": each.name, "version": each.version, "handles": sorted(TAGS[kind] for kind in each.handles)}
        for each in PROJECTIONS
    ]
    session.emit(
        rows,
        lambda: table(
            ("view", "version", "folds"),
            [
                (each.name, each.version, ", ".join(sorted(TAGS[kind] for kind in each.handles)))
                for each in PROJECTIONS
            ],
        ),
    )
    return 0


@command(app, reading=True)
def status(session: Session) -> int:
    """Compare every view with a fresh fold of the log"""
    with session.workspace() as workspace:
        if session.at is None:
            return _show(session, workspace.views.check(workspace.journal))
        from aurora.service.reading import position_of
        from aurora_projections.views import Views

        with Views.in_memory(workspace.journal, position_of(workspace, session.at)) as views:
            return _show(session, views.check(workspace.journal))


@command(app)
def rebuild(
    session: Session,
    names: Names = None,
    check: Annotated[bool, typer.Option("--check", help="compare only, switch nothing")] = False,
) -> int:
    """Fold the views anew, and bring the ledger to the log's head"""
    from aurora.service.rebuilding import rebuild as fold_anew

    with session.workspace(writable=not check) as workspace:
        if check:
            reports = [
                each for each in workspace.views.check(workspace.journal) if not names or each.name in names
            ]
            return _show(session, reports)
        reports = fold_anew(workspace, names)
    _show(session, reports)
    return 0


def _show(session: Session, reports: list[ViewReport]) -> int:
    session.emit(
        reports,
        lambda: table(
            ("view", "version", "position", "rows", "sha256", "same"),
            [
                (
                    each.name,
                    each.version,
                    each.position,
                    each.rows,
                    each.hash[:12],
                    "yes" if each.same else "NO",
                )
                for each in reports
            ],
        ),
    )
    return 0 if all(each.same for each in reports) else 5
