"""``aurora explain``: why an item's program is what it is, from the search that found it to who decided on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from aurora.service.ids import one_item
from aurora.service.reading import read
from aurora.service.showing import Shown
from aurora.service.workspace import Workspace
from aurora_projections import queries
from aurora_projections.attempts import NotableAttempt
from aurora_projections.review import ReviewItem, ReviewStep
from aurora_projections.runs import RunFunction
from aurora_projections.taught import Taught
from aurora_projections.used_seeds import UsedSeed


def explain(workspace: Workspace, id_: str, at: str | None) -> Shown:
    """Why this program: how it was found, of what, what was offered and tried, what else fits, who decided.

    Raises ``NotFound``.
    """
    connection = read(workspace, at).connection
    item = one_item(connection, id_)
    search = _search(connection, item)
    notable = [each for each in queries.notable_attempts(connection, item.run) if _about(each, item)]
    seeds = [each for each in queries.used_seeds(connection, item.run) if _about(each, item)]
    taught = next((each for each in queries.taught(connection, item.run) if _about(each, item)), None)
    steps = queries.review_steps(connection, item.id)
    parts = {key: _bias(connection, key) for key in json.loads(taught.used)} if taught else {}
    data = {
        "item": item.id,
        "name": item.name,
        "spec": item.spec,
        "run": item.run,
        "result": item.result,
        "search": search,
        "attempts": notable,
        "seeds": seeds,
        "taught": taught,
        "parts": parts,
        "evidence": json.loads(item.evidence),
        "distinguishing": json.loads(item.distinguishing),
        "history": steps,
    }
    lines = [
        f"{item.name} ({item.spec}), item {item.id}: {item.status}, found {item.result} by run {item.run}",
        *_found(search, seeds),
        *_learned(taught, parts),
        *_checked(item, notable, steps),
    ]
    return Shown("explanation", item.id, data, "\n".join(lines))


def _found(search: RunFunction | None, seeds: Sequence[UsedSeed]) -> list[str]:
    """What the search cost, and what became of the corpus code that it was offered."""
    if search is None:
        return []
    work = f"{search.attempts:,} attempts, {search.evaluations:,} evaluations"
    lines = [
        f"search    {work}, strategy {search.strategy}, cost {search.score:g}",
        f"seed      {search.seed or 'none won'} ({len(seeds)} offered)",
    ]
    for seed in seeds:
        use = json.loads(seed.reason_json or "{}").get("as", "answer")
        outcome = ", won" if seed.won else ""
        lines.append(f"offered   {seed.source_id} as {use}: {seed.passed}/{seed.total}{outcome}")
    return lines


def _learned(taught: Taught | None, parts: dict[str, float | None]) -> list[str]:
    """What trust changed in the order of the search, and the trust now in what the program is made of."""
    if taught is None:
        return []
    changed = [f"{name} ×{factor:g}" for name, factor in json.loads(taught.shares).items()]
    changed += [f"{key} {step:+d}" for key, step in json.loads(taught.prices).items()]
    lines = [f"order     {', '.join(changed)}"] if changed else []
    if taught.tried:
        lines.append(f"tried     {taught.tried}{' by chance' if taught.by_chance else ''}")
    for name, spent in json.loads(taught.work).items():
        lines.append(f"work      {name} {spent:,} evaluations")
    for key, bias in parts.items():
        lines.append(f"made of   {key}{'' if bias is None else f' (trust {bias:.4f})'}")
    return lines


def _checked(item: ReviewItem, notable: Sequence[NotableAttempt], steps: Sequence[ReviewStep]) -> list[str]:
    lines = [
        f"{each.why:<11} {each.program}  (cost {each.cost}, {each.passed}/{each.total})" for each in notable
    ]
    lines += [
        f"evidence  {each['name']} {each['passed']}/{each['total']} {each['detail']}".rstrip()
        for each in json.loads(item.evidence)
    ]
    return lines + [
        f"history   {each.at[:19]} {each.type} by {each.actor} {each.text}".rstrip() for each in steps
    ]


def _search(connection: sqlite3.Connection, item: ReviewItem) -> RunFunction | None:
    results = queries.function_results(connection, item.spec, item.name)
    return next((each for each in results if each.run == item.run), None)


def _about(row: NotableAttempt | UsedSeed | Taught, item: ReviewItem) -> bool:
    return row.function == item.name and row.spec == item.spec


def _bias(connection: sqlite3.Connection, key: str) -> float | None:
    bias = queries.bias(connection, key)
    return bias.value if bias else None
