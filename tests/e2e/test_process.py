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
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while process.poll() is None and not children.read_text():  # until the sandbox is being started
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")
    assert json.loads(out)["error"]["code"] == "INTERRUPTED"


INTERRUPTED_WHILE_LOADING = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, *rest):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
from aurora.__main__ import main
main()
"""


def test_an_interrupt_while_the_program_loads_leaves_no_trace_of_python() -> None:
    command = [sys.executable, "-c", INTERRUPTED_WHILE_LOADING, "status"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("actor", ["  ", "human:", "human: ", "two\nlines", "a<b>", "\x1b[31mred", "-"])
def test_an_actor_has_a_name(empty: Cli, actor: str) -> None:
    empty.write("add.md", SPECS["add.md"])
    assert empty.json("--as", actor, "spec", "record", code=2)["error"]["code"] == "CLI-002"


def test_words_that_are_not_utf8_are_refused(searched: Cli) -> None:
    reason = os.fsdecode(b"caf\xe9")
    refused = searched.json("review", "reject", searched.item("add"), "--reason", reason, code=2)
    assert refused["error"]["code"] == "CLI-010"


@pytest.mark.parametrize("actor", ["human:ada", "Ünï ☃", "human:ada lovelace", "bot:7"])
def test_any_name_may_act(empty: Cli, actor: str) -> None:
    empty.write("add.md", SPECS["add.md"])
    empty("--as", actor, "spec", "record")
    assert empty.git("log", "-1", "--format=%an").strip() == actor.removeprefix("human:")
