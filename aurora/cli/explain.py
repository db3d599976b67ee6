"""``aurora explain``: why an item's program is what it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli import completion
from aurora.cli.session import Session, command
from aurora.cli.text import indent, shorten, table

if TYPE_CHECKING:
    from aurora.service.explaining import Explanation


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    command(app, reading=True)(explain)


def explain(
    session: Session,
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="id or name of an item", autocompletion=completion.items)
    ],
) -> int:
    """Say why a program is what it is: seed, strategy, cost, parts, what else was found"""
    from aurora.service.explaining import explain as ask

    with session.workspace() as workspace:
        found = ask(workspace, item, session.at)
    session.emit(found, lambda: text(found))
    return 0


def text(found: Explanation) -> str:
    """The explanation in sentences and tables."""
    if not found.run:
        return f"{found.name} ({found.item[:8]}) was found by no search\n\n{indent(found.source)}"
    origin = (
        f"it is corpus entry {found.seed} as it was" if found.seed else f"strategy {found.strategy} found it"
    )
    lines = [
        f"{found.name} of spec {found.spec} ({found.item[:8]}) is {found.result} in run {found.run}: {origin}",
        f"cost {found.cost:g}, {found.evaluations:,} evaluations" if found.cost is not None else "",
        f"program: {found.program}" if found.program else "",
        f"the search tried out {found.tried}" if found.tried else "",
        _changes(found),
    ]
    tables = [
        table(
            ("made of", "trust"),
            [(part.key, "-" if part.bias is None else f"{part.bias:.4f}") for part in found.parts],
        ),
        table(("strategy", "evaluations"), [(name, f"{spent:,}") for name, spent in found.work.items()]),
        table(
            ("offered", "as", "passed", "won"),
            [
                (
                    each.source_id,
                    json.loads(each.reason_json or "{}").get("as", "answer"),
                    f"{each.passed}/{each.total}",
                    "yes" if each.won else "no",
                )
                for each in found.offered
            ],
        ),
        table(
            ("also found", "cost", "as"),
            [(shorten(rival.program, 100), rival.cost, rival.why) for rival in found.rivals],
        ),
        indent(found.source),
    ]
    return "\n\n".join(part for part in ("\n".join(filter(None, lines)), *tables) if part)


def _changes(found: Explanation) -> str:
    """What trust changed in the order."""
    changed = [f"{name} ×{factor:g}" for name, factor in found.shares.items()]
    changed += [f"{key} {step:+d}" for key, step in found.prices.items()]
    return f"trust changed the order: {', '.join(changed)}" if changed else ""
