"""`aurora synth` as a person sees it: honest results, one document, the right exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from commandline import SPECS, Cli

SEED_PALINDROME = """\
# SpecV3: Palindrome Checker

def check_palindrome(s: str) -> bool
def reverse_string(s: str) -> str

## Examples
check_palindrome("racecar") -> true
reverse_string("hello") -> "olleh"

## Post
assert check_palindrome(reverse_string(x) + x) == true
"""

ROW = {
    "spec", "name", "signature", "result", "passed", "total", "score", "source", "attempts", "evaluations",
    "seconds", "strategy", "seed", "item", "evidence", "distinguishing", "diagnostics",
}  # fmt: skip


def rows(document: dict[str, list[dict[str, object]]]) -> dict[object, dict[str, object]]:
    return {row["name"]: row for row in document["functions"]}


@pytest.mark.parametrize(
    ("title", "parameters", "prose"),
    [
        ("Add Two Numbers", ("a", "b"), ""),
        ("Zzyzx", ("left", "right"), "Nothing useful is said here, not even about 17 or 'x'."),
        ("Subtract", ("s", "n"), "Multiplies the maximum by the length and divides by two."),
    ],
)
def test_the_quick_start_spec_is_solved_whatever_its_words(
    empty: Cli, title: str, parameters: tuple[str, str], prose: str
) -> None:
    a, b = parameters
    signature = f"def add({a}: int, {b}: int) -> int"
    spec = f"# {title}\n\n{prose}\n\n{signature}\n\n## Examples\nadd(2, 3) -> 5\nadd(-1, 1) -> 0\n"
    empty.write("add.md", spec)
    document = empty.json("synth")
    (row,) = document["functions"]
    assert row["result"] == "solved"
    assert set(row) >= ROW
    namespace: dict[str, object] = {}
    exec(row["source"], namespace)
    assert [namespace["add"](x, y) for x, y in ((10, -4), (0, 0), (7, 8))] == [6, 0, 15]  # type: ignore[operator]


def test_the_seed_palindrome_is_ambiguous_and_says_what_would_decide_it(empty: Cli) -> None:
    empty.write("palindrome.md", SEED_PALINDROME)
    row = rows(empty.json("synth", code=1))["check_palindrome"]
    assert row["result"] == "ambiguous"
    distinguishing = row["distinguishing"]
    assert isinstance(distinguishing, list)
    assert distinguishing
    assert len(set(distinguishing[0]["outputs"])) > 1
    assert distinguishing[0]["input"].startswith("check_palindrome(")


def test_the_design_palindrome_is_solved(searched: Cli) -> None:
    items = searched.json("review", "list")
    assert {(item["name"], item["status"]) for item in items} == {
        ("add", "candidate"),
        ("check_palindrome", "candidate"),
        ("reverse_string", "candidate"),
    }


def test_a_contradicting_example_names_both_lines(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"] + "add(2, 3) -> 6\n")
    document = empty.json("synth", code=1)
    (row,) = document["functions"]
    assert row["result"] == "contradictory"
    told = " ".join(f"{d['where']} {d['message']}" for d in row["diagnostics"])
    assert ":6" in told or "line 6" in told
    assert ":8" in told or "line 8" in told


def test_an_example_that_contradicts_a_post_condition_names_the_lines(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"].replace("-> 5", "-> 6") + "\n## Post\nassert add(a, b) == a + b\n")
    (row,) = empty.json("synth", code=1)["functions"]
    assert row["result"] == "contradictory"
    assert any("specs/add.md:6" in d["where"] and "line 10" in d["message"] for d in row["diagnostics"])


@pytest.mark.parametrize(
    "text",
    ["", "# Nothing\n", "# T\n\ndef f(a: int) -> int\n", "def f(a) -> int\n\n## Examples\nf(1) -> 1\n"],
)
def test_a_spec_without_a_usable_example_is_invalid_every_time(empty: Cli, text: str) -> None:
    empty.write("f.md", text)
    for _ in range(2):
        document = empty.json("synth", code=2)
        (row,) = document["functions"]
        assert row["result"] == "invalid"
        assert row["diagnostics"]
        assert row["item"] == ""
    assert empty.json("review", "list", "--all") == []
    assert empty.json("corpus", "list") == []


def test_nothing_is_searched_again_until_a_spec_changes(searched: Cli) -> None:
    document = searched.json("synth")
    assert document["run"] is None
    assert document["functions"] == []
    searched.write("add.md", SPECS["add.md"].replace("Two", "2"))
    assert [row["name"] for row in searched.json("synth")["functions"]] == ["add"]


def test_a_named_spec_is_searched_again_and_its_item_stays_the_same(searched: Cli) -> None:
    before = searched.item("add")
    (row,) = searched.json("synth", "specs/add.md")["functions"]
    assert row["item"] == before
    assert row["seed"], "the earlier solution is tested first"
    assert row["strategy"] == "recall"


def test_an_unsolvable_spec_ends_with_its_budget_and_says_how_far_it_got(empty: Cli) -> None:
    empty.write(
        "odd.md",
        "# Odd\n\ndef odd(a: int) -> int\n\n## Examples\nodd(1) -> 83\nodd(2) -> -7\nodd(3) -> 40961\n",
    )
    (row,) = empty.json("synth", "--max-evals", "20000", code=1)["functions"]
    assert row["result"] == "unsolved"
    assert row["item"] == ""
    assert row["evaluations"] >= 20000 or row["attempts"] > 0
    assert "NotImplementedError" not in str(row["source"])


def test_a_dry_run_leaves_no_trace(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    before = empty.json("log")
    assert rows(empty.json("synth", "--dry-run"))["add"]["result"] == "solved"
    assert empty.json("log") == before


def test_no_record_stays_in_the_log_but_not_in_the_corpus(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    empty("synth", "--no-record")
    assert empty.json("corpus", "list") == []
    assert "function.solved" in {line["type"] for line in empty.json("log")}


def test_an_answer_becomes_an_example_and_decides(empty: Cli) -> None:
    empty.write("palindrome.md", SEED_PALINDROME)
    empty("synth", code=1)
    for example in ('("ab") -> false', '("ba") -> false', '("abca") -> false', '("") -> true'):
        empty("spec", "answer", "palindrome", f"check_palindrome{example}")
    assert rows(empty.json("synth"))["check_palindrome"]["result"] == "solved"
    assert len(empty.json("spec", "history", "palindrome")) == 5


def test_a_search_goes_on_from_what_it_asked_about_and_a_rerun_does_so_too(empty: Cli) -> None:
    empty.write("pal.md", '# Pal\n\ndef pal(s: str) -> bool\n\n## Examples\npal("racecar") -> true\n')
    assert rows(empty.json("synth", code=1))["pal"]["result"] == "ambiguous"
    for example in ('("ab") -> false', '("abca") -> false', '("") -> true'):
        empty("spec", "answer", "pal", f"pal{example}")
    anew = rows(empty.json("synth", "--no-reuse", "--no-record", code=None))["pal"]
    empty("spec", "answer", "pal", 'pal("ba") -> false')
    run = empty.json("synth", "--no-record")["run"]
    last = empty.json("run", "show", run)["functions"][0]
    assert (last["result"], last["strategy"], last["source"]) == ("solved", "again", anew["source"])
    assert empty.json("replay", "--rerun", run)["ok"]


def test_who_asks_again_without_a_word_more_gets_another_search(empty: Cli) -> None:
    empty.write("pal.md", '# Pal\n\ndef pal(s: str) -> bool\n\n## Examples\npal("racecar") -> true\n')
    runs = [empty.json("synth", "pal", "--no-seeds", code=1)["run"]]
    runs.append(empty.json("synth", "pal", code=1)["run"])
    spent = [empty.json("run", "show", run)["functions"][0]["evaluations"] for run in runs]
    assert spent[1] >= spent[0]


def test_the_source_is_a_module_of_its_own(searched: Cli, tmp_path: Path) -> None:
    item = searched.json("review", "show", searched.item("reverse_string"))
    (tmp_path / "alone.py").write_text(item["source"])
    program = "from alone import reverse_string; print(reverse_string('abc'))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "cba\n"


def test_two_jobs_find_what_one_job_finds_attempt_for_attempt(empty: Cli) -> None:
    for name, text in SPECS.items():
        empty.write(name, text)
    found = []
    for jobs in ("1", "2"):
        run = empty.json("synth", "add", "palindrome", "--jobs", jobs, "--no-seeds")["run"]
        frames = [line["data"] for line in empty.json("log", f"search/{run}/", "--full")]
        rows = empty.json("run", "show", run)["functions"]
        found.append(
            (
                sorted(
                    (frame["spec"], frame["function"], frame["first"], str(frame["attempts"]))
                    for frame in frames
                ),
                sorted((row["spec"], row["function"], row["source"], row["evaluations"]) for row in rows),
            )
        )
    assert found[0][0]
    assert found[0] == found[1]


def test_a_condition_on_a_later_function_is_checked_before_anything_is_claimed(empty: Cli) -> None:
    empty.write("palindrome.md", SPECS["palindrome.md"])
    row = rows(empty.json("synth"))["check_palindrome"]
    assert row["result"] == "solved"
    checks = row["evidence"]
    assert isinstance(checks, list)
    assert all(check["total"] > 0 for check in checks)
    assert any(check["name"].startswith("post-condition 1") for check in checks)


def test_what_could_not_be_checked_is_not_called_solved(empty: Cli) -> None:
    """The condition needs a function that was not found."""
    empty.write(
        "pair.md",
        "# Pair\n\ndef double(n: int) -> int\ndef odd(n: int) -> int\n\n## Examples\n"
        "double(2) -> 4\ndouble(0) -> 0\ndouble(5) -> 10\nodd(1) -> 83123\nodd(2) -> -7012\nodd(3) -> 40961\n"
        "\n## Post\nassert double(odd(x)) == odd(x) + odd(x)\n",
    )
    found = rows(empty.json("synth", "--max-evals", "30000", code=1))
    assert [found[name]["result"] for name in ("double", "odd")] == ["unsolved", "unsolved"]
    assert "not checked: needs odd" in str(found["double"]["diagnostics"])
    assert found["double"]["item"] == ""


HOLDING = """\
# Has no end

def f(x: int) -> int

## Examples
f(1) -> 2
f(11) -> 12

## Post
assert sum(range(10**12)) > f(x)
"""


@pytest.mark.slow
def test_a_condition_without_an_end_costs_its_own_function_only(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    empty.write("holding.md", HOLDING)
    document = empty.json("synth", "--budget", "1s", code=1)
    held = rows(document)["f"]
    assert rows(document)["add"]["result"] == "solved"
    assert (held["result"], held["item"]) == ("unsolved", "")
    assert held["diagnostics"]
    assert empty.json("replay", "--rerun", document["run"])["ok"] is True
