"""Shell completion: names and ids of the workspace at hand. Never fails, never prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aurora.cli.session import Session
from aurora.errors import AuroraError


def specs(incomplete: str) -> Iterator[str]:
    """Names of the spec files that begin with what was typed."""
    from aurora.service.workspace import find_root

    try:
        folder = find_root(Path.cwd()) / "specs"
    except AuroraError:
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
    except AuroraError:
        return


def runs(incomplete: str) -> Iterator[str]:
    """Ids of runs, newest first."""
    from aurora_projections import queries

    try:
        with Session().workspace() as workspace:
            for run in queries.runs(workspace.views.connection):
                if run.run.startswith(incomplete):
                    yield run.run
    except AuroraError:
        return
