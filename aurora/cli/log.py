"""``aurora log``, ``show``, ``explain``: the events themselves, and where anything came from."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.session import Session, command
from aurora.cli.text import moment, shorten

if TYPE_CHECKING:
    from aurora.service.history import Line

FOLLOW_SECONDS = 0.3


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    command(app, reading=True)(log)
    command(app, reading=True)(show)
    command(app, reading=True)(explain)


def log(
    session: Session,
    stream: Annotated[
        str | None, typer.Argument(metavar="[STREAM]", help="such as spec/add or item/3f2a")
    ] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="T", help="such as spec.edited or review")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="WHEN", help="after a position or from a time")
    ] = None,
    limit: Annotated[int, typer.Option("-n", metavar="N", min=0, help="the last N only (0: all)")] = 0,
    follow: Annotated[bool, typer.Option("-f", "--follow", help="go on as events arrive")] = False,
    full: Annotated[bool, typer.Option("--full", help="frames with all their attempts")] = False,
) -> int:
    """Print the event log, oldest first"""
    import msgspec

    from aurora.service.history import Filter, lines

    with session.workspace() as workspace:
        wanted = Filter(stream=stream or "", type=type_ or "", since=since or "", full=full)
        found = lines(workspace, wanted, session.at)
        if not follow:
            if session.json or limit:
                chosen = list(found)[-limit:]
                session.emit(chosen, lambda: "\n".join(_text(line, session.verbose) for line in chosen))
                return 0
            for line in found:
                sys.stdout.write(_text(line, session.verbose) + "\n")
            return 0
        last = 0
        while True:
            for line in lines(workspace, wanted, None, after=last):
                last = line.position
                text = msgspec.json.encode(line).decode() if session.json else _text(line, session.verbose)
                sys.stdout.write(text + "\n")
            sys.stdout.flush()
            time.sleep(FOLLOW_SECONDS)


def show(
    session: Session,
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="a position, run, item, spec, corpus entry, snapshot, batch or commit"
        ),
    ],
) -> int:
    """Show anything by its id"""
    from aurora.service.showing import show as find

    with session.workspace() as workspace:
        shown = find(workspace, id_, session.at)
    session.emit({"kind": shown.kind, "id": shown.id, "data": shown.data}, lambda: shown.text)
    return 0


def explain(
    session: Session,
    id_: Annotated[str, typer.Argument(metavar="ID", help="a review item")],
) -> int:
    """Explain why this program: search, seed, cost, parts, evidence, alternatives, decision"""
    from aurora.service.explaining import explain as tell

    with session.workspace() as workspace:
        shown = tell(workspace, id_, session.at)
    session.emit({"kind": shown.kind, "id": shown.id, "data": shown.data}, lambda: shown.text)
    return 0


def _text(line: Line, verbose: bool) -> str:
    head = f"{line.position:>7}  {moment(line.at_ns)}  {line.type:<22} {line.stream}@{line.version}  {line.actor}"
    if not verbose:
        return head
    details = [f"           {name}: {shorten(str(value), 100)}" for name, value in line.data.items()]
    return "\n".join([head, *details])
