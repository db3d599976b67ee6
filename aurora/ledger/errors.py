"""What can be wrong with a ledger or with the log it is folded from. Nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aurora.errors import Conflict, IntegrityError, NotFound, Refused

SHOWN: Final = 10
"""Paths and commits named in one message; the rest is counted."""


def listed(items: Sequence[str]) -> str:
    """The first few items in one line, and how many more there are."""
    more = f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
    return ", ".join(items[:SHOWN]) + more


class LedgerLocked(Conflict):
    """Another process is publishing."""

    def __init__(self, where: str, seconds: float, holder: str = "another Aurora process") -> None:
        super().__init__(
            "LEDGER-001",
            f"{holder} has held the ledger for more than {seconds:g} s",
            where=where,
            hint="nothing in the log is lost: run the command again when it is done",
        )


class CorruptEvent(IntegrityError):
    """An event is not what was appended. Nothing was published."""

    def __init__(self, position: int, stream: str, message: str) -> None:
        super().__init__(
            "LEDGER-002",
            message,
            where=f"position {position}, stream {stream}",
            hint="nothing was published; `aurora doctor` shows the damage; to recover, move the journal away "
            "and run `aurora restore --from CLONE`",
        )
        self.position = position


class JournalDiverged(IntegrityError):
    """The journal is not the one from which the ledger was made: older, or altered."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(
            "LEDGER-003",
            message,
            where=where,
            hint="put the right journal back, or recover it from the ledger: move .aurora away and run "
            "`aurora restore --from repo-state`",
        )


class ForeignCommit(IntegrityError):
    """Somebody else committed on ``main``, or amended a commit of Aurora."""

    def __init__(self, where: str, sha: str, subject: str, ours: str) -> None:
        undo = f"git -C {where} reset --hard {ours}" if ours else f"move {where} away; Aurora makes it again"
        super().__init__(
            "LEDGER-004",
            f"main is at {sha[:12]} '{subject}', which Aurora did not make",
            where=where,
            hint=f"to keep it: git -C {where} branch keep {sha}; then: {undo}",
        )
        self.sha = sha


class HandEdited(IntegrityError):
    """Files of the ledger were changed by hand."""

    def __init__(self, where: str, paths: Sequence[str]) -> None:
        some = paths[0] if len(paths) == 1 else "PATH"
        super().__init__(
            "LEDGER-005",
            f"changed by hand: {listed(paths)}",
            where=where,
            hint=f"to keep a change, copy the file elsewhere; then: git -C {where} checkout HEAD -- {some} "
            f"(where the commit has no such file: move it away, and git -C {where} reset -- {some})",
        )
        self.paths = tuple(paths)


class NotOnMain(IntegrityError):
    """Somebody checked out something else."""

    def __init__(self, where: str, at: str) -> None:
        super().__init__(
            "LEDGER-006",
            f"{at} is checked out instead of the branch main",
            where=where,
            hint=f"commit or copy away what you changed there, then: git -C {where} checkout main",
        )


class NotALedger(IntegrityError):
    """There is something else at that place."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(
            "LEDGER-007",
            message,
            where=where,
            hint="move it away; Aurora makes the ledger again from the log",
        )


class DamagedLedger(IntegrityError):
    """An object, pack or clone is unreadable or not what its name says."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(
            "LEDGER-008",
            message,
            where=where,
            hint="move it away: `aurora project rebuild` makes the ledger again from the log, with the same "
            "commits; a damaged clone must be cloned again",
        )


class UnusablePath(IntegrityError):
    """An event wants to write outside the ledger, or into Git's own files."""

    def __init__(self, path: str) -> None:
        super().__init__(
            "LEDGER-009",
            f"the path {path!r} cannot stand in the ledger",
            where=ascii(path),
            hint="paths are relative, separated by '/', without '.', '..', control characters or '\\', "
            "and name none of Git's own files",
        )


class UnknownFormat(Refused):
    """The log was written for a ledger format, or with events, that this Aurora does not know."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__("LEDGER-010", message, where=where, hint="use the newer Aurora that wrote it")


class UnknownCommit(NotFound):
    """No commit of Aurora, or more than one, has that name."""

    def __init__(self, where: str, commitish: str, message: str) -> None:
        super().__init__(
            "LEDGER-011",
            f"{commitish!r} {message}",
            where=where,
            hint=f"git -C {where} log --oneline lists them",
        )
