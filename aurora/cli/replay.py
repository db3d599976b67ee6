"""``aurora replay``: verify that the log gives everything again, go back in time, search again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.session import Session, command
from aurora.cli.text import table
from aurora.errors import InvalidInput

if TYPE_CHECKING:
    from aurora.service.replaying import Verification
    from aurora.service.rerunning import Rerun


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    command(app)(replay)


def replay(
    session: Session,
    verify: Annotated[
        bool, typer.Option("--verify", help="compare log, views and Git; write nothing (default)")
    ] = False,
    to: Annotated[str | None, typer.Option("--to", metavar="WHEN", help="a position, time or commit")] = None,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="DIR", help="a new folder for the state at --to")
    ] = None,
    rerun: Annotated[
        str | None, typer.Option("--rerun", metavar="RUN", help="search a run again, compare attempts")
    ] = None,
) -> int:
    """Replay the log: verify it, bring an earlier state back elsewhere, or search a run again"""
    if (to is None) != (into is None) or (rerun and to) or (verify and (rerun or to)):
        raise InvalidInput("CLI-006", "choose --verify, or --to WHEN --into DIR, or --rerun RUN")
    if rerun:
        return _rerun(session, rerun)
    if to is not None and into is not None:
        return _into(session, to, into)
    return _verify(session)


def _verify(session: Session) -> int:
    from aurora.service.replaying import verify_workspace

    with session.workspace() as workspace:
        result = verify_workspace(workspace)
    session.emit(result, lambda: _verification_text(result))
    return 0 if result.ok else 5


def _into(session: Session, to: str, into: Path) -> int:
    from aurora.service.replaying import replay_into

    with session.workspace() as workspace:
        position = replay_into(workspace, to, into, session.caller())
    session.emit(
        {"position": position, "into": str(into)}, lambda: f"the state at position {position} is in {into}"
    )
    return 0


def _rerun(session: Session, prefix: str) -> int:
    from aurora.service.ids import one_run
    from aurora.service.rerunning import rerun

    with session.workspace() as workspace:
        result = rerun(workspace, one_run(workspace.views.connection, prefix).run)
    session.emit(result, lambda: _rerun_text(result))
    return 0 if result.ok else 5


def _verification_text(result: Verification) -> str:
    rows = [("journal", f"{result.events:,} events, chain {result.chain[:12]}", _mark(not result.corrupt))]
    rows += [(f"view {view.name}", f"sha256 {view.hash[:12]}", _mark(view.ok)) for view in result.views]
    ledger = result.ledger
    behind = f", {ledger.behind} behind" if ledger.behind else ""
    rows.append(
        (
            "ledger",
            f"head {(ledger.head or 'none')[:12]}, {ledger.commits:,} commits{behind}",
            _mark(ledger.ok),
        )
    )
    lines = [table(("what", "as replayed", ""), rows)]
    for problem in (*result.corrupt, *result.problems):
        lines += [f"{problem.code}: {problem.where}: {problem.message}", f"    help: {problem.hint}"]
    if differing := [view.name for view in result.views if not view.ok]:
        lines += [
            f"VIEWS-001: not what the log gives: {', '.join(differing)}",
            f"    help: aurora project rebuild {' '.join(differing)}",
        ]
    for name in result.missing:
        lines += [f"ARTIFACT-001: {name} is not in the artifact store"]
    if result.missing:
        lines.append("    help: aurora snapshot take DIR, then: aurora batch verify BATCH --heal")
    if result.withheld:
        lines.append(
            f"{result.withheld} attempt frames came back as digests only (aurora replay --rerun RUN checks them)"
        )
    lines.append("PASS" if result.ok else "FAIL")
    return "\n".join(lines)


def _rerun_text(result: Rerun) -> str:
    rows = [
        (each.name, each.spec, each.frames, each.attempts, "same" if each.same else each.difference)
        for each in result.functions
    ]
    body = (
        table(("function", "spec", "frames", "attempts", "compared"), rows)
        or "nothing was searched in this run"
    )
    return body + ("\nPASS" if result.ok else "\nFAIL")


def _mark(ok: bool) -> str:
    return "ok" if ok else "DIFFERS"
