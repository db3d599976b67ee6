"""What a person sees while a batch runs: how far, how fast, how long still; on a terminal, or now and then a line."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.status import Status

    from aurora.service.batch_desk import Progress


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """What fits the terminal. Everything goes to standard error."""
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True, highlight=False).status("beginning") as status:
            yield Live(status)
    else:
        yield Lines()


class Silent:
    """Shows nothing."""

    def moved(self, done: int, total: int, failed: int, memo: int) -> None:
        """Some shards are over."""


class Live(Silent):
    """A status line at the bottom."""

    def __init__(self, status: Status) -> None:
        self.status = status
        self.clock = Clock()

    def moved(self, done: int, total: int, failed: int, memo: int) -> None:
        self.status.update(self.clock.words(done, total, failed, memo))


class Lines(Silent):
    """A line every ten seconds."""

    EVERY_SECONDS: Final = 10.0

    def __init__(self) -> None:
        self.clock = Clock()
        self.last = time.monotonic()

    def moved(self, done: int, total: int, failed: int, memo: int) -> None:
        if time.monotonic() - self.last >= self.EVERY_SECONDS:
            self.last = time.monotonic()
            sys.stderr.write(self.clock.words(done, total, failed, memo) + "\n")


class Clock:
    """Rate and time to come, from the first report on."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.first: int | None = None

    def words(self, done: int, total: int, failed: int, memo: int) -> str:
        """How far, how fast, how long still."""
        over = done + failed
        if self.first is None:
            self.first = over
        seconds = time.monotonic() - self.began
        rate = (over - self.first) / seconds if seconds > 0 else 0.0
        left = f", {(total - over) / rate:,.0f}s left" if rate else ""
        trouble = f", {failed:,} failed" if failed else ""
        return f"{over:,} of {total:,} done, {memo:,} from memory{trouble}, {rate:,.1f}/s{left}"
