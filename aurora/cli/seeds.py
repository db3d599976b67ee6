"""``aurora seeds``: how much each seed is trusted, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from aurora.cli.session import Session, command, group
from aurora.cli.text import table

app = group("Seeds: how much corpus code is trusted as a starting point")


@command(app, reading=True)
def show(session: Session) -> int:
    """Show every bias: the global seed bias and one for each source"""
    from aurora.service.reading import read
    from aurora_projections import queries

    with session.workspace() as workspace:
        found = queries.biases(read(workspace, session.at).connection)
    session.emit(
        found,
        lambda: (
            table(
                ("key", "value", "wins", "losses", "last reward", "last update"),
                [
                    (b.key, f"{b.value:.4f}", b.wins, b.losses, f"{b.last_reward:.2f}", b.last_at[:19])
                    for b in found
                ],
            )
            or "nothing learned yet"
        ),
    )
    return 0


@command(app, reading=True)
def history(
    session: Session, key: Annotated[str, typer.Argument(metavar="KEY", help="such as seed_bias")]
) -> int:
    """Show every update of one bias"""
    from aurora.service.history import Filter, lines
    from aurora_events.learning import stream

    with session.workspace() as workspace:
        found = list(lines(workspace, Filter(stream=stream(key), type="bias.updated"), session.at))
    found = [line for line in found if line.data["key"] == key]
    session.emit(
        found,
        lambda: (
            table(
                ("position", "at", "old", "new", "reward", "won", "run"),
                [
                    (
                        line.position,
                        line.at[:19],
                        f"{line.data['old']:.4f}",
                        f"{line.data['new']:.4f}",
                        f"{line.data['reward']:.2f}",
                        "yes" if line.data["won"] else "no",
                        line.data["run"],
                    )
                    for line in found
                ],
            )
            or f"no update of '{key}'"
        ),
    )
    return 0
