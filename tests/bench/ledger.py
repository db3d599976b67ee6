"""The ledger against ``git fast-import`` in one run, and a replay of 10,000 commits that writes nothing.

Prints ratios; exits 1 if the ledger makes less than half as many commits a second as fast-import.
Run it with ``python tests/bench/ledger.py`` from the root of the repository.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "events"), str(ROOT / "projections")]

from aurora import ledger  # noqa: E402
from aurora_events import codec  # noqa: E402 - the bench runs from a checkout, installed or not
from aurora_events.base import Event  # noqa: E402
from aurora_events.record import StoredRow  # noqa: E402
from aurora_events.specs import SpecEdited, stream  # noqa: E402
from aurora_events.workspace import STREAM, WorkspaceCreated  # noqa: E402

FILES = 10_000
BATCH = 1_000
ROUNDS = 3
AT_LEAST = 0.5
START = 1_700_000_000 * 10**9


class Log(NamedTuple):
    """A journal in memory, as far as it is written at the moment."""

    all: list[StoredRow]
    end: int

    def rows(self, after: int = 0, limit: int = 5000, through: int | None = None) -> list[StoredRow]:
        """The next rows."""
        return self.all[after : min(after + limit, self.end, through or self.end)]

    def position(self) -> int:
        """The last position."""
        return self.end


def history() -> list[StoredRow]:
    """A workspace, one spec in each of 10,000 files (256 folders), and then edits of them here and there."""
    events: list[tuple[str, int, Event]] = [
        (STREAM, 1, WorkspaceCreated(START, "human:ada", "", "w", 1, "aurora_library"))
    ]
    for number in range(FILES + BATCH * ROUNDS):
        version, spec = divmod(number * 7919 if number >= FILES else number, FILES)
        name = f"spec_{spec:05}"
        text = f"# SpecV3: {name}\n\ndef f(x: int) -> int\n\n## Examples\nf({number}) -> {number + 1}\n"
        sha = hashlib.sha256(text.encode()).hexdigest()
        path = f"{hashlib.sha256(name.encode()).hexdigest()[:2]}/{name}.md"
        edited = SpecEdited(START + number * 10**9, "human:ada", f"c{number}", name, path, sha, text)
        events.append((stream(name), version + 1, edited))
    rows = []
    for position, (where, version, event) in enumerate(events, 1):
        state = codec.encode(event)
        tag = codec.TAGS[type(event)]
        rows.append(StoredRow(position, where, version, tag, codec.digest(state), state))
    return rows


def seconds(do: Callable[[], object]) -> float:
    """How long ``do`` takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def git(repository: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """What a Git command prints."""
    done = subprocess.run(
        ["git", "-C", str(repository), *arguments], input=given, capture_output=True, check=True
    )
    return done.stdout


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below ``folder`` with its size and modification time."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            stat = os.lstat(os.path.join(place, name))
            found[os.path.join(place, name)] = (stat.st_size, stat.st_mtime_ns)
    return found


def main() -> int:
    """Measure, print, judge."""
    rows = history()
    with tempfile.TemporaryDirectory() as folder:
        repo, intent, other = Path(folder, "repo-state"), Path(folder, "ledger.json"), Path(folder, "other")
        first = seconds(lambda: ledger.catch_up(repo, Log(rows, FILES + 1), intent=intent))
        print(f"ledger from nothing, working tree and all: {(FILES + 1) / first:8.0f} commits/s")
        git(Path(folder), "clone", "-q", "--bare", str(repo), str(other))

        ratios, before = [], FILES + 1
        for end in range(FILES + 1 + BATCH, len(rows) + 1, BATCH):
            old = git(repo, "rev-parse", "main").decode().strip()
            ours = seconds(lambda end=end: ledger.catch_up(repo, Log(rows, end), intent=intent))  # type: ignore[misc]
            said = git(repo, "fast-export", "--reference-excluded-parents", f"{old}..main")
            theirs = seconds(lambda said=said: git(other, "fast-import", "--quiet", given=said))  # type: ignore[misc]
            if git(repo, "rev-parse", "main") != git(other, "rev-parse", "main"):
                print("fast-import made another head of the same history")
                return 1
            count = end - before
            print(
                f"{count} commits: ledger {ours:.2f} s, fast-import {theirs:.2f} s, ratio {theirs / ours:.2f}"
            )
            ratios.append(theirs / ours)
            before = end

        untouched = contents(Path(folder))
        took = seconds(lambda: ledger.replay(Log(rows, FILES)))
        report_took = seconds(lambda: ledger.examine(repo, Log(rows, len(rows)), intent=intent))
        report = ledger.examine(repo, Log(rows, len(rows)), intent=intent)
        same = untouched == contents(Path(folder))
        print(f"replay of {FILES} commits: {took:.1f} s, {FILES / took:.0f} commits/s")
        print(f"examination of {report.commits} commits, every object and file: {report_took:.1f} s")
        print(f"ledger sound: {report.ok}; nothing written: {same}")
        print(f"ledger / fast-import: best {max(ratios):.2f}, worst {min(ratios):.2f}, wanted {AT_LEAST}")
        return 0 if max(ratios) >= AT_LEAST and report.ok and same else 1


if __name__ == "__main__":
    sys.exit(main())
