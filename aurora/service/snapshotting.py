"""Taking a snapshot: a folder frozen as a Git tree, with an index by sha256, an event, and a commit of the ledger."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from aurora.artifacts.mending import mend_changed_packs, remember_packs
from aurora.artifacts.objects import FOLDER
from aurora.artifacts.port import FILE, Leaf, Placed, Writer
from aurora.artifacts.reading import Changing, Known, StatCache, Taken, mode_of, take
from aurora.artifacts.store import ArtifactStore
from aurora.artifacts.walking import Rules, Seen, walk
from aurora.batch import ignoring, index
from aurora.batch.paths import collisions, remarks_on
from aurora.errors import AuroraError, Conflict, InvalidInput
from aurora.service.workspace import Workspace
from aurora_events.base import File
from aurora_events.record import Entry
from aurora_events.snapshots import STORE, ArtifactsHealed, Remark, SnapshotTaken, stream
from aurora_projections import queries

_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_TRIES: Final = 5
INDEX_NAME: Final = b"files.index.jsonl"
DOCUMENT_NAME: Final = b"snapshot.json"


class Warned(msgspec.Struct, frozen=True):
    """A remark on a path."""

    code: str
    path: str
    message: str


class SnapshotReport(msgspec.Struct, frozen=True):
    """What was taken. ``tree`` is what ``git write-tree`` gives for the folder; ``new`` is False if it was known."""

    id: str
    tree: str
    files: int
    bytes: int
    warnings: tuple[Warned, ...]
    index: str
    object_format: str
    new: bool
    healed: int
    seconds: float


class SnapshotExists(Conflict):
    """Snapshots never change."""

    retry = False

    def __init__(self, label: str) -> None:
        super().__init__(
            "SNAPSHOT-002",
            f"there is a snapshot '{label}' already, and snapshots never change",
            hint="choose another --id, or leave it out: then equal content is the same snapshot",
        )


def check_label(label: str) -> str:
    """The label, if it can be an id: it becomes part of paths and refs. Raises ``InvalidInput``."""
    if not _LABEL.fullmatch(label) or ".." in label or label.endswith((".lock", ".", ".new")):
        raise InvalidInput(
            "SNAPSHOT-001",
            f"{label!a} cannot be an id",
            hint="use letters, digits, '-', '_' and '.', beginning with a letter or digit",
        )
    return label


def take_snapshot(workspace: Workspace, folder: Path, label: str | None = None) -> SnapshotReport:
    """Freeze ``folder``. Equal content without a label is the same snapshot. Publishes nothing by itself.

    Raises ``InvalidInput`` for a folder that is none, ``SnapshotExists`` for a label that is taken.
    """
    began = time.monotonic()
    if label is not None:
        check_label(label)
        if workspace.journal.version(stream(label)):
            raise SnapshotExists(label)
    if not folder.is_dir():
        raise InvalidInput(
            "SNAPSHOT-003", "no such folder", where=str(folder), hint="aurora snapshot take DIR"
        )
    source = os.fsencode(folder).decode("utf-8", "backslashreplace")
    store = workspace.artifacts
    marks = workspace.paths.views / "packs.msgpack"
    healed = mend_changed_packs(store, marks)
    with store.writing() as writer:
        remarks: list[Remark] = []
        taken, cache, known, read = _take_files(workspace, store, writer, folder.resolve(), remarks)
        rows = index.ordered(index.row(each.path, each.sha256, each.size, each.mode) for each in taken)
        remarks += _remarks(rows)
        content = index.encode(rows)
        identity = index.identity(content)
        snapshot = label or identity[len(index.PREFIX) :][:12]
        earlier = _recorded(workspace, snapshot)
        if label is None and earlier is not None and _complete(store, earlier, taken if read else ()):
            tree, new = earlier.tree, False
        else:
            src = writer.tree({each.path: Leaf(each.mode, each.oid) for each in taken})
            event = _event(workspace, snapshot, src, identity, rows, source, remarks)
            _keep(workspace, store, writer, event, content, taken)
            tree, new = src, earlier is None
            mend_refs(workspace)
            remember_packs(store, marks)
    cache.write(known[0], known[1])
    if healed and store.exists():
        _record_healing(workspace, healed, source)
    return SnapshotReport(
        id=snapshot,
        tree=tree,
        files=len(rows),
        bytes=sum(each.size for each in rows),
        warnings=tuple(Warned(each.code, each.path, each.message) for each in remarks),
        index=identity,
        object_format=store.form.name,
        new=new,
        healed=len(healed),
        seconds=round(time.monotonic() - began, 6),
    )


def _take_files(
    workspace: Workspace, store: ArtifactStore, writer: Any, root: Path, remarks: list[Remark]
) -> tuple[list[Taken], StatCache, tuple[dict[bytes, Known], int], int]:
    """Every file below ``root``; those whose state has not changed are not read. Last, how many were."""
    raw_root = os.fsencode(root)
    name = hashlib.sha256(raw_root).hexdigest()[:16]
    cache = StatCache(workspace.paths.views / "stat" / f"{name}-{store.form.name}.msgpack")
    began = _file_system_time(workspace.paths.private)
    rules = Rules(cast(Any, ignoring.parse), cast(Any, ignoring.ignored))
    taken: list[Taken] = []
    known: dict[bytes, Known] = {}
    read = 0
    for seen in walk(raw_root, rules, _own_folders(workspace, root), remarks):
        before = cache.get(seen)
        if before is not None and store.holds(before.oid):
            taken.append(Taken(seen.path, before.sha256, before.oid, before.size, mode_of(seen.state)))
            known[seen.path] = before
            continue
        read += 1
        found = _take_one(store, writer, raw_root, seen, remarks)
        if found is not None:
            taken.append(found)
            state = seen.state
            known[seen.path] = Known(
                state.st_mtime_ns,
                state.st_ctime_ns,
                state.st_ino,
                state.st_size,
                state.st_mode,
                found.sha256,
                found.oid,
            )
    return taken, cache, (known, began), read


def _take_one(
    store: ArtifactStore, writer: Any, root: bytes, seen: Seen, remarks: list[Remark]
) -> Taken | None:
    text = seen.path.decode("utf-8", "backslashreplace")
    for _ in range(_TRIES):
        try:
            return take(writer, store.form, root, seen)
        except Changing:
            continue
        except OSError as error:
            if error.filename is None and error.errno not in (5, 13):
                raise  # it is the store that cannot be written
            remarks.append(Remark("unreadable", text, error.strerror or str(error)))
            return None
    remarks.append(Remark("changing", text, "the file kept changing while it was read and is left out"))
    return None


def _remarks(rows: Sequence[index.IndexRow]) -> list[Remark]:
    found = [remark for row in rows for remark in remarks_on(row.path, row.raw)]
    return found + collisions((row.path_key, row.path) for row in rows)


def _own_folders(workspace: Workspace, root: Path) -> frozenset[tuple[int, int]]:
    """Aurora's own folders: a snapshot of the workspace, or of what lies around it, does not hold the store."""
    own = workspace.paths.root.resolve()
    around = own != root and own.is_relative_to(root)
    folders = [own] if around else [workspace.paths.private, workspace.paths.repo]
    states = [folder.stat() for folder in folders if folder.is_dir()]
    return frozenset((state.st_dev, state.st_ino) for state in states)


def _file_system_time(folder: Path) -> int:
    """Now, as the file system tells it: its clock may differ from ours."""
    probe = folder / f"now.{os.getpid()}"
    probe.touch()
    try:
        return probe.stat().st_mtime_ns
    finally:
        probe.unlink()


def _recorded(workspace: Workspace, snapshot: str) -> SnapshotTaken | None:
    for fact in workspace.journal.stream(stream(snapshot)):
        if isinstance(fact.event, SnapshotTaken):
            return fact.event
    return None


def _complete(store: ArtifactStore, event: SnapshotTaken, taken: Sequence[Taken]) -> bool:
    """Whether everything that the snapshot names is in the store."""
    commit = store.ref(f"snapshots/{event.snapshot}")
    try:
        return bool(commit) and bool(store.files(commit)) and all(store.holds(each.oid) for each in taken)
    except AuroraError:
        return False


def _event(
    workspace: Workspace,
    snapshot: str,
    tree: str,
    identity: str,
    rows: Sequence[index.IndexRow],
    source: str,
    remarks: Sequence[Remark],
) -> SnapshotTaken:
    store, size = workspace.artifacts, sum(row.size for row in rows)
    document = {
        "schema_name": "aurora.snapshot",
        "schema_version": 1,
        "id": snapshot,
        "tree": tree,
        "index": identity,
        "files": len(rows),
        "bytes": size,
        "object_format": store.form.name,
        "warnings": [{"code": each.code, "path": each.path, "message": each.message} for each in remarks],
    }
    text = msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"
    return SnapshotTaken(
        *workspace.stamp(),
        snapshot=snapshot,
        tree=tree,
        index=identity,
        count=len(rows),
        size=size,
        source=source,
        object_format=store.form.name,
        warnings=tuple(remarks),
        files=(File(f"snapshots/{snapshot}.json", text),),
    )


def _keep(
    workspace: Workspace,
    store: ArtifactStore,
    writer: Writer,
    event: SnapshotTaken,
    content: bytes,
    taken: Sequence[Taken],
) -> None:
    """Objects, then the ref, then the event: killed anywhere in between, the same command does the rest."""
    lines = writer.blob(content)
    commit = _write_commit(writer, event, lines)
    writer.finish()
    with store.exclusive():
        version = workspace.journal.version(stream(event.snapshot))
        if version and event.snapshot != event.index[len(index.PREFIX) :][: len(event.snapshot)]:
            raise SnapshotExists(event.snapshot)  # somebody else took the label meanwhile
        store.set_ref(f"snapshots/{event.snapshot}", commit)
        store.learn(
            {
                event.index[len(index.PREFIX) :]: Placed(lines, len(content)),
                **{each.sha256: Placed(each.oid, each.size) for each in taken},
            }
        )
        if not version:
            workspace.append(stream(event.snapshot), 1, event)


def _write_commit(writer: Writer, event: SnapshotTaken, lines: str) -> str:
    (document,) = event.files
    top = {
        b"src": Leaf(FOLDER, event.tree),
        INDEX_NAME: Leaf(FILE, lines),
        DOCUMENT_NAME: Leaf(FILE, writer.blob((document.text or "").encode())),
    }
    message = f"Snapshot {event.snapshot}\n\nAurora-Snapshot: {event.snapshot}\nAurora-Index: {event.index}"
    return writer.commit(writer.tree(top), message)


def mend_refs(workspace: Workspace) -> None:
    """Snapshots of other names whose content is there, but not the ref or what it names, get these from the log."""
    store = workspace.artifacts
    for row in queries.snapshots(workspace.views.connection):
        commit = store.ref(f"snapshots/{row.id}")
        try:
            if commit and store.files(commit):
                continue
        except AuroraError:
            pass
        at = store.found(row.index[len(index.PREFIX) :])
        event = _recorded(workspace, row.id)
        if event is None or at is None or not store.holds(at.oid) or not store.holds(row.tree):
            continue
        with store.writing() as writer:
            commit = _write_commit(writer, event, at.oid)
            writer.finish()
            with store.exclusive():
                store.set_ref(f"snapshots/{row.id}", commit)


def _record_healing(workspace: Workspace, healed: Sequence[str], source: str) -> None:
    back = tuple(sorted(oid for oid in healed if workspace.artifacts.holds(oid)))
    if back:
        version = workspace.journal.version(STORE)
        event = ArtifactsHealed(*workspace.engine_stamp(), objects=back, source=source)
        workspace.append_all([Entry(STORE, version + 1, event)])
