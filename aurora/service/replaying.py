"""Replay: check that the log gives every view and every commit again; bring back an earlier state elsewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from aurora.errors import AuroraError, InvalidInput
from aurora.journal.opening import open_journal
from aurora.journal.port import PAGE, Journal
from aurora.journal.verify import verify
from aurora.service.reading import position_of
from aurora.service.unpublished import check_unpublished
from aurora.service.view_errors import view_error
from aurora.service.workspace import Caller, Paths, Workspace
from aurora_events.record import StoredRow
from aurora_projections import queries
from aurora_projections.catalogue import PROJECTIONS
from aurora_projections.errors import ViewsError
from aurora_projections.views import Views

NAMES: Final = tuple(projection.name for projection in PROJECTIONS)


class ViewCheck(msgspec.Struct, frozen=True):
    """Whether a live view is what the log gives."""

    name: str
    hash: str
    ok: bool


class LedgerCheck(msgspec.Struct, frozen=True):
    """Whether the live head is what the log gives, or an ancestor of it (``behind`` commits to come)."""

    head: str | None
    replayed: str | None
    commits: int
    behind: int
    ok: bool


class Problem(msgspec.Struct, frozen=True):
    """Something that is not as it must be."""

    code: str
    where: str
    message: str
    hint: str


class Verification(msgspec.Struct, frozen=True):
    """The result of ``replay --verify``. ``withheld`` counts frames that a restore brought back as digests only.

    ``missing`` names artifacts of snapshots and batches that are not in the store.
    """

    ok: bool
    events: int
    position: int
    views: tuple[ViewCheck, ...]
    ledger: LedgerCheck
    missing: tuple[str, ...]
    corrupt: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    withheld: int
    chain: str


def verify_workspace(workspace: Workspace) -> Verification:
    """Compare journal, views and ledger with what the log says. Changes nothing but views that were behind."""
    from aurora import ledger

    journal = workspace.journal
    checked = verify(journal)
    corrupt = tuple(
        Problem(
            "JOURNAL-002",
            f"position {each.position}, stream {each.stream}",
            each.what,
            "move the journal away, then: aurora restore --from CLONE",
        )
        for each in checked.corrupt
    )
    views, problems = _check_views(workspace)
    report = ledger.examine(workspace.paths.repo, journal, intent=workspace.paths.intent)
    problems += [Problem(each.code, each.where, each.message, each.hint) for each in report.problems]
    if not corrupt and not problems:
        problems += _check_unpublished(workspace, report.head)
    missing, damaged = _check_artifacts(workspace)
    problems += damaged
    return Verification(
        ok=not corrupt and all(view.ok for view in views) and not problems and report.ok and not missing,
        events=checked.events,
        position=checked.position,
        views=tuple(views),
        ledger=LedgerCheck(
            report.head or None,
            report.replayed or None,
            report.commits,
            report.behind if report.ok else 0,
            report.ok,
        ),
        missing=missing,
        corrupt=corrupt,
        problems=tuple(problems),
        withheld=len(checked.withheld),
        chain=checked.chain.hex(),
    )


def _check_views(workspace: Workspace) -> tuple[list[ViewCheck], list[Problem]]:
    views = Views.open(workspace.paths.views)
    problems: list[Problem] = []
    try:
        try:
            views.advance(workspace.journal)
        except (ViewsError, AuroraError) as error:
            problems.append(_problem(error, str(workspace.paths.views)))
        reports = views.check(workspace.journal)
    except (ViewsError, AuroraError) as error:
        problems.append(_problem(error, str(workspace.paths.views)))
        return [ViewCheck(name, "", False) for name in NAMES], problems[-1:]
    finally:
        views.close()
    return [ViewCheck(report.name, report.hash, report.same) for report in reports], problems


def _check_unpublished(workspace: Workspace, head: str) -> list[Problem]:
    """What the audit view remembers differently of events after the commit ``head`` ("" for none)."""
    from aurora import ledger

    vouched = ledger.commit_position(workspace.paths.repo, head) if head else 0
    try:
        check_unpublished(workspace.journal, workspace.views.connection, vouched)
    except (ViewsError, AuroraError) as error:
        return [_problem(error, str(workspace.paths.journal))]
    return []


def _check_artifacts(workspace: Workspace) -> tuple[tuple[str, ...], list[Problem]]:
    """What is missing of the artifacts that the log names, and what is damaged; nothing when it names none."""
    from aurora.service.batch_verifying import verify_everything

    try:
        found = verify_everything(workspace)
    except (ViewsError, AuroraError, sqlite3.Error):
        return (), []  # the log or the views are what is broken, and that is said above
    where = str(workspace.paths.artifacts)
    hint = "aurora snapshot take DIR, then: aurora batch verify BATCH --heal"
    damaged = [Problem("ARTIFACT-002", where, f"{name} is damaged", hint) for name in found.corrupt]
    return tuple(found.missing), damaged


def _problem(error: ViewsError | AuroraError, where: str) -> Problem:
    code = error.code if isinstance(error, AuroraError) else view_error(error)[0]
    return Problem(code, error.where or where, error.message, error.hint)


def replay_into(workspace: Workspace, at: str, target: Path, caller: Caller) -> int:
    """A workspace in ``target`` as this one was at ``at``: same positions, views, commits. Returns the position.

    Raises ``InvalidInput`` when ``target`` is not empty.
    """
    position = position_of(workspace, at)
    if position < 1:
        raise InvalidInput(
            "REPLAY-002", "there is nothing before position 1", where=f"--to {at}", hint="give a later moment"
        )
    settings = workspace.paths.config.read_text(encoding="utf-8")
    fill(target, _rows(workspace.journal, position), caller, settings)
    return position


def fill(target: Path, rows: Iterable[StoredRow], caller: Caller, settings: str) -> None:
    """Make a workspace in an empty folder from rows of a log. Raises ``InvalidInput`` when it is not empty."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InvalidInput(
            "REPLAY-001", "the folder is not empty", where=str(target), hint="give a new folder"
        )
    paths = Paths(target.resolve())
    paths.private.mkdir(parents=True, exist_ok=True)
    paths.config.write_text(settings, encoding="utf-8")
    with open_journal(paths.journal, create=True) as journal:
        journal.load(rows)
    with Workspace(paths.root, caller, writable=True) as workspace:
        _write_specs(workspace)
        workspace.publish()


def _write_specs(workspace: Workspace) -> None:
    workspace.paths.specs.mkdir()
    for row in queries.specs(workspace.views.connection):
        path = workspace.paths.specs / row.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(row.text, encoding="utf-8")


def _rows(journal: Journal, through: int) -> Iterator[StoredRow]:
    after = 0
    while page := journal.rows(after, PAGE, through):
        yield from page
        after = page[-1].position
