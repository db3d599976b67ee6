"""The views on disk: they follow the log, survive kills, races and damage, and rebuild to the same bytes."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aurora_events.specs import SpecEdited
from aurora_projections import queries
from aurora_projections.base import Projection
from aurora_projections.catalogue import PROJECTIONS
from aurora_projections.errors import UnknownView, ViewsAheadOfJournal, ViewsDamaged, ViewsUnavailable
from aurora_projections.views import Views
from tests.projection_log import Log, history, make

NAMES = ["specs", "runs", "attempts", "corpus", "seeds", "scheduler", "abstractions"]
NAMES += ["run_meta", "used_seeds", "taught", "review", "snapshots", "batches", "audit"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".aurora" / "views"


@pytest.fixture
def views(folder: Path) -> Iterator[Views]:
    with Views.open(folder) as views:
        yield views


def hashes(views: Views) -> dict[str, str]:
    return {name: views.hash(name) for name in NAMES}


def fresh(log: Log) -> dict[str, str]:
    with Views.in_memory(log) as views:
        return hashes(views)


def file_of(folder: Path) -> Path:
    return folder / f"{(folder / 'CURRENT').read_text().strip()}.db"


def edit(folder: Path, statement: str) -> None:
    """What a person with an SQLite shell might do."""
    with sqlite3.connect(file_of(folder)) as connection:
        connection.execute(statement)
    connection.close()


def without(name: str, version: int) -> tuple[Projection, ...]:
    """The catalogue, with another version of one projection."""
    return tuple(p._replace(version=version) if p.name == name else p for p in PROJECTIONS)


def test_the_views_follow_the_log(views: Views) -> None:
    log = history(3)
    assert views.advance(log) == len(log.facts)
    assert set(views.positions().values()) == {len(log.facts)}
    log.add(make(SpecEdited, name="new"))
    views.advance(log)
    assert queries.spec(views.connection, "new") is not None
    assert hashes(views) == fresh(log)


def test_views_that_are_opened_again_go_on_where_they_were(views: Views, folder: Path) -> None:
    log = history(5)
    views.advance(log.first(20))
    with Views.open(folder) as again:
        assert set(again.positions().values()) == {20}
        again.advance(log)
        assert hashes(again) == fresh(log)


def test_an_empty_log_gives_empty_views(views: Views) -> None:
    assert views.advance(Log()) == 0
    assert [(r.rows, r.same) for r in views.rebuild(Log())] == [(0, True)] * len(NAMES)


def test_the_hash_of_a_view_is_that_of_its_dump_with_line_ends(views: Views) -> None:
    views.advance(history(4))
    for name in NAMES:
        text = "".join(f"{line}\n" for line in views.dump(name))
        assert views.hash(name) == hashlib.sha256(text.encode()).hexdigest()


def test_deleted_views_come_back_with_the_same_hashes(views: Views, folder: Path) -> None:
    log = history(20)
    views.advance(log)
    before = hashes(views)
    views.close()
    shutil.rmtree(folder)
    with Views.open(folder) as again:
        reports = again.rebuild(log)
        assert {r.name: r.hash for r in reports} == before
        assert [(r.name, r.position, r.same) for r in reports] == [(n, len(log.facts), True) for n in NAMES]


def test_a_rebuild_compares_with_the_live_views_and_tells_which_were_altered(
    views: Views, folder: Path
) -> None:
    log = history(10)
    views.advance(log)
    edit(folder, "UPDATE review SET status = 'active'")
    assert [r.name for r in views.check(log) if not r.same] == ["review"]
    reports = views.rebuild(log)
    assert [r.name for r in reports if not r.same] == ["review"]
    assert all(r.same for r in views.check(log))
    assert hashes(views) == fresh(log)


def test_a_lagging_view_is_compared_at_its_own_position(views: Views) -> None:
    log = history(10)
    views.advance(log.first(30))
    reports = views.check(log)
    assert [(r.position, r.same) for r in reports] == [(30, True)] * len(NAMES)
    rebuilt = views.rebuild(log)
    assert [(r.position, r.same) for r in rebuilt] == [(len(log.facts), True)] * len(NAMES)


def test_a_rebuild_of_one_view_leaves_the_others_as_they_are(views: Views, folder: Path) -> None:
    log = history(10)
    views.advance(log)
    edit(folder, "DELETE FROM specs")
    edit(folder, "DELETE FROM corpus")
    assert [(r.name, r.same) for r in views.rebuild(log, ["corpus"])] == [("corpus", False)]
    assert [r.name for r in views.check(log) if not r.same] == ["specs"]


def test_a_view_that_does_not_exist_is_named_with_those_that_do(views: Views) -> None:
    with pytest.raises(UnknownView) as caught:
        views.rebuild(Log(), ["specs", "sepcs"])
    assert caught.value.name == "sepcs"
    assert "used_seeds" in caught.value.hint


def test_a_new_version_of_a_fold_rebuilds_its_view_by_itself(views: Views, folder: Path) -> None:
    log = history(6)
    views.advance(log)
    edit(folder, "UPDATE specs SET text = 'as an older fold wrote it'")
    with Views.open(folder, without("specs", 2)) as newer:
        newer.advance(log)
        assert hashes(newer) == fresh(log)
        assert all(r.same for r in newer.check(log))


@pytest.mark.parametrize("table", ["seeds", "review_log", "tracking"])
def test_a_missing_table_is_folded_again(views: Views, folder: Path, table: str) -> None:
    log = history(6)
    views.advance(log)
    edit(folder, f"DROP TABLE {table}")
    views.advance(log)
    assert hashes(views) == fresh(log)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 999])
def test_an_overwritten_file_is_reported_or_refilled_and_a_rebuild_always_works(
    views: Views, folder: Path, content: bytes
) -> None:
    log = history(6)
    views.advance(log)
    views.close()
    file_of(folder).write_bytes(content)
    with Views.open(folder) as again:
        if content:
            with pytest.raises(ViewsDamaged) as caught:
                again.advance(log)
            assert str(file_of(folder)) in str(caught.value)
            assert caught.value.hint == "aurora project rebuild"
            assert all(r.same for r in again.rebuild(log))
        again.advance(log)
        assert hashes(again) == fresh(log)


def test_a_damaged_page_is_reported_by_a_check_and_repaired_by_a_rebuild(views: Views, folder: Path) -> None:
    log = history(60)
    views.advance(log)
    views.close()
    file = file_of(folder)
    page = 4096
    damaged = bytearray(file.read_bytes())
    for start in range(4 * page, len(damaged), page):
        damaged[start : start + page] = os.urandom(page)
    file.write_bytes(damaged)
    with Views.open(folder) as again:
        with pytest.raises(ViewsDamaged):
            again.check(log)
        again.rebuild(log)
        assert hashes(again) == fresh(log)


def test_views_locked_by_somebody_else_are_unavailable_not_damaged(
    views: Views, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aurora_projections.database.PATIENCE", 0.05)
    holder = sqlite3.connect(file_of(folder), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Views.open(folder) as again, pytest.raises(ViewsUnavailable, match="locked"):
        again.advance(history(1))
    holder.close()


def test_a_journal_older_than_the_views_is_an_error_until_the_views_are_rebuilt(views: Views) -> None:
    log = history(4)
    views.advance(log)
    older = log.first(10)
    with pytest.raises(ViewsAheadOfJournal) as caught:
        views.advance(older)
    assert (caught.value.views, caught.value.journal) == (len(log.facts), 10)
    assert not any(r.same for r in views.check(older))
    assert not any(r.same for r in views.rebuild(older))
    assert views.advance(older) == 10
    assert hashes(views) == fresh(older)


def test_a_log_with_gaps_in_its_positions_is_followed_to_its_end(views: Views) -> None:
    log = history(3)
    gappy = Log()
    gappy.facts = [fact._replace(position=fact.position * 3) for fact in log.facts]
    gappy.position = lambda: gappy.facts[-1].position  # type: ignore[method-assign]
    gappy.scan = (
        lambda after, limit, through: [  # type: ignore[method-assign]
            f for f in gappy.facts if after < f.position <= through
        ][:limit]
    )
    assert views.advance(gappy) == 3 * len(log.facts)
    assert all(r.same for r in views.check(gappy))


def test_a_reader_keeps_its_rows_while_another_process_rebuilds_and_then_follows(
    views: Views, folder: Path
) -> None:
    log = history(5)
    views.advance(log)
    reading = queries.audit_rows(views.connection)
    assert next(reading).position == 1
    with Views.open(folder) as other:
        other.rebuild(log)
    assert len(list(reading)) == len(log.facts) - 1
    log.add(make(SpecEdited, name="new"))
    views.advance(log)
    assert hashes(views) == fresh(log)
    assert [path.name for path in folder.glob("*.db")] == [file_of(folder).name]


def test_a_generation_number_is_never_used_twice(views: Views, folder: Path) -> None:
    """The write-ahead log that a lost file left behind would be replayed into a new file of its name."""
    log = history(5)
    views.advance(log)
    lost = file_of(folder)
    assert (folder / f"{lost.name}-wal").exists()
    lost.unlink()
    with Views.open(folder) as again:
        assert file_of(folder) != lost
        again.advance(log)
        assert hashes(again) == fresh(log)


def test_a_failed_rebuild_changes_nothing(views: Views, folder: Path) -> None:
    log = history(5)
    views.advance(log)
    before, file = hashes(views), file_of(folder)

    class Breaking(Log):
        def scan(self, after: int, limit: int, through: int) -> list[object]:  # type: ignore[override]
            raise OSError("the journal went away")

    broken = Breaking()
    broken.facts = log.facts
    with pytest.raises(OSError, match="went away"):
        views.rebuild(broken)
    assert (hashes(views), file_of(folder)) == (before, file)
    assert list(folder.glob("*.db")) == [file]


def test_views_in_memory_are_as_they_were_at_a_position() -> None:
    log = history(5)
    with Views.in_memory(log, 17) as past:
        assert set(past.positions().values()) == {17}
        assert hashes(past) == fresh(log.first(17))


def start_worker(folder: Path, rounds: int, task: str, start: float) -> subprocess.Popen[str]:
    worker = Path(__file__).parents[1] / "projection_worker.py"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(worker), str(folder), str(rounds), task, str(start)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def wait_ready(worker: subprocess.Popen[str]) -> None:
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"


def test_three_racing_projectors_of_a_growing_log_give_what_a_rebuild_gives(folder: Path) -> None:
    rounds = 120
    start = time.time() + 0.3
    workers = [start_worker(folder, rounds, "follow", start) for _ in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    log = history(rounds)
    with Views.open(folder) as views:
        assert set(views.positions().values()) == {len(log.facts)}
        assert hashes(views) == fresh(log)


@pytest.mark.parametrize("task", ["follow", "rebuild"])
@pytest.mark.parametrize("kills", [4, pytest.param(20, marks=pytest.mark.slow)])
def test_a_projector_killed_anywhere_leaves_views_that_go_on_to_the_same(
    folder: Path, task: str, kills: int
) -> None:
    rounds = 200
    chance = random.Random(kills)
    for _ in range(kills):
        worker = start_worker(folder, rounds, task, 0.0)
        wait_ready(worker)
        time.sleep(chance.uniform(0, 0.15))
        worker.kill()
        worker.wait()
    log = history(rounds)
    with Views.open(folder) as views:
        assert all(report.same for report in views.check(log))
        views.advance(log)
        assert hashes(views) == fresh(log)
        assert all(report.same for report in views.rebuild(log))
    assert len(list(folder.glob("*.db"))) == 1


def test_projectors_that_race_with_rebuilds_lose_nothing(folder: Path) -> None:
    rounds = 120
    rebuilding = start_worker(folder, rounds, "rebuild", 0.0)
    wait_ready(rebuilding)
    workers = [start_worker(folder, rounds, "follow", 0.0) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert rebuilding.poll() is None, "the rebuilding process must not fail"
    rebuilding.kill()
    rebuilding.wait()
    log = history(rounds)
    with Views.open(folder) as views:
        views.advance(log)
        assert hashes(views) == fresh(log)
