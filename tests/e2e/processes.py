"""What tests of several processes share."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ARRIVE_SECONDS = 20.0


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold a lock so that commands started inside line up before it."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def opened_by(pids: list[int], file: Path) -> None:
    """Wait until each of the processes has ``file`` open."""
    deadline = time.monotonic() + ARRIVE_SECONDS
    while not all(_has_open(pid, file) for pid in pids):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{file} is not open in all of {pids}")
        time.sleep(0.02)


def _has_open(pid: int, file: Path) -> bool:
    try:
        return any(os.path.samefile(handle, file) for handle in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:  # the handle was closed meanwhile: look again
        return False


def descendants(pid: int) -> set[int]:
    """The processes that a process started, and those that they started."""
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                children = [int(child) for child in task.read_text().split()]
            except OSError:  # it ended meanwhile
                continue
            found.update(children)
            waiting += children
    return found


def gone(pids: set[int]) -> bool:
    """Wait until none of the processes runs any more."""
    deadline = time.monotonic() + ARRIVE_SECONDS
    while any(_runs(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
