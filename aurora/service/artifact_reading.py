"""Reading artifacts by their identity: one reader, which puts chunks together and checks everything it gives."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from aurora.artifacts.port import ArtifactCorrupt, ArtifactMissing, Placed
from aurora.batch.executing import read_manifest
from aurora.errors import InvalidInput
from aurora.service.workspace import Workspace

_SMALL = 1 << 20


def place_of(workspace: Workspace, sha256: str) -> Placed:
    """Where content is. Raises ``ArtifactMissing``."""
    store = workspace.artifacts
    what = f"sha256:{sha256}"
    if not store.exists():
        raise ArtifactMissing(what, str(store.git))
    at = store.found(sha256)
    if at is None:
        raise ArtifactMissing(what, str(store.git))
    return at


def content_of(workspace: Workspace, identity: str, *, resolve: bool = True) -> Iterator[bytes]:
    """The content piece by piece, checked against its identity; of a manifest, that of its chunks.

    Raises ``InvalidInput``, ``ArtifactMissing``, ``ArtifactCorrupt`` (at the end at the latest).
    """
    sha256 = identity.removeprefix("sha256:").lower()
    if len(sha256) != 64 or not all(letter in "0123456789abcdef" for letter in sha256):
        raise InvalidInput("ARTIFACT-005", f"{identity!a} is not a sha256", hint="64 hex digits")
    at = place_of(workspace, sha256)
    if resolve and at.size <= _SMALL:
        content = workspace.artifacts.read(at.oid)
        manifest = read_manifest(content)
        if manifest is not None:
            _check(sha256, hashlib.sha256(content).hexdigest())
            for chunk in manifest.chunks:
                yield from content_of(workspace, chunk.object, resolve=False)
            return
    hash_ = hashlib.sha256()
    for piece in workspace.artifacts.pieces(at.oid):
        hash_.update(piece)
        yield piece
    _check(sha256, hash_.hexdigest())


def _check(wanted: str, found: str) -> None:
    if wanted != found:
        raise ArtifactCorrupt(f"sha256:{wanted}", "its content has another sha256")
