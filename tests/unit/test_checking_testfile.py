"""Generated test files: plain pytest runs them, right code passes, wrong code fails, tools find nothing to say."""

from __future__ import annotations

import os
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
def passed(marks: list[float], expected: float) -> bool
def root(n: int) -> int | None
def nested(st: dict[str, float]) -> dict[str, float]
def answer() -> int

## Examples
mean([1.0, 2.0]) -> 1.5
mean([]) -> raises ZeroDivisionError
passed([1.0, 2.0], 1.5) -> true
passed([1.0, 2.0], 1.6) -> false
root(9) -> 3
root(8) -> None
nested({"it's": 0.1}) -> {"it's": 0.1}
answer() -> 42

## Pre
assert len(marks) < 5

## Post
assert min(xs) <= mean(xs) <= max(xs)
assert passed(xs, mean(xs)) == true
assert root(n) == None or root(n) * root(n) == n
assert nested(nested(d)) == nested(d)
assert passed(xs, 0.0) or all(mean([x]) == x for x in xs)
assert answer() > 40
"""
MODULE = """\
def mean(marks: list[float]) -> float:
    return sum(marks) / len(marks)


def passed(marks: list[float], expected: float) -> bool:
    return mean(marks) >= expected


def root(n: int) -> int | None:
    return next((k for k in range(n + 1) if k * k == n), None)


def nested(st: dict[str, float]) -> dict[str, float]:
    return st


def answer() -> int:
    return 42
"""
NAMES = ("mean", "passed", "root", "nested", "answer")


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
    assert "14 passed" in outcome.stdout


def test_wrong_code_fails_in_every_way_that_the_spec_can_tell(folder: Path, tmp_path: Path) -> None:
    for file in folder.glob("test_*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    wrong = (
        MODULE.replace("/ len(marks)", "/ max(len(marks), 1) + 1e-6")
        .replace("return mean(marks) >=", "return mean(marks) >")
        .replace("if k * k == n)", "if k * k > n)")
        .replace("return st", "return {key: 1.0 for key in st}")
        .replace("return 42", "return 24")
    )
    (tmp_path / "marks.py").write_text(wrong, "utf-8")
    outcome = run(tmp_path, "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "-rf")
    failed = {
        line.split("::")[-1].split("[")[0].split(" ")[0]
        for line in outcome.stdout.splitlines()
        if "::" in line
    }
    assert outcome.returncode == 1
    assert {"test_examples", "test_exceptions"} | {
        f"test_post_condition_{n}" for n in (1, 2, 3, 4, 6)
    } <= failed


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
    text = testfile.test_module("marks", spec(), spec().functions[1])
    assert "# Post-condition 2 is left out: this module has no mean.\n" in text
    assert "hypothesis" not in text


def test_a_call_in_a_comprehension_on_a_limited_function_is_left_out_with_a_reason(folder: Path) -> None:
    assert "# Post-condition 5 is left out: not all arguments suit mean" in (
        folder / "test_mean.py"
    ).read_text("utf-8")


def test_names_that_the_file_needs_itself_are_kept_apart(folder: Path) -> None:
    text = (folder / "test_passed.py").read_text("utf-8")
    assert "def test_examples(marks: list[float], expected_: float, expected: bool) -> None:" in text


def test_pre_conditions_are_assumed_with_the_arguments_put_in(folder: Path) -> None:
    assert "    assume(len(xs) < 5)\n" in (folder / "test_mean.py").read_text("utf-8")
