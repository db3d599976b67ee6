"""``aurora batch``: tasks on every file of a snapshot, in shards, remembered and resumable."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from aurora.cli.session import Session, command, group
from aurora.cli.text import count, table
from aurora.errors import InvalidInput

if TYPE_CHECKING:
    from aurora.service.batching import BatchReport

app = group("Batches: tasks on every file of a snapshot, in shards, remembered and resumable")

Id = Annotated[str, typer.Argument(metavar="BATCH", help="id or the beginning of one")]
Snapshot = Annotated[str | None, typer.Option("--snapshot", metavar="SNAPSHOT", help="what to run on")]
Pipeline = Annotated[
    str | None,
    typer.Option("--pipeline", metavar="P", help="parse, analyze, lint, full, or tasks joined with commas"),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="a setting of the tasks, such as max_line=100"),
]

Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=0, max=256, help="processes (0: one per core)")
]
Engine = Annotated[
    str, typer.Option("--engine", metavar="E", help="local, dask, or tcp://HOST:PORT of a dask scheduler")
]


@command(app)
def plan(session: Session, snapshot: Snapshot = None, pipeline: Pipeline = "full", set_: Set = None) -> int:
    """Plan a batch without running it"""
    from aurora.service.batch_planning import parse_settings, plan_batch

    if snapshot is None:
        raise InvalidInput("BATCH-005", "no snapshot is named", hint="--snapshot SNAPSHOT")
    with session.workspace(writable=True) as workspace:
        workspace.check_ledger()
        found = plan_batch(workspace, snapshot, pipeline or "full", parse_settings(tuple(set_ or ())))
    session.emit(
        found,
        lambda: (
            f"{'already planned' if found.resumed else 'planned'} batch {found.batch}: "
            f"{', '.join(found.tasks)} on {count(found.files, 'file')} in {count(found.shards, 'shard')}"
        ),
    )
    session.note(f"next: aurora batch run --batch {found.batch}")
    return 0


@command(app)
def run(
    session: Session,
    snapshot: Snapshot = None,
    pipeline: Pipeline = None,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="BATCH", help="go on with this one instead")
    ] = None,
    task: Annotated[str, typer.Option("--task", metavar="T", help="only this task")] = "",
    shard: Annotated[str, typer.Option("--shard", metavar="S", help="only this shard")] = "",
    jobs: Jobs = 0,
    engine: Engine = "local",
    set_: Set = None,
) -> int:
    """Run a batch to its end, or go on with one that was interrupted"""
    from aurora.cli.batch_progress import progress
    from aurora.service.batch_desk import Request
    from aurora.service.batch_planning import one_batch, parse_settings, plan_batch
    from aurora.service.batching import run_batch
    from aurora.service.output_queries import normal_task

    if (batch is None) == (snapshot is None):
        raise InvalidInput(
            "BATCH-005", "name a snapshot, or a batch to go on with", hint="--snapshot or --batch"
        )
    if batch is not None and (pipeline is not None or set_):
        raise InvalidInput("BATCH-005", "a planned batch keeps its pipeline and settings", hint="--snapshot")
    request = Request(jobs or os.cpu_count() or 1, engine, normal_task(task), shard)
    with session.workspace(writable=True) as workspace:
        workspace.check_ledger()
        if batch is not None:
            chosen, resumed = one_batch(workspace, batch).id, True
        else:
            settings = parse_settings(tuple(set_ or ()))
            found = plan_batch(workspace, snapshot or "", pipeline or "full", settings)
            chosen, resumed = found.batch, found.resumed
        with progress(quiet=session.quiet or session.json) as watcher:
            report = run_batch(workspace, chosen, request, watcher, resumed=resumed)
        workspace.publish()
    session.emit(report, lambda: _report_text(report))
    if report.as_text:
        from aurora.batch.trees.choosing import EXTRA

        session.note(
            f"{', '.join(report.as_text)}: read as text only; for their trees: pip install '{EXTRA}', then run again"
        )
    if report.shards.failed:
        session.note(f"next: aurora batch query failed --batch {report.batch}")
    return 1 if report.shards.failed else 0


def _report_text(report: BatchReport) -> str:
    shards = report.shards
    state = "finished" if report.finished else "not finished"
    rest = f", {shards.ready:,} to do" if shards.ready else ""
    return (
        f"batch {report.batch} {state}: {shards.done:,} done ({shards.memo:,} from memory), "
        f"{shards.failed:,} failed{rest}\n"
        f"{report.outputs:,} records in {report.seconds:.2f}s, tree {report.tree[:12]}"
    )


@command(app, "list", reading=True)
def list_(session: Session) -> int:
    """List the batches, newest first"""
    from aurora.service.batch_queries import listing

    with session.workspace() as workspace:
        rows = listing(workspace, session.at)
    session.emit(
        rows,
        lambda: (
            table(
                ("batch", "snapshot", "pipeline", "state", "done", "failed", "memo", "records", "planned"),
                [
                    (
                        r.id,
                        r.snapshot,
                        r.pipeline,
                        r.state,
                        r.done,
                        r.failed,
                        r.memo,
                        f"{r.records:,}",
                        r.at[:19],
                    )
                    for r in rows
                ],
            )
            or "no batches yet: aurora batch run --snapshot SNAPSHOT --pipeline full"
        ),
    )
    return 0


@command(app, reading=True)
def status(session: Session, batch: Id) -> int:
    """Show where a batch stands, task by task"""
    from aurora.service.batch_queries import status as status_of

    with session.workspace() as workspace:
        found = status_of(workspace, batch, session.at)
    rows = [
        (each.task, each.executor, each.done, each.failed, each.running, each.ready, f"{each.records:,}")
        for each in found.tasks
    ]
    head = f"batch {found.batch} ({found.pipeline}) of snapshot {found.snapshot}: {found.state}"
    session.emit(
        found,
        lambda: (
            f"{head}\n{table(('task', 'executor', 'done', 'failed', 'running', 'ready', 'records'), rows)}"
        ),
    )
    return 0


@command(app, reading=True)
def shards(session: Session, batch: Id) -> int:
    """List the tasks of every shard of a batch"""
    from aurora.service.batch_queries import shard_rows

    with session.workspace() as workspace:
        rows = shard_rows(workspace, batch, session.at)
    session.emit(
        rows,
        lambda: table(
            ("shard", "task", "state", "attempts", "records", "outputs", "error"),
            [(r.shard, r.task, r.state, r.attempts, r.records, r.outputs[7:19], r.error) for r in rows],
        ),
    )
    return 0


@command(app)
def retry(session: Session, batch: Id, jobs: Jobs = 0, engine: Engine = "local") -> int:
    """Do everything that failed in a batch again"""
    from aurora.cli.batch_progress import progress
    from aurora.service.batch_desk import Request
    from aurora.service.batch_verifying import retry as retry_failed
    from aurora.service.batching import run_batch

    with session.workspace(writable=True) as workspace:
        workspace.check_ledger()
        row, shards_ = retry_failed(workspace, batch)
        session.note(f"{count(shards_, 'shard')} to do again")
        with progress(quiet=session.quiet or session.json) as watcher:
            report = run_batch(
                workspace, row.id, Request(jobs or os.cpu_count() or 1, engine), watcher, resumed=True
            )
        workspace.publish()
    session.emit(report, lambda: _report_text(report))
    return 1 if report.shards.failed else 0


@command(app, reading=True)
def verify(
    session: Session,
    batch: Id,
    heal: Annotated[
        bool, typer.Option("--heal", help="cut out what is damaged and compute outputs that are lost again")
    ] = False,
) -> int:
    """Read everything that a batch and its snapshot hold; exit 5 when something is missing or corrupt"""
    from aurora.cli.batch_progress import Silent
    from aurora.service.batch_healing import healed_batch, verified_batch

    if heal and session.at is not None:
        raise InvalidInput("BATCH-005", "the past cannot be healed", hint="--heal, or --at, but not both")
    with session.workspace(writable=heal) as workspace:
        if heal:
            workspace.check_ledger()
            report = healed_batch(workspace, batch, os.cpu_count() or 1, Silent())
            workspace.publish()
        else:
            report = verified_batch(workspace, batch, session.at)
    lines = [f"missing  {name}" for name in report.missing] + [f"corrupt  {name}" for name in report.corrupt]
    lines += [f"healed   {name}" for name in report.healed]
    lines.append(f"{count(report.checked, 'object')} read: {'all well' if report.ok else 'DAMAGED'}")
    session.emit(report, lambda: "\n".join(lines))
    if not report.ok:
        session.note("help: aurora snapshot take DIR, then aurora batch verify BATCH --heal")
    return 0 if report.ok else 5


@command(app)
def gates(
    session: Session,
    batch: Id,
    sample: Annotated[
        int, typer.Option("--sample", metavar="N", min=0, help="shards to compute again (0: all)")
    ] = 8,
) -> int:
    """Check the guarantees of the engine on this very batch; exit 5 when one does not hold"""
    from aurora.service.batch_gates import check_gates

    with session.workspace() as workspace:
        report = check_gates(workspace, batch, sample)
    rows = [
        (each.name, "ok" if each.ok else "BROKEN", f"{each.seconds:.2f}s", each.detail)
        for each in report.gates
    ]
    verdict = "PASS" if report.ok else "FAIL"
    session.emit(report, lambda: f"{table(('gate', '', 'time', 'what'), rows)}\n{verdict}")
    return 0 if report.ok else 5
