"""One writer at a time: a lock that the kernel drops when its holder dies, and the sweep of what it left."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aurora.ledger.errors import LedgerLocked

_POLL: Final = 0.02

LOCK: Final = "aurora.lock"

TEMPORARY: Final = b"aurora.tmp"
"""Where a file is written before it is renamed into the working tree."""

INDEX: Final = "aurora.index"
"""The new index before it is linked to ``index.lock``."""


@contextmanager
def exclusive(git: Path, seconds: float) -> Iterator[None]:
    """Hold the ledger whose ``.git`` folder is ``git``. Raises ``LedgerLocked`` after ``seconds``."""
    handle = _acquire(git / LOCK, time.monotonic() + seconds, seconds)
    try:
        _sweep(git)
        yield
    finally:
        os.close(handle)


@contextmanager
def quiescent(git: Path, seconds: float) -> Iterator[None]:
    """Wait until nobody publishes, and keep it so, without writing anything."""
    try:
        handle = os.open(git / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield
        return
    try:
        _wait(handle, git / LOCK, time.monotonic() + seconds, seconds)
        yield
    finally:
        os.close(handle)


@contextmanager
def founding(folder: Path, seconds: float) -> Iterator[None]:
    """Be the only one who makes a repository in ``folder``; the folder itself is the lock."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _wait(handle, folder, time.monotonic() + seconds, seconds)
        yield
    finally:
        os.close(handle)


def _acquire(path: Path, deadline: float, seconds: float) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _wait(handle, path, deadline, seconds)
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                return handle  # otherwise the ledger was deleted and made again while we waited
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _wait(handle: int, path: Path, deadline: float, seconds: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise LedgerLocked(str(path), seconds) from None
            time.sleep(_POLL)


def _sweep(git: Path) -> None:
    """Remove what a killed writer left; under the lock no other Aurora can be using it.

    ``index.lock`` is ours only if it is the very file that we linked: otherwise Git itself may be at work.
    """
    (git / "refs" / "heads" / "main.lock").unlink(missing_ok=True)
    index, lock = git / INDEX, git / "index.lock"
    if index.exists() and lock.exists() and index.samefile(lock):
        lock.unlink()
    index.unlink(missing_ok=True)
    (git / os.fsdecode(TEMPORARY)).unlink(missing_ok=True)
    for leftover in (git / "objects" / "pack").glob("tmp_aurora*"):
        leftover.unlink()
