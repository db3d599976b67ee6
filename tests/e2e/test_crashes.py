"""``kill -9`` at any moment: nothing acknowledged is lost, and one command later nothing is behind or broken."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli
from processes import descendants, gone

DRIVER = Path(__file__).with_name("driver.py")
MOST_COMMANDS = 3
LONGEST_WAIT = 1.0
"""A driver dies at most so many seconds after one of its first commands: within any step of the next one."""


def crash(root: Path, seed: int, commands: int, seconds: float) -> list[str]:
    """Kill a driver a while after it acknowledged so many commands; the commits that it acknowledged."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(DRIVER), str(root), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as driver:
        assert driver.stdout is not None
        heard = [driver.stdout.readline() for _ in range(1 + commands)]
        time.sleep(seconds)
        children = descendants(driver.pid)
        driver.send_signal(signal.SIGKILL)
        heard += [line for line in driver.stdout if line.endswith("\n")]
    assert gone(children), "a sandboxed child outlived its master"
    lines = [json.loads(line) for line in heard[1:]]
    assert not [line for line in lines if "failed" in line], lines
    return [line["commit"] for line in lines]


def rounds(cli: Cli, count: int, seed: int) -> Iterator[tuple[int, list[str]]]:
    chosen = random.Random(seed)
    for number in range(count):
        moment = (chosen.randrange(MOST_COMMANDS), chosen.uniform(0.0, LONGEST_WAIT))
        yield number, crash(cli.root, chosen.randrange(10**9), *moment)


def assert_nothing_lost(cli: Cli, number: int, acknowledged: list[str]) -> dict[str, Any]:
    """Right after the crash the log gives all that was acknowledged; after one writing command Git holds it too."""
    crashed: dict[str, Any] = cli.json("replay", "--verify")
    assert crashed["ok"]
    if number % 2:
        cli("project", "rebuild")
    else:
        cli.write("after.md", f"# After\n\ndef after(a: int) -> int\n\n## Examples\nafter({number}) -> 1\n")
        cli("spec", "record")
    verified: dict[str, Any] = cli.json("replay", "--verify")
    assert verified["ok"]
    assert verified["ledger"]["behind"] == 0
    cli.git("fsck", "--strict", "--full", "--no-dangling")
    assert cli.git("status", "--porcelain") == ""
    assert set(acknowledged) <= set(cli.git("rev-list", "main").split())
    return crashed


def survive(cli: Cli, count: int, seed: int) -> tuple[int, int]:
    """So many crashes; how many commands were acknowledged, and how many crashes left the ledger behind."""
    acknowledged: list[str] = []
    behind = 0
    for number, commits in rounds(cli, count, seed):
        acknowledged += commits
        behind += assert_nothing_lost(cli, number, acknowledged)["ledger"]["behind"] > 0
    return len(acknowledged), behind


def test_nothing_acknowledged_is_lost_in_a_few_crashes(empty: Cli) -> None:
    acknowledged, _ = survive(empty, 5, 1)
    assert acknowledged > 0


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_a_hundred_crashes(empty: Cli) -> None:
    acknowledged, behind = survive(empty, 100, 20261121)
    assert acknowledged > 100
    assert behind > 0, "some kill must have fallen between journal and ledger"
    print(f"{acknowledged} commands acknowledged, {behind} of 100 crashes left the ledger behind")
