"""Shell completion: names and ids of the workspace at hand. Never fails, never prints."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from aurora.cli.session import Session
from aurora.errors import AuroraError
from aurora_projections.errors import ViewsError

_SILENT = (AuroraError, ViewsError, OSError, sqlite3.Error)
"""In the middle of typing nobody wants to read what is wrong with a workspace; the command itself will say it."""


def specs(incomplete: str) -> Iterator[str]:
    """Names of the spec files that begin with what was typed."""
    from aurora.service.workspace import find_root

    try:
        folder = find_root(Path.cwd()) / "specs"
    except _SILENT:
        return
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if path.suffix in (".md", ".py") and name.startswith(incomplete):
            yield name


def items(incomplete: str) -> Iterator[tuple[str, str]]:
    """Ids of review items, each with its function and status."""
    from aurora_projections import queries

    try:
        with Session().workspace() as workspace:
            for item in queries.review_items(workspace.views.connection):
                if item.id.startswith(incomplete):
                    yield item.id, f"{item.name} ({item.status})"
    except _SILENT:
        return


def runs(incomplete: str) -> Iterator[str]:
    """Ids of runs, newest first."""
    from aurora_projections import queries

    try:
        with Session().workspace() as workspace:
            for run in queries.runs(workspace.views.connection):
                if run.run.startswith(incomplete):
                    yield run.run
    except _SILENT:
        return
