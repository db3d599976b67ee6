"""The command line as tests use it: in this process for speed, in processes of their own where that is the point."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aurora.cli.main import run

SPECS = {
    "add.md": """\
# SpecV3: Add Two Numbers

def add(a: int, b: int) -> int

## Examples
add(2, 3) -> 5
add(-1, 1) -> 0
""",
    "palindrome.md": """\
# SpecV3: Palindrome Checker

def check_palindrome(s: str) -> bool
def reverse_string(s: str) -> str

## Examples
check_palindrome("racecar") -> true
check_palindrome("ab") -> false
check_palindrome("ba") -> false
check_palindrome("abca") -> false
check_palindrome("") -> true
reverse_string("hello") -> "olleh"

## Post
assert check_palindrome(reverse_string(x) + x) == true
""",
}


class Result:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)


class Cli:
    """Aurora in one workspace."""

    def __init__(self, root: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capture = capture

    def __call__(self, *arguments: str, code: int | None = 0) -> Result:
        """Run a command; its exit code must be ``code`` (None: any)."""
        self.capture.readouterr()
        ended = run(["-C", str(self.root), *arguments])
        captured = self.capture.readouterr()
        result = Result(ended, captured.out, captured.err)
        if code is not None:
            assert ended == code, f"exit {ended}\n{result.out}\n{result.err}"
        return result

    def json(self, *arguments: str, code: int | None = 0) -> Any:
        """The JSON document that a command prints."""
        return self(*arguments, "--json", code=code).json

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "aurora", "-C", str(self.root), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "AURORA_ACTOR": "human:tester"},
        )

    def git(self, *arguments: str) -> str:
        """What ``git`` says about ``repo-state``."""
        done = subprocess.run(
            ["git", "-C", str(self.root / "repo-state"), *arguments],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def write(self, name: str, text: str) -> None:
        """Write a spec file."""
        path = self.root / "specs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def item(self, name: str, status: str = "candidate") -> str:
        """The id of the only item of that function and status."""
        (row,) = [row for row in self.json("review", "list", "--status", status) if row["name"] == name]
        return str(row["id"])


def aurora(root: Path, *arguments: str) -> None:
    """Run a command on a workspace in a process of its own, for what several tests share."""
    command = [sys.executable, "-m", "aurora", "-C", str(root), *arguments]
    environment = {**os.environ, "AURORA_ACTOR": "human:tester"}
    subprocess.run(command, check=True, capture_output=True, env=environment)


def searched(root: Path, *rounds: dict[str, str]) -> Path:
    """A new workspace that was searched after each of these rounds of specs was written."""
    root.mkdir()
    aurora(root, "init", "--empty")
    for specs in rounds:
        for name, text in specs.items():
            (root / "specs" / name).write_text(text, encoding="utf-8")
        aurora(root, "synth")
    return root
