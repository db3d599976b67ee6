"""The Git repository of the ledger, by way of dulwich: made, read, and its ``main`` moved."""

from __future__ import annotations

import os
import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from dulwich.errors import ChecksumMismatch, FileFormatException
from dulwich.file import FileLocked
from dulwich.object_store import DiskObjectStore
from dulwich.objects import ZERO_SHA, ObjectID
from dulwich.refs import DiskRefsContainer, Ref

from aurora.ledger import message
from aurora.ledger.errors import DamagedLedger, LedgerLocked, NotALedger, NotOnMain, UnknownCommit
from aurora.ledger.files import sync_folder, write_synced
from aurora.ledger.lock import founding
from aurora.ledger.replay import name
from aurora.ledger.tree import BLOB, COMMIT, TREE, Folder

MAIN: Final = Ref(b"refs/heads/main")
_HEAD: Final = Ref(b"HEAD")
_MAIN_HEAD: Final = b"ref: " + MAIN
_SHA: Final = re.compile(r"[0-9a-f]{40}\Z")
_ABBREVIATION: Final = re.compile(r"[0-9a-f]{4,40}\Z")

_UNREADABLE: Final = (
    *(OSError, ValueError, AssertionError, IndexError, zlib.error, struct.error),
    *(ChecksumMismatch, FileFormatException),
)
"""What dulwich raises when bytes on the disk were changed."""

_CONFIG: Final = """\
[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = true
\tautocrlf = false
\tsplitIndex = false
\tfsmonitor = false
\tquotepath = false
[index]
\tversion = 2
\tskipHash = false
"""


class Commit(NamedTuple):
    """What a commit object holds that we need; ``origin`` is None if Aurora did not write the message."""

    sha: str
    tree: bytes
    parents: tuple[str, ...]
    subject: str
    origin: message.Origin | None


def create(path: Path, wait_seconds: float) -> Path:
    """Make an empty repository at ``path`` unless there is one; its ``.git``. Files already there stay."""
    git = path / ".git"
    if not git.exists():
        path.mkdir(parents=True, exist_ok=True)
        with founding(path, wait_seconds):
            if not git.exists():
                _found(path, git)
    if not (git / "HEAD").is_file():
        raise NotALedger(str(git), "this is not a Git repository of its own")
    return git


def _found(path: Path, git: Path) -> None:
    """Build the repository beside its place, then rename it: a killed founder leaves no half repository."""
    fresh = path / ".git.new"
    if fresh.exists():
        shutil.rmtree(fresh)
    for folder in ("objects/pack", "objects/info", "refs/heads", "refs/tags", "info"):
        (fresh / folder).mkdir(parents=True)
    write_synced(fresh / "config", _CONFIG.encode())
    write_synced(fresh / "HEAD", _MAIN_HEAD + b"\n")
    sync_folder(fresh)
    fresh.rename(git)
    sync_folder(path)


class Repository:
    """An opened repository. Use it in a ``with``: packs are mapped into memory until it is closed."""

    def __init__(self, path: Path, git: Path) -> None:
        self.path = path
        self.git = git
        self.packs = git / "objects" / "pack"
        self._objects = DiskObjectStore(git / "objects")
        self._refs = DiskRefsContainer(git)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._objects.close()

    def on_main(self) -> None:
        """Raise ``NotOnMain`` unless the branch ``main`` is checked out."""
        at = (self._refs.read_ref(_HEAD) or b"").strip()
        if at != _MAIN_HEAD:
            branch = at.removeprefix(b"ref: refs/heads/").decode(errors="replace")
            raise NotOnMain(
                str(self.path), f"commit {branch[:12]}" if _SHA.match(branch) else f"branch {branch}"
            )

    def head(self) -> str:
        """The commit at ``main``, "" if there is none yet."""
        sha = (self._refs.read_ref(MAIN) or b"").decode(errors="replace").strip()
        if sha and not _SHA.match(sha):
            raise DamagedLedger(f"{self.git}/refs/heads/main", f"this does not name a commit: {sha[:60]!r}")
        return sha

    def any_head(self) -> str:
        """The commit at ``main``, else at whatever a clone has checked out; "" if there is none."""
        return self.head() or next((str(at, "ascii") for at in self._resolved(_HEAD)), "")

    def _resolved(self, ref: Ref) -> Iterator[ObjectID]:
        try:
            yield self._refs[ref]
        except KeyError:
            return

    def move(self, old: str, new: str) -> None:
        """Let ``main`` point to ``new``, if it points to ``old`` now."""
        before = ObjectID(old.encode()) if old else ZERO_SHA
        try:
            moved = self._refs.set_if_equals(MAIN, before, ObjectID(new.encode()))
        except FileLocked as error:
            raise LedgerLocked(f"{self.git}/refs/heads/main.lock", 0, "git") from error
        if not moved:
            raise LedgerLocked(f"{self.git}/refs/heads/main", 0, "somebody who moved main meanwhile")

    def read(self, sha: bytes, *kinds: int) -> bytes:
        """The content of an object, checked against its name. Raises ``DamagedLedger``."""
        where = f"{self.git}, object {sha.hex()}"
        try:
            kind, content = self._objects.get_raw(ObjectID(sha.hex().encode()))
        except KeyError as error:
            raise DamagedLedger(where, "the object is missing") from error
        except _UNREADABLE as error:
            raise DamagedLedger(where, f"the object cannot be read: {error}") from error
        if name(kind, content) != sha:
            raise DamagedLedger(where, "the object does not match its name")
        if kinds and kind not in kinds:
            raise DamagedLedger(where, "the object is of another kind than it must be")
        return content

    def commit(self, sha: str) -> Commit:
        """The commit of that name."""
        head, _, text = self.read(bytes.fromhex(sha), COMMIT).partition(b"\n\n")
        lines = [line.partition(b" ") for line in head.split(b"\n")]
        tree = next((value for key, _, value in lines if key == b"tree"), b"")
        parents = tuple(value.decode() for key, _, value in lines if key == b"parent")
        return Commit(
            sha, bytes.fromhex(tree.decode()), parents, message.subject_of(text), message.parse_origin(text)
        )

    def ancestors(self, sha: str) -> Iterator[Commit]:
        """The commit, its first parent, and so on."""
        while sha:
            commit = self.commit(sha)
            yield commit
            sha = commit.parents[0] if commit.parents else ""

    def folder(self, tree: bytes) -> Folder:
        """A tree, read as far as it is looked into."""
        return Folder(tree, lambda sha: self.read(sha, TREE))

    def text(self, blob: bytes) -> str:
        """The text of a blob."""
        return self.read(blob, BLOB).decode()

    def has(self, sha: str) -> bool:
        """Whether there is an object of that name."""
        return ObjectID(sha.encode()) in self._objects

    def names(self) -> set[bytes]:
        """The names of all objects."""
        return {bytes.fromhex(sha.decode()) for sha in self._objects}

    def named(self, abbreviation: str) -> Commit:
        """The one commit whose name begins so. Raises ``UnknownCommit``."""
        where = str(self.path)
        if not _ABBREVIATION.match(abbreviation):
            raise UnknownCommit(where, abbreviation, "is not a commit id (at least 4 hexadecimal digits)")
        found = []
        for sha in set(self._objects.iter_prefix(abbreviation.encode())):
            if self._objects.get_raw(sha)[0] == COMMIT:
                found.append(self.commit(sha.decode()))
        if len(found) != 1:
            raise UnknownCommit(
                where, abbreviation, "names several commits" if found else "names no commit here"
            )
        return found[0]


def commit_position(path: Path, commitish: str) -> int:
    """The position of the commit whose name begins with ``commitish``. Raises ``UnknownCommit``."""
    with Repository(path, git_folder(path)) as repository:
        commit = repository.named(commitish.lower())
    if commit.origin is None:
        raise UnknownCommit(str(path), commitish, "was not made by Aurora")
    return commit.origin.position


def exists(path: Path) -> bool:
    """Whether there is a ledger that has been published to, or half made."""
    return (path / ".git").exists()


def git_folder(path: Path) -> Path:
    """Where the objects and refs of a clone are: bare or not, or a work tree that points elsewhere."""
    inside = path / ".git"
    if inside.is_file():
        target = inside.read_text(errors="replace").removeprefix("gitdir:").strip()
        inside = path / target
        common = inside / "commondir"
        if common.is_file():
            inside = inside / common.read_text().strip()
    git = inside if inside.is_dir() else path
    if not ((git / "HEAD").is_file() and (git / "objects").is_dir()):
        raise NotALedger(os.fspath(path), "there is no Git repository here")
    return git
