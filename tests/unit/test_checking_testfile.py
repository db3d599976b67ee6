"""Generated test files: plain pytest runs them, right code passes, wrong code fails, tools find nothing to say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from aurora.specs.model import Spec
from aurora.specs.parser import parse
from aurora.synthesis import testfile

TEXT = """\
# Statistics of marks

def mean(marks: list[float]) -> float
def root(n: int) -> int | None
def halves(st: dict[str, float]) -> dict[str, float]
def bonus(expected: int) -> int

## Examples
mean([1.0, 2.0]) -> 1.5
mean([]) -> raises ZeroDivisionError
root(9) -> 3
root(8) -> None
halves({"it's": 0.2}) -> {"it's": 0.1}
bonus(40) -> 42

## Pre
assert len(marks) < 5

## Post
assert min(xs) <= mean(xs) <= max(xs)
assert root(n * n) == n or n < 0
assert [v / 2 for v in d.values()] == list(halves(d).values())
assert bonus(n) < 0 or all(mean([float(n)] * k) > n for k in [1, 2])
assert mean([float(bonus(n))]) - n == 2
"""
MODULE = """\
import math


def mean(marks: list[float]) -> float:
    return sum(marks) / len(marks)


def root(n: int) -> int | None:
    return math.isqrt(n) if n >= 0 and math.isqrt(n) ** 2 == n else None


def halves(st: dict[str, float]) -> dict[str, float]:
    return {key: value / 2 for key, value in st.items()}


def bonus(expected: int) -> int:
    return expected + 2
"""
WRONG = (
    MODULE.replace("/ len(marks)", "/ max(len(marks), 1) + 1e-6")
    .replace("math.isqrt(n) if", "math.isqrt(n) + 1 if")
    .replace("value / 2", "value / 3")
    .replace("+ 2", "+ 3")
)
NAMES = ("mean", "root", "halves", "bonus")


def spec() -> Spec:
    parsed = parse(TEXT, "specs/marks.md", "marks")
    assert not parsed.diagnostics
    assert parsed.spec is not None
    return parsed.spec


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the module and a generated test file for each function."""
    path = tmp_path_factory.mktemp("generated")
    (path / "marks.py").write_text(MODULE, "utf-8")
    for function in spec().functions:
        name = function.signature.name
        (path / f"test_{name}.py").write_text(testfile.test_module("marks", spec(), function, NAMES), "utf-8")
    return path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def test_right_code_passes_under_plain_pytest(folder: Path) -> None:
    outcome = run(folder, "pytest", "-q", "-p", "no:cacheprovider")
    assert outcome.returncode == 0, outcome.stdout
    assert "11 passed" in outcome.stdout


def test_wrong_code_fails_in_every_way_that_the_spec_can_tell(folder: Path, tmp_path: Path) -> None:
    for file in folder.glob("test_*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "marks.py").write_text(WRONG, "utf-8")
    outcome = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "-rf")
    failed = set(re.findall(r"test_\w+\.py::(\w+)", outcome.stdout))
    assert outcome.returncode == 1
    assert failed == {"test_examples", "test_exceptions"} | {f"test_post_condition_{n}" for n in (1, 2, 3, 5)}


@pytest.mark.slow
def test_linters_and_strict_mypy_have_nothing_to_say(folder: Path) -> None:
    for command in (
        (
            "ruff",
            "check",
            "--isolated",
            "--line-length",
            "120",
            "--select",
            "E,F,W,I,UP,B,RUF,PT,D3,SIM",
            ".",
        ),
        ("ruff", "format", "--check", "--isolated", "--line-length", "100", "."),
        ("mypy", "--strict", "--config-file", "", "--cache-dir", str(folder / ".cache"), "."),
    ):
        outcome = run(folder, *command)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_conditions_that_need_missing_functions_are_left_out_with_a_reason() -> None:
    text = testfile.test_module("marks", spec(), spec().functions[3])
    assert "# Post-condition 5 is left out: this module has no mean.\n" in text
    assert "hypothesis" not in text


def test_a_call_on_values_made_inside_is_left_out_where_not_all_arguments_suit(folder: Path) -> None:
    text = (folder / "test_mean.py").read_text("utf-8")
    assert "# Post-condition 4 is left out: not all arguments suit mean" in text


def test_names_that_the_file_needs_itself_are_kept_apart(folder: Path) -> None:
    assert "def test_examples(expected_: int, expected: int) -> None:" in (
        folder / "test_bonus.py"
    ).read_text("utf-8")
    assert "def test_examples(st_: " in (folder / "test_halves.py").read_text("utf-8")


def test_pre_conditions_are_assumed_with_the_arguments_put_in(folder: Path) -> None:
    text = (folder / "test_mean.py").read_text("utf-8")
    assert "    assume(len(xs) < 5)\n" in text
    assert "    assume(len([float(bonus(n))]) < 5)\n" in text
