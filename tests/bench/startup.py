"""How long `aurora status` takes on a workspace of 100,000 events, as a ratio to `python -c "import typer"`.

Run: python tests/bench/startup.py. Exits 1 when the ratio is above 4.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aurora.cli.main import run
from aurora.journal.opening import open_journal
from aurora_events.record import Entry
from aurora_events.runs import Attempt, Searched, search_stream
from aurora_events.specs import SpecEdited, stream

EVENTS = 100_000
ROUNDS = 15
LIMIT = 4.0


def fill(root: Path) -> None:
    """A workspace with frames and spec edits, as years of use would leave it."""
    run(["-C", str(root), "init", "--empty"])
    attempts = (Attempt("a + b", 3, 2),)
    with open_journal(root / ".aurora" / "journal.db") as journal:
        versions: dict[str, int] = {}
        entries: list[Entry] = []
        for number in range(EVENTS - 1):
            spec = f"spec{number % 500}"
            if number % 3:
                name = search_stream(f"r{number % 1000}", spec, "f")
                event: SpecEdited | Searched = Searched(
                    number, "engine", "c", f"r{number % 1000}", spec, "f", 0, attempts
                )
            else:
                name = stream(spec)
                event = SpecEdited(
                    number, "human:ada", "c", spec, f"{spec}.md", f"{number:064x}", f"# {number}\n"
                )
            versions[name] = versions.get(name, 0) + 1
            entries.append(Entry(name, versions[name], event))
        for start in range(0, len(entries), 1000):
            journal.append(entries[start : start + 1000])


def seconds(command: list[str], root: Path) -> float:
    """The wall time of one process."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL, env={**os.environ})
    return time.perf_counter() - begin


def main() -> int:
    """Interleave both commands and compare their medians."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        fill(root)
        status = [sys.executable, "-m", "aurora", "status"]
        typer = [sys.executable, "-c", "import typer"]
        first = seconds(status, root)
        pairs = [(seconds(status, root), seconds(typer, root)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = ours / theirs
    print(f"events in the log                     {EVENTS:,}")
    print(f"aurora status / python -c import typer  {ratio:.2f}  (limit {LIMIT})")
    print(f"first status, folding all views       {first / theirs:.1f} times import typer")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
