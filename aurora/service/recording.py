"""Noticing that spec files changed, and recording it: the only way from ``specs/`` into the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from aurora.errors import Conflict
from aurora.journal.port import VersionConflict
from aurora.service.retrying import retried
from aurora.service.workspace import Workspace
from aurora.specs.changes import Change, Found, Known, SpecState, decide, decide_changes
from aurora.specs.codes import diagnostic
from aurora.specs.names import spec_name
from aurora.specs.text import decode, spec_hash
from aurora_events.base import Diagnostic
from aurora_events.record import Entry
from aurora_events.specs import stream
from aurora_projections import queries

SUFFIXES: Final = (".md", ".py")
MAX_BYTES: Final = 8 * 1024 * 1024


class Scan(msgspec.Struct, frozen=True):
    """What stands in ``specs/`` now: files by name, what changed since it was recorded, what cannot be taken."""

    found: tuple[Found, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]


def scan(workspace: Workspace) -> Scan:
    """Read every spec file and compare it with what is recorded. Writes nothing."""
    found: list[Found] = []
    unreadable: list[Diagnostic] = []
    for path in _files(workspace.paths.specs):
        relative = path.relative_to(workspace.paths.specs).as_posix()
        taken = _read(path, relative, workspace.paths.root)
        if isinstance(taken, Found):
            found.append(taken)
        else:
            unreadable.append(taken)
    recorded = {row.name: Known(row.path, row.spec_hash) for row in queries.specs(workspace.views.connection)}
    changes, diagnostics = decide_changes(recorded, found)
    blocked = {item.where for item in unreadable}
    changes = [change for change in changes if f"specs/{change.path}:1" not in blocked]
    return Scan(tuple(found), tuple(changes), (*unreadable, *diagnostics))


def record(workspace: Workspace) -> Scan:
    """Record every change in one append; the scan that was recorded.

    The versions are those of the scan: when somebody recorded a spec meanwhile, everything is read again, so that
    an older text can never follow a newer one.
    """
    try:
        return retried(partial(_record, workspace))
    except VersionConflict:
        raise Conflict(
            "SPEC-300", "the specs kept changing while they were recorded", hint="run the command again"
        ) from None


def _record(workspace: Workspace) -> Scan:
    workspace.views.advance(workspace.journal)
    seen = _publishable(scan(workspace))
    if seen.changes:
        workspace.append_all(_entries(workspace, seen.changes))
        workspace.views.advance(workspace.journal)
    return seen


def _publishable(seen: Scan) -> Scan:
    """The scan without files whose path could never stand in the ledger: their event would block it for good."""
    from aurora.ledger import UnusablePath, checked_path

    refused: dict[str, Diagnostic] = {}
    for found in seen.found:
        try:
            checked_path(f"specs/{found.path}")
        except UnusablePath as error:
            refused[found.path] = diagnostic("SPEC-052", f"specs/{ascii(found.path)[1:-1]}", 1, error.message)
    if not refused:
        return seen
    return Scan(
        tuple(found for found in seen.found if found.path not in refused),
        tuple(change for change in seen.changes if change.path not in refused),
        (*seen.diagnostics, *refused.values()),
    )


def _entries(workspace: Workspace, changes: Sequence[Change]) -> list[Entry]:
    rows = {row.name: row for row in queries.specs(workspace.views.connection, removed=True)}
    entries: list[Entry] = []
    for change in changes:
        row = rows.get(change.name)
        state = SpecState()
        if row is not None:
            state = SpecState(row.version) if row.removed else SpecState(row.version, row.path, row.spec_hash)
        at, actor, cause = workspace.stamp()
        for event in decide(state, change, at=at, actor=actor, cause=cause):
            entries.append(Entry(stream(change.name), state.version + 1, event))
    return entries


def _files(folder: Path) -> Iterator[Path]:
    """Spec files below ``folder`` in a stable order; hidden ones and test caches are not specs."""
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "__")) for part in inside)
        if path.suffix in SUFFIXES and not hidden and path.is_file():
            yield path


def _read(path: Path, relative: str, root: Path) -> Found | Diagnostic:
    try:
        relative.encode()
    except UnicodeEncodeError:
        return diagnostic("SPEC-052", f"specs/{ascii(relative)[1:-1]}", 1, "the file's name is not UTF-8")
    if not path.resolve().is_relative_to(root):  # what is recorded is copied into the log and into Git
        return diagnostic(
            "SPEC-001",
            f"specs/{relative}",
            1,
            "is a link to outside of the workspace",
            "copy the file instead",
        )
    try:
        if path.stat().st_size > MAX_BYTES:
            return diagnostic(
                "SPEC-018", f"specs/{relative}", 1, f"the file is larger than {MAX_BYTES:,} bytes"
            )
        text = decode(path.read_bytes())
    except OSError as error:
        return diagnostic(
            "SPEC-001", f"specs/{relative}", 1, f"cannot be read: {error.strerror}", "check its permissions"
        )
    return Found(spec_name(relative), relative, spec_hash(text), text)
