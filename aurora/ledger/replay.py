"""The ledger's history computed without writing anything: the names of all commits, from the log alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final, NamedTuple, NoReturn

from aurora.ledger.history import History, Made, Start
from aurora.ledger.source import PAGE, Source, facts
from aurora.ledger.tree import BLOB, COMMIT, TREE, Folder, WriteObject

_KIND: Final = {COMMIT: b"commit", TREE: b"tree", BLOB: b"blob"}


class Replayed(NamedTuple):
    """The head ("" if nothing was published yet), and each commit with its position, oldest first."""

    head: str
    commits: list[Made]


def name(kind: int, content: bytes) -> bytes:
    """The name that Git gives to an object."""
    return hashlib.sha1(b"%b %d\0" % (_KIND[kind], len(content)) + content, usedforsecurity=False).digest()


def commits(
    source: Source, through: int | None = None, *, page: int = PAGE, write: WriteObject = name
) -> Iterator[Made]:
    """Each commit as it is made. Raises ``CorruptEvent`` at the first event that was altered."""
    history = History(write, Start(), Folder(), _nothing_to_read)
    for fact in facts(source, through=through, page=page):
        if made := history.feed(fact):
            yield made


def replay(source: Source, through: int | None = None) -> Replayed:
    """Fold the log up to position ``through``. Raises ``CorruptEvent`` at the first altered event."""
    made = list(commits(source, through))
    return Replayed(made[-1].sha if made else "", made)


def _nothing_to_read(blob: bytes) -> NoReturn:
    raise AssertionError(f"a history from the beginning holds all its tables, but asked for {blob.hex()}")
