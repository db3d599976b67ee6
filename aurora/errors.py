"""The one base of all errors that Aurora reports, with the exit code that each kind maps to."""

from __future__ import annotations


class AuroraError(Exception):
    """Something a person can act on: a stable code, the place, what is wrong, what to do.

    Subclasses live next to the code that raises them and set ``exit_code`` by deriving from one of the kinds
    below. ``retry`` says whether the same command may succeed if simply run again.
    """

    exit_code = 70
    retry = False

    def __init__(self, code: str, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"error[{self.code}]: {place}{self.message}"


class InvalidInput(AuroraError):
    """The input cannot be used as it is."""

    exit_code = 2


class NotFound(AuroraError):
    """Nothing, or more than one thing, has that id."""

    exit_code = 3


class Conflict(AuroraError):
    """Somebody else was first, or holds the lock: look, then decide again."""

    exit_code = 4
    retry = True


class IntegrityError(AuroraError):
    """The log, a view or the ledger is not what it must be. Nothing was overwritten."""

    exit_code = 5


class Refused(AuroraError):
    """Aurora will not do this, for safety."""

    exit_code = 6
