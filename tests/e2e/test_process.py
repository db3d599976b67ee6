"""The process around a command: closed and full outputs, Ctrl-C, and who acts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commandline import SPECS, Cli

AURORA = f"'{sys.executable}' -m aurora"


def shell(root: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of shell in the workspace; ``aurora`` stands for the command."""
    return subprocess.run(
        ["sh", "-c", line.replace("aurora", AURORA)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "AURORA_ACTOR": "human:tester"},
    )


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", ">&- <&- 2>&-"])
def test_closed_streams_do_not_matter(empty: Cli, closed: str) -> None:
    """A file opened next must not get the number of a closed stream: what is printed would go into it."""
    empty.write("add.md", SPECS["add.md"])
    done = shell(empty.root, f"aurora synth {closed}")
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    assert empty.json("replay", "--verify")["ok"] is True


def test_an_output_that_cannot_be_written_is_an_error(empty: Cli) -> None:
    done = shell(empty.root, "aurora log --json >/dev/full")
    assert done.returncode == 6
    assert done.stderr.startswith("error[IO]:")
    assert "No space left on device" in done.stderr


def test_a_reader_that_leaves_early_is_no_error(empty: Cli) -> None:
    done = shell(empty.root, "{ aurora log --json; echo $? >code; } | true")
    assert (done.returncode, done.stderr, (empty.root / "code").read_text()) == (0, "", "0\n")


def test_an_interrupt_leaves_an_error_document(empty: Cli) -> None:
    """``log -f`` waits for events; an interrupt of what leaves no result says that it was one."""
    empty.write(
        "hard.md", "# Hard\n\ndef f(n: int) -> int\n\n## Examples\nf(1) -> 77\nf(2) -> 3\nf(3) -> 1009\n"
    )
    run = empty.json("synth", "--max-evals", "2000000", code=1)["run"]
    process = empty.start("replay", "--rerun", run, "--json")
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")
    assert json.loads(out)["error"]["code"] == "INTERRUPTED"


@pytest.mark.parametrize("moment", [0.03, 0.06, 0.1, 0.15, 0.2])
def test_an_interrupt_at_the_start_leaves_no_trace_of_python(empty: Cli, moment: float) -> None:
    process = empty.start("log")
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode in (0, 130, -signal.SIGINT)
    assert "aurora" not in err or "Traceback" not in err


@pytest.mark.parametrize("actor", ["  ", "human:", "human: ", "two\nlines", "a<b>", "\x1b[31mred", "-"])
def test_an_actor_has_a_name(empty: Cli, actor: str) -> None:
    empty.write("add.md", SPECS["add.md"])
    assert empty.json("--as", actor, "spec", "record", code=2)["error"]["code"] == "CLI-002"


@pytest.mark.parametrize("actor", ["human:ada", "Ünï ☃", "human:ada lovelace", "bot:7"])
def test_any_name_may_act(empty: Cli, actor: str) -> None:
    empty.write("add.md", SPECS["add.md"])
    empty("--as", actor, "spec", "record")
    assert empty.git("log", "-1", "--format=%an").strip() == actor.removeprefix("human:")
