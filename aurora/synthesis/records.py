"""The corpus record of a found function: what it is, how good it is, and what it can be found by."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Final

from aurora.specs.model import Condition, Function, Spec
from aurora.synthesis.modules import calls_of
from aurora_events.corpus import CorpusRecord

FAILURE_COST: Final = 100.0
"""What one failing example adds to a score: more than any readable program costs."""

_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]+")


def corpus_record(
    spec: Spec,
    function: Function,
    source: str,
    *,
    passed: int,
    total: int,
    cost: int,
    failing: Sequence[str],
    iteration: int,
) -> CorpusRecord:
    """The record of ``source`` as an answer for ``function``; its score is cost and price of failures."""
    signature = function.signature
    return CorpusRecord(
        spec=spec.name,
        spec_hash=spec.spec_hash,
        func_name=signature.name,
        func_signature=str(signature),
        sig_key=signature.key,
        passed=passed,
        total=total,
        score=cost + FAILURE_COST * (total - passed),
        failing_tests=tuple(failing),
        snippet=source,
        complexity=complexity_of(source),
        iteration=iteration,
        calls_functions=calls_of(source),
        post_bow=words_of(conditions_of(spec, signature.name)),
    )


def complexity_of(source: str) -> int:
    """The number of nodes of the syntax tree."""
    return sum(1 for _ in ast.walk(ast.parse(source)))


def conditions_of(spec: Spec, name: str) -> tuple[Condition, ...]:
    """The post-conditions that mention the function called ``name``."""
    return tuple(condition for condition in spec.post if name in condition.calls)


def words_of(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """The lower-case words of the conditions, two letters or more, in order: the seeds' ``tokenize_post``."""
    return tuple(word for condition in conditions for word in _WORD.findall(condition.text.lower()))
