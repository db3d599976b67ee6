"""Verifying artifacts: everything that the log names is there and is what it was; and putting right what can be."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from aurora.artifacts.mending import corrupt_objects, mend
from aurora.artifacts.port import ArtifactCorrupt, ArtifactMissing
from aurora.artifacts.store import ArtifactStore
from aurora.batch import index
from aurora.batch.board import Board
from aurora.errors import AuroraError
from aurora.service.batch_planning import load_board, one_batch
from aurora.service.batch_store import INDEX, BatchTree, Changes, failure_path, named_objects, output_path
from aurora.service.snapshotting import mend_refs
from aurora.service.workspace import Workspace
from aurora_events.batches import ShardRetried, shard_stream
from aurora_events.record import Entry
from aurora_events.snapshots import STORE, ArtifactsDamaged, ArtifactsHealed
from aurora_projections import queries
from aurora_projections.batches import Batch
from aurora_projections.snapshots import Snapshot


class ArtifactReport(msgspec.Struct, frozen=True):
    """What is wrong with artifacts: ``missing`` are not there, ``corrupt`` not what they were; ``healed`` are again."""

    ok: bool
    checked: int
    missing: tuple[str, ...]
    corrupt: tuple[str, ...]
    healed: tuple[str, ...]
    retried: int


class Findings:
    """What a check found. Each thing is named by what people know it by, once."""

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}
        self.corrupt: dict[str, None] = {}
        self.seen: set[str] = set()
        self.checked = 0

    def note(self, name: str, error: AuroraError | msgspec.DecodeError) -> None:
        """Something is wrong."""
        if isinstance(error, ArtifactMissing):
            self.missing[name] = None
        else:
            self.corrupt[name] = None


def verify_batch(workspace: Workspace, prefix: str, at: str | None = None) -> tuple[Findings, Batch]:
    """Read everything that a batch and its snapshot hold, to the last byte. Raises ``NotFound``.

    With ``at`` that is what the log named at that moment: whether it is still there, in whatever tree.
    """
    row = one_batch(workspace, prefix, at)
    found = Findings()
    store = workspace.artifacts
    for snapshot in queries.snapshots(workspace.views.connection):
        if snapshot.id == row.snapshot:
            check_snapshot(store, snapshot, found)
    board, _ = load_board(workspace, row, at)
    if at is None:
        check_batch(store, board, found)
    else:
        check_outputs(store, board, found)
    return found, row


def verify_everything(workspace: Workspace) -> Findings:
    """As ``verify_batch``, for all snapshots and batches that the log names."""
    found, store = Findings(), workspace.artifacts
    connection = workspace.views.connection
    for snapshot in queries.snapshots(connection):
        check_snapshot(store, snapshot, found)
    for row in queries.batches(connection):
        board, _ = load_board(workspace, row)
        check_batch(store, board, found)
    return found


def check_snapshot(store: ArtifactStore, snapshot: Snapshot, found: Findings) -> None:
    """The ref, the tree, the index, and every file of it by both of its names."""
    name = f"snapshot {snapshot.id}"
    try:
        commit = store.ref(f"snapshots/{snapshot.id}") if store.exists() else ""
        if not commit:
            raise ArtifactMissing(name)
        if store.subtree(commit, "src") != snapshot.tree:
            raise ArtifactCorrupt(name, "its ref names another tree than the log")
        files = store.files(commit)
        content = store.read(files[INDEX].oid)
        if index.identity(content) != snapshot.index:
            raise ArtifactCorrupt(f"the index of {name}", "it is not the one that the log names")
        rows = index.decode(content)
    except (AuroraError, msgspec.DecodeError, KeyError) as error:
        found.note(name, error if not isinstance(error, KeyError) else ArtifactCorrupt(name, "no index"))
        return
    for row in rows:
        leaf = files.get(b"src/" + row.raw)
        if leaf is None:
            found.missing[f"{row.object} {row.path}"] = None
        else:
            _check_blob(store, leaf.oid, row.sha256, f"{row.object} {row.path}", found)


def check_batch(store: ArtifactStore, board: Board, found: Findings) -> None:
    """Every output that the log names, in the batch's tree, by both of its names; and what outputs name."""
    name = f"batch {board.planned.batch}"
    finished = board.finished
    try:
        commit = store.ref(f"batches/{board.planned.batch}") if store.exists() else ""
        if not commit and (finished or any(shard.done for shard in board.shards.values())):
            raise ArtifactMissing(name)
        files = store.files(commit) if commit else {}
    except AuroraError as error:
        found.note(name, error)
        return
    for shard in board.shards.values():
        for task, output in shard.done.items():
            path = output_path(task, shard.name)
            what = f"sha256:{output.outputs} {path.decode()}"
            leaf = files.get(path)
            if leaf is None:
                found.missing[what] = None
            elif _check_blob(store, leaf.oid, output.outputs, what, found):
                _check_named(store, leaf.oid, what, found)
        for task in shard.failed:
            if failure_path(task, shard.name) not in files:
                found.missing[failure_path(task, shard.name).decode()] = None


def check_outputs(store: ArtifactStore, board: Board, found: Findings) -> None:
    """Every output that the log names and what outputs name, wherever the store has them: of trees before the present
    one nothing is kept but their content.
    """
    for shard in board.shards.values():
        for task, output in shard.done.items():
            what = f"sha256:{output.outputs} {output_path(task, shard.name).decode()}"
            at = store.found(output.outputs)
            if at is None:
                found.missing[what] = None
            elif _check_blob(store, at.oid, output.outputs, what, found):
                _check_named(store, at.oid, what, found)


def _check_named(store: ArtifactStore, oid: str, what: str, found: Findings) -> None:
    try:
        for sha256 in named_objects(store, store.read(oid)):
            at = store.found(sha256)
            if at is None:
                found.missing[f"sha256:{sha256}"] = None
            else:
                _check_blob(store, at.oid, sha256, f"sha256:{sha256}", found)
    except (AuroraError, msgspec.DecodeError) as error:
        found.note(what, error)


def _check_blob(store: ArtifactStore, oid: str, sha256: str, name: str, found: Findings) -> bool:
    import hashlib

    key = f"{oid} {sha256}"
    if key in found.seen:
        return name not in found.missing and name not in found.corrupt
    found.seen.add(key)
    found.checked += 1
    hash_ = hashlib.sha256()
    try:
        for piece in store.pieces(oid):
            hash_.update(piece)
    except AuroraError as error:
        found.note(name, error)
        return False
    if hash_.hexdigest() != sha256:
        found.corrupt[name] = None
        return False
    return True


def heal(workspace: Workspace, batches: Iterable[Batch]) -> tuple[int, tuple[str, ...]]:
    """Cut what is damaged out of the store, and let the tasks of it be done again; files of snapshots stay missing
    until their folder is taken again. How many shards are to be done again, and the ids that were cut out.
    """
    store = workspace.artifacts
    bad = corrupt_objects(store)
    cut = mend(store, sorted(set(bad.values()))) if bad else []
    if cut:
        event = ArtifactsDamaged(*workspace.engine_stamp(), missing=(), corrupt=tuple(cut))
        workspace.append_all([Entry(STORE, workspace.journal.version(STORE) + 1, event)])
    mend_refs(workspace)
    retried = 0
    for row in batches:
        retried += _retry_lost(workspace, row)
    workspace.views.advance(workspace.journal)
    return retried, tuple(cut)


def _retry_lost(workspace: Workspace, row: Batch) -> int:
    """Outputs that are gone are to be computed again: of the shard, those tasks and whatever builds on them."""
    board, _ = load_board(workspace, row)
    lost: dict[str, set[str]] = {}
    store = workspace.artifacts
    for shard in board.shards.values():
        for task, output in shard.done.items():
            at = store.found(output.outputs)
            if at is None or not store.holds(at.oid) or not _names_all(store, at.oid):
                lost.setdefault(shard.name, set()).add(task)
    entries = []
    for name, tasks in lost.items():
        event = ShardRetried(*workspace.engine_stamp(), batch=row.id, shard=name, tasks=tuple(sorted(tasks)))
        entries.append(Entry(shard_stream(row.id, name), board.shards[name].version + 1, event))
    workspace.append_all(entries)
    _mend_tree(store, board, lost)
    return len(entries)


def _mend_tree(store: ArtifactStore, board: Board, lost: dict[str, set[str]]) -> None:
    """A tree that cannot be read is made again, of all outputs that are there."""
    planned = board.planned
    tree = BatchTree(store, planned.batch, planned.snapshot)
    try:
        tree.files()
        return
    except AuroraError:
        tree.begin_anew()
    changes = Changes()
    for shard in board.shards.values():
        for task, output in shard.done.items():
            at = store.found(output.outputs)
            if at is None or task in lost.get(shard.name, ()):
                continue
            changes.output(task, shard.name, at, output.outputs)
            for sha256 in named_objects(store, store.read(at.oid)):
                place = store.found(sha256)
                if place is not None:
                    changes.named(sha256, place)
    tree.write(changes)


def _names_all(store: ArtifactStore, oid: str) -> bool:
    try:
        for sha256 in named_objects(store, store.read(oid)):
            at = store.found(sha256)
            if at is None or not store.holds(at.oid):
                return False
    except AuroraError:
        return False
    return True


def record_damage(workspace: Workspace, found: Findings) -> None:
    """What was found becomes an event, so that the log tells since when."""
    if found.missing or found.corrupt:
        event = ArtifactsDamaged(
            *workspace.engine_stamp(), missing=tuple(found.missing), corrupt=tuple(found.corrupt)
        )
        workspace.append_all([Entry(STORE, workspace.journal.version(STORE) + 1, event)])


def record_healing(workspace: Workspace, before: Findings, after: Findings, source: str) -> tuple[str, ...]:
    """What was damaged and is well again."""
    bad_now = {*after.missing, *after.corrupt}
    healed = tuple(sorted(name for name in {*before.missing, *before.corrupt} if name not in bad_now))
    if healed:
        event = ArtifactsHealed(*workspace.engine_stamp(), objects=healed, source=source)
        workspace.append_all([Entry(STORE, workspace.journal.version(STORE) + 1, event)])
    return healed


def retry(workspace: Workspace, prefix: str) -> tuple[Batch, int]:
    """Let every failed task be done again; the batch and how many shards. Nothing needs to be cleaned up first."""
    row = one_batch(workspace, prefix)
    board, _ = load_board(workspace, row)
    entries = [
        Entry(
            shard_stream(row.id, shard.name),
            shard.version + 1,
            ShardRetried(
                *workspace.stamp(), batch=row.id, shard=shard.name, tasks=tuple(sorted(shard.failed))
            ),
        )
        for shard in board.shards.values()
        if shard.failed
    ]
    workspace.append_all(entries)
    workspace.views.advance(workspace.journal)
    return row, len(entries)
