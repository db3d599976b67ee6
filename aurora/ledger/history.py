"""From events to commits: the same events give the same bytes, whoever folds them, in whatever pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from aurora.ledger import fold, message, segment
from aurora.ledger.errors import UnknownFormat
from aurora.ledger.paths import checked
from aurora.ledger.source import Fact
from aurora.ledger.tree import BLOB, COMMIT, Folder, WriteObject
from aurora_events import codec
from aurora_events.workspace import WorkspaceCreated

COMMITTER: Final = b"Aurora <aurora@localhost>"
_SECOND: Final = 1_000_000_000

ReadText = Callable[[bytes], str]
"""The text of a blob of the tree from which a history goes on."""


class Start(NamedTuple):
    """Where a history goes on: after which position, with which chain and head (hex, "" for none)."""

    position: int = 0
    chain: bytes = codec.GENESIS
    head: str = ""


class Made(NamedTuple):
    """A commit: the position of its publishing event, and its name."""

    position: int
    sha: str


class History:
    """Feed it every event after its start; it makes a commit of each publishing one.

    All that it knows is the tree and the head. What has no effect before the next commit (files, notes,
    lines of the segment) is gathered, and begins anew after each commit: so going on from any commit
    is the same as having gone through.
    """

    def __init__(self, write: WriteObject, start: Start, tree: Folder, read_text: ReadText) -> None:
        self.tree = tree
        self.head = start.head
        self.position = start.position
        self.commits = 0
        self._write = write
        self._read_text = read_text
        self._tables: dict[str, str | None] = {}
        self._files: dict[str, str | None] = {}
        self._notes: list[str] = []
        self._lines: list[str] = []
        self._first = 0

    def feed(self, fact: Fact) -> Made | None:
        """Take the next event; the commit, if it publishes."""
        event = fact.event
        if isinstance(event, WorkspaceCreated) and event.ledger_format != fold.FORMAT:
            found = f"ledger format {event.ledger_format}; this Aurora knows {fold.FORMAT}"
            raise UnknownFormat(f"position {fact.row.position}", found)
        self._first = self._first or fact.row.position
        self._lines.append(segment.line(fact))
        change = fold.change(event, self._read)
        for file in change.files:
            self._files.pop(checked(file.path), None)  # what is written last is applied last
            self._files[file.path] = file.text
        if change.note:
            self._notes.append(change.note)
        return self._commit(fact, change.publication) if change.publication else None

    def _read(self, path: str) -> str | None:
        if path in self._files:
            return self._files[path]
        if path not in self._tables:
            blob = self.tree.find(path)
            self._tables[path] = None if blob is None else self._read_text(blob)
        return self._tables[path]

    def _commit(self, fact: Fact, publication: fold.Publication) -> Made:
        details = (*publication.details, *self._notes)
        self._apply(fact.row.position)
        origin = message.Origin(
            fact.row.position, fact.row.tag, publication.run, publication.item, fact.chain
        )
        parent = f"parent {self.head}\n" if self.head else ""
        when = max(fact.event.at, 0) // _SECOND
        content = b"tree %s\n%sauthor %s %d +0000\ncommitter %s %d +0000\n\n%s" % (
            self.tree.write(self._write).hex().encode(),
            parent.encode(),
            message.identity(fact.event.actor),
            when,
            COMMITTER,
            when,
            message.compose(publication.subject, publication.reason, details, origin),
        )
        self.head = self._write(COMMIT, content).hex()
        self.position = fact.row.position
        self.commits += 1
        return Made(self.position, self.head)

    def _apply(self, position: int) -> None:
        """Put what was gathered into the tree, and begin anew."""
        for path, text in self._files.items():
            if path in self._tables:
                self._tables[path] = text
            if text is None:
                self.tree.remove(path)
            else:
                self.tree.put(path, self._write(BLOB, text.encode()))
        lines = "".join(f"{line}\n" for line in self._lines)
        self.tree.put(segment.path_of(self._first, position), self._write(BLOB, lines.encode()))
        self._files, self._notes, self._lines, self._first = {}, [], [], 0
