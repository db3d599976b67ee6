"""``aurora seeds``: how much everything that searches choose between is trusted, why, and how to take that back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Final

import typer

from aurora.cli.session import Session, command, group
from aurora.cli.text import table

if TYPE_CHECKING:
    from aurora.service.unlearning import Changed
    from aurora_projections.scheduler import Scheduled
    from aurora_projections.seeds import Bias

app = group("Seeds: how much corpus code, strategies and operators are trusted, and why")

TOP: Final = 10
BARS: Final = "▁▂▃▄▅▆▇█"

Key = Annotated[str, typer.Argument(metavar="KEY", help="such as seed_bias or strategy/enumeration")]


@command(app, reading=True)
def show(
    session: Session,
    every: Annotated[bool, typer.Option("--all", help=f"all keys, not only the {TOP} largest")] = False,
) -> int:
    """Show the largest biases with their course, and what searches tried out"""
    from aurora.service.learned_queries import overview

    with session.workspace() as workspace:
        found = overview(workspace, session.at, 0 if every else TOP)
    session.emit(
        found,
        lambda: (
            "\n\n".join(
                part for part in (_biases(found.biases), _left(found.hidden), _scheduled(found.tried)) if part
            )
            or "nothing learned yet"
        ),
    )
    return 0


@command(app, reading=True)
def history(session: Session, key: Key) -> int:
    """Show all that moved one bias"""
    from aurora.service.learned_queries import course

    with session.workspace() as workspace:
        found = course(workspace, key, session.at)
    session.emit(
        found,
        lambda: (
            table(
                ("position", "at", "old", "new", "reward", "why", "by", "run"),
                [
                    (
                        each.position,
                        each.at[:19],
                        f"{each.old:.4f}",
                        f"{each.new:.4f}",
                        "-" if each.reward is None else f"{each.reward:.2f}",
                        each.why,
                        each.actor,
                        each.run or "-",
                    )
                    for each in found
                ],
            )
            or f"no update of '{key}'"
        ),
    )
    return 0


@command(app)
def prune(
    session: Session,
    below: Annotated[
        float, typer.Option("--below", metavar="X", min=-1.0, max=1.0, help="biases below X")
    ] = 0.0,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="why")] = "",
) -> int:
    """Set biases below X back to 0; what moved them stays in the log"""
    from aurora.service.unlearning import prune as take_back

    with session.workspace(writable=True) as workspace:
        changed = take_back(workspace, below, reason)
    session.emit(changed, lambda: _changes(changed) or f"no bias is below {below:g}")
    if changed:
        session.note("to take it back: aurora seeds undo")
    return 0


@command(app)
def undo(session: Session) -> int:
    """Undo the latest pruning; what was learned since is kept"""
    from aurora.service.unlearning import undo as put_back

    with session.workspace(writable=True) as workspace:
        changed = put_back(workspace)
    session.emit(changed, lambda: _changes(changed))
    return 0


def sparkline(values: list[float]) -> str:
    """The course of a bias in eight heights: -1 at the bottom, 1 at the top."""
    return "".join(BARS[round((max(-1.0, min(1.0, value)) + 1) / 2 * (len(BARS) - 1))] for value in values)


def _biases(rows: list[Bias]) -> str:
    return table(
        ("key", "value", "course", "wins", "losses", "last reward", "last update"),
        [
            (
                row.key,
                f"{row.value:.4f}",
                sparkline(json.loads(row.recent)),
                row.wins,
                row.losses,
                f"{row.last_reward:.2f}",
                row.last_at[:19],
            )
            for row in rows
        ],
    )


def _left(hidden: int) -> str:
    return f"and {hidden} smaller (--all shows them)" if hidden else ""


def _scheduled(rows: list[Scheduled]) -> str:
    return table(
        ("tried", "trust", "tries", "by chance", "wins", "losses", "last in"),
        [
            (
                row.key or "(nothing)",
                f"{row.value:.4f}",
                row.tries,
                row.random,
                row.wins,
                row.losses,
                row.last_tried,
            )
            for row in rows
        ],
    )


def _changes(changed: list[Changed]) -> str:
    return table(
        ("key", "old", "new"), [(each.key, f"{each.old:.4f}", f"{each.new:.4f}") for each in changed]
    )
