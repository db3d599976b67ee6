"""Putting an answer into the review queue: one waiting candidate per function and code, older ones make room."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from functools import partial

from aurora.review.item import ACTIVE, CANDIDATE, INVALID
from aurora.review.library import candidate_files, without
from aurora.service.answers import Answer
from aurora.service.retrying import retried
from aurora.service.workspace import Workspace
from aurora.synthesis.modules import code_hash
from aurora_events.record import Entry
from aurora_events.review import Proposed, Superseded, stream
from aurora_projections import queries
from aurora_projections.review import ReviewItem


def item_id(spec: str, function: str, earlier: int) -> str:
    """The id of the item that comes after ``earlier`` others of a function.

    It follows from what was seen, so that of two runs that propose at the same moment one meets a conflict.
    """
    return hashlib.sha256(f"{spec}\n{function}\n{earlier}".encode()).hexdigest()[:12]


def propose(workspace: Workspace, run: str, answer: Answer) -> str:
    """The id of the review item for a checked answer: an existing one for the same code and spec, or a new one.

    Waiting candidates for older code or an older spec are superseded by the new one. A machine's step: reloads and
    tries again when somebody decides at the same moment.
    """
    return retried(partial(_propose, workspace, run, answer))


def was_rejected(workspace: Workspace, answer: Answer) -> bool:
    """Whether a person refused exactly this code for this function before: it must not seed later searches."""
    record = answer.record
    if record is None:
        return False
    hash_ = code_hash(answer.source)
    return any(
        (item.spec, item.name, item.code_hash) == (record.spec, record.func_name, hash_)
        for item in queries.review_items(workspace.views.connection, INVALID)
    )


def _propose(workspace: Workspace, run: str, answer: Answer) -> str:
    workspace.views.advance(workspace.journal)
    record = answer.record
    assert record is not None, "only an answer with a record is proposed"
    hash_ = code_hash(answer.source)
    items = [
        item
        for item in queries.review_items(workspace.views.connection)
        if item.kind == "function" and item.spec == record.spec and item.name == record.func_name
    ]
    for item in items:
        same = item.code_hash == hash_ and item.spec_hash == record.spec_hash
        if same and item.status in (CANDIDATE, ACTIVE):
            return item.id
    new = item_id(record.spec, record.func_name, len(items))
    entries = [_superseded(workspace, item, new) for item in items if item.status == CANDIDATE]
    event = Proposed(
        *workspace.engine_stamp(),
        item=new,
        kind="function",
        name=record.func_name,
        spec=record.spec,
        spec_hash=record.spec_hash,
        run=run,
        result=answer.outcome.result,
        source=answer.source,
        test=answer.test,
        code_hash=hash_,
        record=record,
        evidence=answer.evidence,
        distinguishing=answer.outcome.distinguishing,
        alternatives=answer.alternatives,
        note=_earlier_refusal(workspace.views.connection, items, hash_),
        files=candidate_files(new, record.spec, record.func_name, answer.source, answer.test),
    )
    workspace.append_all([*entries, Entry(stream(new), 1, event)])
    return new


def _superseded(workspace: Workspace, item: ReviewItem, by: str) -> Entry:
    event = Superseded(
        *workspace.engine_stamp(),
        item=item.id,
        name=item.name,
        spec=item.spec,
        by=by,
        reason="a newer candidate was found",
        files=without(candidate_files(item.id, item.spec, item.name, item.source, item.test)),
        quiet=True,
    )
    return Entry(stream(item.id), item.version + 1, event)


def _earlier_refusal(connection: sqlite3.Connection, items: Sequence[ReviewItem], hash_: str) -> str:
    """What a person said when they rejected or invalidated the same code before."""
    for item in sorted(items, key=lambda item: -item.position):
        if item.status == INVALID and item.code_hash == hash_:
            verb = queries.review_steps(connection, item.id)[-1].type
            return f"{verb} on {item.decided_at[:10]} by {item.reviewer} because {item.reason}"
    return ""
