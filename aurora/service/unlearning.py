"""What a person takes back of what runs learned: pruning trust, retracting abstractions, and undoing either."""

from __future__ import annotations

import msgspec

from aurora.errors import Conflict, NotFound, Refused
from aurora.journal.port import VersionConflict
from aurora.learning.bias import SEED_BIAS, Bias, evolve, restored
from aurora.service.ids import only
from aurora.service.workspace import Workspace
from aurora_events.learning import (
    AbstractionRestored,
    AbstractionRetracted,
    BiasPruned,
    BiasRestored,
    abstraction_stream,
    stream,
)
from aurora_events.record import Entry
from aurora_projections import queries
from aurora_projections.abstractions import AbstractionRow
from aurora_projections.seeds import Bias as Row


class Changed(msgspec.Struct, frozen=True):
    """A bias that a person moved."""

    key: str
    old: float
    new: float


def prune(workspace: Workspace, below: float, reason: str) -> list[Changed]:
    """Set every key whose bias is below ``below`` back to 0, in one step. The seed bias is not trust in a key."""
    workspace.check_ledger()
    rows = [row for row in queries.biases(workspace.views.connection) if row.key != SEED_BIAS]
    chosen = [row for row in rows if row.value < below and row.value != 0.0]
    changed = [Changed(row.key, row.value, 0.0) for row in chosen]
    stamp = workspace.stamp()
    _append(workspace, {each.key: BiasPruned(*stamp, each.key, each.old, reason) for each in changed})
    return changed


def undo(workspace: Workspace) -> list[Changed]:
    """Undo the latest pruning: each of its keys gets back what it had, and keeps what it learned since.

    Raises ``NotFound`` when there is none that is not undone.
    """
    workspace.check_ledger()
    pruned = [row for row in queries.biases(workspace.views.connection) if row.pruned_by]
    if not pruned:
        raise NotFound("SEEDS-001", "there is no pruning to undo", hint="aurora seeds show --all")
    latest = max(pruned, key=lambda row: _pruned_at(workspace, row)).pruned_by
    stamp = workspace.stamp()
    chosen = [row for row in pruned if row.pruned_by == latest]
    changed = [Changed(row.key, row.value, restored(Bias(row.value), row.pruned)) for row in chosen]
    _append(
        workspace,
        {each.key: BiasRestored(*stamp, each.key, each.old, each.new, latest) for each in changed},
    )
    return changed


def retract(workspace: Workspace, prefix: str, reason: str, *, back: bool) -> AbstractionRow:
    """Take an abstraction out of use, or ``back`` into it. Raises ``NotFound``; ``Refused`` if it is there already."""
    workspace.check_ledger()
    found = queries.abstractions_named(workspace.views.connection, prefix)
    row = only(
        found, prefix, "abstraction", lambda each: f"{each.id} {each.text}", "aurora corpus abstractions"
    )
    if row.retracted != back:
        state = "retracted" if row.retracted else "in use"
        raise Refused(
            "CORPUS-010", f"abstraction {row.id} is {state} already", hint="aurora corpus abstractions"
        )
    kind = AbstractionRestored if back else AbstractionRetracted
    try:
        workspace.append(
            abstraction_stream(row.id), row.version + 1, kind(*workspace.stamp(), row.id, reason)
        )
    except VersionConflict:
        raise _changed_meanwhile() from None
    workspace.publish()
    (row,) = queries.abstractions_named(workspace.views.connection, row.id)
    return row


def _pruned_at(workspace: Workspace, row: Row) -> int:
    facts = workspace.journal.stream(stream(row.key))
    return max(fact.position for fact in facts if isinstance(fact.event, BiasPruned))


def _append(workspace: Workspace, events: dict[str, BiasPruned] | dict[str, BiasRestored]) -> None:
    """One event for each key, all or nothing, if every bias still is what the person saw."""
    entries = []
    for key, event in events.items():
        facts = workspace.journal.stream(stream(key))
        state = Bias()
        for fact in facts:
            state = evolve(state, fact.event)
        if state.value != event.old:
            raise _changed_meanwhile()
        entries.append(Entry(stream(key), len(facts) + 1, event))
    if not entries:
        return
    try:
        workspace.append_all(entries)
    except VersionConflict:
        raise _changed_meanwhile() from None
    workspace.publish()


def _changed_meanwhile() -> Conflict:
    return Conflict("SEEDS-002", "a run learned something meanwhile", hint="run the command again")
