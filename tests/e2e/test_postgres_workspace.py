"""A workspace whose journal is in PostgreSQL does everything that one on SQLite does."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path

import pytest
from commandline import SPECS, Cli

pytestmark = pytest.mark.postgres


@pytest.fixture
def shared(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A new workspace with a schema of its own on the server that the environment names."""
    user, password = os.environ.get("PGUSER", "postgres"), os.environ.get("PGPASSWORD", "")
    place = f"{os.environ['PGHOST']}:{os.environ.get('PGPORT', '5432')}/{os.environ.get('PGDATABASE', 'postgres')}"
    schema = f"w{uuid.uuid4().hex[:12]}"
    monkeypatch.setenv("AURORA_JOURNAL", f"postgresql://{user}:{password}@{place}?schema={schema}")
    cli = Cli(tmp_path / "workspace", capsys)
    cli.root.mkdir()
    cli("init", "--empty")
    return cli


def test_search_review_rebuild_and_verify(shared: Cli) -> None:
    for name, text in SPECS.items():
        shared.write(name, text)
    assert {row["result"] for row in shared.json("synth")["functions"]} == {"solved"}
    shared("review", "promote", shared.item("add"), "--reason", "reads well")
    head = shared.git("rev-parse", "main")
    hashes = {view["name"]: view["hash"] for view in shared.json("project", "status")}
    shutil.rmtree(shared.root / "repo-state")
    shutil.rmtree(shared.root / ".aurora" / "views")
    assert {view["name"]: view["hash"] for view in shared.json("project", "rebuild")} == hashes
    assert shared.git("rev-parse", "main") == head
    assert shared.json("replay", "--verify")["ok"]


def test_the_setting_that_loses_events_is_refused(shared: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "y")
    assert "POSTGRES_ENABLE_DB_FUNCTIONS" in shared("status", code=6).err
