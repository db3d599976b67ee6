"""``aurora review``: a person's decisions on what was found."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.completion import items
from aurora.cli.session import Session, command, group
from aurora.cli.text import indent, quoted, table
from aurora.errors import InvalidInput, Refused

if TYPE_CHECKING:
    from aurora.review.item import Item
    from aurora.service.workspace import Workspace
    from aurora_projections.review import ReviewItem

app = group("Review: nothing is trusted before a person promoted it")

Id = Annotated[str, typer.Argument(metavar="ITEM", help="id or the beginning of one", autocompletion=items)]
Reason = Annotated[str, typer.Option("--reason", "-m", metavar="WHY", help="why; others will read it")]


@command(app, "list", reading=True)
def list_(
    session: Session,
    status: Annotated[
        str | None, typer.Option("--status", metavar="S", help="candidate, active, superseded, invalid")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="decided items too")] = False,
) -> int:
    """List what waits for a decision"""
    from aurora.review.item import STATUSES
    from aurora.service.review_queries import listing

    if status is not None and status not in STATUSES:
        raise InvalidInput("REVIEW-001", f"no status '{status}'", hint=f"one of {', '.join(STATUSES)}")
    wanted = status or ("" if everything else "candidate")
    with session.workspace() as workspace:
        rows = listing(workspace, wanted, session.at)
    session.emit(
        rows,
        lambda: (
            table(
                ("id", "function", "spec", "status", "found", "by", "reason"),
                [
                    (row.id[:8], row.name, row.spec, row.status, row.result, row.reviewer, row.reason)
                    for row in rows
                ],
            )
            or "nothing waits"
        ),
    )
    return 0


@command(app, reading=True)
def show(session: Session, item: Id) -> int:
    """Show an item: code, evidence, examples, distinguishing inputs"""
    from aurora.service.review_queries import detail

    with session.workspace() as workspace:
        found = detail(workspace, item, session.at)
    session.emit(found.document, lambda: item_text(found.row, found.examples))
    return 0


@command(app, reading=True)
def diff(session: Session, item: Id) -> int:
    """Compare an item's code with the active function of the same name"""
    from aurora.service.review_queries import difference

    with session.workspace() as workspace:
        found = difference(workspace, item, session.at)
    session.emit(found, lambda: found.diff or "no difference")
    return 0


@command(app)
def promote(session: Session, item: Id, reason: Reason = "") -> int:
    """Make a candidate active: checked again, then moved into the library"""
    from aurora.service import reviewing

    with session.workspace(writable=True) as workspace:
        full = _begin(workspace, item)
        return _end(session, workspace, "promoted", lambda: reviewing.promote(workspace, full, reason))


@command(app)
def prove(session: Session, item: Id) -> int:
    """Ask CrossHair whether a candidate's conditions hold for all inputs; exit 1 when one is refuted"""
    from aurora.service import reviewing
    from aurora.service.rows import plain
    from aurora.synthesis.prove import is_proof

    with session.workspace(writable=True) as workspace:
        found = reviewing.prove(workspace, _begin(workspace, item))
        head = workspace.publish().head
    session.emit(
        {
            "id": found.id,
            "name": found.name,
            "verdict": found.verdict,
            "evidence": plain(found.checks),
            "commit": head,
        },
        lambda: (
            "\n".join(
                f"{check.name}: {check.detail}"
                for check in found.checks
                if is_proof(check) or check.passed < check.total
            )
            or f"{found.name}: no post-condition with variables, so there is nothing to prove"
        ),
    )
    return 0 if found.verdict == "passed" else 1


@command(app)
def reject(session: Session, item: Id, reason: Reason = "") -> int:
    """Refuse a candidate, with a reason"""
    from aurora.service import reviewing

    with session.workspace(writable=True) as workspace:
        full = _begin(workspace, item)
        return _end(session, workspace, "rejected", lambda: reviewing.reject(workspace, full, reason))


@command(app)
def invalidate(session: Session, item: Id, reason: Reason = "") -> int:
    """Withdraw an active function that turned out wrong"""
    from aurora.service import reviewing

    with session.workspace(writable=True) as workspace:
        full = _begin(workspace, item)
        return _end(session, workspace, "invalidated", lambda: reviewing.invalidate(workspace, full, reason))


@command(app)
def supersede(
    session: Session,
    item: Id,
    by: Annotated[str, typer.Option("--by", metavar="ITEM", help="the active item that takes its place")],
    reason: Reason = "",
) -> int:
    """Retire an active function in favour of another active one"""
    from aurora.service import reviewing
    from aurora.service.ids import one_item

    with session.workspace(writable=True) as workspace:
        full = _begin(workspace, item)
        other = one_item(workspace.views.connection, by).id
        return _end(
            session, workspace, "superseded", lambda: reviewing.supersede(workspace, full, other, reason)
        )


@command(app)
def edit(
    session: Session,
    item: Id,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="the new code, - for standard input (default: $EDITOR)"),
    ] = None,
    reason: Reason = "",
) -> int:
    """Change a candidate's code; its evidence is gathered again on promotion"""
    from aurora.cli.editing import edited
    from aurora.service import reviewing
    from aurora.service.review_state import load_item

    with session.workspace(writable=True) as workspace:
        full = _begin(workspace, item)
        source = edited(load_item(workspace, full).source, file)
        return _end(session, workspace, "edited", lambda: reviewing.edit(workspace, full, source, reason))


@command(app, "next")
def next_(session: Session) -> int:
    """Decide on what waits, one item after another, by single letters"""
    from aurora.service.review_queries import detail, listing

    with session.workspace(writable=True) as workspace:
        waiting = [row.id for row in listing(workspace, "candidate", None)]
        if session.json or not sys.stdin.isatty():
            first = detail(workspace, waiting[0], None) if waiting else None
            session.emit(
                first.document if first else None,
                lambda: item_text(first.row, first.examples) if first else "nothing waits",
            )
            return 0
        for number, item in enumerate(waiting, start=1):
            found = detail(workspace, item, None)
            print(f"\n[{number} of {len(waiting)}]\n{item_text(found.row, found.examples)}\n")
            answer = typer.prompt("(a) promote  (x) reject  (s) skip  (q) quit", default="s").strip().lower()
            if answer == "q":
                break
            if answer in ("a", "x"):
                _decide(session, workspace, item, promoting=answer == "a")
    return 0


def _decide(session: Session, workspace: Workspace, item: str, *, promoting: bool) -> None:
    """Ask for a reason and take one decision of ``review next``."""
    from aurora.service import reviewing

    reason = typer.prompt("reason", default="")
    workspace.check_ledger()
    if promoting:
        _end(session, workspace, "promoted", lambda: reviewing.promote(workspace, item, reason))
    else:
        _end(session, workspace, "rejected", lambda: reviewing.reject(workspace, item, reason))


def _begin(workspace: Workspace, prefix: str) -> str:
    """Check the ledger before anything is written; the full id."""
    from aurora.service.ids import one_item

    workspace.check_ledger()
    return one_item(workspace.views.connection, prefix).id


def _end(session: Session, workspace: Workspace, verb: str, decide: Callable[[], Item]) -> int:
    """Decide, publish, and say so."""
    try:
        item = decide()
    except Refused:
        workspace.publish()  # the evidence against the candidate
        raise
    head = workspace.publish().head
    session.emit(
        {"id": item.id, "name": item.name, "status": item.status, "commit": head},
        lambda: f"{verb} {item.name} ({item.id})\ncommit {head[:12]}",
    )
    return 0


def item_text(item: ReviewItem, examples: tuple[str, ...]) -> str:
    """An item for reading in a terminal."""
    lines = [
        f"{item.name}  {item.id}  {item.status}",
        f"spec {item.spec} ({item.spec_hash[:12]}), found {item.result} by run {item.run}",
    ]
    if item.note:
        lines.append(f"note: {item.note}")
    if item.reviewer and item.status != "candidate":
        lines.append(
            f"{item.status} by {item.reviewer} at {item.decided_at[:19]}: {item.reason or 'no reason given'}"
        )
    lines += ["", indent(item.source.rstrip()), "", "evidence"]
    for check in json.loads(item.evidence):
        detail = f"  {check['detail']}" if check["detail"] else ""
        lines.append(f"    {check['name']}: {check['passed']}/{check['total']}{detail}")
    lines += ["", "examples", *(f"    {example}" for example in examples)]
    for each in json.loads(item.distinguishing):
        lines += ["", f"another behaviour fits as well: what should {each['input']} be?"]
        lines += [f"    {answer}" for answer in each["outputs"]]
        example = quoted(f"{each['input']} -> ...")
        lines.append(f"    answer with: aurora spec answer {item.spec} {example}")
    return "\n".join(lines)
