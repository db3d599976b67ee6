"""``aurora batch query``, ``diff``, ``regressions``, ``improvements``, ``read``: what batches found."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from aurora.cli import batch as verbs
from aurora.cli.batch import Id
from aurora.cli.session import Session, command
from aurora.cli.text import count, table
from aurora.errors import InvalidInput

app = verbs.app
"""The same noun as that of the verbs that run batches."""

_WIDTH: Final = 60
_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}


@command(app, reading=True)
def query(
    session: Session,
    subject: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="diagnostics, outputs, symbols, edges, metrics, failed or stats"),
    ],
    batch: Annotated[str, typer.Option("--batch", "-b", metavar="BATCH", help="id or the beginning of one")],
    path: Annotated[str, typer.Option("--path", metavar="P", help="only this file")] = "",
    task: Annotated[str, typer.Option("--task", metavar="T", help="only this task")] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="K", help="only this kind of record")] = "",
    severity: Annotated[str, typer.Option("--severity", metavar="S", help="only this severity")] = "",
    code: Annotated[str, typer.Option("--code", metavar="C", help="only this code, such as L001")] = "",
    name: Annotated[str, typer.Option("--name", metavar="N", help="only this symbol, metric or target")] = "",
    group_by: Annotated[
        str,
        typer.Option("--group-by", metavar="G", help="count by kind, severity, code, lang, path, task, name"),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help="at most N rows (0: all)")] = 0,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="leave out the first N")] = 0,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="one JSON object a line")] = False,
    csv_: Annotated[bool, typer.Option("--csv", help="comma-separated values")] = False,
) -> int:
    """Ask what a batch found: records by file, kind and code, counts, failures"""
    import msgspec

    from aurora.service import output_queries as outputs

    if subject not in outputs.SUBJECTS:
        raise InvalidInput(
            "BATCH-010", f"nothing is called '{subject}'", hint=f"one of {', '.join(outputs.SUBJECTS)}"
        )
    if session.json + jsonl + csv_ > 1:
        raise InvalidInput("BATCH-010", "choose one of --json, --jsonl, --csv")
    wanted = outputs.Filter(path, outputs.normal_task(task), kind, severity, code, name, limit, offset)
    with (
        session.workspace() as workspace,
        outputs.opened(workspace, batch, at=session.at) as (index, (id_,)),
    ):
        if subject == "failed":
            found = [msgspec.structs.asdict(row) for row in outputs.failed(index, id_, wanted)]
        elif subject == "stats" or group_by:
            if subject != "stats":
                wanted = msgspec.structs.replace(wanted, kind=outputs.kind_of(subject) or kind)
            groups = outputs.counts(index, id_, group_by or "kind", wanted)
            found = [msgspec.structs.asdict(row) for row in groups]
        else:
            found = outputs.rows(index, id_, subject, wanted)
    _print(session, found, jsonl=jsonl, as_csv=csv_)
    return 0


def _print(session: Session, found: Sequence[dict[str, Any]], *, jsonl: bool, as_csv: bool) -> None:
    import msgspec

    from aurora.service.output_queries import columns_of

    if jsonl:
        sys.stdout.write("".join(msgspec.json.encode(row).decode() + "\n" for row in found))
        return
    columns = columns_of(found)
    if as_csv:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row.get(column, "")) for column in columns] for row in found)
        sys.stdout.write(text.getvalue())
        return
    shown = [column for column in columns if column not in ("shard", "kind", "end_line")]
    cells = [[_short(row.get(column, "")) for column in shown] for row in found]
    session.emit(found, lambda: _coloured(table(shown, cells), found) or "nothing found")
    session.note(count(len(found), "row"))


def _coloured(text: str, found: Sequence[dict[str, Any]]) -> str:
    """On a terminal, diagnostics in the colour of their severity."""
    if not text or not sys.stdout.isatty():
        return text
    head, *lines = text.split("\n")
    colours = [_COLOURS.get(str(row.get("severity", ""))) for row in found]
    painted = [typer.style(line, fg=colour) for line, colour in zip(lines, colours, strict=True)]
    return "\n".join([typer.style(head, bold=True), *painted])


def _cell(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _short(value: object) -> str:
    text = _cell(value)
    text = text if text.isprintable() else ascii(text)[1:-1]
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


@command(app, reading=True)
def diff(session: Session, old: Id, new: Id) -> int:
    """Compare the outputs of two batches: records gone and new, by file"""
    return _compare(session, old, new, "all")


@command(app, reading=True)
def regressions(session: Session, old: Id, new: Id) -> int:
    """Show diagnostics that the newer of two batches has and the older has not; exit 1 when there are any"""
    return _compare(session, old, new, "new")


@command(app, reading=True)
def improvements(session: Session, old: Id, new: Id) -> int:
    """Show diagnostics that the older of two batches has and the newer has not"""
    return _compare(session, old, new, "gone")


def _compare(session: Session, old: str, new: str, which: str) -> int:
    from aurora.service.batch_comparing import compare

    with session.workspace() as workspace:
        found = compare(workspace, old, new, which, session.at)
    rows = [
        ("-" if row.change == "gone" else "+", row.task, row.kind, _short(row.path), _short(row.text))
        for row in found.rows
    ]
    session.emit(found, lambda: table(("", "task", "kind", "path", "record"), rows) or "no difference")
    session.note(f"{found.gone:,} gone, {found.new:,} new")
    return 1 if which == "new" and found.rows else 0


@command(app)
def read(
    session: Session,
    artifact: Annotated[str, typer.Argument(metavar="SHA256", help="an object that a record names")],
    manifest: Annotated[
        bool, typer.Option("--manifest", help="the manifest of something in chunks, not its content")
    ] = False,
) -> int:
    """Write an artifact to standard output, put together from its chunks, checked"""
    from aurora.service.artifact_reading import content_of

    with session.workspace() as workspace:
        for piece in content_of(workspace, artifact, resolve=not manifest):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    return 0
