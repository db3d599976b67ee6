"""The task ``ruff``: findings of the linter ruff, as the same diagnostic records. It needs ruff to be installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from aurora.batch.records import Diagnostic, Record
from aurora.batch.source import Source
from aurora.batch.task import Settings, Task
from aurora.errors import Refused


class RuffFailed(Exception):
    """Ruff did not run to its end."""


def find_ruff() -> str:
    """The program. Raises ``Refused`` when it is not installed."""
    beside = Path(sys.executable).with_name("ruff")
    found = str(beside) if beside.exists() else shutil.which("ruff")
    if found is None:
        raise Refused("TASK-007", "ruff is not installed", hint="pip install ruff, or leave the task out")
    return found


def ruff_version() -> str:
    """The version that is installed: part of what decides the outputs."""
    done = subprocess.run([find_ruff(), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


def check_ruff(settings: dict[str, str]) -> None:
    """Resolve the version of ruff into the settings, so that the memo knows it."""
    settings["ruff"] = ruff_version()


def run_ruff(sources: Sequence[Source], settings: Settings) -> Iterator[Record]:
    """Ruff's findings in the Python files of a shard, isolated from any configuration around."""
    chosen = [source for source in sources if source.is_python and source.content is not None]
    if not chosen:
        return
    with tempfile.TemporaryDirectory(prefix="aurora-ruff-") as folder:
        for number, source in enumerate(chosen):
            (Path(folder) / f"{number}.py").write_bytes(source.content or b"")
        command = [find_ruff(), "check", "--isolated", "--no-cache", "--quiet", "--exit-zero"]
        command += ["--output-format", "json", "--select", settings["select"]]
        done = subprocess.run([*command, folder], capture_output=True, check=False)
        if done.returncode:
            raise RuffFailed(done.stderr.decode("utf-8", "replace").strip()[:500])
        rows: list[Any] = msgspec.json.decode(done.stdout or b"[]")
    found: dict[int, list[Diagnostic]] = {}
    for row in rows:
        number = int(Path(row["filename"]).stem)
        place = row["location"]
        code = row["code"] or "invalid-syntax"
        severity = "error" if row["code"] is None or code.startswith(("E9", "F")) else "warning"
        diagnostic = Diagnostic(
            chosen[number].path,
            severity,  # type: ignore[arg-type]
            code,
            row["message"],
            place["row"],
            place["column"],
        )
        found.setdefault(number, []).append(diagnostic)
    for number in range(len(chosen)):
        yield from sorted(found.get(number, ()), key=lambda each: (each.line, each.column, each.code))


RUFF: Final = Task(
    "ruff", "1", ("parse",), {"select": "E4,E7,E9,F", "ruff": ""}, whole=run_ruff, check=check_ruff
)
