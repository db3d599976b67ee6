"""``aurora bench sygus`` solves files and folders, needs no workspace, and says what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aurora.cli.main import run

TASK = """
(set-logic SLIA)
(synth-fun f ((s String)) Int ((I Int (1 (+ I I) (str.len s)))))
(constraint (= (f "abc") {answer}))
(constraint (= (f "") 1))
(check-synth)
"""


def task(folder: Path, name: str, answer: str = "4") -> Path:
    path = folder / name
    path.write_text(TASK.format(answer=answer), encoding="utf-8")
    return path


def test_a_solution_of_one_file_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "sygus", str(task(tmp_path, "a.sl"))]) == 0
    assert capsys.readouterr().out == "(define-fun f ((s String)) Int (+ 1 (str.len s)))\n"


def test_a_folder_gives_a_row_for_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task(tmp_path, "a.sl")
    (tmp_path / "below").mkdir()
    task(tmp_path / "below", "b.sl", answer='1)) (constraint (= (f "abc") 2')
    (tmp_path / "c.sl").write_text("(", encoding="utf-8")
    (tmp_path / "d.sl").write_text(TASK.format(answer="(f s)"), encoding="utf-8")
    assert run(["bench", "sygus", "--json", str(tmp_path)]) == 1
    report = json.loads(capsys.readouterr().out)
    results = {each["task"]: each["result"] for each in report["tasks"]}
    assert results == {
        "a.sl": "solved",
        "below/b.sl": "contradictory",
        "c.sl": "invalid",
        "d.sl": "not-by-examples",
    }
    assert report["solved"] == 1
    assert len(report["digest"]) == 64
    assert run(["bench", "sygus", str(tmp_path)]) == 1
    assert "1 of 4 tasks solved" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_an_error_with_a_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.sl"
    path.write_text("(synth-fun f () Int\n", encoding="utf-8")
    assert run(["bench", "sygus", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"error[SYGUS-001]: {path}:1: a parenthesis that is never closed\nhelp: SyGuS 1.0 and 2.1 are read\n"
    )


@pytest.mark.parametrize("name", ["missing.sl", "."])
def test_no_file_at_all_is_an_error(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "sygus", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err.startswith("error[SYGUS-004]")


def test_a_budget_that_is_too_small_leaves_a_task_unsolved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = task(tmp_path, "a.sl", answer="400")
    assert run(["bench", "sygus", "--seconds", "0.01", str(path)]) == 1
    assert capsys.readouterr().out == "a.sl: unsolved: the budget is used up\n"
