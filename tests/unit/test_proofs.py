"""What is made of a prover's words: only what was seen to break a condition is held against an answer."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Sequence

import msgspec
import pytest

from aurora.sandbox.protocol import Limits, Verdict
from aurora.service.proving import Remembered, Telling
from aurora.specs.model import Function, Spec
from aurora.specs.parser import parse
from aurora.synthesis import proof as child
from aurora.synthesis.holding import Outside, guarded
from aurora.synthesis.modules import code_hash
from aurora.synthesis.prove import (
    CrossHair,
    Proof,
    ProverMissing,
    is_proof,
    questions,
    require_prover,
    with_proof,
)
from aurora.synthesis.strategies import ordinary
from aurora.synthesis.tasks import Counterexample, Proved, Subject
from aurora.synthesis.verify import Evidence
from aurora_events.base import Check
from aurora_events.runs import CandidateDisproved

TEXT = """\
# Absolute

def size(x: int) -> int

## Examples
size(-2) -> 2

## Post
assert size(x) >= 0
assert size(3) == 3
assert size(x) != 54321
"""
SOURCE = "def size(x: int) -> int:\n    return abs(x)\n"
RULE = "size(x) != 54321"


def spec_of(text: str) -> Spec:
    parsed = parse(text, "specs/sample.md", "sample")
    assert parsed.spec is not None
    return parsed.spec


SPEC = spec_of(TEXT)
SIZE = SPEC.functions[0]


class Says:
    """A sandbox whose child, asked for a proof, says what it was told to; what confirms a refutation runs here."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts = list(verdicts)

    def run(
        self, entry: str, payload: bytes, limits: Limits, on_message: object = None, stop: object = None
    ) -> Verdict:
        if entry.endswith(":confirm"):
            return Verdict("ok", child.confirm(payload, lambda _: None))
        return self.verdicts.pop(0)


def said(verdict: str, values: tuple[str, ...] | None = None, beyond: str = "", told: int = 1) -> Verdict:
    return Verdict("ok", msgspec.msgpack.encode(Proved(verdict, values, beyond, told, max(told, 1))))


def proof_from(*verdicts: Verdict) -> Proof:
    return CrossHair(Says(*verdicts)).prove(SPEC, SIZE, SOURCE, ())  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aurora.synthesis.prove.version", lambda: "Prover 1")


def test_conditions_with_variables_are_asked_by_their_number_in_the_spec() -> None:
    assert [number for number, _ in questions(SPEC, SIZE, SOURCE, ())] == [1, 3]


def test_what_holds_on_all_paths_is_proved() -> None:
    proof = proof_from(said("proved"), said("proved"))
    assert [(each.name, each.passed, each.total) for each in proof.checks] == [
        ("proof of post-condition 1", 1, 1),
        ("proof of post-condition 3", 1, 1),
    ]
    assert proof.counterexample is None
    assert proof.checks[0].detail == "proved: Prover 1 followed all paths (1)"


def test_values_that_break_a_condition_refute_it() -> None:
    proof = proof_from(said("proved"), said("refuted", ("54321",)))
    assert proof.counterexample == Counterexample(RULE, ("54321",), "x = 54321", RULE)
    assert (proof.checks[-1].passed, proof.checks[-1].total) == (0, 1)


def test_values_that_break_nothing_when_they_are_run_refute_nothing() -> None:
    proof = proof_from(said("proved"), said("refuted", ("7",)))
    assert proof.counterexample is None
    assert proof.checks[-1].detail.startswith("open: ")
    assert proof.checks[-1].passed == proof.checks[-1].total


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        (Verdict("timeout", message="CPU time ran out"), "open: timeout: CPU time ran out"),
        (Verdict("killed"), "open: killed"),
        (said("open", beyond="'ß'"), "open: breaks on 'ß', which conditions are not held to"),
        (said("open", told=0), "open: no path was found on which the condition says something"),
        (said("open", told=4), "open: not decided by Prover 1 within 10 s (4 paths held)"),
    ],
)
def test_what_is_not_decided_is_open_and_says_why(verdict: Verdict, why: str) -> None:
    first, second = proof_from(verdict, said("proved")).checks
    assert (first.passed, first.total, first.detail) == (0, 0, why)
    assert second.passed == 1, "the next condition is asked all the same"


def test_an_open_proof_is_not_held_against_an_answer_and_a_refuted_one_is() -> None:
    passed = Evidence((Check("examples", 1, 1),), "passed", (), None, "3", "6", ())
    name = "proof of post-condition 1"
    assert with_proof(passed, Proof((Check(name, 0, 0, "open"),))).verdict == "passed"
    assert with_proof(passed, Proof((Check(name, 0, 1, "refuted"),))).verdict == "failed"


def test_a_proof_alone_is_no_evidence() -> None:
    nothing = Evidence((), "failed", (), None, "3", "6", ())
    proof = Proof((Check("proof of post-condition 1", 1, 1, "proved"),))
    assert with_proof(nothing, proof).verdict == "failed"


def test_only_rows_of_proofs_are_taken_for_proofs() -> None:
    assert is_proof(Check("proof of post-condition 2", 0, 0))
    assert not is_proof(Check("post-condition 2", 0, 0))


class Finds:
    """A prover that refutes whatever it is asked."""

    def prove(self, spec: Spec, function: Function, source: str, companions: Sequence[str]) -> Proof:
        return Proof((), Counterexample(RULE, ("54321",), "x = 54321", RULE))


def recorded(source: str) -> CandidateDisproved:
    return CandidateDisproved(
        0, "engine", "", "run", SPEC.name, "size", code_hash(source), RULE, ("54321",), RULE, "Prover 1"
    )


def test_a_rerun_meets_the_refutation_that_its_run_met() -> None:
    told: list[str] = []
    first = Telling(Finds(), lambda spec, function, hash_, broken: told.append(hash_))
    met = first.prove(SPEC, SIZE, SOURCE, ())
    again = Remembered([recorded(SOURCE)]).prove(SPEC, SIZE, f"# laid out differently\n{SOURCE}", ())
    assert told == [code_hash(SOURCE)]
    assert again.counterexample == met.counterexample


def test_a_rerun_refutes_no_other_code() -> None:
    other = SOURCE.replace("abs(x)", "max(x, -x)")
    assert Remembered([recorded(SOURCE)]).prove(SPEC, SIZE, other, ()) == Proof()


def test_a_missing_prover_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aurora.synthesis.prove.find_spec", lambda name: None)
    with pytest.raises(ProverMissing, match="CrossHair is not installed") as caught:
        require_prover()
    assert caught.value.exit_code == 6
    assert caught.value.hint == "pip install 'aurora-synth[prove]'"


@pytest.mark.parametrize("value", ["Az é\n", 10**30, -1e6, None, True, [("a", {"b": {1, 2}})]])
def test_conditions_are_held_to_ordinary_values(value: object) -> None:
    assert ordinary(value)


@pytest.mark.parametrize(
    "value", ["ß", "\x00", math.nan, -math.inf, 1e7, ["a", ("ok", "ß")], {"ß": 1}, {1: math.inf}]
)
def test_conditions_are_not_held_to_values_at_the_edges(value: object) -> None:
    assert not ordinary(value)


def test_an_exception_that_may_be_the_provers_is_not_taken_for_the_end_of_a_domain() -> None:
    text = TEXT.replace("size(-2) -> 2", "size(-2) -> 2\nsize(-3) -> raises TypeError")
    subject = next(questions(spec_of(text), spec_of(text).functions[0], SOURCE, ()))[1].subjects[0]
    with pytest.raises(Outside):
        guarded(subject, _raising, {"size": _raising})(1)
    with pytest.raises(TypeError):
        guarded(subject, _raising, {"size": _raising}, (TypeError,))(1)


def test_a_pre_condition_that_raises_such_an_exception_is_not_taken_for_false() -> None:
    text = TEXT.replace("## Post", "## Pre\nassert len(x) > 1\n\n## Post")
    subject: Subject = next(questions(spec_of(text), spec_of(text).functions[0], SOURCE, ()))[1].subjects[0]
    with pytest.raises(Outside):
        guarded(subject, abs, {"size": abs})(1)
    with pytest.raises(TypeError):
        guarded(subject, abs, {"size": abs}, (TypeError,))(1)


@pytest.mark.skipif(importlib.util.find_spec("crosshair") is None, reason="needs the extra prove")
def test_the_prover_that_is_there_is_not_missing() -> None:
    require_prover()


def _raising(x: int) -> int:
    raise TypeError
