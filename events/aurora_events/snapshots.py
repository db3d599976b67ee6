"""The life of a snapshot, a frozen view of a folder: ``snapshot/<id>``; and of the store that holds its content."""

from __future__ import annotations

import msgspec

from aurora_events.base import Event, File

STORE = "artifacts"
"""The stream of what happens to the artifact store as a whole."""


def stream(snapshot: str) -> str:
    """The stream of a snapshot."""
    return f"snapshot/{snapshot}"


class Remark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Something odd about a path that was, or was not, taken: a stable code, the path, what it means."""

    code: str
    path: str
    message: str


class SnapshotTaken(Event, frozen=True, tag="snapshot.taken"):
    """A folder was frozen. ``tree`` is its Git tree, ``index`` the sha256 identity of its files.index.

    ``count`` files of ``size`` bytes; ``source`` is the folder as it was given; ``files`` are the ledger's.
    """

    snapshot: str
    tree: str
    index: str
    count: int
    size: int
    source: str
    object_format: str
    warnings: tuple[Remark, ...]
    files: tuple[File, ...]


class ArtifactsDamaged(Event, frozen=True, tag="artifacts.damaged"):
    """A check found objects that events name and that are not there (``missing``) or not what they were."""

    missing: tuple[str, ...]
    corrupt: tuple[str, ...]


class ArtifactsHealed(Event, frozen=True, tag="artifacts.healed"):
    """Objects that were missing or corrupt are there again, from ``source``."""

    objects: tuple[str, ...]
    source: str
