"""What people and programs ask about snapshots: lists, one in full, its files, the difference of two."""

from __future__ import annotations

import json
from typing import Literal

import msgspec

from aurora.artifacts.port import ArtifactCorrupt, ArtifactMissing
from aurora.artifacts.store import ArtifactStore
from aurora.batch import index
from aurora.service.ids import only
from aurora.service.reading import read
from aurora.service.snapshotting import INDEX_NAME, Warned
from aurora.service.workspace import Workspace
from aurora_projections import queries
from aurora_projections.snapshots import Snapshot


class SnapshotRow(msgspec.Struct, frozen=True):
    """A snapshot in a list."""

    id: str
    tree: str
    files: int
    bytes: int
    source: str
    at: str
    actor: str
    position: int


class SnapshotDetail(msgspec.Struct, frozen=True):
    """A snapshot in full."""

    id: str
    tree: str
    index: str
    files: int
    bytes: int
    source: str
    at: str
    actor: str
    object_format: str
    warnings: tuple[Warned, ...]
    position: int


class FileRow(msgspec.Struct, frozen=True):
    """A file of a snapshot. ``path_raw`` (base64) is not null when ``path`` is not all there is to the name."""

    path: str
    path_key: str
    object: str
    size: int
    lang_hint: str | None
    mode: str
    path_raw: str | None


class FileChange(msgspec.Struct, frozen=True):
    """A path that is not the same in two snapshots. ``old`` or ``new`` is null where it is not there."""

    path: str
    change: Literal["added", "removed", "modified"]
    old: str | None
    new: str | None


class SnapshotDifference(msgspec.Struct, frozen=True):
    """The difference of two snapshots; ``git`` is where Git can show the text of it."""

    old: str
    new: str
    old_tree: str
    new_tree: str
    git: str
    files: tuple[FileChange, ...]


def listing(workspace: Workspace, at: str | None) -> list[SnapshotRow]:
    """All snapshots, newest first."""
    found = queries.snapshots(read(workspace, at).connection)
    return [
        SnapshotRow(
            each.id, each.tree, each.files, each.bytes, each.source, each.at, each.actor, each.position
        )
        for each in found
    ]


def one_snapshot(workspace: Workspace, prefix: str, at: str | None = None) -> Snapshot:
    """The snapshot whose id begins with ``prefix``. Raises ``NotFound`` for none or several."""
    found = queries.snapshots_named(read(workspace, at).connection, prefix)
    return only(found, prefix, "snapshot", lambda each: each.id, "aurora snapshot list")


def detail(workspace: Workspace, prefix: str, at: str | None) -> SnapshotDetail:
    """One snapshot. Raises ``NotFound``."""
    row = one_snapshot(workspace, prefix, at)
    return SnapshotDetail(
        id=row.id,
        tree=row.tree,
        index=row.index,
        files=row.files,
        bytes=row.bytes,
        source=row.source,
        at=row.at,
        actor=row.actor,
        object_format=row.object_format,
        warnings=tuple(Warned(**each) for each in json.loads(row.warnings)),
        position=row.position,
    )


def files_of(workspace: Workspace, prefix: str, at: str | None) -> list[FileRow]:
    """The files of a snapshot, in the order of its index. Raises ``NotFound``, ``ArtifactMissing``."""
    snapshot = one_snapshot(workspace, prefix, at)
    rows = read_index(workspace.artifacts, snapshot.id, snapshot.index)
    return [
        FileRow(
            row.path,
            row.path_key,
            row.object,
            row.size,
            row.lang_hint or None,
            row.mode,
            row.path_raw or None,
        )
        for row in rows
    ]


def read_index(store: ArtifactStore, snapshot: str, identity: str) -> list[index.IndexRow]:
    """The index of a snapshot, checked against its identity in the log."""
    commit = store.ref(f"snapshots/{snapshot}") if store.exists() else ""
    if not commit:
        raise ArtifactMissing(f"snapshot {snapshot}", str(store.git))
    leaf = store.subtree(commit, INDEX_NAME.decode())
    if not leaf:
        raise ArtifactMissing(f"the index of snapshot {snapshot}", str(store.git))
    content = store.read(leaf)
    if index.identity(content) != identity:
        raise ArtifactCorrupt(f"the index of snapshot {snapshot}", "it is not the one that the log names")
    return index.decode(content)


def difference(workspace: Workspace, old: str, new: str, at: str | None) -> SnapshotDifference:
    """Which files were added, removed or modified from one snapshot to another."""
    first, second = one_snapshot(workspace, old, at), one_snapshot(workspace, new, at)
    before = {row.path: row for row in read_index(workspace.artifacts, first.id, first.index)}
    after = {row.path: row for row in read_index(workspace.artifacts, second.id, second.index)}
    changes = []
    for path in sorted(before.keys() | after.keys(), key=lambda p: ((before.get(p) or after[p]).path_key, p)):
        one, two = before.get(path), after.get(path)
        if one is None and two is not None:
            changes.append(FileChange(path, "added", None, two.object))
        elif two is None and one is not None:
            changes.append(FileChange(path, "removed", one.object, None))
        elif one and two and (one.object, one.mode) != (two.object, two.mode):
            changes.append(FileChange(path, "modified", one.object, two.object))
    return SnapshotDifference(
        first.id, second.id, first.tree, second.tree, str(workspace.paths.artifacts), tuple(changes)
    )
