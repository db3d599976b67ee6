"""Several processes on one journal: nobody loses, skips or half-writes anything, whoever dies."""

from __future__ import annotations

import multiprocessing
import random
import time

import pytest
from journal_processes import SHARED, append_for_ever, make, tail, write
from journals import LocatedHome, entries

from aurora.journal.verify import verify

spawn = multiprocessing.get_context("spawn")


def test_racing_writers_all_get_through_and_a_tailing_reader_misses_nothing(shared_home: LocatedHome) -> None:
    writers, rounds = 4, 80
    journal = shared_home.open()
    start, done = spawn.Event(), spawn.Event()
    here, there = spawn.Pipe(duplex=False)
    location = str(shared_home.location)
    racing = [spawn.Process(target=write, args=(location, f"w{n}", rounds, start)) for n in range(writers)]
    reader = spawn.Process(target=tail, args=(location, start, done, there))
    for process in (*racing, reader):
        process.start()
    start.set()
    for process in racing:
        process.join(60)
    done.set()
    seen = here.recv()
    reader.join(60)

    assert [process.exitcode for process in (*racing, reader)] == [0] * (writers + 1)
    stored = [(row.position, row.stream, row.version) for row in journal.rows()]
    assert len(stored) == writers * rounds * 6
    assert seen == stored
    assert journal.version(SHARED) == writers * rounds
    assert verify(journal).ok
    journal.close()


def test_of_several_processes_that_make_the_journal_all_end_up_in_the_same_one(
    shared_home: LocatedHome,
) -> None:
    start = spawn.Event()
    location = str(shared_home.location)
    makers = [spawn.Process(target=make, args=(location, f"w{n}", start)) for n in range(4)]
    for process in makers:
        process.start()
    start.set()
    for process in makers:
        process.join(60)

    assert [process.exitcode for process in makers] == [0] * 4
    with shared_home.open() as journal:
        assert journal.count() == 4


def kill_rounds(shared_home: LocatedHome, rounds: int) -> None:
    """Kill an appending process at a random moment, again and again, and look at what it left."""
    batch, chance = 50, random.Random(7)
    shared_home.open().close()
    for _ in range(rounds):
        here, there = spawn.Pipe(duplex=False)
        process = spawn.Process(target=append_for_ever, args=(str(shared_home.location), batch, there))
        process.start()
        there.close()
        acknowledged = here.recv()  # it is under way
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        process.join(30)
        try:
            while True:
                acknowledged = here.recv()
        except EOFError:
            pass

        with shared_home.open() as journal:
            found = verify(journal)
            assert found.ok
            assert found.events % batch == 0
            assert acknowledged <= found.events <= acknowledged + batch
            journal.append(entries("spec/add", found.events + 1, batch))


def test_a_killed_writer_leaves_every_acknowledged_batch_and_no_half_batch(shared_home: LocatedHome) -> None:
    kill_rounds(shared_home, 4)


@pytest.mark.slow
def test_a_hundred_killed_writers_leave_every_acknowledged_batch_and_no_half_batch(
    shared_home: LocatedHome,
) -> None:
    kill_rounds(shared_home, 100)
