"""`aurora status` starts fast: it loads nothing heavy, also on a workspace of 100,000 events."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import Cli

HEAVY = (
    "rich",
    "dulwich",
    "hypothesis",
    "starlette",
    "uvicorn",
    "jinja2",
    "eventsourcing",
    "pydantic",
    "watchfiles",
    "urllib3",
)

PROGRAM = """
import json, sys
from aurora.cli.main import run
code = run(sys.argv[1:])
loaded = sorted({name.partition(".")[0] for name in sys.modules})
sys.stderr.write(json.dumps({"code": code, "loaded": loaded}))
"""


def loaded_by(root: Path, *arguments: str) -> set[str]:
    """The top-level modules that a command loads in a process of its own."""
    command = [sys.executable, "-c", PROGRAM, "-C", str(root), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ})
    report = json.loads(done.stderr.splitlines()[-1])
    assert report["code"] == 0, done.stderr
    return set(report["loaded"])


@pytest.mark.parametrize(
    "arguments",
    [
        *(("status",), ("status", "--json"), ("review", "list"), ("log",), ("spec", "list"), ("run", "list")),
        *(("snapshot", "list"), ("batch", "list")),
    ],
)
def test_reading_commands_load_nothing_heavy(searched: Cli, arguments: tuple[str, ...]) -> None:
    assert not loaded_by(searched.root, *arguments) & set(HEAVY)


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    assert not loaded_by(tmp_path, "--help") & set(HEAVY)


def test_reading_commands_write_nothing_but_views(searched: Cli) -> None:
    """A changed spec is reported, not recorded."""
    searched.write("new.md", "# New\n")
    before = (searched.root / ".aurora" / "journal.db").read_bytes()
    status = searched.json("status")
    assert [change["name"] for change in status["changed"]] == ["new"]
    for arguments in (("review", "list"), ("spec", "list"), ("log",), ("run", "list"), ("corpus", "list")):
        searched(*arguments)
    assert (searched.root / ".aurora" / "journal.db").read_bytes() == before
    assert searched.git("status", "--porcelain") == ""


def test_digits_beyond_the_log_may_be_the_beginning_of_a_commit(searched: Cli) -> None:
    """One commit id in forty begins with eight digits."""
    last = searched.json("status")["position"]
    assert searched.json("status", "--at", str(last))["position"] == last
    assert searched("status", "--at", "999", code=3).err.startswith("error[AT-001]")
    assert searched("status", "--at", "99999999", code=3).err.startswith("error[LEDGER-")
    assert searched("status", "--at", "9" * 5000, code=3).err.startswith("error[AT-001]")
