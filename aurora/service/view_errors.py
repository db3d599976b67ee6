"""What can go wrong with views, as codes and exit codes: the views themselves know of neither."""

from __future__ import annotations

from typing import Final

from aurora_projections.errors import UnknownView, ViewsAheadOfJournal, ViewsError, ViewsUnavailable

_CODES: Final[dict[type[ViewsError], tuple[str, int]]] = {
    ViewsAheadOfJournal: ("VIEWS-002", 5),
    ViewsUnavailable: ("VIEWS-003", 4),
    UnknownView: ("VIEWS-004", 3),
}
_DAMAGED: Final = ("VIEWS-001", 5)


def view_error(error: ViewsError) -> tuple[str, int]:
    """The code and the exit code of an error of the views."""
    return _CODES.get(type(error), _DAMAGED)
