"""What can go wrong with the views. None of it endangers the log: views can always be rebuilt from it."""

from __future__ import annotations

from collections.abc import Iterable


class ViewsError(Exception):
    """Something is wrong at ``where``; ``hint`` says what to do about it."""

    def __init__(self, message: str, *, where: str, hint: str) -> None:
        super().__init__(f"{where}: {message}")
        self.message = message
        self.where = where
        self.hint = hint


class ViewsDamaged(ViewsError):
    """The file of the views cannot be read as what it should be. Nothing was changed."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"the views are damaged: {reason}", where=where, hint="aurora project rebuild")


class ViewsUnavailable(ViewsError):
    """The file of the views cannot be used now: locked for too long, disk full, no permission."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"the views cannot be used: {reason}", where=where, hint="remove the cause, then run it again"
        )


class ViewsAheadOfJournal(ViewsError):
    """The views know of events that the journal does not have: the journal is older than the views."""

    def __init__(self, where: str, views: int, journal: int) -> None:
        super().__init__(
            f"the views stand at position {views}, but the journal ends at {journal}: "
            "the journal is older than the views",
            where=where,
            hint="bring the newer journal back (aurora restore), or accept this one: aurora project rebuild",
        )
        self.views = views
        self.journal = journal


class UnknownView(ViewsError):
    """There is no view of that name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__("there is no such view", where=name, hint=f"one of: {', '.join(known)}")
        self.name = name
