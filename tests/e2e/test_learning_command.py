"""What runs learn, through the command line: offered, tried, rewarded, shown, taken back, and repeated."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from commandline import Cli, searched

DOUBLE = """\
# SpecV3: Double
def double(n: int) -> int
## Examples
double(2) -> 4
double(5) -> 10
double(-3) -> -6
"""


@pytest.fixture(scope="module")
def _learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which ``twice`` was found by what ``double`` had taught, made once."""
    twice = DOUBLE.replace("double", "twice").replace("Double", "Twice")
    root = tmp_path_factory.mktemp("learned") / "workspace"
    return searched(root, {"double.md": DOUBLE}, {"twice.md": twice})


@pytest.fixture
def learned(_learned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A copy of that workspace."""
    root = tmp_path / "workspace"
    shutil.copytree(_learned, root, symlinks=True)
    return Cli(root, capsys)


def values(cli: Cli) -> dict[str, float]:
    return {bias["key"]: bias["value"] for bias in cli.json("seeds", "show", "--all")["biases"]}


def newest(cli: Cli) -> str:
    run: str = cli.json("run", "list")[0]["run"]
    return run


def test_a_run_shows_what_it_was_offered_and_what_won(learned: Cli) -> None:
    shown: dict[str, Any] = learned.json("run", "show", newest(learned))
    assert {(seed["won"], '"as": "answer"' in seed["reason_json"]) for seed in shown["seeds"]} >= {
        (True, True)
    }
    assert shown["meta"]["seeding_enabled"]
    assert "exploration" in shown["meta"]["ways"]
    assert [each["function"] for each in shown["taught"]] == ["twice"]


def test_a_seed_that_became_the_answer_is_trusted_more(learned: Cli) -> None:
    trust = values(learned)
    assert trust["seed_bias"] == 0.05
    assert [value > 0 for key, value in trust.items() if key.startswith("source/")] == [True]


def test_a_run_that_used_seeds_is_repeated_from_the_log_as_of_its_start(learned: Cli) -> None:
    run = newest(learned)
    learned.json("synth", "twice")  # more is learned since
    assert learned.json("replay", "--rerun", run)["ok"]


def test_tables_folded_anew_equal_the_live_ones(learned: Cli) -> None:
    learned.json("seeds", "prune", "--below", "1")
    views = {view["name"]: view["same"] for view in learned.json("project", "rebuild")}
    assert all(
        views[name] for name in ("seeds", "scheduler", "abstractions", "taught", "used_seeds", "run_meta")
    )


def test_pruning_is_an_event_that_can_be_undone(learned: Cli) -> None:
    before = values(learned)
    pruned = {change["key"] for change in learned.json("seeds", "prune", "--below", "1")}
    assert pruned == {key for key, value in before.items() if value and key != "seed_bias"}
    assert not any(value for key, value in values(learned).items() if key != "seed_bias")
    learned.json("seeds", "undo")
    assert values(learned) == before
    learned("seeds", "undo", code=3)


def test_from_nothing_offers_nothing_and_tries_nothing(learned: Cli) -> None:
    run = learned.json("synth", "twice", "--no-seeds")["run"]
    shown = learned.json("run", "show", run)
    assert (shown["seeds"], shown["meta"]["ways"]) == ([], "[]")
    assert [(each["macros"], each["tried"], each["iteration"]) for each in shown["taught"]] == [
        ("[]", "", -1)
    ]


@pytest.mark.parametrize(
    ("flag", "use"), [("--no-reuse", "answer"), ("--no-edits", "edit"), ("--no-operators", "operator")]
)
def test_each_way_is_left_out_by_its_flag(learned: Cli, flag: str, use: str) -> None:
    shown = learned.json("run", "show", learned.json("synth", "twice", flag)["run"])
    uses = {json.loads(seed["reason_json"])["as"] for seed in shown["seeds"]}
    assert uses == {"answer", "edit", "operator"} - {use}


def test_without_a_record_nothing_is_learned_but_the_log_tells_it(learned: Cli) -> None:
    before, tried = values(learned), learned.json("seeds", "show")["tried"]
    run = learned.json("synth", "twice", "--no-record", "--seed-bias", "0.5")["run"]
    assert (values(learned), learned.json("seeds", "show")["tried"]) == (before, tried)
    meta = learned.json("run", "show", run)["meta"]
    assert (meta["seed_bias"], meta["seed_bias_set"], meta["recording"]) == (0.5, True, False)


def test_the_ledger_holds_the_biases_at_the_end_of_the_run(learned: Cli) -> None:
    table = (learned.root / "repo-state" / "learning" / "bias.tsv").read_text()
    assert {line.split("\t")[0]: float(line.split("\t")[1]) for line in table.splitlines()} == values(learned)


def test_settings_of_the_scheduler_outside_their_range_are_refused_by_name(empty: Cli) -> None:
    config = empty.root / "aurora.toml"
    config.write_text(config.read_text().replace("epsilon = 0.15", "epsilon = 0.6"))
    done = empty("status", code=2)
    assert "aurora.toml" in done.err
    assert "learning.epsilon goes from 0 to 0.5" in done.err


def test_what_the_scheduler_tried_and_the_answer_was_made_of_is_rewarded(empty: Cli) -> None:
    config = empty.root / "aurora.toml"
    config.write_text(config.read_text().replace("epsilon = 0.15", "epsilon = 0.5"))
    empty.write("double.md", DOUBLE)
    empty.json("synth")
    empty.write("twice.md", DOUBLE.replace("double", "twice").replace("Double", "Twice"))
    # Nothing has earned trust yet, so chance chooses: with this seed an operator that doubling needs.
    run = empty.json("synth", "twice", "--no-reuse", "--no-edits", "--no-operators", "--seed", "9")["run"]
    (taught,) = empty.json("run", "show", run)["taught"]
    assert taught["tried"] in json.loads(taught["used"])
    (tried,) = [row for row in empty.json("seeds", "show")["tried"] if row["key"] == taught["tried"]]
    assert (tried["wins"], tried["losses"]) == (1, 0)
    assert tried["value"] > 0
    assert empty.json("replay", "--rerun", run)["ok"]


PADDED = """\
# SpecV3: Padded
def padded(name: str, width: int) -> str
## Examples
padded("a", 3) -> "a  |"
padded("bcd", 4) -> "bcd |"
padded("", 2) -> "  |"
padded("xyz", 1) -> "xyz|"
"""

FILLED = """\
# SpecV3: Filled
def filled(width: int, name: str) -> str
## Examples
filled(3, "a") -> "a  |"
filled(4, "bcd") -> "bcd |"
filled(2, "") -> "  |"
filled(1, "xyz") -> "xyz|"
"""


def test_code_whose_parameters_are_in_another_order_is_the_answer_in_the_order_wanted(empty: Cli) -> None:
    empty.write("padded.md", PADDED)
    empty.json("synth")
    empty.write("filled.md", FILLED)
    run = empty.json("synth", "filled")
    (function,) = run["functions"]
    assert (function["result"], function["strategy"]) == ("solved", "recall")
    assert "def filled(width: int, name: str) -> str:" in function["source"]
    assert empty.json("replay", "--rerun", run["run"])["ok"]
