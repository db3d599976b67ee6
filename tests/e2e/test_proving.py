"""``aurora synth --prove`` with CrossHair itself, behind every wall of the sandbox."""

from __future__ import annotations

import pytest
from commandline import Cli

CLAMP = """\
# SpecV3: Clamp

def clamp(x: int, lo: int, hi: int) -> int

## Examples
clamp(5, 1, 10) -> 5
clamp(-3, 1, 10) -> 1
clamp(30, 1, 10) -> 10
clamp(7, 8, 20) -> 8

## Pre
assert lo <= hi

## Post
assert lo <= clamp(x, lo, hi) <= hi
"""
FAR = """\
# SpecV3: Far

def far(x: int) -> int

## Examples
far(1) -> 1
far(-4) -> 4
far(0) -> 0
far(9) -> 9

## Post
assert far(x) != 54321
"""
SWAP = """\
# SpecV3: Swap

def swap(s: str) -> str

## Examples
swap("aB") -> "Ab"
swap("Hello World") -> "hELLO wORLD"
swap("") -> ""
swap("x1") -> "X1"

## Post
assert swap(swap(s)) == s
"""


def write(cli: Cli, name: str, text: str) -> None:
    (cli.root / "specs" / f"{name}.md").write_text(text, encoding="utf-8")


def proofs(evidence: list[dict[str, object]]) -> list[tuple[object, object, str]]:
    return [
        (each["passed"], each["total"], str(each["detail"]).split(":")[0])
        for each in evidence
        if str(each["name"]).startswith("proof of post-condition")
    ]


def test_without_crosshair_it_is_said_before_anything_is_done(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(empty, "clamp", CLAMP)
    monkeypatch.setattr("aurora.synthesis.prove.find_spec", lambda name: None)
    before = empty.json("log")
    result = empty("synth", "--prove", code=6)
    assert "error[PROVE-001]: CrossHair is not installed" in result.err
    assert "pip install 'aurora-synth[prove]'" in result.err
    assert empty.json("log") == before


@pytest.mark.slow
def test_a_proof_is_evidence_and_outlives_the_promotion(empty: Cli) -> None:
    pytest.importorskip("crosshair")
    write(empty, "clamp", CLAMP)
    (row,) = empty.json("synth", "--prove")["functions"]
    assert row["result"] == "solved"
    assert proofs(row["evidence"]) == [(1, 1, "proved")]
    empty("review", "promote", row["item"], "--reason", "reads well")
    assert proofs(empty.json("review", "show", row["item"])["evidence"]) == [(1, 1, "proved")]
    assert empty.json("replay", "--verify")["ok"]


@pytest.mark.slow
def test_a_refutation_leads_the_search_on_and_its_rerun_without_crosshair(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("crosshair")
    write(empty, "far", FAR)
    report = empty.json("synth", "--prove", code=None)
    (row,) = report["functions"]
    disproved = empty.json("log", "--type", "search.disproved")
    assert [line["data"]["values"] for line in disproved] == [["54321"]], "random inputs do not meet it"
    assert "abs(x)" not in row["source"] or "54321" in row["source"]
    monkeypatch.setattr("aurora.synthesis.prove.find_spec", lambda name: None)
    (again,) = empty.json("replay", "--rerun", report["run"])["functions"]
    assert again["same"], again["difference"]
    assert again["frames"] > 1, "the search went on after the refutation"


@pytest.mark.slow
def test_what_breaks_only_on_letters_that_conditions_do_not_mean_is_open(empty: Cli) -> None:
    pytest.importorskip("crosshair")
    write(empty, "swap", SWAP)
    (row,) = empty.json("synth", "--prove")["functions"]
    assert row["result"] == "solved"
    assert proofs(row["evidence"]) == [(0, 0, "open")]


@pytest.mark.slow
def test_a_candidate_can_be_proved_later_and_a_refuted_one_is_not_promoted(empty: Cli) -> None:
    pytest.importorskip("crosshair")
    write(empty, "clamp", CLAMP)
    write(empty, "far", FAR)
    empty("synth", code=None)
    items = {row["name"]: row["id"] for row in empty.json("review", "list")}
    found = empty.json("review", "prove", items["clamp"])
    assert proofs(found["evidence"]) == [(1, 1, "proved")]
    refuted = empty.json("review", "prove", items["far"], code=1)
    assert proofs(refuted["evidence"]) == [(0, 1, "refuted")]
    result = empty("review", "promote", items["far"], "--reason", "looks right", code=6)
    assert "proof of post-condition 1 0/1: refuted: x = 54321" in result.err
    assert empty.json("replay", "--verify")["ok"]
