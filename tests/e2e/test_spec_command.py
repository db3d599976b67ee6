"""`aurora spec`: what is recorded, what is refused, and how it changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commandline import SPECS, Cli


def test_edits_are_noticed_by_content_and_recorded_once(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    assert [row["state"] for row in empty.json("spec", "list")] == ["added"]
    assert [change["kind"] for change in empty.json("spec", "record")["changes"]] == ["added"]
    (empty.root / "specs" / "add.md").touch()
    assert empty.json("spec", "record")["changes"] == []
    empty.write("add.md", SPECS["add.md"].replace("\n", "\r\n"))
    assert empty.json("spec", "record")["changes"] == []
    empty.write("add.md", SPECS["add.md"] + "add(1, 1) -> 2\n")
    assert [change["kind"] for change in empty.json("spec", "record")["changes"]] == ["edited"]
    (empty.root / "specs" / "add.md").unlink()
    assert [change["kind"] for change in empty.json("spec", "record")["changes"]] == ["removed"]
    assert [line["type"] for line in empty.json("log", "spec/add")] == ["spec.edited"] * 2 + ["spec.removed"]
    subjects = empty.git("log", "--format=%s").splitlines()
    assert len(subjects) == 4
    assert empty.git("ls-files", "specs") == ""


def test_history_shows_what_each_version_changed(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    empty("spec", "record")
    empty.write("add.md", SPECS["add.md"] + "add(1, 1) -> 2\n")
    empty("spec", "record")
    first, second = empty.json("spec", "history", "add")
    assert "+add(2, 3) -> 5" in first["diff"]
    assert [line for line in second["diff"].splitlines() if line.startswith("+add")] == ["+add(1, 1) -> 2"]


def test_check_names_file_line_and_cure(empty: Cli) -> None:
    empty.write("bad.md", "# Bad\n\ndef f(a: int) -> int\n\n## Examples\nf('x') -> 1\n")
    result = empty("spec", "check", code=2)
    assert "error[SPEC-" in result.out
    assert "specs/bad.md:6" in result.out
    assert "help: " in result.out
    assert empty.json("log") == [line for line in empty.json("log") if line["type"] == "workspace.created"]


def test_unreadable_files_are_named_and_do_not_hinder_the_others(empty: Cli) -> None:
    empty.write("add.md", SPECS["add.md"])
    (empty.root / "specs" / "binary.md").write_bytes(b"\xff\xfe\x00")
    document = empty.json("spec", "record", code=2)
    assert [change["name"] for change in document["changes"]] == ["add"]
    assert [each["where"] for each in document["diagnostics"]] == ["specs/binary.md:1"]


@pytest.mark.parametrize(
    "name", ["new\nline.md", "back\\slash.md", ".git~1/x.md".lstrip("."), "zero\u200bwidth.md"]
)
def test_a_name_that_git_cannot_keep_is_refused_before_it_is_recorded(empty: Cli, name: str) -> None:
    empty.write(name, SPECS["add.md"])
    document = empty.json("spec", "record", code=2)
    assert document["changes"] == []
    assert document["diagnostics"][0]["code"] == "SPEC-052"
    empty("project", "rebuild")


def test_a_name_that_is_not_utf8_is_refused(empty: Cli) -> None:
    place = os.fsencode(empty.root / "specs") + b"/bad\xff.md"
    try:
        with open(place, "wb") as file:
            file.write(SPECS["add.md"].encode())
    except OSError:
        pytest.skip("this file system keeps UTF-8 names only")
    assert empty.json("spec", "record", code=2)["diagnostics"][0]["code"] == "SPEC-052"
    empty("status")


def test_an_unknown_spec_is_not_found_and_a_prefix_is_enough(searched: Cli) -> None:
    assert searched("spec", "show", "nope", code=3).err.startswith("error[SPEC-200]")
    assert searched.json("spec", "show", "palin")["name"] == "palindrome"


def test_a_bad_answer_changes_nothing(searched: Cli) -> None:
    before = (searched.root / "specs" / "add.md").read_text()
    for example in ("add(1) -> 1", "nonsense", "add(2, 3) -> 6", "sub(1, 2) -> 3", "add('x', 1) -> 2"):
        result = searched("spec", "answer", "add", example, code=2)
        assert result.err.startswith("error[SPEC-")
    assert (searched.root / "specs" / "add.md").read_text() == before


def test_all_specs_of_the_sample_folder_are_taken(empty: Cli) -> None:
    from aurora.service.samples import samples

    for name, text in samples():
        empty.write(name, text)
    assert empty.json("spec", "check")["diagnostics"] == []


def test_a_link_to_outside_of_the_workspace_is_not_followed(empty: Cli, tmp_path: Path) -> None:
    """What is recorded goes into the log and into Git: no way for a private file to get there."""
    (tmp_path / "private.md").write_text("the secret\n")
    (empty.root / "specs" / "link.md").symlink_to(tmp_path / "private.md")
    document = empty.json("spec", "record", code=2)
    assert "link to outside" in document["diagnostics"][0]["message"]
    assert "the secret" not in str(empty.json("log"))
