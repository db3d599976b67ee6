"""The checks in the real sandbox: hostile code gets a verdict, and never more than that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aurora.sandbox import Sandbox
from aurora.specs.model import Spec
from aurora.specs.parser import parse
from aurora.synthesis.verify import PRELOAD, Evidence, contradictions, evaluate_source, verify_candidate

TEXT = """\
# Letters

def first(s: str) -> str

## Examples
first("ba") -> "a"
first("xyz") -> "x"
first("") -> raises ValueError

## Post
assert first(s) in s
"""
RIGHT = "def first(s: str) -> str:\n    return min(s)\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(preload=PRELOAD) as opened:
        yield opened


@pytest.fixture(scope="module")
def other() -> Iterator[Sandbox]:
    """The same under another hash seed."""
    with Sandbox(preload=("aurora.synthesis.evaluate",), hash_seed=1) as opened:
        yield opened


@pytest.fixture(scope="module")
def spec() -> Spec:
    parsed = parse(TEXT, "specs/letters.md", "letters")
    assert parsed.spec is not None
    assert not parsed.diagnostics
    return parsed.spec


def verified(sandbox: Sandbox, other: Sandbox, spec: Spec, source: str) -> Evidence:
    return verify_candidate(sandbox, spec, spec.functions[0], source, other=other)


def test_a_right_function_is_believed_with_its_reasons(sandbox: Sandbox, other: Sandbox, spec: Spec) -> None:
    found = verified(sandbox, other, spec, RIGHT)
    assert found.verdict == "passed", found.checks
    assert found.layers == sandbox.layers
    assert found.python
    assert found.hypothesis


def test_without_a_second_sandbox_one_is_started(sandbox: Sandbox, spec: Spec) -> None:
    found = verify_candidate(sandbox, spec, spec.functions[0], RIGHT)
    assert found.verdict == "passed"
    assert found.checks[-1].name == "same answer under another hash seed"


def test_evidence_is_the_same_every_time(sandbox: Sandbox, other: Sandbox, spec: Spec) -> None:
    source = "def first(s: str) -> str:\n    return min(s) if len(s) < 4 else 'no'\n"
    found = verified(sandbox, other, spec, source)
    assert found.counterexample is not None
    assert found == verified(sandbox, other, spec, source)
    with Sandbox(preload=PRELOAD) as fresh:
        assert found == verified(fresh, other, spec, source)


def test_an_answer_that_hangs_on_the_order_of_a_set_is_rejected(
    sandbox: Sandbox, other: Sandbox, spec: Spec
) -> None:
    source = "def first(s: str) -> str:\n    return min(s) if len(s) < 4 else list(set(s))[0]\n"
    found = verified(sandbox, other, spec, source)
    assert found.verdict == "failed"
    assert found.failing == ()
    assert [check.name for check in found.checks if check.passed < check.total] == [
        "same answer under another hash seed"
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("while True:\n        pass", "StepLimit"),
        ("return first(s + 'x')", "RecursionError"),
        ("return 'x' * 10 ** 12", "MemoryError"),
        ("return 'x' * 10 ** 7", "TooLarge"),
        ("raise SystemExit('bye')", "refused"),
        ("return open('/etc/passwd').read()", "refused"),
        ("return ().__class__.__name__", "refused"),
        ("return len(s)", "gives 2"),
        ("return None", "gives None"),
        pytest.param("return 10 ** 10 ** 8", "timeout", marks=pytest.mark.slow),
    ],
)
def test_hostile_code_gets_a_verdict(
    sandbox: Sandbox, other: Sandbox, spec: Spec, body: str, said: str
) -> None:
    found = verified(sandbox, other, spec, f"def first(s: str) -> str:\n    {body}\n")
    assert found.verdict == "failed"
    assert found.failing
    assert any(said in check.detail for check in found.checks), found.checks
    assert all(len(check.detail) < 1000 and check.detail.isprintable() for check in found.checks)


def test_evaluating_is_cut_at_the_same_step_and_refuses_what_the_audit_refuses(sandbox: Sandbox) -> None:
    endless = "def f(x: int) -> int:\n    while x:\n        pass\n    return x\n"
    assert evaluate_source(sandbox, endless, "f", [("1",), ("0",)]) == ("raises StepLimit", "0")
    assert (
        evaluate_source(sandbox, "import os\n\ndef f(x: int) -> int:\n    return x\n", "f", [("1",)]) is None
    )


def test_contradictions_are_found_in_the_sandbox(sandbox: Sandbox, spec: Spec) -> None:
    assert contradictions(sandbox, spec) == ()
    parsed = parse(TEXT.replace('-> "x"', '-> "q"'), "specs/letters.md", "letters")
    assert parsed.spec is not None
    (found,) = contradictions(sandbox, parsed.spec)
    assert found.where == "specs/letters.md:7"
    assert "post-condition 1 on line 11" in found.message
