"""Questions about the review queue."""

from __future__ import annotations

import difflib
import json

import msgspec

from aurora.service.ids import one_item
from aurora.service.reading import Reading, read
from aurora.service.workspace import Workspace
from aurora.specs.parser import parse
from aurora.specs.rendering import render_example
from aurora_projections import queries
from aurora_projections.review import ReviewItem


class ListRow(msgspec.Struct, frozen=True):
    """An item in a list. ``reason`` and ``reviewer`` are of its latest decision, "" while it waits."""

    id: str
    kind: str
    name: str
    spec: str
    status: str
    reason: str
    reviewer: str
    position: int
    result: str
    run: str
    note: str
    verdict: str


class Found(msgspec.Struct, frozen=True):
    """An item for a person, and as the document that ``--json`` prints."""

    row: ReviewItem
    examples: tuple[str, ...]
    document: dict[str, object]


class CodeDiff(msgspec.Struct, frozen=True):
    """An item's code against the active function of its name ("" for none)."""

    item: str
    against: str
    diff: str


def listing(workspace: Workspace, status: str, at: str | None) -> list[ListRow]:
    """The items with that status (all for ""), oldest event first."""
    return [
        msgspec.convert(item, ListRow, from_attributes=True)
        for item in queries.review_items(read(workspace, at).connection, status)
    ]


def detail(workspace: Workspace, prefix: str, at: str | None) -> Found:
    """One item by the beginning of its id. Raises ``NotFound``."""
    reading = read(workspace, at)
    item = one_item(reading.connection, prefix)
    examples = _examples(reading, item)
    document: dict[str, object] = msgspec.structs.asdict(item)
    for name in ("record", "evidence", "distinguishing", "alternatives"):
        document[name] = json.loads(getattr(item, name))
    document["examples"] = examples
    document["history"] = queries.review_steps(reading.connection, item.id)
    return Found(item, examples, document)


def difference(workspace: Workspace, prefix: str, at: str | None) -> CodeDiff:
    """The code of an item against the active one of its name. Raises ``NotFound``."""
    reading = read(workspace, at)
    item = one_item(reading.connection, prefix)
    slot = queries.slot(reading.connection, item.kind, item.name)
    active = one_item(reading.connection, slot.item) if slot and slot.item not in ("", item.id) else None
    before = active.source if active else ""
    lines = difflib.unified_diff(
        before.splitlines(),
        item.source.splitlines(),
        f"{item.name} (active)" if active else "nothing",
        f"{item.name} ({item.id})",
        lineterm="",
    )
    return CodeDiff(item.id, active.id if active else "", "\n".join(lines))


def _examples(reading: Reading, item: ReviewItem) -> tuple[str, ...]:
    """The examples of the very spec text that the item answers."""
    for version in queries.spec_history(reading.connection, item.spec):
        if version.spec_hash == item.spec_hash:
            spec = parse(version.text, f"specs/{version.path}", item.spec).spec
            functions = spec.functions if spec else ()
            return tuple(
                render_example(item.name, example)
                for function in functions
                if function.signature.name == item.name
                for example in function.examples
            )
    return ()
