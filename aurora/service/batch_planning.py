"""Planning a batch: equal snapshot, tasks and settings are one plan, and who plans it at once meets in one batch."""

from __future__ import annotations

import platform
from collections.abc import Mapping

import msgspec

from aurora.batch import index, planning, task
from aurora.batch.board import Board
from aurora.errors import InvalidInput
from aurora.journal.port import VersionConflict
from aurora.service.ids import only
from aurora.service.reading import position_of, read
from aurora.service.snapshot_queries import one_snapshot, read_index
from aurora.service.workspace import Workspace
from aurora_events.batches import BatchPlanned, stream
from aurora_events.record import Recorded
from aurora_projections import queries
from aurora_projections.batches import Batch


class Planned(msgspec.Struct, frozen=True):
    """A batch that is planned: ``resumed`` when somebody had begun it."""

    batch: str
    snapshot: str
    pipeline: str
    plan: str
    tasks: tuple[str, ...]
    shards: int
    files: int
    resumed: bool


def plan_batch(workspace: Workspace, snapshot: str, pipeline: str, given: Mapping[str, str]) -> Planned:
    """Plan a batch, or find the unfinished one of the same plan. Raises ``NotFound``, ``InvalidInput``."""
    taken = one_snapshot(workspace, snapshot)
    rows = read_index(workspace.artifacts, taken.id, taken.index)
    tasks = task.resolve(pipeline)
    base = {
        "chunk_threshold": str(workspace.config.batch.chunk_threshold),
        "largest_source": str(workspace.config.batch.largest_source),
    }
    settings = task.settings_of(tasks, base, given)
    chosen = planning.planned(tasks, settings, platform.python_version())
    names = tuple(planning.shards(rows))
    document = planning.plan_document(taken.index, taken.tree, pipeline, chosen, names)
    plan = index.identity(document)
    while True:
        earlier = queries.batches_of_plan(workspace.views.connection, plan, taken.id)
        running = [each for each in earlier if each.state == "running"]
        number = running[-1].number if running else len(earlier) + 1
        batch = planning.batch_id(plan, taken.id, number)
        found = Planned(
            batch,
            taken.id,
            pipeline,
            plan,
            tuple(each.name for each in tasks),
            len(names),
            len(rows),
            bool(running),
        )
        if running:
            return found
        event = BatchPlanned(
            *workspace.stamp(),
            batch=batch,
            snapshot=taken.id,
            index=taken.index,
            pipeline=pipeline,
            plan=plan,
            number=number,
            tasks=chosen,
            shards=names,
        )
        try:
            workspace.append(stream(batch), 1, event)
        except VersionConflict:  # somebody planned the same at the same moment: work on it together
            workspace.views.advance(workspace.journal)
            continue
        workspace.views.advance(workspace.journal)
        return found


def parse_settings(texts: tuple[str, ...]) -> dict[str, str]:
    """``KEY=VALUE`` as people write it. Raises ``InvalidInput``."""
    given: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise InvalidInput(
                "BATCH-001", f"{text!a} is not KEY=VALUE", hint="--set chunk_threshold=1048576"
            )
        given[key.strip()] = value.strip()
    return given


def one_batch(workspace: Workspace, prefix: str, at: str | None = None) -> Batch:
    """The batch whose id begins with ``prefix``. Raises ``NotFound`` for none or several."""
    found = queries.batches_named(read(workspace, at).connection, prefix)
    return only(found, prefix, "batch", lambda each: f"{each.id} ({each.pipeline})", "aurora batch list")


def load_board(workspace: Workspace, row: Batch, at: str | None = None) -> tuple[Board, int]:
    """The board of a batch from the log itself, now or at a moment, and the position up to which it was read."""
    facts: list[Recorded] = workspace.journal.scan(row.planned_position - 1, 1)
    event = facts[0].event
    assert isinstance(event, BatchPlanned), "the view names the position of the plan"
    board = Board(event)
    through = None if at is None else position_of(workspace, at)
    return board, refresh(workspace, board, row.planned_position, through)


def refresh(workspace: Workspace, board: Board, after: int, through: int | None = None) -> int:
    """Feed a board what came after a position, and not beyond ``through``; the new position."""
    while facts := workspace.journal.scan(after, through=through):
        board.feed(facts)
        after = facts[-1].position
    return after
