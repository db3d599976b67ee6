"""Workspaces for tests through the command line."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from batch_verbs import Batches
from commandline import SPECS, Cli, aurora
from commandline import searched as made
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
    return made(tmp_path_factory.mktemp("searched") / "workspace", SPECS)


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
    for name in ("add", "reverse_string", "check_palindrome"):
        aurora(root, "review", "promote", name, "--reason", f"{name} reads well")
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
