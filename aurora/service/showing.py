"""Anything by its id: an event, a run, a review item, a snapshot, a batch, a spec, a corpus entry, a commit."""

from __future__ import annotations

import msgspec

from aurora.service.history import line_of
from aurora.service.ids import only
from aurora.service.reading import read
from aurora.service.workspace import Workspace
from aurora_projections import queries


class Shown(msgspec.Struct, frozen=True):
    """What was found: its kind and full id, as data and as text."""

    kind: str
    id: str
    data: object
    text: str


def show(workspace: Workspace, id_: str, at: str | None) -> Shown:
    """Whatever has that id; a number is a position, else items, runs, corpus, snapshots, batches, specs, commits.

    Raises ``NotFound``.
    """
    connection = read(workspace, at).connection
    if id_.isdecimal() and (events := _event(workspace, int(id_))):
        return events[0]
    matches: list[Shown] = [
        _structure("item", item.id, item) for item in queries.review_items_named(connection, id_)
    ]
    matches += [_structure("run", run.run, run) for run in queries.runs_named(connection, id_)]
    matches += [_structure("corpus", entry.id, entry) for entry in queries.corpus_named(connection, id_)]
    matches += [_structure("snapshot", each.id, each) for each in queries.snapshots_named(connection, id_)]
    matches += [_structure("batch", each.id, each) for each in queries.batches_named(connection, id_)]
    spec = queries.spec(connection, id_)
    if spec is not None:
        matches.append(_structure("spec", spec.name, spec))
    if not matches and len(id_) >= 4 and all(character in "0123456789abcdef" for character in id_):
        from aurora import ledger

        matches += _event(workspace, ledger.commit_position(workspace.paths.repo, id_))
    return only(matches, id_, "thing", lambda each: f"{each.kind} {each.id}", "aurora log")


def _structure(kind: str, id_: str, struct: msgspec.Struct) -> Shown:
    lines = [f"{kind} {id_}"]
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        text = str(value)
        lines.append(f"{name}:\n{text.rstrip()}" if "\n" in text else f"{name}: {text}")
    return Shown(kind, id_, struct, "\n".join(lines))


def _event(workspace: Workspace, position: int) -> list[Shown]:
    facts = workspace.journal.scan(position - 1, 1, position) if position > 0 else []
    shown = []
    for fact in facts:
        line = line_of(fact, full=True)
        body = msgspec.json.format(msgspec.json.encode(line)).decode()
        shown.append(Shown("event", str(fact.position), line, body))
    return shown
