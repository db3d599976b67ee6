"""Anything by its id, event or item, snapshot or batch, spec or commit; and why an item is as it is."""

from __future__ import annotations

import json

import msgspec

from aurora.service.history import line_of
from aurora.service.ids import one_item, only
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


def explain(workspace: Workspace, id_: str, at: str | None) -> Shown:
    """Why this program: what was asked, how it was found, what it was checked with, what else fits, who decided."""
    connection = read(workspace, at).connection
    item = one_item(connection, id_)
    results = [
        each for each in queries.function_results(connection, item.spec, item.name) if each.run == item.run
    ]
    notable = [each for each in queries.notable_attempts(connection, item.run) if each.function == item.name]
    seeds = [each for each in queries.used_seeds(connection, item.run) if each.function == item.name]
    steps = queries.review_steps(connection, item.id)
    data = {
        "item": item.id,
        "name": item.name,
        "spec": item.spec,
        "run": item.run,
        "result": item.result,
        "search": results[0] if results else None,
        "attempts": notable,
        "seeds": seeds,
        "evidence": json.loads(item.evidence),
        "distinguishing": json.loads(item.distinguishing),
        "history": steps,
    }
    lines = [
        f"{item.name} ({item.spec}), item {item.id}: {item.status}, found {item.result} by run {item.run}"
    ]
    if results:
        search = results[0]
        lines.append(
            f"search    {search.attempts:,} attempts, {search.evaluations:,} evaluations, strategy {search.strategy}, "
            f"cost {search.score:g}"
        )
        lines.append(f"seed      {search.seed or 'none won'} ({len(seeds)} offered)")
    lines += [
        f"{each.why:<11} {each.program}  (cost {each.cost}, {each.passed}/{each.total})" for each in notable
    ]
    lines += [
        f"evidence  {each['name']} {each['passed']}/{each['total']} {each['detail']}".rstrip()
        for each in data["evidence"]
    ]
    lines += [f"history   {each.at[:19]} {each.type} by {each.actor} {each.text}".rstrip() for each in steps]
    return Shown("explanation", item.id, data, "\n".join(lines))


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
