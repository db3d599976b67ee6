"""What a journal promises, whatever stores it, and the ways in which it can fail."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Final, Protocol, Self

from aurora.errors import Conflict, IntegrityError, NotFound, Refused
from aurora_events.record import Entry, Recorded, StoredRow

PAGE: Final = 5000
"""Rows read at a time: large enough that the cost of a query vanishes, small enough to stay in the cache."""

END: Final = 2**63 - 1
"""After every position that a journal can hold."""


class Journal(Protocol):
    """All streams in one total order. Positions grow; only their order counts, PostgreSQL leaves gaps."""

    def append(self, entries: Sequence[Entry]) -> list[int]:
        """Store all entries or none; their positions. An entry's version must be the next of its stream."""
        ...

    def scan(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[Recorded]:
        """The next events in order, after position ``after`` and not beyond ``through``."""
        ...

    def rows(self, after: int = 0, limit: int = PAGE, through: int | None = None) -> list[StoredRow]:
        """As ``scan``, but undecoded: whatever is stored, damaged or not."""
        ...

    def stream(self, name: str) -> list[Recorded]:
        """All events of one stream, oldest first."""
        ...

    def version(self, name: str) -> int:
        """The version of a stream's last event, 0 when it has none."""
        ...

    def position(self) -> int:
        """The last position, 0 when the journal is empty."""
        ...

    def count(self) -> int:
        """How many events there are."""
        ...

    def damage(self) -> list[str]:
        """What the store itself finds wrong with its files, beyond what the rows show."""
        ...

    def load(self, rows: Iterable[StoredRow]) -> None:
        """Fill an empty journal with exactly these rows, all or none; refuse when it is not empty."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Closing(ABC):
    """``with journal:`` closes it at the end."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class VersionConflict(Conflict):
    """The stream has moved on (or never got so far) since its version was read."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            "JOURNAL-001",
            f"wrong expected version: {expected} (stream {stream}, version {actual})",
            where=stream,
            hint="somebody else wrote to it first: look at it again, then decide again",
        )
        self.stream = stream
        self.expected = expected
        self.actual = actual


class JournalCorrupt(IntegrityError):
    """What is stored is not what was written. Nothing was changed."""

    def __init__(self, message: str, *, where: str, position: int = 0, stream: str = "") -> None:
        super().__init__(
            "JOURNAL-002",
            message,
            where=where,
            hint="`aurora doctor` shows the damage; to recover, move the journal away and run "
            "`aurora restore --from CLONE` with a clone of repo-state",
        )
        self.position = position
        self.stream = stream


class JournalMissing(NotFound):
    """There is no journal at that place."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "JOURNAL-003",
            "there is no journal here",
            where=where,
            hint="`aurora init` starts a workspace; `aurora restore --from CLONE` brings one back",
        )


class JournalNotEmpty(Refused):
    """Restoring never overwrites."""

    def __init__(self, where: str, position: int) -> None:
        super().__init__(
            "JOURNAL-004",
            f"the journal already holds events up to position {position}; restoring fills an empty one only",
            where=where,
            hint="move it away first if it is really to be replaced",
        )


class JournalBusy(Conflict):
    """Another process holds the journal longer than we wait, or its server does not answer."""

    def __init__(self, message: str, *, where: str) -> None:
        super().__init__(
            "JOURNAL-005", message, where=where, hint="nothing was written or lost: run the command again"
        )


class JournalUnwritable(Refused):
    """The disk is full, the file is not ours to write, or the journal was opened for reading."""

    def __init__(self, message: str, *, where: str, hint: str) -> None:
        super().__init__("JOURNAL-006", message, where=where, hint=hint)


class JournalUnusable(Refused):
    """The location or its settings cannot be used safely."""

    def __init__(self, message: str, *, where: str, hint: str) -> None:
        super().__init__("JOURNAL-007", message, where=where, hint=hint)
