"""The texts of specs as their streams tell them: the last one, and the one that a run or an item was about."""

from __future__ import annotations

from aurora.service.workspace import Workspace
from aurora_events.specs import SpecEdited, stream


def latest(workspace: Workspace, name: str) -> SpecEdited | None:
    """The spec as last recorded; None when it was never, or was removed."""
    facts = workspace.journal.stream(stream(name))
    event = facts[-1].event if facts else None
    return event if isinstance(event, SpecEdited) else None


def with_hash(workspace: Workspace, name: str, spec_hash: str) -> SpecEdited | None:
    """The spec when it had that hash; None when the log does not hold it."""
    events = (fact.event for fact in workspace.journal.stream(stream(name)))
    return next(
        (event for event in events if isinstance(event, SpecEdited) and event.spec_hash == spec_hash), None
    )
