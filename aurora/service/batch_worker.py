"""The worker's side of a batch: one shard, from stored bytes to packed outputs. Runs in whatever process there is."""

from __future__ import annotations

import ctypes
import gc
import hashlib
import os
import signal
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

import msgspec

from aurora.artifacts import objects
from aurora.artifacts.port import PackedBlob
from aurora.artifacts.store import ArtifactStore
from aurora.batch import task as tasks
from aurora.batch.executing import Input, InputLost, Outcome, run_shard
from aurora.batch.source import Source
from aurora.errors import AuroraError

_SIGKILL_WHEN_PARENT_DIES: Final = 1  # PR_SET_PDEATHSIG


class File(msgspec.Struct, frozen=True, array_like=True):
    """A file of a shard: what it is called, and where its bytes are."""

    path: str
    language: str
    sha256: str
    oid: str
    size: int


class Job(msgspec.Struct, frozen=True, array_like=True):
    """Work on one shard. ``contents`` travel along when the worker may not see the store (by Git id)."""

    shard: str
    tasks: tuple[str, ...]
    settings: dict[str, dict[str, str]]
    files: tuple[File, ...]
    store: str
    object_format: str
    contents: dict[str, bytes] | None = None


class Output(msgspec.Struct, frozen=True, array_like=True):
    """What a task gave; ``sha256`` is "" when it failed."""

    task: str
    sha256: str
    records: int
    size: int
    objects: int
    error: str
    paths: tuple[str, ...]


class Done(msgspec.Struct, frozen=True, array_like=True):
    """What a job gave. ``objects`` are the sha256 of everything that records name."""

    shard: str
    outputs: tuple[Output, ...]
    blobs: tuple[PackedBlob, ...]
    objects: tuple[str, ...]


def prepare(parent: int) -> None:
    """Make a process of a pool fit: it ends with its parent, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None, use_errno=True).prctl(_SIGKILL_WHEN_PARENT_DIES, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def run_job(job: Job) -> Done:
    """Run the tasks of a job. Whatever goes wrong is in the outputs; nothing is raised for a file or a task."""
    collecting = gc.isenabled()
    gc.disable()  # trees have no cycles, and looking for some takes a fifth of the time of parsing
    try:
        return _run(job)
    finally:
        if collecting:
            gc.enable()


def _run(job: Job) -> Done:
    form = objects.FORMATS[job.object_format]
    blobs: dict[str, PackedBlob] = {}
    kept: dict[str, None] = {}
    counts: dict[str, int] = {}

    def keep(task: str, content: bytes) -> None:
        blob = pack(form, content)
        blobs[blob.sha256] = blob
        kept[blob.sha256] = None
        counts[task] = counts.get(task, 0) + 1

    chosen = [tasks.find(name) for name in job.tasks]
    inputs = (Input(file.path, partial(_open, job, file)) for file in job.files)
    outputs = []
    for outcome in run_shard(chosen, job.settings, inputs, keep):
        outputs.append(_packed(form, outcome, blobs, counts.get(outcome.task, 0)))
    return Done(job.shard, tuple(outputs), tuple(blobs.values()), tuple(kept))


def pack(form: objects.Format, content: bytes) -> PackedBlob:
    """Content as it goes into a pack, with both of its names."""
    return PackedBlob(
        hashlib.sha256(content).hexdigest(),
        objects.name(form, objects.BLOB, content).hex(),
        len(content),
        objects.packed(objects.BLOB, content),
    )


def _packed(form: objects.Format, outcome: Outcome, blobs: dict[str, PackedBlob], named: int) -> Output:
    if outcome.error:
        return Output(outcome.task, "", 0, 0, 0, outcome.error, outcome.paths)
    blob = pack(form, outcome.lines)
    blobs[blob.sha256] = blob
    return Output(outcome.task, blob.sha256, outcome.records, blob.size, named, "", ())


@lru_cache(maxsize=4)
def _store(git: str, object_format: str) -> ArtifactStore:
    return ArtifactStore(Path(git), Path(git) / "unused", object_format)


def _open(job: Job, file: File) -> Source:
    """The file, its bytes checked against their sha256 before any task sees them."""
    most = max((int(each.get("largest_source", "0")) for each in job.settings.values()), default=0)
    if job.contents is not None:
        content = job.contents.get(file.oid)
        if content is None:
            raise InputLost(f"sha256:{file.sha256} is not in the artifact store")
        return _checked(file, content, most)
    store = _store(job.store, job.object_format)
    try:
        if file.size > most:
            _check_pieces(file, store.pieces(file.oid))
            return Source(file.path, file.language, file.size, None, partial(store.pieces, file.oid))
        return _checked(file, store.read(file.oid), most)
    except (AuroraError, OSError) as error:
        raise InputLost(_reason(file, error)) from error


def _checked(file: File, content: bytes, most: int) -> Source:
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise InputLost(f"sha256:{file.sha256} is damaged in the artifact store")
    held = content if file.size <= most else None
    return Source(file.path, file.language, file.size, held, lambda: iter((content,)))


def _check_pieces(file: File, pieces: Iterator[bytes]) -> None:
    hash_ = hashlib.sha256()
    for piece in pieces:
        hash_.update(piece)
    if hash_.hexdigest() != file.sha256:
        raise InputLost(f"sha256:{file.sha256} is damaged in the artifact store")


def _reason(file: File, error: AuroraError | OSError) -> str:
    """The same words wherever the store is: they go into the batch's tree."""
    if isinstance(error, AuroraError) and error.code == "ARTIFACT-001":
        return f"sha256:{file.sha256} is not in the artifact store"
    if isinstance(error, AuroraError):
        return f"sha256:{file.sha256} is damaged in the artifact store"
    return f"sha256:{file.sha256} cannot be read: {error.strerror}"


def forget() -> None:
    """Open stores anew when next asked: packs may have been mended since."""
    _store.cache_clear()
