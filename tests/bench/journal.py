"""How much the journal costs over raw SQLite: ratios, measured interleaved in one run. Exits 1 past a limit.

``python tests/bench/journal.py``. Each figure is a ratio of two best times of several rounds that alternate, so
that a busy machine slows both sides alike.
"""

from __future__ import annotations

import gc
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "events"), str(ROOT / "projections")]

from aurora.journal.opening import open_journal  # noqa: E402
from aurora.journal.port import Journal  # noqa: E402
from aurora.journal.sqlite_file import TABLE  # noqa: E402
from aurora_events.codec import decode, digest, encode  # noqa: E402
from aurora_events.learning import BiasUpdated  # noqa: E402
from aurora_events.record import Entry  # noqa: E402
from aurora_events.runs import FRAME_SIZE, Attempt, Searched  # noqa: E402
from aurora_projections.catalogue import PROJECTIONS  # noqa: E402
from aurora_projections.database import Database  # noqa: E402

EVENTS = 50_000
BATCH = 1000
ROUNDS = 5
INSERT = f"INSERT INTO {TABLE} (originator_id, originator_version, topic, state, digest) VALUES (?,?,?,?,?)"
SELECT = f"SELECT rowid, originator_id, originator_version, digest, state FROM {TABLE} ORDER BY rowid"


class Limit(NamedTuple):
    """A ratio and what it may be; ``at_least`` when larger is better."""

    name: str
    ratio: float
    limit: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{'ok  ' if self.met else 'MISS'} {self.name:<66} {self.ratio:6.2f}   ({sign} {self.limit})"


def bias(number: int) -> BiasUpdated:
    """A small event of about a hundred bytes."""
    return BiasUpdated(
        number, "engine", "c0ffee", f"type:{number % 97}->int", 0.1, 0.2, 1.0, True, False, "r1"
    )


def attempt(number: int) -> Attempt:
    """A candidate of usual length."""
    return Attempt(f"sorted(xs, key=lambda x: (x % {number % 89 + 1}, -x))[: len(xs) // 2 + {number}]", 17, 3)


def batches(size: int) -> Iterator[list[Entry]]:
    """Events of 97 streams in the order in which they happen."""
    batch: list[Entry] = []
    for number in range(EVENTS):
        batch.append(Entry(f"bias/type:{number % 97}->int", number // 97 + 1, bias(number)))
        if len(batch) == size:
            yield batch
            batch = []


def raw_rows(batch: Sequence[Entry]) -> list[tuple[str, int, str, bytes, bytes]]:
    """What a raw insertion would store, encoded beforehand: the raw side pays for SQLite only."""
    states = [(entry, encode(entry.event)) for entry in batch]
    return [(entry.stream, entry.version, "tag", state, digest(state)) for entry, state in states]


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call, without garbage collection in between."""
    gc.collect()
    gc.disable()
    try:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started
    finally:
        gc.enable()


def compare(name: str, limit: float, ours: Callable[[Path], float], raw: Callable[[Path], float]) -> Limit:
    """The ratio of the best of each, run alternately in fresh folders."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for side, measure in enumerate((ours, raw)):
            with tempfile.TemporaryDirectory() as folder:
                best[side] = min(best[side], measure(Path(folder) / "journal.db"))
    return Limit(name, best[0] / best[1], limit)


def append_entries(work: Sequence[Sequence[Entry]]) -> Callable[[Path], float]:
    """Our way in: versions checked, encoded, digested, synchronous=FULL."""

    def measure(path: Path) -> float:
        with open_journal(path, create=True) as journal:
            return timed(lambda: [journal.append(batch) for batch in work])

    return measure


def insert_rows(work: Sequence[Sequence[tuple[str, int, str, bytes, bytes]]]) -> Callable[[Path], float]:
    """The raw way: executemany and commit, into the same schema with the same durability."""

    def measure(path: Path) -> float:
        open_journal(path, create=True).close()
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=FULL")

            def insert() -> None:
                for rows in work:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.executemany(INSERT, rows)
                    connection.execute("COMMIT")

            return timed(insert)

    return measure


def bench_batches() -> Limit:
    work = list(batches(BATCH))
    return compare(
        f"append, batches of {BATCH} / raw executemany into the same schema",
        2.0,
        append_entries(work),
        insert_rows([raw_rows(batch) for batch in work]),
    )


def bench_frames() -> Limit:
    """The same attempts: as frames through the journal, and one raw row each, flushed as often."""
    frames, rows = [], []
    for first in range(0, EVENTS - FRAME_SIZE, FRAME_SIZE):
        attempts = tuple(attempt(n) for n in range(first, first + FRAME_SIZE))
        frame = Searched(1, "engine", "c0ffee", "r1", "add", "add", first, attempts)
        frames.append([Entry("search/r1/add/add", first // FRAME_SIZE + 1, frame)])
        states = [encode(each) for each in attempts]
        rows.append(
            [("search/r1", first + n + 1, "tag", state, digest(state)) for n, state in enumerate(states)]
        )
    name = f"attempts in frames of {FRAME_SIZE} / raw row per attempt"
    return compare(name, 0.4, append_entries(frames), insert_rows(rows))


def bench_scan() -> Limit:
    def ours(path: Path) -> float:
        with open_journal(path, create=True) as journal:
            fill(path)

            def scan() -> None:
                after = 0
                while page := journal.scan(after):
                    after = page[-1].position

            return timed(scan)

    def raw(path: Path) -> float:
        open_journal(path, create=True).close()
        fill(path)
        with closing(sqlite3.connect(path)) as connection:

            def select() -> None:
                cursor = connection.execute(SELECT)
                while rows := cursor.fetchmany(5000):
                    for row in rows:
                        decode(row[4])

            return timed(select)

    return compare("scan and decode / raw select and raw decode", 2.0, ours, raw)


def bench_rebuild() -> Limit:
    """The real views, all of them: folded page by page, and with one transaction per event."""
    single_events = 1000
    paged = single = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        open_journal(path, create=True).close()
        fill(path)
        with open_journal(path, writable=False) as journal:
            for number in range(3):
                paged = min(paged, fold(journal, Path(folder, f"paged{number}"), [EVENTS]) / EVENTS)
                steps = range(1, single_events + 1)
                single = min(single, fold(journal, Path(folder, f"single{number}"), steps) / single_events)
    return Limit("projection rebuild by pages, times one transaction per event", single / paged, 10, True)


def fold(journal: Journal, path: Path, steps: Iterable[int]) -> float:
    """Seconds to bring fresh views up to each of these positions in turn."""
    path.touch()
    with closing(Database(path, PROJECTIONS)) as views:
        views.prepare(PROJECTIONS)
        views.settle()  # both sides as durable as live views are
        return timed(lambda: [views.advance(journal, position) for position in steps])


def fill(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for batch in batches(BATCH):
            rows = [(e[0], e[1], "bias.updated", encode(e[2]), digest(encode(e[2]))) for e in batch]
            connection.executemany(INSERT, rows)


def main() -> int:
    missed = 0
    for bench in (bench_batches, bench_frames, bench_scan, bench_rebuild):
        result = bench()
        print(result, flush=True)
        missed += not result.met
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
