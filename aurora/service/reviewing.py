"""A person's decisions on review items: load, check, decide, append with the versions that were seen.

A decision is never retried by itself: when the item or the name's slot moved since the command began, it ends in a
conflict. Only the text of the library module, which follows from the decisions, is composed again when another
function of the same module was promoted in between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from aurora.errors import Conflict, IntegrityError, InvalidInput, Refused
from aurora.journal.port import VersionConflict
from aurora.review import item as decisions
from aurora.review.item import Item
from aurora.review.library import candidate_files, module_files, without
from aurora.review.slot import Module, Slot, fold_module, fold_slot
from aurora.sandbox.audit import audit_code
from aurora.service.sandboxing import open_sandboxes
from aurora.service.workspace import Workspace
from aurora.specs.model import Function, Spec
from aurora.specs.names import module_name
from aurora.specs.parser import parse
from aurora.synthesis.modules import calls_of, code_hash, split_functions
from aurora.synthesis.records import complexity_of
from aurora.synthesis.testfile import test_module
from aurora.synthesis.verify import verify_candidate
from aurora_events import specs as spec_events
from aurora_events.base import Event, File
from aurora_events.corpus import record_id
from aurora_events.record import Entry
from aurora_events.review import (
    Edited,
    EvidenceGathered,
    Invalidated,
    LibraryWritten,
    Promoted,
    Rejected,
    SlotFilled,
    Superseded,
    library_stream,
    slot_stream,
    stream,
)
from aurora_events.specs import SpecEdited
from aurora_projections import queries
from aurora_projections.review import ReviewItem

COMPOSITIONS: Final = 50
"""How often a library module is composed again before the command gives up with a conflict."""


def load_item(workspace: Workspace, item: str) -> Item:
    """The item told by its stream. Raises ``NotFound``."""
    return decisions.fold(workspace.journal.stream(stream(item)))


def load_slot(workspace: Workspace, item: Item) -> Slot:
    """Who holds the item's name."""
    return fold_slot(workspace.journal.stream(slot_stream(item.kind, item.name)))


def load_module(workspace: Workspace, spec: str) -> Module:
    """What the library module of ``spec`` holds."""
    return fold_module(workspace.journal.stream(library_stream(module_name(spec))))


def promote(workspace: Workspace, item_id: str, reason: str) -> Item:
    """Make a candidate active after gathering fresh evidence for exactly this code and the current spec.

    Raises ``AlreadyDecided`` (exit 4), ``Refused`` (exit 6: stale spec, failing evidence, missing callee),
    ``VersionConflict`` (exit 4: somebody decided at the same moment).
    """
    item = load_item(workspace, item_id)
    slot = load_slot(workspace, item)
    decisions.require_candidate(item, "promote")
    reason = reason.strip()
    spec = current_spec(workspace, item.spec)
    decisions.require_current(item, None if spec is None else spec.spec_hash)
    assert spec is not None, "a current spec is there"
    evidence = gather_evidence(workspace, item, spec, function_of(spec, item.name))
    if evidence.verdict != "passed":
        workspace.append(stream(item.id), item.version + 1, evidence)
    decisions.require_evidence(item, evidence)
    guards = {stream(item.id): item.version, slot_stream(item.kind, item.name): slot.version}
    _append_guarded(workspace, guards, lambda: _promotion(workspace, item, slot, evidence, reason))
    return load_item(workspace, item.id)


def reject(workspace: Workspace, item_id: str, reason: str) -> Item:
    """Refuse a candidate, with a reason. Raises ``InvalidInput`` without one, ``AlreadyDecided``."""
    item = load_item(workspace, item_id)
    reason = decisions.require_reason(reason, "reject")
    decisions.require_candidate(item, "reject")
    event = Rejected(
        *workspace.stamp(),
        item=item.id,
        name=item.name,
        spec=item.spec,
        code_hash=item.code_hash,
        reason=reason,
        corpus_id=record_id(item.record),
        files=without(_candidate_files(item)),
    )
    workspace.append(stream(item.id), item.version + 1, event)
    return load_item(workspace, item.id)


def invalidate(workspace: Workspace, item_id: str, reason: str) -> Item:
    """Withdraw an active function: it leaves the library and the corpus. Raises ``AlreadyDecided``, ``Refused``."""
    item = load_item(workspace, item_id)
    reason = decisions.require_reason(reason, "invalidate")
    decisions.require_active(item, "invalidate")

    def last(item: Item) -> Event:
        return Invalidated(
            *workspace.stamp(),
            item=item.id,
            name=item.name,
            spec=item.spec,
            code_hash=item.code_hash,
            reason=reason,
            corpus_id=record_id(item.record),
            files=(),
        )

    return _withdraw(workspace, item, last)


def supersede(workspace: Workspace, item_id: str, by: str, reason: str) -> Item:
    """Retire an active function in favour of another active one of a different name."""
    item = load_item(workspace, item_id)
    decisions.require_active(item, "supersede")
    other = load_item(workspace, by)
    decisions.require_active(other, "supersede with")
    if other.id == item.id:
        raise InvalidInput("REVIEW-008", "an item cannot supersede itself", hint="--by ANOTHER")

    def last(item: Item) -> Event:
        return Superseded(
            *workspace.stamp(),
            item=item.id,
            name=item.name,
            spec=item.spec,
            by=other.id,
            reason=reason.strip(),
            files=(),
            quiet=False,
        )

    return _withdraw(workspace, item, last)


def edit(workspace: Workspace, item_id: str, source: str, reason: str) -> Item:
    """Replace a candidate's code. Raises ``InvalidInput`` when it is unsafe, unchanged, or lacks the function."""
    item = load_item(workspace, item_id)
    decisions.require_candidate(item, "edit")
    source = source.replace("\r\n", "\n").rstrip("\n") + "\n"
    violations = audit_code(source)
    if violations:
        raise InvalidInput(
            "REVIEW-009", f"the code is refused: {violations[0]}", hint="aurora review edit again"
        )
    functions = split_functions(source)
    if item.name not in functions:
        raise InvalidInput("REVIEW-009", f"the code does not define {item.name}")
    new_hash = code_hash(source)
    if source == item.source:
        raise InvalidInput("REVIEW-010", "nothing was changed")
    record = msgspec.structs.replace(
        item.record,
        snippet=functions[item.name],
        complexity=complexity_of(functions[item.name]),
        calls_functions=calls_of(functions[item.name]),
    )
    event = Edited(
        *workspace.stamp(),
        item=item.id,
        source=source,
        test=item.test,
        code_hash=new_hash,
        record=record,
        reason=reason.strip(),
        files=candidate_files(item.id, item.spec, item.name, source, item.test),
    )
    workspace.append(stream(item.id), item.version + 1, event)
    return load_item(workspace, item.id)


def current_spec(workspace: Workspace, name: str) -> Spec | None:
    """The spec as last recorded, parsed; None when it was removed or cannot be read."""
    facts = workspace.journal.stream(spec_events.stream(name))
    event = facts[-1].event if facts else None
    if not isinstance(event, SpecEdited):
        return None
    return parse(event.text, f"specs/{event.path}", name).spec


def spec_as_asked(workspace: Workspace, item: Item) -> Spec:
    """The spec as it was when the item was proposed. Raises ``IntegrityError`` when the log does not hold it."""
    for fact in workspace.journal.stream(spec_events.stream(item.spec)):
        event = fact.event
        if isinstance(event, SpecEdited) and event.spec_hash == item.spec_hash:
            spec = parse(event.text, f"specs/{event.path}", item.spec).spec
            if spec is not None:
                return spec
    raise IntegrityError(
        "REVIEW-012", f"the spec that {item.id} answers is not in the log", where=f"spec/{item.spec}"
    )


def function_of(spec: Spec, name: str) -> Function:
    """The function called ``name``. Raises ``Refused`` when the spec has none."""
    for function in spec.functions:
        if function.signature.name == name:
            return function
    raise Refused(
        "REVIEW-006", f"the spec has no function {name}", where=spec.path, hint=f"aurora synth {spec.name}"
    )


def gather_evidence(workspace: Workspace, item: Item, spec: Spec, function: Function) -> EvidenceGathered:
    """Run every check on exactly this code, in fresh sandboxed children."""
    with open_sandboxes(workspace) as sandboxes:
        found = verify_candidate(
            sandboxes.main,
            spec,
            function,
            item.source,
            companions=_companions(workspace, item, spec),
            other=sandboxes.other,
        )
    return EvidenceGathered(
        *workspace.engine_stamp(),
        item=item.id,
        code_hash=item.code_hash,
        spec_hash=spec.spec_hash,
        python=found.python,
        hypothesis=found.hypothesis,
        sandbox=found.layers,
        checks=found.checks,
        verdict=found.verdict,
    )


def _promotion(
    workspace: Workspace,
    item: Item,
    slot: Slot,
    evidence: EvidenceGathered,
    reason: str,
) -> list[Entry]:
    """The entries of a promotion; ``Promoted`` comes last, because it is what publishes."""
    entries = [Entry(stream(item.id), item.version + 1, evidence)]
    previous = load_item(workspace, slot.holder) if slot.holder else None
    if previous is not None:
        entries.append(_replaced(workspace, previous, item))
    filled = SlotFilled(
        *workspace.stamp(), kind=item.kind, name=item.name, item=item.id, previous=slot.holder
    )
    entries.append(Entry(slot_stream(item.kind, item.name), slot.version + 1, filled))
    leaving = {previous.id} if previous else set()
    if previous is not None and module_name(previous.spec) != module_name(item.spec):
        entries.append(_library(workspace, previous.spec, leaving=leaving))
    entries.append(_library(workspace, item.spec, leaving=leaving, joining=item))
    promoted = Promoted(
        *workspace.stamp(),
        item=item.id,
        name=item.name,
        spec=item.spec,
        spec_hash=item.spec_hash,
        code_hash=item.code_hash,
        reason=reason,
        replaces=slot.holder,
        record=item.record,
        files=without(_candidate_files(item)),
    )
    entries.append(Entry(stream(item.id), item.version + 2, promoted))
    return entries


def _replaced(workspace: Workspace, previous: Item, item: Item) -> Entry:
    event = Superseded(
        *workspace.stamp(),
        item=previous.id,
        name=previous.name,
        spec=previous.spec,
        by=item.id,
        reason=f"{item.id} was promoted",
        files=(),
        quiet=True,
    )
    return Entry(stream(previous.id), previous.version + 1, event)


def _withdraw(workspace: Workspace, item: Item, last: Callable[[Item], Event]) -> Item:
    """Empty the item's slot and take it out of its module; ``last`` makes the publishing event."""
    slot = load_slot(workspace, item)
    slot_name = slot_stream(item.kind, item.name)

    def build() -> list[Entry]:
        filled = SlotFilled(*workspace.stamp(), kind=item.kind, name=item.name, item="", previous=slot.holder)
        return [
            Entry(slot_name, slot.version + 1, filled),
            _library(workspace, item.spec, leaving={item.id}, gone=(item.name,)),
            Entry(stream(item.id), item.version + 1, last(item)),
        ]

    _append_guarded(workspace, {stream(item.id): item.version, slot_name: slot.version}, build)
    return load_item(workspace, item.id)


def _library(
    workspace: Workspace,
    spec: str,
    *,
    leaving: set[str],
    joining: Item | None = None,
    gone: Sequence[str] = (),
) -> Entry:
    """The module of ``spec`` and its tests as they must read after the decision."""
    module = load_module(workspace, spec)
    items = [load_item(workspace, each) for each in module.items if each not in leaving]
    if joining is not None:
        items.append(joining)
    names = [item.name for item in items]
    tests = []
    title = spec
    for item in items:
        asked = spec_as_asked(workspace, item)
        function = function_of(asked, item.name)
        title = asked.title
        where = f"{workspace.library}.{module_name(spec)}"
        tests.append((item.name, test_module(where, asked, function, names)))
    event = LibraryWritten(
        *workspace.stamp(),
        module=module_name(spec),
        items=tuple(item.id for item in items),
        files=module_files(workspace.library, spec, title, items, tests, gone),
    )
    return Entry(library_stream(module_name(spec)), module.version + 1, event)


def _append_guarded(
    workspace: Workspace, guards: Mapping[str, int], build: Callable[[], list[Entry]]
) -> None:
    """Append what ``build`` gives; compose again while every guarded stream is still at its version."""
    for _ in range(COMPOSITIONS):
        try:
            workspace.append_all(build())
        except VersionConflict:
            if any(workspace.journal.version(name) != version for name, version in guards.items()):
                raise
        else:
            return
    raise Conflict("REVIEW-011", "the library kept changing", hint="run the same command again")


def _companions(workspace: Workspace, item: Item, spec: Spec) -> tuple[str, ...]:
    """Modules of the spec's other functions, for post-conditions that need them: the active one of a name, else the
    newest candidate.

    Those that hold the most functions come first: of a function that several hold, its own module is loaded last.
    """
    inside = split_functions(item.source)
    chosen: dict[str, ReviewItem] = {}
    for row in queries.review_items(workspace.views.connection):
        fits = row.spec == spec.name and row.spec_hash == spec.spec_hash and row.name not in inside
        replaces = row.name not in chosen or chosen[row.name].status != decisions.ACTIVE
        if fits and (row.status == decisions.ACTIVE or (row.status == decisions.CANDIDATE and replaces)):
            chosen[row.name] = row
    modules = [row.source for row in chosen.values()]
    return tuple(sorted(modules, key=lambda source: -len(split_functions(source))))


def _candidate_files(item: Item) -> tuple[File, ...]:
    return candidate_files(item.id, item.spec, item.name, item.source, item.test)
