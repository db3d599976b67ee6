"""The folder of the views: numbered database files, and ``CURRENT``, which names the one in use.

A new generation is built in a file of its own and taken into use by replacing ``CURRENT`` atomically.
Replacing the database file itself would be unsafe: in WAL mode a database is three files, and a reader that
has the old one open would go on with the old file beside the new write-ahead log, or the other way round.
Whoever has an older generation open reads it undisturbed, since a removed file lives until it is closed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aurora_projections.base import Projection
from aurora_projections.database import Database

_POINTER: Final = "CURRENT"
_LOCK: Final = "lock"


class Generations:
    """The generations in one folder. Files are made, chosen and removed only by who holds the lock."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def current(self) -> Path | None:
        """The file in use; ``None`` when there is none yet or it is gone."""
        number = self._pointed()
        path = self.directory / f"{number}.db"
        return path if number and path.is_file() else None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Held while a generation is built, by one process at a time; the kernel frees it on any death."""
        self.directory.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.directory / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def begin(self, projections: Sequence[Projection], copied_from: Database | None = None) -> Database:
        """A new file: empty, or a consistent copy of a generation. Not in use until ``choose``."""
        path = self.directory / f"{self._unused()}.db"
        path.touch(exist_ok=False)
        fresh = Database(path, projections)
        with fresh.reported():
            if copied_from is not None:
                copied_from.connection.backup(fresh.connection)
            # Nobody else reads this file yet, and it is written to disk as a whole before it is chosen.
            fresh.connection.execute("PRAGMA synchronous=OFF")
            fresh.connection.execute("PRAGMA journal_mode=WAL")
        return fresh

    def choose(self, finished: Database) -> None:
        """Take a finished generation into use and remove the others."""
        path = finished.path
        assert path is not None, "a generation is a file"
        with finished.reported():
            finished.connection.execute("PRAGMA synchronous=NORMAL")
            finished.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _sync(path)
        pointer = self.directory / f"{_POINTER}.new"
        pointer.write_text(f"{path.stem}\n", encoding="ascii")
        _sync(pointer)
        pointer.replace(self.directory / _POINTER)
        _sync(self.directory)
        for number, file in self._files():
            if number != int(path.stem):
                file.unlink(missing_ok=True)

    def discard(self, unfinished: Database) -> None:
        """Close and remove a generation that was not chosen."""
        unfinished.close()
        for number, file in self._files():
            if unfinished.path and number == int(unfinished.path.stem):
                file.unlink(missing_ok=True)

    def _unused(self) -> int:
        """A number never used before: the write-ahead log of an older file of that name would be replayed."""
        return max((self._pointed(), *(number for number, _ in self._files()))) + 1

    def _pointed(self) -> int:
        try:
            text = (self.directory / _POINTER).read_bytes().strip()
        except FileNotFoundError:
            return 0
        return int(text) if text.isdigit() else 0

    def _files(self) -> list[tuple[int, Path]]:
        """The files of all generations: ``<n>.db``, ``<n>.db-wal``, ``<n>.db-shm``."""
        files = [(path.name.partition(".")[0], path) for path in self.directory.glob("*.db*")]
        return [(int(number), path) for number, path in files if number.isdecimal()]


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
