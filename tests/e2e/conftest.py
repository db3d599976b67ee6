"""Workspaces for tests through the command line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from batch_verbs import Batches
from commandline import SPECS, Cli
from trees import GOLDEN, write


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AURORA_JOURNAL", "AURORA_SEED"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AURORA_ACTOR", "human:tester")


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Programs started here can be interrupted, even where the tests run behind ``nohup`` or ``&``."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A new workspace without specs."""
    cli = Cli(tmp_path / "workspace", capsys)
    cli.root.mkdir()
    cli("init", "--empty")
    return cli


@pytest.fixture(scope="session")
def _searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which ``add`` and ``palindrome`` were searched, made once."""
    root = tmp_path_factory.mktemp("searched") / "workspace"
    root.mkdir()
    environment = {**os.environ, "AURORA_ACTOR": "human:tester"}
    command = [sys.executable, "-m", "aurora", "-C", str(root)]
    subprocess.run([*command, "init", "--empty"], check=True, capture_output=True, env=environment)
    for name, text in SPECS.items():
        (root / "specs" / name).write_text(text, encoding="utf-8")
    subprocess.run([*command, "synth"], check=True, capture_output=True, env=environment)
    return root


@pytest.fixture
def searched(_searched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A copy of a workspace with three solved functions waiting for review."""
    root = tmp_path / "workspace"
    shutil.copytree(_searched, root, symlinks=True)
    return Cli(root, capsys)


@pytest.fixture(scope="session")
def _promoted(_searched: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The searched workspace after every decision on it was to promote, made once."""
    root = tmp_path_factory.mktemp("promoted") / "workspace"
    shutil.copytree(_searched, root, symlinks=True)
    environment = {**os.environ, "AURORA_ACTOR": "human:tester"}
    command = [sys.executable, "-m", "aurora", "-C", str(root), "review"]
    for name in ("add", "reverse_string", "check_palindrome"):
        promote = [*command, "promote", name, "--reason", f"{name} reads well"]
        subprocess.run(promote, check=True, capture_output=True, env=environment)
    return root


@pytest.fixture
def promoted(_promoted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A copy of a workspace with three promoted functions in two modules."""
    root = tmp_path / "workspace"
    shutil.copytree(_promoted, root, symlinks=True)
    return Cli(root, capsys)


@pytest.fixture
def batches(empty: Cli) -> Batches:
    return Batches(empty)


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return write(tmp_path / "golden", GOLDEN)
