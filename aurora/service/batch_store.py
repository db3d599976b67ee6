"""A batch in the artifact store: one ref, one tree, which alone answers every question about the batch.

``plan.json``, ``files.index.jsonl``, ``tasks/<task>/<shard>.jsonl`` (outputs), ``failures/<task>/<shard>.json``, and
``objects/<aa>/<sha256>`` (what outputs name). No times, no workers, no ids: equal inputs give an equal tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from aurora.artifacts.port import FILE, Leaf, PackedBlob, Placed
from aurora.artifacts.store import ArtifactStore
from aurora.batch import index
from aurora.batch.records import Ast, decode
from aurora.errors import AuroraError

PLAN: Final = b"plan.json"
INDEX: Final = b"files.index.jsonl"


class Failure(msgspec.Struct, frozen=True):
    """``failures/<task>/<shard>.json``."""

    error: str
    paths: tuple[str, ...]
    schema_name: str = "aurora.batch.failure"
    schema_version: int = 1


class Changes:
    """What a step adds to a batch's tree."""

    def __init__(self) -> None:
        self.put: dict[bytes, Leaf] = {}
        self.gone: set[bytes] = set()
        self.blobs: list[PackedBlob] = []
        self.places: dict[str, Placed] = {}

    def __bool__(self) -> bool:
        return bool(self.put or self.gone)

    def output(self, task: str, shard: str, at: Placed, sha256: str) -> None:
        """Outputs of a task for a shard; a failure from before is over."""
        self.put[output_path(task, shard)] = Leaf(FILE, at.oid)
        self.gone.add(failure_path(task, shard))
        self.places[sha256] = at

    def named(self, sha256: str, at: Placed) -> None:
        """Something that outputs name."""
        self.put[object_path(sha256)] = Leaf(FILE, at.oid)
        self.places[sha256] = at


def output_path(task: str, shard: str) -> bytes:
    """Where outputs are in the tree."""
    return f"tasks/{task}/{shard}.jsonl".encode()


def failure_path(task: str, shard: str) -> bytes:
    """Where a failure is in the tree."""
    return f"failures/{task}/{shard}.json".encode()


def object_path(sha256: str) -> bytes:
    """Where something that outputs name is in the tree."""
    return f"objects/{sha256[:2]}/{sha256}".encode()


class BatchTree:
    """The tree of one batch. It remembers what it wrote, and reads again only what others wrote meanwhile."""

    def __init__(self, store: ArtifactStore, batch: str, snapshot: str) -> None:
        self.store = store
        self.ref = f"batches/{batch}"
        self._message = f"Batch {batch}\n\nAurora-Batch: {batch}\nAurora-Snapshot: {snapshot}"
        self._commit = ""
        self._tree = ""
        self._files: dict[bytes, Leaf] = {}
        self._lost = False

    def files(self) -> dict[bytes, Leaf]:
        """Every file of the tree as it is now."""
        commit = self.store.ref(self.ref)
        if commit != self._commit:
            self._files = self.store.files(commit) if commit else {}
            self._commit, self._tree = commit, ""
        return self._files

    def begin_anew(self) -> None:
        """Forget a tree that cannot be read any more: what is written next is all that there is."""
        self._files, self._commit = {}, self.store.ref(self.ref)
        self._lost = True

    def tree(self) -> str:
        """The Git id of the tree as it is now, "" if there is none."""
        from aurora.artifacts.objects import tree_of_commit

        commit = self.store.ref(self.ref)
        return tree_of_commit(self.store.object(commit)[1]) if commit else ""

    def write(self, changes: Changes) -> None:
        """Add to the tree: objects durably first, then the ref, from which the step is there as a whole."""
        with self.store.writing() as writer:
            for blob in changes.blobs:
                writer.packed(blob)
            with self.store.exclusive():
                before = self.files()
                files = {path: leaf for path, leaf in before.items() if path not in changes.gone}
                files.update(changes.put)
                if files == before:  # outputs that were lost are stored again; the tree names them already
                    writer.finish()
                    self.store.learn(changes.places)
                    return
                tree = writer.tree(files)
                parents = [self._commit] if self._commit and not self._lost else []
                commit = writer.commit(tree, self._message, parents)
                self._lost = False
                writer.finish()
                self.store.set_ref(self.ref, commit)
                self._commit, self._tree, self._files = commit, tree, files
                self.store.learn(changes.places)


def named_objects(store: ArtifactStore, outputs: bytes) -> Iterator[str]:
    """The sha256 of everything that outputs name: objects, manifests, and the chunks of these."""
    from aurora.batch.executing import read_manifest

    if b'"object"' not in outputs:
        return
    for record in decode(outputs):
        if not isinstance(record, Ast):
            continue
        sha256 = record.object.removeprefix("sha256:")
        yield sha256
        if record.format == "json+chunks":
            at = store.found(sha256)
            manifest = read_manifest(store.read(at.oid)) if at else None
            for chunk in manifest.chunks if manifest else ():
                yield chunk.object.removeprefix("sha256:")


def places_of(store: ArtifactStore, wanted: Iterable[str]) -> dict[str, Placed] | None:
    """Where each of these is; None if any is not there."""
    found: dict[str, Placed] = {}
    for sha256 in wanted:
        at = store.found(sha256)
        if at is None or not store.holds(at.oid):
            return None
        found[sha256] = at
    return found


def learn_from_refs(store: ArtifactStore) -> int:
    """Make the table of places anew from the refs alone; how many places were found. What is damaged is passed over."""
    found: dict[str, Placed] = {}
    if store.exists():
        for commit in store.refs("snapshots").values():
            _learn(_places_of_snapshot, store, commit, found)
        for commit in store.refs("batches").values():
            _learn(_places_of_batch, store, commit, found)
    store.learn(found)
    return len(found)


_Places = Callable[[ArtifactStore, dict[bytes, Leaf]], Iterator[tuple[str, Placed]]]


def _learn(places: _Places, store: ArtifactStore, commit: str, found: dict[str, Placed]) -> None:
    try:
        found.update(places(store, store.files(commit)))
    except (AuroraError, msgspec.DecodeError, KeyError):
        return  # verify says what is wrong with it


def _places_of_snapshot(store: ArtifactStore, files: dict[bytes, Leaf]) -> Iterator[tuple[str, Placed]]:
    leaf = files[INDEX]
    content = store.read(leaf.oid)
    yield index.identity(content)[7:], Placed(leaf.oid, len(content))
    for row in index.decode(content):
        at = files.get(b"src/" + row.raw)
        if at is not None:
            yield row.sha256, Placed(at.oid, row.size)


def _places_of_batch(store: ArtifactStore, files: dict[bytes, Leaf]) -> Iterator[tuple[str, Placed]]:
    for path, leaf in files.items():
        if not store.holds(leaf.oid):
            continue
        if path.startswith(b"objects/"):
            yield path.rpartition(b"/")[2].decode(), Placed(leaf.oid, store.size(leaf.oid))
        elif path.startswith(b"tasks/"):
            content = store.read(leaf.oid)
            yield index.identity(content)[7:], Placed(leaf.oid, len(content))


def plan_of(store: ArtifactStore, files: dict[bytes, Leaf]) -> Any:
    """The plan in a batch's tree."""
    return msgspec.json.decode(store.read(files[PLAN].oid))
