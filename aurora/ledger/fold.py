"""Ledger format 1: what each event changes in the tree, and what the commit of a publishing event says.

Pure, and frozen: the ids of all old commits hang on it, locked by golden ids. A change of any of this is a
new format, chosen by ``WorkspaceCreated.ledger_format``, next to this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final, NamedTuple

from aurora.ledger import table
from aurora.ledger.errors import UnusablePath
from aurora_events.base import Check, Event, File
from aurora_events.batches import BatchFinished
from aurora_events.learning import (
    AbstractionLearned,
    AbstractionRestored,
    AbstractionRetracted,
    BiasPruned,
    BiasRestored,
    BiasUpdated,
    ExplorationRewarded,
)
from aurora_events.review import (
    Edited,
    EvidenceGathered,
    Invalidated,
    LibraryWritten,
    Promoted,
    Proposed,
    Rejected,
    Superseded,
)
from aurora_events.runs import FunctionAmbiguous, FunctionSolved, FunctionUnsolved, RunFinished, RunStarted
from aurora_events.snapshots import SnapshotTaken
from aurora_events.specs import SpecEdited, SpecRemoved
from aurora_events.workspace import WorkspaceCreated

FORMAT: Final = 1
BIAS: Final = "learning/bias.tsv"
SCHEDULER: Final = "learning/scheduler.tsv"
ABSTRACTIONS: Final = "learning/abstractions.tsv"

_OWN: Final = ("journal", "learning", BIAS, SCHEDULER, ABSTRACTIONS)

NAMES: Final = "journal/names"

Read = Callable[[str], str | None]
"""The text of a file of the ledger as it stands after all earlier events; None if there is none."""


class Publication(NamedTuple):
    """What a commit says: its subject, the reason somebody gave, what was done."""

    subject: str
    reason: str = ""
    details: tuple[str, ...] = ()
    run: str = ""
    item: str = ""


class Change(NamedTuple):
    """What an event does to the ledger. ``note`` tells it in the next commit if it does not publish."""

    files: tuple[File, ...] = ()
    note: str = ""
    publication: Publication | None = None


NOTHING: Final = Change()


def change(event: Event, read: Read) -> Change:
    """What ``event`` does, given the tree so far."""
    fold = _FOLDS.get(type(event))
    return fold(event, read) if fold else NOTHING


def names_path(name: str) -> str:
    """The table that says in which file the spec ``name`` is: a moved spec leaves its old place."""
    return f"{NAMES}/{hashlib.sha256(name.encode()).hexdigest()[:2]}.tsv"


def _workspace_created(event: WorkspaceCreated, _: Read) -> Change:
    about = (f"workspace {event.id}", f"promoted functions go to the package {event.library_name}")
    return Change(_given(event), publication=Publication("Create workspace", details=about))


def _spec_edited(event: SpecEdited, read: Read) -> Change:
    names = names_path(event.name)
    known = read(names) or ""
    before = table.get(known, event.name)
    files = [File(f"specs/{event.path}", event.text)]
    subject = f"Edit spec {event.name}"
    if before != event.path:
        files.append(File(names, table.put(known, event.name, event.path)))
        if before is None:
            subject = f"Record spec {event.name}"
        else:
            files.insert(0, File(f"specs/{before}", None))
            subject = f"Move spec {event.name} to {event.path}"
    return Change(
        tuple(files), publication=Publication(subject, details=(f"content {event.spec_hash[:12]}",))
    )


def _spec_removed(event: SpecRemoved, read: Read) -> Change:
    names = names_path(event.name)
    known = read(names) or ""
    path = table.get(known, event.name) or event.path
    files = (File(f"specs/{path}", None), File(names, table.put(known, event.name, None) or None))
    return Change(files, publication=Publication(f"Remove spec {event.name}"))


def _run_started(event: RunStarted, _: Read) -> Change:
    specs = ", ".join(target.spec for target in event.targets)
    limit = f"seed {event.seed}, at most {event.max_evaluations:,} evaluations for each function"
    return Change(note=f"run {_short(event.run)} began on {specs or 'no spec'}: {limit}")


def _function_solved(event: FunctionSolved, _: Read) -> Change:
    return Change(note=f"solved {event.function} of spec {event.spec}: {_score(event)}")


def _function_ambiguous(event: FunctionAmbiguous, _: Read) -> Change:
    asked = f"; what should {event.distinguishing[0].input} be?" if event.distinguishing else ""
    return Change(note=f"ambiguous: {event.function} of spec {event.spec}: {_score(event)}{asked}")


def _function_unsolved(event: FunctionUnsolved, _: Read) -> Change:
    passed = f"at best {event.passed} of {event.total} passed, {event.effort.attempts:,} attempts"
    return Change(note=f"{event.result}: {event.function or 'all'} of spec {event.spec}: {passed}")


def _run_finished(event: RunFinished, _: Read) -> Change:
    counts = {
        "solved": event.solved,
        "ambiguous": event.ambiguous,
        "unsolved": event.unsolved,
        "contradictory": event.contradictory,
        "invalid": event.invalid,
    }
    results = (
        ", ".join(f"{count} {result}" for result, count in counts.items() if count) or "nothing to solve"
    )
    stopped = " (interrupted)" if event.stopped else ""
    effort = f"{event.attempts:,} attempts, {event.evaluations:,} evaluations, {event.seconds:.1f} s"
    subject = f"Finish run {_short(event.run)}: {results}{stopped}"
    return Change(publication=Publication(subject, details=(f"in all {effort}",), run=event.run))


def _bias_updated(event: BiasUpdated, read: Read) -> Change:
    learned = table.put(read(BIAS) or "", event.key, repr(event.new))
    return Change(
        (File(BIAS, learned),), note=f"trust in {event.key}: {event.old:.4g} became {event.new:.4g}"
    )


def _bias_pruned(event: BiasPruned, read: Read) -> Change:
    learned = table.put(read(BIAS) or "", event.key, repr(0.0))
    why = f": {event.reason}" if event.reason else ""
    return Change((File(BIAS, learned),), note=f"trust in {event.key} was pruned from {event.old:.4g}{why}")


def _bias_restored(event: BiasRestored, read: Read) -> Change:
    learned = table.put(read(BIAS) or "", event.key, repr(event.new))
    return Change((File(BIAS, learned),), note=f"trust in {event.key} is {event.new:.4g} again")


def _exploration_rewarded(event: ExplorationRewarded, read: Read) -> Change:
    learned = table.put(read(SCHEDULER) or "", event.key, repr(event.new))
    verb = "paid" if event.won else "did not pay"
    return Change((File(SCHEDULER, learned),), note=f"trying {event.key} {verb}: {event.new:.4g}")


def _abstraction_learned(event: AbstractionLearned, read: Read) -> Change:
    known = table.put(read(ABSTRACTIONS) or "", event.id, _abstraction(event))
    return Change(
        (File(ABSTRACTIONS, known),), note=f"learned {event.id}: {event.text}, {event.saved} nodes less"
    )


def _abstraction_retracted(event: AbstractionRetracted, read: Read) -> Change:
    known = table.put(read(ABSTRACTIONS) or "", event.id, _marked(read, event.id, "retracted"))
    return Change((File(ABSTRACTIONS, known),), publication=Publication(f"Retract {event.id}", event.reason))


def _abstraction_restored(event: AbstractionRestored, read: Read) -> Change:
    known = table.put(read(ABSTRACTIONS) or "", event.id, _marked(read, event.id, "in use"))
    return Change((File(ABSTRACTIONS, known),), publication=Publication(f"Restore {event.id}", event.reason))


def _abstraction(event: AbstractionLearned) -> str:
    return f"in use: ({', '.join(event.parameters)}) -> {event.returns}: {event.text}"


def _marked(read: Read, abstraction: str, state: str) -> str:
    """The table's text of an abstraction, in another state."""
    return f"{state}:{(table.get(read(ABSTRACTIONS) or '', abstraction) or '').partition(':')[2]}"


def _proposed(event: Proposed, _: Read) -> Change:
    note = f"{event.name} of spec {event.spec} waits for review as {_short(event.item)}"
    return Change(_given(event), note=f"{note} ({event.note})" if event.note else note)


def _edited(event: Edited, _: Read) -> Change:
    subject = f"Edit candidate {event.record.func_name or _short(event.item)}"
    about = (f"code is now {event.code_hash[:12]}; earlier evidence no longer counts",)
    return Change(_given(event), publication=Publication(subject, event.reason, about, item=event.item))


def _evidence(event: EvidenceGathered, _: Read) -> Change:
    under = f"under Python {event.python}, Hypothesis {event.hypothesis}"
    about = (
        f"checks of {_short(event.item)}, code {event.code_hash[:12]}, spec {event.spec_hash[:12]}, {under}"
    )
    if event.verdict != "failed":
        return Change(note=f"{about}: {event.verdict} ({_checks(event.checks)})")
    details = (about, *(_check(check) for check in event.checks))
    return Change(
        publication=Publication(
            f"Find {_short(event.item)} failing its checks", details=details, item=event.item
        )
    )


def _promoted(event: Promoted, _: Read) -> Change:
    details = [f"code {event.code_hash[:12]}, checked against spec {event.spec} {event.spec_hash[:12]}"]
    if event.replaces:
        details.append(f"it replaces {_short(event.replaces)}")
    publication = Publication(f"Promote {event.name}", event.reason, tuple(details), item=event.item)
    return Change(_given(event), publication=publication)


def _refused(verb: str, event: Rejected | Invalidated) -> Change:
    details = (f"code {event.code_hash[:12]} of spec {event.spec}",)
    publication = Publication(f"{verb} {event.name}", event.reason, details, item=event.item)
    return Change(_given(event), publication=publication)


def _rejected(event: Rejected, _: Read) -> Change:
    return _refused("Reject", event)


def _invalidated(event: Invalidated, _: Read) -> Change:
    return _refused("Invalidate", event)


def _superseded(event: Superseded, _: Read) -> Change:
    by = f" by {_short(event.by)}" if event.by else ""
    if event.quiet:
        return Change(_given(event), note=f"superseded {event.name} ({_short(event.item)}){by}")
    details = (f"{_short(event.item)} of spec {event.spec} was superseded{by}",)
    publication = Publication(f"Supersede {event.name}", event.reason, details, item=event.item)
    return Change(_given(event), publication=publication)


def _library_written(event: LibraryWritten, _: Read) -> Change:
    return Change(_given(event), note=f"wrote module {event.module} of the library")


def _snapshot_taken(event: SnapshotTaken, _: Read) -> Change:
    details = [f"{event.count:,} files, {event.size:,} bytes, tree {event.tree[:12]}", f"index {event.index}"]
    details += [f"{remark.code}: {remark.path}" for remark in event.warnings]
    publication = Publication(f"Take snapshot {event.snapshot}", details=tuple(details))
    return Change(_given(event), publication=publication)


def _batch_finished(event: BatchFinished, _: Read) -> Change:
    failed = f", {event.failed} failed" if event.failed else ""
    details = (
        f"snapshot {event.snapshot}, tree {event.tree[:12]}",
        f"{event.done} tasks of shards done ({event.memo} from memory){failed}, {event.records:,} records",
    )
    subject = f"Finish batch {_short(event.batch)} of {event.snapshot}{failed}"
    return Change(_given(event), publication=Publication(subject, details=details))


def _given(
    event: WorkspaceCreated
    | BatchFinished
    | SnapshotTaken
    | Proposed
    | Edited
    | Promoted
    | Rejected
    | Invalidated
    | Superseded
    | LibraryWritten,
) -> tuple[File, ...]:
    """The files that an event brings along; those that the ledger writes itself are not theirs to change."""
    for file in event.files:
        if file.path in _OWN or file.path.startswith("journal/"):
            raise UnusablePath(file.path)
    return event.files


def _short(name: str) -> str:
    return name[:8]


def _score(event: FunctionSolved | FunctionAmbiguous) -> str:
    return f"{event.record.passed} of {event.record.total} passed, {event.effort.attempts:,} attempts"


def _check(check: Check) -> str:
    detail = f": {check.detail}" if check.detail else ""
    return f"{check.name} {check.passed} of {check.total}{detail}"


def _checks(checks: tuple[Check, ...]) -> str:
    return ", ".join(f"{check.name} {check.passed} of {check.total}" for check in checks) or "no checks"


_FOLDS: Final[dict[type[Event], Callable[..., Change]]] = {
    WorkspaceCreated: _workspace_created,
    SpecEdited: _spec_edited,
    SpecRemoved: _spec_removed,
    RunStarted: _run_started,
    FunctionSolved: _function_solved,
    FunctionAmbiguous: _function_ambiguous,
    FunctionUnsolved: _function_unsolved,
    RunFinished: _run_finished,
    BiasUpdated: _bias_updated,
    BiasPruned: _bias_pruned,
    BiasRestored: _bias_restored,
    ExplorationRewarded: _exploration_rewarded,
    AbstractionLearned: _abstraction_learned,
    AbstractionRetracted: _abstraction_retracted,
    AbstractionRestored: _abstraction_restored,
    Proposed: _proposed,
    Edited: _edited,
    EvidenceGathered: _evidence,
    Promoted: _promoted,
    Rejected: _rejected,
    Invalidated: _invalidated,
    Superseded: _superseded,
    LibraryWritten: _library_written,
    SnapshotTaken: _snapshot_taken,
    BatchFinished: _batch_finished,
}
