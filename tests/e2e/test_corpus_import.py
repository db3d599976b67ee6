"""Functions of a batch are offered for review: small, typed, pure, tried in the sandbox, and trusted by nobody yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commandline import Cli
from trees import write

CODE = b"""
import os


def double(x: int) -> int:
    return x + x


def evens(values: list[int]) -> list[int]:
    return [value for value in values if value % 2 == 0]


def reads(path: str) -> str:
    return open(path).read()


def removes(path: str) -> int:
    os.remove(path)
    return 1


def untyped(x):
    return x


def needs(x: int) -> int:
    return double(x)


def forever(x: int) -> int:
    while True:
        x += 1


class Shop:
    def method(self, x: int) -> int:
        return x
"""


@pytest.fixture
def imported(empty: Cli, tmp_path: Path) -> tuple[Cli, str, Any]:
    """A workspace with a batch, its id, and what importing it said."""
    folder = write(tmp_path / "code", {"lib/small.py": CODE, "broken.py": b"def (:\n"})
    snapshot = empty.json("snapshot", "take", str(folder))["id"]
    batch = empty.json("batch", "run", "--snapshot", snapshot, "--pipeline", "full")["batch"]
    return empty, batch, empty.json("corpus", "import", "--batch", batch)


def test_only_what_is_small_typed_pure_and_answers_is_offered(imported: tuple[Cli, str, Any]) -> None:
    cli, _, found = imported
    assert {row["name"]: row["status"] for row in found} == {
        "double": "offered",
        "evens": "offered",
        "reads": "passed over",
        "removes": "passed over",
        "needs": "passed over",
        "forever": "passed over",
    }
    reasons = {row["name"]: row["reason"] for row in found}
    assert "audit" in reasons["reads"]
    assert reasons["needs"] == "it needs double"
    assert reasons["removes"] == "it needs os"
    items = cli.json("review", "list")
    assert {item["name"] for item in items} == {"double", "evens"}
    assert cli.json("corpus", "list") == []
    assert cli.git("status", "--porcelain") == ""


def test_an_import_tells_where_it_came_from_and_passes_its_own_checks(imported: tuple[Cli, str, Any]) -> None:
    cli, batch, found = imported
    (double,) = [row for row in found if row["name"] == "double"]
    shown = cli.json("review", "show", double["item"])
    assert shown["note"].startswith("imported from lib/small.py, line 5")
    assert shown["run"] == f"batch {batch}"
    text = (cli.root / "specs" / f"{double['spec']}.md").read_text("utf-8")
    assert "check them before you promote it" in text


def test_promoted_it_is_in_the_corpus_and_importing_again_offers_nothing(
    imported: tuple[Cli, str, Any],
) -> None:
    cli, batch, found = imported
    (double,) = [row for row in found if row["name"] == "double"]
    cli("review", "promote", double["item"], "--reason", "that is what it should do")
    assert [row["func_name"] for row in cli.json("corpus", "list")] == ["double"]
    again = cli.json("corpus", "import", "--batch", batch)
    assert [row for row in again if row["status"] == "offered"] == []
    assert cli.json("replay", "--verify")["ok"]


def test_a_dry_run_writes_nothing(empty: Cli, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"small.py": CODE})
    snapshot = empty.json("snapshot", "take", str(folder))["id"]
    batch = empty.json("batch", "run", "--snapshot", snapshot)["batch"]
    position = empty.json("status")["position"]
    found = empty.json("corpus", "import", "--batch", batch, "--dry-run")
    assert [row["name"] for row in found if row["status"] == "offered"] == ["double", "evens"]
    assert empty.json("status")["position"] == position
    assert not (empty.root / "specs" / "imported").exists()


def test_a_batch_without_symbols_is_refused(empty: Cli, tmp_path: Path) -> None:
    folder = write(tmp_path / "code", {"small.py": CODE})
    snapshot = empty.json("snapshot", "take", str(folder))["id"]
    batch = empty.json("batch", "run", "--snapshot", snapshot, "--pipeline", "lint")["batch"]
    assert empty.json("corpus", "import", "--batch", batch, code=6)["error"]["code"] == "CORPUS-002"
