"""A workspace on disk, opened: its journal, its views, its ledger, and who is asking.

Every writing command goes through the same four steps: ``check_ledger`` (stop before writing when somebody else
changed ``repo-state``), append to the journal, ``publish`` (views and Git catch up), answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from aurora.errors import IntegrityError, NotFound
from aurora.journal.opening import open_journal
from aurora.journal.port import Journal
from aurora.service.config import FILE_NAME, Config, read_config
from aurora_events.base import Event
from aurora_events.record import Entry
from aurora_events.workspace import STREAM, WorkspaceCreated
from aurora_projections.views import Views

if TYPE_CHECKING:  # dulwich is slow to import, and reading commands never need it
    from aurora.artifacts.store import ArtifactStore
    from aurora.ledger import Published


class Caller(msgspec.Struct, frozen=True):
    """Who gives the command and what changes from run to run, as values: clock, ids, environment."""

    actor: str
    clock: Callable[[], int]
    new_id: Callable[[], str]
    cause: str
    journal_location: str = ""
    environment: Mapping[str, str] = {}


class Paths(msgspec.Struct, frozen=True):
    """Where the parts of a workspace are."""

    root: Path

    @property
    def config(self) -> Path:
        """``aurora.toml``, which marks a workspace."""
        return self.root / FILE_NAME

    @property
    def specs(self) -> Path:
        """What people write."""
        return self.root / "specs"

    @property
    def repo(self) -> Path:
        """The ledger."""
        return self.root / "repo-state"

    @property
    def private(self) -> Path:
        """What only Aurora touches."""
        return self.root / ".aurora"

    @property
    def journal(self) -> Path:
        """The truth."""
        return self.private / "journal.db"

    @property
    def views(self) -> Path:
        """Tables that can be deleted."""
        return self.private / "views"

    @property
    def artifacts(self) -> Path:
        """Content too large for events."""
        return self.private / "artifacts.git"

    @property
    def intent(self) -> Path:
        """Which head Aurora published last, to tell its own commits from others'."""
        return self.private / "ledger.json"


class WorkspaceNotFound(NotFound):
    """No ``aurora.toml`` here or above."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            "WORKSPACE-001", "no workspace here or above", where=str(start), hint="aurora init DIR, or -C DIR"
        )


class JournalMissing(IntegrityError):
    """The workspace has no journal."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "WORKSPACE-002",
            "the journal is missing",
            where=str(path),
            hint="aurora restore (from repo-state), or aurora restore --from CLONE",
        )


def find_root(start: Path) -> Path:
    """The nearest folder from ``start`` upward that holds ``aurora.toml``. Raises ``WorkspaceNotFound``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise WorkspaceNotFound(start)


class Workspace:
    """An open workspace. Invariant: nothing outside the journal is ever the only place of a fact."""

    def __init__(self, root: Path, caller: Caller, *, writable: bool) -> None:
        self.paths = Paths(root)
        self.caller = caller
        self.writable = writable
        self.config: Config = read_config(self.paths.config)

    @cached_property
    def journal(self) -> Journal:
        """The log. Raises ``JournalMissing`` when there is none."""
        location = self.caller.journal_location
        if not location and not self.paths.journal.exists():
            raise JournalMissing(self.paths.journal)
        return open_journal(
            location or self.paths.journal, create=False, writable=self.writable, env=self.caller.environment
        )

    @cached_property
    def views(self) -> Views:
        """The tables, caught up with the journal."""
        views = Views.open(self.paths.views)
        views.advance(self.journal)
        return views

    @cached_property
    def artifacts(self) -> ArtifactStore:
        """The content that events name by its sha256; made when it is first written to."""
        from aurora.artifacts.store import ArtifactStore
        from aurora.service.batch_store import learn_from_refs

        store = ArtifactStore(
            self.paths.artifacts, self.paths.views / "artifacts.db", self.config.artifacts.object_format
        )
        store.relearn = partial(learn_from_refs, store)
        return store

    @cached_property
    def created(self) -> WorkspaceCreated:
        """Event 1. Raises ``IntegrityError`` when the log does not begin with it."""
        first = self.journal.stream(STREAM)
        if not first or not isinstance(first[0].event, WorkspaceCreated):
            raise IntegrityError(
                "WORKSPACE-003",
                "the journal does not begin with the creation of a workspace",
                where=str(self.paths.journal),
                hint="aurora restore --from CLONE",
            )
        return first[0].event

    @property
    def library(self) -> str:
        """The import name of the package of promoted functions."""
        return self.created.library_name

    def stamp(self) -> tuple[int, str, str]:
        """``at``, ``actor`` and ``cause`` for an event of this command."""
        return self.caller.clock(), self.caller.actor, self.caller.cause

    def engine_stamp(self) -> tuple[int, str, str]:
        """The stamp of what the machine does by itself."""
        return self.caller.clock(), "engine", self.caller.cause

    def append(self, stream: str, version: int, *events: Event) -> list[int]:
        """Append ``events`` to one stream, the first at ``version``. Raises ``VersionConflict``."""
        return self.journal.append([Entry(stream, version + n, event) for n, event in enumerate(events)])

    def append_all(self, entries: Sequence[Entry]) -> list[int]:
        """Append to several streams in one step, all or nothing. Raises ``VersionConflict``."""
        return self.journal.append(entries)

    def check_ledger(self) -> None:
        """Stop before anything is written when ``repo-state`` or what it does not hold yet was changed by others.

        Raises ``IntegrityError``.
        """
        from aurora import ledger
        from aurora.service.unpublished import check_unpublished

        vouched = ledger.preflight(
            self.paths.repo, self.journal, intent=self.paths.intent, known_chain=self.known_chain
        )
        check_unpublished(self.journal, self.views.connection, vouched)

    def publish(self) -> Published:
        """Let views and Git catch up with the journal."""
        from aurora import ledger

        self.views.advance(self.journal)
        return ledger.catch_up(
            self.paths.repo, self.journal, intent=self.paths.intent, known_chain=self.known_chain
        )

    def known_chain(self, position: int) -> bytes | None:
        """The hash chain at ``position`` as the audit view has it."""
        from aurora_projections import queries

        return queries.chain_at(self.views.connection, position)

    def close(self) -> None:
        """Close what was opened."""
        for name in ("views", "journal", "artifacts"):
            if name in self.__dict__:
                self.__dict__[name].close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
