"""What a person sees while searches run: a live line on a terminal, plain lines elsewhere, or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

    from aurora.service.rows import Row
    from aurora.service.running import Watcher
    from aurora.service.targets import Target
    from aurora.synthesis.problem import Progress


@contextmanager
def watcher(*, quiet: bool) -> Iterator[Watcher]:
    """The watcher that fits the terminal. Everything goes to standard error."""
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        from rich.console import Console

        console = Console(stderr=True, highlight=False)
        with console.status("searching") as status:
            yield Live(console, status)
    else:
        yield Lines()


class Silent:
    """Shows nothing."""

    def started(self, targets: Sequence[Target]) -> None:
        """The run begins."""

    def searching(self, spec: str, function: str) -> None:
        """A search begins."""

    def progress(self, spec: str, function: str, progress: Progress) -> None:
        """A search goes on."""

    def finished(self, row: Row) -> None:
        """A function has its result."""


class Live(Silent):
    """A status line at the bottom, and above it one line for each function that is done."""

    STYLES: Final = {"solved": "green", "ambiguous": "yellow"}

    def __init__(self, console: Console, status: Status) -> None:
        self.console = console
        self.status = status
        self.starts: dict[str, tuple[float, int]] = {}

    def searching(self, spec: str, function: str) -> None:
        self.status.update(f"searching {function} ({spec})")

    def progress(self, spec: str, function: str, progress: Progress) -> None:
        now = time.monotonic()
        began, done = self.starts.setdefault(function, (now, progress.evaluations))
        rate = f" {(progress.evaluations - done) / (now - began):,.0f}/s" if now > began else ""
        self.status.update(f"searching {function}: {describe(progress)}{rate}")

    def finished(self, row: Row) -> None:
        style = self.STYLES.get(row.result, "red")
        self.console.print(result_line(row), style=style, markup=False)


class Lines(Silent):
    """One line for each function when it is done, and at most one every ten seconds in between."""

    EVERY_SECONDS = 10.0

    def __init__(self) -> None:
        self.last = time.monotonic()

    def progress(self, spec: str, function: str, progress: Progress) -> None:
        now = time.monotonic()
        if now - self.last >= self.EVERY_SECONDS:
            self.last = now
            sys.stderr.write(f"Searching {function}: {describe(progress)}\n")

    def finished(self, row: Row) -> None:
        self.last = time.monotonic()
        sys.stderr.write(result_line(row) + "\n")


def describe(progress: Progress) -> str:
    """Where a search stands, in a few words."""
    return (
        f"{progress.evaluations:,} evaluations, {progress.kept:,} values kept, "
        f"best {progress.best_passed}, cost {progress.cost}, {progress.strategy}"
    )


def result_line(row: Row) -> str:
    """``   Solved add (add) 2/2 in 0.03s``, the verb right-aligned."""
    verb = row.result.capitalize().rjust(13)
    detail = f" in {row.seconds:.2f}s" if row.evaluations else ""
    return f"{verb} {row.name or row.spec} ({row.spec}) {row.passed}/{row.total}{detail}"
