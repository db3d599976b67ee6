"""Where the ledger stands: whether its head is ours, and whether the log still leads to it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from aurora.ledger.errors import ForeignCommit, JournalDiverged, NotALedger
from aurora.ledger.history import Start
from aurora.ledger.intent import Intent, read_intent
from aurora.ledger.replay import replay
from aurora.ledger.repository import Commit, Repository
from aurora.ledger.source import KnownChain, Source, chain_at
from aurora.ledger.tree import Folder


class Standing(NamedTuple):
    """A sound ledger: where to go on, its files, and where those that the last writer found were others."""

    start: Start
    tree: Folder
    files: dict[bytes, bytes]
    before: dict[bytes, bytes | None]


def standing(
    repository: Repository, source: Source, intent: Path, known_chain: KnownChain | None
) -> Standing:
    """Where a ledger stands. Raises ``IntegrityError`` for what somebody did to it or to the journal."""
    repository.on_main()
    head = repository.head()
    if not head:
        return Standing(Start(), Folder(), {}, {})
    recorded = read_intent(intent)
    commit = repository.commit(head)
    if commit.origin is None:
        raise foreign(repository, commit, recorded)
    check_journal(str(repository.path), commit, source, known_chain)
    if not _is_ours(head, recorded, source, commit.origin.position):
        raise foreign(repository, commit, recorded)
    tree = repository.folder(commit.tree)
    start = Start(commit.origin.position, commit.origin.chain, head)
    return Standing(start, tree, tree.files(), before_last(repository, tree, head, recorded))


def before_last(
    repository: Repository, tree: Folder, head: str, recorded: Intent | None
) -> dict[bytes, bytes | None]:
    """Where the last writer, who may have been killed before he replaced it, found something else than ``tree``."""
    if not (recorded and recorded.new == head and recorded.old and repository.has(recorded.old)):
        return {}
    old = repository.folder(repository.commit(recorded.old).tree)
    return {path: blob for path, blob, _ in old.differences(tree)}


def recognise(repository: Repository) -> None:
    """Raise unless the repository is empty or its head has the trailers of Aurora."""
    head = repository.head()
    if head and (commit := repository.commit(head)).origin is None:
        raise foreign(repository, commit, None)


def check_journal(where: str, commit: Commit, source: Source, known_chain: KnownChain | None) -> None:
    """Raise ``JournalDiverged`` unless the log up to this commit is the one from which it was made.

    A remembered chain is believed only when it agrees: that it disagrees may be its own fault.
    """
    assert commit.origin is not None
    position, last = commit.origin.position, source.position()
    if position > last:
        told = f"the ledger is at position {position}, but the journal ends at {last}: it is an older one"
        raise JournalDiverged(where, told)
    if known_chain is not None and known_chain(position) == commit.origin.chain:
        return
    if chain_at(source, position) != commit.origin.chain:
        told = (
            f"the journal was altered: up to position {position} it is not that of commit {commit.sha[:12]}"
        )
        raise JournalDiverged(where, told)


def foreign(repository: Repository, commit: Commit, recorded: Intent | None) -> ForeignCommit | NotALedger:
    """The error for a head that we did not make, with the last commit that we did make."""
    last = next((sha for sha in (recorded or ())[::-1] if sha and repository.has(sha)), "")
    if not last:
        older = repository.ancestors(commit.parents[0]) if commit.parents else iter(())
        last = next((before.sha for before in older if before.origin), "")
    if not last and commit.origin is None:
        return NotALedger(str(repository.path), "this repository has no commit of Aurora")
    return ForeignCommit(str(repository.path), commit.sha, commit.subject, last)


def _is_ours(head: str, recorded: Intent | None, source: Source, position: int) -> bool:
    """By the last intent; if that does not know the head (lost, or ``main`` was set back), by the log."""
    if recorded is not None and head in recorded:
        return True
    return replay(source, through=position).head == head
