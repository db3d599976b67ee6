"""The tasks of one shard on its files: each file is opened once and shared, each task fails by itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

import msgspec

from aurora.batch.index import identity
from aurora.batch.records import Lines
from aurora.batch.source import Source
from aurora.batch.task import Task

MANIFEST: Final = "aurora.batch.manifest"


class Input(NamedTuple):
    """A file of the shard, still closed. ``open`` raises ``InputLost``."""

    path: str
    open: Callable[[], Source]


class InputLost(Exception):
    """A file of the snapshot is not in the store, or not what it was."""


class Outcome(NamedTuple):
    """What a task gave: its lines and how many records they hold, or an error and the paths to blame."""

    task: str
    lines: bytes
    records: int
    error: str = ""
    paths: tuple[str, ...] = ()


class Chunk(msgspec.Struct, frozen=True):
    """A piece of something large."""

    object: str
    size: int
    index: int


class Manifest(msgspec.Struct, frozen=True):
    """What stands for something large: its pieces in order."""

    schema_name: str
    schema_version: int
    kind: str
    format: str
    chunks: tuple[Chunk, ...]
    total_bytes: int
    chunk_size: int


def run_shard(
    tasks: Sequence[Task],
    settings: Mapping[str, Mapping[str, str]],
    inputs: Iterable[Input],
    keep: Callable[[str, bytes], None],
) -> list[Outcome]:
    """Run tasks, each after those that it builds on. A file that is lost fails every task; a defect its own task."""
    lines = {task.name: Lines() for task in tasks}
    errors: dict[str, tuple[str, tuple[str, ...]]] = {}
    lost: list[str] = []
    why = ""
    held: list[Source] = []
    wholes = [task for task in tasks if task.whole is not None]
    for each in inputs:
        try:
            source = each.open()
        except InputLost as error:
            lost.append(each.path)
            why = why or str(error)
            continue
        for task in tasks:
            if task.each is not None and task.name not in errors:
                kept = partial(keep, task.name)
                error_text = _run_each(task, settings[task.name], source, kept, lines[task.name])
                if error_text:
                    errors[task.name] = (error_text, (source.path,))
        if wholes:
            held.append(source)
    if lost:
        return [Outcome(task.name, b"", 0, why, tuple(lost)) for task in tasks]
    for task in wholes:
        try:
            for record in task.whole(held, settings[task.name]):
                lines[task.name].add(record)
        except Exception as error:  # noqa: BLE001 - a task may be anybody's code; its defect is its outcome
            errors[task.name] = (_described(error), tuple(source.path for source in held))
    return [_outcome(task, lines[task.name], errors) for task in tasks]


def _run_each(
    task: Task, settings: Mapping[str, str], source: Source, keep: Callable[[bytes], None], lines: Lines
) -> str:
    """Add the records of one file; what went wrong, or ""."""

    def store(content: bytes) -> str:
        return store_in_chunks(content, int(settings.get("chunk_threshold", "16777216")), keep)

    try:
        for record in task.each(source, settings, store):
            lines.add(record)
    except Exception as error:  # noqa: BLE001 - a task may be anybody's code; its defect is its outcome
        return _described(error)
    return ""


def _outcome(task: Task, lines: Lines, errors: dict[str, tuple[str, tuple[str, ...]]]) -> Outcome:
    for name in (task.name, *task.depends_on):
        if name in errors:
            text, paths = errors[name]
            if name != task.name:
                text = f"it builds on {name}, which failed: {text}"
                errors.setdefault(task.name, (text, paths))
            return Outcome(task.name, b"", 0, text, paths)
    return Outcome(task.name, bytes(lines.content), lines.count)


def store_in_chunks(content: bytes, threshold: int, keep: Callable[[bytes], None]) -> str:
    """Keep content, in pieces of ``threshold`` bytes with a manifest when it is larger; the identity to read it by."""
    if len(content) <= threshold:
        keep(content)
        return identity(content)
    chunks = []
    for number, start in enumerate(range(0, len(content), threshold)):
        piece = content[start : start + threshold]
        keep(piece)
        chunks.append(Chunk(identity(piece), len(piece), number))
    manifest = msgspec.json.encode(
        Manifest(MANIFEST, 1, "ast", "json", tuple(chunks), len(content), threshold)
    )
    keep(manifest)
    return identity(manifest)


def read_manifest(content: bytes) -> Manifest | None:
    """The manifest in these bytes; None if they are none."""
    if not content.startswith(b'{"schema_name":"' + MANIFEST.encode() + b'"'):
        return None
    return msgspec.json.decode(content, type=Manifest)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".split("\n", 1)[0][:500]
