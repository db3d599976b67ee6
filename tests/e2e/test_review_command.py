"""Decisions of people through the command line: each is taken once, on evidence for exactly this code and spec."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from candidates import propose, spec_text, write_specs
from commandline import SPECS, Cli
from processes import held, opened_by

from aurora.ledger.lock import LOCK

PLAIN = "def add(a: int, b: int) -> int:\n    return a + b\n"
BUILT_IN = "def add(a: int, b: int) -> int:\n    return sum([a, b])\n"
WRONG = "def add(a: int, b: int) -> int:\n    return a - b\n"
CALLING = """\
def reverse_string(s: str) -> str:
    return s[::-1]


def check_palindrome(s: str) -> bool:
    return s == reverse_string(s)
"""


def edited(cli: Cli, item: str, source: str, folder: Path) -> None:
    file = folder / "edited.py"
    file.write_text(source, encoding="utf-8")
    cli("review", "edit", item, "--file", str(file), "--reason", "by hand")


def assert_sound(cli: Cli) -> None:
    """Git finds nothing wrong, the working tree is the head, and every commit is from a known place in the log."""
    cli.git("fsck", "--strict", "--full")
    assert cli.git("status", "--porcelain") == ""
    commits = cli.git("log", "--format=%(trailers:key=Aurora-Position,valueonly,separator=%x2C)|"
                      "%(trailers:key=Aurora-Event,valueonly,separator=%x2C)|"
                      "%(trailers:key=Aurora-Chain,valueonly,separator=%x2C)").splitlines()  # fmt: skip
    log = {row["position"]: row["type"] for row in cli.json("log")}
    assert commits
    for line in commits:
        position, event, chain = line.split("|")
        assert log[int(position)] == event
        assert re.fullmatch("[0-9a-f]{64}", chain)


def test_the_second_promotion_names_the_first_decision(promoted: Cli) -> None:
    before = promoted.json("log")
    item = promoted.item("add", "active")
    result = promoted("--as", "human:bob", "review", "promote", item, "--reason", "me too", "--json", code=4)
    error = result.json["error"]
    assert not error["retry"], "running it again cannot help"
    decided = next(
        line for line in before if line["type"] == "review.promoted" and line["data"]["name"] == "add"
    )
    for part in ("human:tester", "add reads well", str(decided["position"]), decided["at"][:10]):
        assert part in error["message"]
    assert promoted.json("log") == before


@pytest.mark.parametrize("reason", [[], ["--reason", ""], ["--reason", " \t"]])
def test_rejecting_needs_a_reason(searched: Cli, reason: list[str]) -> None:
    before = searched.json("log")
    result = searched("review", "reject", searched.item("add"), *reason, code=2)
    assert "--reason" in result.err
    assert searched.json("log") == before


def test_withdrawing_needs_a_reason(promoted: Cli) -> None:
    assert "reason" in promoted("review", "invalidate", promoted.item("add", "active"), code=2).err


def test_an_unknown_id_is_not_found(searched: Cli) -> None:
    assert "zzzz" in searched("review", "promote", "zzzz", code=3).err


def test_an_ambiguous_beginning_of_an_id_names_those_it_could_be(empty: Cli) -> None:
    functions = {f"s{n}": f"f{n}" for n in range(17)}  # more than there are first digits
    write_specs(empty.root, functions)
    empty("spec", "record")
    items = sorted(propose(empty.root, functions).values())
    one, other = next((a, b) for a, b in pairwise(items) if a[0] == b[0])
    result = empty("review", "reject", one[0], "--reason", "x", code=3)
    assert one in result.err
    assert other in result.err
    assert {row["status"] for row in empty.json("review", "list", "--all")} == {"candidate"}


def test_edited_code_is_promoted_on_new_evidence(
    searched: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = searched.item("add")
    edited(searched, item, BUILT_IN, tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO(PLAIN.replace("+ b", "+ b  # summed")))
    searched("review", "edit", item, "--file", "-")
    shown = searched.json("review", "show", item)
    assert shown["evidence"] == []
    searched("review", "promote", item, "--reason", "shorter")
    events = searched.json("log", f"item/{item}")
    assert [line["type"] for line in events] == [
        "review.proposed", "review.edited", "review.edited", "review.evidence", "review.promoted",
    ]  # fmt: skip
    last_edit, evidence, promotion = events[2]["data"], events[3]["data"], events[4]["data"]
    assert evidence["verdict"] == "passed"
    assert evidence["sandbox"]
    assert last_edit["code_hash"] == evidence["code_hash"] == promotion["code_hash"]
    assert "# summed" in searched.git("show", "HEAD:library/src/aurora_library/add.py")
    assert_sound(searched)


def test_code_that_breaks_an_example_is_not_promoted_but_its_evidence_is_kept(
    searched: Cli, tmp_path: Path
) -> None:
    item = searched.item("add")
    edited(searched, item, WRONG, tmp_path)
    refused = searched("review", "promote", item, code=6)
    assert "examples 0/2" in refused.err
    assert searched.item("add") == item
    shown = searched.json("review", "show", item)
    assert shown["verdict"] == "failed"
    assert searched.json("log")[-1]["type"] == "review.evidence"
    assert "library/src/aurora_library/add.py" not in searched.git("ls-files")
    assert_sound(searched)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import os\n" + PLAIN, "os"),
        (PLAIN.replace("a + b", "eval('a + b')"), "eval"),
        (PLAIN.replace("a + b", "().__class__"), "__class__"),
        (PLAIN.replace("add", "subtract"), "add"),
        ("def add(a: int, b: int) -> int:\n    return a +\n", "line 2"),
    ],
    ids=["imports os", "calls eval", "walks dunders", "lacks the function", "is no Python"],
)
def test_an_edit_is_refused_when_its_code(searched: Cli, tmp_path: Path, source: str, told: str) -> None:
    before = searched.json("log")
    file = tmp_path / "edited.py"
    file.write_text(source, encoding="utf-8")
    assert told in searched("review", "edit", searched.item("add"), "--file", str(file), code=2).err
    assert searched.json("log") == before


def test_a_candidate_for_an_older_spec_is_not_promoted(searched: Cli) -> None:
    searched.write("add.md", SPECS["add.md"] + "add(4, 4) -> 8\n")
    searched("spec", "record")
    refused = searched("review", "promote", searched.item("add"), code=6)
    assert "changed" in refused.err
    assert "aurora synth add" in refused.err


def test_a_change_that_is_not_recorded_yet_is_not_the_current_spec(searched: Cli) -> None:
    """Promotion answers the recorded spec; a file that differs is mentioned by reading commands only."""
    searched.write("add.md", SPECS["add.md"] + "add(4, 4) -> 8\n")
    assert [row["state"] for row in searched.json("spec", "list") if row["name"] == "add"] != ["recorded"]


def test_a_candidate_whose_spec_is_gone_is_not_promoted(searched: Cli) -> None:
    (searched.root / "specs" / "add.md").unlink()
    searched("spec", "record")
    assert "gone" in searched("review", "promote", searched.item("add"), code=6).err


def test_code_that_was_rejected_comes_back_with_a_note(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    empty("synth")
    empty("--as", "human:ada", "review", "reject", empty.item("add"), "--reason", "not my taste")
    (row,) = empty.json("synth", "add")["functions"]
    note = empty.json("review", "show", row["item"])["note"]
    assert re.fullmatch(r"rejected on \d{4}-\d\d-\d\d by human:ada because not my taste", note)
    assert empty.item("add") == row["item"]


def test_an_invalidated_function_leaves_the_library_and_the_corpus(promoted: Cli) -> None:
    item = promoted.item("reverse_string", "active")
    promoted("review", "invalidate", item, "--reason", "slow")
    assert promoted.item("reverse_string", "invalid") == item
    module = promoted.git("show", "HEAD:library/src/aurora_library/palindrome.py")
    assert "def check_palindrome" in module
    assert "def reverse_string" not in module
    assert "test_reverse_string.py" not in promoted.git("ls-files")
    assert "reverse_string" not in {row["func_name"] for row in promoted.json("corpus", "list")}
    assert "because" in promoted("review", "invalidate", item, "--reason", "x", code=4).err
    assert_sound(promoted)


def test_a_superseded_function_names_its_successor(promoted: Cli) -> None:
    old, new = promoted.item("add", "active"), promoted.item("reverse_string", "active")
    promoted("review", "supersede", old, "--by", new, "--reason", "more general")
    assert promoted.item("add", "superseded") == old
    assert "more general" in promoted.git("log", "-1", "--format=%B")
    assert "add.py" not in promoted.git("ls-files", "library/src")
    promoted("review", "supersede", new, "--by", new, code=2)
    assert_sound(promoted)


def test_the_library_passes_its_own_tests_and_its_history_is_readable(promoted: Cli) -> None:
    library = promoted.root / "repo-state" / "library"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=library, capture_output=True, text=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"})  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    subjects = promoted.git("log", "--follow", "--format=%s|%an", "library/src/aurora_library/add.py")
    assert subjects.splitlines()[0] == "Promote add|tester"
    assert subjects.splitlines()[-1].startswith("Finish run ")
    module = (library / "src" / "aurora_library" / "palindrome.py").read_text()
    assert module.index("def check_palindrome") < module.index("def reverse_string")
    assert_sound(promoted)


@pytest.mark.parametrize("actor", ["engine", "watcher", "import"])
def test_no_part_of_the_program_decides(searched: Cli, actor: str) -> None:
    item = searched.item("add")
    for verb in ("promote", "reject"):
        command = ("--as", actor, "review", verb, item, "--reason", "why")
        assert searched.json(*command, code=6)["error"]["code"] == "REVIEW-013"
    assert searched.item("add") == item


def test_linters_that_know_nothing_of_aurora_find_the_library_clean(promoted: Cli) -> None:
    library = str(promoted.root / "repo-state" / "library")
    for command in (["ruff", "check", "--no-cache"], ["ruff", "format", "--check", "--no-cache"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, library],
            cwd=promoted.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_the_author_is_whoever_decided(searched: Cli) -> None:
    searched("--as", "human:ada", "review", "reject", searched.item("add"), "--reason", "no")
    assert searched.git("log", "-1", "--format=%an <%ae>|%cn <%ce>|%s") == (
        "ada <ada@aurora.invalid>|Aurora <aurora@localhost>|Reject add\n"
    )
    assert_sound(searched)


def test_a_caller_is_promoted_after_what_it_calls(searched: Cli, tmp_path: Path) -> None:
    caller = searched.item("check_palindrome")
    edited(searched, caller, CALLING, tmp_path)
    refused = searched("review", "promote", caller, code=6)
    assert "calls reverse_string, which is not promoted" in refused.err
    searched("review", "promote", searched.item("reverse_string"))
    searched("review", "promote", caller)
    module = searched.git("show", "HEAD:library/src/aurora_library/palindrome.py")
    assert module.count("def reverse_string") == 1
    assert "s == reverse_string(s)" in module
    assert_sound(searched)


def test_of_two_promotions_at_one_moment_exactly_one_wins(empty: Cli) -> None:
    """Both processes stand at the same lock when it opens, each takes a second to gather evidence."""
    functions = {"add": "add", "plus": "add"}
    write_specs(empty.root, functions)
    empty("spec", "record")
    items = propose(empty.root, functions)
    lock = empty.root / "repo-state" / ".git" / LOCK
    with held(lock):
        racing = {spec: empty.start("review", "promote", item) for spec, item in items.items()}
        opened_by([process.pid for process in racing.values()], lock)
    ended = {spec: process.communicate() for spec, process in racing.items()}
    codes = {spec: process.returncode for spec, process in racing.items()}
    assert sorted(codes.values()) == [0, 4], ended
    (loser,) = [spec for spec, code in codes.items() if code == 4]
    (winner,) = [spec for spec, code in codes.items() if code == 0]
    assert "slot/function/add" in ended[loser][1]
    assert empty.item("add", "active") == items[winner]
    assert empty.item("add") == items[loser]
    empty("review", "promote", items[loser])
    assert empty.item("add", "active") == items[loser]
    assert empty.item("add", "superseded") == items[winner]
    assert empty.git("ls-files", "library/src/aurora_library").count("\n") == 3
    assert_sound(empty)
    assert spec_text("add") == (empty.root / "repo-state" / "specs" / f"{loser}.md").read_text()


def test_an_empty_id_names_nothing_even_where_there_is_one_thing_only(empty: Cli) -> None:
    """``aurora review promote "$ITEM"`` with the variable unset."""
    write_specs(empty.root, {"add": "add"})
    empty("spec", "record")
    propose(empty.root, {"add": "add"})
    before = empty.json("log")
    for command in (
        ("review", "promote", "", "--reason", "why"),
        ("review", "reject", " ", "--reason", "why"),
        ("review", "show", ""),
        ("show", ""),
        ("spec", "show", ""),
        ("synth", ""),
    ):
        assert empty.json(*command, code=2)["error"]["code"] == "ID-003"
    assert empty.json("log") == before


@pytest.mark.parametrize(
    "header",
    ["def add(a, b):", "def add(a: int, b: int, c: int = 0) -> int:", "def add(x: int, y: int) -> int:"],
)
def test_an_edit_may_not_change_the_signature(searched: Cli, tmp_path: Path, header: str) -> None:
    (tmp_path / "new.py").write_text(f"{header}\n    return 5\n")
    refused = searched("review", "edit", searched.item("add"), "--file", str(tmp_path / "new.py"), code=2)
    assert "def add(a: int, b: int) -> int" in refused.err
