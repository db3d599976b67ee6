"""``aurora corpus``: functions with evidence, from which searches are seeded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.session import Session, command, group
from aurora.cli.text import indent, shorten, table

if TYPE_CHECKING:
    from aurora.service.corpus_queries import Hit
    from aurora_projections.corpus import CorpusEntry

app = group("Corpus: functions with evidence, offered to later searches as seeds")

Top = Annotated[int, typer.Option("--top", metavar="N", min=1, help="at most N")]
Grep = Annotated[
    str, typer.Option("--grep", metavar="TEXT", help="only entries that contain it, in any case")
]


@command(app, "list", reading=True)
def list_(session: Session, top: Top = 50, grep: Grep = "") -> int:
    """List the corpus, newest first"""
    from aurora.service.corpus_queries import listing

    with session.workspace() as workspace:
        found = listing(workspace, session.at, top, grep)
    session.emit(found, lambda: _table(found) or "the corpus is empty: nothing was solved yet")
    return 0


@command(app, reading=True)
def search(
    session: Session,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SIGNATURE|WORDS]", help="'add(a: int, b: int) -> int', or words"),
    ] = None,
    example: Annotated[
        list[str] | None,
        typer.Option(
            "--example", metavar="EXAMPLE", help="what it should give: '[1, 2, 2] -> [1, 2]'; may be repeated"
        ),
    ] = None,
    top: Top = 10,
    grep: Grep = "",
) -> int:
    """Find functions by their types, by words that tell what they do, or by what they give"""
    from aurora.service.corpus_queries import search as find

    with session.workspace() as workspace:
        found = find(workspace, session.at, " ".join(query or ()), example or (), top, grep)
    session.emit(found, lambda: (_calls(found) if example else _hits(found)) or "(no results)")
    return 0


@command(app, reading=True)
def show(session: Session, entry: Annotated[str, typer.Argument(metavar="ID")]) -> int:
    """Show an entry with its code"""
    from aurora.service.ids import one_entry
    from aurora.service.reading import read

    with session.workspace() as workspace:
        found = one_entry(read(workspace, session.at).connection, entry)
    session.emit(
        found,
        lambda: (
            f"{found.func_signature}  {found.id}\nfrom {found.timestamp[:19]}, {found.passed}/{found.total}, "
            f"score {found.score:g}, {found.complexity} nodes\n\n{indent(found.snippet)}"
        ),
    )
    return 0


@command(app, reading=True)
def abstractions(
    session: Session, every: Annotated[bool, typer.Option("--all", help="retracted ones too")] = False
) -> int:
    """List what recurs in the corpus and got a name, what saves most first"""
    from aurora.service.reading import read
    from aurora_projections import queries

    with session.workspace() as workspace:
        found = queries.abstractions(read(workspace, session.at).connection, retracted=every)
    session.emit(
        found,
        lambda: (
            table(
                ("id", "state", "text", "returns", "uses", "saved"),
                [
                    (
                        each.id,
                        "retracted" if each.retracted else "in use",
                        shorten(each.text),
                        each.returns,
                        len(json.loads(each.uses)),
                        each.saved,
                    )
                    for each in found
                ],
            )
            or "no abstraction: nothing recurs often enough"
        ),
    )
    return 0


@command(app)
def retract(
    session: Session,
    abstraction: Annotated[str, typer.Argument(metavar="ID")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="why")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="take it into use again")] = False,
) -> int:
    """Take an abstraction out of use; it is never learned again"""
    from aurora.service.unlearning import retract as take_back

    with session.workspace(writable=True) as workspace:
        row = take_back(workspace, abstraction, reason, back=undo)
    session.emit(row, lambda: f"{row.id} is {'retracted' if row.retracted else 'in use again'}: {row.text}")
    return 0


@command(app, "import")
def import_(
    session: Session,
    batch: Annotated[str, typer.Option("--batch", "-b", metavar="BATCH", help="a batch with symbols")],
    path: Annotated[str, typer.Option("--path", metavar="P", help="only this file")] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="offer at most N")] = 20,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would be offered")] = False,
) -> int:
    """Offer small pure functions of a batch for review; nothing is trusted by it"""
    from aurora.service.importing import import_functions

    with session.workspace(writable=True) as workspace:
        workspace.check_ledger()
        found = import_functions(workspace, batch, path, limit, dry_run)
        workspace.publish()
    shown = [each for each in found if session.verbose or each.status == "offered"]
    session.emit(
        found,
        lambda: (
            table(
                ("function", "status", "item", "path", "line", "why"),
                [(e.name, e.status, e.item[:8], e.path, e.line, e.reason) for e in shown],
            )
            or "no function of this batch can be offered (-v says why)"
        ),
    )
    session.note("next: aurora review list")
    return 0


def _hits(rows: list[Hit]) -> str:
    return table(
        ("id", "signature", "types", "words", "passed", "score"),
        [
            (
                row.id,
                row.func_signature,
                "same" if row.same_types else "permuted" if row.permuted else row.sig_key,
                f"{row.text_score:.2f}",
                f"{row.passed}/{row.total}",
                f"{row.score:g}",
            )
            for row in rows
        ],
    )


def _calls(rows: list[Hit]) -> str:
    return table(
        ("id", "signature", "called as", "nodes"),
        [(row.id, row.func_signature, shorten(row.call), row.complexity) for row in rows],
    )


def _table(rows: list[CorpusEntry]) -> str:
    return table(
        ("id", "signature", "types", "passed", "score", "recorded"),
        [
            (
                row.id,
                row.func_signature,
                row.sig_key,
                f"{row.passed}/{row.total}",
                f"{row.score:g}",
                row.timestamp[:19],
            )
            for row in rows
        ],
    )
