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
