"""A process that projects the sample history into a folder: ``projection_worker.py FOLDER ROUNDS TASK [START]``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from aurora_projections import database
from aurora_projections.views import Views
from tests.projection_log import Log, history

RATE = 2000


class Growing(Log):
    """A log that grows with time, alike for all processes that were told the same start."""

    def __init__(self, whole: Log, start: float) -> None:
        super().__init__()
        self.facts = whole.facts
        self._start = start

    def position(self) -> int:
        """Where the log ends now."""
        return min(len(self.facts), max(0, int((time.time() - self._start) * RATE)))


def main(folder: Path, rounds: int, task: str, start: float) -> None:
    """Follow a growing log to its end, or rebuild again and again until killed."""
    database.PAGE = 5  # type: ignore[misc]  # many pages, so that kills and races fall between and into them
    whole = history(rounds)
    print("ready", flush=True)
    with Views.open(folder) as views:
        while task == "rebuild":
            reports = views.rebuild(whole)
            assert all(report.same for report in reports), reports
        source = Growing(whole, start)
        while views.advance(source) < len(whole.facts):
            pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
