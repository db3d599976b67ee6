"""Let the Git history catch up with the log: objects, then intent, then ref, then working tree."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from aurora.ledger import packs
from aurora.ledger.history import History
from aurora.ledger.intent import Intent, write_intent
from aurora.ledger.lock import LOCK, exclusive
from aurora.ledger.packs import PackBuilder
from aurora.ledger.repository import Repository, create, exists
from aurora.ledger.source import PAGE, KnownChain, Source, facts
from aurora.ledger.standing import Standing, recognise, standing
from aurora.ledger.tree import Folder
from aurora.ledger.worktree import Worktree

WAIT: Final = 30.0
_PACK_BYTES: Final = 16_000_000


class Published(NamedTuple):
    """Where the ledger stands now ("" and 0 before the first commit), and how many commits were added."""

    head: str
    position: int
    commits: int


def preflight(
    path: Path,
    source: Source,
    *,
    intent: Path,
    known_chain: KnownChain | None = None,
    wait_seconds: float = WAIT,
) -> int:
    """Raise what ``catch_up`` would raise, before a command appends anything; changes nothing.

    Gives the position up to which commits vouch for the log.
    """
    if not exists(path):
        return 0
    git = _ours(path, wait_seconds)
    with exclusive(git, wait_seconds), Repository(path, git) as repository:
        now = standing(repository, source, intent, known_chain)
        Worktree(path, git).check(now.files, now.before)
    return now.start.position


def catch_up(
    path: Path,
    source: Source,
    *,
    intent: Path,
    known_chain: KnownChain | None = None,
    wait_seconds: float = WAIT,
    page: int = PAGE,
) -> Published:
    """Publish all that the log holds, all or nothing, and fill in the working tree.

    Makes the repository if it is missing: the same log gives the same head. Kill it anywhere; run it again.
    Raises an ``IntegrityError`` and leaves everything as it was when the journal was altered or somebody else
    changed the ledger.
    """
    git = _ours(path, wait_seconds)
    with exclusive(git, wait_seconds):
        with Repository(path, git) as repository:
            now = standing(repository, source, intent, known_chain)
            worktree = Worktree(path, git)
            seen = worktree.check(now.files, now.before)
            worktree.settle(now.files, seen, repository.read)
            with packs.kept_only_if_done(repository.packs):
                builder = PackBuilder()
                history = _fold(repository, source, now, page, builder)
                files = _files_after(repository, now, history)
                worktree.check_new(files, seen)
            if history.commits:
                write_intent(intent, Intent(now.start.head, history.head))
                repository.move(now.start.head, history.head)
                worktree.settle(files, seen, lambda blob: builder.recent(blob) or repository.read(blob))
        packs.merge(git / "objects" / "pack")
    return Published(history.head, history.position, history.commits)


def _files_after(repository: Repository, now: Standing, history: History) -> dict[bytes, bytes]:
    """The files of the new head, by what differs from the old one."""
    root = repository.commit(now.start.head).tree if now.start.head else None
    old = repository.folder(root) if root else Folder()
    files = dict(now.files)
    for path, _, blob in old.differences(history.tree):
        if blob is None:
            del files[path]
        else:
            files[path] = blob
    return files


def _ours(path: Path, wait_seconds: float) -> Path:
    """The ``.git`` of the ledger. Leaves no trace, not even a lock, in a repository that is somebody else's."""
    git = create(path, wait_seconds)
    if not (git / LOCK).exists():
        with Repository(path, git) as repository:
            recognise(repository)
    return git


def _fold(repository: Repository, source: Source, now: Standing, page: int, builder: PackBuilder) -> History:
    """Make all new commits durable, though nothing points to them yet."""
    history = History(builder.add, now.start, now.tree, repository.text)
    for fact in facts(source, now.start.position, now.start.chain, page=page):
        history.feed(fact)
        if builder.size > _PACK_BYTES:
            builder.store(repository.packs)
    if history.commits:
        builder.store(repository.packs)
    return history
