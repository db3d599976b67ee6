"""What an artifact store promises, and the ways in which it can fail.

The domain names content by ``sha256:<hex>`` of its raw bytes; Git names it by its own ids. The store knows both
(``found`` and ``learn``), and whoever reads gets bytes whose Git id was checked, or an error, never other bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from aurora.errors import Conflict, IntegrityError, NotFound, Refused

PREFIX: Final = "sha256:"

FILE: Final = 0o100644
EXECUTABLE: Final = 0o100755
LINK: Final = 0o120000


class Placed(NamedTuple):
    """Content in the store: its Git id and its size."""

    oid: str
    size: int


class Leaf(NamedTuple):
    """A file of a tree."""

    mode: int
    oid: str


class PackedBlob(NamedTuple):
    """A blob as a pack holds it, made elsewhere (in a worker): both of its names, its size, its packed bytes."""

    sha256: str
    oid: str
    size: int
    packed: bytes


class Writer(Protocol):
    """Objects on their way into the store: there, all of them and for good, after ``finish``; else not at all."""

    def blob(self, content: bytes) -> str:
        """Take a blob; its Git id."""
        ...

    def packed(self, blob: PackedBlob) -> None:
        """Take a blob that was packed elsewhere."""
        ...

    def stream(self, size: int, pieces: Iterable[bytes]) -> str:
        """Take a blob of ``size`` bytes piece by piece, at constant memory; its Git id."""
        ...

    def tree(self, files: Mapping[bytes, Leaf]) -> str:
        """Take the trees of these files, by path; the Git id of the outermost."""
        ...

    def commit(self, tree: str, message: str, parents: Iterable[str] = ()) -> str:
        """Take a commit whose id depends on nothing but what is given here; its Git id."""
        ...

    def finish(self) -> Path | None:
        """Make everything durable; the pack, None if there was nothing to write."""
        ...


class Store(Protocol):
    """A store of artifacts. Several processes may use it at once."""

    def writing(self) -> AbstractContextManager[Writer]:
        """A writer; what was not finished at the end leaves no trace."""
        ...

    def exclusive(self) -> AbstractContextManager[None]:
        """Be the only process that moves refs."""
        ...

    def read(self, oid: str) -> bytes:
        """The content of a blob. Raises ``ArtifactMissing``, ``ArtifactCorrupt``."""
        ...

    def pieces(self, oid: str) -> Iterator[bytes]:
        """The content of a blob piece by piece, at constant memory. Raises as ``read``, at the end at the latest."""
        ...

    def holds(self, oid: str) -> bool:
        """Whether the object is there; not whether it is intact."""
        ...

    def files(self, tree: str) -> dict[bytes, Leaf]:
        """Every file below a tree (or the tree of a commit), by path."""
        ...

    def ref(self, name: str) -> str:
        """What the ref ``refs/aurora/<name>`` names, "" if there is none."""
        ...

    def refs(self, below: str) -> dict[str, str]:
        """The refs below ``refs/aurora/<below>/``, by the rest of their name."""
        ...

    def set_ref(self, name: str, commit: str) -> None:
        """Point a ref somewhere, durably. Hold ``exclusive``."""
        ...

    def learn(self, pairs: Mapping[str, Placed]) -> None:
        """Remember where content is, by its sha256 in hex."""
        ...

    def found(self, sha256: str) -> Placed | None:
        """Where content is, as far as it is known."""
        ...


class ArtifactMissing(NotFound):
    """Content that an event or a tree names is not in the store."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(
            "ARTIFACT-001",
            f"{what} is not in the artifact store",
            where=where,
            hint="take the snapshot again: aurora snapshot take DIR; then: aurora batch retry BATCH",
        )


class ArtifactCorrupt(IntegrityError):
    """Content in the store is not what its name says."""

    def __init__(self, what: str, reason: str, where: str = "") -> None:
        super().__init__(
            "ARTIFACT-002",
            f"{what} is damaged: {reason}",
            where=where,
            hint="take the snapshot again, which heals it: aurora snapshot take DIR",
        )


class StoreBusy(Conflict):
    """Another process holds the store longer than we wait."""

    def __init__(self, where: str, seconds: float) -> None:
        super().__init__(
            "ARTIFACT-003",
            f"another process has been writing for {seconds:g} seconds",
            where=where,
            hint="nothing was lost: run the command again",
        )


class CacheUnwritable(Refused):
    """A table that can be made again cannot be written now: a full disk, a missing right."""

    retry = True

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            "ARTIFACT-006", reason, where=where, hint="cure that, then run it again: nothing was lost"
        )


class StoreUnusable(IntegrityError):
    """The store is not one that this Aurora can read."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            "ARTIFACT-004", reason, where=where, hint="move it away; aurora snapshot take DIR makes it again"
        )
