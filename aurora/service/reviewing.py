"""A person's decisions on review items: load, check, decide, append with the versions that were seen.

A decision is never retried by itself: when the item or the name's slot moved since the command began, it ends in a
conflict. Only the text of the library module, which follows from the decisions, is composed again when another
function of the same module was promoted in between.
"""

from __future__ import annotations

import ast

import msgspec

from aurora.errors import InvalidInput
from aurora.review import item as decisions
from aurora.review.item import Item
from aurora.review.library import candidate_files, without
from aurora.sandbox.audit import audit_code
from aurora.service.evidence import gather_evidence
from aurora.service.review_state import candidate_files_of, current_spec, function_of, load_item, load_slot
from aurora.service.shelving import append_guarded, promotion, withdraw
from aurora.service.workspace import Workspace
from aurora.specs.signatures import SignatureError, signature_of
from aurora.synthesis.modules import calls_of, code_hash, one_function, split_functions
from aurora.synthesis.records import complexity_of
from aurora_events.base import Event
from aurora_events.corpus import record_id
from aurora_events.review import Edited, Invalidated, Rejected, Superseded, slot_stream, stream


def promote(workspace: Workspace, item_id: str, reason: str) -> Item:
    """Make a candidate active after gathering fresh evidence for exactly this code and the current spec.

    Raises ``AlreadyDecided`` (exit 4), ``Refused`` (exit 6: stale spec, failing evidence, missing callee),
    ``VersionConflict`` (exit 4: somebody decided at the same moment).
    """
    decisions.require_person(workspace.caller.actor, "promote")
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
    append_guarded(workspace, guards, lambda: promotion(workspace, item, slot, evidence, reason))
    return load_item(workspace, item.id)


def prove(workspace: Workspace, item_id: str) -> Item:
    """Ask CrossHair whether a candidate's post-conditions hold for all inputs, and keep the answer as evidence.

    Raises ``AlreadyDecided``, and ``Refused`` for a stale spec and without CrossHair.
    """
    item = load_item(workspace, item_id)
    decisions.require_candidate(item, "prove")
    spec = current_spec(workspace, item.spec)
    decisions.require_current(item, None if spec is None else spec.spec_hash, "prove")
    assert spec is not None, "a current spec is there"
    evidence = gather_evidence(workspace, item, spec, function_of(spec, item.name), prove=True)
    workspace.append(stream(item.id), item.version + 1, evidence)
    return load_item(workspace, item.id)


def reject(workspace: Workspace, item_id: str, reason: str) -> Item:
    """Refuse a candidate, with a reason. Raises ``InvalidInput`` without one, ``AlreadyDecided``."""
    decisions.require_person(workspace.caller.actor, "reject")
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
        files=without(candidate_files_of(item)),
    )
    workspace.append(stream(item.id), item.version + 1, event)
    return load_item(workspace, item.id)


def invalidate(workspace: Workspace, item_id: str, reason: str) -> Item:
    """Withdraw an active function: it leaves the library and the corpus. Raises ``AlreadyDecided``, ``Refused``."""
    decisions.require_person(workspace.caller.actor, "invalidate")
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

    return withdraw(workspace, item, last)


def supersede(workspace: Workspace, item_id: str, by: str, reason: str) -> Item:
    """Retire an active function in favour of another active one of a different name."""
    decisions.require_person(workspace.caller.actor, "supersede")
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

    return withdraw(workspace, item, last)


def edit(workspace: Workspace, item_id: str, source: str, reason: str) -> Item:
    """Replace a candidate's code. Raises ``InvalidInput`` when it is unsafe, unchanged, or changes the signature."""
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
        raise InvalidInput(
            "REVIEW-009", f"the code does not define {item.name}", hint="keep the function's name"
        )
    _require_signature(item, functions[item.name])
    new_hash = code_hash(source)
    if source == item.source:
        raise InvalidInput(
            "REVIEW-010", "nothing was changed", hint="edit the code, or promote or reject it as it is"
        )
    alone = one_function(source, item.name)
    record = msgspec.structs.replace(
        item.record,
        snippet=alone,
        complexity=complexity_of(alone),
        calls_functions=calls_of(alone),
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


def _require_signature(item: Item, function: str) -> None:
    """The signature is the spec's, not the editor's: callers and the library's types rest on it."""
    asked = item.record.func_signature
    try:
        written = str(signature_of(ast.parse(function).body[0]))
    except SignatureError as error:
        written = str(error)
    if written != asked:
        raise InvalidInput(
            "REVIEW-009", f"the signature is not the spec's: {written}", hint=f"keep: def {asked}"
        )
